//! The record of a rehearsal or talk: what was shown when, for the speaker alone, in the user's own data folder.
//!
//! It begins when the talk does, with the clock or on leaving the first slide, and is on the disk after every event:
//! the file is always a whole one.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde::Serialize;
use tokio::time::Instant;

use super::message::{Mode, Place};
use crate::pipeline::RoomSlide;

/// The most events of a record: more than a day of clicking.
const MAX_EVENTS: usize = 50_000;

/// What is known of a talk before it is held.
#[derive(Clone, Debug, Default)]
pub(super) struct Planned {
    pub(super) title: String,
    pub(super) file: Option<PathBuf>,
    pub(super) lang: String,
    /// The slides in their order.
    pub(super) slides: Vec<RoomSlide>,
}

/// The folder of all records: below the user's data folder, such as `~/.local/share/retell/rehearsals`.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "retell").map(|folders| folders.data_dir().join("rehearsals"))
}

/// The file as it lies on the disk.
#[derive(Serialize)]
struct Record<'a> {
    format: &'static str,
    talk: Talk<'a>,
    lang: &'a str,
    started: &'a str,
    slides: &'a [Slide<'a>],
    events: &'a [Event],
}

#[derive(Serialize)]
struct Talk<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a Path>,
}

#[derive(Serialize)]
struct Slide<'a> {
    id: &'a str,
    key: &'a str,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<f64>,
}

impl<'a> Slide<'a> {
    fn of(slide: &'a RoomSlide) -> Self {
        Self { id: &slide.id, key: &slide.key, plan: slide.plan }
    }
}

/// Something that happened, in seconds from the start.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Event {
    at: f64,
    #[serde(rename = "event")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slide: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
}

/// Follows a talk and tells what happened.
#[derive(Debug, Default)]
struct Course {
    place: Option<(String, u32, Mode)>,
    events: Vec<Event>,
}

impl Course {
    /// Takes in where the talk stands, `at` seconds after its start.
    fn follow(&mut self, place: &Place, at: f64) {
        if self.events.len() >= MAX_EVENTS {
            return;
        }
        let (slide, step) = (place.slide.as_str(), place.step);
        let mode = place.clock.as_ref().map_or(Mode::Talk, |clock| clock.mode);
        let before = self.place.replace((slide.to_owned(), step, mode));
        let (old_slide, old_step, old_mode) =
            before.as_ref().map_or(("", 0, Mode::Idle), |(slide, step, mode)| (slide.as_str(), *step, *mode));
        if old_mode == Mode::Question && mode != Mode::Question {
            self.push(at, "answer", None, None);
        }
        if old_slide != slide {
            self.push(at, "enter", Some(slide), (step > 0).then_some(step));
        } else if old_step != step {
            self.push(at, "step", Some(slide), Some(step));
        }
        match (old_mode, mode) {
            (_, Mode::Question) if old_mode != Mode::Question => self.push(at, "question", None, None),
            (_, Mode::Paused) if old_mode != Mode::Paused => self.push(at, "pause", None, None),
            (Mode::Paused, Mode::Talk) => self.push(at, "resume", None, None),
            _ => {}
        }
    }

    fn push(&mut self, at: f64, kind: &'static str, slide: Option<&str>, step: Option<u32>) {
        self.events.push(Event { at, kind, slide: slide.map(str::to_owned), step });
    }
}

/// Whether a talk that stands there has begun.
fn has_begun(place: &Place, first: Option<&str>) -> bool {
    place.clock.as_ref().is_some_and(|clock| clock.mode != Mode::Idle) || first != Some(place.slide.as_str())
}

/// Writes the record of one talk, in a thread of its own, so that no disk holds anybody up.
#[derive(Debug)]
pub(super) struct Recorder {
    sender: Mutex<Option<std::sync::mpsc::SyncSender<(Place, Instant)>>>,
    thread: Mutex<Option<JoinHandle<io::Result<Option<PathBuf>>>>>,
    works: Arc<AtomicBool>,
}

/// How many changes may wait for the disk.
const QUEUE: usize = 1_000;

impl Recorder {
    /// Starts a recorder that will write into `folder`; nothing is written before the talk has begun.
    pub(super) fn start(folder: PathBuf, planned: Planned) -> io::Result<Self> {
        let (sender, receiver) = std::sync::mpsc::sync_channel::<(Place, Instant)>(QUEUE);
        let works = Arc::new(AtomicBool::new(true));
        let told = Arc::clone(&works);
        let thread = std::thread::Builder::new().name("record".to_owned()).spawn(move || {
            let written = write_all(&folder, &planned, &receiver, &told);
            told.store(written.is_ok(), Ordering::Relaxed);
            written
        })?;
        Ok(Self { sender: Mutex::new(Some(sender)), thread: Mutex::new(Some(thread)), works })
    }

    /// Takes in where the talk stands now.
    pub(super) fn note(&self, place: Place) {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = sender.as_ref() {
            // Full only when the disk hangs; the talk goes on.
            let _ = sender.try_send((place, Instant::now()));
        }
    }

    /// Whether everything so far could be written.
    pub(super) fn works(&self) -> bool {
        self.works.load(Ordering::Relaxed)
    }

    /// Ends the record and gives its file, if the talk had begun.
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

/// Writes the file after every change until nobody is left who could tell of one.
fn write_all(
    folder: &Path,
    planned: &Planned,
    receiver: &std::sync::mpsc::Receiver<(Place, Instant)>,
    works: &AtomicBool,
) -> io::Result<Option<PathBuf>> {
    let first = planned.slides.first().map(|slide| slide.id.as_str());
    let begun = receiver.iter().find(|(place, _)| has_begun(place, first));
    let Some((place, start)) = begun else { return Ok(None) };
    let started = now();
    let path = folder.join(file_name(&started, &planned.title));
    let mut course = Course::default();
    course.follow(&place, 0.0);
    let slides: Vec<Slide<'_>> = planned.slides.iter().map(Slide::of).collect();
    let write = |course: &Course| {
        let talk = Talk { title: &planned.title, file: planned.file.as_deref() };
        let (slides, events) = (slides.as_slice(), course.events.as_slice());
        let record =
            Record { format: "retell-rehearsal/1", talk, lang: &planned.lang, started: &started, slides, events };
        write_file(&path, &record)
    };
    let mut written = write(&course);
    works.store(written.is_ok(), Ordering::Relaxed);
    while let Ok((place, at)) = receiver.recv() {
        course.follow(&place, seconds(start, at));
        // What else came while the disk was busy goes into the same writing.
        for (place, at) in receiver.try_iter() {
            course.follow(&place, seconds(start, at));
        }
        written = write(&course);
        works.store(written.is_ok(), Ordering::Relaxed);
    }
    course.push(seconds(start, Instant::now()), "end", None, None);
    written = write(&course).or(written);
    written.map(|()| Some(path))
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

/// Replaces the file by a whole new one.
fn write_file(path: &Path, record: &Record<'_>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut text = serde_json::to_string_pretty(record).map_err(io::Error::other)?;
    text.push('\n');
    let mut temporary = tempfile::Builder::new().prefix(".retell-").suffix(".part").tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map(drop).map_err(|refused| refused.error)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::serve::room::message::{Clock, Cover};

    fn place(slide: &str, step: u32, mode: Mode) -> Place {
        let clock = Clock { mode, back: Mode::Talk, since: 0, talk: 0, questions: 0, slides: BTreeMap::new() };
        Place { slide: slide.to_owned(), step, cover: Cover::None, clock: Some(clock) }
    }

    fn planned() -> Planned {
        let slide = |id: &str| RoomSlide { id: id.to_owned(), steps: 2, key: "0f".repeat(8), plan: Some(75.5) };
        let slides = vec![slide("one"), slide("two")];
        Planned { title: "A talk / 演讲".to_owned(), file: Some("talk.md".into()), lang: "en".to_owned(), slides }
    }

    fn course(places: &[(&str, u32, Mode)]) -> Vec<String> {
        let mut course = Course::default();
        for (slide, step, mode) in places {
            course.follow(&place(slide, *step, *mode), 0.0);
        }
        let told = |event: &Event| {
            let slide = event.slide.as_deref().map(|slide| format!(" {slide}")).unwrap_or_default();
            let step = event.step.map(|step| format!(" {step}")).unwrap_or_default();
            format!("{}{slide}{step}", event.kind)
        };
        course.events.iter().map(told).collect()
    }

    #[test]
    fn events_tell_slides_steps_pauses_and_questions() {
        use Mode::{Paused, Question, Talk};
        let told = course(&[
            ("one", 0, Talk),
            ("one", 1, Talk),
            ("one", 1, Talk),
            ("two", 0, Question),
            ("two", 0, Talk),
            ("two", 0, Paused),
            ("two", 0, Question),
            ("two", 0, Paused),
            ("one", 2, Talk),
        ]);
        let expected = [
            "enter one",
            "step one 1",
            "enter two",
            "question",
            "answer",
            "pause",
            "question",
            "answer",
            "pause",
            "enter one 2",
            "resume",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn nothing_is_written_before_the_talk_begins() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("records");
        let recorder = Recorder::start(folder.clone(), planned()).unwrap();
        recorder.note(place("one", 0, Mode::Idle));
        recorder.note(place("one", 1, Mode::Idle));
        assert_eq!(recorder.finish().unwrap(), None);
        assert!(!folder.exists());
    }

    #[test]
    fn a_record_is_one_whole_file() {
        let home = tempfile::tempdir().unwrap();
        let recorder = Recorder::start(home.path().join("a/b"), planned()).unwrap();
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
    fn a_folder_that_cannot_be_made_is_told_at_the_end() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("file"), "").unwrap();
        let recorder = Recorder::start(home.path().join("file/records"), planned()).unwrap();
        recorder.note(place("two", 0, Mode::Talk));
        assert!(recorder.finish().is_err());
        assert!(!recorder.works());
    }
}
