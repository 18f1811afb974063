//! How much of each sample of an area a path covers, and the same blurred.

use kurbo::{BezPath, PathEl, Point, Rect};

/// How far, in samples, a flattened curve may be off.
const TOLERANCE: f64 = 0.05;

/// Beyond this many deviations a Gaussian has no weight.
const REACH: f64 = 3.0;

/// A grid of samples, each 0 (free) to 1 (covered).
pub(super) struct Coverage {
    samples: Vec<f32>,
    width: usize,
    height: usize,
    /// Samples a pixel, across and down.
    density: (f64, f64),
}

impl Coverage {
    /// The samples of `area`, which is not empty, about `step` pixels apart; crossing parts of `path` count once.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small, and at least 1")]
    #[allow(clippy::cast_precision_loss, reason = "small")]
    pub(super) fn of(path: &BezPath, area: Rect, step: f64) -> Self {
        let side = |length: f64| (length / step).ceil().clamp(1.0, 4096.0) as usize;
        let (width, height) = (side(area.width()), side(area.height()));
        let density = (width as f64 / area.width(), height as f64 / area.height());
        let mut sums = Sums { change: vec![0.0; width * height + 2], width, height };
        let place = |at: Point| Point::new((at.x - area.x0) * density.0, (at.y - area.y0) * density.1);
        let (mut start, mut pen) = (Point::ZERO, Point::ZERO);
        let tolerance = TOLERANCE * step;
        kurbo::flatten(path.iter(), tolerance, |element| match element {
            PathEl::MoveTo(to) => {
                sums.line(pen, start);
                (start, pen) = (place(to), place(to));
            }
            PathEl::LineTo(to) => {
                sums.line(pen, place(to));
                pen = place(to);
            }
            PathEl::ClosePath => {
                sums.line(pen, start);
                pen = start;
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        sums.line(pen, start);
        Self { samples: sums.coverage(), width, height, density }
    }

    /// How many samples there are, across and down.
    pub(super) fn size(&self) -> (u32, u32) {
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        (side(self.width), side(self.height))
    }

    /// The samples, row by row.
    pub(super) fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Blurs by a Gaussian of `deviation` pixels; beyond the edges nothing is covered.
    pub(super) fn blur(&mut self, deviation: f64) {
        let across = blurred_rows(&self.samples, self.width, deviation * self.density.0);
        let turned = blurred_rows(&transposed(&across, self.width), self.height, deviation * self.density.1);
        self.samples = transposed(&turned, self.height);
    }
}

/// For each sample, how much more is covered from it on in its row.
///
/// Each edge of the path adds the area to its right, by its direction; the running sum along a row is the winding
/// number, with fractions where edges cut a sample (Levien, "Inside the fastest font renderer in the world", 2016).
struct Sums {
    change: Vec<f32>,
    width: usize,
    height: usize,
}

impl Sums {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
    #[allow(clippy::cast_precision_loss, reason = "small")]
    fn line(&mut self, from: Point, to: Point) {
        let (sign, top, bottom) = if from.y < to.y { (1.0, from, to) } else { (-1.0, to, from) };
        let last = self.height as f64;
        if bottom.y <= 0.0 || top.y >= last || bottom.y - top.y < 1e-9 {
            return;
        }
        let slope = (bottom.x - top.x) / (bottom.y - top.y);
        let first_row = top.y.max(0.0).floor() as usize;
        let end_row = (bottom.y.min(last).ceil() as usize).min(self.height);
        for row in first_row..end_row {
            let y0 = top.y.max(row as f64);
            let y1 = bottom.y.min(row as f64 + 1.0);
            let (x0, x1) = (top.x + (y0 - top.y) * slope, top.x + (y1 - top.y) * slope);
            self.piece(row, sign * (y1 - y0), x0.min(x1), x0.max(x1));
        }
    }

    /// Adds an edge that crosses `height` of a row between two places of it.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
    #[allow(clippy::cast_precision_loss, reason = "small")]
    fn piece(&mut self, row: usize, height: f64, left: f64, right: f64) {
        let end = self.width as f64;
        let (left, right) = (left.clamp(0.0, end), right.clamp(0.0, end));
        let mut covered = 0.0;
        for column in left.floor() as usize..self.width {
            // How much of this sample lies to the right of the edge: all of it where the edge has passed before.
            let x = column as f64;
            let (a, b) = (left.max(x), right.min(x + 1.0));
            let area = if right - left < 1e-9 {
                x + 1.0 - right.max(x)
            } else {
                let within = if b > a { (b - a) * (x + 1.0 - f64::midpoint(a, b)) } else { 0.0 };
                (a - left + within) / (right - left)
            };
            let area = area.clamp(0.0, 1.0);
            if let Some(change) = self.change.get_mut(row * self.width + column) {
                *change += (height * (area - covered)) as f32;
            }
            covered = area;
            if area >= 1.0 - 1e-9 {
                return;
            }
        }
    }

    fn coverage(&self) -> Vec<f32> {
        let mut samples = Vec::with_capacity(self.width * self.height);
        for row in self.change[..self.width * self.height].chunks_exact(self.width) {
            let mut sum = 0.0_f32;
            samples.extend(row.iter().map(|change| {
                sum += change;
                sum.abs().min(1.0)
            }));
        }
        samples
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "small")]
fn blurred_rows(samples: &[f32], width: usize, deviation: f64) -> Vec<f32> {
    let radius = (deviation * REACH).ceil().clamp(1.0, 4096.0) as usize;
    let weight = |at: usize| (-0.5 * (at as f64 / deviation.max(1e-6)).powi(2)).exp() as f32;
    let total: f32 = weight(0) + 2.0 * (1..=radius).map(weight).sum::<f32>();
    let kernel: Vec<f32> = (0..=2 * radius).map(|at| weight(at.abs_diff(radius)) / total).collect();
    let mut blurred = Vec::with_capacity(samples.len());
    let mut padded = vec![0.0; width + 2 * radius];
    for row in samples.chunks_exact(width.max(1)) {
        if row.iter().all(|sample| *sample == 0.0) {
            blurred.extend(row);
            continue;
        }
        if let Some(middle) = padded.get_mut(radius..radius + width) {
            middle.copy_from_slice(row);
        }
        blurred
            .extend(padded.windows(kernel.len()).map(|near| near.iter().zip(&kernel).map(|(a, b)| a * b).sum::<f32>()));
    }
    blurred
}

fn transposed(samples: &[f32], width: usize) -> Vec<f32> {
    (0..width).flat_map(|x| samples.iter().skip(x).step_by(width.max(1)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use kurbo::{Circle, Rect, Shape as _};

    use super::Coverage;

    fn total(coverage: &Coverage) -> f64 {
        coverage.samples().iter().map(|sample| f64::from(*sample)).sum()
    }

    #[test]
    fn areas_come_out_whole() {
        let area = Rect::new(0.0, 0.0, 40.0, 30.0);
        for (path, expected) in [
            (Rect::new(3.25, 4.5, 20.75, 10.0).to_path(0.1), 17.5 * 5.5),
            (Circle::new((20.0, 15.0), 9.0).to_path(0.01), 81.0 * std::f64::consts::PI),
            (Rect::new(-10.0, -10.0, 100.0, 100.0).to_path(0.1), 1200.0),
            (Rect::new(50.0, 0.0, 60.0, 10.0).to_path(0.1), 0.0),
        ] {
            let found = total(&Coverage::of(&path, area, 1.0));
            assert!((found - expected).abs() < expected * 0.01 + 0.01, "{found} for {expected}");
        }
    }

    #[test]
    fn a_blur_spreads_and_keeps_the_sum() {
        let mut coverage =
            Coverage::of(&Rect::new(40.0, 40.0, 60.0, 60.0).to_path(0.1), Rect::new(0.0, 0.0, 100.0, 100.0), 0.5);
        coverage.blur(5.0);
        assert!((total(&coverage) - 1600.0).abs() < 8.0, "{}", total(&coverage));
        let at = |x: usize, y: usize| coverage.samples()[y * 200 + x];
        assert!((at(100, 80) - 0.5).abs() < 0.03, "half at the edge: {}", at(100, 80));
        assert!(at(100, 60) > 0.0 && at(100, 60) < 0.05);
    }
}
