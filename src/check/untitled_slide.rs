//! Slides that an outline, an overview and a screen reader can't name.

use crate::check::start_of;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::talk::{InlineKind, Slide};

/// Layouts whose point is to stand without a heading.
const WITHOUT_TITLE: [&str; 5] = ["title", "quote", "qa", "end", "full-image"];

pub(super) fn check(slide: &Slide, diagnostics: &mut Diagnostics) {
    let layout = slide.layout.as_ref().map(|layout| layout.value.as_str());
    let needs_none = layout.is_some_and(|layout| WITHOUT_TITLE.contains(&layout));
    let is_picture = slide.blocks.is_empty() || crate::check::missing_alt::only_pictures(&slide.blocks);
    if slide.title.is_some() || needs_none || is_picture {
        return;
    }
    // A quotation names itself by its words.
    let says_something = slide.blocks.iter().any(|block| match &block.kind {
        crate::talk::BlockKind::Paragraph(content) => {
            content.iter().any(|inline| matches!(inline.kind, InlineKind::Text(_)))
        }
        _ => true,
    });
    if says_something {
        let found = Diagnostic::new(&code::UNTITLED_SLIDE, start_of(slide), "this slide has no title");
        diagnostics.push(found.hint("start it with a heading, as `## What we saw`"));
    }
}
