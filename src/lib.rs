//! Retell turns a talk written in Markdown into a talk pack: an HTML deck, PDFs, notes, a timing
//! check and a follow-up sheet.
//!
//! The stages are modules of the same names, in the order a talk goes through them:
//! [`parse`] (text to [`talk::Talk`]), [`deck`] (talk and [`theme`] to HTML), [`layout`] (HTML to
//! [`layout::Page`]s), [`check`] (every rule) and [`export`] (bytes out); [`pipeline`] is the one
//! place that knows them all.

pub mod diagnostic;
pub mod export;
pub mod layout;
pub mod source;
pub mod talk;
