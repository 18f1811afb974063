//! What talks say about symptoms, searched by the text of an error or by a question.
//!
//! In: [`crate::talk::Talk`]s, or their sources where there are many. Out: their [`Entry`]s, and how well each fits a
//! [`Query`]. Few talks are worth reading for one query, so [`scan`] finds those that are. It must not know where talks
//! lie or how entries are shown.

mod passage;
mod query;
mod scan;
#[cfg(test)]
mod tests;
mod words;

pub use passage::{Entry, Origin, Passage};
pub use query::{Hits, Query, Statistics};
pub use scan::{Scanned, scan, scan_kept};
