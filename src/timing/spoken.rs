use crate::talk::{Block, BlockKind, Inline, InlineKind, plain_text};
use crate::timing::constants::{CODE_WORDS, FORMULA_WORDS};
use crate::timing::count::{Counter, Counts};
use crate::timing::direction::{PIECE, Part, Place};

/// What of some blocks is spoken, and how it is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    pub(super) counts: Counts,
    /// What of it comes before each `[click]`.
    pub(super) at_clicks: Vec<Counts>,
    /// Paragraphs and other lines that say something.
    pub(super) lines: u32,
    /// Those of them that are items of a list.
    pub(super) items: u32,
    /// Sentences; a line that does not end in a full stop ends one all the same.
    pub(super) sentences: u32,
}

impl Spoken {
    /// What of `blocks` is spoken: no code, no pictures, no raw HTML and no words in brackets.
    pub(super) fn of(blocks: &[Block], counter: &Counter) -> Self {
        let mut reader = Reader { counter, spoken: Self::default(), in_list: false };
        reader.blocks(blocks);
        reader.spoken
    }

    /// Adds what another text has.
    pub(super) fn add(&mut self, other: &Self) {
        let before = self.counts;
        self.at_clicks.extend(other.at_clicks.iter().map(|at| {
            let mut all = before;
            all.add(*at);
            all
        }));
        self.counts.add(other.counts);
        self.lines = self.lines.saturating_add(other.lines);
        self.items = self.items.saturating_add(other.items);
        self.sentences = self.sentences.saturating_add(other.sentences);
    }
}

/// Goes through blocks in order.
struct Reader<'c> {
    counter: &'c Counter,
    spoken: Spoken,
    in_list: bool,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.line(content),
                BlockKind::List(list) => {
                    let outer = std::mem::replace(&mut self.in_list, true);
                    list.items.iter().for_each(|item| self.blocks(&item.blocks));
                    self.in_list = outer;
                }
                BlockKind::Descriptions(items) => {
                    for item in items {
                        self.line(&item.term);
                        item.details.iter().for_each(|details| self.blocks(details));
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::Table(table) => {
                    table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.line(cell));
                }
                BlockKind::Math(_) => {
                    self.spoken.counts.add(Counts { words: FORMULA_WORDS, ..Counts::default() });
                }
                BlockKind::Code(_) | BlockKind::Diagram(_) | BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    /// The text of one paragraph, heading, term or cell.
    fn line(&mut self, content: &[Inline]) {
        let before = self.spoken.counts;
        let ends = self.inlines(content);
        if self.spoken.counts != before {
            self.spoken.lines = self.spoken.lines.saturating_add(1);
            self.spoken.items = self.spoken.items.saturating_add(u32::from(self.in_list));
            self.spoken.sentences = self.spoken.sentences.saturating_add(ends.max(1));
        }
    }

    /// Counts running text without its stage directions; gives how many sentences end in it.
    fn inlines(&mut self, content: &[Inline]) -> u32 {
        self.said(content, &mut Place::at_start(content))
    }

    /// Counts what of `content`, which begins at `place`, is no direction.
    fn said(&mut self, content: &[Inline], place: &mut Place) -> u32 {
        let mut ends = 0_u32;
        for inline in content {
            ends = ends.saturating_add(match &inline.kind {
                InlineKind::Text(text) => self.text(text, place),
                InlineKind::Emphasis(content)
                | InlineKind::Strong(content)
                | InlineKind::Strikethrough(content)
                | InlineKind::Highlight(content)
                | InlineKind::Superscript(content)
                | InlineKind::Subscript(content) => self.said(content, place),
                kind if place.pass(PIECE.len()).contains(&Part::Spoken(0..PIECE.len())) => self.piece(kind),
                _ => 0,
            });
        }
        ends
    }

    /// Counts an inline that is spoken whole or not at all.
    fn piece(&mut self, kind: &InlineKind) -> u32 {
        match kind {
            InlineKind::Code(code, _) => {
                self.code(code);
                0
            }
            InlineKind::Math { .. } => {
                self.spoken.counts.add(Counts { words: FORMULA_WORDS, ..Counts::default() });
                0
            }
            // Of an address that stands for itself only the host is spoken, also when it lacks its scheme.
            InlineKind::Link { target, content, .. } => match plain_text(content) {
                shown if !shown.is_empty() && target.ends_with(&shown) => {
                    self.spoken.counts.add(self.counter.count(target));
                    sentence_ends(target)
                }
                _ => self.inlines(content),
            },
            _ => 0,
        }
    }

    /// Counts what of `text`, which begins at `place`, is no direction, and notes where the clicks are.
    fn text(&mut self, text: &str, place: &mut Place) -> u32 {
        let mut ends = 0_u32;
        for part in place.pass(text.len()) {
            match part {
                Part::Spoken(range) => {
                    self.spoken.counts.add(self.counter.count(&text[range.clone()]));
                    ends = ends.saturating_add(sentence_ends(&text[range]));
                }
                Part::Click => self.spoken.at_clicks.push(self.spoken.counts),
            }
        }
        ends
    }

    /// Names in the text are read out, long code is not.
    fn code(&mut self, code: &str) {
        let mut counts = self.counter.count(code);
        counts.words = counts.words.min(CODE_WORDS);
        let left = CODE_WORDS - counts.words;
        counts.letters = counts.letters.min(left.saturating_mul(2));
        counts.digits = counts.digits.min(left.saturating_mul(2));
        self.spoken.counts.add(counts);
    }
}

/// How many sentences end in `text`: a point counts at the end of a word only.
fn sentence_ends(text: &str) -> u32 {
    let mut ends = 0_u32;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let mut at_end = || characters.peek().is_none_or(|next| next.is_whitespace());
        let ends_here = matches!(c, '。' | '！' | '？' | '…') || (matches!(c, '.' | '!' | '?') && at_end());
        ends = ends.saturating_add(u32::from(ends_here));
    }
    ends
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::timing::tests::talk;

    fn spoken(note: &str) -> Spoken {
        let talk = talk("", &format!("# A\n\n<!--\n{note}\n-->\n"));
        Spoken::of(&talk.slides[0].notes[0].blocks, &Counter::new("en", &BTreeMap::new()))
    }

    #[test]
    fn only_what_is_said_counts() {
        assert_eq!(spoken("[click] one [look at him] two [pause 5s]").counts.words, 2);
        assert_eq!(spoken("one\n\n```sql\nSELECT a FROM b\n```\n\ntwo ![a b c](x.png) <b>three</b>").counts.words, 3);
        assert_eq!(spoken("so $x^2 + y$ and\n\n$$\n\\sum x\n$$\n").counts.words, 2 + 2 + 2);
        assert_eq!(spoken("call `a_b_c_d_e()` now").counts.words, 5);
        assert_eq!(spoken("[the manual](https://example.com/a/b), https://example.com/c").counts.words, 4);
    }

    #[test]
    fn directions_may_have_marks_in_them() {
        let words = |note: &str| spoken(note).counts.words;
        assert_eq!(words("one [see *this* slide] two"), 2);
        assert_eq!(words("one [**open** the `console` and $x$] two [wait] three"), 3);
        assert_eq!(words("one *two [wait* for **it**] three"), 3);
        assert_eq!(words("one [see [the manual](https://example.com/a)] two"), 2);
        assert_eq!(spoken("先看[打开 **控制台**]这里").counts.han, 4);
        let next = spoken("One. [point at *it*.] Two!");
        assert_eq!((next.counts.words, next.sentences), (2, 2));
        let clicks = spoken("one [click] *two [see **it**] [click]* three").at_clicks;
        assert_eq!(clicks.iter().map(|at| at.words).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn brackets_that_direct_nothing_are_read_on() {
        let words = |note: &str| spoken(note).counts.words;
        assert_eq!(words("one [the *manual*](https://example.com/a) two"), 4);
        assert_eq!(words("one [two *three* four"), 4);
        assert_eq!(words("one [two *three*\n\nfour] five"), 5);
        assert_eq!(words("- [ ] *one* two\n- [x] three\n"), 3);
        assert_eq!(words("one [two [three *four*] five"), 3);
        assert_eq!(words("[a [b *c*](https://example.com/a)"), 3);
    }

    #[test]
    fn sentences_and_items_are_told_apart() {
        let script = spoken("Version 8.0 is out. Is it good? Yes!\n\n今天讲锁。先看图");
        assert_eq!((script.lines, script.items, script.sentences), (2, 0, 4));
        let cues = spoken("Cues:\n\n- wait events\n- locks first");
        assert_eq!((cues.lines, cues.items, cues.sentences), (3, 2, 3));
    }
}
