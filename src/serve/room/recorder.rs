//! Writes the record of a talk for the speaker alone, into the user's own data folder.
//!
//! It is on the disk after every event, and the file is always a whole one.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tempfile::NamedTempFile;
use tokio::time::Instant;

use super::message::Place;
use super::record::{Course, Planned, has_begun};

/// The folder of all records: below the user's data folder, such as `~/.local/share/retell/rehearsals`.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "retell").map(|folders| folders.data_dir().join("rehearsals"))
}

/// Something to be taken down.
enum Note {
    /// The talk stands there now.
    Place(Place),
    /// The speaker wants it taken down, or not.
    Switch(bool),
}

/// Writes the record of one talk, in a thread of its own, so that no disk holds anybody up.
#[derive(Debug)]
pub(super) struct Recorder {
    sender: Mutex<Option<SyncSender<(Note, Instant)>>>,
    thread: Mutex<Option<JoinHandle<io::Result<Option<PathBuf>>>>>,
    works: Arc<AtomicBool>,
    on: AtomicBool,
}

/// How many changes may wait for the disk.
const QUEUE: usize = 1_000;

/// How many records may begin in the same second with the same title.
const MAX_NAMESAKES: usize = 100;

impl Recorder {
    /// Starts a recorder that will write into `folder`; nothing is written before the talk has begun.
    ///
    /// `changed` is called whenever the disk refuses the record, or takes it again.
    pub(super) fn start(folder: PathBuf, planned: Planned, changed: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        let works = Arc::new(AtomicBool::new(true));
        let shared = Arc::clone(&works);
        let tell = move |now: bool| {
            if shared.swap(now, Ordering::Relaxed) != now {
                changed();
            }
        };
        let thread = std::thread::Builder::new()
            .name("record".to_owned())
            .spawn(move || write_all(&folder, &planned, &receiver, &tell))?;
        let (sender, thread) = (Mutex::new(Some(sender)), Mutex::new(Some(thread)));
        Ok(Self { sender, thread, works, on: AtomicBool::new(true) })
    }

    /// Takes in where the talk stands now.
    pub(super) fn note(&self, place: Place) {
        self.send(Note::Place(place));
    }

    /// Records from now on, or not.
    pub(super) fn switch(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
        self.send(Note::Switch(on));
    }

    fn send(&self, note: Note) {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = sender.as_ref() {
            // Full only when the disk hangs; the talk goes on.
            let _ = sender.try_send((note, Instant::now()));
        }
    }

    /// Whether the talk is taken down, and could be so far.
    pub(super) fn records(&self) -> bool {
        self.on.load(Ordering::Relaxed) && self.works.load(Ordering::Relaxed)
    }

    /// Ends the record and gives its file, if there is one.
    pub(super) fn finish(&self) -> io::Result<Option<PathBuf>> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        match thread.map(JoinHandle::join) {
            Some(Ok(written)) => written,
            Some(Err(_)) => Err(io::Error::other("the recorder broke off")),
            None => Ok(None),
        }
    }
}

/// When a talk began, and the file of its record.
struct Begun {
    at: Instant,
    started: String,
    path: PathBuf,
    /// Whether the file is there, and ours.
    is_written: bool,
}

/// Writes the file after every change until nobody is left who could tell of one.
fn write_all(
    folder: &Path,
    planned: &Planned,
    receiver: &Receiver<(Note, Instant)>,
    tell: &dyn Fn(bool),
) -> io::Result<Option<PathBuf>> {
    let first = planned.slides.first().map(|slide| slide.id.as_str());
    let mut course = Course::new();
    let mut begun: Option<Begun> = None;
    let mut written = Ok(None);
    while let Ok(note) = receiver.recv() {
        // What else came while the disk was busy goes into the same writing.
        for (note, at) in std::iter::once(note).chain(receiver.try_iter()) {
            if let Note::Place(place) = &note
                && begun.is_none()
                && has_begun(place, first)
            {
                let started = now();
                let path = folder.join(file_name(&started, &planned.title));
                begun = Some(Begun { at, started, path, is_written: false });
            }
            let since = begun.as_ref().map_or(0.0, |begun| seconds(begun.at, at));
            match note {
                Note::Place(place) if begun.is_some() => course.follow(&place, since),
                Note::Place(_) => {}
                Note::Switch(on) => course.switch(on, since),
            }
        }
        written = write(begun.as_mut(), &course, planned);
        tell(written.is_ok());
    }
    if let Some(begun) = &mut begun {
        course.end(seconds(begun.at, Instant::now()));
        written = write(Some(begun), &course, planned);
    }
    written
}

/// Writes what there is to tell so far, and gives the file where there is one.
fn write(begun: Option<&mut Begun>, course: &Course, planned: &Planned) -> io::Result<Option<PathBuf>> {
    let Some(begun) = begun else { return Ok(None) };
    let Some(text) = course.file(planned, &begun.started) else { return Ok(None) };
    if begun.is_written {
        write_file(&begun.path, &text)?;
    } else {
        begun.path = write_new_file(&begun.path, &text)?;
        begun.is_written = true;
    }
    Ok(Some(begun.path.clone()))
}

/// Seconds between two moments, to the millisecond.
fn seconds(start: Instant, at: Instant) -> f64 {
    (at.saturating_duration_since(start).as_secs_f64() * 1_000.0).round() / 1_000.0
}

/// The time of day, in RFC 3339 to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// `2026-03-01T09-30-00Z the-title.json`, so that a list of files is in the order of the talks.
fn file_name(started: &str, title: &str) -> String {
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let short: String = words.join("-").chars().take(40).collect();
    let short = if short.is_empty() { "talk" } else { short.trim_end_matches('-') };
    format!("{}-{short}.json", started.replace(':', "-"))
}

/// Replaces the file by a whole new one, which only its owner may read.
fn write_file(path: &Path, text: &str) -> io::Result<()> {
    written_beside(path, text)?.persist(path).map(drop).map_err(|refused| refused.error)
}

/// Writes a file of this name, or of one like it where somebody else has a file of this name: the same talk may be held
/// twice at a time.
fn write_new_file(path: &Path, text: &str) -> io::Result<PathBuf> {
    let mut temporary = written_beside(path, text)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut free = path.to_path_buf();
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
    use std::collections::BTreeMap;

    use super::*;
    use crate::pipeline::RoomSlide;
    use crate::serve::room::message::{Clock, Cover, Mode};

    fn place(slide: &str, step: u32, mode: Mode) -> Place {
        let clock = Clock { mode, back: Mode::Talk, since: 0, talk: 0, questions: 0, slides: BTreeMap::new() };
        Place { slide: slide.to_owned(), step, cover: Cover::None, clock: Some(clock) }
    }

    fn planned() -> Planned {
        let slide = |id: &str| RoomSlide { id: id.to_owned(), steps: 2, key: "0f".repeat(8), plan: Some(75.5) };
        let slides = vec![slide("one"), slide("two")];
        Planned { title: "A talk / 演讲".to_owned(), file: Some("talk.md".into()), lang: "en".to_owned(), slides }
    }

    #[test]
    fn nothing_is_written_before_the_talk_begins() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("records");
        let recorder = Recorder::start(folder.clone(), planned(), || {}).unwrap();
        recorder.note(place("one", 0, Mode::Idle));
        recorder.note(place("one", 1, Mode::Idle));
        assert_eq!(recorder.finish().unwrap(), None);
        assert!(!folder.exists());
    }

    #[test]
    fn a_record_is_one_whole_file() {
        let home = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(home.path().join("a/b"), planned(), || {}).unwrap();
        for (slide, step) in [("one", 0), ("two", 0), ("two", 1)] {
            recorder.note(place(slide, step, if slide == "one" { Mode::Idle } else { Mode::Talk }));
        }
        let path = recorder.finish().unwrap().unwrap();
        assert_eq!(path.parent().unwrap().read_dir().unwrap().count(), 1, "no temporary file stays");
        assert!(path.file_name().unwrap().to_str().unwrap().ends_with("Z-a-talk-演讲.json"), "{path:?}");
        let record: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(record["format"], "retell-rehearsal/1");
        assert_eq!(record["talk"], serde_json::json!({"title": "A talk / 演讲", "file": "talk.md"}));
        assert_eq!(record["slides"][1], serde_json::json!({"id": "two", "key": "0f".repeat(8), "plan": 75.5}));
        let events: Vec<_> = record["events"].as_array().unwrap().iter().map(|event| &event["event"]).collect();
        assert_eq!(events, ["enter", "step", "end"]);
        assert_eq!(record["events"][0]["at"], 0.0);
    }

    #[test]
    fn two_talks_of_one_name_leave_two_records() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("talk.json");
        for (text, name) in [("one", "talk.json"), ("two", "talk-2.json"), ("three", "talk-3.json")] {
            assert_eq!(write_new_file(&path, text).unwrap(), home.path().join(name));
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), "one");
        assert_eq!(home.path().read_dir().unwrap().count(), 3, "no temporary file stays");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_at_the_end() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("file"), "").unwrap();
        let recorder = Recorder::start(home.path().join("file/records"), planned(), || {}).unwrap();
        recorder.note(place("two", 0, Mode::Talk));
        assert!(recorder.finish().is_err());
        assert!(!recorder.records());
    }
}
