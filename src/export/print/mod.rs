//! Papers for people: the handout of the slides, and the speaker's run sheet.
//!
//! In: the [`DeckSlide`]s of a talk, and for the run sheet what time each has. Out: HTML of columns and of pages, in
//! which a box with `data-slide="N"` is where slide N, counted from 0, is drawn; the layout and
//! [`crate::paper`] make pages of it. It must not know how pages are laid out, nor what the theme looks like.

mod frame;
mod handout;
mod labels;
mod readers;
mod run_sheet;

pub use frame::{Paper, Shown, style};
pub use handout::{Arrangement, Group, groups};
pub use run_sheet::{Agenda, AgendaSection, AgendaSlide};

#[cfg(doc)]
use crate::deck::DeckSlide;

/// A word in the language of the paper, for those who put its parts together.
#[must_use]
pub fn word(lang: &str, key: &'static str) -> &'static str {
    labels::label(lang, key)
}
