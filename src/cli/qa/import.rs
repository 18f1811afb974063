use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{read_talk, say_refusal};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{self, Imported};

/// Keep what was asked in the room: its questions with their support and what became of them.
///
/// What was kept before is not kept twice, and nothing that stands in `qa.yaml` is changed: where the room says something
/// newer, that is told. Hidden questions are left out. The muddiest points are listed by slide, for the next version of the
/// talk.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Import {
    /// A folder with a `talk.md`, or that file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// Files of rooms; all `room/*.jsonl` beside the talk by default.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write what was done as one JSON object.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell qa import talks/rds
  retell qa import talks/rds talks/rds/room/2026-12-04.jsonl
  retell qa import talks/rds --json | jq '.muddy[] | {title, points}'";

/// How many faults, and differences, are told one by one.
const MAX_TOLD: usize = 20;

impl Import {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        if self.talk.extension().is_some_and(|end| end == "jsonl") {
            let message = format!("`{}` is no talk", visible(&self.talk.display().to_string()));
            terminal.error_with_hint(&message, "name the talk first: `retell qa import TALK FILE`")?;
            return Ok(Exit::Usage);
        }
        let Some(talk) = read_talk(terminal, &self.talk)? else { return Ok(Exit::Errors) };
        let imported = match talk.import(&self.files) {
            Ok(imported) => imported,
            Err(why) => return say_refusal(terminal, &talk, &why),
        };
        if imported.files.is_empty() && imported.unreadable.is_empty() {
            let hint = "`retell present TALK --room` makes one; others can be named: `retell qa import TALK FILE`";
            terminal.error_with_hint("there is no `room/*.jsonl` beside the talk", hint)?;
            return Ok(Exit::Errors);
        }
        let file = visible(&talk.file().display().to_string());
        if self.json {
            let json = serde_json::to_string_pretty(&imported).unwrap_or_default();
            terminal.out(&format!("{json}\n"))?;
        } else {
            terminal.out(&done(&imported, &file))?;
        }
        terminal.say(&noted(&imported, &file))?;
        for unread in &imported.unreadable {
            terminal.error(&format!("can't read `{}`: {}", visible(&unread.file.display().to_string()), unread.why))?;
        }
        Ok(if imported.unreadable.is_empty() { Exit::Clean } else { Exit::Errors })
    }
}

/// What was kept, and what was muddy.
fn done(imported: &Imported, file: &str) -> String {
    let import = &imported.import;
    let mut text = String::new();
    for entry in &import.added {
        let support = if entry.support == 0 { String::new() } else { format!("+{}", entry.support) };
        let state = entry.state.map_or("open", pipeline::QuestionState::name);
        let _ = writeln!(text, "{state:<8}  {support:>5}  {}", line(&entry.ask));
    }
    let _ = write!(text, "{file}: {} kept", counted(import.added.len(), "question"));
    for (count, what) in [(import.known, "known"), (import.hidden, "hidden, left out")] {
        if count > 0 {
            let _ = write!(text, ", {count} {what}");
        }
    }
    text.push('\n');
    if !import.muddy.is_empty() {
        text.push_str("\nmuddiest points:\n");
    }
    for muddy in &import.muddy {
        let heading = match (muddy.number, &muddy.title, &muddy.slide) {
            (Some(number), title, id) => {
                format!("slide {number} · {}", line(title.as_ref().or(id.as_ref()).map_or("", String::as_str)))
            }
            (None, _, Some(id)) => format!("slide `{}`, which is not shown", line(id)),
            (None, _, None) => "the talk as a whole".to_owned(),
        };
        let _ = writeln!(text, "  {heading}");
        for point in &muddy.points {
            let _ = writeln!(text, "    - {}", line(point));
        }
    }
    text
}

/// What the person should know: differences, questions that found no place, lines that can't be read.
fn noted(imported: &Imported, file: &str) -> String {
    let import = &imported.import;
    let mut text = String::new();
    for differs in import.differences.iter().take(MAX_TOLD) {
        let (from, key, kept, room) = (line(&differs.from), differs.key, &differs.kept, &differs.room);
        let _ =
            writeln!(text, "note: {from}: `{key}` is {room} in the room and {kept} in {file}, which stays as it is");
    }
    more(&mut text, import.differences.len(), "difference");
    for id in import.missing_slides.iter().take(MAX_TOLD) {
        let _ = writeln!(text, "note: no slide has the id `{}`; what was asked about it is kept without it", line(id));
    }
    more(&mut text, import.missing_slides.len(), "slide");
    for fault in import.faults.iter().take(MAX_TOLD) {
        let _ = writeln!(text, "warning: {}:{}: {}", line(&fault.file), fault.line, line(&fault.why));
    }
    more(&mut text, import.fault_count, "line");
    for (room, events) in &import.unknown {
        for (name, event) in events.iter().take(MAX_TOLD) {
            let times = counted(event.count, "event");
            let (room, name, first) = (line(room), line(name), event.first);
            let _ = writeln!(text, "warning: {room}:{first}: {times} `{name}`, which is not known here, left out");
        }
        more(&mut text, events.len(), "kind of event");
    }
    if import.over > 0 {
        let over = counted(import.over, "question");
        let _ = writeln!(text, "warning: {file} is full: {over} found no place in it");
    }
    text
}

fn more(text: &mut String, count: usize, what: &str) {
    if count > MAX_TOLD {
        let _ = writeln!(text, "… and {} more", counted(count - MAX_TOLD, what));
    }
}

/// A text of somebody else on one line.
fn line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
