//! `retell rehearse`: what rehearsals tell, and what comes of it.

mod apply;
mod forget;
mod import;
mod list;
mod show;
mod speed;

use std::io;
use std::path::Path;

use clap::{Args, Subcommand};

use super::Exit;
use super::shared::{Reading, speaker};
use super::terminal::Terminal;
use crate::diagnostic::print::{Format, print};
use crate::pipeline::{self, Rehearsed};
use crate::rehearsal::{Folders, Kept, Known, Shelf, SpeedFile};

/// Learn from rehearsals: keep recordings, hold them against the plan, know your own speed.
///
/// `retell present` records by itself; the presenter view of a pack lets you download a recording. All of it stays on
/// this machine, outside the talks.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Rehearse {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse list                             all recordings, and what each is good for
  retell rehearse show talks/rds                   the last run: plan, estimate and what it took
  retell rehearse import rds-rehearsal.json        keep a downloaded recording
  retell rehearse apply talks/rds --slides a,b     write what they took into the talk
  retell rehearse speed                            how fast you speak, and how that is known";

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Import(import::Import),
    Forget(forget::Forget),
    Apply(apply::Apply),
    Speed(speed::Speed),
}

impl Rehearse {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(folders) = speaker() else {
            let hint = "set `HOME`, or `RETELL_HOME` to a folder of your own";
            terminal.error_with_hint("nobody's recordings: this user has no home folder", hint)?;
            return Ok(Exit::Errors);
        };
        match &self.command {
            Command::List(list) => list.run(terminal, &folders),
            Command::Show(show) => show.run(terminal),
            Command::Import(import) => import.run(terminal, &folders),
            Command::Forget(forget) => forget.run(terminal, &folders),
            Command::Apply(apply) => apply.run(terminal),
            Command::Speed(speed) => speed.run(terminal, &folders),
        }
    }
}

/// The talk at `path` with its rehearsals; `None` when it can't be read, which has been said.
fn read_talk(terminal: &Terminal, path: &Path) -> io::Result<Option<Rehearsed>> {
    match pipeline::rehearsed(&Reading::default().job(path)) {
        Ok(talk) => Ok(Some(talk)),
        Err(report) => {
            let colours = terminal.colours_findings();
            terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, colours))?;
            Ok(None)
        }
    }
}

/// The run of `talk` that `wanted` names by a part of its name, else the last one; `None` when there is none, which
/// has been said.
fn choose<'t>(terminal: &Terminal, talk: &'t Rehearsed, wanted: Option<&str>) -> io::Result<Option<&'t Known>> {
    let runs = talk.runs();
    let Some(wanted) = wanted else {
        if runs.is_empty() {
            let hint = "`retell present` records while you rehearse; `retell rehearse import FILE` keeps a download";
            terminal.error_with_hint(&format!("no rehearsal of `{}` is known", talk.title()), hint)?;
        }
        return Ok(runs.first());
    };
    let names: Vec<&str> = runs.iter().map(|run| run.name.as_str()).collect();
    match named(&names, wanted) {
        Ok(index) => Ok(runs.get(index)),
        Err(why) => {
            terminal.error_with_hint(&why, "`retell rehearse list` shows their names")?;
            Ok(None)
        }
    }
}

/// Which of `names` is meant by `wanted`: the whole name, or a part that no other has.
fn named(names: &[&str], wanted: &str) -> Result<usize, String> {
    if let Some(exact) = names.iter().position(|name| *name == wanted) {
        return Ok(exact);
    }
    let mut like = names.iter().enumerate().filter(|(_, name)| !wanted.is_empty() && name.contains(wanted));
    match (like.next(), like.count()) {
        (None, _) => Err(format!("no recording is called `{wanted}`")),
        (Some((index, _)), 0) => Ok(index),
        (Some(_), more) => Err(format!("{} recordings are called like `{wanted}`", more + 1)),
    }
}

/// Reckons the speaker's speed anew from all recordings, and writes it down; gives the old and the new.
fn learn(folders: &Folders) -> io::Result<(SpeedFile, SpeedFile)> {
    // A file that can't be read is written anew: what stands in it comes from the recordings.
    let old = SpeedFile::read(&folders.speed).unwrap_or_default();
    let mut new = old.clone();
    new.learn(&Shelf::new(&folders.recordings).all()?);
    if new != old || !folders.speed.exists() {
        new.write(&folders.speed)?;
    }
    Ok((old, new))
}

/// Says in a line which speeds are other than they were.
fn say_speed(terminal: &Terminal, (old, new): &(SpeedFile, SpeedFile)) -> io::Result<()> {
    for (language, learnt) in &new.languages {
        let before = old.languages.get(language).map_or(1.0, |learnt| learnt.factor);
        if (before - learnt.factor).abs() >= 0.005 {
            let (now, before) = (speed::in_words(learnt.factor), speed::in_words(before));
            terminal.out(&format!("your speed in `{language}` is now {now}; it was {before}\n"))?;
        }
    }
    Ok(())
}

/// Reckons the speed after a talk was recorded, and says what changed.
pub(super) fn learn_after_talk(terminal: &Terminal) -> io::Result<()> {
    match speaker().map(|folders| learn(&folders)) {
        Some(Ok(speeds)) => say_speed(terminal, &speeds),
        Some(Err(error)) => terminal.say(&format!("your speed could not be written down: {error}\n")),
        None => Ok(()),
    }
}

/// All recordings; `None` when the folder can't be read, which has been said.
fn all(terminal: &Terminal, recordings: &Shelf) -> io::Result<Option<Vec<Kept>>> {
    match recordings.all() {
        Ok(all) => Ok(Some(all)),
        Err(error) => {
            terminal.error(&format!("can't read `{}`: {error}", recordings.folder().display()))?;
            Ok(None)
        }
    }
}

/// `2026-12-04 10:00` of a moment in RFC 3339, as the clock on the wall showed it.
fn moment(started: &str) -> String {
    let minute = started.get(..16).filter(|_| started.is_ascii());
    minute.map_or_else(|| "at some time".to_owned(), |minute| minute.replace('T', " "))
}
