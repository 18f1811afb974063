//! Shadows of text as shapes: sharp ones as the outlines of the glyphs, blurred ones as a small picture of them.
//!
//! They are no glyphs, so that text is copied once.

use std::sync::Arc;

use kurbo::{Affine, BezPath, Rect, Shape as _};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::layout::coverage::Coverage;
use crate::layout::page::{
    Command, Extend, FillRule, GlyphRun, Gradient, GradientShape, ImagePaint, Paint, PixelSource, Raster, Rgba,
};
use crate::layout::run_style::TextShadow;

/// Below this deviation, in pixels, a shadow is sharp.
const SHARP: f64 = 0.2;

/// Beyond this many deviations nothing of a Gaussian is seen.
const REACH: f64 = 3.0;

/// A wider blur, in pixels, is too faint to be told from none.
const WIDEST: f64 = 200.0;

/// The most samples of one shadow.
const MOST_SAMPLES: f64 = 400_000.0;

/// What a shadow of `run` on `page` is painted with; nothing when none of it would be seen.
pub(super) fn text_shadow(run: &GlyphRun, shadow: &TextShadow, page: Rect) -> Option<Command> {
    // A shadow falls where the text is turned to.
    let to_page = run.transform * Affine::translate(shadow.offset);
    let outline = to_page * outline(run)?;
    let deviation = (shadow.deviation * to_page.determinant().abs().sqrt()).min(WIDEST);
    let margin = deviation * REACH + 1.0;
    let bounds = outline.bounding_box();
    if !outline.is_finite() || bounds.is_zero_area() || !bounds.inflate(margin, margin).overlaps(page) {
        return None;
    }
    if deviation < SHARP {
        return Some(Command::Fill { path: outline, rule: FillRule::NonZero, paint: changing(bounds, shadow.color) });
    }
    let area = bounds.inflate(margin, margin).intersect(page.inflate(margin, margin));
    let finest = (deviation / 4.0).clamp(0.5, 2.0).max(deviation / 12.0);
    let step = finest.max((area.area() / MOST_SAMPLES).sqrt());
    let mut coverage = Coverage::of(&outline, area, step);
    coverage.blur(deviation);
    let (width, height) = coverage.size();
    let raster = Raster { width, height, pixels: PixelSource::Rgba(tinted(&coverage, shadow.color)) };
    let (across, down) = (area.width() / f64::from(width), area.height() / f64::from(height));
    Some(Command::Fill {
        path: area.to_path(0.1),
        rule: FillRule::NonZero,
        paint: Paint::Image(ImagePaint {
            image: Arc::new(raster),
            transform: Affine::new([across, 0.0, 0.0, down, area.x0, area.y0]),
            alpha: 1.0,
            extend: (Extend::Pad, Extend::Pad),
        }),
    })
}

/// The colour as a gradient: rules that look for the ground of a text must not take a shadow for an area of one colour.
fn changing(bounds: Rect, color: Rgba) -> Paint {
    let (start, end) = (bounds.origin(), (bounds.x1, bounds.y0).into());
    Paint::Gradient(Gradient {
        shape: GradientShape::Linear { start, end },
        stops: vec![(0.0, color), (1.0, color)],
        extend: Extend::Pad,
        transform: Affine::IDENTITY,
    })
}

/// Pixels of the colour, as strong as they are covered.
fn tinted(coverage: &Coverage, color: Rgba) -> Vec<u8> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    let [red, green, blue] = [color.red, color.green, color.blue].map(byte);
    coverage.samples().iter().flat_map(|covered| [red, green, blue, byte(covered * color.alpha)]).collect()
}

/// The shapes of all glyphs, in the space of the run.
fn outline(run: &GlyphRun) -> Option<BezPath> {
    let font = FontRef::from_index(run.font.data.as_ref(), run.font.index).ok()?;
    let glyphs = font.outline_glyphs();
    let size = Size::new(run.font_size);
    let mut pen = Pen { path: BezPath::new(), to_run: Affine::IDENTITY };
    for glyph in &run.glyphs {
        let Some(drawn) = glyphs.get(GlyphId::new(glyph.id.into())) else { continue };
        pen.to_run = Affine::translate((f64::from(glyph.x), f64::from(glyph.y))) * Affine::FLIP_Y;
        // A glyph that its font cannot draw leaves nothing.
        let _ = drawn.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut pen);
    }
    (!pen.path.elements().is_empty()).then_some(pen.path)
}

/// Collects outlines; fonts have their y axis upwards.
struct Pen {
    path: BezPath,
    to_run: Affine,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> kurbo::Point {
        self.to_run * kurbo::Point::new(x.into(), y.into())
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
