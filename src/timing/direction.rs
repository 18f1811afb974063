use std::ops::Range;

use crate::talk::{Inline, InlineKind};

/// Stands for what is no text among the text of a paragraph: code, formulas, links, pictures.
pub(super) const PIECE: &str = "\u{fffc}";

/// How far a paragraph is read, in bytes of its text, and the directions in it.
pub(super) struct Place {
    at: usize,
    directions: Vec<Direction>,
    /// The first direction that does not end before `at`.
    next: usize,
}

/// What a piece of text has, in order.
#[derive(PartialEq)]
pub(super) enum Part {
    /// These bytes of it are in no direction.
    Spoken(Range<usize>),
    /// A `[click]` ends here.
    Click,
}

impl Place {
    /// The beginning of `content`.
    pub(super) fn at_start(content: &[Inline]) -> Self {
        let mut text = String::new();
        flatten(content, &mut text);
        Self { at: 0, directions: directions(&text), next: 0 }
    }

    /// Goes on by `length` bytes, and gives what they have.
    pub(super) fn pass(&mut self, length: usize) -> Vec<Part> {
        let (start, end) = (self.at, self.at + length);
        let (mut parts, mut from) = (Vec::new(), start);
        self.at = end;
        while let Some(direction) = self.directions.get(self.next).filter(|direction| direction.range.start < end) {
            if from < direction.range.start {
                parts.push(Part::Spoken(from - start..direction.range.start - start));
            }
            from = direction.range.end.min(end);
            if direction.range.end > end {
                break;
            }
            if direction.is_click {
                parts.push(Part::Click);
            }
            self.next += 1;
        }
        if from < end {
            parts.push(Part::Spoken(from - start..length));
        }
        parts
    }
}

/// A stage direction, brackets included.
struct Direction {
    range: Range<usize>,
    is_click: bool,
}

/// The stage directions in the text of a paragraph; `[ ]` and `[x]` are none.
fn directions(text: &str) -> Vec<Direction> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        let Some(close) = text[open + 1..].find(['[', ']']).map(|at| open + 1 + at) else { break };
        if text[close..].starts_with('[') {
            from = close;
            continue;
        }
        let inside = text[open + 1..close].trim();
        if !matches!(inside, "" | "x" | "X") {
            found.push(Direction { range: open..close + 1, is_click: inside.eq_ignore_ascii_case("click") });
        }
        from = close + 1;
    }
    found
}

/// Appends the text of `content` as [`Place`] counts it, marked or not.
fn flatten(content: &[Inline], text: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(piece) => text.push_str(piece),
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Highlight(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content) => flatten(content, text),
            _ => text.push_str(PIECE),
        }
    }
}
