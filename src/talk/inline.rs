use crate::source::Span;
use crate::talk::Attributes;

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it was written.
    pub span: Span,
}

/// The kinds of running text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum InlineKind {
    /// Text; line breaks of the source are already joined or turned into spaces.
    Text(String),
    /// `` `code` ``.
    Code(String, Attributes),
    /// `*emphasis*`.
    Emphasis(Vec<Inline>),
    /// `**strong**`.
    Strong(Vec<Inline>),
    /// `~~struck~~`.
    Strikethrough(Vec<Inline>),
    /// `==marked==`.
    Highlight(Vec<Inline>),
    /// `^raised^`.
    Superscript(Vec<Inline>),
    /// `~lowered~`.
    Subscript(Vec<Inline>),
    /// A link.
    Link {
        /// Where to, as written.
        target: String,
        /// The text on hovering.
        title: Option<String>,
        /// What is shown.
        content: Vec<Inline>,
        /// Attributes in braces.
        attributes: Attributes,
    },
    /// A picture.
    Image(Image),
    /// `$…$`: LaTeX source; `display` when written with two dollars within a paragraph.
    Math {
        /// The LaTeX source.
        source: String,
        /// Set on a line of its own.
        display: bool,
    },
    /// A reference to the footnote of this number.
    FootnoteReference(u32),
    /// A forced line break.
    LineBreak,
    /// Raw HTML as written, not yet sanitised.
    Html(String),
}

impl InlineKind {
    /// The running text in it; none in what holds no other.
    #[must_use]
    pub fn content(&self) -> &[Inline] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strikethrough(content)
            | Self::Highlight(content)
            | Self::Superscript(content)
            | Self::Subscript(content)
            | Self::Link { content, .. } => content,
            Self::Text(_)
            | Self::Code(..)
            | Self::Image(_)
            | Self::Math { .. }
            | Self::FootnoteReference(_)
            | Self::LineBreak
            | Self::Html(_) => &[],
        }
    }
}

/// A picture in the text.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Image {
    /// Path in the talk's folder or `data:` URL.
    pub source: String,
    /// What it shows, without Marp's words.
    pub alt: String,
    /// The text on hovering; shown as a caption when the picture stands alone.
    pub title: Option<String>,
    /// A CSS width, as `60%` or `200px`.
    pub width: Option<String>,
    /// A CSS height.
    pub height: Option<String>,
    /// Other attributes in braces.
    pub attributes: Attributes,
}

/// The text without its marks: code and link texts stay, pictures give their alternative text,
/// math its source, raw HTML nothing.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text, _) => {
                out.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            }
            InlineKind::Math { source, .. } => out.push_str(source),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::LineBreak => out.push(' '),
            InlineKind::FootnoteReference(_) | InlineKind::Html(_) => {}
            kind => push_plain(kind.content(), out),
        }
    }
}
