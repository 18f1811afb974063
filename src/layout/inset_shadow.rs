//! Inset box shadows as fills.
//!
//! Blitz paints them by taking a blurred rectangle out of a filled box, which needs a compositing mode that PDF does
//! not have. The same picture is made of rings around the hole, each laid over the one before.

use std::f64::consts::SQRT_2;

use anyrender::recording::{BoxShadowCommand, LayerCommand, RenderCommand};
use kurbo::{BezPath, Rect, Shape as _};

use crate::layout::page::{Command, FillRule, Paint, Rgba};

/// How many rings a blurred edge has; one ring is then at most 7 % darker than the next.
const RINGS: u32 = 16;

/// An inset shadow at the start of `commands`: what it becomes, and how many commands it was.
pub(super) fn inset_shadow(
    commands: &[RenderCommand],
    color: impl Fn(peniko::Color) -> Rgba,
) -> Option<(Vec<Command>, usize)> {
    use RenderCommand::{BoxShadow, Fill, PopLayer, PushLayer};
    let [PushLayer(area), Fill(fill), PushLayer(hole), BoxShadow(shadow), PopLayer, PopLayer, ..] = commands else {
        return None;
    };
    let anyrender::Paint::Solid(solid) = fill.brush else { return None };
    if hole.blend.compose != peniko::Compose::DestOut {
        return None;
    }
    Some((rings(area, shadow, color(solid)), 6))
}

fn rings(area: &LayerCommand, shadow: &BoxShadowCommand, color: Rgba) -> Vec<Command> {
    let area_path = area.transform * area.clip.clone();
    let bounds = area_path.bounding_box();
    let is_sharp = shadow.std_dev < 0.5;
    // Beyond the area nothing shows, but viewers that smooth edges let a hint of it through: a sharp shadow stays within.
    let reach = 4.0 * shadow.std_dev + 1.0;
    let frame = if is_sharp {
        bounds
    } else {
        bounds.union(shadow.transform.transform_rect_bbox(shadow.rect)).inflate(reach, reach)
    };
    let mut commands = vec![Command::PushClip { path: area_path, rule: FillRule::NonZero }];
    let steps = if is_sharp { 1 } else { RINGS };
    let mut covered = 0.0;
    for step in 0..steps {
        // From two deviations inside the edge to two outside.
        let part = (f64::from(step) + 0.5) / f64::from(steps);
        let offset = if steps == 1 { 0.0 } else { (part * 4.0 - 2.0) * shadow.std_dev };
        let wanted = f64::from(color.alpha) * if steps == 1 { 1.0 } else { normal_distribution(part * 4.0 - 2.0) };
        let alpha = ((wanted - covered) / (1.0 - covered).max(1e-6)).clamp(0.0, 1.0);
        covered = wanted;
        #[allow(clippy::cast_possible_truncation, reason = "an opacity")]
        let paint = Paint::Solid(Rgba { alpha: alpha as f32, ..color });
        commands.push(Command::Fill { path: outside(frame, shadow, offset), rule: FillRule::EvenOdd, paint });
    }
    commands.push(Command::Pop);
    commands
}

/// The frame without the hole, the hole grown by `offset`.
fn outside(frame: Rect, shadow: &BoxShadowCommand, offset: f64) -> BezPath {
    let hole = shadow.rect.inflate(offset, offset);
    let mut path = frame.to_path(0.1);
    if shadow.radius <= 0.0 && shadow.transform.as_coeffs()[1..3] == [0.0, 0.0] {
        return bars(frame, shadow.transform.transform_rect_bbox(hole).intersect(frame));
    }
    if hole.width() > 0.0 && hole.height() > 0.0 {
        let radius = (shadow.radius + offset).max(0.0);
        path.extend(shadow.transform * hole.to_rounded_rect(radius).to_path(0.1));
    }
    path
}

/// The frame without an upright hole in it, as bars: where the two meet there must be no edge that a viewer could draw.
fn bars(frame: Rect, hole: Rect) -> BezPath {
    let bars = [
        Rect::new(frame.x0, frame.y0, frame.x1, hole.y0),
        Rect::new(frame.x0, hole.y1, frame.x1, frame.y1),
        Rect::new(frame.x0, hole.y0, hole.x0, hole.y1),
        Rect::new(hole.x1, hole.y0, frame.x1, hole.y1),
    ];
    let visible = bars.into_iter().filter(|bar| bar.width() > 0.0 && bar.height() > 0.0);
    visible.flat_map(|bar| bar.to_path(0.1)).collect()
}

/// The share of a normal distribution below `x` deviations; Abramowitz and Stegun 7.1.26, off by at most 1.5e-7.
fn normal_distribution(x: f64) -> f64 {
    let z = (x / SQRT_2).abs();
    let t = 1.0 / 0.327_591_1f64.mul_add(z, 1.0);
    let terms = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    let series = terms.iter().fold(0.0, |sum: f64, term| sum.mul_add(t, *term)) * t;
    let erf = 1.0 - series * (-z * z).exp();
    if x < 0.0 { (1.0 - erf) / 2.0 } else { f64::midpoint(1.0, erf) }
}

#[cfg(test)]
mod tests {
    use super::normal_distribution;

    #[test]
    fn the_distribution_has_its_known_values() {
        for (x, share) in [(0.0, 0.5), (1.0, 0.841_344_7), (-1.0, 0.158_655_3), (2.0, 0.977_249_9)] {
            assert!((normal_distribution(x) - share).abs() < 1e-6, "{x}");
        }
    }
}
