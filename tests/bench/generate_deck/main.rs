//! Writes a made-up talk for benchmarks and trials: `cargo run --example generate-deck -- --slides 100 --out DIR`.
//!
//! Slide n is the same whatever the number of slides, so that a deck of 30 is the start of a deck of 300.
//! The same arguments give the same bytes. All of its text was written for this generator.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, which says what it did")]

mod chance;
mod phrases;
mod pictures;
mod slides;
mod snippets;
mod write;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

/// Writes a made-up talk: DIR/talk.md (for Marp DIR/deck.md) and DIR/img.
#[derive(Parser)]
#[command(name = "generate-deck")]
struct Arguments {
    /// How many slides
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    slides: u32,
    /// The language of its text
    #[arg(long, value_enum, default_value_t = Language::Mixed)]
    lang: Language,
    /// The folder to write to; it is made
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Whose Markdown to write
    #[arg(long, value_enum, default_value_t = Dialect::Retell)]
    dialect: Dialect,
}

/// The language of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    En,
    /// Chinese
    Zh,
    /// Chinese with some English
    Mixed,
}

/// The spelling of slides, notes and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dialect {
    /// Retell's own
    Retell,
    /// Marp's, which Retell reads too
    Marp,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: can't write to `{}`: {error}", arguments.out.display());
            ExitCode::FAILURE
        }
    }
}

/// Writes the talk and its pictures; gives one line on what was written.
fn run(arguments: &Arguments) -> std::io::Result<String> {
    let slides = slides::talk(arguments.slides, arguments.lang);
    let text = write::markdown(&slides, arguments.lang, arguments.dialect);
    let name = if arguments.dialect == Dialect::Marp { "deck.md" } else { "talk.md" };
    fs::create_dir_all(arguments.out.join("img"))?;
    fs::write(arguments.out.join(name), &text)?;
    let pictures = slides.iter().flat_map(slides::Slide::pictures).collect::<Vec<_>>();
    for picture in &pictures {
        fs::write(arguments.out.join(picture.path()), pictures::bytes(picture, arguments.lang))?;
    }
    let (count, bytes) = (slides.len(), text.len());
    Ok(format!("{name}: {count} slides, {bytes} bytes, {} pictures", pictures.len()))
}
