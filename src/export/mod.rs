//! Finished models to the bytes of output files.
//!
//! In: laid-out pages, slide HTML, the talk. Out: bytes. One module a format; they write no files and
//! never import each other.

pub mod pdf;
