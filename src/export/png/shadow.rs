//! Blurred rectangles.

use kurbo::{Affine, Rect, Shape as _};
use resvg::tiny_skia::{ColorU8, FilterQuality, Pattern, Pixmap, SpreadMode};

use super::canvas::Canvas;
use super::crop::cropped;
use super::paint::{self, byte_color};
use super::picture::Shelf;
use super::shape;
use crate::layout::{FillRule, Paint, Rgba, ShadowShape};

/// A shadow of a rounded rectangle.
pub(super) struct Shadow {
    pub(super) rect: Rect,
    pub(super) radius: f64,
    pub(super) deviation: f64,
    pub(super) color: Rgba,
}

/// Draws a shadow, which `transform` brings to the page.
pub(super) fn draw(canvas: &mut Canvas, shadow: &Shadow, transform: Affine, shelf: &Shelf) {
    let Shadow { rect, radius, deviation, color } = *shadow;
    if color.alpha <= 0.0 || !rect.is_finite() || !transform.is_finite() {
        return;
    }
    let form = ShadowShape::new(rect, radius, deviation);
    if let Some(outline) = form.sharp(rect) {
        shape::fill(canvas, &(transform * outline), FillRule::NonZero, &Paint::Solid(color), shelf);
        return;
    }
    let reach = form.reach() + rect.origin().to_vec2();
    let path = canvas.to_pixels * transform * reach.to_path(0.1);
    let area = canvas.visible(&path);
    let Some(outline) = shape::outline(&cropped(&path, canvas.bounds())).filter(|_| area.area() > 0.0) else { return };
    let samples = form.samples();
    let Some(mut pixels) = Pixmap::new(samples.width, samples.height) else { return };
    let base = byte_color(color);
    for (pixel, opacity) in pixels.pixels_mut().iter_mut().zip(&samples.opacity) {
        *pixel = ColorU8::from_rgba(base.red(), base.green(), base.blue(), *opacity).premultiply();
    }
    let spread = Affine::translate(reach.origin().to_vec2())
        * Affine::scale_non_uniform(
            reach.width() / f64::from(samples.width),
            reach.height() / f64::from(samples.height),
        );
    let place = shape::transform(canvas.to_pixels * transform * spread);
    let rule = shape::rule(FillRule::NonZero);
    let shader =
        Pattern::new(pixels.as_ref(), SpreadMode::Pad, FilterQuality::Bilinear, color.alpha.clamp(0.0, 1.0), place);
    paint::fill(canvas, &paint::Shape { outline: &outline, rule, area }, shader);
}
