//! Text: glyphs as outlines.

use kurbo::{Affine, BezPath, Vec2};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use super::PngError;
use super::canvas::Canvas;
use super::picture::Shelf;
use super::shape;
use crate::layout::{Command, FillRule, FontFile, GlyphRun, Page, Paint};

/// Finds fonts that nothing could be painted of: of bitmaps, or damaged.
pub(super) fn check_fonts(page: &Page) -> Result<(), PngError> {
    let mut sound: Vec<u64> = Vec::new();
    for command in &page.commands {
        let Command::Glyphs(run) = command else { continue };
        if !sound.contains(&run.font.key) {
            check_font(&run.font)?;
            sound.push(run.font.key);
        }
    }
    Ok(())
}

fn check_font(file: &FontFile) -> Result<(), PngError> {
    let font = FontRef::from_index(file.data.as_ref(), file.index)
        .map_err(|error| PngError::Font { name: "Unnamed".to_owned(), reason: error.to_string() })?;
    if font.outline_glyphs().format().is_some() {
        return Ok(());
    }
    let name = font.localized_strings(StringId::FULL_NAME).english_or_first();
    let name = name.map_or_else(|| "Unnamed".to_owned(), |name| name.to_string());
    Err(PngError::Font { name, reason: "it has no outlines".to_owned() })
}

/// Draws a run.
pub(super) fn draw(canvas: &mut Canvas, run: &GlyphRun, shelf: &Shelf) {
    if matches!(run.paint, Paint::Solid(color) if color.alpha <= 0.0) {
        return;
    }
    let Some(path) = outlines(run).filter(|path| !path.elements().is_empty()) else { return };
    match &run.stroke {
        None => shape::fill(canvas, &path, FillRule::NonZero, &run.paint, shelf),
        Some(style) => shape::stroke(canvas, (&path, Affine::IDENTITY), style, &run.paint, shelf),
    }
}

/// Returns the outlines of all glyphs of a run on the page.
fn outlines(run: &GlyphRun) -> Option<BezPath> {
    if !(run.font_size > 0.0 && run.font_size.is_finite()) {
        return None;
    }
    let font = FontRef::from_index(run.font.data.as_ref(), run.font.index).ok()?;
    let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    let scale = f64::from(run.font_size) / f64::from(units.max(1));
    let slant = run.glyph_transform.filter(Affine::is_finite).unwrap_or_default();
    let glyphs = font.outline_glyphs();
    let mut pen = Pen { path: BezPath::new(), to_page: Affine::IDENTITY };
    for glyph in &run.glyphs {
        let Some(outline) = glyphs.get(GlyphId::new(glyph.id.into())) else { continue };
        let at = Affine::translate(Vec2::new(glyph.x.into(), glyph.y.into()));
        pen.to_page = run.transform * at * slant * Affine::scale_non_uniform(scale, -scale);
        let before = pen.path.elements().len();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if outline.draw(settings, &mut pen).is_err() {
            pen.path.truncate(before);
        }
    }
    Some(pen.path)
}

/// Takes down outlines where they lie on the page.
struct Pen {
    path: BezPath,
    to_page: Affine,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> kurbo::Point {
        self.to_page * kurbo::Point::new(x.into(), y.into())
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(ax, ay), self.at(bx, by), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
