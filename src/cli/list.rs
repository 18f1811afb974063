use std::io;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::list_table::table;
use super::shared::{Reading, today};
use super::terminal::Terminal;
use super::{Exit, progress};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::print::visible;
use crate::pipeline::{self, Job, Readiness, Talks};

/// List the talks of a folder: how many days are left, how far each has come, and what to do next.
///
/// Those to come stand first, the nearest at the top, then those without a date, then those that are over. Only what
/// keeps a talk from being read fails the run.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {
    /// A folder of talks, or one talk.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Count the days from this one instead of today.
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Date>,
    /// Write the same as one JSON object, times in seconds.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: Reading,
}

const EXAMPLES: &str = "\
Examples:
  retell list                           the talks in this folder
  retell list talks                     those in another one
  retell list talks --date 2026-12-04   how it will stand on that day
  retell list talks --json              for a program

What comes next is the first of these that holds: fix errors, write the missing notes (until the first
rehearsal), give the `duration`, cut what is too long, rehearse aloud (once; again when the notes have
changed much, or the last time is more than 14 days ago and the talk is within 14), look at warnings.";

/// Reads a day.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write the day as `2026-12-04`".to_owned())
}

/// A talk and how far it has come.
pub(super) struct Listed {
    /// Its name in the folder; as it was given where it is the only one.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// What keeps it from being read, if anything does.
    pub(super) readiness: Result<Readiness, Box<Diagnostic>>,
}

/// What to do for a talk that can't be read.
pub(super) const MEND: &str = "mend the file";

impl List {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let folder = self.folder.display();
        if !self.folder.exists() {
            let hint = "name a folder of talks, a folder with a `talk.md` or a Markdown file";
            terminal.error_with_hint(&format!("there is no `{folder}`"), hint)?;
            return Ok(Exit::Errors);
        }
        let today = self.date.unwrap_or_else(today);
        let talks = self.talks(terminal.can_erase(), today);
        if self.json {
            let json =
                Overview { date: today.to_string(), talks: talks.iter().map(|talk| Row::new(talk, today)).collect() };
            // Texts and finite numbers under text keys always serialise.
            terminal.out(&format!("{}\n", serde_json::to_string_pretty(&json).unwrap_or_default()))?;
        } else if talks.is_empty() {
            let hint = "name the folder that your talks are in, or start one with `retell new my-talk`";
            let folder = visible(&folder.to_string());
            terminal.say(&format!("no folder in `{folder}` holds a `talk.md`\n  = help: {hint}\n"))?;
        } else {
            terminal.out(&table(&talks, today, terminal.colours_results()))?;
        }
        let all_read = talks.iter().all(|talk| talk.readiness.is_ok());
        Ok(if all_read { Exit::Clean } else { Exit::Errors })
    }

    /// The talks in the order in which they are shown.
    fn talks(&self, shows_progress: bool, today: Date) -> Vec<Listed> {
        let (names, jobs): (Vec<String>, Vec<Job>) =
            Talks::at(self.reading.job(&self.folder)).found().into_iter().unzip();
        let all = progress::during(shows_progress, jobs.len(), |done| {
            pipeline::run(&jobs, None, |job| {
                let readiness = pipeline::readiness(job);
                done();
                readiness
            })
        });
        let mut talks: Vec<Listed> = names
            .into_iter()
            .zip(jobs)
            .zip(all)
            .map(|((name, job), readiness)| {
                let name = if name.is_empty() { job.talk.display().to_string() } else { name };
                Listed { name, path: job.talk, readiness }
            })
            .collect();
        // Equal ones stay in the order of their names.
        talks.sort_by_key(|talk| Readiness::rank(talk.readiness.as_ref().ok(), today));
        talks
    }
}

/// All talks as JSON.
#[derive(Serialize)]
struct Overview<'a> {
    /// The day that days are counted from.
    date: String,
    talks: Vec<Row<'a>>,
}

/// One talk as JSON; times in seconds.
#[derive(Serialize)]
struct Row<'a> {
    talk: String,
    #[serde(flatten)]
    state: State<'a>,
    next: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum State<'a> {
    Unreadable {
        error: &'a str,
    },
    Readable {
        title: &'a str,
        date: Option<String>,
        days: Option<i64>,
        slides: usize,
        estimate: f64,
        budget: Option<f64>,
        over: bool,
        without_notes: usize,
        rehearsals: usize,
        last_rehearsal: Option<String>,
        recall: usize,
        errors: usize,
        warnings: usize,
    },
}

impl<'a> Row<'a> {
    fn new(talk: &'a Listed, today: Date) -> Self {
        let path = talk.path.display().to_string();
        let readiness = match &talk.readiness {
            Ok(readiness) => readiness,
            Err(why) => {
                return Self { talk: path, state: State::Unreadable { error: &why.message }, next: MEND.to_owned() };
            }
        };
        let seconds = |time: std::time::Duration| (time.as_secs_f64() * 10.0).round() / 10.0;
        let state = State::Readable {
            title: &readiness.title,
            date: readiness.date.map(|date| date.to_string()),
            days: readiness.days(today),
            slides: readiness.slides,
            estimate: seconds(readiness.estimate),
            budget: readiness.budget.map(seconds),
            over: readiness.excess().is_some(),
            without_notes: readiness.without_notes,
            rehearsals: readiness.rehearsals,
            last_rehearsal: readiness.last_rehearsal.map(|date| date.to_string()),
            recall: readiness.recall,
            errors: readiness.errors,
            warnings: readiness.warnings,
        };
        Self { talk: path, state, next: readiness.next(today).to_string() }
    }
}
