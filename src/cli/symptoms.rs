use std::fmt::Write as _;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{self, FoundEntry, Origin, Search};

/// Find what talks say about a symptom, by the text of an error or by a question.
///
/// Searches the trigger lines, recall questions and prepared questions of all talks in a folder and the folders below it.
/// Numbers, case and the width of characters may differ.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Symptoms {
    /// What you see: the text of an error, or words.
    #[arg(value_name = "TEXT", required_unless_present = "html")]
    text: Option<String>,
    /// A folder of talks, or one talk.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Write what is found as one JSON object.
    #[arg(long)]
    json: bool,
    /// Write one page with all entries, which can be searched offline.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// How many entries to show.
    #[arg(long, value_name = "N", default_value = "5")]
    limit: NonZeroUsize,
}

const EXAMPLES: &str = "\
Examples:
  retell symptoms \"ERROR 1205 lock wait timeout\"       in the talks of this folder
  retell symptoms \"CPU 很低，接口却很慢\" talks --limit 3
  retell symptoms --html symptoms.html talks           one page with everything, to search offline
  retell symptoms \"failover\" talks --json              for a program";

impl Symptoms {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let (text, folder) = self.asked();
        if !folder.exists() {
            let message = format!("there is no `{}`", folder.display());
            terminal.error_with_hint(&message, "name a folder of talks, or one talk")?;
            return Ok(Exit::Errors);
        }
        if let Some(file) = &self.html {
            let talks = pipeline::all_symptoms(&folder);
            let page = pipeline::symptoms_page(&talks, text.unwrap_or_default());
            if let Err(finding) = pipeline::write_file(file, page.into_bytes()) {
                terminal.error_with_hint(&finding.message, "choose another place for the file")?;
                return Ok(Exit::Errors);
            }
            let entries = talks.iter().map(|talk| talk.entries.len()).sum();
            let (entries, talks) = (counted(entries, "answer"), counted(talks.len(), "talk"));
            terminal.say(&format!("{}: {entries} of {talks}\n", visible(&file.display().to_string())))?;
        }
        let Some(text) = text else { return Ok(Exit::Clean) };
        let Some(query) = pipeline::symptom_query(text) else {
            terminal.error_with_hint("there is no word to search for", "give the text of an error, or a question")?;
            return Ok(Exit::Usage);
        };
        let search = pipeline::search_symptoms(&folder, &query, self.limit.get());
        if self.json {
            // Texts and finite numbers under text keys always serialise.
            terminal.out(&format!("{}\n", serde_json::to_string_pretty(&search).unwrap_or_default()))?;
        } else {
            terminal.out(&listed(&search, terminal.colours_results()))?;
        }
        remarks(terminal, &search, &folder)?;
        Ok(Exit::Clean)
    }

    /// What is searched for, and where. With `--html` alone, one argument that is a folder is the place.
    fn asked(&self) -> (Option<&str>, PathBuf) {
        let here = PathBuf::from(".");
        match (&self.text, &self.folder) {
            (Some(only), None) if self.html.is_some() && Path::new(only).exists() => (None, PathBuf::from(only)),
            (text, folder) => (text.as_deref(), folder.clone().unwrap_or(here)),
        }
    }
}

/// What a person should know about the search beside what was found.
fn remarks(terminal: &Terminal, search: &Search, folder: &Path) -> io::Result<()> {
    for talk in &search.unreadable {
        terminal.say(&format!("{} can't be read\n", visible(&talk.display().to_string())))?;
    }
    let folder = visible(&folder.display().to_string());
    if search.talks == 0 {
        terminal.say(&format!("no talk in `{folder}`: a talk is a folder with a `talk.md`\n"))?;
    } else if search.found.is_empty() {
        let talks = counted(search.talks, "talk");
        terminal.say(&format!("nothing in {talks} fits; try fewer words, those that are least common\n"))?;
    }
    Ok(())
}

/// What was found, best first.
fn listed(search: &Search, colour: bool) -> String {
    let mut out = String::new();
    for (at, found) in search.found.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        entry(&mut out, found, colour);
    }
    out
}

fn entry(out: &mut String, found: &FoundEntry, colour: bool) {
    let when = visible(&found.entry.when);
    let _ = if colour { writeln!(out, "\x1b[1m{when}\x1b[0m") } else { writeln!(out, "{when}") };
    let entry = &found.entry;
    let rows = match entry.origin {
        Origin::Trigger => [("means", &entry.means), ("do first", &entry.action), ("read on", &entry.see)],
        Origin::Recall | Origin::Question => [("answer", &entry.action), ("why", &entry.means), ("", &None)],
    };
    for (label, text) in rows {
        if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
            let _ = writeln!(out, "  {label:<8}  {}", visible(text));
        }
    }
    let slide = entry.slide.as_ref().map(|slide| format!(", slide {}: {}", slide.number, visible(&slide.title)));
    let talk = visible(&found.talk.display().to_string());
    let _ = writeln!(out, "  {:<8}  {} ({talk}){}", "talk", visible(&found.title), slide.unwrap_or_default());
}
