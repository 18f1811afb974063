use blitz_dom::BaseDocument;

use crate::layout::boxes::Boxes;
use crate::layout::page::MissingGlyph;
use crate::layout::text::{for_each_run, inline_layout, inline_roots};

/// Characters that no font has, in reading order, each once.
pub(super) fn missing_glyphs(doc: &BaseDocument, boxes: &Boxes) -> Vec<MissingGlyph> {
    let mut missing: Vec<MissingGlyph> = Vec::new();
    for id in inline_roots(doc) {
        let Some((_, layout)) = inline_layout(doc, id) else { continue };
        for_each_run(layout, |_, glyphs| {
            for character in glyphs.iter().filter(|glyph| glyph.missing).flat_map(|glyph| glyph.text.chars()) {
                if is_visible(character) && !missing.iter().any(|other| other.character == character) {
                    let context = layout.text.trim().chars().take(40).collect();
                    missing.push(MissingGlyph { character, context, at: boxes.position_of(doc, id) });
                }
            }
        });
    }
    missing
}

/// Whether a character should leave a mark: controls, joiners and variation selectors need no glyph.
fn is_visible(character: char) -> bool {
    !character.is_control()
        && !character.is_whitespace()
        && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        && !matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
