//! Paths cut to what can be seen of them: tiny-skia counts in numbers that far places leave.

use kurbo::{BezPath, PathEl, Point, Rect, Shape as _};

/// How far beyond the pixels a path may go on.
const MARGIN: f64 = 64.0;

/// No place lies farther away than this, in pixels.
const FARTHEST: f64 = 1e6;

/// How far straight lines may lie from the curves that they stand for, in pixels.
const TOLERANCE: f64 = 0.05;

/// Returns `path` without what lies far beyond `area`; within it, the same is filled.
pub(super) fn cropped(path: &BezPath, area: Rect) -> BezPath {
    let room = area.inflate(MARGIN, MARGIN);
    if room.contains_rect(path.bounding_box()) {
        return path.clone();
    }
    let mut cut = BezPath::new();
    for ring in rings(path) {
        let ring = SIDES.iter().fold(ring, |ring, side| beyond(&ring, |at| side(at, room)));
        for (index, place) in ring.iter().enumerate() {
            cut.push(if index == 0 { PathEl::MoveTo(*place) } else { PathEl::LineTo(*place) });
        }
        if !ring.is_empty() {
            cut.push(PathEl::ClosePath);
        }
    }
    cut
}

/// How far a place lies within each side of a rectangle; less than 0 beyond it.
const SIDES: [fn(Point, Rect) -> f64; 4] =
    [|at, room| at.x - room.x0, |at, room| room.x1 - at.x, |at, room| at.y - room.y0, |at, room| room.y1 - at.y];

/// Returns the parts of a path as straight lines around areas.
fn rings(path: &BezPath) -> Vec<Vec<Point>> {
    let near = |at: Point| Point::new(at.x.clamp(-FARTHEST, FARTHEST), at.y.clamp(-FARTHEST, FARTHEST));
    let elements = path.elements().iter().map(|element| match *element {
        PathEl::MoveTo(to) => PathEl::MoveTo(near(to)),
        PathEl::LineTo(to) => PathEl::LineTo(near(to)),
        PathEl::QuadTo(control, to) => PathEl::QuadTo(near(control), near(to)),
        PathEl::CurveTo(first, second, to) => PathEl::CurveTo(near(first), near(second), near(to)),
        PathEl::ClosePath => PathEl::ClosePath,
    });
    let mut rings: Vec<Vec<Point>> = Vec::new();
    kurbo::flatten(elements, TOLERANCE, |element| match (element, rings.last_mut()) {
        (PathEl::LineTo(to), Some(ring)) => ring.push(to),
        (PathEl::MoveTo(to) | PathEl::LineTo(to), _) => rings.push(vec![to]),
        _ => {}
    });
    rings
}

/// Returns the part of a ring that lies within one side: Sutherland and Hodgman's way, which leaves the winding about
/// every place within as it is.
fn beyond(ring: &[Point], within: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut from) = ring.last().copied() else { return kept };
    for &to in ring {
        let (before, after) = (within(from), within(to));
        if (before < 0.0) != (after < 0.0) {
            kept.push(from.lerp(to, before / (before - after)));
        }
        if after >= 0.0 {
            kept.push(to);
        }
        from = to;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_stays_and_what_is_far_goes() {
        let area = Rect::new(0.0, 0.0, 100.0, 100.0);
        let mut path = Rect::new(-1e9, 20.0, 50.0, 1e12).to_path(0.1);
        path.extend(Rect::new(30.0, 40.0, 1e7, 60.0).to_path(0.1).iter());
        path.extend(kurbo::Circle::new((-5e5, -5e5), 100.0).to_path(0.1).iter());
        let cut = cropped(&path, area);
        assert!(area.inflate(MARGIN + 0.1, MARGIN + 0.1).contains_rect(cut.bounding_box()), "{:?}", cut.bounding_box());
        for x in (1..100).step_by(7) {
            for y in (1..100).step_by(7) {
                let place = Point::new(x.into(), y.into());
                assert_eq!(cut.winding(place), path.winding(place), "{place:?}");
            }
        }
    }

    #[test]
    fn a_path_in_sight_keeps_its_curves() {
        let circle = kurbo::Circle::new((50.0, 50.0), 60.0).to_path(0.1);
        assert_eq!(cropped(&circle, Rect::new(0.0, 0.0, 100.0, 100.0)), circle);
    }
}
