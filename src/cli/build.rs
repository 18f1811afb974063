use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::jobs::{Plan, cores};
use super::report::{Style, show};
use super::shared::{Findings, Reading};
use super::terminal::Terminal;
use super::{Exit, progress};
use crate::pipeline::{self, Output, Outputs};

/// Make the packs of one or more talks.
///
/// Each talk gets a folder of its own name below the output folder. When a talk has errors its old
/// pack stays as it was.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Build {
    /// Folders with a `talk.md`, or Markdown files.
    #[arg(value_name = "TALK", default_value = ".")]
    talks: Vec<PathBuf>,
    /// The folder in which each talk gets one of its own.
    #[arg(short, long, value_name = "DIR", default_value = "dist")]
    output: PathBuf,
    /// Make only these parts, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    only: Vec<Part>,
    /// How many processor cores to use; all by default.
    #[arg(short, long, value_name = "N", value_parser = cores)]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    findings: Findings,
    /// Show how long each stage took.
    #[arg(long)]
    timings: bool,
    /// Leave notes, planned times and prepared questions out of the pack, to publish it.
    #[arg(long)]
    without_notes: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell build                                  the talk in this folder
  retell build talks/rds -o public              make public/rds/
  retell build talks/* --jobs 4 --strict        several talks, warnings count
  retell build my-talk --only html,slides       leave out the rest
  retell build my-talk --only sheet,calendar    only these parts of the follow-up
  retell build my-talk --theme night --timings  another look, and where the time goes";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Part {
    /// `index.html`
    Html,
    /// `slides.pdf`
    Slides,
    /// `notes.md`
    Notes,
    /// `follow-up.html` and `follow-up.pdf`
    Sheet,
    /// `cards.txt` for Anki
    Cards,
    /// `follow-up.ics`
    Calendar,
    /// `questions.csv`, `questions.md` and `questions.gift`
    Questions,
}

impl From<Part> for Output {
    fn from(part: Part) -> Self {
        match part {
            Part::Html => Self::Html,
            Part::Slides => Self::Slides,
            Part::Notes => Self::Notes,
            Part::Sheet => Self::Sheet,
            Part::Cards => Self::Cards,
            Part::Calendar => Self::Calendar,
            Part::Questions => Self::Questions,
        }
    }
}

impl Build {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let only: Outputs = self.only.iter().copied().map(Output::from).collect();
        let plan = Plan {
            into: self.output.clone(),
            only: if self.only.is_empty() { Outputs::default() } else { only },
            theme: self.reading.theme.clone(),
            trust_html: self.reading.trust_html,
            without_notes: self.without_notes,
        };
        let jobs = match plan.jobs(&self.talks) {
            Ok(jobs) => jobs,
            Err(message) => {
                terminal.error_with_hint(&message, "build them in two runs, with a different `-o` each")?;
                return Ok(Exit::Usage);
            }
        };
        #[allow(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
        let start = Instant::now();
        let reports = progress::during(terminal.can_erase(), jobs.len(), |done| {
            pipeline::run(&jobs, self.jobs.map(NonZeroUsize::get), |job| {
                let report = pipeline::build(job, &|| start.elapsed());
                done();
                report
            })
        });
        let style = Style {
            format: self.findings.format.into(),
            strict: self.findings.strict,
            timings: self.timings,
            writes: true,
        };
        show(terminal, &jobs, &reports, style)
    }
}
