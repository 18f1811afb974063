//! Pages and their parts, made by hand.

use std::sync::{Arc, OnceLock};

use kurbo::{Affine, BezPath, Rect, Shape as _, Size};
use retell::layout::{
    Command, FillRule, FontBytes, FontFile, Glyph, GlyphRun, LinkArea, Page, Paint, PixelSource, Raster, Rgba,
};
use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::{FontRef, MetadataProvider as _};

pub(super) const RED: Rgba = Rgba { red: 1.0, green: 0.0, blue: 0.0, alpha: 1.0 };
pub(super) const BLUE: Rgba = Rgba { red: 0.0, green: 0.0, blue: 1.0, alpha: 1.0 };
pub(super) const BLACK: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };

pub(super) fn page(commands: Vec<Command>) -> Page {
    Page {
        size: Size::new(1280.0, 720.0),
        commands,
        links: Vec::new(),
        boxes: Vec::new(),
        missing: Vec::new(),
        not_painted: Vec::new(),
        structures: Vec::new(),
    }
}

pub(super) fn page_with_links(links: &[(Rect, &str)]) -> Page {
    let links = links.iter().map(|(rect, target)| LinkArea { rect: *rect, target: (*target).to_owned(), part: None });
    Page { links: links.collect(), ..page(Vec::new()) }
}

pub(super) fn faint(color: Rgba, alpha: f32) -> Rgba {
    Rgba { alpha, ..color }
}

pub(super) fn area(x0: f64, y0: f64, x1: f64, y1: f64) -> BezPath {
    Rect::new(x0, y0, x1, y1).to_path(0.1)
}

pub(super) fn fill(path: BezPath, paint: Paint) -> Command {
    Command::Fill { path, rule: FillRule::NonZero, paint }
}

pub(super) fn raster(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Arc<Raster> {
    let rgba = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| pixel(x, y)).collect();
    Arc::new(Raster { width, height, pixels: PixelSource::Rgba(rgba) })
}

/// Returns a bundled font, the same file each time.
pub(super) fn font(name: &'static str) -> Arc<FontFile> {
    static FONTS: OnceLock<[(&str, Arc<FontFile>); 3]> = OnceLock::new();
    let load = |name: &'static str, key| {
        let path = format!("{}/themes/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR"));
        let data = FontBytes(Arc::new(std::fs::read(path).expect("a bundled font")));
        (name, Arc::new(FontFile { key, family: None, weight: 400, italic: false, data, index: 0 }))
    };
    let fonts = FONTS
        .get_or_init(|| [load("inter-regular", 1), load("noto-sans-sc-regular", 2), load("jetbrains-mono-regular", 3)]);
    Arc::clone(&fonts.iter().find(|(known, _)| *known == name).expect("a font of the test").1)
}

/// Returns `text` set in a font with its baseline's start at a place, and where it ends.
pub(super) fn run(name: &'static str, text: &str, size: f32, (x, y): (f64, f64)) -> (GlyphRun, f64) {
    let file = font(name);
    let face = FontRef::new(file.data.as_ref()).expect("a font");
    let widths = face.glyph_metrics(FontSize::new(size), LocationRef::default());
    let mut at = 0.0;
    let glyphs = text.chars().map(|character| {
        let id = face.charmap().map(character).unwrap_or_default();
        let id = u16::try_from(id.to_u32()).expect("a glyph number");
        let glyph = Glyph { id, x: at, y: 0.0, text: character.to_string().into() };
        at += widths.advance_width(id.into()).unwrap_or_default();
        glyph
    });
    let glyphs = glyphs.collect();
    let run = GlyphRun {
        font: Arc::clone(&file),
        font_size: size,
        glyphs,
        transform: Affine::translate((x, y)),
        glyph_transform: None,
        paint: Paint::Solid(BLACK),
        stroke: None,
        part: None,
        in_drawing: false,
    };
    (run, x + f64::from(at))
}

/// Returns a line of runs one after another.
pub(super) fn line(parts: &[(&'static str, &str)], size: f32, (x, y): (f64, f64)) -> Vec<Command> {
    let mut at = x;
    let runs = parts.iter().map(|(name, text)| {
        let (run, end) = run(name, text, size, (at, y));
        at = end;
        Command::Glyphs(run)
    });
    runs.collect()
}
