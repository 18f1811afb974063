use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{all, moment, read_talk};
use crate::cli::Exit;
use crate::cli::columns::{clock, fit};
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::rehearsal::{Folders, Kept, Recording, Run, Shelf, SpeedFile, Verdict};

/// List all recordings, the newest first, and what each is good for.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {
    /// Only recordings of this talk: a folder with a `talk.md`, or a Markdown file.
    #[arg(value_name = "TALK")]
    talk: Option<PathBuf>,
    /// Write the same as one JSON list, times in seconds.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse list
  retell rehearse list talks/rds
  retell rehearse list --json";

/// A row of the list, as programs read it; times in seconds.
#[derive(Serialize)]
struct Row {
    name: String,
    title: String,
    lang: String,
    started: String,
    live: bool,
    talk: f64,
    questions: f64,
    pauses: f64,
    /// What the speaker took for what takes the usual speaker one; `None` when it does not count.
    ratio: Option<f64>,
    /// What it is good for, in words.
    verdict: String,
}

impl List {
    pub(super) fn run(&self, terminal: &Terminal, folders: &Folders) -> io::Result<Exit> {
        let recordings = Shelf::new(&folders.recordings);
        let Some(mut kept) = all(terminal, &recordings)? else { return Ok(Exit::Errors) };
        let speed = SpeedFile::read(&folders.speed).unwrap_or_default();
        let verdicts = speed.verdicts(&kept);
        let mut rows: Vec<Row> = kept.iter().zip(verdicts).map(|(kept, verdict)| row(kept, verdict.as_ref())).collect();
        if let Some(path) = &self.talk {
            let Some(talk) = read_talk(terminal, path)? else { return Ok(Exit::Errors) };
            let own = |name: &str| talk.runs().iter().any(|run| run.name == name);
            rows.retain(|row| own(&row.name));
            kept.retain(|kept| own(&kept.name));
        }
        if self.json {
            let json = serde_json::to_string_pretty(&rows).unwrap_or_default();
            terminal.out(&format!("{json}\n"))?;
            return Ok(Exit::Clean);
        }
        if rows.is_empty() {
            terminal.say(&format!(
                "no recordings in {}; `retell present` makes one while you rehearse\n",
                visible(&folders.recordings.display().to_string())
            ))?;
            return Ok(Exit::Clean);
        }
        terminal.out(&table(&rows))?;
        terminal.say(&format!("in {}\n", visible(&folders.recordings.display().to_string())))?;
        Ok(Exit::Clean)
    }
}

fn row(kept: &Kept, verdict: Option<&Verdict>) -> Row {
    let Ok(recording) = &kept.recording else {
        let why = kept.recording.as_ref().err().map(ToString::to_string).unwrap_or_default();
        return Row {
            name: kept.name.clone(),
            title: String::new(),
            lang: String::new(),
            started: String::new(),
            live: false,
            talk: 0.0,
            questions: 0.0,
            pauses: 0.0,
            ratio: None,
            verdict: format!("can't be read: {why}"),
        };
    };
    let run = Run::of(recording);
    Row {
        name: kept.name.clone(),
        title: recording.talk.title.clone(),
        lang: recording.lang.clone(),
        started: recording.started.clone(),
        live: recording.is_live(),
        talk: run.talk,
        questions: run.questions,
        pauses: run.pauses,
        ratio: match verdict {
            Some(Verdict::Counts(lesson)) => Some(lesson.ratio()),
            _ => None,
        },
        verdict: verdict.map(|verdict| in_words(verdict, recording, &run)).unwrap_or_default(),
    }
}

/// What a recording is good for.
pub(super) fn in_words(verdict: &Verdict, recording: &Recording, run: &Run) -> String {
    let mut text = match verdict {
        Verdict::Counts(lesson) => {
            let (ratio, live) = (lesson.ratio(), if recording.is_live() { ", the talk itself" } else { "" });
            format!("counts: ×{ratio:.2} of usual{live}")
        }
        Verdict::Unusable(why) => format!("not used: {why}"),
        Verdict::SameTime(other) => format!("not used: recorded at the same time as `{other}`"),
        Verdict::BeforeReset => "not used: before your speed was reset".to_owned(),
    };
    for flaw in flaws(run) {
        let _ = write!(text, "; {flaw}");
    }
    text
}

/// What is wrong with a recording, in words.
pub(super) fn flaws(run: &Run) -> Vec<String> {
    let flaws = &run.flaws;
    let mut told = Vec::new();
    if flaws.is_too_long {
        told.push("longer than any talk".to_owned());
    }
    if flaws.breaks > 0.0 {
        told.push(format!("{} on one slide left out as a break", clock(flaws.breaks)));
    }
    if flaws.jumps > 0 {
        let times = if flaws.jumps == 1 { "once".to_owned() } else { format!("{} times", flaws.jumps) };
        told.push(format!("its clock went back {times}, which is left out"));
    }
    if flaws.has_no_end {
        told.push("it has no end".to_owned());
    }
    told
}

fn table(rows: &[Row]) -> String {
    let mut text = format!("{}  {}     talk  questions  what it is good for\n", fit("recorded", 16), fit("talk", 28));
    for row in rows {
        if row.started.is_empty() {
            let _ = writeln!(text, "{}  {}", fit("–", 16), visible(&format!("{}: {}", row.name, row.verdict)));
            continue;
        }
        let (when, title) = (fit(&moment(&row.started), 16), fit(&row.title, 28));
        let (talk, questions) = (clock(row.talk), clock(row.questions));
        let _ = writeln!(text, "{when}  {title}  {talk:>7}  {questions:>9}  {}", visible(&row.verdict));
        let _ = writeln!(text, "{}  {}", fit("", 16), visible(&row.name));
    }
    text
}
