//! What the audience of a room asks and answers, kept in a file beside the talk.
//!
//! In: posts whose sender is known by nothing but a hash. Out: the [`Floor`], all questions as they stand now, and an
//! answer to each post once it is on the disk; `room/<day>.jsonl` is the truth, and what is in memory can always be made
//! from it. It must not know of requests, sockets or pages.

mod allowance;
mod book;
mod clerk;
mod event;
mod floor;
mod views;

pub(crate) use allowance::Allowances;
pub(crate) use book::Book;
pub use book::BookError;
pub(crate) use clerk::{Clerk, Post, Refusal, Taken};
pub(crate) use event::{Heading, Mark, Wording, number};
pub(crate) use floor::Floor;
pub(crate) use views::Way;
