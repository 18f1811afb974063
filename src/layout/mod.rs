//! HTML to [`Page`]s.
//!
//! In: one HTML document per slide or paper page, the [`Fonts`] and the [`Pictures`] it may use. Out: everything that
//! is painted, every box, and what the parts mean, as a [`Page`].
//! The only home of Blitz and anyrender; it knows nothing of talks, themes or output formats, reads no file and asks
//! no network.

mod boxes;
mod coverage;
mod document;
mod document_order;
mod drawing;
mod fonts;
mod gradient;
mod inset_shadow;
mod kept;
mod language;
mod missing;
mod not_painted;
mod outline;
mod page;
mod paint;
mod picture_clips;
mod pictures;
mod places;
mod reading;
mod roles;
mod run_style;
mod runs;
mod shadow;
mod steps;
mod structure;
mod text;
mod text_shadow;
mod text_style;
mod tree;
mod unread;

pub use fonts::{FontSource, Fonts};
pub use gradient::{GradientColors, color_at};
pub use kept::Kept;
pub use outline::outline;
pub use page::{
    Blend, Command, ElementBox, Extend, FillRule, FontBytes, FontFile, Glyph, GlyphRun, Gradient, GradientShape,
    ImagePaint, LinkArea, MissingGlyph, Page, Paint, PixelSource, Raster, Rgba, TextLine,
};
pub use pictures::{Drawing, Picture, Pictures};
pub use shadow::{ShadowSamples, ShadowShape};
pub use structure::{Cell, Heads, Part, PartOf, Placed, Role, Structure};

use std::sync::Arc;

use kurbo::Size;

/// What the pages of one output have in common.
pub struct Layouter {
    fonts: Fonts,
    pictures: Arc<Pictures>,
    sheets: document::Sheets,
    size: Size,
    on_paper: bool,
    /// The hash of what all pages have in common beside their size.
    look: kept::Key,
    kept: Option<Arc<Kept>>,
}

impl Layouter {
    /// A layouter for pages of `size` CSS pixels that all have the style sheet `css`.
    #[must_use]
    pub fn new(css: &str, size: Size, fonts: Fonts, pictures: Pictures) -> Self {
        let look = kept::look(css, &pictures);
        let (pictures, sheets) = (Arc::new(pictures), document::Sheets::parse(css));
        Self { fonts, pictures, sheets, size, on_paper: false, look, kept: None }
    }

    /// The same for pages to print: rules for `@media print` hold, not those for `screen`.
    #[must_use]
    pub fn on_paper(self) -> Self {
        Self { on_paper: true, ..self }
    }

    /// The same, with pages that are kept from run to run; they change no page.
    #[must_use]
    pub fn with_kept(self, kept: Arc<Kept>) -> Self {
        Self { look: kept::look_with_fonts(&self.look, &self.fonts), kept: Some(kept), ..self }
    }

    /// The pages that follow have this size, in CSS pixels.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Replaces the pictures that the pages may use; from here on, no pages are kept.
    pub fn set_pictures(&mut self, pictures: Pictures) {
        self.kept = None;
        self.pictures = Arc::new(pictures);
    }
}

/// Lays out `body`, the HTML inside `<body>`, as one page; `lang` is the document's language.
///
/// A character that the bundled fonts lack is looked for in the system's fonts; only then does the search for those
/// cost its time. May be called from many threads at once.
#[must_use]
pub fn layout(layouter: &Layouter, body: &str, lang: &str) -> Page {
    layout_at(layouter, body, lang, None)
}

/// The same as an audience sees it after so many clicks; with `None`, all there is.
///
/// What has a larger `data-step` keeps its room and shows nothing; of code with `data-stages`, the lines of one stage are
/// lit.
#[must_use]
pub fn layout_at(layouter: &Layouter, body: &str, lang: &str, step: Option<u32>) -> Page {
    let html = document::Html { body, lang, step };
    let known = layouter.kept.as_ref().map(|kept| (kept, kept::key(layouter, &html, kept)));
    if let Some(page) = known.as_ref().and_then(|(kept, key)| kept.recall(key, layouter)) {
        return page;
    }
    let page = layout_with(layouter, &html, layouter.fonts.bundled());
    if !page.missing.is_empty() {
        // The system may have other fonts tomorrow.
        return layout_with(layouter, &html, layouter.fonts.with_system());
    }
    if let Some((kept, key)) = known {
        kept.keep(&key, &page, layouter);
    }
    page
}

fn layout_with(layouter: &Layouter, html: &document::Html<'_>, fonts: parley::FontContext) -> Page {
    let mut doc = document::resolve(layouter, html, fonts);
    let mut reading = reading::read(&doc, html.lang);
    let (mut commands, not_painted) = paint::commands(&mut doc, layouter, &mut reading);
    if html.step.is_some() {
        steps::without_waiting_text(&mut commands);
    }
    let boxes = boxes::element_boxes(&doc);
    Page {
        size: layouter.size,
        commands,
        links: boxes::link_areas(&doc, &reading),
        missing: missing::missing_glyphs(&doc, &boxes),
        boxes: boxes.boxes,
        not_painted,
        structures: vec![Placed { structure: Arc::new(reading.structure), within: None }],
    }
}
