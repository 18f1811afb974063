//! Blurred rectangles: pixels as an opacity, no finer than the blur needs.

use std::iter::repeat_n;

use kurbo::{Affine, Rect, RoundedRect, Shape as _};

use super::content::{Canvas, Object};
use super::picture::{self, Encoded};
use super::shape;
use crate::layout::{FillRule, Paint, Rgba};

/// Below this deviation, in pixels, a shadow is drawn as a sharp shape.
const SHARP: f64 = 0.2;

/// Beyond this many deviations nothing of a Gaussian is seen.
const REACH: f64 = 3.0;

/// A wider blur, in pixels, is far too faint on a page to be told from this one.
const WIDEST: f64 = 400.0;

/// A shadow that is longer than this, in pixels, is drawn sharp: viewers refuse such pictures.
const FARTHEST: f64 = 10_000.0;

/// The most samples along one side.
const LONGEST: f64 = 2048.0;

/// A shadow, wherever it lies and however strong; equal ones share their pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shadow {
    /// All in hundredths of a pixel.
    width: u32,
    height: u32,
    radius: u32,
    deviation: u32,
    color: [u8; 3],
}

impl Shadow {
    /// Returns the shadow of a rounded rectangle; the colour's opacity is not part of it.
    pub(super) fn new(rect: Rect, radius: f64, deviation: f64, color: Rgba) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN becomes 0")]
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN becomes 0")]
        let hundredths = |length: f64| (length * 100.0).round().clamp(0.0, 1e7) as u32;
        Self {
            width: hundredths(rect.width()),
            height: hundredths(rect.height()),
            radius: hundredths(radius.min(rect.width() / 2.0).min(rect.height() / 2.0)),
            deviation: hundredths(deviation.min(WIDEST)),
            color: [color.red, color.green, color.blue].map(byte),
        }
    }

    fn deviation(self) -> f64 {
        f64::from(self.deviation) / 100.0
    }

    /// Returns the rectangle that everything of the shadow lies in, when its own begins at the origin.
    fn reach(self) -> Rect {
        let margin = self.deviation() * REACH;
        Rect::new(0.0, 0.0, f64::from(self.width) / 100.0, f64::from(self.height) / 100.0).inflate(margin, margin)
    }

    /// Returns the pixels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 2048 samples")]
    pub(super) fn encode(self) -> Encoded {
        let reach = self.reach();
        let finest = (self.deviation() / 6.0).clamp(0.5, 2.0).max(self.deviation() / 12.0);
        let step = finest.max(reach.width().max(reach.height()) / LONGEST);
        let (columns, rows) = ((reach.width() / step).ceil().max(1.0), (reach.height() / step).ceil().max(1.0));
        let (width, height) = (columns as usize, rows as usize);
        let covered = self.coverage(width, height);
        let (across, down) = (reach.width() / columns, reach.height() / rows);
        let blurred = blur_rows(&covered, width, self.deviation() / across);
        let turned = transpose(&blurred, width, height);
        let blurred = blur_rows(&turned, height, self.deviation() / down);
        let samples: Vec<u8> = transpose(&blurred, height, width)
            .iter()
            .map(|covered| (covered.clamp(0.0, 1.0) * 255.0).round() as u8)
            .collect();
        let size = (width as u32, height as u32);
        Encoded {
            // One pixel is stretched to the mask's size.
            colors: picture::stream((1, 1), "DeviceRGB", &self.color),
            opacity: Some(picture::stream(size, "DeviceGray", &samples)),
        }
    }

    /// Returns how much of each sample the sharp rectangle covers.
    #[allow(clippy::cast_precision_loss, reason = "at most 2048")]
    fn coverage(self, width: usize, height: usize) -> Vec<f32> {
        let reach = self.reach();
        let (across, down) = (reach.width() / width as f64, reach.height() / height as f64);
        let radius = f64::from(self.radius) / 100.0;
        let rect = Rect::new(0.0, 0.0, f64::from(self.width) / 100.0, f64::from(self.height) / 100.0);
        let mut samples = Vec::with_capacity(width * height);
        for row in 0..height {
            // The part of the row's height that the rectangle covers, and how far its corners draw in.
            let top = reach.y0 + row as f64 * down;
            let part = ((top + down).min(rect.y1) - top.max(rect.y0)).max(0.0) / down;
            let middle = (top + down / 2.0).clamp(rect.y0, rect.y1);
            let from_edge = (middle - rect.y0).min(rect.y1 - middle).min(radius);
            let inset = radius - (radius * radius - (radius - from_edge).powi(2)).max(0.0).sqrt();
            for column in 0..width {
                let left = reach.x0 + column as f64 * across;
                let covered = ((left + across).min(rect.x1 - inset) - left.max(rect.x0 + inset)).max(0.0) / across;
                #[allow(clippy::cast_possible_truncation, reason = "0 to 1")]
                samples.push((covered * part) as f32);
            }
        }
        samples
    }
}

/// Draws a shadow of `rect`.
pub(super) fn draw(canvas: &mut Canvas, shadow: Shadow, rect: Rect, color: Rgba, transform: Affine) {
    if color.alpha <= 0.0 || !rect.is_finite() || !transform.is_finite() {
        return;
    }
    let reach = shadow.reach();
    if shadow.deviation() < SHARP || reach.width().max(reach.height()) > FARTHEST {
        let path = transform * RoundedRect::from_rect(rect, f64::from(shadow.radius) / 100.0).to_path(0.05);
        shape::fill(canvas, &path, FillRule::NonZero, &Paint::Solid(color));
        return;
    }
    let reach = reach + rect.origin().to_vec2();
    canvas.save();
    canvas.alpha(color.alpha);
    canvas.transform(transform * Affine::new([reach.width(), 0.0, 0.0, -reach.height(), reach.x0, reach.y1]));
    canvas.object(Object::Shadow(shadow));
    canvas.restore();
}

/// Returns rows blurred by a Gaussian of `deviation` samples; beyond the ends is nothing.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "small")]
fn blur_rows(samples: &[f32], width: usize, deviation: f64) -> Vec<f32> {
    let radius = (deviation * REACH).ceil().clamp(1.0, LONGEST) as usize;
    let weight = |at: usize| (-0.5 * (at as f64 / deviation).powi(2)).exp() as f32;
    let total: f32 = weight(0) + 2.0 * (1..=radius).map(weight).sum::<f32>();
    let kernel: Vec<f32> = (0..=2 * radius).map(|at| weight(at.abs_diff(radius)) / total).collect();
    let mut result = Vec::with_capacity(samples.len());
    let mut padded: Vec<f32> = Vec::with_capacity(width + 2 * radius);
    for row in samples.chunks_exact(width.max(1)) {
        padded.clear();
        padded.extend(repeat_n(0.0, radius).chain(row.iter().copied()).chain(repeat_n(0.0, radius)));
        let sums = padded.windows(kernel.len()).map(|near| near.iter().zip(&kernel).map(|(a, b)| a * b).sum::<f32>());
        result.extend(sums);
    }
    result
}

/// Returns columns as rows.
fn transpose(samples: &[f32], width: usize, height: usize) -> Vec<f32> {
    (0..width).flat_map(|x| (0..height).filter_map(move |y| samples.get(y * width + x).copied())).collect()
}
