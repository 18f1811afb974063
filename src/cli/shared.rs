//! Arguments that several commands take.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::report::FormatName;
use crate::pipeline::{Frames, Job, Outputs, Print};
use crate::rehearsal::Folders;

/// How a talk is read.
#[derive(Args, Debug)]
pub(super) struct Reading {
    /// Use this theme instead of the talk's: a built-in name or a folder.
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// Leave raw HTML in the talks as it is; only for talks that you wrote yourself.
    #[arg(long)]
    pub(super) trust_html: bool,
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
