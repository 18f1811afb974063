use std::iter::repeat_n;

use kurbo::{BezPath, Rect, RoundedRect, Shape as _};

/// Below this deviation, in pixels, a shadow is a sharp shape.
const SHARP: f64 = 0.2;

/// Beyond this many deviations nothing of a Gaussian is seen.
const REACH: f64 = 3.0;

/// A wider blur, in pixels, is far too faint on a page to be told from this one.
const WIDEST: f64 = 400.0;

/// A shadow that is longer than this, in pixels, is painted sharp: viewers refuse such pictures.
const FARTHEST: f64 = 10_000.0;

/// The most samples along one side.
const LONGEST: f64 = 2048.0;

/// The shape of a blurred rounded rectangle, wherever it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShadowShape {
    /// All in hundredths of a pixel.
    width: u32,
    height: u32,
    radius: u32,
    deviation: u32,
}

/// How opaque a shadow is, row by row from its top left.
#[derive(Clone, Debug)]
pub struct ShadowSamples {
    /// Samples in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 0 (nothing) to 255.
    pub opacity: Vec<u8>,
}

impl ShadowShape {
    /// The shape of the shadow of `rect`, all in pixels.
    #[must_use]
    pub fn new(rect: Rect, radius: f64, deviation: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN becomes 0")]
        let hundredths = |length: f64| (length * 100.0).round().clamp(0.0, 1e7) as u32;
        Self {
            width: hundredths(rect.width()),
            height: hundredths(rect.height()),
            radius: hundredths(radius.min(rect.width() / 2.0).min(rect.height() / 2.0)),
            deviation: hundredths(deviation.min(WIDEST)),
        }
    }

    fn deviation(self) -> f64 {
        f64::from(self.deviation) / 100.0
    }

    fn rect(self) -> Rect {
        Rect::new(0.0, 0.0, f64::from(self.width) / 100.0, f64::from(self.height) / 100.0)
    }

    /// The rectangle that everything of the shadow lies in, when its own begins at the origin.
    #[must_use]
    pub fn reach(self) -> Rect {
        let margin = self.deviation() * REACH;
        self.rect().inflate(margin, margin)
    }

    /// The outline of `rect` where the shadow is to be painted sharp.
    #[must_use]
    pub fn sharp(self, rect: Rect) -> Option<BezPath> {
        let reach = self.reach();
        let is_sharp = self.deviation() < SHARP || reach.width().max(reach.height()) > FARTHEST;
        is_sharp.then(|| RoundedRect::from_rect(rect, f64::from(self.radius) / 100.0).to_path(0.05))
    }

    /// The shadow as samples over [`ShadowShape::reach`], no finer than the blur needs.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 2048 samples")]
    #[must_use]
    pub fn samples(self) -> ShadowSamples {
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
        let opacity = transpose(&blurred, height, width)
            .iter()
            .map(|covered| (covered.clamp(0.0, 1.0) * 255.0).round() as u8)
            .collect();
        ShadowSamples { width: width as u32, height: height as u32, opacity }
    }

    /// How much of each sample the sharp rectangle covers.
    #[allow(clippy::cast_precision_loss, reason = "at most 2048")]
    fn coverage(self, width: usize, height: usize) -> Vec<f32> {
        let reach = self.reach();
        let (across, down) = (reach.width() / width as f64, reach.height() / height as f64);
        let (rect, radius) = (self.rect(), f64::from(self.radius) / 100.0);
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

/// Rows blurred by a Gaussian of `deviation` samples; beyond the ends is nothing.
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

/// Columns as rows.
fn transpose(samples: &[f32], width: usize, height: usize) -> Vec<f32> {
    (0..width).flat_map(|x| (0..height).filter_map(move |y| samples.get(y * width + x).copied())).collect()
}
