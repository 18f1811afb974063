//! Talk, theme and pictures to HTML.
//!
//! In: a [`Talk`], a resolved [`Theme`] and the talk's pictures. Out: a [`Deck`], the HTML of every slide and the
//! CSS they share, the same for browsers and for the layout engine. The only home of minijinja, syntect, `RaTeX`,
//! merman, ammonia, cssparser and ICU's segmenter; it knows nothing of files, pages or the player.

mod blocks;
mod bonds;
mod code;
mod diagram;
mod ends;
mod fit;
mod growth;
mod heights;
mod highlight;
mod inlines;
mod labels;
mod line_breaks;
mod math;
mod memo;
mod passages;
mod photo;
mod pictures;
mod sanitize;
mod slide;
mod speaker;
mod style;
mod table;
mod tails;
mod templates;
#[cfg(test)]
mod tests;
mod words;
mod writer;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use minijinja::value::Value;
use rayon::prelude::*;

use crate::asset::{Image, Images, qr};
use crate::deck::slide::Surroundings;
use crate::deck::templates::{Templates, object, optional, safe};
use crate::deck::writer::{Context, Writer};
use crate::diagnostic::Diagnostics;
use crate::escape;
use crate::source::{Span, Spanned};
use crate::talk::{KeptQuestion, Meta, Question, Talk};
use crate::theme::Theme;

pub use crate::deck::memo::Memo;
pub use crate::deck::passages::Passages;
pub use crate::deck::style::OwnFont;
pub use crate::deck::tails::kept_at_end;

/// The width of the QR code on the last slide, in CSS pixels.
const QR_SIDE: u32 = 232;

/// How the HTML is written.
#[derive(Clone, Debug, Default)]
pub struct DeckOptions {
    /// Whether block elements carry `data-at="START-END"`, their byte range from the start of the slide.
    pub positions: bool,
    /// How pictures are referred to.
    pub images: ImageMode,
    /// Whether raw HTML stays as it is; a choice of the command line, never of a talk.
    pub trust_html: bool,
    /// The text of the talk folder's `style.css`.
    pub style: Option<Spanned<String>>,
    /// Slides written before, to be used again.
    pub memo: Option<Arc<Memo>>,
}

/// How pictures are referred to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ImageMode {
    /// By `data:` URLs: the HTML holds everything.
    #[default]
    DataUri,
    /// By `asset:///HASH`, the hash of [`Deck::images`]; in CSS by `asset:///HASH?background`.
    Reference,
    /// By `asset/HASH`, a path on the page's server.
    Path,
}

/// The slides of a talk as HTML.
#[derive(Clone, Debug)]
pub struct Deck {
    /// The talk's title.
    pub title: String,
    /// One line on the talk, for the page's description.
    pub description: String,
    /// The talk's language as a BCP 47 tag.
    pub lang: String,
    /// Width and height of a slide in CSS pixels.
    pub size: (u32, u32),
    /// The CSS that all slides share, in its final order.
    pub css: String,
    /// The fonts that the talk's own CSS brings.
    pub fonts: Vec<OwnFont>,
    /// The slides in the order in which they are shown.
    pub slides: Vec<DeckSlide>,
    /// The pictures that slides refer to, by their hash.
    pub images: BTreeMap<String, Arc<Image>>,
    /// The words that the deck itself says, by key.
    pub labels: BTreeMap<String, String>,
    /// The questions prepared for the talk as a whole, then those that the audience has asked.
    pub questions: Vec<Prompt>,
}

/// One slide as HTML.
#[derive(Clone, Debug)]
pub struct DeckSlide {
    /// Unique in the deck; the fragment of deep links.
    pub id: String,
    /// `<section class="slide …">…</section>`.
    pub html: String,
    /// How many clicks the slide takes.
    pub steps: u32,
    /// The slide's title, where it has one.
    pub title: Option<String>,
    /// The name of the section it belongs to.
    pub section: Option<String>,
    /// Whether it comes after the end, for questions.
    pub backup: bool,
    /// Whether it may be dropped when late.
    pub optional: bool,
    /// Where the slide stands in the source.
    pub span: Span,
    /// What the speaker says, as HTML; empty without notes.
    ///
    /// A cue is `<span class="cue">[…]</span>`, the nth `[click]` carries `data-click="n"`.
    pub notes: String,
    /// The questions prepared for this slide.
    pub questions: Vec<Prompt>,
}

/// A prepared question as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Prompt {
    /// What somebody may ask.
    pub ask: String,
    /// The short answer.
    pub answer: Option<String>,
    /// The id of the slide to jump to.
    pub slide: Option<String>,
    /// Whether somebody of the audience has asked it.
    pub from_audience: bool,
}

/// Writes the HTML of every slide that is shown, several at a time.
///
/// What can't be shown is reported and replaced by the nearest thing that can.
pub fn deck(
    talk: &Talk,
    theme: &Theme,
    images: &Images<'_>,
    options: &DeckOptions,
    diagnostics: &mut Diagnostics,
) -> Deck {
    let meta = &talk.meta;
    let size = meta.aspect.size();
    let context = Context { theme, images, options, lang: &meta.lang, classes: &meta.classes, slide_width: size.0 };
    let templates = Templates::new(theme, &meta.lang, context.for_layout(), diagnostics);
    let shown: Vec<&crate::talk::Slide> = talk.shown_slides().collect();
    let sections = sections(&shown);
    let questions: Vec<&Question> = meta.questions.iter().chain(talk.prepared_on_slides()).collect();
    let talk_value = talk_value(&context, meta, &shown);
    let (css, fonts) = css(&context, meta, diagnostics);
    if let Some(memo) = &options.memo {
        memo.start();
    }
    let whole = Whole { meta, shown: &shown, sections: &sections, questions: &questions, talk: &talk_value };
    let surroundings = whole.hash(&context);
    let rendered: Vec<(DeckSlide, Diagnostics)> =
        (0..shown.len()).into_par_iter().map(|index| whole.slide(&context, &templates, index, surroundings)).collect();
    let questions = shown.first().map_or_else(Vec::new, |slide| {
        let mut writer = Writer::new(&context, slide, 1);
        let mut questions = writer.prompts(meta.questions.iter());
        let kept: Vec<Question> = talk.kept_questions().into_iter().map(KeptQuestion::as_prepared).collect();
        let kept = writer.prompts(kept.iter());
        questions.extend(kept.into_iter().map(|kept| Prompt { from_audience: true, ..kept }));
        diagnostics.append(writer.diagnostics);
        questions
    });
    let mut slides = Vec::with_capacity(rendered.len());
    for (slide, found) in rendered {
        slides.push(slide);
        diagnostics.append(found);
    }
    Deck {
        title: meta.title.clone(),
        description: meta.takeaway.clone().or_else(|| meta.subtitle.clone()).unwrap_or_default(),
        lang: meta.lang.clone(),
        size,
        css,
        fonts,
        slides,
        images: images.all(),
        labels: labels::all(&meta.lang).map(|(key, word)| (key.to_owned(), word.to_owned())).collect(),
        questions,
    }
}

/// The talk around a slide.
struct Whole<'a> {
    meta: &'a Meta,
    shown: &'a [&'a crate::talk::Slide],
    /// The section that each slide belongs to.
    sections: &'a [Option<&'a str>],
    /// Every prepared question.
    questions: &'a [&'a Question],
    /// The talk as layouts see it.
    talk: &'a Value,
}

impl Whole<'_> {
    /// Equal when a slide that is the same looks the same: for everything but the slide, its number and its section.
    fn hash(&self, context: &Context<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Context { theme, options, .. } = context;
        (&theme.css, &theme.layouts, options.positions, options.trust_html, options.images).hash(&mut hasher);
        (self.questions, self.sections, self.shown.len()).hash(&mut hasher);
        for slide in self.shown.iter().filter(|slide| slide.section.is_some()) {
            (&slide.section, &slide.id).hash(&mut hasher);
        }
        format!("{:?}", self.meta).hash(&mut hasher);
        hasher.finish()
    }

    /// The slide at `index`, and what is wrong with it.
    fn slide(
        &self,
        context: &Context<'_>,
        templates: &Templates<'_>,
        index: usize,
        surroundings: u64,
    ) -> (DeckSlide, Diagnostics) {
        let slide = self.shown[index];
        let section = self.sections.get(index).copied().flatten();
        let around = Surroundings {
            number: index + 1,
            count: self.shown.len(),
            section,
            meta: self.meta,
            talk: self.talk.clone(),
            questions: self.questions,
        };
        let key = memo::key(slide, around.number, section, surroundings);
        let memo = context.options.memo.as_ref();
        let known = memo.and_then(|memo| memo.recall(key, context.images));
        let (rendered, found) = known.map_or_else(
            || {
                let (rendered, pictures, found) = slide::render(context, templates, slide, &around);
                if let Some(memo) = memo.filter(|_| found.is_empty()) {
                    memo.remember(key, rendered.clone(), pictures);
                }
                (rendered, found)
            },
            |rendered| (rendered, Diagnostics::default()),
        );
        let slide = DeckSlide {
            id: slide.id.clone(),
            html: rendered.html,
            steps: slide.steps,
            title: slide.title.clone(),
            section: section.map(str::to_owned),
            backup: slide.backup,
            optional: slide.optional,
            span: slide.span,
            notes: rendered.notes,
            questions: rendered.questions,
        };
        (slide, found)
    }
}

/// The section that each slide belongs to; slides kept for questions belong to none.
fn sections<'t>(shown: &[&'t crate::talk::Slide]) -> Vec<Option<&'t str>> {
    let mut current = None;
    shown
        .iter()
        .map(|slide| {
            if let Some(section) = &slide.section {
                current = Some(section.name.as_str());
            }
            if slide.backup { slide.section.as_ref().map(|section| section.name.as_str()) } else { current }
        })
        .collect()
}

/// The talk as layouts see it.
fn talk_value(context: &Context<'_>, meta: &Meta, shown: &[&crate::talk::Slide]) -> Value {
    let speakers: Vec<Value> = meta
        .speakers
        .iter()
        .map(|speaker| {
            object([
                ("name", Value::from(speaker.name.as_str())),
                ("role", optional(speaker.role.as_deref())),
                ("contact", optional(speaker.contact.as_deref())),
            ])
        })
        .collect();
    let sections: Vec<Value> = shown
        .iter()
        .filter_map(|slide| {
            let section = slide.section.as_ref()?;
            let budget = section.budget.map(|budget| format!("{} min", budget.as_secs().div_ceil(60)));
            Some(object([
                ("name", Value::from(section.name.as_str())),
                ("id", Value::from(slide.id.as_str())),
                ("budget", optional(budget.as_deref())),
            ]))
        })
        .collect();
    let date = meta.date.map(|date| date.to_string());
    let link = meta.recall.as_ref().and_then(|recall| recall.link.as_deref());
    object([
        ("title", Value::from(meta.title.as_str())),
        ("subtitle", optional(meta.subtitle.as_deref())),
        ("speakers", Value::from(speakers)),
        ("date", optional(date.as_deref())),
        ("lang", Value::from(meta.lang.as_str())),
        ("takeaway", optional(meta.takeaway.as_deref())),
        ("sections", Value::from(sections)),
        ("link", optional(link)),
        ("qr", link.and_then(|link| qr(context, link)).map_or(Value::UNDEFINED, safe)),
    ])
}

/// A QR code that leads to `link`, as HTML.
fn qr(context: &Context<'_>, link: &str) -> Option<String> {
    let svg = qr::svg(link, QR_SIDE)?;
    let alt = escape::html(&format!("{}: {link}", context.label("qr")));
    Some(match context.options.images {
        ImageMode::DataUri | ImageMode::Path => {
            svg.replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{alt}\""), 1)
        }
        ImageMode::Reference => {
            let image = context.images.add_drawing(&svg, None);
            format!("<img src=\"asset:///{}\" alt=\"{alt}\" width=\"{QR_SIDE}\" height=\"{QR_SIDE}\">", image.hash)
        }
    })
}

/// Theme, slide size, front matter, talk folder: later rules win. And the fonts that the last two bring.
fn css(context: &Context<'_>, meta: &Meta, diagnostics: &mut Diagnostics) -> (String, Vec<OwnFont>) {
    let (width, height) = meta.aspect.size();
    let mut out = context.theme.css.clone();
    let mut fonts = Vec::new();
    let _ = writeln!(out, ":root{{--slide-width:{width}px;--slide-height:{height}px;}}");
    let _ = writeln!(out, "@page{{size:{width}px {height}px;margin:0;}}");
    for own in [&meta.style, &context.options.style].into_iter().flatten() {
        let resolved = style::resolve(own, context.images, context.options.images);
        out.push_str(&resolved.css);
        out.push('\n');
        fonts.extend(resolved.fonts);
        diagnostics.append(resolved.diagnostics);
    }
    // Nothing in a style element may end it; within CSS an escaped slash is a slash.
    (out.replace("</", "<\\/"), fonts)
}
