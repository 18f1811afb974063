use std::time::Duration;

use crate::talk::{Meta, Share};
use crate::timing::constants::{LEAST_QUESTIONS, LONG_SLOT, QUESTIONS_SHARE, SETUP, SHORT_SLOT};

/// What a talk's slot is divided into.
///
/// ```
/// # use std::time::Duration;
/// # use retell::timing::Budget;
/// let budget = Budget { slot: Duration::from_mins(45), questions: Duration::from_mins(9), setup: Duration::from_mins(1) };
/// assert_eq!(budget.speaking(), Duration::from_mins(35));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The whole slot.
    pub slot: Duration,
    /// Kept for questions.
    pub questions: Duration,
    /// Lost before the first word.
    pub setup: Duration,
}

impl Budget {
    /// The budget of a talk; `None` when it has no `duration`.
    ///
    /// Questions get what `timing.qa` says, else 20 % of the slot: nothing up to 10 minutes, at least 5 minutes from
    /// 20 minutes up. Set-up takes `timing.setup`, else 1 minute. Neither leaves the slot.
    #[must_use]
    pub fn of(meta: &Meta) -> Option<Self> {
        let slot = meta.duration.as_ref()?.value;
        let questions = match meta.timing.qa {
            Some(Share::Time(time)) => time,
            Some(Share::Part(part)) => slot.mul_f64(part.clamp(0.0, 1.0)),
            None if slot <= SHORT_SLOT => Duration::ZERO,
            None if slot < LONG_SLOT => slot.mul_f64(QUESTIONS_SHARE),
            None => slot.mul_f64(QUESTIONS_SHARE).max(LEAST_QUESTIONS),
        };
        let questions = questions.min(slot);
        let setup = meta.timing.setup.unwrap_or(SETUP).min(slot.saturating_sub(questions));
        Some(Self { slot, questions, setup })
    }

    /// What is left for speaking.
    #[must_use]
    pub fn speaking(&self) -> Duration {
        self.slot.saturating_sub(self.questions).saturating_sub(self.setup)
    }
}
