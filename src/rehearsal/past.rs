use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use crate::rehearsal::{Folders, Kept, Recording, Run, Shelf, SpeedFile};
use crate::talk::{Slide, Talk};
use crate::timing::{Practice, Unusable};

/// How many of the last runs tell how long a slide without notes takes.
const RUNS: usize = 3;

/// How many recordings are looked at for a talk: years of them, and a preview reads them with each save.
const RECORDINGS: usize = 60;

/// What there is of a talk's rehearsals, and of its speaker's speed.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// What it teaches about the next time.
    pub practice: Practice,
    /// The runs of this talk, the newest first.
    pub runs: Vec<Known>,
    /// Why something of it could not be read.
    pub trouble: Option<String>,
}

/// A run of a talk that is known.
#[derive(Clone, Debug)]
pub struct Known {
    /// The recording's name.
    pub name: String,
    /// What was recorded.
    pub recording: Recording,
    /// How it went.
    pub run: Run,
}

/// How a recording fits a talk as it is now; slides of the recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Are there as they were.
    pub same: usize,
    /// Are there with other notes.
    pub edited: usize,
    /// Are gone.
    pub gone: usize,
}

impl Likeness {
    /// Whether it is a recording of this talk: half of its slides are there, at least.
    #[must_use]
    pub fn is_this_talk(&self) -> bool {
        self.same + self.edited >= self.gone && self.same + self.edited > 0
    }
}

impl Past {
    /// What the speaker's folders hold of `talk`.
    #[must_use]
    pub fn of(talk: &Talk, folders: &Folders) -> Self {
        let mut trouble = None;
        let speed = SpeedFile::read(&folders.speed).unwrap_or_else(|why| {
            trouble = Some(format!("`{}`: {why}", folders.speed.display()));
            SpeedFile::default()
        });
        let all = Shelf::new(&folders.recordings).newest(RECORDINGS).unwrap_or_else(|error| {
            trouble = Some(format!("`{}`: {error}", folders.recordings.display()));
            Vec::new()
        });
        Self { trouble, ..Self::new(talk, all, &speed) }
    }

    /// The same from recordings that were read, the newest first.
    #[must_use]
    pub fn new(talk: &Talk, all: Vec<Kept>, speed: &SpeedFile) -> Self {
        let slides = by_id(talk);
        let runs: Vec<Known> = all
            .into_iter()
            .filter_map(|kept| {
                let recording = kept.recording.ok()?;
                let run = Run::of(&recording);
                likeness(&slides, &recording).is_this_talk().then_some(Known { name: kept.name, recording, run })
            })
            .collect();
        let practice = Practice { speed: speed.speed(&talk.meta.lang), times: times(talk, &runs) };
        Self { practice, runs, trouble: None }
    }
}

/// How `recording` fits the talk.
#[must_use]
pub fn match_talk(talk: &Talk, recording: &Recording) -> Likeness {
    likeness(&by_id(talk), recording)
}

fn by_id(talk: &Talk) -> HashMap<&str, String> {
    talk.slides.iter().map(|slide| (slide.id.as_str(), slide.key())).collect()
}

fn likeness(slides: &HashMap<&str, String>, recording: &Recording) -> Likeness {
    let mut likeness = Likeness::default();
    for slide in &recording.slides {
        match slides.get(slide.id.as_str()) {
            Some(key) if *key == slide.expectation.key => likeness.same += 1,
            Some(_) => likeness.edited += 1,
            None => likeness.gone += 1,
        }
    }
    likeness
}

/// How long each slide without notes took: the median of the last runs in which it came and had none either.
fn times(talk: &Talk, runs: &[Known]) -> BTreeMap<String, Duration> {
    let spoken = runs.iter().filter(|known| !matches!(known.run.lesson(&known.recording), Err(Unusable::Silent(_))));
    let spoken: Vec<&Known> = spoken.take(RUNS).collect();
    let unnoted = talk.shown_slides().filter(|slide| slide.notes.is_empty());
    unnoted.filter_map(|slide| Some((slide.id.clone(), time_in(slide, &spoken)?))).collect()
}

fn time_in(slide: &Slide, runs: &[&Known]) -> Option<Duration> {
    let key = slide.key();
    let took = runs
        .iter()
        .filter(|known| known.recording.slides.iter().any(|then| then.id == slide.id && then.expectation.key == key));
    let mut took: Vec<f64> = took.filter_map(|known| known.run.slides.get(&slide.id).copied()).collect();
    took.sort_by(f64::total_cmp);
    Duration::try_from_secs_f64(*took.get(took.len() / 2)?).ok().filter(|time| !time.is_zero())
}
