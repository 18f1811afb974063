//! Text that is hard to tell from what lies behind it.
//!
//! The ratio is that of WCAG 2.2, "contrast ratio": (L1 + 0.05) / (L2 + 0.05) of the relative luminances; 4.5 is asked
//! for, and 3 for large text (24 px, or 18.66 px bold), as its success criterion 1.4.3 has it.

use std::rc::Rc;

use kurbo::{BezPath, PathEl, Point, Rect, Shape as _};

use crate::check::Shown;
use crate::check::painted::{Passage, passages};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::layout::{Command, FillRule, Paint, Rgba, TextLine};

/// The least ratio of text of usual size.
pub(super) const LEAST: f64 = 4.5;

/// What text may stand on: an area of one colour, or of many.
struct Ground {
    shape: Rc<Shape>,
    /// The areas that it is cut to.
    clips: Vec<Rc<Shape>>,
    /// `None` where the colour changes within the area: pictures and gradients.
    color: Option<Rgba>,
}

struct Shape {
    bounds: Rect,
    path: BezPath,
    rule: FillRule,
}

impl Shape {
    fn new(path: &BezPath, rule: FillRule) -> Rc<Self> {
        // Filling closes a path; asking whether it contains a point does not.
        let mut closed = BezPath::new();
        for element in path.elements() {
            if matches!(element, PathEl::MoveTo(_)) && !closed.elements().is_empty() {
                closed.close_path();
            }
            closed.push(*element);
        }
        closed.close_path();
        Rc::new(Self { bounds: path.bounding_box(), path: closed, rule })
    }

    fn contains(&self, at: Point) -> bool {
        if !self.bounds.contains(at) {
            return false;
        }
        let winding = self.path.winding(at);
        if self.rule == FillRule::NonZero { winding != 0 } else { winding % 2 != 0 }
    }
}

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    let is_large = |line: &TextLine| line.font_size >= 24.0 || (line.bold && line.font_size >= 18.66);
    check_against(shown, |line| if is_large(line) { 3.0 } else { LEAST }, diagnostics);
}

/// The same for a theme, whose colours are asked for [`LEAST`] in text of any size.
pub(super) fn check_theme(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    check_against(shown, |_| LEAST, diagnostics);
}

fn check_against(shown: &Shown<'_>, asked: impl Fn(&TextLine) -> f64, diagnostics: &mut Diagnostics) {
    let grounds = grounds(shown);
    let too_faint = passages(shown, |line| {
        let ground = ground_below(&grounds, line.rect.center())?;
        let (ratio, asked) = (ratio(mix(line.color, ground), ground), asked(line));
        (ratio < asked - 0.005).then_some((ratio, asked))
    });
    // A finding a block: its faintest text.
    let mut worst: Vec<((f64, f64), Passage<'_>)> = Vec::new();
    for found in too_faint {
        match worst.iter_mut().find(|(_, other)| other.span == found.1.span) {
            Some(other) if other.0.0 <= found.0.0 => {}
            Some(other) => *other = found,
            None => worst.push(found),
        }
    }
    for ((ratio, asked), passage) in worst {
        let (text, name) = (passage.short(), shown.name());
        let message = format!("`{text}` has a contrast of {ratio:.1} : 1 on {name}, {asked} : 1 is asked for");
        let found = Diagnostic::new(&code::LOW_CONTRAST, passage.written(shown), message);
        diagnostics.push(found.hint("take a darker or lighter colour for the text or for what is behind it"));
    }
}

/// The filled areas of the page, bottom first; the opacity of groups is looked through.
fn grounds(shown: &Shown<'_>) -> Vec<Ground> {
    let mut grounds = Vec::new();
    let mut clips: Vec<Rc<Shape>> = Vec::new();
    for command in &shown.page.commands {
        match command {
            Command::PushClip { path, rule } => clips.push(Shape::new(path, *rule)),
            Command::PushGroup { path, .. } => clips.push(Shape::new(path, FillRule::NonZero)),
            // What masks is not seen itself.
            Command::PushMask { .. } => clips.push(Shape::new(&BezPath::new(), FillRule::NonZero)),
            // The clips around a picture are those of its box.
            Command::PushPart(_) => clips.push(Shape::new(&shown.page.size.to_rect().to_path(0.1), FillRule::NonZero)),
            Command::Pop => {
                clips.pop();
            }
            Command::Fill { path, rule, paint } => {
                let color = match paint {
                    Paint::Solid(color) => Some(*color),
                    Paint::Gradient(_) | Paint::Image(_) => None,
                };
                let shape = Shape::new(path, *rule);
                // Lower fills are parts of drawings, markers and underlines; text does not stand on them.
                if shape.bounds.height() >= 12.0 {
                    grounds.push(Ground { shape, clips: clips.clone(), color });
                }
            }
            Command::Stroke { .. } | Command::Glyphs(_) | Command::Shadow { .. } => {}
        }
    }
    grounds
}

/// The colour at a point, `None` where it can't be told.
fn ground_below(grounds: &[Ground], at: Point) -> Option<Rgba> {
    let white = Rgba { red: 1.0, green: 1.0, blue: 1.0, alpha: 1.0 };
    let mut below = Some(white);
    let lies_under = |ground: &&Ground| ground.shape.contains(at) && ground.clips.iter().all(|clip| clip.contains(at));
    for ground in grounds.iter().filter(lies_under) {
        below = match (ground.color, below) {
            (Some(color), Some(under)) => Some(mix(color, under)),
            (Some(color), None) if color.alpha >= 0.99 => Some(color),
            _ => None,
        };
    }
    below
}

/// `over` laid on `under`, which is opaque.
fn mix(over: Rgba, under: Rgba) -> Rgba {
    let part = |top: f32, bottom: f32| top.mul_add(over.alpha, bottom * (1.0 - over.alpha));
    Rgba {
        red: part(over.red, under.red),
        green: part(over.green, under.green),
        blue: part(over.blue, under.blue),
        alpha: 1.0,
    }
}

pub(super) fn ratio(a: Rgba, b: Rgba) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance by WCAG 2.2.
fn luminance(color: Rgba) -> f64 {
    let linear = |part: f32| {
        let part = f64::from(part);
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        let gray = |part: f32| Rgba { red: part, green: part, blue: part, alpha: 1.0 };
        assert!((ratio(gray(0.0), gray(1.0)) - 21.0).abs() < 1e-6);
        // #767676 on white is the lightest grey that passes.
        assert!(ratio(gray(118.0 / 255.0), gray(1.0)) >= 4.5);
        assert!(ratio(gray(119.0 / 255.0), gray(1.0)) < 4.5);
    }
}
