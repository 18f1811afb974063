use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::Exit;
use super::shared::Reading;
use super::terminal::Terminal;
use super::time_table::table;
use crate::diagnostic::print::{Format, print};
use crate::diagnostic::{Diagnostic, Severity, summary};
use crate::pipeline::{self, Sheet};

/// Say how long a talk takes, and where the time goes.
///
/// The estimate comes from the notes; a slide without notes is guessed from its words. Only `--html` writes a file.
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
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Write a page with a chart instead, that works without a network; `-` for standard output.
    #[arg(long, value_name = "FILE", value_parser = page)]
    html: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  retell time                              the talk in this folder
  retell time talks/rds                    slide by slide, with sections and the cheapest cuts
  retell time talks/rds --slot 20m         what to drop when there are only 20 minutes
  retell time talks/rds --html times.html  a chart to look at, and to show to others
  retell time talks/rds --json             for a program";

/// Reads where to put the page: a name that no talk has, so that a slip of the hand overwrites none.
fn page(text: &str) -> Result<PathBuf, String> {
    let path = Path::new(text);
    let is_page = path
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|end| ["html", "htm"].iter().any(|known| end.eq_ignore_ascii_case(known)));
    if text == "-" || is_page { Ok(path.to_path_buf()) } else { Err("name a file that ends in `.html`".to_owned()) }
}

impl Time {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let reading = Reading::default();
        let (mut report, sheet) = pipeline::time(&reading.job(&self.talk), self.slot);
        if let Some(sheet) = &sheet
            && let Err(not_written) = self.show(sheet, terminal)?
        {
            report.diagnostics.push(*not_written);
        }
        terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, terminal.colours_findings()))?;
        let count = |severity| report.diagnostics.count(severity);
        if let Some(summary) = summary(count(Severity::Error), count(Severity::Warning)) {
            terminal.say(&format!("{summary}\n"))?;
        }
        Ok(if report.diagnostics.has_errors() { Exit::Errors } else { Exit::Clean })
    }

    /// Puts out the sheet in the form that was asked for; inside, why the page could not be written.
    fn show(&self, sheet: &Sheet, terminal: &Terminal) -> io::Result<Result<(), Box<Diagnostic>>> {
        let text = match &self.html {
            Some(path) if path == Path::new("-") => pipeline::time_page(sheet),
            Some(path) => match pipeline::write_file(path, pipeline::time_page(sheet).into_bytes()) {
                Ok(written) => format!("{}\n", written.path.display()),
                Err(not_written) => return Ok(Err(not_written)),
            },
            // Texts and finite numbers under text keys always serialise.
            None if self.json => serde_json::to_string_pretty(sheet).unwrap_or_default() + "\n",
            None => table(sheet, terminal.colours_results()),
        };
        terminal.out(&text)?;
        Ok(Ok(()))
    }
}
