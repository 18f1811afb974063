use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::asset::fonts::BUNDLED;
use crate::deck::Deck;
use crate::diagnostic::Diagnostics;
use crate::export::html::{FontData, Host, PageOptions, Speaker, WebFont, data, html};
use crate::pipeline::Readiness;
use crate::pipeline::draft::Draft;
use crate::rehearsal::{Expectation, expectations};
use crate::source::Sources;
use crate::timing::{self, Budget};

/// The path of the event stream, from the page's address.
const EVENTS: &str = "events";

/// A talk as a browser is to show it now.
pub struct Preview {
    draft: Draft,
    deck: Deck,
    expectations: Vec<Expectation>,
    slides: Vec<PreviewSlide>,
    revision: String,
}

/// A slide, and how it is told apart from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewSlide {
    /// The slide's id.
    pub id: String,
    /// `<section>`.
    pub html: String,
    /// Changes with what the author wrote on the slide, and with nothing else.
    pub written: u64,
}

impl Preview {
    pub(super) fn new(draft: Draft, deck: Deck) -> Self {
        let slides: Vec<PreviewSlide> = deck
            .slides
            .iter()
            .map(|slide| PreviewSlide {
                id: slide.id.clone(),
                html: slide.html.clone(),
                written: hash(draft.sources.snippet(slide.span)),
            })
            .collect();
        let estimate = timing::estimate(&draft.talk, &draft.past.practice);
        let expectations = expectations(&draft.talk, &estimate);
        let mut preview = Self { draft, deck, expectations, slides, revision: String::new() };
        preview.revision = preview.state();
        preview
    }

    /// Equal when a browser would show the same.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// How far the talk has come, when this is all that was found in it.
    #[must_use]
    pub fn readiness(&self, found: &Diagnostics) -> Readiness {
        Readiness::of(&self.draft, found)
    }

    /// The slides in the order in which they are shown.
    #[must_use]
    pub fn slides(&self) -> &[PreviewSlide] {
        &self.slides
    }

    /// The style sheet of the slides.
    #[must_use]
    pub fn css(&self) -> &str {
        &self.deck.css
    }

    /// What was found while the talk was read and written; laying it out finds more.
    #[must_use]
    pub fn found(&self) -> (&Diagnostics, &Sources) {
        (&self.draft.found, &self.draft.sources)
    }

    /// The data of the page as JSON.
    #[must_use]
    pub fn data(&self) -> String {
        data(&self.deck, &self.options())
    }

    /// The whole page.
    #[must_use]
    pub fn page(&self) -> String {
        html(&self.deck, &self.fonts(), &self.options())
    }

    /// The media type and bytes of a picture or font that the page asks for by `path`, as `asset/0a1b` or `font/3`.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        if let Some(hash) = path.strip_prefix("asset/") {
            return self.deck.images.get(hash).map(|image| (image.mime.name(), image.bytes.clone()));
        }
        let (kind, name) = path.strip_prefix("font/")?.split_once('-')?;
        let index: usize = name.split('-').next()?.parse().ok()?;
        let bytes = match kind {
            "bundled" => BUNDLED.get(index)?.bytes,
            "theme" => self.draft.theme.font_files.get(index)?.bytes.as_slice(),
            "own" => self.deck.fonts.get(index)?.bytes.as_slice(),
            _ => return None,
        };
        Some(("font/ttf", bytes.to_vec()))
    }

    pub(super) fn draft(&self) -> &Draft {
        &self.draft
    }

    fn options(&self) -> PageOptions<'_> {
        let budget = Budget::of(&self.draft.talk.meta);
        // Nobody holds the talk from a preview.
        let speaker = Speaker { budget, date: None, slides: &self.expectations };
        PageOptions {
            speaker: Some(speaker),
            host: Host::Live { events: EVENTS, revision: &self.revision },
            cover: None,
        }
    }

    /// Every font that the page may ask for, whole: the next save may need other characters.
    fn fonts(&self) -> Vec<WebFont> {
        let bundled = BUNDLED.iter().enumerate().map(|(index, font)| WebFont {
            family: font.family.to_owned(),
            weight: font.weight,
            italic: font.italic,
            data: FontData::Path(format!("font/bundled-{index}")),
        });
        let theme = self.draft.theme.font_files.iter().enumerate().filter_map(|(index, file)| {
            let font = crate::layout::FontSource::read(&file.bytes)?;
            // The length makes another address of another file.
            let path = format!("font/theme-{index}-{}", file.bytes.len());
            let data = FontData::Path(path);
            Some(WebFont { family: font.family, weight: font.weight, italic: font.italic, data })
        });
        let own = self.deck.fonts.iter().enumerate().map(|(index, font)| WebFont {
            family: font.family.clone(),
            weight: font.weight,
            italic: font.italic,
            data: FontData::Path(format!("font/own-{index}-{}", font.bytes.len())),
        });
        bundled.chain(theme).chain(own).collect()
    }

    fn state(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (&self.deck.css, data(&self.deck, &self.options())).hash(&mut hasher);
        for slide in &self.slides {
            (&slide.id, &slide.html).hash(&mut hasher);
        }
        format!("{:016x}", hasher.finish())
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
