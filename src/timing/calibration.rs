//! A speaker's own speed, from how long slides took in rehearsals.

use crate::timing::Speed;
use crate::timing::constants::{
    INTERRUPTED, LEAST_SPEECH, LIVE_SLOWER, PRIOR_SPEECH, REHEARSAL_WEIGHTS, SLOWEST, SPOKEN_SHARE,
};

/// A slide as it went, beside what is expected of somebody of usual speed; in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Passage {
    /// Speech expected.
    pub speech: f64,
    /// What else is expected: pictures, code, pauses.
    pub other: f64,
    /// What the speaker declares: demos, or the slide's own `time`.
    pub declared: f64,
    /// How long it took.
    pub actual: f64,
}

/// What one rehearsal teaches about the speaker's speed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lesson {
    /// Seconds of speech that were expected of the slides that count.
    pub expected: f64,
    /// Seconds that they took.
    pub spoken: f64,
    /// Whether it was the talk itself, with people in the room.
    pub live: bool,
}

impl Lesson {
    /// Seconds that the speaker took for what takes the usual speaker one.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.spoken / self.expected
    }
}

/// Why a rehearsal teaches nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unusable {
    /// No slide without a demo has enough to say.
    TooShort,
    /// It took this part of what was expected: nobody spoke aloud.
    Silent(f64),
    /// It took so many times what was expected: the clock ran on when nobody spoke.
    LeftRunning(f64),
}

impl std::fmt::Display for Unusable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooShort => f.write_str("too little speech"),
            Self::Silent(part) => write!(f, "{:.0} % of what was expected, not spoken aloud?", part * 100.0),
            Self::LeftRunning(times) => write!(f, "{times:.0} times what was expected, was it left running?"),
        }
    }
}

/// What a rehearsal teaches.
///
/// Slides count that are expected to hold 15 seconds of speech or more and declare nothing. Of them those are left out
/// whose ratio is more than twice or less than half the median, weighted by speech: they were interrupted, skipped
/// or hurried over.
///
/// A run is not used of which all slides, or the speech alone, took less than 60 % of what was expected, nor one whose
/// speech took more than 2.5 times as long.
///
/// # Errors
/// Says why it can't be used.
pub fn lesson(passages: &[Passage], live: bool) -> Result<Lesson, Unusable> {
    let (expected, took) = passages.iter().fold((0.0, 0.0), |(expected, took), passage| {
        (expected + passage.speech + passage.other + passage.declared, took + passage.actual)
    });
    if expected > 0.0 && took < SPOKEN_SHARE * expected {
        return Err(Unusable::Silent(took / expected));
    }
    let spoken = |passage: &Passage| (passage.actual - passage.other).max(0.0);
    let mut ratios: Vec<(f64, &Passage)> = passages
        .iter()
        .filter(|passage| passage.speech >= LEAST_SPEECH && passage.declared <= 0.0)
        .map(|passage| (spoken(passage) / passage.speech, passage))
        .collect();
    ratios.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let median = weighted_median(&ratios).filter(|median| *median > 0.0).ok_or(Unusable::TooShort)?;
    let usual = median / INTERRUPTED..=median * INTERRUPTED;
    let kept = ratios.iter().filter(|(ratio, _)| usual.contains(ratio));
    let (expected, spoken) =
        kept.fold((0.0, 0.0), |(speech, took), (_, passage)| (speech + passage.speech, took + spoken(passage)));
    // Who clicks through in silence looks at the pictures all the same.
    if spoken < SPOKEN_SHARE * expected {
        return Err(Unusable::Silent(spoken / expected));
    }
    if spoken > SLOWEST * expected {
        return Err(Unusable::LeftRunning(spoken / expected));
    }
    Ok(Lesson { expected, spoken, live })
}

/// How much a lesson counts, of which there are `newer` ones.
#[must_use]
pub fn lesson_weight(newer: usize) -> f64 {
    REHEARSAL_WEIGHTS.get(newer).copied().unwrap_or_default()
}

/// The ratio below which half of the expected speech lies; `ratios` ascend.
fn weighted_median(ratios: &[(f64, &Passage)]) -> Option<f64> {
    let half: f64 = ratios.iter().map(|(_, passage)| passage.speech).sum::<f64>() / 2.0;
    let mut below = 0.0;
    ratios.iter().find_map(|(ratio, passage)| {
        below += passage.speech;
        (below >= half).then_some(*ratio)
    })
}

/// The speed that `lessons` teach, the newest first.
///
/// The last three count 1, ½ and ¼. With `W` the expected speech so weighted and `r` the ratio over all of it, the
/// factor is `exp(W / (W + 300) · ln r)`: five minutes of speech count as much as knowing nothing. It is 10 % slower as
/// long as no lesson comes from a real talk, since rehearsals go faster.
#[must_use]
pub fn calibrate(lessons: &[Lesson]) -> Speed {
    let weighted = || lessons.iter().zip(REHEARSAL_WEIGHTS);
    let expected: f64 = weighted().map(|(lesson, weight)| weight * lesson.expected).sum();
    let spoken: f64 = weighted().map(|(lesson, weight)| weight * lesson.spoken).sum();
    if expected <= 0.0 || spoken <= 0.0 {
        return Speed::default();
    }
    let known = (expected / (expected + PRIOR_SPEECH) * (spoken / expected).ln()).exp();
    let slower = if lessons.iter().any(|lesson| lesson.live) { 1.0 } else { LIVE_SLOWER };
    Speed { factor: known * slower, rehearsals: lessons.len(), second_language: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(speech: f64, actual: f64) -> Passage {
        Passage { speech, actual, ..Passage::default() }
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    #[test]
    fn slides_that_were_interrupted_or_hold_little_speech_do_not_count() {
        let demo = Passage { declared: 60.0, ..passage(100.0, 900.0) };
        let other = Passage { other: 20.0, ..passage(100.0, 140.0) };
        let passages =
            [passage(100.0, 110.0), other, passage(100.0, 600.0), passage(100.0, 20.0), passage(14.0, 0.0), demo];
        let lesson = lesson(&passages, false).unwrap();
        close(lesson.expected, 200.0);
        close(lesson.spoken, 230.0);
        close(lesson.ratio(), 1.15);
    }

    #[test]
    fn a_silent_run_and_one_without_speech_teach_nothing() {
        let silent = [passage(100.0, 59.0), passage(100.0, 60.0)];
        assert!(matches!(lesson(&silent, false), Err(Unusable::Silent(part)) if (part - 0.595).abs() < 1e-9));
        let looked = [passage(100.0, 40.0), Passage { other: 100.0, ..passage(100.0, 150.0) }];
        assert!(matches!(lesson(&looked, false), Err(Unusable::Silent(part)) if (part - 0.45).abs() < 1e-9));
        assert_eq!(lesson(&[passage(100.0, 251.0)], false), Err(Unusable::LeftRunning(2.51)));
        assert_eq!(lesson(&[passage(14.0, 20.0)], false), Err(Unusable::TooShort));
        assert_eq!(lesson(&[], true), Err(Unusable::TooShort));
    }

    #[test]
    fn the_factor_follows_the_formula() {
        let lesson = |expected: f64, spoken: f64, live: bool| Lesson { expected, spoken, live };
        close(calibrate(&[]).factor, 1.0);
        let one = calibrate(&[lesson(300.0, 360.0, false)]);
        close(one.factor, 1.1 * 1.2_f64.sqrt());
        assert_eq!(one.rehearsals, 1);
        close(calibrate(&[lesson(300.0, 360.0, true)]).factor, 1.2_f64.sqrt());
        // 600 + 150 + 75 expected, 600 + 300 + 75 spoken; the fourth is too long ago to count, but was live.
        let four = [(600.0, 600.0), (300.0, 600.0), (300.0, 300.0), (600.0, 6000.0)];
        let four: Vec<_> = four.iter().enumerate().map(|(at, (e, s))| lesson(*e, *s, at == 3)).collect();
        close(calibrate(&four).factor, (975.0_f64 / 825.0).powf(825.0 / 1125.0));
    }
}
