use std::collections::BTreeMap;
use std::time::Duration;

use crate::talk::Slide;
use crate::timing::constants::SPEECH_SPREAD;

/// What earlier rehearsals and talks tell about the next one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Practice {
    /// The speaker's own speed in the talk's language.
    pub speed: Speed,
    /// How long slides without notes took, by their ids.
    pub times: BTreeMap<String, Duration>,
}

impl Practice {
    /// How long a slide without notes took; what has a time of its own is not asked.
    pub(super) fn time_of(&self, slide: &Slide) -> Option<Duration> {
        self.times.get(&slide.id).copied().filter(|_| slide.time.is_none() && slide.demos.is_empty())
    }
}

/// How fast somebody speaks one language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// Seconds that the speaker takes for what takes the usual speaker one; above 1 is slower.
    pub factor: f64,
    /// How many rehearsals and talks it comes from.
    pub rehearsals: usize,
    /// Whether it is not the speaker's first language.
    pub second_language: bool,
}

impl Default for Speed {
    fn default() -> Self {
        Self { factor: 1.0, rehearsals: 0, second_language: false }
    }
}

impl Speed {
    /// Standard deviation of all speech together, as a part of it.
    #[must_use]
    pub fn spread(&self) -> f64 {
        let [.., least] = SPEECH_SPREAD;
        SPEECH_SPREAD.get(self.rehearsals).copied().unwrap_or(least)
    }
}
