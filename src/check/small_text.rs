//! Text that the last row can't read.

use crate::check::Shown;
use crate::check::painted::{Passage, passages};
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// CSS pixels on a slide of 1280: about 1/40 of its height, the least that is read from the back of a meeting room.
const LEAST: f32 = 18.0;

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    let too_small = passages(shown, |line| {
        let is_raised = matches!(line.owner_tag.as_str(), "sup" | "sub");
        (line.font_size < LEAST - 0.05 && !is_raised).then_some(line.font_size)
    });
    // A finding a block: its smallest text.
    let mut smallest: Vec<(f32, Passage<'_>)> = Vec::new();
    for found in too_small {
        match smallest.iter_mut().find(|(_, other)| other.span == found.1.span) {
            Some(other) if other.0 <= found.0 => {}
            Some(other) => *other = found,
            None => smallest.push(found),
        }
    }
    for (size, passage) in smallest {
        let (text, name) = (passage.short(), shown.name());
        let message = format!("`{text}` is {size:.0} px high on {name}, too small for a room");
        let found = Diagnostic::new(&code::SMALL_TEXT, passage.written(shown), message);
        diagnostics.push(found.hint(format!("use {LEAST:.0} px or more on the 1280-pixel slide, or say less")));
    }
}
