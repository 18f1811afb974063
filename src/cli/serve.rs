use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::shared::{Reading, fixed_day};
use super::terminal::Terminal;
use crate::diagnostic::print::{Format, print, visible};
use crate::diagnostic::{Severity, summary};
use crate::pipeline::Talks;
use crate::serve::{self, PreviewOptions, Verdict};

/// Show a talk in the browser while you write it; every save appears at once.
///
/// The page stays on its slide and goes to the one that you edit. What is wrong appears over the last good deck and
/// here. A folder of talks gives a page that lists them. Only this machine reaches the server.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Serve {
    /// A folder with a `talk.md`, a Markdown file, or a folder of talks.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// The port; the next free one when it is taken, any free one for 0.
    #[arg(short, long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    reading: Reading,
}

const EXAMPLES: &str = "\
Examples:
  retell serve                        the talk in this folder
  retell serve talks/rds --open       and open it in the browser
  retell serve talks                  a list of all talks in a folder
  retell serve my-talk --theme night  try another look";

/// The port when none is asked for.
pub(super) const PORT: u16 = 4860;

impl Serve {
    /// Shows the talk in `talk` with the theme `theme`.
    pub(super) fn of(talk: PathBuf, theme: &str, port: u16, open: bool) -> Self {
        let reading = Reading { theme: Some(theme.to_owned()), ..Reading::default() };
        Self { talk, port, open, reading }
    }

    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        if !self.talk.exists() {
            let message = format!("there is no `{}`", self.talk.display());
            let hint = "name a folder with a `talk.md`, a Markdown file or a folder of talks";
            terminal.error_with_hint(&message, hint)?;
            return Ok(Exit::Errors);
        }
        let mut said = Ok(());
        let (talk, colour) = (self.talk.clone(), terminal.colours_findings());
        let tell = terminal.clone();
        let served = serve::preview(
            self.options(),
            |address, port| said = self.welcome(terminal, address, port),
            // A closed terminal is no reason to end the preview.
            Box::new(move |verdict| drop(tell.say(&told(&talk, verdict, colour)))),
        );
        said?;
        let Err(error) = served else { return Ok(Exit::Clean) };
        let reason = error.to_string();
        let reason = reason.split(" (os error").next().unwrap_or_default().to_lowercase();
        let message = format!("can't listen on port {}: {reason}", self.port);
        terminal.error_with_hint(&message, "choose another port with `--port`; 0 takes any free one")?;
        Ok(Exit::Errors)
    }

    fn options(&self) -> PreviewOptions {
        let job = self.reading.job(&self.talk);
        PreviewOptions { talks: Talks::at(job), port: self.port, today: fixed_day() }
    }

    /// Says where the page is, and opens it where that was asked for.
    fn welcome(&self, terminal: &Terminal, address: &str, port: u16) -> io::Result<()> {
        if self.port != 0 && port != self.port {
            terminal.say(&format!("port {} is taken, using {port}\n", self.port))?;
        }
        terminal.out(&format!("{address}\n"))?;
        if self.open && open::that_detached(address).is_err() {
            terminal.say("no browser could be opened; the address is above\n")?;
        }
        terminal.say("Ctrl-C stops\n")
    }
}

/// What was found, and how it stands.
fn told(talk: &Path, verdict: &Verdict<'_>, colour: bool) -> String {
    let count = |severity| verdict.diagnostics.count(severity);
    let summary = summary(count(Severity::Error), count(Severity::Warning));
    let name = talk.join(verdict.talk).display().to_string();
    let name = visible(name.trim_end_matches(['/', '\\']));
    let found = print(verdict.diagnostics, verdict.sources, Format::Human, colour);
    format!("{found}{name}: {}\n", summary.as_deref().unwrap_or("no problems"))
}
