//! Writes a made-up talk for benchmarks and trials: `cargo run --example generate-deck -- --slides 100 --out DIR`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own, which says what it did")]

mod generate_deck;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use generate_deck::{Dialect, Language, generate};

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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match generate(&arguments.out, arguments.slides, arguments.lang, arguments.dialect) {
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
