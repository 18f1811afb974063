use crate::asset::Shapes;
use crate::deck::inlines::Words;
use crate::deck::labels::label;
use crate::deck::line_breaks::guided;
use crate::deck::memo::Shown;
use crate::deck::{DeckOptions, ImageMode};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::escape::push_html as escape;
use crate::source::Span;
use crate::talk::{Attributes, Slide};
use crate::theme::Theme;

/// What every slide of a deck shares.
pub(super) struct Context<'a> {
    pub(super) theme: &'a Theme,
    pub(super) images: &'a crate::asset::Images<'a>,
    pub(super) options: &'a DeckOptions,
    pub(super) lang: &'a str,
    /// What all slides of the talk have.
    pub(super) classes: &'a [String],
    /// CSS pixels.
    pub(super) slide_width: u32,
}

impl Context<'_> {
    /// Whether the layout engine reads the HTML, and no browser.
    pub(super) fn for_layout(&self) -> bool {
        self.options.images == ImageMode::Reference
    }

    /// A word that the deck itself says.
    pub(super) fn label<'k>(&self, key: &'k str) -> &'k str {
        label(self.lang, key)
    }
}

/// How lines of paragraphs break.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Over the width of a slide or of half of it.
    Wide,
    /// Short lines, as in cards.
    Narrow,
    /// As those of a heading, for large type.
    Large,
}

/// Writes the HTML of one slide.
pub(super) struct Writer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) slide: &'a Slide,
    /// The slide's place among the shown ones, from 1; makes ids of drawings unique.
    pub(super) number: usize,
    pub(super) out: String,
    pub(super) diagnostics: Diagnostics,
    /// Finished fragments that the sanitiser must not touch; `out` holds [`hole`]s in their place.
    pub(super) trusted: Vec<String>,
    /// Whether raw HTML of the author is in `out`.
    pub(super) has_html: bool,
    pub(super) drawings: usize,
    /// While notes are written: how many `[click]`s there were.
    pub(super) clicks: Option<u32>,
    /// While a heading is written: the places between its words.
    pub(super) words: Option<Words>,
    /// Whether what is being written stays on one line anyway.
    pub(super) is_kept: bool,
    pub(super) measure: Measure,
    /// The pictures that were asked for and found.
    pub(super) pictures: Vec<Shown>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(context: &'a Context<'a>, slide: &'a Slide, number: usize) -> Self {
        Self {
            context,
            slide,
            number,
            out: String::new(),
            diagnostics: Diagnostics::default(),
            trusted: Vec::new(),
            has_html: false,
            drawings: 0,
            clicks: None,
            words: None,
            is_kept: false,
            measure: Measure::Wide,
            pictures: Vec::new(),
        }
    }

    /// What `write` writes, by itself.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        write(self);
        std::mem::replace(&mut self.out, outer)
    }

    /// Text of the author, escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A drawing that takes the colour of the text around it: within the page, or by reference for the layout engine,
    /// which would search the system's fonts before it reads one within the page.
    pub(super) fn drawing(&self, svg: &str, shapes: Option<Shapes>, style: &str) -> String {
        let context = self.context;
        match context.options.images {
            ImageMode::DataUri | ImageMode::Path => {
                svg.replacen("<svg", &format!("<svg aria-hidden=\"true\" style=\"{style}\""), 1)
            }
            ImageMode::Reference => {
                let image = context.images.add_drawing(svg, shapes);
                format!("<img src=\"asset:///{}\" alt=\"\" style=\"{style}\">", image.hash)
            }
        }
    }

    /// A finished fragment that is put in after sanitising.
    pub(super) fn trust(&mut self, fragment: String) {
        self.out.push_str(&hole(self.trusted.len()));
        self.trusted.push(fragment);
    }

    /// `html` with its holes filled, and its marks as its reader knows them.
    pub(super) fn filled(&self, html: &str) -> String {
        guided(fill(html, &self.trusted), self.context.for_layout())
    }

    /// ` name="value"`, escaped.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    /// `class`, `id` and `data-at` of an element.
    pub(super) fn attributes(&mut self, own_class: &str, attributes: &Attributes, span: Option<Span>) {
        let mut classes: Vec<&str> = if own_class.is_empty() { Vec::new() } else { vec![own_class] };
        classes.extend(attributes.classes.iter().map(String::as_str));
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        // The id of the first heading is the slide's.
        let is_free = |id: &&str| *id != self.slide.id && !is_reserved_id(id);
        // Notes are no target of links.
        if let Some(id) = attributes.id.as_deref().filter(is_free).filter(|_| self.clicks.is_none()) {
            self.attribute("id", id);
        }
        if let Some(span) = span.filter(|_| self.context.options.positions && self.clicks.is_none()) {
            let (slide, from) = (self.slide.span, self.slide.span.start);
            if slide.contains(span) {
                self.attribute("data-at", &format!("{}-{}", span.start - from, span.end - from));
            }
        }
    }

    /// `data-step`, for what appears on a click.
    pub(super) fn step(&mut self, step: Option<u32>) {
        if let Some(step) = step.filter(|_| self.clicks.is_none()) {
            self.attribute("data-step", &step.to_string());
        }
    }

    pub(super) fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: &str) {
        let found = Diagnostic::new(code, span, message);
        self.diagnostics.push(if hint.is_empty() { found } else { found.hint(hint) });
    }

    /// `value` as a CSS length; anything else is reported at `span`.
    pub(super) fn length(&mut self, value: &str, span: Span) -> Option<String> {
        let length = length(value);
        if length.is_none() {
            let message = format!("`{value}` is not a length");
            self.report(&code::INVALID_VALUE, span, message, "write it as `60%` or `200px`");
        }
        length
    }
}

/// Stands for the fragment of this number; made of characters that text can't hold.
pub(super) fn hole(number: usize) -> String {
    format!("\u{fdd0}{number}\u{fdd1}")
}

/// `html` with its holes filled.
fn fill(html: &str, trusted: &[String]) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('\u{fdd0}') {
        out.push_str(before);
        let (number, tail) = after.split_once('\u{fdd1}').unwrap_or((after, ""));
        if let Some(fragment) = number.parse::<usize>().ok().and_then(|number| trusted.get(number)) {
            out.push_str(fragment);
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Ids that the deck's page uses itself.
pub(super) fn is_reserved_id(id: &str) -> bool {
    id.starts_with("retell-") || id.contains(char::is_whitespace) || id.is_empty()
}

fn length(value: &str) -> Option<String> {
    let value = value.trim();
    let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let unit = unit.to_ascii_lowercase();
    number.parse::<f32>().ok().filter(|number| (0.0..=10_000.0).contains(number))?;
    match unit.as_str() {
        "" => Some(format!("{number}px")),
        "px" | "%" | "em" | "rem" | "vw" | "vh" | "cm" | "mm" | "in" | "pt" => Some(format!("{number}{unit}")),
        _ => None,
    }
}
