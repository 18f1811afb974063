//! `retell theme`: how talks look, and themes of one's own.

mod check;
mod list;
mod new;
mod preview;

use std::io;
use std::path::Path;

use clap::{Args, Subcommand};

use super::Exit;
use super::terminal::Terminal;
use crate::pipeline::theme_preview;

/// List the themes, see one with every kind of slide, start and check one of your own.
///
/// A theme is a folder: `theme.yaml` with colours, sizes and fonts, `theme.css`, and layouts where they differ.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Theme {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  retell theme list                        the built-in themes
  retell theme preview night --open        every kind of slide in one of them
  retell theme new my-theme --from paper   start one of your own
  retell theme preview my-theme --open     see it change with every save
  retell theme check my-theme              find what is wrong with it";

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    New(new::New),
    Check(check::Check),
    Preview(preview::Preview),
}

impl Theme {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        match &self.command {
            Command::List(list) => list.run(terminal),
            Command::New(new) => new.run(terminal),
            Command::Check(check) => check.run(terminal),
            Command::Preview(preview) => preview.run(terminal),
        }
    }
}

/// Writes the talk that shows every kind of slide into `folder`.
fn write_preview(folder: &Path) -> io::Result<()> {
    for (name, bytes) in theme_preview() {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
