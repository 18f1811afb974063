use std::fmt::Write as _;
use std::io;

use clap::Args;

use super::Exit;
use super::terminal::Terminal;
use crate::diagnostic::{code, did_you_mean};

/// Say what a finding means and how to mend it; without a code, list all.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// The code in brackets: `missing-image` for `error[missing-image]`.
    code: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  retell explain                  list all codes
  retell explain overflow         say more about one";

impl Explain {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(name) = &self.code else {
            terminal.out(&list())?;
            return Ok(Exit::Clean);
        };
        // Copied with its brackets, it is still clear what is meant.
        let name = name.trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']']);
        if let Some(code) = code::find(name) {
            terminal.out(&format!("{}[{}]: {}\n", code.severity.name(), code.name, code.explanation.trim_end()))?;
            return Ok(Exit::Clean);
        }
        let near = did_you_mean(name, code::ALL.iter().map(|code| code.name));
        let hint = near.map_or_else(
            || "`retell explain` lists all codes".to_owned(),
            |near| format!("did you mean `{near}`? `retell explain` lists all codes"),
        );
        terminal.error_with_hint(&format!("there is no code `{name}`"), &hint)?;
        Ok(Exit::Usage)
    }
}

fn list() -> String {
    let width = code::ALL.iter().map(|code| code.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for code in code::ALL {
        let _ = writeln!(text, "{:7}  {:width$}  {}", code.severity.name(), code.name, code.summary());
    }
    text
}
