//! What the audience has read and heard so far, and whether that says what an abbreviation stands for.

use std::ops::Range;

use crate::check::acronyms::words;
use crate::check::explained::is_explained_in;
use crate::talk::{Block, BlockKind, Inline, InlineKind, Slide, Talk};

/// Between a term and its description, and between the cells of a row.
pub(super) const CELL: char = '\t';

/// Words of a title that only say that the slide is about the rest of it.
const ABOUT: &[&str] = &[
    "introduction to",
    "introducing",
    "intro to",
    "overview of",
    "the basics of",
    "introduction",
    "overview",
    "basics",
    "in a nutshell",
    "in one slide",
    "101",
    "explained",
    "简介",
    "介绍",
    "概述",
    "概念",
    "基础",
    "入门",
    "是什么",
    "初识",
    "认识",
    "什么是",
];

/// Small words that an abbreviation may leave out.
const LEFT_OUT: &[&str] =
    &["a", "an", "and", "as", "by", "de", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// What the audience can have read and heard, a line for each paragraph or row.
#[derive(Default)]
pub(super) struct Heard {
    text: String,
    /// The words of `text` that may spell an abbreviation.
    parts: Vec<Range<usize>>,
    /// Titles, cut down to what their slides are about, in small letters.
    topics: Vec<String>,
}

impl Heard {
    /// What is known before the first slide.
    pub(super) fn of(talk: &Talk) -> Self {
        let mut heard = Self::default();
        for line in [Some(&talk.meta.title), talk.meta.subtitle.as_ref()].into_iter().flatten() {
            heard.text.push_str(line);
            heard.text.push('\n');
        }
        heard.parts = parts(&heard.text, 0);
        heard
    }

    /// Adds a slide: its text, its footnotes and what the speaker says to it.
    pub(super) fn add(&mut self, slide: &Slide) {
        let known = self.text.len();
        self.blocks(&slide.blocks);
        slide.footnotes.iter().for_each(|footnote| self.blocks(&footnote.blocks));
        slide.notes.iter().for_each(|note| self.blocks(&note.blocks));
        self.parts.extend(parts(&self.text, known));
        if slide.blocks.len() > 1 || !slide.notes.is_empty() {
            self.topics.extend(slide.title.iter().map(|title| topic(title)));
        }
    }

    /// Whether it says what `term` is: `MVCC (multi-version …)`, `… control (MVCC)`, `MVCC 是…`, the words whose first
    /// letters it has, a row that begins with it, or a slide of that name.
    pub(super) fn explains(&self, term: &str) -> bool {
        self.topics.contains(&term.to_lowercase())
            || self.text.lines().any(|line| line.contains(term) && is_explained_in(line, term))
            || self.spells(term)
    }

    /// Whether `term` is only a name in capitals, which is written with small letters elsewhere.
    pub(super) fn names(&self, term: &str) -> bool {
        self.parts.iter().any(|part| {
            let word = &self.text[part.clone()];
            word.eq_ignore_ascii_case(term)
                && word.starts_with(|first: char| first.is_ascii_uppercase())
                && word.bytes().any(|b| b.is_ascii_lowercase())
        })
    }

    /// Whether words of a line begin with the letters of `term`, one after the other. Small words in between may be left out.
    /// Two or three letters come together by chance, so their words have capitals or a hyphen, or the term is on the line.
    fn spells(&self, term: &str) -> bool {
        let letters: Vec<u8> = term.bytes().filter(u8::is_ascii_uppercase).map(|b| b.to_ascii_lowercase()).collect();
        (0..self.parts.len()).any(|start| {
            let Some(spelt) = self.spelt_from(start, &letters) else { return false };
            let mut words = spelt.iter().map(|part| &self.text[part.clone()]);
            let has_capitals =
                words.all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()) || LEFT_OUT.contains(&word));
            let (from, to) = (spelt[0].start, spelt[spelt.len() - 1].end);
            has_capitals
                || letters.len() > 3
                || (letters.len() == 3 && (self.text[from..to].contains('-') || self.line(from, to).contains(term)))
        })
    }

    /// The parts from `start` on that spell all letters.
    fn spelt_from(&self, start: usize, letters: &[u8]) -> Option<&[Range<usize>]> {
        let mut left = letters;
        for (index, part) in self.parts.iter().enumerate().skip(start) {
            let word = &self.text[part.clone()];
            let is_same_line =
                index == start || !self.text[self.parts[index - 1].end..part.start].contains(['\n', CELL]);
            match left {
                [letter, rest @ ..] if is_same_line && word.as_bytes()[0].eq_ignore_ascii_case(letter) => left = rest,
                _ if is_same_line && index > start && LEFT_OUT.contains(&word) => {}
                _ => return None,
            }
            if left.is_empty() {
                return self.parts.get(start..=index);
            }
        }
        None
    }

    /// The line in which this range lies.
    fn line(&self, from: usize, to: usize) -> &str {
        let start = self.text[..from].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[to..].find('\n').map_or(self.text.len(), |at| to + at);
        &self.text[start..end]
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => self.paragraph(content, '\n'),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Descriptions(items) => {
                    for item in items {
                        self.paragraph(&item.term, CELL);
                        item.details.iter().for_each(|details| self.blocks(details));
                    }
                }
                BlockKind::Table(table) => {
                    for row in std::iter::once(&table.header).chain(&table.rows) {
                        for cell in row {
                            self.paragraph(cell, CELL);
                        }
                        self.text.push('\n');
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                    self.blocks(blocks);
                }
                BlockKind::Html(html) => {
                    self.html(html);
                    self.text.push('\n');
                }
                BlockKind::Code(_) | BlockKind::Diagram(_) | BlockKind::Math(_) | BlockKind::Rule => {}
            }
        }
    }

    fn paragraph(&mut self, content: &[Inline], end: char) {
        self.inlines(content);
        self.text.push(end);
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text, _) => self.text.push_str(text),
                InlineKind::LineBreak => self.text.push('\n'),
                InlineKind::Html(html) => self.html(html),
                other => self.inlines(other.content()),
            }
        }
    }

    /// The text between tags.
    fn html(&mut self, html: &str) {
        let mut is_in_tag = false;
        for character in html.chars() {
            match character {
                '<' => is_in_tag = true,
                '>' if is_in_tag => {
                    is_in_tag = false;
                    self.text.push(' ');
                }
                _ if is_in_tag => {}
                _ => self.text.push(character),
            }
        }
    }
}

/// What a slide with this title is about.
fn topic(title: &str) -> String {
    let mut topic = title.to_lowercase();
    for words in ABOUT {
        let is_end = |c: char| c.is_whitespace() || "?？:：!！".contains(c);
        let rest = topic.trim_matches(is_end);
        let rest = rest.strip_prefix(words).unwrap_or(rest);
        topic = rest.strip_suffix(words).unwrap_or(rest).trim_matches(is_end).to_owned();
    }
    topic
}

/// The words of a text from a byte on, without those that are all capitals, and with `JavaScript` as two.
fn parts(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for word in words(&text[from..]).into_iter().map(|word| from + word.start..from + word.end) {
        let written = text[word.clone()].as_bytes();
        if written.len() > 1 && !written.iter().any(u8::is_ascii_lowercase) {
            continue;
        }
        let mut start = word.start;
        for at in 1..written.len() {
            if written[at].is_ascii_uppercase() && written[at - 1].is_ascii_lowercase() {
                found.push(start..word.start + at);
                start = word.start + at;
            }
        }
        found.push(start..word.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explains(text: &str, term: &str) -> bool {
        Heard { text: text.to_owned(), parts: parts(text, 0), topics: Vec::new() }.explains(term)
    }

    #[test]
    fn a_term_is_explained_beside_its_words() {
        for text in [
            "multi-version concurrency control (MVCC)",
            "MVCC (multi-version concurrency control)",
            "MVCCs (multi-version concurrency controls)",
            "多版本并发控制（MVCC）",
            "MVCC，也就是多版本并发控制",
            "MVCC，即多版本并发控制",
            "MVCC 全称 Multi-Version Concurrency Control",
            "多版本并发控制，简称 MVCC",
            "MVCC 是一种做法",
            "MVCC means many versions",
            "MVCC - many versions",
            "MVCC, i.e. many versions",
            "many versions, or MVCC for short",
            "多版本，也就是 MVCC",
            "many versions, known as MVCC",
            "What is MVCC?",
            "什么是 MVCC",
            "2. 多版本并发控制 MVCC",
            "MVCC/SSI: multi-version concurrency control, serialisable snapshots",
            "MVCC\t旧的行留着，直到没有人读",
        ] {
            assert!(explains(text, "MVCC"), "{text}");
        }
        for text in [
            "we use MVCC here",
            "MVCC 很快",
            "深入理解 MVCC",
            "xMVCC (a name)",
            "it goes (MVCC since 1999)",
            "MVCC\t✓\t✗",
            "MVCC\t3 MB",
        ] {
            assert!(!explains(text, "MVCC"), "{text}");
        }
    }

    #[test]
    fn words_spell_a_term() {
        assert!(explains("The write-ahead log\nWAL files", "WAL"));
        assert!(explains("Custom Resource Definition\nCRDs", "CRD"));
        assert!(explains("a language server protocol, LSP 3.17", "LSP"));
        assert!(explains("Infrastructure as Code", "IC") && explains("a TypeScript file", "TS"));
        assert!(!explains("we all like it", "WAL"));
        assert!(!explains("every pod", "EP"));
    }

    #[test]
    fn a_title_may_only_name_its_topic() {
        assert_eq!(
            [topic("What is it"), topic("WAL 简介"), topic("Introduction to WAL")],
            ["what is it", "wal", "wal"]
        );
    }
}
