//! Questions that were asked, on their way into `qa.yaml` beside the talk.
//!
//! In: what a [`Room`]'s file says, or a question told on the command line; the text of `qa.yaml` as it is. Out: that text
//! with new entries at its end ([`append`]), and an [`Import`] that says what became of a room. Entries that are there
//! belong to the person who answers them: no byte of them changes. Pure functions; they know nothing of files.

mod append;
mod import;
mod new_question;
mod room;
#[cfg(test)]
mod tests;

pub use append::append;
pub use import::{Difference, Import, MuddySlide};
pub use new_question::NewQuestion;
pub use room::{Asked, Fault, MAX_FAULTS, Muddy, Room, UnknownEvent};
