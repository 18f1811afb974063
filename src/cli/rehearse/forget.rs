use std::io;

use clap::Args;

use super::{all, learn, named, say_speed};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::rehearsal::{Folders, Shelf};

/// Remove recordings for good; your speed is reckoned without them.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Forget {
    /// Their names, or parts of them that no other has.
    #[arg(value_name = "RUN", required_unless_present = "all")]
    runs: Vec<String>,
    /// All recordings.
    #[arg(long, conflicts_with = "runs")]
    all: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse forget 2026-12-01T09-30
  retell rehearse forget --all";

impl Forget {
    pub(super) fn run(&self, terminal: &Terminal, folders: &Folders) -> io::Result<Exit> {
        let recordings = Shelf::new(&folders.recordings);
        let Some(kept) = all(terminal, &recordings)? else { return Ok(Exit::Errors) };
        let names: Vec<&str> = kept.iter().map(|kept| kept.name.as_str()).collect();
        let mut chosen: Vec<&str> = if self.all { names.clone() } else { Vec::new() };
        let mut exit = Exit::Clean;
        for wanted in &self.runs {
            match named(&names, wanted) {
                Ok(index) => chosen.extend(names.get(index)),
                Err(why) => {
                    terminal.error_with_hint(&why, "`retell rehearse list` shows their names")?;
                    exit = Exit::Errors;
                }
            }
        }
        if exit == Exit::Errors {
            // A slip in one name must not cost another recording.
            return Ok(exit);
        }
        chosen.sort_unstable();
        chosen.dedup();
        for name in chosen {
            match recordings.remove(name) {
                Ok(()) => terminal.out(&format!("forgot {}\n", visible(name)))?,
                Err(error) => {
                    terminal.error(&format!("can't remove `{name}`: {error}"))?;
                    exit = Exit::Errors;
                }
            }
        }
        say_speed(terminal, &learn(folders)?)?;
        Ok(exit)
    }
}
