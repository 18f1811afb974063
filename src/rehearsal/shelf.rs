//! The folder of recordings: each is one whole file, and none is ever written over.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::rehearsal::recording::MAX_BYTES;
use crate::rehearsal::{Recording, Unreadable};

/// How many recordings may begin in the same second with the same title.
const MAX_NAMESAKES: usize = 100;

/// The recordings in one folder.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

/// A recording and what it is called.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The file's name without its ending.
    pub name: String,
    /// What stands in it.
    pub recording: Result<Recording, KeptError>,
}

/// Why a recording can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptError {
    /// The system refused, in its words.
    Refused(String),
    /// It is none.
    Unreadable(Unreadable),
}

impl std::fmt::Display for KeptError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(why) => f.write_str(why),
            Self::Unreadable(why) => why.fmt(f),
        }
    }
}

impl Shelf {
    /// The recordings in `folder`, which need not be there yet.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All recordings, the newest first; those that can't be read come last.
    ///
    /// # Errors
    /// The folder is there and can't be read.
    pub fn all(&self) -> io::Result<Vec<Kept>> {
        self.newest(usize::MAX)
    }

    /// The `most` newest recordings by their names, which begin with the time; in the order of [`Self::all`].
    ///
    /// # Errors
    /// The folder is there and can't be read.
    pub fn newest(&self, most: usize) -> io::Result<Vec<Kept>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if path.extension().is_some_and(|ending| ending == "json") && !name.is_empty() && !name.starts_with('.') {
                names.push(name.to_owned());
            }
        }
        names.sort_unstable_by(|one, other| other.cmp(one));
        names.truncate(most);
        let mut kept: Vec<Kept> = names
            .into_iter()
            .map(|name| Kept { recording: read(&self.folder.join(format!("{name}.json"))), name })
            .collect();
        kept.sort_by(|one, other| {
            let (a, b) = (one.recording.as_ref().ok(), other.recording.as_ref().ok());
            let moment = |recording: &Recording| recording.started.parse::<jiff::Timestamp>().ok();
            b.map(moment).cmp(&a.map(moment)).then_with(|| other.name.cmp(&one.name))
        });
        Ok(kept)
    }

    /// Puts a recording there under a name of its own, and gives its file.
    ///
    /// # Errors
    /// The system refused.
    pub fn add(&self, recording: &Recording) -> io::Result<PathBuf> {
        let path = self.folder.join(file_name(&recording.started, &recording.talk.title));
        let mut temporary = written_beside(&path, &recording.text())?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut free = path;
        for number in 2..=MAX_NAMESAKES {
            match temporary.persist_noclobber(&free) {
                Ok(_) => return Ok(free),
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => temporary = refused.file,
                Err(refused) => return Err(refused.error),
            }
            free.set_file_name(format!("{stem}-{number}.json"));
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Removes the recording `name`.
    ///
    /// # Errors
    /// The system refused; `NotFound` when there is none of this name.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.folder.join(format!("{name}.json")))
    }
}

/// Replaces the file by a whole new one, which only its owner may read.
///
/// # Errors
/// The system refused; what was there before stays.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    written_beside(path, text)?.persist(path).map(drop).map_err(|refused| refused.error)
}

/// The recording in a file anywhere.
///
/// # Errors
/// Says why there is none.
pub fn read(path: &Path) -> Result<Recording, KeptError> {
    let bytes = bytes(path).map_err(|error| KeptError::Refused(reason(&error)))?;
    Recording::read(&bytes).map_err(KeptError::Unreadable)
}

/// What the system says, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// The file's bytes, as many as tell that it is too large.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `2026-03-01T09-30-00Z-the-title.json`, so that a list of files is in the order of the talks.
fn file_name(started: &str, title: &str) -> String {
    let started: String =
        started.chars().filter(|c| c.is_ascii_alphanumeric() || "-+:".contains(*c)).take(30).collect();
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let short: String = words.join("-").chars().take(40).collect();
    let short = if short.is_empty() { "talk" } else { short.trim_end_matches('-') };
    let started = if started.is_empty() { "undated".to_owned() } else { started.replace(':', "-") };
    format!("{started}-{short}.json")
}

/// A temporary file with this text in the folder of `path`.
fn written_beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut temporary = tempfile::Builder::new().prefix(".retell-").suffix(".part").tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::{Event, EventKind, FORMAT, RecordedSlide, RecordedTalk};

    fn recording(started: &str, title: &str) -> Recording {
        Recording {
            format: FORMAT.to_owned(),
            talk: RecordedTalk { title: title.to_owned(), ..RecordedTalk::default() },
            lang: "en".to_owned(),
            started: started.to_owned(),
            live: None,
            slides: vec![RecordedSlide { id: "a".to_owned(), ..RecordedSlide::default() }],
            events: vec![Event { at: 0.0, kind: EventKind::Enter, slide: Some("a".to_owned()), step: None }],
        }
    }

    #[test]
    fn two_talks_of_one_name_leave_two_recordings() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(home.path().join("a/b"));
        assert!(shelf.all().unwrap().is_empty());
        let talk = recording("2026-03-01T09:30:00+08:00", "A talk / 演讲");
        for name in ["", "-2", "-3"] {
            let expected = format!("2026-03-01T09-30-00+08-00-a-talk-演讲{name}.json");
            assert_eq!(shelf.add(&talk).unwrap(), shelf.folder().join(expected));
        }
        assert_eq!(shelf.folder().read_dir().unwrap().count(), 3, "no temporary file stays");
    }

    #[test]
    fn the_newest_come_first_by_the_moment_and_broken_ones_last() {
        let home = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(home.path());
        // The later by the clock on the wall is the earlier by the sun.
        for (started, title) in [("2026-03-01T10:00:00+08:00", "one"), ("2026-03-01T03:00:00Z", "two")] {
            shelf.add(&recording(started, title)).unwrap();
        }
        std::fs::write(home.path().join("broken.json"), "{").unwrap();
        std::fs::write(home.path().join("notes.txt"), "").unwrap();
        let all = shelf.all().unwrap();
        let titles: Vec<_> =
            all.iter().map(|kept| kept.recording.as_ref().map(|one| one.talk.title.as_str())).collect();
        assert_eq!(titles, [Ok("two"), Ok("one"), Err(&KeptError::Unreadable(Unreadable::CutOff))]);
        shelf.remove("broken").unwrap();
        assert_eq!(shelf.remove("broken").unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn names_of_files_leave_no_folder() {
        assert_eq!(file_name("../../x", "../y"), "x-y.json");
        assert_eq!(file_name("", "…"), "undated-talk.json");
    }
}
