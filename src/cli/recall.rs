use std::io;

use clap::{Args, Subcommand};

use super::Exit;
use super::collect::Collect;
use super::due::Due;
use super::terminal::Terminal;

/// Follow a talk up: which questions are due, and what people still know.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Recall {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Due(Due),
    Collect(Collect),
}

const EXAMPLES: &str = "\
Examples:
  retell recall due talks                           what to post today, over all talks
  retell recall collect chat.txt --talk talks/rds   what people still know, and the slides to improve";

impl Recall {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        match &self.task {
            Task::Due(due) => due.run(terminal),
            Task::Collect(collect) => collect.run(terminal),
        }
    }
}
