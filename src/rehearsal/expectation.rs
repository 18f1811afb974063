use serde::{Deserialize, Serialize};

use crate::talk::Talk;
use crate::timing::{self, Estimate};

/// What is known of a slide before it is held; times in seconds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Expectation {
    /// Equal for equal notes; see [`crate::talk::Slide::key`].
    #[serde(default)]
    pub key: String,
    /// The time planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<f64>,
    /// What somebody of usual speed would take; `None` for slides that are kept for questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
}

/// What somebody of usual speed takes for a slide, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Expected {
    /// Speech.
    pub speech: f64,
    /// Pictures, code, pauses and other things that are not speech.
    pub other: f64,
    /// Demos, or the slide's own `time`.
    pub declared: f64,
}

/// What is known of each slide that is shown, in their order; `plans` as [`timing::plan`] gives them.
#[must_use]
pub fn expectations(talk: &Talk, estimate: &Estimate) -> Vec<Expectation> {
    let usual = timing::estimate_at_usual_speed(talk);
    let plans = timing::plan(talk, estimate);
    let expected = usual.slides.iter().zip(talk.shown_slides()).map(|(slide, shown)| {
        // Questions take what is left of the slot: no slide that waits for them tells about speed.
        (!is_for_questions(shown)).then(|| Expected {
            speech: tenths(slide.load.speech_time()),
            other: tenths(slide.load.other_time()),
            declared: tenths(slide.load.declared_time()),
        })
    });
    talk.shown_slides()
        .zip(expected.chain(std::iter::repeat(None)))
        .zip(plans)
        .map(|((slide, expected), plan)| Expectation { key: slide.key(), plan: plan.map(tenths), expected })
        .collect()
}

/// Whether a slide stands while others talk.
pub(super) fn is_for_questions(slide: &crate::talk::Slide) -> bool {
    slide.backup || slide.layout.as_ref().is_some_and(|layout| matches!(layout.value.as_str(), "qa" | "end"))
}

/// Whole tenths of a second: no estimate is better than that.
fn tenths(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}
