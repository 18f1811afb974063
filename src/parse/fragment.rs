use std::collections::BTreeMap;

use comrak::nodes::Sourcepos;

use crate::source::{SourceId, Span};

/// Markdown put together from lines of one file, each of which knows where it was written.
///
/// The text may leave lines out or hold lines that the file does not have; comrak's line and column
/// still lead back to the file.
#[derive(Clone, Debug)]
pub(super) struct Fragment<'a> {
    source: SourceId,
    file: &'a str,
    text: String,
    lines: Vec<Origin>,
    /// What stands after the colons of a `:::` line, by the line's number in this text (from 1).
    pub(super) openers: BTreeMap<usize, String>,
}

/// Where a line was written, as a byte range of the file without the line ending.
#[derive(Clone, Copy, Debug)]
struct Origin {
    start: usize,
    end: usize,
}

impl<'a> Fragment<'a> {
    /// An empty text made from `file`.
    pub(super) fn new(source: SourceId, file: &'a str) -> Self {
        Self { source, file, text: String::new(), lines: Vec::new(), openers: BTreeMap::new() }
    }

    /// Adds `start..end` of the file as a line.
    pub(super) fn push(&mut self, start: usize, end: usize) {
        self.text.push_str(self.file.get(start..end).unwrap_or_default());
        self.text.push('\n');
        self.lines.push(Origin { start, end });
    }

    /// Adds a line of other words in the place of `start..end` of the file.
    pub(super) fn push_as(&mut self, text: &str, start: usize, end: usize) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(Origin { start, end });
    }

    /// The Markdown.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The file that the lines come from.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// The file's name in the arena.
    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// How many lines the text has.
    pub(super) fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The byte range of the file that line `line` (from 1) of this text stands for.
    pub(super) fn origin(&self, line: usize) -> (usize, usize) {
        let last = self.lines.last().map_or((0, 0), |origin| (origin.end, origin.end));
        self.lines.get(line.wrapping_sub(1)).map_or(last, |origin| (origin.start, origin.end))
    }

    /// The characters of line `line` (from 1) as the file has them.
    pub(super) fn line(&self, line: usize) -> &'a str {
        let (start, end) = self.origin(line);
        self.file.get(start..end).unwrap_or_default()
    }

    /// The place in the file of comrak's place in this text, kept within `within`.
    pub(super) fn span(&self, place: Sourcepos, within: Span) -> Span {
        let start = self.offset(place.start.line, place.start.column.saturating_sub(1));
        let end = self.offset(place.end.line, place.end.column);
        let (start, end) = (self.floor(start), self.ceil(end));
        if place.start.line == 0 || start >= end || start < within.start || end > within.end {
            return within;
        }
        Span::new(self.source, start, end)
    }

    /// The place in the file of a block, which ends with the text of its last line, kept within `within`.
    pub(super) fn block_span(&self, place: Sourcepos, within: Span) -> Span {
        let start = self.floor(self.offset(place.start.line, place.start.column.saturating_sub(1)));
        let end = self.origin(place.end.line).1.min(within.end);
        let length = self.file.get(start..end).map_or(0, |text| text.trim_end().len());
        if place.start.line == 0 || length == 0 || start < within.start {
            return within;
        }
        Span::new(self.source, start, start + length)
    }

    /// The whole of what this text was made from.
    pub(super) fn whole(&self) -> Span {
        let start = self.lines.first().map_or(0, |origin| origin.start);
        Span::new(self.source, start, self.lines.last().map_or(start, |origin| origin.end.max(start)))
    }

    /// Where `part`, the end of line `line` (from 1) of this text, starts in the file.
    pub(super) fn start_of_tail(&self, line: usize, part: &str) -> usize {
        let (start, end) = self.origin(line);
        let written = self.line(line);
        if written.ends_with(part) { end - part.len() } else { start }
    }

    fn offset(&self, line: usize, bytes: usize) -> usize {
        let (start, end) = self.origin(line);
        (start + bytes).min(end)
    }

    fn floor(&self, mut at: usize) -> usize {
        at = at.min(self.file.len());
        while !self.file.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn ceil(&self, mut at: usize) -> usize {
        while at < self.file.len() && !self.file.is_char_boundary(at) {
            at += 1;
        }
        at.min(self.file.len())
    }
}

/// The lines of `file` from byte `from` on, as byte ranges without their endings (`\n`, `\r\n` or `\r`).
pub(super) fn lines(file: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let bytes = file.as_bytes();
    let mut at = from;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let end =
            bytes[start..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |n| start + n);
        at = match bytes.get(end) {
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
            _ => end + 1,
        };
        Some((start, end))
    })
}

/// A state that a [`Fragment`] can be taken back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    bytes: usize,
    lines: usize,
}

impl Fragment<'_> {
    /// The state now.
    pub(super) fn mark(&self) -> Mark {
        Mark { bytes: self.text.len(), lines: self.lines.len() }
    }

    /// Drops every line added since `mark`.
    pub(super) fn rewind(&mut self, mark: Mark) {
        self.text.truncate(mark.bytes);
        self.lines.truncate(mark.lines);
    }
}
