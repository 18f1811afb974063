//! Arguments that several commands take.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::report::{FormatName, Style};
use crate::pipeline::{Edition, Frames, Job, Outputs, Print};
use crate::rehearsal::Folders;

/// How a talk is read.
#[derive(Args, Debug, Default)]
pub(super) struct Reading {
    /// Use this theme instead of the talk's: a built-in name or a folder.
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// Leave raw HTML in the talks as it is; only for talks that you wrote yourself.
    #[arg(long)]
    pub(super) trust_html: bool,
    /// For whom: `public` leaves out what is marked `internal`, and replaces the texts under `redact`.
    #[arg(long, value_enum, value_name = "EDITION", default_value_t)]
    pub(super) edition: EditionName,
}

/// Whom a talk is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionName {
    /// Colleagues: the whole talk.
    #[default]
    Internal,
    /// Everybody.
    Public,
}

impl From<EditionName> for Edition {
    fn from(name: EditionName) -> Self {
        match name {
            EditionName::Internal => Self::Internal,
            EditionName::Public => Self::Public,
        }
    }
}

impl Reading {
    /// A job that reads `talk` and writes nothing.
    pub(super) fn job(&self, talk: &Path) -> Job {
        Job {
            talk: talk.to_path_buf(),
            output: PathBuf::new(),
            only: Outputs::default(),
            theme: self.theme.clone(),
            trust_html: self.trust_html,
            without_notes: false,
            edition: self.edition.into(),
            print: Print::default(),
            frames: Frames::default(),
            speaker: speaker(),
            cache: None,
        }
    }
}

/// Where the speaker's rehearsals and speed lie: below `RETELL_HOME` where that is set, else where the system keeps
/// such files.
pub(super) fn speaker() -> Option<Folders> {
    let home = std::env::var_os("RETELL_HOME").filter(|home| !home.is_empty());
    home.map_or_else(Folders::of_user, |home| Some(Folders::below(Path::new(&home))))
}

/// The day that it is; the one that `SOURCE_DATE_EPOCH` names where a run must not depend on that.
pub(super) fn today() -> Date {
    fixed_day().unwrap_or_else(|| jiff::Zoned::now().date())
}

/// The day that `SOURCE_DATE_EPOCH` names.
pub(super) fn fixed_day() -> Option<Date> {
    let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// What becomes of findings.
#[derive(Args, Debug)]
pub(super) struct Findings {
    /// How findings are written.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: FormatName,
    /// Let warnings fail the command too.
    #[arg(long)]
    pub(super) strict: bool,
}

impl Findings {
    /// How they are shown by a command that checks, or else by one that writes packs.
    pub(super) fn style(&self, writes: bool) -> Style {
        Style { format: self.format.into(), strict: self.strict, timings: false, writes }
    }
}

/// How much of the machine is used.
#[derive(Args, Debug)]
pub(super) struct Cores {
    /// How many processor cores to use; all by default.
    #[arg(short, long, value_name = "N", value_parser = cores)]
    jobs: Option<NonZeroUsize>,
}

impl Cores {
    /// So many of them; `None` for all.
    pub(super) fn count(&self) -> Option<usize> {
        self.jobs.map(NonZeroUsize::get)
    }
}

/// Reads how many processor cores to use.
fn cores(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write how many processor cores to use: 1 or more".to_owned())
}
