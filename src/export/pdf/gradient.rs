//! Linear and radial gradients as shadings; see PDF 32000-1, 8.7.4.5.

use kurbo::{Affine, Point, Rect};
use printpdf::{GradientStop, Shading, ShadingGeometry};

use super::content::{Canvas, GraphicsState, coordinate};
use super::{paint, sweep};
use crate::layout::{Extend, Gradient, GradientShape, Rgba, color_at};

/// A repeating gradient is unrolled into at most this many stops.
const MOST_STOPS: usize = 4096;

/// An offset and the colour there.
type Stop = (f64, Rgba);

/// Paints `area`, to which the caller has clipped; belongs between `save` and `restore`.
pub(super) fn flood(canvas: &mut Canvas, area: Rect, gradient: &Gradient) {
    let stops = gradient.stops_in_order();
    let Some(&(_, last)) = stops.last() else { return };
    if gradient.is_degenerate() || stops.iter().all(|(_, color)| *color == last) {
        paint::flood_color(canvas, area, last);
        return;
    }
    let Some(shape) = unroll(gradient, &gradient.straight_stops(), area) else {
        sweep::flood(canvas, area, gradient);
        return;
    };
    let opacity = stops.first().map_or(1.0, |(_, color)| color.alpha);
    if stops.iter().all(|(_, color)| (color.alpha - opacity).abs() < f32::EPSILON) {
        canvas.alpha(opacity);
    } else {
        let mut mask = Canvas::new(area);
        mask.transform(gradient.transform);
        mask.shading(shape.shading(|color| [color.alpha; 3]));
        canvas.state(GraphicsState::Mask(mask.into_group()));
    }
    canvas.transform(gradient.transform);
    canvas.shading(shape.shading(|color| [color.red, color.green, color.blue]));
}

/// A gradient with what lies beyond its ends written out.
struct Unrolled {
    geometry: ShadingGeometry,
    stops: Vec<Stop>,
}

impl Unrolled {
    #[allow(clippy::cast_possible_truncation, reason = "offsets are 0 to 1")]
    fn shading(&self, channels: impl Fn(Rgba) -> [f32; 3]) -> lopdf::Dictionary {
        let part = |value: f32| (value.clamp(0.0, 1.0) * 1000.0).round() / 1000.0;
        let stop = |(offset, color): &Stop| GradientStop { offset: *offset as f32, color: channels(*color).map(part) };
        let stops = self.stops.iter().map(stop).collect();
        Shading { geometry: self.geometry.clone(), stops, extend: (true, true) }.to_dict()
    }
}

/// Returns the gradient with its repetitions over `area`; `None` for one that turns about a point.
fn unroll(gradient: &Gradient, stops: &[Stop], area: Rect) -> Option<Unrolled> {
    let corners = corners(gradient.transform.inverse(), area);
    let most = i32::try_from(MOST_STOPS / stops.len().max(1)).unwrap_or(1).max(1) / 2;
    let (first, last) = match gradient.extend {
        Extend::Pad => (0, 1),
        Extend::Repeat | Extend::Reflect => match gradient.shape {
            GradientShape::Linear { start, end } => linear_reach(start, end, corners, most),
            _ => radial_reach(gradient.shape, corners, most),
        },
    };
    let (mut low, mut high) = (f64::from(first), f64::from(last));
    let geometry = match gradient.shape {
        GradientShape::Linear { start, end } => {
            let (from, to) = (start.lerp(end, low), start.lerp(end, high));
            ShadingGeometry::Axial { coords: [from.x, from.y, to.x, to.y].map(coordinate) }
        }
        GradientShape::Radial { start_center, start_radius, end_center, end_radius } => {
            let radius = |at: f64| start_radius + (end_radius - start_radius) * at;
            // No circle is smaller than a point.
            let point = start_radius / (start_radius - end_radius);
            if radius(low) < 0.0 {
                low = point;
            }
            if radius(high) < 0.0 {
                high = point;
            }
            let (from, to) = (start_center.lerp(end_center, low), start_center.lerp(end_center, high));
            let coords = [from.x, from.y, radius(low).max(0.0), to.x, to.y, radius(high).max(0.0)];
            ShadingGeometry::Radial { coords: coords.map(coordinate) }
        }
        GradientShape::Sweep { .. } => return None,
    };
    let all = (first..last).flat_map(|turn| one_turn(stops, turn, gradient.extend)).collect::<Vec<_>>();
    Some(Unrolled { geometry, stops: cropped(&all, low, high) })
}

fn corners(to_gradient: Affine, area: Rect) -> [Point; 4] {
    [(area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1), (area.x0, area.y1)]
        .map(|corner| to_gradient * Point::from(corner))
}

#[allow(clippy::cast_possible_truncation, reason = "clamped first")]
fn linear_reach(start: Point, end: Point, corners: [Point; 4], most: i32) -> (i32, i32) {
    let axis = end - start;
    let along = corners.map(|corner| (corner - start).dot(axis) / axis.hypot2());
    let limit = f64::from(most);
    let first = along.iter().copied().fold(0.0, f64::min).floor().clamp(-limit, 0.0);
    let last = along.iter().copied().fold(1.0, f64::max).ceil().clamp(1.0, limit.max(1.0));
    (first as i32, last as i32)
}

fn radial_reach(shape: GradientShape, corners: [Point; 4], most: i32) -> (i32, i32) {
    let GradientShape::Radial { start_center, start_radius, end_center, end_radius } = shape else {
        return (0, 1);
    };
    let enough = |turn: i32| {
        let at = f64::from(turn);
        let (center, radius) = (start_center.lerp(end_center, at), start_radius + (end_radius - start_radius) * at);
        radius <= 0.0 || corners.iter().all(|corner| corner.distance(center) <= radius)
    };
    let mut first = 0;
    while first > -most && !enough(first) {
        first -= 1;
    }
    let mut last = 1;
    while last < most && !enough(last) {
        last += 1;
    }
    (first, last)
}

/// Returns the stops of the repetition that begins at `turn`.
fn one_turn(stops: &[Stop], turn: i32, extend: Extend) -> Vec<Stop> {
    let base = f64::from(turn);
    let mut all: Vec<Stop> = Vec::with_capacity(stops.len() + 2);
    if let (Some(first), Some(last)) = (stops.first(), stops.last()) {
        all.push((0.0, first.1));
        all.extend(stops);
        all.push((1.0, last.1));
    }
    if extend == Extend::Reflect && turn.rem_euclid(2) == 1 {
        all.iter().rev().map(|(offset, color)| (base + 1.0 - offset, *color)).collect()
    } else {
        all.iter().map(|(offset, color)| (base + offset, *color)).collect()
    }
}

/// Returns the stops from `low` to `high`, with offsets of 0 to 1.
fn cropped(stops: &[Stop], low: f64, high: f64) -> Vec<Stop> {
    let mut result = vec![(0.0, color_at(stops, low))];
    let inside = stops.iter().filter(|(offset, _)| (low..=high).contains(offset));
    result.extend(inside.map(|(offset, color)| ((offset - low) / (high - low), *color)));
    result.push((1.0, color_at(stops, high)));
    result
}
