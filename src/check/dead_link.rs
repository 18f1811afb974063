//! Links within the deck that lead nowhere.

use std::collections::BTreeSet;

use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code, did_you_mean};
use crate::talk::{Block, BlockKind, InlineKind, Talk};

pub(super) fn check(talk: &Talk, diagnostics: &mut Diagnostics) {
    let mut ids = BTreeSet::new();
    for slide in talk.shown_slides() {
        ids.insert(slide.id.as_str());
        block_ids(&slide.blocks, &mut ids);
    }
    for slide in talk.shown_slides() {
        each_inline(&slide.blocks, &mut |inline| {
            let InlineKind::Link { target, .. } = &inline.kind else { return };
            let Some(id) = target.strip_prefix('#') else { return };
            if id.is_empty() || ids.contains(id) || ids.contains(percent_decoded(id).as_str()) {
                return;
            }
            let found = Diagnostic::new(&code::DEAD_LINK, inline.span, format!("no slide has the id `{id}`"));
            diagnostics.push(match did_you_mean(id, ids.iter().copied()) {
                Some(near) => found.hint(format!("did you mean `#{near}`?")),
                None => found.hint(format!("give a slide that id: `## Title {{#{id}}}`")),
            });
        });
    }
    let asked = talk.meta.questions.iter().chain(talk.slides.iter().flat_map(|slide| &slide.questions));
    for question in asked {
        let Some(id) = question.slide.as_deref().map(|id| id.trim_start_matches('#')) else { continue };
        if !ids.contains(id) {
            let message = format!("the answer points at slide `{id}`, which is not shown");
            let found = Diagnostic::new(&code::DEAD_LINK, question.span, message);
            diagnostics.push(with_near(found, id, &ids));
        }
    }
    for slide in talk.kept.iter().filter_map(|kept| kept.slide.as_ref()) {
        if !ids.contains(slide.value.as_str()) {
            let message = format!("this question is about slide `{}`, which is not shown", slide.value);
            let mut found = Diagnostic::new(&code::DEAD_LINK, slide.span, message);
            // The slide may be gone long after it was asked about.
            found.severity = Severity::Warning;
            diagnostics.push(with_near(found, &slide.value, &ids));
        }
    }
}

fn with_near(found: Diagnostic, id: &str, ids: &BTreeSet<&str>) -> Diagnostic {
    match did_you_mean(id, ids.iter().copied()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found,
    }
}

fn block_ids<'t>(blocks: &'t [Block], ids: &mut BTreeSet<&'t str>) {
    for block in blocks {
        ids.extend(block.attributes.id.as_deref());
        match &block.kind {
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                block_ids(blocks, ids);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| block_ids(&item.blocks, ids)),
            _ => {}
        }
    }
}

/// `text` with `%XX` read as UTF-8 bytes; a Chinese id may be written either way.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
