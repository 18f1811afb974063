//! usvg's words for paths and paints in those of pages.

use kurbo::{Affine, BezPath, Cap, Join, Point, Stroke};
use usvg::tiny_skia_path::PathSegment;
use usvg::{Color, LineCap, LineJoin, Opacity, SpreadMethod, Stop};

use crate::asset::TEXT_COLOR;
use crate::layout::gradient::settled_stops;
use crate::layout::page::{Blend, Extend, FillRule, Gradient, GradientShape, Paint, Rgba};

/// A fill or stroke in the space that `to_page` brings to the page; `None` for a pattern.
pub(super) fn paint(paint: &usvg::Paint, opacity: Opacity, to_page: Affine, text_color: Option<Rgba>) -> Option<Paint> {
    let gradient = |shape, base: &usvg::BaseGradient| {
        let stops = base.stops().iter().map(|stop: &Stop| {
            let opacity = stop.opacity().get() * opacity.get();
            (stop.offset().get(), color(stop.color(), opacity, text_color))
        });
        let extend = match base.spread_method() {
            SpreadMethod::Pad => Extend::Pad,
            SpreadMethod::Reflect => Extend::Reflect,
            SpreadMethod::Repeat => Extend::Repeat,
        };
        let transform = to_page * affine(base.transform());
        Paint::Gradient(Gradient { shape, stops: settled_stops(stops), extend, transform })
    };
    match paint {
        usvg::Paint::Color(plain) => Some(Paint::Solid(color(*plain, opacity.get(), text_color))),
        usvg::Paint::LinearGradient(line) => {
            let (start, end) = (point(line.x1(), line.y1()), point(line.x2(), line.y2()));
            Some(gradient(GradientShape::Linear { start, end }, line))
        }
        usvg::Paint::RadialGradient(circles) => {
            let shape = GradientShape::Radial {
                start_center: point(circles.fx(), circles.fy()),
                start_radius: circles.fr().get().into(),
                end_center: point(circles.cx(), circles.cy()),
                end_radius: circles.r().get().into(),
            };
            Some(gradient(shape, circles))
        }
        usvg::Paint::Pattern(_) => None,
    }
}

/// A colour; that of the text around the drawing where it stands for it.
pub(super) fn color(color: Color, opacity: f32, text_color: Option<Rgba>) -> Rgba {
    let part = |level: u8| f32::from(level) / 255.0;
    let Color { red, green, blue } = color;
    match text_color {
        Some(around) if [red, green, blue] == TEXT_COLOR => Rgba { alpha: around.alpha * opacity, ..around },
        _ => Rgba { red: part(red), green: part(green), blue: part(blue), alpha: opacity },
    }
}

/// Width, joins, caps and dashes.
pub(super) fn stroke(stroke: &usvg::Stroke) -> Stroke {
    let cap = match stroke.linecap() {
        LineCap::Butt => Cap::Butt,
        LineCap::Round => Cap::Round,
        LineCap::Square => Cap::Square,
    };
    let join = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip => Join::Miter,
        LineJoin::Round => Join::Round,
        LineJoin::Bevel => Join::Bevel,
    };
    let plain = Stroke::new(stroke.width().get().into())
        .with_caps(cap)
        .with_join(join)
        .with_miter_limit(stroke.miterlimit().get().into());
    match stroke.dasharray() {
        Some(dashes) => plain.with_dashes(stroke.dashoffset().into(), dashes.iter().map(|dash| f64::from(*dash))),
        None => plain,
    }
}

/// A path; what is drawn on after its end was closed begins where it began.
pub(super) fn path(path: &usvg::tiny_skia_path::Path) -> BezPath {
    let mut out = BezPath::new();
    let (mut start, mut is_closed) = (Point::ZERO, false);
    for segment in path.segments() {
        if std::mem::take(&mut is_closed) && !matches!(segment, PathSegment::MoveTo(_)) {
            out.move_to(start);
        }
        match segment {
            PathSegment::MoveTo(to) => {
                start = point(to.x, to.y);
                out.move_to(start);
            }
            PathSegment::LineTo(to) => out.line_to(point(to.x, to.y)),
            PathSegment::QuadTo(control, to) => out.quad_to(point(control.x, control.y), point(to.x, to.y)),
            PathSegment::CubicTo(first, second, to) => {
                out.curve_to(point(first.x, first.y), point(second.x, second.y), point(to.x, to.y));
            }
            PathSegment::Close => {
                is_closed = true;
                out.close_path();
            }
        }
    }
    out
}

/// A transform.
pub(super) fn affine(transform: usvg::Transform) -> Affine {
    let usvg::Transform { sx, kx, ky, sy, tx, ty } = transform;
    Affine::new([sx, ky, kx, sy, tx, ty].map(f64::from))
}

/// How a path is filled.
pub(super) fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

/// How a group mixes with what is below.
pub(super) fn blend(mode: usvg::BlendMode) -> Blend {
    match mode {
        usvg::BlendMode::Normal => Blend::Normal,
        usvg::BlendMode::Multiply => Blend::Multiply,
        usvg::BlendMode::Screen => Blend::Screen,
        usvg::BlendMode::Overlay => Blend::Overlay,
        usvg::BlendMode::Darken => Blend::Darken,
        usvg::BlendMode::Lighten => Blend::Lighten,
        usvg::BlendMode::ColorDodge => Blend::ColorDodge,
        usvg::BlendMode::ColorBurn => Blend::ColorBurn,
        usvg::BlendMode::HardLight => Blend::HardLight,
        usvg::BlendMode::SoftLight => Blend::SoftLight,
        usvg::BlendMode::Difference => Blend::Difference,
        usvg::BlendMode::Exclusion => Blend::Exclusion,
        usvg::BlendMode::Hue => Blend::Hue,
        usvg::BlendMode::Saturation => Blend::Saturation,
        usvg::BlendMode::Color => Blend::Color,
        usvg::BlendMode::Luminosity => Blend::Luminosity,
    }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(x.into(), y.into())
}
