//! `retell qa`: what the audience asked, kept in `qa.yaml` beside the talk.

mod add;
mod import;
mod list;

use std::io;
use std::path::Path;

use clap::{Args, Subcommand};

use super::Exit;
use super::terminal::Terminal;
use crate::diagnostic::print::{Format, print, visible};
use crate::pipeline::{self, NotKept, Report, TalkQuestions};

/// Keep what the audience asked, and answer it later.
///
/// The questions stand in `qa.yaml` beside `talk.md`, a file to edit: write the answers there, and `retell build` carries
/// them into the follow-up, the notes and the presenter view. Entries that stand there are never changed by a command.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Qa {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  retell qa add talks/rds \"Why not Aurora?\"      keep a question that somebody asked
  retell qa import talks/rds                     keep what was asked in the room, from room/*.jsonl
  retell qa list talks/rds --open                what still waits for an answer
  retell build talks/rds                         carry the answers into the follow-up";

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Add),
    List(list::List),
    Import(import::Import),
}

impl Qa {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        match &self.command {
            Command::Add(add) => add.run(terminal),
            Command::List(list) => list.run(terminal),
            Command::Import(import) => import.run(terminal),
        }
    }
}

/// The talk at `path`; `None` when nothing can be kept beside it, which has been said.
fn read_talk(terminal: &Terminal, path: &Path) -> io::Result<Option<TalkQuestions>> {
    match pipeline::talk_questions(path) {
        Ok(talk) => Ok(Some(talk)),
        Err(report) => say_findings(terminal, &report).map(|()| None),
    }
}

fn say_findings(terminal: &Terminal, report: &Report) -> io::Result<()> {
    terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, terminal.colours_findings()))
}

/// Says why nothing was kept.
fn say_refusal(terminal: &Terminal, talk: &TalkQuestions, why: &NotKept) -> io::Result<Exit> {
    let file = visible(&talk.file().display().to_string());
    let (message, hint, exit) = match why {
        NotKept::Empty => ("there are no words in it".to_owned(), "write the question in quotes", Exit::Usage),
        NotKept::TooLong(count, limit) => {
            (format!("this has {count} characters, the limit is {limit}"), "say it in fewer words", Exit::Usage)
        }
        NotKept::NoSlide(id, near) => {
            let hint = near.as_ref().map_or_else(
                || "name a slide by its id, as in `## Title {#id}`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            terminal.error_with_hint(&format!("no slide has the id `{}`", visible(id)), &hint)?;
            return Ok(Exit::Usage);
        }
        NotKept::Known(line) => {
            (format!("the same question stands in {file}:{line}"), "write the answer there", Exit::Errors)
        }
        NotKept::Full => (
            format!("`{file}` is full"),
            "keep the questions that somebody may ask again, and take the others out",
            Exit::Errors,
        ),
        NotKept::Unreadable(report) => {
            say_findings(terminal, report)?;
            (format!("nothing was written to `{file}`"), "mend what is wrong there first", Exit::Errors)
        }
        NotKept::ReadsDifferently => (
            format!("nothing can be added at the end of `{file}` as it is"),
            "write it as a list of `- ask: …`, with nothing else behind it",
            Exit::Errors,
        ),
        NotKept::Refused(why) => {
            (format!("can't write `{file}`: {why}"), "nothing in it has changed; try again", Exit::Errors)
        }
    };
    terminal.error_with_hint(&message, hint)?;
    Ok(exit)
}
