use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::{Images, KeptImages};
use crate::check;
use crate::deck::{Deck, DeckOptions, ImageMode, Memo};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::layout::{Layouter, Page};
use crate::pipeline::Job;
use crate::pipeline::draft::Draft;
use crate::pipeline::live::used_images;
use crate::pipeline::pages::{fonts, lay_out_one, pictures, size};
use crate::pipeline::sheet::{self, Paper};

/// The slides as pages, kept while their HTML and their look stay the same.
#[derive(Default)]
pub(super) struct LaidOut {
    written: Arc<Memo>,
    images: KeptImages,
    look: u64,
    layouter: Option<Layouter>,
    /// By the hash of their HTML.
    pages: HashMap<u64, Page>,
    /// The follow-up sheet.
    sheet: Option<Paper>,
}

impl LaidOut {
    /// Everything that is wrong with the talk.
    pub(super) fn check(&mut self, draft: &Draft, job: &Job) -> Diagnostics {
        let mut found = draft.found.clone();
        let images = Images::again(&draft.files, std::mem::take(&mut self.images));
        let options = DeckOptions {
            positions: true,
            images: ImageMode::Reference,
            trust_html: job.trust_html,
            memo: Some(Arc::clone(&self.written)),
            ..DeckOptions::default()
        };
        // The same findings came up when the slides were written for the browser.
        let deck = draft.deck(&images, options, &mut Diagnostics::default());
        let used = used_images(deck.slides.iter().map(|slide| &slide.html).chain([&deck.css]));
        self.images = images.keep(|hash| used.contains(hash));
        let pages = self.pages(&deck, draft, &mut found);
        check::check(&draft.talk, &draft.past, &pages, &mut found);
        // Whether the sheet has room depends on more than the slide that is being written.
        self.sheet = sheet::lay_out_again(draft, job, self.sheet.take(), &mut found);
        self.pages = deck.slides.iter().map(|slide| hash(&slide.html)).zip(pages).collect();
        check::drop_ignored(&draft.talk, &mut found);
        found.sort();
        found
    }

    /// The page of each slide; only those are laid out that are not known.
    fn pages(&mut self, deck: &Deck, draft: &Draft, found: &mut Diagnostics) -> Vec<Page> {
        let look = look(deck, draft);
        if self.layouter.is_none() || self.look != look {
            self.pages.clear();
            self.look = look;
            self.layouter = Some(Layouter::new(
                &deck.css,
                size(deck),
                fonts(&deck.fonts, &draft.theme, found),
                pictures(&deck.images),
            ));
        } else if let Some(layouter) = &mut self.layouter {
            layouter.set_pictures(pictures(&deck.images));
        }
        let Some(layouter) = &self.layouter else { return Vec::new() };
        let known: Vec<Option<Page>> = deck.slides.iter().map(|slide| self.pages.remove(&hash(&slide.html))).collect();
        let pages: Vec<Result<Page, Box<Diagnostic>>> = known
            .into_par_iter()
            .zip(&deck.slides)
            .map(|(known, slide)| known.map_or_else(|| lay_out_one(layouter, slide, &deck.lang, None), Ok))
            .collect();
        pages
            .into_iter()
            .map(|page| {
                page.unwrap_or_else(|problem| {
                    found.push(*problem);
                    Page::empty(size(deck))
                })
            })
            .collect()
    }
}

/// Changes when pages may look different although their HTML is the same.
fn look(deck: &Deck, draft: &Draft) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&deck.css, &deck.lang, deck.size).hash(&mut hasher);
    for font in &deck.fonts {
        (&font.family, font.weight, font.italic, &font.bytes).hash(&mut hasher);
    }
    for font in &draft.theme.font_files {
        (&font.name, &font.bytes).hash(&mut hasher);
    }
    hasher.finish()
}

fn hash(html: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    hasher.finish()
}
