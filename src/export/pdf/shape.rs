//! Paths: filled, stroked and as clips.

use kurbo::{Affine, BezPath, Cap, Join, PathEl, Point, Rect, Shape as _, Stroke, StrokeOpts};
use printpdf::{LineCapStyle, LineDashPattern, LineJoinStyle, Op, Pt};

use super::content::{Canvas, coordinate};
use super::paint;
use crate::layout::{FillRule, Paint};

/// How far an outline made of a stroke may be off, in pixels.
const TOLERANCE: f64 = 0.05;

/// Steps a pixel that places on a page are rounded to: at 300 dots an inch a thirty-second of a dot.
const ON_PAGE: f64 = 100.0;

/// The same for what is yet to be enlarged or made smaller.
const ELSEWHERE: f64 = 1000.0;

/// Finer dashes than this along one path are drawn as a solid line when its outline is needed.
const MOST_DASHES: f64 = 10_000.0;

/// Fills `path`.
pub(super) fn fill(canvas: &mut Canvas, path: &BezPath, rule: FillRule, with: &Paint) {
    if let Paint::Solid(color) = with {
        if color.alpha > 0.0 && !path.elements().is_empty() {
            canvas.fill_color(*color);
            trace(canvas, path, ON_PAGE);
            canvas.operator(if rule == FillRule::EvenOdd { "f*" } else { "f" }, &[]);
        }
        return;
    }
    canvas.save();
    clip(canvas, path, rule);
    // A picture that ends where the shape does must not begin anew beyond it.
    let area = if matches!(with, Paint::Image(_)) { path.bounding_box() } else { visible(canvas, path) };
    paint::flood(canvas, area.intersect(canvas.bounds), with);
    canvas.restore();
}

/// Draws along `path`, which `transform` brings to the page.
pub(super) fn stroke(canvas: &mut Canvas, path: &BezPath, style: &Stroke, transform: Affine, with: &Paint) {
    if style.width.is_nan() || style.width <= 0.0 || path.elements().is_empty() {
        return;
    }
    match with {
        Paint::Solid(color) if style.start_cap == style.end_cap => {
            if color.alpha <= 0.0 {
                return;
            }
            canvas.stroke_color(*color);
            canvas.save();
            if transform != Affine::IDENTITY {
                canvas.transform(transform);
            }
            set_style(canvas, style);
            trace(canvas, path, if transform == Affine::IDENTITY { ON_PAGE } else { ELSEWHERE });
            canvas.operator("S", &[]);
            canvas.restore();
        }
        _ if path.is_finite() && transform.is_finite() => {
            let mut style = style.clone();
            let turn: f64 = style.dash_pattern.iter().sum();
            if turn.is_nan() || turn * MOST_DASHES < path.perimeter(1.0) {
                style.dash_pattern.clear();
            }
            let outline = kurbo::stroke(path.iter(), &style, &StrokeOpts::default(), TOLERANCE);
            fill(canvas, &(transform * outline), FillRule::NonZero, with);
        }
        _ => {}
    }
}

/// Lets only what is within `path` show; belongs between `save` and `restore`.
pub(super) fn clip(canvas: &mut Canvas, path: &BezPath, rule: FillRule) {
    if path.elements().is_empty() {
        // An empty clip path is an error to some viewers; this one hides everything.
        canvas.operator("re", &[-9.0, -9.0, 1.0, 1.0]);
    } else {
        trace(canvas, path, ON_PAGE);
    }
    canvas.operator(if rule == FillRule::EvenOdd { "W*" } else { "W" }, &[]);
    canvas.operator("n", &[]);
}

/// Returns the part of the canvas that `path` can show, a little enlarged.
pub(super) fn visible(canvas: &Canvas, path: &BezPath) -> Rect {
    path.bounding_box().inflate(1.0, 1.0).intersect(canvas.bounds)
}

/// Sets width, joins, caps and dashes; belongs between `save` and `restore`.
pub(super) fn set_style(canvas: &mut Canvas, style: &Stroke) {
    canvas.op(Op::SetOutlineThickness { pt: Pt(coordinate(style.width)) });
    let cap = match style.start_cap {
        Cap::Butt => LineCapStyle::Butt,
        Cap::Round => LineCapStyle::Round,
        Cap::Square => LineCapStyle::ProjectingSquare,
    };
    if cap != LineCapStyle::Butt {
        canvas.op(Op::SetLineCapStyle { cap });
    }
    match style.join {
        Join::Miter => canvas.op(Op::SetMiterLimit { limit: Pt(coordinate(style.miter_limit.max(1.0))) }),
        Join::Round => canvas.op(Op::SetLineJoinStyle { join: LineJoinStyle::Round }),
        Join::Bevel => canvas.op(Op::SetLineJoinStyle { join: LineJoinStyle::Bevel }),
    }
    let length: f64 = style.dash_pattern.iter().sum();
    if length > 0.0 && style.dash_pattern.iter().all(|dash| *dash >= 0.0) {
        // An odd number of dashes repeats with dashes and gaps swapped: one turn is twice as long.
        let turn = if style.dash_pattern.len() % 2 == 1 { length * 2.0 } else { length };
        let pattern: Vec<f32> = style.dash_pattern.iter().map(|dash| coordinate(*dash)).collect();
        if pattern.iter().any(|dash| *dash > 0.0) {
            let offset = coordinate(style.dash_offset.rem_euclid(turn));
            canvas.op(Op::SetLineDashPattern { dash: LineDashPattern::new(offset, &pattern) });
        }
    }
}

/// Adds `path` to the current path.
fn trace(canvas: &mut Canvas, path: &BezPath, steps: f64) {
    let mut draw = |operator: &str, points: &[Point]| {
        let rounded = |number: f64| (number * steps).round() / steps;
        let numbers: Vec<f64> = points.iter().flat_map(|point| [rounded(point.x), rounded(point.y)]).collect();
        canvas.operator(operator, &numbers);
    };
    if let Some(rect) = as_rect(path) {
        draw("re", &[rect.origin(), rect.size().to_vec2().to_point()]);
        return;
    }
    let mut at = Point::ZERO;
    let mut start = Point::ZERO;
    for (index, element) in path.elements().iter().enumerate() {
        // A path that begins nowhere is an error to some viewers.
        if let (0, Some(to)) = (index, element.end_point())
            && !matches!(element, PathEl::MoveTo(_))
        {
            draw("m", &[to]);
            (at, start) = (to, to);
        }
        match *element {
            PathEl::MoveTo(to) => {
                draw("m", &[to]);
                (at, start) = (to, to);
            }
            PathEl::LineTo(to) => {
                draw("l", &[to]);
                at = to;
            }
            PathEl::QuadTo(control, to) => {
                let (first, second) = (at.lerp(control, 2.0 / 3.0), to.lerp(control, 2.0 / 3.0));
                draw("c", &[first, second, to]);
                at = to;
            }
            PathEl::CurveTo(first, second, to) => {
                draw("c", &[first, second, to]);
                at = to;
            }
            PathEl::ClosePath => {
                draw("h", &[]);
                at = start;
            }
        }
    }
}

/// Returns the rectangle that a path is, if it is one along the axes and closed.
fn as_rect(path: &BezPath) -> Option<Rect> {
    let [PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d), rest @ ..] = path.elements()
    else {
        return None;
    };
    let closed = match rest {
        [PathEl::ClosePath] => true,
        [PathEl::LineTo(end), PathEl::ClosePath] => end == a,
        _ => false,
    };
    #[allow(clippy::float_cmp, reason = "only an exact rectangle is one")]
    let square = (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x)
        || (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y);
    (closed && square).then(|| Rect::from_points(*a, *c))
}
