use std::collections::BTreeSet;
use std::time::Duration;

use serde::Serialize;

use crate::rehearsal::Known;
use crate::rehearsal::expectation::is_for_questions;
use crate::talk::Talk;
use crate::timing::{self, Estimate};

/// How many gaps are named.
const GAPS: usize = 5;

/// A run beside what was planned and what is estimated now; times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The recording's name.
    pub recording: String,
    /// The talk's title as it is now.
    pub title: String,
    /// When the run began, in RFC 3339.
    pub started: String,
    /// Whether it was the talk itself.
    pub live: bool,
    /// What was planned for the slides, all of them.
    pub planned: Option<f64>,
    /// What they are estimated to take.
    pub estimate: f64,
    /// What those took that came.
    pub actual: f64,
    /// Time for questions.
    pub questions: f64,
    /// Time in which the clock was stopped.
    pub pauses: f64,
    /// The sections, in order.
    pub sections: Vec<ComparedSection>,
    /// The slides in the order in which they are shown, without those that wait for questions.
    pub slides: Vec<ComparedSlide>,
    /// The numbers of the slides that were furthest off their estimate, furthest first.
    pub gaps: Vec<usize>,
    /// Slides that came and are gone now.
    pub gone: Vec<String>,
}

/// A section, times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedSection {
    /// Its name.
    pub name: String,
    /// What is planned for it.
    pub planned: Option<f64>,
    /// What it is estimated to take.
    pub estimate: f64,
    /// What it took; `None` when none of it came.
    pub actual: Option<f64>,
}

/// A slide, times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparedSlide {
    /// Its number, from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// What is planned for it.
    pub planned: Option<f64>,
    /// What it is estimated to take.
    pub estimate: f64,
    /// What it took; `None` when it did not come.
    pub actual: Option<f64>,
    /// Whether its notes have changed since.
    pub edited: bool,
}

impl ComparedSlide {
    /// How much longer it took than estimated.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        self.actual.map(|actual| actual - self.estimate)
    }
}

impl Comparison {
    /// Holds a run against the talk as it is now.
    #[must_use]
    pub fn new(talk: &Talk, estimate: &Estimate, known: &Known) -> Self {
        let plans = timing::plan(talk, estimate);
        let shown = talk.shown_slides().filter(|slide| !slide.backup);
        let mut slides = Vec::new();
        for (index, ((slide, estimate), plan)) in shown.zip(&estimate.slides).zip(&plans).enumerate() {
            let then = known.recording.slides.iter().find(|then| then.id == slide.id);
            slides.push(ComparedSlide {
                number: index + 1,
                id: slide.id.clone(),
                title: slide.title.clone(),
                planned: plan.map(seconds),
                estimate: seconds(estimate.load.time()),
                actual: known.run.slides.get(&slide.id).copied().map(tenths).filter(|_| !is_for_questions(slide)),
                edited: then.is_some_and(|then| then.expectation.key != slide.key()),
            });
        }
        let sections = estimate.sections.iter().map(|section| section_of(section, &slides));
        let current: BTreeSet<&str> = talk.slides.iter().map(|slide| slide.id.as_str()).collect();
        let gone = known.run.slides.keys().filter(|id| !current.contains(id.as_str())).cloned();
        Self {
            recording: known.name.clone(),
            title: talk.meta.title.clone(),
            started: known.recording.started.clone(),
            live: known.recording.is_live(),
            planned: slides.iter().map(|slide| slide.planned).sum(),
            estimate: seconds(estimate.total.time()),
            actual: tenths(known.run.talk),
            questions: tenths(known.run.questions),
            pauses: tenths(known.run.pauses),
            sections: sections.collect(),
            gaps: gaps(&slides),
            slides,
            gone: gone.collect(),
        }
    }
}

fn section_of(section: &timing::SectionEstimate, slides: &[ComparedSlide]) -> ComparedSection {
    let slides = slides.get(section.slides.clone()).unwrap_or_default();
    let came: Vec<f64> = slides.iter().filter_map(|slide| slide.actual).collect();
    ComparedSection {
        name: section.name.clone(),
        planned: section.budget.map(seconds).or_else(|| slides.iter().map(|slide| slide.planned).sum()),
        estimate: seconds(section.load.time()),
        actual: (!came.is_empty()).then(|| tenths(came.iter().sum())),
    }
}

/// The slides furthest off, by their numbers; what is off by less than five seconds is not.
fn gaps(slides: &[ComparedSlide]) -> Vec<usize> {
    let mut gaps: Vec<(f64, usize)> =
        slides.iter().filter_map(|slide| Some((slide.gap()?.abs(), slide.number))).collect();
    gaps.retain(|(gap, _)| *gap >= 5.0);
    gaps.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
    gaps.into_iter().take(GAPS).map(|(_, number)| number).collect()
}

fn seconds(time: Duration) -> f64 {
    tenths(time.as_secs_f64())
}

fn tenths(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
