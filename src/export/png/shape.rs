//! Paths: filled and stroked.

use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _, Stroke, StrokeOpts};
use resvg::tiny_skia::{self, Path, PathBuilder, Transform};

use super::canvas::Canvas;
use super::crop::cropped;
use super::paint;
use super::picture::Shelf;
use crate::layout::{FillRule, Paint};

/// How far an outline made of a stroke may be off, in pixels.
const TOLERANCE: f64 = 0.05;

/// Finer dashes than this along one path are drawn as a solid line.
const MOST_DASHES: f64 = 10_000.0;

/// Fills `path`, which is of the page.
pub(super) fn fill(canvas: &mut Canvas, path: &BezPath, rule: FillRule, with: &Paint, shelf: &Shelf) {
    let path = canvas.to_pixels * path.clone();
    let area = canvas.visible(&path);
    if area.area() <= 0.0 {
        return;
    }
    if let Some(outline) = outline(&cropped(&path, canvas.bounds())) {
        paint::pour(canvas, &paint::Shape { outline: &outline, rule: self::rule(rule), area }, with, shelf);
    }
}

/// Draws along a path, given with what brings it to the page.
pub(super) fn stroke(
    canvas: &mut Canvas,
    (path, transform): (&BezPath, Affine),
    style: &Stroke,
    with: &Paint,
    shelf: &Shelf,
) {
    let is_drawn = style.width > 0.0 && style.width.is_finite() && !path.elements().is_empty();
    if !is_drawn || !path.is_finite() || !transform.is_finite() {
        return;
    }
    let mut style = style.clone();
    let turn: f64 = style.dash_pattern.iter().sum();
    if turn.is_nan() || turn * MOST_DASHES < path.perimeter(1.0) || style.dash_pattern.iter().any(|dash| *dash < 0.0) {
        style.dash_pattern.clear();
    }
    let enlarged = (canvas.to_pixels * transform).determinant().abs().sqrt().clamp(1e-3, 1e3);
    let outline = kurbo::stroke(path.iter(), &style, &StrokeOpts::default(), TOLERANCE / enlarged);
    fill(canvas, &(transform * outline), FillRule::NonZero, with, shelf);
}

/// Returns a path as tiny-skia has it; `None` for one that covers nothing.
pub(super) fn outline(path: &BezPath) -> Option<Path> {
    #[allow(clippy::cast_possible_truncation, reason = "pixels need no more than single precision")]
    let xy = |point: Point| (point.x as f32, point.y as f32);
    let mut builder = PathBuilder::new();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                let (x, y) = xy(to);
                builder.move_to(x, y);
            }
            PathEl::LineTo(to) => {
                let (x, y) = xy(to);
                builder.line_to(x, y);
            }
            PathEl::QuadTo(control, to) => {
                let ((a, b), (x, y)) = (xy(control), xy(to));
                builder.quad_to(a, b, x, y);
            }
            PathEl::CurveTo(first, second, to) => {
                let ([one, two], to) = ([first, second].map(xy), xy(to));
                builder.cubic_to(one.0, one.1, two.0, two.1, to.0, to.1);
            }
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}

pub(super) fn rule(rule: FillRule) -> tiny_skia::FillRule {
    match rule {
        FillRule::NonZero => tiny_skia::FillRule::Winding,
        FillRule::EvenOdd => tiny_skia::FillRule::EvenOdd,
    }
}

/// Returns a transform as tiny-skia has it.
#[allow(clippy::cast_possible_truncation, reason = "pixels need no more than single precision")]
pub(super) fn transform(transform: Affine) -> Transform {
    let [xx, yx, xy, yy, x, y] = transform.as_coeffs().map(|part| part as f32);
    Transform::from_row(xx, yx, xy, yy, x, y)
}

/// Returns the rectangle that a path is, if it is one along the axes.
pub(super) fn as_rect(path: &BezPath) -> Option<Rect> {
    let [PathEl::MoveTo(a), PathEl::LineTo(b), PathEl::LineTo(c), PathEl::LineTo(d), rest @ ..] = path.elements()
    else {
        return None;
    };
    let ends = match rest {
        [] | [PathEl::ClosePath] => true,
        [PathEl::LineTo(end)] | [PathEl::LineTo(end), PathEl::ClosePath] => end == a,
        _ => false,
    };
    #[allow(clippy::float_cmp, reason = "only an exact rectangle is one")]
    let square = (a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x)
        || (a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y);
    (ends && square).then(|| Rect::from_points(*a, *c))
}
