use std::f64::consts::TAU;

use kurbo::{Affine, Point};

use crate::layout::page::{Extend, Gradient, GradientShape, Rgba};

/// Into how many pieces a change of colour is cut where the opacity changes too.
const PIECES: u8 = 8;

/// The colours of a gradient at any place, for painters that paint it pixel by pixel.
#[derive(Clone, Debug)]
pub struct GradientColors {
    shape: GradientShape,
    stops: Vec<(f64, Rgba)>,
    extend: Extend,
    to_gradient: Affine,
}

impl GradientColors {
    /// The colours of `gradient`; `None` for one without stops.
    #[must_use]
    pub fn new(gradient: &Gradient) -> Option<Self> {
        let stops = gradient.stops_in_order();
        let (_, last) = *stops.last()?;
        let is_narrow = gradient.is_degenerate();
        let to_gradient = if is_narrow { Affine::IDENTITY } else { gradient.transform.inverse() };
        let stops = if is_narrow { vec![(0.0, last)] } else { stops };
        Some(Self { shape: gradient.shape, stops, extend: gradient.extend, to_gradient })
    }

    /// The colour at a place of the page; where a radial gradient has no circle, nothing.
    #[must_use]
    pub fn at(&self, place: Point) -> Rgba {
        if let [(_, only)] = self.stops.as_slice() {
            return *only;
        }
        let along = along(self.shape, self.to_gradient * place);
        along.map_or(NOTHING, |along| color_at(&self.stops, extended(along, self.extend)))
    }
}

const NOTHING: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 };

impl Gradient {
    /// Its stops with finite offsets of 0 to 1 that do not decrease.
    #[must_use]
    pub fn stops_in_order(&self) -> Vec<(f64, Rgba)> {
        let mut least: f64 = 0.0;
        let ordered = self.stops.iter().map(|(offset, color)| {
            least = f64::from(*offset).clamp(0.0, 1.0).max(least);
            (least, *color)
        });
        ordered.collect()
    }

    /// Stops that give the colours of CSS, which mixes premultiplied colours, to painters that mix colour and opacity each
    /// for itself.
    #[must_use]
    pub fn straight_stops(&self) -> Vec<(f64, Rgba)> {
        let stops = self.stops_in_order();
        let mut result = Vec::with_capacity(stops.len());
        for pair in stops.windows(2) {
            let [(from, start), (to, end)] = pair else { continue };
            if result.is_empty() {
                result.push((*from, *start));
            }
            if start.alpha <= 0.0 {
                result.push((*from, Rgba { alpha: 0.0, ..*end }));
            } else if end.alpha <= 0.0 {
                result.push((*to, Rgba { alpha: 0.0, ..*start }));
            } else if (start.alpha - end.alpha).abs() > f32::EPSILON && to > from {
                for piece in 1..PIECES {
                    let part = f32::from(piece) / f32::from(PIECES);
                    result.push((from + (to - from) * f64::from(part), start.mixed(*end, part)));
                }
            }
            result.push((*to, *end));
        }
        result
    }

    /// Whether it is so narrow that only its last colour shows.
    #[must_use]
    pub fn is_degenerate(&self) -> bool {
        const NARROW: f64 = 1e-6;
        let narrow = match self.shape {
            GradientShape::Linear { start, end } => start.distance_squared(end) < NARROW * NARROW,
            GradientShape::Radial { start_center, start_radius, end_center, end_radius } => {
                (start_radius - end_radius).abs() < NARROW
                    && start_center.distance_squared(end_center) < NARROW * NARROW
            }
            GradientShape::Sweep { start_angle, end_angle, .. } => (start_angle - end_angle).abs() < NARROW,
        };
        narrow || !self.transform.is_finite() || self.transform.determinant().abs() < f64::MIN_POSITIVE
    }
}

/// How far along a gradient a place lies: 0 at its start, 1 at its end.
fn along(shape: GradientShape, place: Point) -> Option<f64> {
    match shape {
        GradientShape::Linear { start, end } => {
            let axis = end - start;
            Some((place - start).dot(axis) / axis.hypot2())
        }
        GradientShape::Sweep { center, start_angle, end_angle } => {
            let angle = ((place - center).atan2() - start_angle).rem_euclid(TAU);
            Some(angle / (end_angle - start_angle))
        }
        GradientShape::Radial { start_center, start_radius, end_center, end_radius } => {
            // The largest `t` with a circle of a radius that is not negative through the place: see the HTML standard,
            // "createRadialGradient".
            let (between, from, growth) = (end_center - start_center, place - start_center, end_radius - start_radius);
            let a = between.hypot2() - growth * growth;
            let b = from.dot(between) + start_radius * growth;
            let c = from.hypot2() - start_radius * start_radius;
            let fits = |t: f64| start_radius + t * growth >= 0.0;
            if a.abs() < 1e-9 {
                return Some(c / (2.0 * b)).filter(|t| t.is_finite() && fits(*t));
            }
            let root = (b * b - a * c).sqrt();
            let (one, other) = ((b + root) / a, (b - root) / a);
            let (larger, smaller) = if one > other { (one, other) } else { (other, one) };
            [larger, smaller].into_iter().find(|t| t.is_finite() && fits(*t))
        }
    }
}

/// A place along a gradient as one of 0 to 1.
fn extended(at: f64, extend: Extend) -> f64 {
    match extend {
        Extend::Pad => at.clamp(0.0, 1.0),
        Extend::Repeat => at.rem_euclid(1.0),
        Extend::Reflect => 1.0 - (at.rem_euclid(2.0) - 1.0).abs(),
    }
}

/// The colour at an offset among stops in order; nothing without stops.
#[allow(clippy::cast_possible_truncation, reason = "a part of 0 to 1")]
#[must_use]
pub fn color_at(stops: &[(f64, Rgba)], at: f64) -> Rgba {
    let next = stops.partition_point(|(offset, _)| *offset < at);
    match (next.checked_sub(1).and_then(|before| stops.get(before)), stops.get(next)) {
        (Some((from, start)), Some((to, end))) if to > from => start.mixed(*end, ((at - from) / (to - from)) as f32),
        (_, Some((_, color))) | (Some((_, color)), None) => *color,
        (None, None) => NOTHING,
    }
}

impl Rgba {
    /// The colour between this and `other`, mixed premultiplied as CSS does.
    #[must_use]
    pub fn mixed(self, other: Self, part: f32) -> Self {
        let alpha = self.alpha + (other.alpha - self.alpha) * part;
        if alpha <= 0.0 {
            return Self { alpha: 0.0, ..other };
        }
        let channel = |from: f32, to: f32| (from * self.alpha * (1.0 - part) + to * other.alpha * part) / alpha;
        Self {
            red: channel(self.red, other.red),
            green: channel(self.green, other.green),
            blue: channel(self.blue, other.blue),
            alpha,
        }
    }
}

/// The stops of a gradient as CSS sets them: one that lies before the one before it is moved there; CSS Images 3, 3.4.3.
pub(super) fn settled_stops(stops: impl Iterator<Item = (f32, Rgba)>) -> Vec<(f32, Rgba)> {
    let mut farthest = 0.0_f32;
    let stops = stops.map(|(offset, color)| {
        farthest = farthest.max(offset);
        (farthest, color)
    });
    unmix_transparent(&stops.collect::<Vec<_>>())
}

/// Gives fully transparent stops the colour of their neighbours: CSS mixes premultiplied colours, so the colour of a
/// transparent stop must not show in between.
fn unmix_transparent(stops: &[(f32, Rgba)]) -> Vec<(f32, Rgba)> {
    let mut out = Vec::with_capacity(stops.len() + 2);
    for (index, &(offset, stop)) in stops.iter().enumerate() {
        if stop.alpha > 0.0 {
            out.push((offset, stop));
            continue;
        }
        let visible =
            |neighbour: Option<&(f32, Rgba)>| neighbour.filter(|(_, color)| color.alpha > 0.0).map(|(_, color)| *color);
        let before = index.checked_sub(1).and_then(|index| visible(stops.get(index)));
        let after = visible(stops.get(index + 1));
        let mut sides = [before, after].into_iter().flatten().peekable();
        if sides.peek().is_none() {
            out.push((offset, stop));
        }
        out.extend(sides.map(|color| (offset, Rgba { alpha: 0.0, ..color })));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(level: f32, alpha: f32) -> Rgba {
        Rgba { red: level, green: level, blue: level, alpha }
    }

    fn gradient(shape: GradientShape, extend: Extend) -> GradientColors {
        let stops = vec![(0.0, gray(0.0, 1.0)), (1.0, gray(1.0, 1.0))];
        GradientColors::new(&Gradient { shape, stops, extend, transform: Affine::IDENTITY }).unwrap()
    }

    #[test]
    fn every_shape_has_its_colours() {
        let line = GradientShape::Linear { start: Point::new(10.0, 0.0), end: Point::new(20.0, 0.0) };
        #[allow(clippy::cast_possible_truncation, reason = "0 to 100")]
        let percent = |colors: &GradientColors, x: f64| (colors.at(Point::new(x, 3.0)).red * 100.0).round() as i32;
        let line = [Extend::Pad, Extend::Repeat, Extend::Reflect].map(|extend| gradient(line, extend));
        assert_eq!(line.each_ref().map(|colors| percent(colors, 12.5)), [25, 25, 25]);
        assert_eq!(line.each_ref().map(|colors| percent(colors, 22.5)), [100, 25, 75]);
        assert_eq!(line.each_ref().map(|colors| percent(colors, 7.5)), [0, 75, 25]);
        let circle = GradientShape::Radial {
            start_center: Point::ORIGIN,
            start_radius: 0.0,
            end_center: Point::ORIGIN,
            end_radius: 10.0,
        };
        assert!((gradient(circle, Extend::Pad).at(Point::new(3.0, 4.0)).red - 0.5).abs() < 1e-6);
        let sweep = GradientShape::Sweep { center: Point::ORIGIN, start_angle: 0.0, end_angle: TAU };
        assert!((gradient(sweep, Extend::Pad).at(Point::new(-1.0, 0.0)).red - 0.5).abs() < 1e-6);
    }

    #[test]
    fn cones_end_where_no_circle_is() {
        let cone = GradientShape::Radial {
            start_center: Point::ORIGIN,
            start_radius: 0.0,
            end_center: Point::new(10.0, 0.0),
            end_radius: 1.0,
        };
        let colors = gradient(cone, Extend::Pad);
        assert!(colors.at(Point::new(0.0, 50.0)).alpha <= 0.0);
        assert!(colors.at(Point::new(5.0, 0.0)).alpha > 0.9);
    }

    #[test]
    fn colours_mix_by_their_opacity() {
        let half = gray(1.0, 1.0).mixed(gray(0.0, 0.0), 0.5);
        assert_eq!(half, gray(1.0, 0.5));
    }
}
