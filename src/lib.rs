//! Retell turns a talk written in Markdown into a talk pack: an HTML deck, PDFs, notes, a timing
//! check and a follow-up sheet.
//!
//! The stages are modules of the same names, in the order a talk goes through them:
//! [`parse`] (text to [`talk::Talk`]), [`deck`] (talk and [`theme`] to HTML), [`layout`] (HTML to
//! [`layout::Page`]s), [`timing`] (what time there is), [`rehearsal`] (what earlier runs teach), [`recall`] (what the
//! audience takes home), [`qa`] (what it asked), [`check`] (every rule) and [`export`] (bytes out); [`pipeline`] is the one place that knows them
//! all, [`serve`] hands what it made to browsers while a talk is written or given, and [`cli`] is the only one that
//! prints. What several stages need stands beside them:
//! [`source`], [`diagnostic`], [`asset`], [`paper`] (slides and text on printed pages) and the reader of YAML.

pub mod asset;
pub mod check;
pub mod cli;
pub mod deck;
pub mod diagnostic;
mod escape;
pub mod export;
pub mod layout;
pub mod paper;
pub mod parse;
pub mod pipeline;
pub mod qa;
pub mod recall;
pub mod rehearsal;
pub mod serve;
pub mod source;
pub mod talk;
pub mod theme;
pub mod timing;
mod yaml;
