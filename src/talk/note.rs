use std::time::Duration;

use crate::source::{Span, Spanned};
use crate::talk::Block;

/// One speaker note; a slide may have several.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Note {
    /// The Markdown as written, without the comment's marks and common indent.
    pub markdown: String,
    /// The same, read; cues stay in the text as they were written.
    pub blocks: Vec<Block>,
    /// The cues in the note, in order, each with its brackets.
    pub cues: Vec<Spanned<Cue>>,
    /// Where it was written.
    pub span: Span,
}

/// A stage direction in a note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// `[click]`: advance one step.
    Click,
    /// `[pause]` or `[pause 5s]`.
    Pause(Option<Duration>),
    /// Any other `[…]`, its words.
    Direction(String),
}
