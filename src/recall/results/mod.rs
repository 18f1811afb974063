//! What came of the follow-up: the answers that people hand in, and what they say about the talk.
//!
//! In: texts with result lines somewhere in them, and the [`FollowUp`](crate::recall::FollowUp) of the talk where it is
//! known. Out: [`Results`], figures of groups of [`FEWEST`] people or more, and where lines could not be counted. Each
//! line is of one unnamed person; no figure is about one. It must not know where texts come from or how figures are
//! shown.

mod collected;
mod flaw;
mod line;
mod report;
mod resample;
mod scores;
mod summary;
#[cfg(test)]
mod tests;

pub use collected::{Collected, Expected};
pub use flaw::{Flaw, Flaws, Place, Places};
pub use line::{Behaviour, Decision, ResultLine};
pub use report::{
    BehaviourResults, Change, FEWEST, Fault, Figures, ProbeEffect, ProposalResults, QuestionResults, Response, Results,
    Score, SlideLink, TalkResults, Told, Weak,
};
pub use resample::RESAMPLES;
pub use summary::Asked;
