use std::hash::{Hash, Hasher};

use crate::source::SourceId;

/// A half-open byte range of one source text.
///
/// Both ends lie on character boundaries of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The text that the range is in.
    pub source: SourceId,
    /// First byte of the range.
    pub start: usize,
    /// The byte after the range.
    pub end: usize,
}

/// Hashes the length alone, so that what moved as a whole keeps its hash.
impl Hash for Span {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.end - self.start).hash(state);
    }
}

impl Span {
    /// The range `start..end` of `source`.
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span must not end before it starts");
        Self { source, start, end }
    }

    /// The smallest range that covers both; `other` must be of the same source.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.source, self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies within this range of the same source.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, as written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
