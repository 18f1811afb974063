use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::results_table::table;
use super::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::{Format, print, visible};
use crate::pipeline::{self, ResultText, Results};

/// Say what people still know, from the result lines that they posted.
///
/// Reads lines as `RT1 rds-2026 d7 first-check=2,pool=1 ~x7Qk` wherever they stand in chats, mails or notes, and the room's
/// files. Nothing is shown of fewer than five people, and nothing about one. With the talk, questions have their slides.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Collect {
    /// Texts with result lines in them; `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The talk: other talks' lines are left out, and its questions, slides and audience are known.
    #[arg(long, value_name = "TALK")]
    talk: Option<PathBuf>,
    /// Write the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Write the figures as one page with charts.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  retell recall collect chat.txt mails.txt                    every talk in there
  retell recall collect talks/rds/room/*.jsonl --talk talks/rds
  retell recall collect chat.txt --talk talks/rds --html results.html
  pbpaste | retell recall collect - --json                    what is in the clipboard, for a program";

/// The most bytes that are read of one text (64 MiB).
const MAX_TEXT: u64 = 64 * 1024 * 1024;

impl Collect {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let mut texts = Vec::new();
        for file in &self.files {
            match read(file) {
                Ok(bytes) => texts.push(ResultText { name: file.display().to_string(), bytes }),
                Err(message) => {
                    terminal.error_with_hint(&message, "name text files with result lines in them")?;
                    return Ok(Exit::Errors);
                }
            }
        }
        let (report, results) = pipeline::results(&texts, self.talk.as_deref());
        terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, terminal.colours_findings()))?;
        let Some(results) = results else {
            if let Some(talk) = self.talk.as_ref().filter(|_| !report.diagnostics.has_errors()) {
                let message = format!("`{}` has no questions to answer later", talk.display());
                terminal.error_with_hint(&message, "write `recall` blocks into it, or leave out `--talk`")?;
            }
            return Ok(Exit::Errors);
        };
        self.show(terminal, &results)
    }

    fn show(&self, terminal: &Terminal, results: &Results) -> io::Result<Exit> {
        if let Some(file) = &self.html {
            if let Err(finding) = pipeline::write_file(file, pipeline::results_page(results).into_bytes()) {
                terminal.error_with_hint(&finding.message, "choose another place for the file")?;
                return Ok(Exit::Errors);
            }
            terminal.say(&format!("{}\n", visible(&file.display().to_string())))?;
        }
        if self.json {
            // Texts and finite numbers under text keys always serialise.
            terminal.out(&format!("{}\n", serde_json::to_string_pretty(results).unwrap_or_default()))?;
        } else {
            terminal.out(&table(results, terminal.colours_results()))?;
        }
        if results.lines == 0 {
            let files = counted(self.files.len(), "file");
            let hint = "a line looks like `RT1 rds-2026 d7 first-check=2,pool=1 ~x7Qk`; \
                        follow-up.html copies it at the end of a round";
            terminal.error_with_hint(&format!("no result line in {files} counts"), hint)?;
            return Ok(Exit::Errors);
        }
        Ok(Exit::Clean)
    }
}

/// The bytes of a text, or why there are none.
fn read(file: &Path) -> Result<Vec<u8>, String> {
    let shown = file.display();
    let refused = |error: io::Error| {
        let reason = error.to_string();
        format!("can't read `{shown}`: {}", reason.split(" (os error").next().unwrap_or_default().to_lowercase())
    };
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(MAX_TEXT + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(MAX_TEXT + 1).read_to_end(&mut bytes))
    };
    read.map_err(refused)?;
    if bytes.len() as u64 > MAX_TEXT {
        return Err(format!("`{shown}` has more than {} MiB", MAX_TEXT / (1024 * 1024)));
    }
    Ok(bytes)
}
