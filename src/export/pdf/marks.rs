//! Which part of the document the pieces of a content stream belong to; see PDF 32000-1, 14.6.

use kurbo::Rect;
use printpdf::{DictItem, Op};

use super::content::Canvas;
use super::unicode::utf16;
use crate::layout::PartOf;

/// What a piece of a content stream is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark {
    /// It is there to be looked at.
    Decoration,
    /// It belongs to a part.
    Part(PartOf),
}

/// What is said of pieces of a content stream.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The piece that is being drawn.
    open: Option<Mark>,
    /// Whether that piece has its own text.
    stands_for_text: bool,
    /// The part that all belongs to, whatever is drawn.
    held: Option<PartOf>,
    /// The parts of the pieces so far.
    parts: Vec<PartOf>,
}

impl Marks {
    /// Returns the part of each piece that was marked, by the numbers of the pieces.
    pub(super) fn into_parts(self) -> Vec<PartOf> {
        self.parts
    }
}

impl Canvas {
    /// The same for what says of each piece which part of the document it belongs to.
    pub(super) fn marked(mut self) -> Self {
        self.marks = Some(Marks::default());
        self
    }

    /// Returns an empty canvas for a group of this one.
    pub(super) fn group(&self, bounds: Rect) -> Self {
        let group = Self::new(bounds);
        // What is drawn within a picture belongs to it as a whole.
        if self.marks.as_ref().is_some_and(|marks| marks.held.is_none()) { group.marked() } else { group }
    }

    /// What follows belongs to `part`, until the next mark; without one it is there to be looked at.
    pub(super) fn mark(&mut self, part: Option<PartOf>) {
        self.mark_as(part, None);
    }

    /// The same for a new piece that stands for `text`, when there is some.
    pub(super) fn mark_as(&mut self, part: Option<PartOf>, text: Option<&str>) {
        let Some(marks) = &mut self.marks else { return };
        let part = marks.held.or(part);
        let mark = part.map_or(Mark::Decoration, Mark::Part);
        if marks.open == Some(mark) && text.is_none() && !marks.stands_for_text {
            return;
        }
        if marks.open.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
        marks.open = Some(mark);
        marks.stands_for_text = text.is_some();
        self.ops.push(match part {
            Some(part) => {
                let number = DictItem::Int(i64::try_from(marks.parts.len()).unwrap_or_default());
                marks.parts.push(part);
                let text = text.map(|text| ("ActualText".to_owned(), actual_text(text)));
                let map = [("MCID".to_owned(), number)].into_iter().chain(text).collect();
                let properties = DictItem::Dict { map };
                Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties }
            }
            None => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
        });
    }

    /// Returns the part that what was drawn last belongs to.
    pub(super) fn marked_part(&self) -> Option<PartOf> {
        match self.marks.as_ref()?.open? {
            Mark::Part(part) => Some(part),
            Mark::Decoration => None,
        }
    }

    /// Whether the piece that is being drawn has its own text.
    pub(super) fn stands_for_text(&self) -> bool {
        self.marks.as_ref().is_some_and(|marks| marks.stands_for_text)
    }

    /// What follows marks its pieces itself.
    pub(super) fn unmark(&mut self) {
        let Some(marks) = &mut self.marks else { return };
        if marks.held.is_some() {
            // It belongs to the picture, and to none of its texts.
            self.mark(None);
        } else if marks.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    /// All that follows belongs to `part`, until it is let go; `false` where it belongs to a picture already.
    pub(super) fn hold(&mut self, part: PartOf) -> bool {
        self.mark(Some(part));
        let Some(marks) = self.marks.as_mut().filter(|marks| marks.held.is_none()) else { return false };
        marks.held = Some(part);
        true
    }

    /// What follows is marked anew.
    pub(super) fn let_go(&mut self) {
        if let Some(marks) = &mut self.marks {
            marks.held = None;
        }
        self.unmark();
    }
}

/// Returns what a piece stands for, as its properties say it.
pub(super) fn actual_text(text: &str) -> DictItem {
    DictItem::String { data: utf16(text), literal: false }
}
