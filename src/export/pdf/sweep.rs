//! Gradients that turn about a point, as pixels: PDF has no such shading.

use std::sync::Arc;

use kurbo::{Affine, Point, Rect};

use super::content::Canvas;
use super::picture;
use crate::layout::{Extend, Gradient, GradientColors, ImagePaint, PixelSource, Raster};

/// Pixels a CSS pixel, where there is room.
const DENSITY: f64 = 2.0;

/// The most pixels along one side.
const LONGEST: f64 = 1024.0;

/// Paints `area`, to which the caller has clipped; belongs between `save` and `restore`.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 1024 pixels")]
pub(super) fn flood(canvas: &mut Canvas, area: Rect, gradient: &Gradient) {
    let Some(colors) = GradientColors::new(gradient) else { return };
    let across = (area.width() * DENSITY).ceil().clamp(1.0, LONGEST);
    let down = (area.height() * DENSITY).ceil().clamp(1.0, LONGEST);
    let to_page = Affine::translate(area.origin().to_vec2())
        * Affine::scale_non_uniform(area.width() / across, area.height() / down);
    let (width, height) = (across as u32, down as u32);
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for y in 0..height {
        for x in 0..width {
            let color = colors.at(to_page * Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5));
            let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
            rgba.extend([color.red, color.green, color.blue, color.alpha].map(byte));
        }
    }
    let raster = Arc::new(Raster { width, height, pixels: PixelSource::Rgba(rgba) });
    let paint = ImagePaint { image: raster, transform: to_page, alpha: 1.0, extend: (Extend::Pad, Extend::Pad) };
    picture::flood(canvas, area, &paint);
}
