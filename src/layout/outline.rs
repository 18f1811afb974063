use kurbo::{Affine, BezPath, Point};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::layout::page::GlyphRun;

/// The shapes of a run's glyphs in the space of the run, to be filled by [`FillRule::NonZero`]; `None` where its size is
/// none or it shows nothing.
///
/// [`FillRule::NonZero`]: crate::layout::FillRule::NonZero
#[must_use]
pub fn outline(run: &GlyphRun) -> Option<BezPath> {
    if !(run.font_size > 0.0 && run.font_size.is_finite()) {
        return None;
    }
    let font = FontRef::from_index(run.font.data.as_ref(), run.font.index).ok()?;
    let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    let scale = f64::from(run.font_size) / f64::from(units.max(1));
    // Fonts have their y axis upwards.
    let form =
        run.glyph_transform.filter(Affine::is_finite).unwrap_or_default() * Affine::scale_non_uniform(scale, -scale);
    let glyphs = font.outline_glyphs();
    let mut pen = Pen { path: BezPath::new(), to_run: Affine::IDENTITY };
    for glyph in &run.glyphs {
        let Some(drawn) = glyphs.get(GlyphId::new(glyph.id.into())) else { continue };
        pen.to_run = Affine::translate((f64::from(glyph.x), f64::from(glyph.y))) * form;
        let before = pen.path.elements().len();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        // A glyph that its font cannot draw leaves nothing.
        if drawn.draw(settings, &mut pen).is_err() {
            pen.path.truncate(before);
        }
    }
    (!pen.path.elements().is_empty()).then_some(pen.path)
}

/// Takes down outlines where they lie in the run.
struct Pen {
    path: BezPath,
    to_run: Affine,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Point {
        self.to_run * Point::new(x.into(), y.into())
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
