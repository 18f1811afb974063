//! Content that leaves its slide or is cut off by a box on it.

use kurbo::Rect;

use crate::check::Shown;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::layout::ElementBox;
use crate::source::Span;

/// What a piece of content leaves.
#[derive(PartialEq)]
enum Beyond {
    /// The slide: it is cut off there.
    Slide,
    /// A box that cuts off what leaves it, by its name.
    Box(String),
    /// The area that the layout keeps for content: it still shows, but runs into the footer or the margin.
    Area,
    /// The area within a box that is seen, by its name: it still shows, but stands on the edge or beyond.
    Room(String),
}

/// Pixels by which content may stick out: rounding, and the overhang of slanted letters.
const TOLERANCE: f64 = 2.0;

/// The part of its height by which a line is larger than its letters, above and below.
const SLACK: f64 = 0.12;

/// The part of a box's padding that content may take.
const EATEN: f64 = 0.5;

/// One piece of content that sticks out.
struct Excess {
    span: Span,
    what: String,
    beyond: Beyond,
    right: f64,
    down: f64,
}

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    let mut found: Vec<Excess> = Vec::new();
    for (index, element) in shown.page.boxes.iter().enumerate() {
        if is_background(shown, index) {
            continue;
        }
        let texts = element.lines.iter().map(|line| (line.rect, format!("`{}`", shorten(&line.text)), true));
        let picture = element.replaced.then(|| (element.rect, format!("this `{}`", element.tag), false));
        for (rect, what, is_text) in texts.chain(picture) {
            let tightest = excess(shown, index, rect, is_text).or_else(|| excess_of_room(shown, index, rect, is_text));
            let Some((beyond, right, down)) = tightest else { continue };
            let excess = Excess { span: shown.span(index), what, beyond, right, down };
            match found.iter_mut().find(|other| other.span == excess.span) {
                Some(other) if other.right.max(other.down) >= right.max(down) => {}
                Some(other) => *other = excess,
                None => found.push(excess),
            }
        }
    }
    // One slide, one cause: the finding that sticks out furthest in each direction says enough.
    let furthest_down = position_of_max(&found, |excess| excess.down);
    let furthest_right = position_of_max(&found, |excess| excess.right);
    for (index, excess) in found.iter().enumerate() {
        if Some(index) == furthest_down || Some(index) == furthest_right {
            diagnostics.push(diagnostic(shown, excess));
        }
    }
}

fn diagnostic(shown: &Shown<'_>, excess: &Excess) -> Diagnostic {
    let mut by = Vec::new();
    if excess.down > 0.0 {
        by.push(format!("{:.0} px at the bottom or top", excess.down.ceil()));
    }
    if excess.right > 0.0 {
        by.push(format!("{:.0} px at the side", excess.right.ceil()));
    }
    let place = match &excess.beyond {
        Beyond::Slide => shown.name(),
        Beyond::Box(name) => format!("{name} on {}", shown.name()),
        Beyond::Area => format!("the room for content on {}", shown.name()),
        Beyond::Room(name) => format!("the room in {name} on {}", shown.name()),
    };
    let message = format!("{} sticks out of {place} by {}", excess.what, by.join(" and "));
    let mut found = Diagnostic::new(&code::OVERFLOW, excess.span, message);
    if matches!(excess.beyond, Beyond::Area | Beyond::Room(_)) {
        found.severity = Severity::Warning;
    }
    found.hint("say less, split the slide with `---`, or set the text in `::: columns`")
}

fn position_of_max(found: &[Excess], measure: impl Fn(&Excess) -> f64) -> Option<usize> {
    let positive = found.iter().enumerate().filter(|(_, excess)| measure(excess) > 0.0);
    positive.max_by(|(a, x), (b, y)| measure(x).total_cmp(&measure(y)).then(b.cmp(a))).map(|(index, _)| index)
}

/// How far a piece leaves the tightest box that holds or cuts it: that box, pixels across, pixels down.
fn excess(shown: &Shown<'_>, index: usize, rect: Rect, is_text: bool) -> Option<(Beyond, f64, f64)> {
    let page = Rect::from_origin_size((0.0, 0.0), shown.page.size);
    let bounds = shown
        .ancestors(index)
        // A picture is cut to its own box by design.
        .skip(usize::from(!is_text))
        .filter(|(_, element)| element.clips || element.data.contains_key("bounds"))
        .map(|(_, element)| (beyond(element), element.rect));
    // What is cut off matters more than what runs into the margin.
    let mut bounds: Vec<(Beyond, Rect)> = bounds.chain([(Beyond::Slide, page)]).collect();
    bounds.sort_by_key(|(beyond, _)| *beyond == Beyond::Area);
    for (beyond, bound) in bounds {
        let across = (bound.x0 - rect.x0).max(rect.x1 - bound.x1);
        let down = (bound.y0 - rect.y0).max(rect.y1 - bound.y1);
        if across > TOLERANCE || down > TOLERANCE {
            let beyond_tolerance = |excess: f64| if excess > TOLERANCE { excess } else { 0.0 };
            return Some((beyond, beyond_tolerance(across), beyond_tolerance(down)));
        }
    }
    None
}

/// How far a piece eats the padding of a box that is seen around it, when it leaves less than a part of it: that box,
/// pixels across, pixels down.
fn excess_of_room(shown: &Shown<'_>, index: usize, rect: Rect, is_text: bool) -> Option<(Beyond, f64, f64)> {
    // Letters do not fill their line from ascent to descent.
    let rect = if is_text { rect.inset((0.0, -rect.height() * SLACK)) } else { rect };
    // Code has the size at which its longest line fits, and bands that end where its letters do.
    if shown.ancestors(index).any(|(_, element)| element.tag == "pre") {
        return None;
    }
    for (_, element) in shown.ancestors(index).skip(usize::from(!is_text)) {
        let is_slide = element.classes.iter().any(|class| class == "slide");
        if let Some(room) = element.room.filter(|_| !is_slide) {
            let edge = element.rect;
            let eaten = |within: f64, padding: f64| if within > padding * EATEN + TOLERANCE { within } else { 0.0 };
            let across = eaten(room.x0 - rect.x0, room.x0 - edge.x0).max(eaten(rect.x1 - room.x1, edge.x1 - room.x1));
            let down = eaten(room.y0 - rect.y0, room.y0 - edge.y0).max(eaten(rect.y1 - room.y1, edge.y1 - room.y1));
            if across > 0.0 || down > 0.0 {
                return Some((Beyond::Room(name(element)), across, down));
            }
        }
        // What is put somewhere by its style need not keep to the boxes around it.
        if element.is_free {
            break;
        }
    }
    None
}

fn name(element: &ElementBox) -> String {
    match element.classes.first() {
        Some(class) => format!("the box `.{class}`"),
        None => format!("the box `{}`", element.tag),
    }
}

fn beyond(element: &ElementBox) -> Beyond {
    if element.classes.iter().any(|class| class == "slide") {
        return Beyond::Slide;
    }
    if !element.clips {
        return Beyond::Area;
    }
    Beyond::Box(name(element))
}

/// Whether the box belongs to a background, which is meant to reach over the edges.
fn is_background(shown: &Shown<'_>, index: usize) -> bool {
    shown.ancestors(index).any(|(_, element)| element.classes.iter().any(|class| class == "slide-background"))
}

fn shorten(text: &str) -> String {
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(24).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}
