//! The file with the speaker's own speed, and which recordings it comes from.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::rehearsal::shelf::{reason, replace};
use crate::rehearsal::{Kept, Recording, Run};
use crate::timing::{Lesson, Speed, Unusable, calibrate, language, lesson_weight};

/// The form that the file has now.
const FORMAT: &str = "retell-speed/1";

/// How fast the speaker is in each language, as it is kept between runs.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct SpeedFile {
    format: String,
    /// What was learnt, by the first part of the language's tag.
    pub languages: BTreeMap<String, Learnt>,
}

impl Default for SpeedFile {
    fn default() -> Self {
        Self { format: FORMAT.to_owned(), languages: BTreeMap::new() }
    }
}

/// What rehearsals taught about one language.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Learnt {
    /// Seconds that the speaker takes for what takes the usual speaker one.
    pub factor: f64,
    /// Whether it is not the speaker's first language.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_language: bool,
    /// Only what was recorded after this moment counts, in RFC 3339: the speaker has started anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// What it comes from, the newest first.
    #[serde(default)]
    pub taught: Vec<Taught>,
}

impl Default for Learnt {
    fn default() -> Self {
        Self { factor: 1.0, second_language: false, since: None, taught: Vec::new() }
    }
}

/// What one recording taught.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Taught {
    /// The recording's name.
    pub recording: String,
    /// The talk's title.
    pub title: String,
    /// When it began.
    pub started: String,
    /// Seconds of speech that were expected of the slides that count.
    pub expected: f64,
    /// Seconds that they took.
    pub spoken: f64,
    /// Whether it was the talk itself.
    pub live: bool,
    /// How much it counts beside the newest.
    pub weight: f64,
}

/// What becomes of a recording when the speed is reckoned.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It teaches something.
    Counts(Lesson),
    /// It teaches nothing.
    Unusable(Unusable),
    /// The same talk was recorded in another window at the same time: only this one counts.
    SameTime(String),
    /// The speaker started anew after it.
    BeforeReset,
}

impl SpeedFile {
    /// What stands in the file at `path`; nothing is known where there is none.
    ///
    /// # Errors
    /// Says why it can't be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(reason(&error)),
        };
        let file: Self = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let is_sane = |learnt: &Learnt| (0.2..=5.0).contains(&learnt.factor);
        if file.format != FORMAT || !file.languages.values().all(is_sane) {
            return Err(format!("it is no file of the form `{FORMAT}` with factors from 0.2 to 5"));
        }
        Ok(file)
    }

    /// Writes the file anew.
    ///
    /// # Errors
    /// The system refused; what was there before stays.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        replace(path, &(serde_json::to_string_pretty(self).unwrap_or_default() + "\n"))
    }

    /// How fast the speaker is in the language `lang`.
    #[must_use]
    pub fn speed(&self, lang: &str) -> Speed {
        self.languages.get(language(lang)).map_or_else(Speed::default, |learnt| Speed {
            factor: learnt.factor,
            rehearsals: learnt.taught.len(),
            second_language: learnt.second_language,
        })
    }

    /// Reckons every language anew from all recordings, the newest first.
    pub fn learn(&mut self, all: &[Kept]) {
        for learnt in self.languages.values_mut() {
            (learnt.factor, learnt.taught) = (1.0, Vec::new());
        }
        for (kept, verdict) in all.iter().zip(self.verdicts(all)) {
            if let (Ok(recording), Some(Verdict::Counts(lesson))) = (&kept.recording, verdict) {
                let learnt = self.languages.entry(language(&recording.lang).to_owned()).or_default();
                learnt.taught.push(Taught {
                    recording: kept.name.clone(),
                    title: recording.talk.title.clone(),
                    started: recording.started.clone(),
                    expected: tenths(lesson.expected),
                    spoken: tenths(lesson.spoken),
                    live: lesson.live,
                    weight: lesson_weight(learnt.taught.len()),
                });
            }
        }
        for learnt in self.languages.values_mut() {
            let lessons: Vec<Lesson> = learnt.taught.iter().map(Taught::lesson).collect();
            learnt.factor = calibrate(&lessons).factor.clamp(0.2, 5.0);
        }
    }

    /// What becomes of each recording; `None` for those that can't be read.
    #[must_use]
    pub fn verdicts(&self, all: &[Kept]) -> Vec<Option<Verdict>> {
        let runs: Vec<Option<(&Recording, Run)>> = all
            .iter()
            .map(|kept| kept.recording.as_ref().ok().map(|recording| (recording, Run::of(recording))))
            .collect();
        let verdict = |index: usize| {
            let (recording, run) = runs.get(index)?.as_ref()?;
            let since = self.languages.get(language(&recording.lang)).and_then(|learnt| learnt.since.as_deref());
            if since.and_then(moment).is_some_and(|since| moment(&recording.started).is_none_or(|at| at < since)) {
                return Some(Verdict::BeforeReset);
            }
            Some(match run.lesson(recording) {
                Err(unusable) => Verdict::Unusable(unusable),
                Ok(lesson) => match rival(&runs, index, &lesson).and_then(|rival| all.get(rival)) {
                    Some(rival) => Verdict::SameTime(rival.name.clone()),
                    None => Verdict::Counts(lesson),
                },
            })
        };
        (0..all.len()).map(verdict).collect()
    }
}

/// A recording of the same talk at the same time that holds more speech, or as much and comes earlier in the list.
fn rival(runs: &[Option<(&Recording, Run)>], index: usize, lesson: &Lesson) -> Option<usize> {
    let (recording, run) = runs.get(index)?.as_ref()?;
    let span = span(recording, run)?;
    runs.iter().enumerate().position(|(other, rival)| {
        let Some((theirs, their_run)) = rival.as_ref().filter(|_| other != index) else { return false };
        let overlaps = self::span(theirs, their_run).is_some_and(|theirs| theirs.0 < span.1 && span.0 < theirs.1);
        let is_more =
            |theirs: Lesson| theirs.expected > lesson.expected || (theirs.expected >= lesson.expected && other < index);
        overlaps && theirs.talk.title == recording.talk.title && their_run.lesson(theirs).is_ok_and(is_more)
    })
}

/// From when to when a recording goes, in seconds since 1970.
#[allow(clippy::cast_precision_loss, reason = "seconds of this age")]
fn span(recording: &Recording, run: &Run) -> Option<(f64, f64)> {
    let from = moment(&recording.started)?.as_second() as f64;
    Some((from, from + run.talk + run.pauses + run.questions))
}

fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.parse().ok()
}

impl Taught {
    fn lesson(&self) -> Lesson {
        Lesson { expected: self.expected, spoken: self.spoken, live: self.live }
    }
}

fn tenths(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
