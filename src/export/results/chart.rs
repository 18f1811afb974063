use std::fmt::Write as _;

use crate::recall::results::Figures;

/// Size of a bar in CSS pixels.
const BAR: (f64, f64) = (72.0, 10.0);

/// Size of a difference with its interval.
const SPAN: (f64, f64) = (140.0, 14.0);

/// A part of one as a bar.
pub(super) fn bar(part: f64) -> String {
    let (width, height) = BAR;
    let filled = width * part.clamp(0.0, 1.0);
    format!(
        "<svg width=\"{width}\" height=\"{height}\" aria-hidden=\"true\"><rect class=\"track\" width=\"{width}\" \
         height=\"{height}\" rx=\"2\"/><rect class=\"bar\" width=\"{filled:.1}\" height=\"{height}\" rx=\"2\"/></svg>"
    )
}

/// A difference between −1 and 1 with its interval, zero in the middle.
pub(super) fn difference(figures: &Figures) -> String {
    let (width, height) = SPAN;
    let x = |value: f64| value.clamp(-1.0, 1.0).midpoint(1.0) * (width - 8.0) + 4.0;
    let middle = height / 2.0;
    // Red only where the whole interval lies below zero: less is chance.
    let class = if figures.interval.1 < 0.0 { " class=\"fell\"" } else { "" };
    let mut out = format!("<svg width=\"{width}\" height=\"{height}\" aria-hidden=\"true\"{class}>");
    let _ = write!(out, "<path class=\"axis\" d=\"M0 {middle}H{width}M{0} 0V{height}\"/>", x(0.0));
    let (low, high) = (x(figures.interval.0), x(figures.interval.1));
    let _ = write!(out, "<path class=\"whisker\" d=\"M{low:.1} {middle}H{high:.1}\"/>");
    let _ = write!(out, "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{middle}\" r=\"4\"/></svg>", x(figures.difference));
    out
}
