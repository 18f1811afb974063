use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::{Images, fonts as bundled};
use crate::deck::{Deck, DeckOptions, ImageMode};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::export::html::{FontData, WebFont};
use crate::layout::{Command, FontFile, Page};
use crate::pipeline::Job;
use crate::pipeline::draft::Draft;
use crate::theme::FALLBACK_FAMILY;

/// The deck with its pictures in it, and the fonts that its `pages` show.
pub(super) fn whole(draft: &Draft, pages: &[Page], job: &Job, found: &mut Diagnostics) -> (Deck, Vec<WebFont>) {
    let images = Images::new(&draft.files);
    let options = DeckOptions { images: ImageMode::DataUri, trust_html: job.trust_html, ..DeckOptions::default() };
    // The same findings came up when the pages were made.
    let mut heard = Diagnostics::default();
    let (deck, fonts) = rayon::join(|| draft.deck(&images, options, &mut heard), || used_fonts(pages));
    let mut web_fonts = Vec::new();
    for font in fonts {
        match font {
            Ok(font) => web_fonts.extend(font),
            Err(reason) => found.push(Diagnostic::new(&code::UNREADABLE_FONT, None, reason)),
        }
    }
    (deck, web_fonts)
}

/// Subsets of the fonts that the pages show.
pub(super) fn used_fonts<'p>(pages: impl IntoIterator<Item = &'p Page>) -> Vec<Result<Option<WebFont>, String>> {
    let mut used: BTreeMap<u64, (&Arc<FontFile>, BTreeSet<char>)> = BTreeMap::new();
    for command in pages.into_iter().flat_map(|page| &page.commands) {
        let Command::Glyphs(run) = command else { continue };
        if run.in_drawing {
            continue;
        }
        let (_, characters) = used.entry(run.font.key).or_insert_with(|| (&run.font, BTreeSet::new()));
        characters.extend(run.glyphs.iter().flat_map(|glyph| glyph.text.chars()));
    }
    let mut used: Vec<_> = used.into_values().collect();
    used.sort_by_key(|(font, _)| (font.family.is_none(), &font.family, font.weight, font.italic, font.key));
    used.par_iter()
        .map(|(font, characters)| {
            let woff2 = bundled::subset_for_web(font.data.as_ref(), font.index, characters)?;
            Ok(woff2.map(|woff2| WebFont {
                family: font.family.clone().unwrap_or_else(|| FALLBACK_FAMILY.to_owned()),
                weight: font.weight,
                italic: font.italic,
                data: FontData::Woff2(woff2),
            }))
        })
        .collect()
}
