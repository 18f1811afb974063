//! Text as people read it, from the pieces in which it is painted, and where it was written.

use crate::check::{Shown, walk};
use crate::layout::TextLine;
use crate::source::Span;
use crate::talk::{BlockKind, InlineKind};

/// The most characters of a text in a message.
const SHOWN: usize = 60;

/// Text of one block whose pieces follow one another and have the same flaw.
pub(super) struct Passage<'p> {
    /// The block, or what it lies in.
    pub(super) span: Span,
    pieces: Vec<&'p TextLine>,
}

/// The texts for which `flaw` gives something; pieces that stand together and have the same flaw make one.
pub(super) fn passages<'p, F: PartialEq>(
    shown: &Shown<'p>,
    flaw: impl Fn(&TextLine) -> Option<F>,
) -> Vec<(F, Passage<'p>)> {
    let mut out: Vec<(F, Passage<'p>)> = Vec::new();
    for (index, element) in shown.page.boxes.iter().enumerate() {
        let mut goes_on = false;
        for piece in &element.lines {
            let Some(found) = flaw(piece) else {
                goes_on = false;
                continue;
            };
            match out.last_mut().filter(|(last, _)| goes_on && *last == found) {
                Some((_, passage)) => passage.pieces.push(piece),
                None => out.push((found, Passage { span: shown.span(index), pieces: vec![piece] })),
            }
            goes_on = true;
        }
    }
    out
}

impl Passage<'_> {
    /// What stands there, with spaces where pieces are apart.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let mut before: Option<&TextLine> = None;
        for piece in &self.pieces {
            let is_apart = before.is_some_and(|before| {
                let is_next_line = piece.rect.y0 > before.rect.center().y;
                let gap = piece.rect.x0 - before.rect.x1;
                let is_wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
                if is_next_line {
                    !(is_wide(out.chars().next_back()) && is_wide(piece.text.chars().next()))
                } else {
                    gap > 0.12 * f64::from(piece.font_size)
                }
            });
            if is_apart {
                out.push(' ');
            }
            out.push_str(&piece.text);
            before = Some(piece);
        }
        out
    }

    /// The same, cut to what a message can hold.
    pub(super) fn short(&self) -> String {
        let text = self.text();
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text,
        }
    }

    /// Where just this text was written, if the talk tells; else the block.
    pub(super) fn written(&self, shown: &Shown<'_>) -> Span {
        let mut all = String::new();
        let mut ends: Vec<(usize, Span)> = Vec::new();
        walk::each_inline(&shown.slide.blocks, &mut |inline| {
            if let InlineKind::Text(text) | InlineKind::Code(text, _) = &inline.kind
                && self.span.contains(inline.span)
            {
                all.extend(text.chars().filter(|c| !c.is_whitespace()));
                ends.push((all.len(), inline.span));
            }
        });
        let sought: String = self.text().chars().filter(|c| !c.is_whitespace()).collect();
        let Some(start) = all.find(&sought) else { return self.in_html(shown) };
        let end = start + sought.len();
        // An inline reaches from the end of the one before to its own.
        let first = ends.iter().find(|(own, _)| *own > start);
        let last = ends.iter().find(|(own, _)| *own >= end);
        first.zip(last).map_or(self.span, |((_, first), (_, last))| first.to(*last))
    }

    /// The raw HTML that has the first piece, whose elements have no places; else the block.
    fn in_html(&self, shown: &Shown<'_>) -> Span {
        let sought = self.pieces.first().map_or("", |piece| piece.text.as_str());
        let mut found = None;
        walk::each_block(&shown.slide.blocks, &mut |block| {
            if matches!(&block.kind, BlockKind::Html(html) if html.contains(sought)) && self.span.contains(block.span) {
                found = found.or(Some(block.span));
            }
        });
        found.unwrap_or(if self.span == shown.slide.span { shown.start() } else { self.span })
    }
}
