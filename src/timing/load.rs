use std::time::Duration;

use crate::timing::constants::{BAND, DEMO_LONGEST, DEMO_SHORTEST, EXTRA_SPREAD};

/// A time and how far it may be off; loads of slides add up.
///
/// Speech is off as a whole, since a speaker is fast or slow throughout; everything else is off by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Seconds of speech.
    speech: f64,
    /// Seconds of everything else but what is declared.
    other: f64,
    /// Seconds that the speaker declares: demos, and slides with a `time`.
    declared: f64,
    /// Standard deviation of the speech, which is off as a whole.
    sway: f64,
    /// Variance of what is not speech, towards shorter.
    below: f64,
    /// The same towards longer.
    above: f64,
}

impl Load {
    /// `spread` is the standard deviation as a part of the speech.
    pub(super) fn speech(seconds: f64, spread: f64) -> Self {
        Self { speech: seconds, sway: spread * seconds, ..Self::default() }
    }

    /// A slide's own `time`: what the speaker says it takes is as sure as speech is.
    pub(super) fn declared(seconds: f64, spread: f64) -> Self {
        Self { declared: seconds, sway: spread * seconds, ..Self::default() }
    }

    pub(super) fn other(seconds: f64) -> Self {
        let variance = (EXTRA_SPREAD * seconds).powi(2);
        Self { other: seconds, below: variance, above: variance, ..Self::default() }
    }

    pub(super) fn demo(seconds: f64) -> Self {
        let below = ((1.0 - DEMO_SHORTEST) / BAND * seconds).powi(2);
        let above = ((DEMO_LONGEST - 1.0) / BAND * seconds).powi(2);
        Self { declared: seconds, below, above, ..Self::default() }
    }

    /// Adds another load to this one.
    pub fn add(&mut self, other: &Self) {
        self.speech += other.speech;
        self.other += other.other;
        self.declared += other.declared;
        self.sway += other.sway;
        self.below += other.below;
        self.above += other.above;
    }

    /// Seconds, all in all.
    pub(super) fn seconds(&self) -> f64 {
        self.speech + self.other + self.declared
    }

    /// The seconds that a plan may scale.
    pub(super) fn free_seconds(&self) -> f64 {
        self.speech + self.other
    }

    /// The time that is as likely too long as too short: P50.
    #[must_use]
    pub fn time(&self) -> Duration {
        time(self.seconds())
    }

    /// The part of it that is speech.
    #[must_use]
    pub fn speech_time(&self) -> Duration {
        time(self.speech)
    }

    /// The part of it that the speaker declares: demos, or the slide's own `time`.
    #[must_use]
    pub fn declared_time(&self) -> Duration {
        time(self.declared)
    }

    /// The part of it that is neither: pictures, code, pauses, floors.
    #[must_use]
    pub fn other_time(&self) -> Duration {
        time(self.other)
    }

    /// One in ten talks is shorter: P10.
    #[must_use]
    pub fn shortest(&self) -> Duration {
        time(self.seconds() - BAND * self.deviation(self.below))
    }

    /// One in ten talks is longer: P90.
    #[must_use]
    pub fn longest(&self) -> Duration {
        time(self.seconds() + BAND * self.deviation(self.above))
    }

    /// How likely it takes no longer than `limit`, 0 to 1.
    #[must_use]
    pub fn chance_within(&self, limit: Duration) -> f64 {
        let room = limit.as_secs_f64() - self.seconds();
        let deviation = self.deviation(if room < 0.0 { self.below } else { self.above });
        if deviation > 0.0 { normal(room / deviation) } else { f64::from(u8::from(room >= 0.0)) }
    }

    fn deviation(&self, variance: f64) -> f64 {
        (self.sway.powi(2) + variance).sqrt()
    }
}

/// Seconds as a time; nothing is less than nothing.
pub(super) fn time(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)
}

/// The part of a normal distribution below `z`, to five digits (Abramowitz and Stegun 26.2.17).
fn normal(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let factors = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = factors.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let tail = sum * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 0.0 { tail } else { 1.0 - tail }
}
