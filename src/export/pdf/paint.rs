//! Paint poured over all that is not clipped.

use kurbo::Rect;

use super::content::Canvas;
use super::{gradient, picture};
use crate::layout::{Paint, Rgba};

/// Paints `area`, to which the caller has clipped; belongs between `save` and `restore`.
pub(super) fn flood(canvas: &mut Canvas, area: Rect, paint: &Paint) {
    if !(area.width() > 0.0 && area.height() > 0.0) {
        return;
    }
    match paint {
        Paint::Solid(color) => flood_color(canvas, area, *color),
        Paint::Gradient(gradient) => gradient::flood(canvas, area, gradient),
        Paint::Image(picture) => picture::flood(canvas, area, picture),
    }
}

/// Paints `area` with one colour.
pub(super) fn flood_color(canvas: &mut Canvas, area: Rect, color: Rgba) {
    if color.alpha > 0.0 {
        canvas.fill_color(color);
        canvas.operator("re", &[area.x0, area.y0, area.width(), area.height()]);
        canvas.operator("f", &[]);
    }
}
