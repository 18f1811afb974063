//! Slides made of any bytes, with hostile styles and pictures, laid out, painted, and read back as a PDF and as a PNG.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use image::ImageFormat::{Gif, Jpeg, Png, WebP};
use retell::asset::{fonts, raster_file, svg};
use retell::export::pdf::{Document, DocumentPage, pdf};
use retell::export::png;
use retell::layout::{Drawing, FontSource, Fonts, Layouter, Page, Picture, Pictures, PixelSource, Raster, layout};

/// What boxes may look like; bytes choose.
const STYLES: &[&str] = &[
    "opacity:.4",
    "opacity:0",
    "transform:rotate(33deg) scale(2,.1)",
    "transform:scale(0)",
    "transform:matrix(1e9,0,0,1e9,0,0)",
    "transform:translate(1e6px)",
    "overflow:hidden;border-radius:30px",
    "clip-path:polygon(0 0,100% 0,50% 100%)",
    "clip-path:circle(0px)",
    "box-shadow:3px 4px 9px 2px #0008,inset 0 0 12px red",
    "box-shadow:0 0 1e9px red",
    "background:linear-gradient(33deg,red,#00f8 40%,transparent)",
    "background:repeating-linear-gradient(45deg,red 0 .001px,blue 0 1px)",
    "background:radial-gradient(circle at 10% 10%,red,transparent 0)",
    "background:repeating-conic-gradient(red 0 1deg,blue 0 2deg)",
    "background:url(asset:///png) 0 0/3px repeat",
    "background:url(asset:///raw) space",
    "background:url(asset:///jpeg) fixed",
    "background:url('asset:///svg?background') 0 0/40px",
    "mask-image:linear-gradient(black,transparent)",
    "mask-image:url(asset:///png),linear-gradient(red,blue);mask-composite:exclude",
    "filter:blur(3px) grayscale(1)",
    "mix-blend-mode:multiply",
    "border:5px dashed red;border-left:0",
    "border:1e7px double blue",
    "outline:3px dotted;outline-offset:-9px",
    "font-size:0",
    "font-size:1e5px",
    "font-weight:900;font-style:italic",
    "letter-spacing:-20px;word-spacing:99px",
    "text-decoration:underline wavy red 40px",
    "text-shadow:1px 1px 2px red",
    "color:transparent",
    "width:0;height:0",
    "width:1e6px",
    "position:absolute;inset:-1000px",
    "display:grid;grid-template-columns:repeat(99,1fr)",
    "object-fit:cover;object-position:-50px 300%",
];

/// Whole files, and what they are called.
static PICTURES: LazyLock<[(&str, Vec<u8>); 4]> = LazyLock::new(|| {
    let picture = image::RgbaImage::from_fn(24, 16, |x, y| {
        let part = |number: u32| u8::try_from(number % 256).expect("below 256");
        image::Rgba([part(x * 10), part(y * 15), part(x * y), part(x * 20)])
    });
    let file = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::DynamicImage::ImageRgba8(picture.clone());
        let opaque = picture.to_rgb8().into();
        let picture = if format == Jpeg { opaque } else { picture };
        picture.write_to(&mut bytes, format).expect("a file in memory");
        bytes.into_inner()
    };
    [("png", file(Png)), ("jpeg", file(Jpeg)), ("gif", file(Gif)), ("webp", file(WebP))]
});

const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60' viewBox='0 0 90 60'>\
    <defs><filter id='f'><feGaussianBlur stdDeviation='3'/></filter><mask id='m'><circle r='30' fill='white'/></mask>\
    <clipPath id='c'><path d='M0 0L90 0L45 60Z'/></clipPath><pattern id='p' width='4' height='4' \
    patternUnits='userSpaceOnUse'><rect width='2' height='2' fill='red'/></pattern>\
    <g id='a'><rect width='9' height='9'/></g><g id='b'><use href='#a'/><use href='#a' x='9'/></g></defs>\
    <g filter='url(#f)'><use href='#b'/></g><g mask='url(#m)' clip-path='url(#c)' opacity='.5'>\
    <path d='M1 1H80V50H1ZM9 9H40V40H9Z' fill='url(#p)' fill-rule='evenodd' stroke='blue' stroke-dasharray='3 0 1'/></g>\
    <text x='5' y='50' font-size='20'>Ag\u{8fde}</text></svg>";

/// Makes a page of `bytes`: whatever it is, it has a PDF and a picture that can be read, and the same PDF again.
pub(crate) fn paint(bytes: &[u8]) {
    let page = laid_out(bytes);
    let file = painted(&page);
    assert_eq!(file, painted(&laid_out(bytes)), "two runs differ");
    let pictures = png::pngs(&[png::Picture { page: &page, size: SIZE }]).expect("bundled fonts have outlines");
    let read = image::load_from_memory(&pictures[0]).expect("a picture that can be read");
    assert_eq!((read.width(), read.height()), SIZE);
    let read = lopdf::Document::load_mem(&file).expect("a PDF that can be read");
    let pages = read.get_pages();
    assert_eq!(pages.len(), 2);
    for page in pages.values() {
        let content = read.get_and_decode_page_content(*page).expect("operators");
        let depth = content.operations.iter().fold(0_i32, |depth, operation| match operation.operator.as_str() {
            "q" => depth + 1,
            "Q" => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0, "what is saved is restored");
    }
}

/// The size of the picture: small, and out of the page's shape.
const SIZE: (u32, u32) = (133, 200);

fn laid_out(bytes: &[u8]) -> Page {
    let sources = fonts::BUNDLED.iter().take(1).map(|font| FontSource {
        family: font.family.to_owned(),
        weight: font.weight,
        italic: font.italic,
        data: Arc::new(font.bytes),
        in_program: true,
    });
    let size = kurbo::Size::new(640.0, 360.0);
    let layouter = Layouter::new("body{margin:0}", size, Fonts::new(sources.collect()), pictures(bytes));
    layout(&layouter, &body(bytes), "en")
}

/// The page twice as a PDF.
fn painted(page: &Page) -> Vec<u8> {
    let entry = DocumentPage { page, ids: Vec::new(), label: None, bookmarks: Vec::new() };
    let document = Document {
        title: "Any bytes",
        author: None,
        lang: "en",
        subject: None,
        keywords: &[],
        producer: "fuzz",
        pages: vec![entry.clone(), entry],
    };
    pdf(&document).expect("bundled fonts can be embedded")
}

/// A box for each of the first bytes, its style and what is in it as they choose.
fn body(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut words = text.split_whitespace();
    let mut body = String::new();
    for pair in bytes.chunks(3).take(12) {
        let style = |at: usize| STYLES[usize::from(*pair.get(at).unwrap_or(&0)) % STYLES.len()];
        let _ = write!(body, "<div style=\"{};{}\">", style(0), style(1));
        match pair.get(2).copied().unwrap_or(0) % 8 {
            0 => body.push_str("</div></div>"),
            1 => body.push_str("<img src=\"asset:///png\">"),
            2 => body.push_str("<img src=\"asset:///jpeg\" style=\"width:90px\">"),
            3 => body.push_str("<img src=\"asset:///gif\"><img src=\"asset:///webp\">"),
            4 => body.push_str("<img src=\"asset:///svg\"><img src=\"asset:///text\" style=\"width:1px\">"),
            5 => body.push_str("<img src=\"asset:///raw\" style=\"width:50%\">"),
            _ => {
                let word: String = words.next().unwrap_or("word").chars().take(40).collect();
                body.push_str(&word.replace(['&', '<', '>'], "."));
                body.push_str("</div>");
            }
        }
    }
    body
}

/// A drawing that glyphs can show, and some texts that they can't.
const WRITTEN: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 60'><path id='p' d='M0 50Q40 0 90 50'/>\
    <linearGradient id='g'><stop stop-color='red'/><stop offset='1' stop-opacity='0'/></linearGradient>\
    <text><textPath href='#p'>Along \u{8fde}</textPath></text><g opacity='.5' transform='scale(0 1e9)'><text>flat</text></g>\
    <text y='20' fill='url(#g)' stroke='red' text-decoration='underline'>fi a\u{301}\u{1f600}</text>\
    <text x='1e30' y='20' font-size='1e9' rotate='9' transform='skewX(89)'>far</text></svg>";

/// The pictures with some bytes changed, those that are admitted; and one that was never looked at.
fn pictures(bytes: &[u8]) -> Pictures {
    let mut pictures = Pictures::default();
    for (name, whole) in &*PICTURES {
        let mut changed = whole.clone();
        for pair in bytes.chunks_exact(2).step_by(7).take(3) {
            let at = (usize::from(pair[0]) * 3) % changed.len();
            changed[at] ^= pair[1];
        }
        let file = raster_file(changed).or_else(|_| raster_file(whole.clone())).expect("a whole file");
        pictures.add(format!("asset:///{name}"), raster(file.0, file.1));
    }
    let mut raw = PICTURES[bytes.len() % 4].1.clone();
    raw.truncate(raw.len().min(bytes.len() * 3));
    pictures.add("asset:///raw", raster(raw, (24, 16)));
    for (name, svg) in [("svg", DRAWING), ("text", WRITTEN)] {
        if let Ok(drawing) = svg::flatten(svg, None) {
            let drawing = Drawing { svg: drawing.svg.into(), shapes: Some(drawing.shapes) };
            pictures.add(format!("asset:///{name}"), Picture::Drawing(drawing));
        }
    }
    pictures
}

fn raster(bytes: Vec<u8>, (width, height): (u32, u32)) -> Picture {
    Picture::Raster(Arc::new(Raster { width, height, pixels: PixelSource::File(bytes.into()) }))
}
