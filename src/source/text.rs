use crate::source::Span;

/// Names one text of a [`Sources`] arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(usize);

/// Every text that one build has read, in the order of reading.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<Source>,
}

impl Sources {
    /// Adds a text under the name that messages show for it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.texts.push(Source::new(name.into(), text.into()));
        SourceId(self.texts.len() - 1)
    }

    /// The text named by `id`.
    ///
    /// # Panics
    /// When `id` comes from another arena.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.0]
    }

    /// Every text, in the order of reading.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.texts.iter()
    }

    /// The characters that `span` covers.
    #[must_use]
    pub fn snippet(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.start..span.end).unwrap_or_default()
    }
}

/// One text with its line index.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    fn new(name: String, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, text, line_starts }
    }

    /// The name that messages show: the path as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines the text has; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Byte range of line `line` (from 1), without its line ending.
    #[must_use]
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let Some(&start) = self.line_starts.get(line.wrapping_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The text of line `line` (from 1), without its line ending.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        &self.text[self.line_range(line)]
    }

    /// Line and column of the byte at `offset`; past the end, of the end.
    #[must_use]
    pub fn location(&self, offset: usize) -> Location {
        let offset = self.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        Location { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// Byte offset of a line (from 1) and a *byte* column (from 1), as comrak and YAML readers count.
    #[must_use]
    pub fn offset(&self, line: usize, byte_column: usize) -> usize {
        let start = self.line_starts.get(line.wrapping_sub(1)).copied().unwrap_or(self.text.len());
        self.floor_char_boundary(start + byte_column.saturating_sub(1))
    }

    fn floor_char_boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
