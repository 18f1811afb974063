//! Shadows of text as shapes: sharp ones as the outlines of the glyphs, blurred ones as a small picture of them.
//!
//! They are no glyphs, so that text is copied once.

use std::sync::Arc;

use kurbo::{Affine, Rect, Shape as _};

use crate::layout::coverage::Coverage;
use crate::layout::outline::outline;
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
