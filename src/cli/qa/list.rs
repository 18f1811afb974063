use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{read_talk, say_findings};
use crate::cli::Exit;
use crate::cli::columns::fit;
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::diagnostic::{Severity, counted};
use crate::pipeline::ListedQuestion;

/// List the kept questions, those first that most people wanted to know.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct List {
    /// A folder with a `talk.md`, or that file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// Only what still waits for an answer.
    #[arg(long)]
    open: bool,
    /// Write the same as one JSON list.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell qa list talks/rds
  retell qa list talks/rds --open
  retell qa list talks/rds --json";

impl List {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(talk) = read_talk(terminal, &self.talk)? else { return Ok(Exit::Errors) };
        let (mut listed, report) = talk.list();
        say_findings(terminal, &report)?;
        let failed = report.diagnostics.count(Severity::Error) > 0;
        let exit = if failed { Exit::Errors } else { Exit::Clean };
        let all = listed.len();
        if self.open {
            listed.retain(|question| matches!(question.state, "open" | "later"));
        }
        listed.sort_by_key(|question| std::cmp::Reverse(question.support));
        let file = visible(&talk.file().display().to_string());
        if self.json {
            let json = serde_json::to_string_pretty(&listed).unwrap_or_default();
            terminal.out(&format!("{json}\n"))?;
        } else if listed.is_empty() && !failed {
            let message = if all == 0 {
                format!("no questions in {file}; `retell qa add` and `retell qa import` keep some\n")
            } else {
                format!("none of {} in {file} waits for an answer\n", counted(all, "question"))
            };
            terminal.say(&message)?;
        } else {
            terminal.out(&table(&listed, &file))?;
        }
        Ok(exit)
    }
}

fn table(listed: &[ListedQuestion], file: &str) -> String {
    let mut text = String::new();
    for question in listed {
        let support = if question.support == 0 { String::new() } else { format!("+{}", question.support) };
        let _ = writeln!(text, "{:<8}  {support:>5}  {}", question.state, visible(&one_line(&question.ask)));
        let answer = question.answer.as_deref().map(|answer| fit(&one_line(answer), 72).trim_end().to_owned());
        if let Some(answer) = answer {
            let _ = writeln!(text, "{:17}→ {answer}", "");
        }
        let by = question.by.as_ref().map(|by| format!("by {}", visible(&one_line(by))));
        let slide = question.slide.as_ref().map(|slide| format!("slide {}", visible(slide)));
        let place = format!("{file}:{}", question.line);
        let facts: Vec<String> = [by, question.asked.clone(), slide, Some(place)].into_iter().flatten().collect();
        let _ = writeln!(text, "{:17}{}", "", facts.join(" · "));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
