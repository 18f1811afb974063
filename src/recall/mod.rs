//! What the audience takes home of a talk.
//!
//! In: a [`crate::talk::Talk`]. Out: its [`FollowUp`], in which ids, places and days are resolved, so that every output
//! says the same: which question has which identity, on which slide its answer stands, which questions come in which
//! [`Round`]; and the [`Labels`] that all outputs use, in the talk's language. Pure functions; they know nothing of
//! files, formats or clocks.

pub mod due;
mod follow_up;
mod labels;
mod resolve;
pub mod results;
mod rounds;
pub mod symptoms;
#[cfg(test)]
mod tests;

pub use follow_up::{Adoption, BackLink, Deadline, FollowUp, Item, Question, Trigger};
pub use labels::{Labels, fill};
pub use rounds::{Asked, Round};
