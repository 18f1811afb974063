//! Blurred rectangles: pixels as an opacity, no finer than the blur needs.

use kurbo::{Affine, Rect};

use super::content::{Canvas, Object};
use super::picture::{self, Encoded};
use super::shape;
use crate::layout::{FillRule, Paint, Rgba, ShadowShape};

/// A shadow, wherever it lies and however strong; equal ones share their pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shadow {
    shape: ShadowShape,
    color: [u8; 3],
}

impl Shadow {
    /// Returns the shadow of a rounded rectangle; the colour's opacity is not part of it.
    pub(super) fn new(rect: Rect, radius: f64, deviation: f64, color: Rgba) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN becomes 0")]
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        let color = [color.red, color.green, color.blue].map(byte);
        Self { shape: ShadowShape::new(rect, radius, deviation), color }
    }

    /// Returns the pixels.
    pub(super) fn encode(self) -> Encoded {
        let samples = self.shape.samples();
        Encoded {
            // One pixel is stretched to the mask's size.
            colors: picture::stream((1, 1), "DeviceRGB", &self.color),
            opacity: Some(picture::stream((samples.width, samples.height), "DeviceGray", &samples.opacity)),
        }
    }
}

/// Draws a shadow of `rect`.
pub(super) fn draw(canvas: &mut Canvas, shadow: Shadow, rect: Rect, color: Rgba, transform: Affine) {
    if color.alpha <= 0.0 || !rect.is_finite() || !transform.is_finite() {
        return;
    }
    if let Some(outline) = shadow.shape.sharp(rect) {
        shape::fill(canvas, &(transform * outline), FillRule::NonZero, &Paint::Solid(color));
        return;
    }
    let reach = shadow.shape.reach() + rect.origin().to_vec2();
    canvas.save();
    canvas.alpha(color.alpha);
    canvas.transform(transform * Affine::new([reach.width(), 0.0, 0.0, -reach.height(), reach.x0, reach.y1]));
    canvas.object(Object::Shadow(shadow));
    canvas.restore();
}
