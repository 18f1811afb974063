use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{read_talk, say_refusal};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::visible;
use crate::pipeline::NewQuestion;

/// Keep one question.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Add {
    /// A folder with a `talk.md`, or that file.
    #[arg(value_name = "TALK")]
    talk: PathBuf,
    /// The question, as it was asked.
    #[arg(value_name = "QUESTION", allow_hyphen_values = true)]
    question: String,
    /// The answer; it may hold Markdown, and can be written into the file later.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    answer: Option<String>,
    /// The id of the slide that it is about.
    #[arg(long, value_name = "ID")]
    slide: Option<String>,
    /// Who asked, if they want that to be known.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  retell qa add talks/rds \"Why not Aurora?\"
  retell qa add talks/rds \"Why not Aurora?\" --answer \"It keeps long transactions.\" --slide compare
  retell qa add . \"为什么不直接上 Aurora？\" --by 小林";

impl Add {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(talk) = read_talk(terminal, &self.talk)? else { return Ok(Exit::Errors) };
        let entry = NewQuestion {
            ask: self.question.clone(),
            answer: self.answer.clone(),
            slide: self.slide.clone(),
            by: self.by.clone(),
            ..NewQuestion::default()
        };
        match talk.add(entry) {
            Ok(()) => {
                terminal.out(&format!("kept in {}\n", visible(&talk.file().display().to_string())))?;
                Ok(Exit::Clean)
            }
            Err(why) => say_refusal(terminal, &talk, &why),
        }
    }
}
