//! Slides with nothing on them.

use crate::check::start_of;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::talk::Slide;

/// Layouts that show something of the talk even when the slide itself holds nothing.
const SELF_FILLING: [&str; 4] = ["title", "section", "qa", "end"];

pub(super) fn check(slide: &Slide, diagnostics: &mut Diagnostics) {
    let layout = slide.layout.as_ref().map(|layout| layout.value.as_str());
    let fills_itself = layout.is_some_and(|layout| SELF_FILLING.contains(&layout));
    if slide.blocks.is_empty() && slide.backgrounds.is_empty() && !fills_itself {
        let found = Diagnostic::new(&code::EMPTY_SLIDE, start_of(slide), "this slide is empty");
        diagnostics.push(found.hint("remove one of the `---` around it, or mark it `<!-- hidden -->`"));
    }
}
