use std::fmt::Write as _;
use std::io;

use clap::Args;

use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::pipeline;

/// List the built-in themes.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {}

const EXAMPLES: &str = "\
Examples:
  retell theme list
  retell theme preview night             see every kind of slide in one
  retell build my-talk --theme night     try one without changing the talk

A talk chooses its theme with `theme: night` in the front matter; a path of a folder with a
`theme.yaml` below the talk works too.";

impl List {
    #[allow(clippy::unused_self, reason = "every subcommand is run the same way")]
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let themes = pipeline::themes();
        let width = themes.iter().map(|theme| theme.name.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for theme in &themes {
            let _ = writeln!(text, "{:width$}  {}", theme.name, theme.description);
        }
        terminal.out(&text)?;
        Ok(Exit::Clean)
    }
}
