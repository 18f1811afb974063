use std::io;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::report::show;
use super::shared::{Cores, Findings, Reading};
use super::terminal::Terminal;
use super::{Exit, progress};
use crate::pipeline::{self, Job};

/// Find everything that is wrong with one or more talks, and write nothing.
///
/// The rules are those of `retell build`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Folders with a `talk.md`, or Markdown files.
    #[arg(value_name = "TALK", default_value = ".")]
    talks: Vec<PathBuf>,
    #[command(flatten)]
    cores: Cores,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    findings: Findings,
}

const EXAMPLES: &str = "\
Examples:
  retell check                            the talk in this folder
  retell check talks/* --strict           several talks, warnings count
  retell check my-talk --format short     for an editor's list of errors
  retell check my-talk --format json      for a program";

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let jobs: Vec<Job> = self.talks.iter().map(|talk| self.reading.job(talk)).collect();
        let reports = progress::during(terminal.can_erase(), jobs.len(), |done| {
            pipeline::run(&jobs, self.cores.count(), |job| {
                let report = pipeline::check(job, &|| Duration::ZERO);
                done();
                report
            })
        });
        show(terminal, &jobs, &reports, self.findings.style(false))
    }
}
