//! How long a talk takes, and what time there is for it.
//!
//! In: a [`crate::talk::Talk`]. Out: its [`Budget`] and the time planned for each slide. Pure functions; they know nothing of
//! clocks, pages or how figures are shown.

mod budget;
mod plan;

pub use budget::Budget;
pub use plan::plan;
