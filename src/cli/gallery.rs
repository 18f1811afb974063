use std::io;
use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::jobs::{Plan, build_all};
use super::report::show;
use super::shared::{Cores, Findings, Reading};
use super::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::{Format, visible};
use crate::pipeline::{self, Job};

/// Make the packs of all talks below a folder, and a page that shows them, to be published.
///
/// `index.html` has the cover of each talk, what it says of itself, and links to its deck, PDFs and follow-up. It works
/// without a network and without a script. When a talk can't be built, the old page stays as it was.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Gallery {
    /// A folder of talks.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The folder for the page, in which each talk gets one of its own.
    #[arg(short, long, value_name = "DIR", default_value = "dist")]
    output: PathBuf,
    /// What stands above the talks.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Leave notes, planned times and prepared questions out of the packs, to publish them.
    #[arg(long)]
    without_notes: bool,
    #[command(flatten)]
    cores: Cores,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    findings: Findings,
}

const EXAMPLES: &str = "\
Examples:
  retell gallery talks                                all talks below talks, and dist/index.html
  retell gallery talks -o public --edition public --without-notes   to be published
  retell gallery talks --title \"Talks of team DB\"     with a heading of your own";

impl Gallery {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let folder = visible(&self.folder.display().to_string());
        let talks = pipeline::talks_below(&self.folder);
        if talks.is_empty() {
            let hint = "name the folder that your talks are in, or start one with `retell new my-talk`";
            terminal.error_with_hint(&format!("no folder in `{folder}` holds a `talk.md`"), hint)?;
            return Ok(Exit::Errors);
        }
        let like = Job { without_notes: self.without_notes, ..self.reading.job(&self.folder) };
        let plan = Plan { into: self.output.clone(), like, keep_pages: true };
        let jobs = match plan.jobs(&talks) {
            Ok(jobs) => jobs,
            Err(message) => {
                terminal.error_with_hint(&message, "give one of the two folders another name")?;
                return Ok(Exit::Usage);
            }
        };
        let reports = build_all(terminal, &jobs, &self.cores);
        let style = self.findings.style(true);
        let exit = show(terminal, &jobs, &reports, style)?;
        if reports.iter().any(|report| report.files.is_empty()) {
            return Ok(exit);
        }
        match pipeline::write_gallery(&self.output, self.title.as_deref(), &jobs, &reports) {
            // What a program reads holds findings only.
            Ok(_) if style.format == Format::Json => Ok(exit),
            Ok(page) => {
                let path = visible(&page.path.display().to_string());
                terminal.out(&format!("{path}: {}\n", counted(jobs.len(), "talk")))?;
                Ok(exit)
            }
            Err(finding) => {
                let hint = finding.hints.first().map_or("", String::as_str);
                terminal.error_with_hint(&finding.message, hint)?;
                Ok(Exit::Errors)
            }
        }
    }
}
