//! The command line.
//!
//! In: arguments. Out: text on the terminal and an exit code: 0 when all is well, 1 when a talk has
//! errors (with `--strict`, warnings too), 2 when the command itself was wrong. Each subcommand is
//! one file with its arguments and its `run`. This is the only module that prints or knows the time;
//! it must not know what the stages do.

mod build;
mod check;
mod collect;
mod columns;
mod completions;
mod due;
mod explain;
mod gallery;
mod jobs;
mod list;
mod list_table;
mod new;
mod present;
mod progress;
mod qa;
mod qr;
mod recall;
mod rehearse;
mod report;
mod results_table;
mod serve;
mod shared;
mod symptoms;
mod terminal;
mod theme;
mod time;
mod time_table;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::{Colour, Terminal};

/// What to tell the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Clean,
    Errors,
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Errors => Self::from(1),
            Exit::Usage => Self::from(2),
        }
    }
}

/// Turns a talk written in Markdown into a talk pack: an HTML deck, PDFs and speaker notes.
#[derive(Debug, Parser)]
#[command(name = "retell", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    /// When to use colours; `auto` means on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  retell new my-talk                 start a talk
  retell build my-talk               make dist/my-talk/
  retell serve my-talk --open        see it grow while you write
  retell present my-talk --remote    give the talk, with a phone in the hand
  retell explain missing-image       say more about a finding

Exit codes: 0 clean, 1 errors (with --strict, warnings too), 2 wrong usage";

#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Build(build::Build),
    Check(check::Check),
    Serve(serve::Serve),
    Present(present::Present),
    Time(time::Time),
    List(list::List),
    Gallery(gallery::Gallery),
    Rehearse(rehearse::Rehearse),
    Qa(qa::Qa),
    Recall(recall::Recall),
    Symptoms(symptoms::Symptoms),
    Theme(theme::Theme),
    Explain(explain::Explain),
    Completions(completions::Completions),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => {
            // Help and version come this way too, with code 0. Nobody is left to tell of a closed pipe.
            let _ = refusal.print();
            return ExitCode::from(u8::try_from(refusal.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(arguments.color);
    match dispatch(&arguments.command, &terminal) {
        Ok(exit) => exit.into(),
        // The reader has seen enough, as in `retell explain | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = terminal.error(&format!("can't write the output: {error}"));
            ExitCode::from(1)
        }
    }
}

fn dispatch(command: &Command, terminal: &Terminal) -> io::Result<Exit> {
    match command {
        Command::New(new) => new.run(terminal),
        Command::Build(build) => build.run(terminal),
        Command::Check(check) => check.run(terminal),
        Command::Serve(serve) => serve.run(terminal),
        Command::Present(present) => present.run(terminal),
        Command::Time(time) => time.run(terminal),
        Command::List(list) => list.run(terminal),
        Command::Gallery(gallery) => gallery.run(terminal),
        Command::Rehearse(rehearse) => rehearse.run(terminal),
        Command::Qa(qa) => qa.run(terminal),
        Command::Recall(recall) => recall.run(terminal),
        Command::Symptoms(symptoms) => symptoms.run(terminal),
        Command::Theme(theme) => theme.run(terminal),
        Command::Explain(explain) => explain.run(terminal),
        Command::Completions(completions) => completions.run(terminal),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_subcommand_shows_examples() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:\n  retell "), "{} has no examples", command.get_name());
        }
    }
}
