use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::Exit;
use super::shared::today;
use super::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{self, DueList, DueTalk};

/// Say which questions are due today, over all talks, and give the messages to post.
///
/// A message has two questions and the way to check them, never an answer. Proposals whose day to decide has come are
/// named too. Retell posts nothing itself and does not know what was posted: a round is named until seven days after its day.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Due {
    /// A folder of talks, or one talk.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Another day than today, as `2026-12-11`.
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Date>,
    /// Write the same as one JSON object.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell recall due                           the talks in this folder
  retell recall due talks --date 2026-12-11   what will be due then
  retell recall due talks --json              for a program that posts it";

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as `2026-12-11`".to_owned())
}

impl Due {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        if !self.folder.exists() {
            let message = format!("there is no `{}`", self.folder.display());
            terminal.error_with_hint(&message, "name a folder of talks, or one talk")?;
            return Ok(Exit::Errors);
        }
        let today = self.date.unwrap_or_else(today);
        let list = pipeline::due_talks(&self.folder, today);
        if list.found == 0 {
            terminal.say(&format!("no talk in `{}`: a talk is a folder with a `talk.md`\n", shown(&self.folder)))?;
        }
        if self.json {
            let json = serde_json::json!({ "date": today.to_string(), "talks": list.talks, "undated": list.undated, "unreadable": list.unreadable });
            // Texts and numbers under text keys always serialise.
            terminal.out(&format!("{}\n", serde_json::to_string_pretty(&json).unwrap_or_default()))?;
        } else {
            terminal.out(&listed(&list, today))?;
        }
        let unlinked = |talk: &&DueTalk| talk.due.now.as_ref().is_some_and(|now| !now.has_link);
        for talk in list.talks.iter().filter(unlinked) {
            let hint = "give the address of its follow-up.html as `link` below `recall` to have it in the message";
            terminal.say(&format!("{}: {hint}\n", shown(&talk.path)))?;
        }
        for talk in &list.undated {
            terminal.say(&format!("{} has questions, but no `date` to count from\n", shown(talk)))?;
        }
        for talk in &list.unreadable {
            terminal.error_with_hint(&format!("can't read {}", shown(talk)), "`retell check` says why")?;
        }
        Ok(if list.unreadable.is_empty() { Exit::Clean } else { Exit::Errors })
    }
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}

fn listed(list: &DueList, today: Date) -> String {
    let mut text = String::new();
    for talk in &list.talks {
        round(talk, &mut text);
    }
    decisions(list, &mut text);
    let mut next: Vec<_> = list.talks.iter().filter_map(|talk| Some((talk.due.next?, talk))).collect();
    next.sort_by_key(|(next, _)| next.date);
    if text.is_empty() {
        let _ = writeln!(text, "nothing is due on {today}");
    }
    if !next.is_empty() {
        text.push_str("\nnext\n");
    }
    for (next, talk) in next {
        let (days, title) = (counted(usize::try_from(next.ahead).unwrap_or_default(), "day"), visible(&talk.due.title));
        let _ = writeln!(text, "  {}  day {:<3}  in {days}: {title}", next.date, next.day);
    }
    text
}

/// A round to be posted, and its message.
fn round(talk: &DueTalk, text: &mut String) {
    let Some(now) = &talk.due.now else { return };
    if !text.is_empty() {
        text.push('\n');
    }
    let contact = talk.due.contact.as_ref().map(|contact| format!(", post to {}", visible(contact)));
    let _ = writeln!(
        text,
        "{} ({}): day {}, {}{}\n",
        visible(&talk.due.title),
        shown(&talk.path),
        now.day,
        late(now.late),
        contact.unwrap_or_default()
    );
    for line in now.message.lines() {
        let _ = writeln!(text, "{}", format!("    {}", visible(line)).trim_end());
    }
}

fn decisions(list: &DueList, text: &mut String) {
    let all = list.talks.iter().flat_map(|talk| talk.due.decisions.iter().map(move |decision| (decision, talk)));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(decision, _)| decision.decide_by);
    if all.is_empty() {
        return;
    }
    text.push_str(if text.is_empty() { "to decide\n" } else { "\nto decide\n" });
    for (decision, talk) in all {
        let owner = decision.owner.as_ref().map(|owner| format!(", {}", visible(owner)));
        let _ = writeln!(
            text,
            "  {} by {} ({}){}: {}",
            visible(&decision.tool),
            decision.decide_by,
            late(decision.late),
            owner.unwrap_or_default(),
            visible(&talk.due.title)
        );
    }
}

fn late(days: i32) -> String {
    match days {
        0 => "due today".to_owned(),
        days => format!("due {} ago", counted(usize::try_from(days).unwrap_or_default(), "day")),
    }
}
