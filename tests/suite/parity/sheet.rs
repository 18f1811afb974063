//! HTML pages as the layout and as a browser show them: the boxes and lines of each, and pictures of both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use image::{DynamicImage, RgbImage};
use retell::asset::fonts::BUNDLED;
use retell::export::pdf::{Document, DocumentPage, pdf};
use retell::layout::{FontSource, Fonts, Layouter, Page, Pictures, layout};
use serde::Deserialize;

use crate::browser::Chromium;
use crate::built::ask;

/// Samples of a picture, across and down: each the mean of four pixels by four.
pub(super) const SAMPLES: (u32, u32) = (320, 180);

/// Pages of 1280 by 720 pixels that share a style sheet.
pub(super) struct Sheet {
    /// For the layout and for the browser.
    pub(super) css: [String; 2],
    pub(super) lang: String,
    /// What is inside `<body>`, for the layout and for the browser; they differ in how pictures are named.
    pub(super) pages: Vec<(String, String)>,
    pub(super) fonts: Vec<FontSource>,
}

/// One page as one of the two shows it.
pub(super) struct Shown {
    pub(super) elements: BTreeMap<usize, Element>,
    pub(super) picture: RgbImage,
    /// Its text as it is copied, without spaces.
    pub(super) text: String,
}

/// What `measure.js` tells of a page.
#[derive(Deserialize)]
struct Measured {
    elements: BTreeMap<usize, Element>,
    text: String,
}

/// An element with a box of its own.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Element {
    pub(super) tag: String,
    /// Left, top, width and height; `None` where they mean nothing, as within turned boxes.
    pub(super) rect: Option<[f64; 4]>,
    pub(super) lines: Vec<Line>,
}

/// The text on one line of a block, without spaces, and where it begins and ends where that is known.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: Option<f64>,
    pub(super) x1: Option<f64>,
}

/// The bundled fonts, as the layout takes them.
pub(crate) fn bundled_fonts() -> Vec<FontSource> {
    let source = |font: &retell::asset::fonts::BundledFont| FontSource {
        family: font.family.to_owned(),
        weight: font.weight,
        italic: font.italic,
        data: Arc::new(font.bytes),
        in_program: true,
    };
    BUNDLED.iter().map(source).collect()
}

impl Sheet {
    /// The pages as the layout has them, and what could not be painted of each.
    pub(super) fn laid_out(&self, pictures: Pictures) -> Vec<Page> {
        let size = kurbo::Size::new(1280.0, 720.0);
        let layouter = Layouter::new(&self.css[0], size, Fonts::new(self.fonts.clone()), pictures);
        self.pages.iter().map(|(html, _)| layout(&layouter, &numbered(html).0, &self.lang)).collect()
    }

    /// The pages as the PDF shows them, drawn by poppler.
    pub(super) fn in_pdf(pages: &[Page]) -> Vec<Shown> {
        let as_page = |page| DocumentPage { page, ids: Vec::new(), label: None, bookmarks: Vec::new() };
        let document = Document {
            title: "Parity",
            author: None,
            lang: "en",
            subject: None,
            keywords: &[],
            producer: "Retell",
            pages: pages.iter().map(as_page).collect(),
        };
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.pdf"), pdf(&document).expect("a PDF")).expect("the file is written");
        let half = pages.len().div_ceil(2);
        let drawing = [(1, half), (half + 1, pages.len())].map(|(first, last)| {
            let mut command = Command::new("pdftoppm");
            command.args(["-r", "96", "-f", &first.to_string(), "-l", &last.to_string(), "a.pdf", "p"]);
            (first <= last).then(|| command.current_dir(folder.path()).spawn().expect("pdftoppm is installed"))
        });
        for mut poppler in drawing.into_iter().flatten() {
            assert!(poppler.wait().expect("pdftoppm ends").success());
        }
        let mut files: Vec<_> =
            fs::read_dir(folder.path()).expect("the folder").map(|file| file.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "ppm"));
        files.sort();
        assert_eq!(files.len(), pages.len(), "poppler draws every page");
        let text = ask("pdftotext", &["-raw", "a.pdf", "-"], &folder.path().join("a.pdf"));
        let shown = pages.iter().zip(files).zip(text.split_terminator('\u{c}'));
        let shown = shown.map(|((page, file), text)| Shown {
            elements: elements(page),
            picture: from_ppm(&file),
            text: text.chars().filter(|c| !c.is_whitespace()).collect(),
        });
        shown.collect()
    }

    /// The pages as the browser shows them.
    pub(super) fn in_browser(&self, browser: &Chromium) -> Vec<Shown> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut faces = String::new();
        for (number, font) in self.fonts.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.ttf")), (*font.data).as_ref()).expect("a font is written");
            let style = if font.italic { "italic" } else { "normal" };
            faces.push_str(&format!(
                "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: {style}; src: url({number}.ttf) }}\n",
                font.family, font.weight
            ));
        }
        let pages: Vec<String> = self.pages.iter().map(|(_, html)| numbered(html).0).collect();
        let pages = serde_json::to_string(&pages).expect("JSON").replace("</", "<\\/");
        let html = format!(
            "<!doctype html><html lang=\"{}\"><meta charset=utf-8><style>{faces}</style><style>{}</style><body>\
             <script>{};window.pages = {pages}</script>",
            self.lang,
            self.css[1],
            include_str!("measure.js"),
        );
        let path = folder.path().join("index.html");
        fs::write(&path, html).expect("the page is written");
        browser.go(&crate::browser::address(&path, ""));
        (0..self.pages.len())
            .map(|page| {
                let Measured { elements, text } = browser.eval(&format!("showPage({page})"));
                let picture = image::load_from_memory(&browser.screenshot()).expect("a PNG");
                Shown { elements, picture: sampled(&picture), text }
            })
            .collect()
    }
}

/// The HTML with the number of each element in its `data-parity`, and how many there are; what a drawing is made of is
/// not counted, nor is `<wbr>`, of which the layout has a sign.
pub(super) fn numbered(html: &str) -> (String, usize) {
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html;
    let mut number = 0;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push('<');
        let name = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(after.len());
        let (name, after) = after.split_at(name);
        out.push_str(name);
        rest = after;
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name != "wbr" {
            out.push_str(&format!(" data-parity=\"{number}\""));
            number += 1;
        }
        if name == "svg" {
            let (drawing, after) = rest.split_at(rest.find("</svg>").unwrap_or(rest.len()));
            out.push_str(drawing);
            rest = after;
        }
    }
    out.push_str(rest);
    (out, number)
}

/// What the layout says of the elements of a page.
fn elements(page: &Page) -> BTreeMap<usize, Element> {
    let number = |element: &retell::layout::ElementBox| element.data.get("parity")?.parse().ok();
    let found = page.boxes.iter().filter_map(|element| {
        let rect = element.rect;
        let mut lines: Vec<Line> = Vec::new();
        let mut last: Option<kurbo::Rect> = None;
        for piece in &element.lines {
            let text = bare(&piece.text);
            // As `measure.js` has it.
            let goes_on = last.is_some_and(|last| piece.rect.x0 > last.x1 - 2.0 && piece.rect.y0 < last.y1 - 1.0);
            last = Some(piece.rect);
            match lines.last_mut().filter(|_| goes_on) {
                Some(line) => {
                    line.text.push_str(&text);
                    line.x1 = Some(piece.rect.x1);
                }
                None => lines.push(Line { text, x0: Some(piece.rect.x0), x1: Some(piece.rect.x1) }),
            }
        }
        let rect = Some([rect.x0, rect.y0, rect.width(), rect.height()]);
        Some((number(element)?, Element { tag: element.tag.clone(), rect, lines }))
    });
    found.collect()
}

/// Text without spaces and what only guides line breaks, in small letters: both may change the case of letters.
fn bare(text: &str) -> String {
    let is_seen = |c: &char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}');
    text.chars().filter(is_seen).flat_map(char::to_lowercase).collect()
}

/// Reads what pdftoppm writes: three numbers in text, then the pixels.
fn from_ppm(path: &Path) -> RgbImage {
    let bytes = fs::read(path).expect("a picture");
    let mut head = bytes.splitn(4, u8::is_ascii_whitespace).skip(1);
    let mut number = || std::str::from_utf8(head.next()?).ok()?.parse::<u32>().ok();
    let (width, height) = (number().expect("a width"), number().expect("a height"));
    let pixels = bytes[bytes.len() - (width * height * 3) as usize..].to_vec();
    sampled(&DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels).expect("all pixels")))
}

fn sampled(picture: &DynamicImage) -> RgbImage {
    assert_eq!((picture.width(), picture.height()), (SAMPLES.0 * 4, SAMPLES.1 * 4));
    picture.thumbnail_exact(SAMPLES.0, SAMPLES.1).into_rgb8()
}
