//! Finished talks to the bytes of files.
//!
//! Exporters are pure: they read no file and write none, and never import one another.

pub mod calendar;
pub mod cards;
pub mod gallery;
pub mod html;
pub mod notes;
pub mod pack;
pub mod pdf;
pub mod png;
pub mod print;
pub mod questions;
pub mod results;
pub mod sheet;
pub mod symptoms;
pub mod time;
