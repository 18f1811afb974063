//! Files as the stages see them.
//!
//! In: bytes from a [`Loader`]. Out: [`Sources`], an arena of texts, and [`Span`]s into them, which
//! every later stage carries so that a message can name file, line and column.
//! This module knows nothing of talks, Markdown or messages.

mod loader;
mod span;
mod text;

pub use loader::{DiskLoader, LoadError, Loader, MAX_FILE_BYTES, MemoryLoader, Stamp};
pub use span::{Span, Spanned};
pub use text::{Location, Source, SourceId, Sources};
