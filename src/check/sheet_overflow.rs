//! More on the follow-up sheet than its two pages hold.

use crate::check::recall_answers::length_in;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code, counted};
use crate::layout::{ElementBox, Page};
use crate::recall::FollowUp;
use crate::source::Span;

/// The most words, or Han characters, that somebody reads on a page.
const WORDS: f64 = 450.0;
const HAN: f64 = 750.0;

/// How many symptoms and questions the front has room for.
const SYMPTOMS: usize = 3;
const QUESTIONS: usize = 7;

/// Pixels by which content may stick out: rounding.
const TOLERANCE: f64 = 1.0;

/// A line of text on paper, in pixels.
const LINE: f64 = 21.0;

const SIDES: [&str; 2] = ["front", "back"];

/// Says what has no room on the `pages`, front and back, of the sheet.
///
/// Kept questions that have none are no finding: the sheet itself says how many more there are, and where.
pub fn check(follow_up: &FollowUp, pages: &[Page; 2], diagnostics: &mut Diagnostics) {
    left_out(follow_up, diagnostics);
    for (page, side) in pages.iter().zip(SIDES) {
        let Some(longest) = longest(follow_up, page) else { continue };
        let excess = excess(page);
        let share = share(page);
        let told = if excess > 0.0 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines on a page")]
            let lines = (excess / LINE).ceil() as usize;
            let lines = counted(lines, "line");
            format!("the {side} of the follow-up sheet is {lines} too long, and its end is cut off")
        } else if share > 1.0 {
            let percent = (share * 100.0 - 100.0).ceil();
            format!("the {side} of the follow-up sheet has {percent} % more text than people read on a page")
        } else {
            continue;
        };
        let hint = format!("the longest piece there is this {}: shorten it first", longest.what);
        diagnostics.push(Diagnostic::new(&code::SHEET_OVERFLOW, longest.span, told).hint(hint));
    }
    missing(follow_up, pages, diagnostics);
}

/// Whether everything on a page can be seen.
#[must_use]
pub fn fits(page: &Page) -> bool {
    excess(page) <= 0.0
}

/// How much text is on a page: 1.0 is as much as people read.
fn share(page: &Page) -> f64 {
    // Kept questions take the room that is left, and are looked up one at a time.
    let is_kept = |index| ancestors(page, index).filter_map(|outer| page.boxes.get(outer)).any(is_kept_question);
    let read = page.boxes.iter().enumerate().filter(|(index, _)| !is_kept(*index)).map(|(_, found)| found);
    // Commands are copied, not read.
    let lines = read.flat_map(|found| &found.lines).filter(|line| line.owner_tag != "code");
    let text: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
    length_in(&text.join(" "), WORDS, HAN)
}

fn is_kept_question(found: &ElementBox) -> bool {
    found.data.get("piece").is_some_and(|piece| piece.starts_with("qa:"))
}

/// By how many pixels a page's content is longer than its room; 0 when it fits.
fn excess(page: &Page) -> f64 {
    let Some((at, room)) = page.boxes.iter().enumerate().find(|(_, found)| found.data.contains_key("bounds")) else {
        return 0.0;
    };
    let inside = page.boxes.iter().enumerate().skip(at + 1);
    let is_shown = |index: usize| {
        let outer = ancestors(page, index).skip(1).take_while(|outer| *outer != at);
        lies_in(page, index, at) && !outer.filter_map(|outer| page.boxes.get(outer)).any(|outer| outer.clips)
    };
    let bottoms = inside
        .filter(|(index, _)| is_shown(*index))
        .flat_map(|(_, found)| std::iter::once(found.rect.y1).chain(found.lines.iter().map(|line| line.rect.y1)));
    let excess = bottoms.fold(0.0, f64::max) - room.rect.y1;
    if excess > TOLERANCE { excess } else { 0.0 }
}

/// The numbers of a box and of all it lies in, inside out.
fn ancestors(page: &Page, index: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(index), |index| page.boxes.get(*index).and_then(|found| found.parent))
}

fn lies_in(page: &Page, index: usize, outer: usize) -> bool {
    ancestors(page, index).any(|index| index == outer)
}

/// What stands only in `follow-up.html`.
fn left_out(follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    let mut tell = |span: Option<Span>, left: usize, what: &str, room: &str| {
        let Some(span) = span else { return };
        let they = if left == 1 { "stands" } else { "stand" };
        let message = format!("{} {they} in `follow-up.html` only: {room}", counted(left, what));
        let found = Diagnostic::new(&code::SHEET_OVERFLOW, span, message);
        diagnostics.push(found.hint("put what matters most first, or say the same with fewer"));
    };
    let triggers = &follow_up.triggers;
    let span = triggers.get(SYMPTOMS).map(|trigger| trigger.span);
    let left = triggers.len().saturating_sub(SYMPTOMS);
    tell(span, left, "`trigger`", "the follow-up sheet has room for 3");
    let items: Vec<_> = follow_up.practised().collect();
    let span = items.get(QUESTIONS).map(|item| item.span);
    let left = items.len().saturating_sub(QUESTIONS);
    tell(span, left, "`recall` question", "the follow-up sheet has room for 7");
}

/// A piece of the talk on the sheet.
struct Piece {
    what: &'static str,
    span: Span,
}

/// The piece that takes the most lines of text on a page.
fn longest(follow_up: &FollowUp, page: &Page) -> Option<Piece> {
    let pieces = page.boxes.iter().enumerate().filter(|(_, found)| found.data.contains_key("piece"));
    let with_length = pieces.map(|(at, found)| (text_length(page, at), found));
    let (_, found) = with_length.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    piece(follow_up, found)
}

/// How long the text in a box is, in characters as wide as they are.
fn text_length(page: &Page, outer: usize) -> f64 {
    let inside = page.boxes.iter().enumerate().skip(outer).filter(|(index, _)| lies_in(page, *index, outer));
    inside.flat_map(|(_, found)| &found.lines).map(|line| line.rect.width()).sum()
}

/// What a box says it is.
fn piece(follow_up: &FollowUp, found: &ElementBox) -> Option<Piece> {
    let (kind, id) = found.data.get("piece")?.split_once(':')?;
    let of = |what, span: Option<Span>| span.map(|span| Piece { what, span });
    match kind {
        "trigger" => {
            of("`trigger`", follow_up.triggers.iter().find(|trigger| trigger.id == id).map(|trigger| trigger.span))
        }
        "adopt" => of("`adopt`", follow_up.adoptions.iter().find(|adoption| adoption.id == id).map(|found| found.span)),
        "qa" => of("question", follow_up.answered().nth(id.parse().ok()?).map(|question| question.span)),
        _ => of("`recall` question", follow_up.items.iter().find(|item| item.id == id).map(|item| item.span)),
    }
}

/// Characters that no font has.
fn missing(follow_up: &FollowUp, pages: &[Page; 2], diagnostics: &mut Diagnostics) {
    let first = follow_up.items.first().map(|item| item.span);
    let first = first.or_else(|| follow_up.triggers.first().map(|trigger| trigger.span));
    let mut told: Vec<char> = Vec::new();
    for missing in pages.iter().flat_map(|page| &page.missing) {
        if told.contains(&missing.character) {
            continue;
        }
        told.push(missing.character);
        let message = format!("no font has `{}`, so the follow-up sheet shows a box for it", missing.character);
        let mut found = Diagnostic::new(&code::MISSING_GLYPH, first, message);
        found.severity = Severity::Warning;
        diagnostics.push(found.hint(format!("it stands in `{}`; write it in words", missing.context)));
    }
}
