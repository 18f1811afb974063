//! Pictures that say nothing to people who can't see them.

use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::talk::{Block, BlockKind, InlineKind, Slide};

pub(super) fn check(slide: &Slide, diagnostics: &mut Diagnostics) {
    each_inline(&slide.blocks, &mut |inline| {
        let InlineKind::Image(image) = &inline.kind else { return };
        let is_decoration = image.attributes.get("role") == Some("presentation");
        if image.alt.trim().is_empty() && !is_decoration {
            let shown: String = image.source.chars().take(60).collect();
            let found = Diagnostic::new(&code::MISSING_ALT, inline.span, format!("`{shown}` has no alternative text"));
            diagnostics.push(
                found
                    .hint("say in the brackets what it shows: `![buffer pool misses over time](…)`")
                    .hint("a picture that only decorates is marked `{role=presentation}`"),
            );
        }
    });
}

/// Whether the blocks are pictures and nothing else.
pub(super) fn only_pictures(blocks: &[Block]) -> bool {
    !blocks.is_empty()
        && blocks.iter().all(|block| match &block.kind {
            BlockKind::Paragraph(content) => content.iter().all(|inline| matches!(inline.kind, InlineKind::Image(_))),
            _ => false,
        })
}
