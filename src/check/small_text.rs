//! Text that the last row can't read.

use crate::check::Shown;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// CSS pixels on a slide of 1280: about 1/40 of its height, the least that is read from the back of a meeting room.
const LEAST: f32 = 18.0;

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    // A finding a block: its smallest text.
    let mut smallest: Vec<(crate::source::Span, f32, String)> = Vec::new();
    for (index, element) in shown.page.boxes.iter().enumerate() {
        for line in &element.lines {
            let is_raised = matches!(line.owner_tag.as_str(), "sup" | "sub");
            if line.font_size >= LEAST - 0.05 || is_raised {
                continue;
            }
            let span = shown.span(index);
            match smallest.iter_mut().find(|(other, ..)| *other == span) {
                Some(found) if found.1 <= line.font_size => {}
                Some(found) => (found.1, found.2) = (line.font_size, line.text.clone()),
                None => smallest.push((span, line.font_size, line.text.clone())),
            }
        }
    }
    for (span, size, text) in smallest {
        let text: String = text.chars().take(30).collect();
        let message = format!("`{text}` is {size:.0} px high on {}, too small for a room", shown.name());
        let found = Diagnostic::new(&code::SMALL_TEXT, span, message);
        diagnostics.push(found.hint(format!("use {LEAST:.0} px or more on the 1280-pixel slide, or say less")));
    }
}
