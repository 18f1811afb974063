use std::io::{self, IsTerminal as _, Write as _};

use clap::ValueEnum;

use crate::diagnostic::print::visible;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal that can, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Also in pipes
    Always,
    /// Nowhere
    Never,
}

/// The two streams of the process.
#[derive(Clone, Debug)]
pub(super) struct Terminal {
    colour: Colour,
}

#[allow(clippy::unused_self, reason = "whoever prints has been handed the terminal")]
impl Terminal {
    pub(super) fn new(colour: Colour) -> Self {
        Self { colour }
    }

    /// Writes results, which a pipe may read.
    pub(super) fn out(&self, text: &str) -> io::Result<()> {
        let mut stream = io::stdout().lock();
        stream.write_all(text.as_bytes())?;
        stream.flush()
    }

    /// Writes findings and other things said about the run.
    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        io::stderr().lock().write_all(text.as_bytes())
    }

    /// Says in one line why the command can't do what was asked.
    pub(super) fn error(&self, message: &str) -> io::Result<()> {
        let word = if self.colours_findings() { "\x1b[1;31merror\x1b[0m" } else { "error" };
        self.say(&format!("{word}: {}\n", visible(message)))
    }

    /// The same with a line of advice.
    pub(super) fn error_with_hint(&self, message: &str, hint: &str) -> io::Result<()> {
        self.error(message)?;
        self.say(&format!("  = help: {}\n", visible(hint)))
    }

    /// Whether what [`Self::say`] writes is coloured.
    pub(super) fn colours_findings(&self) -> bool {
        self.colours(io::stderr().is_terminal())
    }

    /// Whether somebody sees what [`Self::out`] writes, not a program.
    pub(super) fn shows_results(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Whether what [`Self::out`] writes is coloured.
    pub(super) fn colours_results(&self) -> bool {
        self.colours(io::stdout().is_terminal())
    }

    /// Whether pictures made of characters are of use in what [`Self::out`] writes.
    pub(super) fn draws_results(&self) -> bool {
        self.shows_results() || self.colours_results()
    }

    /// Whether a line may be written and erased again.
    pub(super) fn can_erase(&self) -> bool {
        io::stderr().is_terminal() && !is_dumb()
    }

    fn colours(&self, is_terminal: bool) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            // https://no-color.org: set and not empty.
            Colour::Auto => is_terminal && !is_dumb() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
        }
    }
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
