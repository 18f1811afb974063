use std::io;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::Exit;
use super::shared::Reading;
use super::terminal::Terminal;
use super::time_table::table;
use crate::diagnostic::print::{Format, print};
use crate::diagnostic::{Severity, summary};
use crate::pipeline;

/// Say how long a talk takes, and where the time goes.
///
/// The estimate comes from the notes; a slide without notes is guessed from its words. Nothing is written.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Time {
    /// A folder with a `talk.md`, or a Markdown file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// What if the slot were this long, as `20m`; names the optional slides to drop.
    #[arg(long, value_name = "TIME", value_parser = pipeline::read_duration)]
    slot: Option<Duration>,
    /// Write the same as one JSON object, times in seconds.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell time                       the talk in this folder
  retell time talks/rds             slide by slide, with sections and the cheapest cuts
  retell time talks/rds --slot 20m  what to drop when there are only 20 minutes
  retell time talks/rds --json      for a program";

impl Time {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let reading = Reading { theme: None, trust_html: false };
        let (report, sheet) = pipeline::time(&reading.job(&self.talk), self.slot);
        match &sheet {
            Some(sheet) if self.json => {
                // Texts and finite numbers under text keys always serialise.
                let json = serde_json::to_string_pretty(sheet).unwrap_or_default();
                terminal.out(&format!("{json}\n"))?;
            }
            Some(sheet) => terminal.out(&table(sheet, terminal.colours_results()))?,
            None => {}
        }
        terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, terminal.colours_findings()))?;
        let count = |severity| report.diagnostics.count(severity);
        if let Some(summary) = summary(count(Severity::Error), count(Severity::Warning)) {
            terminal.say(&format!("{summary}\n"))?;
        }
        Ok(if report.diagnostics.has_errors() { Exit::Errors } else { Exit::Clean })
    }
}
