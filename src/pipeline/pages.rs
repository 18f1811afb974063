use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::{Image, fonts as bundled};
use crate::deck::{Deck, DeckSlide, OwnFont};
use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::layout::{FontSource, Fonts, Layouter, Page, Picture, Pictures, layout_at};
use crate::pipeline::kept_pages::KeptPages;
use crate::source::Span;
use crate::theme::Theme;

/// Every slide as a page, several at a time; empty where that fails.
pub(super) fn lay_out(deck: &Deck, theme: &Theme, kept: Option<&KeptPages>, found: &mut Diagnostics) -> Vec<Page> {
    let layouter = Layouter::new(&deck.css, size(deck), fonts(&deck.fonts, theme, found), pictures(&deck.images));
    let layouter = KeptPages::behind(kept, layouter);
    let laid_out: Vec<_> =
        deck.slides.par_iter().map(|slide| lay_out_one(&layouter, slide, &deck.lang, None)).collect();
    let mut pages = Vec::with_capacity(laid_out.len());
    for page in laid_out {
        pages.push(page.unwrap_or_else(|problem| {
            found.push(*problem);
            Page::empty(size(deck))
        }));
    }
    pages
}

/// Every slide as the pages that an audience sees: before the first click and after each.
pub(super) fn lay_out_steps(deck: &Deck, theme: &Theme, kept: Option<&KeptPages>) -> Vec<Vec<Page>> {
    // The same findings came up when the slides were laid out.
    let fonts = fonts(&deck.fonts, theme, &mut Diagnostics::default());
    let layouter = Layouter::new(&deck.css, size(deck), fonts, pictures(&deck.images));
    let layouter = KeptPages::behind(kept, layouter);
    let states = deck.slides.par_iter().map(|slide| {
        let steps = 0..=slide.steps.min(MOST_STEPS);
        let page = |step| lay_out_one(&layouter, slide, &deck.lang, Some(step));
        steps.into_par_iter().map(|step| page(step).unwrap_or_else(|_| Page::empty(size(deck)))).collect()
    });
    states.collect()
}

/// More clicks than this on one slide are one page.
const MOST_STEPS: u32 = 200;

/// The size of a slide in CSS pixels.
pub(super) fn size(deck: &Deck) -> kurbo::Size {
    let (width, height) = deck.size;
    kurbo::Size::new(width.into(), height.into())
}

/// Pictures, given by their hash, by the addresses that pages use for them.
pub(super) fn pictures(images: &BTreeMap<String, Arc<Image>>) -> Pictures {
    let mut pictures = Pictures::default();
    for (hash, image) in images {
        pictures.add(format!("asset:///{hash}"), Picture::of(image));
    }
    pictures
}

/// The most HTML of one slide, in bytes: fifty times what fits on it.
const MAX_SLIDE: usize = 1024 * 1024;

/// The deepest HTML; what Markdown gives stays far below, and the layout engine calls itself for every level.
const MAX_NESTING: usize = 1000;

/// The page of one slide after so many clicks, all of them with `None`; or the finding that says why there is none.
pub(super) fn lay_out_one(
    layouter: &Layouter,
    slide: &DeckSlide,
    lang: &str,
    step: Option<u32>,
) -> Result<Page, Box<Diagnostic>> {
    let id = format!("#{}", slide.id);
    let name = slide.title.as_deref().unwrap_or(&id);
    checked(&slide.html, name, Some(slide.span), |html| layout_at(layouter, html, lang, step))
}

/// The page of some HTML that belongs to the slide `name`, or the finding that says why there is none.
pub(super) fn lay_out_html(
    layouter: &Layouter,
    html: &str,
    lang: &str,
    name: &str,
    span: Option<Span>,
) -> Result<Page, Box<Diagnostic>> {
    checked(html, name, span, |html| layout_at(layouter, html, lang, None))
}

/// What `lay_out` makes of some HTML, where that is not too much for it.
fn checked(
    html: &str,
    name: &str,
    span: Option<Span>,
    lay_out: impl FnOnce(&str) -> Page,
) -> Result<Page, Box<Diagnostic>> {
    let start = span.map(|span| Span::new(span.source, span.start, span.start));
    let name = || name.chars().take(60).collect::<String>();
    if html.len() > MAX_SLIDE {
        let message = format!("slide `{}` is far too long to be laid out", name());
        return Err(Box::new(Diagnostic::new(&code::OVERFLOW, start, message).hint("put `---` between slides")));
    }
    if nesting(html) > MAX_NESTING {
        let message = format!("the HTML of slide `{}` nests more than {MAX_NESTING} levels deep", name());
        return Err(Box::new(Diagnostic::new(&code::NESTING_TOO_DEEP, start, message).hint("close tags before")));
    }
    contain(|| lay_out(html)).map_err(|why| {
        let message = format!("slide `{}` can't be laid out: {why}", name());
        Box::new(Diagnostic::new(&code::INTERNAL_ERROR, start, message))
    })
}

/// How deep elements lie in each other, counting tags without reading them.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !matches!(name, "br" | "hr" | "img" | "col" | "wbr" | "input") {
            // Drawings close their elements in the tag itself.
            depth += usize::from(!tag.split('>').next().unwrap_or_default().ends_with('/'));
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The bundled fonts, behind those that the talk and its theme bring.
pub(super) fn fonts(own: &[OwnFont], theme: &Theme, found: &mut Diagnostics) -> Fonts {
    let mut of_talk = Vec::new();
    for font in own {
        match FontSource::read(&font.bytes) {
            Some(read) => of_talk.push(FontSource {
                family: font.family.clone(),
                weight: font.weight,
                italic: font.italic,
                ..read
            }),
            None => found.push(
                Diagnostic::new(&code::UNREADABLE_FONT, font.span, "this file is no font")
                    .hint("TrueType, OpenType, WOFF and WOFF2 files are read"),
            ),
        }
    }
    let own = theme.font_files.iter().filter_map(|file| FontSource::read(&file.bytes));
    let bundled = bundled::BUNDLED.iter().map(|font| FontSource {
        family: font.family.to_owned(),
        weight: font.weight,
        italic: font.italic,
        data: Arc::new(font.bytes),
        in_program: true,
    });
    Fonts::new(of_talk.into_iter().chain(own).chain(bundled).collect())
}
