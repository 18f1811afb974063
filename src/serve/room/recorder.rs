//! Writes the record of a talk for the speaker alone, into the user's own data folder.
//!
//! It is on the disk after every event, and the file is always a whole one.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::time::Instant;

use super::message::Place;
use super::record::{Course, Planned, has_begun};
use crate::rehearsal::{Shelf, replace};
use crate::serve::moment::now;

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
    /// Our file, once there is one.
    path: Option<PathBuf>,
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
                begun = Some(Begun { at, started: now(), path: None });
            }
            let since = begun.as_ref().map_or(0.0, |begun| seconds(begun.at, at));
            match note {
                Note::Place(place) if begun.is_some() => course.follow(&place, since),
                Note::Place(_) => {}
                Note::Switch(on) => course.switch(on, since),
            }
        }
        written = write(folder, begun.as_mut(), &course, planned);
        tell(written.is_ok());
    }
    if let Some(begun) = &mut begun {
        course.end(seconds(begun.at, Instant::now()));
        written = write(folder, Some(begun), &course, planned);
    }
    written
}

/// Writes what there is to tell so far, and gives the file where there is one.
fn write(folder: &Path, begun: Option<&mut Begun>, course: &Course, planned: &Planned) -> io::Result<Option<PathBuf>> {
    let Some(begun) = begun else { return Ok(None) };
    let Some(recording) = course.recording(planned, &begun.started) else { return Ok(None) };
    match &begun.path {
        Some(path) => replace(path, &recording.text())?,
        None => begun.path = Some(Shelf::new(folder).add(&recording)?),
    }
    Ok(begun.path.clone())
}

/// Seconds between two moments, to the millisecond.
fn seconds(start: Instant, at: Instant) -> f64 {
    (at.saturating_duration_since(start).as_secs_f64() * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::rehearsal::{Expectation, RecordedSlide, RecordedTalk};
    use crate::serve::room::message::{Clock, Cover, Mode};

    fn place(slide: &str, step: u32, mode: Mode) -> Place {
        let clock = Clock { mode, back: Mode::Talk, since: 0, talk: 0, questions: 0, slides: BTreeMap::new() };
        Place { slide: slide.to_owned(), step, cover: Cover::None, clock: Some(clock) }
    }

    fn planned() -> Planned {
        let expectation = Expectation { key: "0f".repeat(8), plan: Some(75.5), expected: None };
        let slide = |id: &str| RecordedSlide { id: id.to_owned(), expectation: expectation.clone() };
        let slides = vec![slide("one"), slide("two")];
        let file = Some("talk.md".to_owned());
        let talk = RecordedTalk { title: "A talk / 演讲".to_owned(), file, date: None };
        Planned { talk, lang: "en".to_owned(), slides }
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
        assert!(path.file_name().unwrap().to_str().unwrap().ends_with("-a-talk-演讲.json"), "{path:?}");
        let record: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(record["format"], "retell-rehearsal/1");
        assert_eq!(record["talk"], serde_json::json!({"title": "A talk / 演讲", "file": "talk.md"}));
        assert_eq!(record["slides"][1], serde_json::json!({"id": "two", "key": "0f".repeat(8), "plan": 75.5}));
        let events: Vec<_> = record["events"].as_array().unwrap().iter().map(|event| &event["event"]).collect();
        assert_eq!(events, ["enter", "step", "end"]);
        assert_eq!(record["events"][0]["at"], 0.0);
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
