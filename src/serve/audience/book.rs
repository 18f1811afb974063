use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::event::{Event, FORMAT, Heading, Line};
use super::floor::State;

/// The folder beside the talk.
const FOLDER: &str = "room";

/// The file by which two processes know of each other; nothing stands in it.
const LOCK: &str = ".lock";

/// The most bytes of a file: far more than a room says in a day.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The file of a day, which this process alone writes.
#[derive(Debug)]
pub(crate) struct Book {
    path: PathBuf,
    file: File,
    /// The bytes of whole lines.
    length: u64,
    /// Whether something may stand behind them.
    torn: bool,
    /// Held until the book is closed.
    _lock: File,
}

/// Why a file can't be kept.
#[derive(Debug)]
pub enum BookError {
    /// Another process keeps it.
    Held(PathBuf),
    /// It is in a form that this version does not know.
    OtherVersion(PathBuf),
    /// It, or its folder, is a link or no file, or it is larger than any day makes it.
    Odd(PathBuf),
    /// The system refused.
    System(PathBuf, io::Error),
}

impl Book {
    /// Opens the file of `day` in `talk`, the talk's folder, with half a line at its end cut off, and what it tells.
    pub(crate) fn open(talk: &Path, day: &str) -> Result<(Self, State), BookError> {
        let folder = talk.join(FOLDER);
        let path = folder.join(format!("{day}.jsonl"));
        let system = |error| BookError::System(path.clone(), error);
        // What a talk brings along must not lead out of its folder.
        if is_other_than(&folder, fs::FileType::is_dir) {
            return Err(BookError::Odd(folder));
        }
        fs::create_dir_all(&folder).map_err(system)?;
        let lock_path = folder.join(LOCK);
        for path in [&path, &lock_path] {
            if is_other_than(path, fs::FileType::is_file) {
                return Err(BookError::Odd(path.clone()));
            }
        }
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(lock_path).map_err(system)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BookError::Held(path)),
            Err(TryLockError::Error(error)) => return Err(system(error)),
        }
        let is_new = !path.exists();
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(system)?;
        if is_new {
            sync_folder(&folder).map_err(system)?;
            sync_folder(talk).map_err(system)?;
        }
        let mut book = Self { path: path.clone(), file, length: 0, torn: true, _lock: lock };
        let state = book.recover()?;
        Ok((book, state))
    }

    /// Where the file is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Says that a server starts, with the salt of the day: that of the file, else `salt`.
    pub(crate) fn begin(&mut self, state: &mut State, heading: &Heading, salt: &str, at: String) -> io::Result<()> {
        let salt = if state.salt().is_empty() { salt } else { state.salt() }.to_owned();
        let Heading { talk, recall, lang } = heading.clone();
        let line = Line { event: Event::Room { format: FORMAT.to_owned(), talk, recall, lang, salt }, at };
        self.write(std::slice::from_ref(&line))?;
        state.take(&line);
        Ok(())
    }

    /// Adds lines and returns when they are on the disk: all of them, or none and the reason.
    pub(super) fn write(&mut self, lines: &[Line]) -> io::Result<()> {
        if self.torn {
            self.cut()?;
        }
        let mut text = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut text, line)?;
            text.push(b'\n');
        }
        if self.length + text.len() as u64 > MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.torn = true;
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Where even that fails it is tried again before the next writing.
            let _ = self.cut();
            return Err(error);
        }
        self.torn = false;
        self.length += text.len() as u64;
        Ok(())
    }

    /// Cuts off what is no whole line, and reads all lines anew.
    pub(super) fn recover(&mut self) -> Result<State, BookError> {
        let path = self.path.clone();
        let system = |error| BookError::System(path.clone(), error);
        // Read from its start, whatever was read before.
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(system)?;
        if file.metadata().map_err(system)?.len() > MAX_BYTES {
            return Err(BookError::Odd(path));
        }
        file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(system)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        self.length = whole as u64;
        if whole < bytes.len() {
            self.cut().map_err(system)?;
        }
        self.torn = false;
        let mut state = State::default();
        for line in bytes[..whole].split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            match serde_json::from_slice::<Line>(line) {
                Ok(Line { event: Event::Room { format, .. }, .. }) if format != FORMAT => {
                    return Err(BookError::OtherVersion(path));
                }
                Ok(line) => state.take(&line),
                Err(_) => state.skip(),
            }
        }
        Ok(state)
    }

    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.sync_data()?;
        self.torn = false;
        Ok(())
    }
}

/// Whether something is there that is not what `is_right` asks for; a link is not.
fn is_other_than(path: &Path, is_right: impl Fn(&fs::FileType) -> bool) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| !is_right(&found.file_type()))
}

/// Makes the name of a new file last as its contents do.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
