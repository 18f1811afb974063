//! Laid-out text and slides to pages of paper.
//!
//! In: [`Page`]s: long columns of text, slides, and frames with an empty area. Out: which part of which column stands
//! on which page, as [`Piece`]s, and pages onto which parts of others are drawn.
//! It breaks between lines and blocks, keeps headings with what follows and never leaves one line of a paragraph
//! alone. It must not know what the text says, nor any output format.

mod cuts;
mod flow;
mod place;
mod size;
#[cfg(test)]
mod tests;

pub use flow::{Flow, Piece, paginate};
pub use place::{Slot, attach, place, place_slide, slots};
pub use size::{Sheet, SheetSize};

use crate::layout::{ElementBox, Page};

/// The first box with this `data-…` attribute.
#[must_use]
pub fn marked<'p>(page: &'p Page, name: &str) -> Option<&'p ElementBox> {
    page.boxes.iter().find(|element| element.data.contains_key(name))
}
