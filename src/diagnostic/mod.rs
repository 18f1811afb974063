//! What a run has to say about a talk.
//!
//! In: findings of every stage, pushed to a [`Diagnostics`] sink as data. Out: the same, in the order
//! of the source, and printers that turn them into text or JSON.
//! [`contain`] turns a panic of a library into words for a finding.
//! This module knows nothing of what the findings are about; the codes are listed in [`code`].

pub mod code;
mod contain;
mod grammar;
pub mod print;
mod sink;
mod suggest;

pub use code::Code;
pub use contain::contain;
pub use grammar::{clock, clock_of, counted, day_from_now, signed_clock, summary};
pub use sink::{Diagnostic, Diagnostics, Severity};
pub use suggest::did_you_mean;
