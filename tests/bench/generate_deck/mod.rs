//! A made-up talk for benchmarks and trials.
//!
//! Slide n is the same whatever the number of slides, so that a deck of 30 is the start of a deck of 300.
//! The same choices give the same bytes. All of its text was written for this generator.

mod chance;
mod phrases;
mod pictures;
mod slides;
mod snippets;
mod write;

use std::fs;
use std::path::Path;

use clap::ValueEnum;

/// The language of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Chinese
    Zh,
    /// Chinese with some English
    Mixed,
}

/// The spelling of slides, notes and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// Retell's own
    Retell,
    /// Marp's, which Retell reads too
    Marp,
}

/// Writes a talk of `count` slides and its pictures to the folder `out`; gives one line on what was written.
pub(crate) fn generate(out: &Path, count: u32, language: Language, dialect: Dialect) -> std::io::Result<String> {
    let slides = slides::talk(count, language);
    let text = write::markdown(&slides, language, dialect);
    let name = if dialect == Dialect::Marp { "deck.md" } else { "talk.md" };
    fs::create_dir_all(out.join("img"))?;
    fs::write(out.join(name), &text)?;
    let pictures = slides.iter().flat_map(slides::Slide::pictures).collect::<Vec<_>>();
    for picture in &pictures {
        fs::write(out.join(picture.path()), pictures::bytes(picture, language))?;
    }
    let (count, bytes) = (slides.len(), text.len());
    Ok(format!("{name}: {count} slides, {bytes} bytes, {} pictures", pictures.len()))
}
