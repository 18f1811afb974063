//! Laid-out pages to one PDF file.
//!
//! In: [`Page`]s with the document's title, language and bookmarks. Out: the bytes of the file, the
//! same for the same input: no dates, no random ids. The only home of printpdf, lopdf and subsetter;
//! it knows nothing of talks, HTML or files. Pages are drawn with printpdf's operations in CSS
//! pixels; what printpdf has no words for (CID fonts, soft masks, nested bookmarks, XMP) is added to
//! the lopdf document it makes. Pages that tell what their parts mean become a tagged PDF (PDF/UA-1).

mod content;
mod file;
mod font;
mod gradient;
mod link;
mod marks;
mod metadata;
mod outline;
mod page;
mod paint;
mod picture;
mod picture_file;
mod repeat;
mod shadow;
mod shape;
mod sweep;
mod tags;
mod text;
mod tree;
mod unicode;

use std::fmt;

use rayon::prelude::*;

use crate::layout::Page;

/// A document of laid-out pages.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The title, shown in the viewer's title bar.
    pub title: &'a str,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// The language of the text, as `zh-CN`; empty when unknown.
    pub lang: &'a str,
    /// What it is about.
    pub subject: Option<&'a str>,
    /// Words to find it by.
    pub keywords: &'a [String],
    /// The program that made it, as `Retell 1.0.0`.
    pub producer: &'a str,
    /// Its pages, first to last.
    pub pages: Vec<DocumentPage<'a>>,
}

/// A page and how the document refers to it.
#[derive(Clone, Debug)]
pub struct DocumentPage<'a> {
    /// What is on it.
    pub page: &'a Page,
    /// What links write after `#` to lead here; the first page of an id wins.
    pub ids: Vec<&'a str>,
    /// The number that viewers show for it, when it is not its place in the file.
    pub label: Option<&'a str>,
    /// Its entries in the outline.
    pub bookmarks: Vec<Bookmark<'a>>,
}

/// An entry of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bookmark<'a> {
    /// How deep it lies; 0 is outermost, and a level may be left out.
    pub level: u8,
    /// What it says.
    pub title: &'a str,
}

/// Why a document has no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// A font has no outlines that a PDF can hold.
    Font {
        /// The font's name, as far as its file tells it.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file could not be put together.
    Write(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font { name, reason } => write!(f, "cannot embed the font `{name}`: {reason}"),
            Self::Write(reason) => write!(f, "cannot put the PDF together: {reason}"),
        }
    }
}

impl std::error::Error for PdfError {}

/// Returns `document` as a PDF file; a page has 0.75 points a CSS pixel.
///
/// # Errors
///
/// A font whose outlines cannot be embedded.
pub fn pdf(document: &Document<'_>) -> Result<Vec<u8>, PdfError> {
    let fonts = font::Fonts::collect(document.pages.iter().map(|page| page.page));
    let pages: Vec<&Page> = document.pages.iter().map(|page| page.page).collect();
    let tagged = pages.iter().any(|page| !page.structures.is_empty());
    let (contents, programs) = rayon::join(|| draw(&pages, &fonts, tagged), || fonts.programs());
    file::write(document, contents, &programs?)
}

/// Returns the pages, and what several of them draw alike.
fn draw(pages: &[&Page], fonts: &font::Fonts<'_>, tagged: bool) -> file::Contents {
    let repeats = repeat::Repeats::find(pages);
    let stands = pages.par_iter().zip(&repeats.stands);
    let drawn = stands.map(|(page, stands)| page::draw(page, fonts, stands, tagged)).collect();
    let parts = repeats.drawings.par_iter();
    let drawings = parts.filter_map(|part| Some(page::draw_part(pages.get(part.page)?, part, fonts)));
    file::Contents { pages: drawn, drawings: drawings.collect() }
}
