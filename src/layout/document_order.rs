//! The order of text on a page.
//!
//! Placed boxes are painted after all others, so a heading with `position: relative` would be copied behind the text
//! below it. What is read earlier is painted earlier, as far as nothing lies between that it would then lie under.

use kurbo::{Rect, Shape as _, Vec2};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::layout::page::{Command, GlyphRun};

/// Texts are looked for no farther back than this: a page that has more between is read as it is painted.
const FARTHEST: usize = 2000;

/// A command, or what belongs together from a push to its pop.
struct Item {
    commands: Vec<Command>,
    /// The earliest and the latest of its texts by their place in the document.
    reads: Option<(usize, usize)>,
    /// Where it paints.
    bounds: Rect,
}

/// The commands, with texts in the order of the document; each command comes with the place of its text there.
pub(super) fn in_document_order(commands: Vec<(Command, Option<usize>)>) -> Vec<Command> {
    if commands.iter().filter_map(|(_, place)| *place).is_sorted() {
        return commands.into_iter().map(|(command, _)| command).collect();
    }
    // What is open, outermost first: what opens it, and what is in it so far.
    let mut open: Vec<(Option<Command>, Vec<Item>)> = vec![(None, Vec::new())];
    for (command, place) in commands {
        match command {
            Command::PushClip { .. } | Command::PushGroup { .. } | Command::PushMask { .. } | Command::PushPart(_) => {
                open.push((Some(command), Vec::new()));
            }
            Command::Pop => close(&mut open, true),
            Command::Fill { .. } | Command::Stroke { .. } | Command::Glyphs(_) | Command::Shadow { .. } => {
                let item = Item {
                    bounds: bounds(&command),
                    commands: vec![command],
                    reads: place.map(|place| (place, place)),
                };
                if let Some((_, items)) = open.last_mut() {
                    items.push(item);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open, false);
    }
    let mut items = open.pop().map(|(_, items)| items).unwrap_or_default();
    sort(&mut items);
    items.into_iter().flat_map(|item| item.commands).collect()
}

/// Makes what was opened last an item of what is around it.
fn close(open: &mut Vec<(Option<Command>, Vec<Item>)>, pops: bool) {
    if open.len() < 2 {
        return;
    }
    let Some((Some(push), mut items)) = open.pop() else { return };
    sort(&mut items);
    let reads = items.iter().filter_map(|item| item.reads).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let bounds = match push {
        Command::PushPart(_) => {
            items.iter().map(|item| item.bounds).reduce(|all, one| all.union(one)).unwrap_or_default()
        }
        _ => bounds(&push),
    };
    let inner = items.into_iter().flat_map(|item| item.commands);
    let commands = std::iter::once(push).chain(inner).chain(pops.then_some(Command::Pop)).collect();
    if let Some((_, around)) = open.last_mut() {
        around.push(Item { commands, reads, bounds });
    }
}

/// Moves each text before those that are read later.
fn sort(items: &mut [Item]) {
    let mut latest: Option<usize> = None;
    for index in 0..items.len() {
        let Some((first, last)) = items[index].reads else { continue };
        if latest.is_some_and(|latest| first < latest) {
            let (start, bounds) = with_ground(items, index);
            if let Some(to) = place_before(&items[..start], bounds, last) {
                items[to..=index].rotate_right(index + 1 - start);
            }
        }
        latest = latest.max(Some(last));
    }
}

/// Where an item begins together with the shapes right before it that it stands on, and what they cover.
fn with_ground(items: &[Item], index: usize) -> (usize, Rect) {
    let (mut start, mut covered) = (index, items[index].bounds);
    while let Some(before) = start.checked_sub(1).filter(|before| index - before < FARTHEST) {
        let ground = &items[before];
        if ground.reads.is_some() || !overlap(ground.bounds, covered) {
            break;
        }
        covered = covered.union(ground.bounds);
        start = before;
    }
    (start, covered)
}

/// The first of the items before it that is read later and that it can be painted before.
fn place_before(items: &[Item], bounds: Rect, last: usize) -> Option<usize> {
    let mut place = None;
    for (index, item) in items.iter().enumerate().rev().take(FARTHEST) {
        if overlap(item.bounds, bounds) {
            break;
        }
        match item.reads {
            Some((first, _)) if first > last => place = Some(index),
            Some(_) => break,
            None => {}
        }
    }
    place
}

/// Whether two areas have more than an edge in common; boxes are painted on whole pixels, and so up to one beside theirs.
fn overlap(one: Rect, other: Rect) -> bool {
    let both = one.intersect(other);
    both.width() > 1.0 && both.height() > 1.0
}

/// Where a command paints; for a push, where all that it opens does.
fn bounds(command: &Command) -> Rect {
    match command {
        Command::PushClip { path, .. }
        | Command::PushGroup { path, .. }
        | Command::PushMask { path }
        | Command::Fill { path, .. } => path.bounding_box(),
        Command::Stroke { path, stroke, transform, .. } => {
            let margin = stroke.width * stroke.miter_limit.max(1.0) / 2.0;
            transform.transform_rect_bbox(path.bounding_box().inflate(margin, margin))
        }
        Command::Shadow { rect, deviation, transform, .. } => {
            transform.transform_rect_bbox(rect.inflate(3.0 * deviation, 3.0 * deviation))
        }
        Command::Glyphs(run) => letters(run),
        Command::PushPart(_) | Command::Pop => Rect::ZERO,
    }
}

/// The area of a run's letters.
fn letters(run: &GlyphRun) -> Rect {
    let Ok(font) = FontRef::from_index(run.font.data.as_ref(), run.font.index) else { return Rect::ZERO };
    let metrics = font.glyph_metrics(Size::new(run.font_size), LocationRef::default());
    let places = run.glyphs.iter().filter_map(|glyph| {
        let ink = metrics.bounds(GlyphId::new(glyph.id.into()))?;
        let ink = Rect::new(ink.x_min.into(), (-ink.y_max).into(), ink.x_max.into(), (-ink.y_min).into());
        Some(ink + Vec2::new(glyph.x.into(), glyph.y.into()))
    });
    run.transform.transform_rect_bbox(places.reduce(|all, one| all.union(one)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::page::{FillRule, Paint, Rgba};

    /// A square whose left edge tells it from others.
    fn square(x: f64, y: f64) -> Command {
        let black = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };
        let path = Rect::new(x, y, x + 10.0, y + 10.0).to_path(0.1);
        Command::Fill { path, rule: FillRule::NonZero, paint: Paint::Solid(black) }
    }

    fn clip() -> Command {
        Command::PushClip { path: Rect::new(0.0, 100.0, 50.0, 150.0).to_path(0.1), rule: FillRule::NonZero }
    }

    fn edges(commands: Vec<(Command, Option<usize>)>) -> Vec<i32> {
        #[allow(clippy::cast_possible_truncation, reason = "small whole numbers")]
        in_document_order(commands).iter().map(|command| bounds(command).x0 as i32).collect()
    }

    #[test]
    fn what_is_read_earlier_comes_earlier_with_its_ground() {
        let commands = vec![
            (square(20.0, 20.0), Some(2)),
            (square(40.0, 40.0), Some(3)),
            (square(1.0, 0.0), None),
            (square(2.0, 0.0), Some(1)),
        ];
        assert_eq!(edges(commands), [1, 2, 20, 40]);
    }

    #[test]
    fn what_lies_over_another_stays_over_it() {
        let commands = vec![(square(20.0, 20.0), Some(2)), (square(5.0, 20.0), None), (square(21.0, 25.0), Some(1))];
        assert_eq!(edges(commands), [20, 5, 21]);
    }

    #[test]
    fn clips_stay_whole_and_unbalanced_ones_lose_nothing() {
        let commands = vec![
            (clip(), None),
            (square(20.0, 120.0), Some(2)),
            (Command::Pop, None),
            (square(2.0, 0.0), Some(1)),
            (Command::Pop, None),
            (clip(), None),
            (square(30.0, 120.0), Some(3)),
        ];
        assert_eq!(edges(commands), [2, 0, 20, 0, 0, 30]);
    }
}
