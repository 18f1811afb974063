use std::io;
use std::path::PathBuf;

use clap::Args;

use super::write_preview;
use crate::cli::Exit;
use crate::cli::shared::Findings;
use crate::cli::terminal::Terminal;
use crate::diagnostic::print::{Format, print, visible};
use crate::diagnostic::{Severity, summary};
use crate::pipeline;

/// Find what is wrong with a theme.
///
/// CSS that browsers and the PDF don't draw alike, colours that are too near each other, layouts and fonts that are
/// missing, and what does not fit or can't be read when every kind of slide is painted.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// The theme's folder, or the name of a built-in theme.
    #[arg(value_name = "DIR", default_value = ".")]
    theme: PathBuf,
    #[command(flatten)]
    findings: Findings,
}

const EXAMPLES: &str = "\
Examples:
  retell theme check my-theme
  retell theme check my-theme --strict --format short   for an editor, warnings count";

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let name = self.theme.display().to_string();
        let folder = tempfile::tempdir()?;
        write_preview(folder.path())?;
        let report = pipeline::check_theme(&name, folder.path());
        let format = Format::from(self.findings.format);
        let text = print(&report.diagnostics, &report.sources, format, terminal.colours_findings());
        if format == Format::Json {
            terminal.out(&text)?;
        } else {
            terminal.say(&text)?;
        }
        let count = |severity| report.diagnostics.count(severity);
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if format != Format::Json {
            let found = summary(errors, warnings);
            terminal.say(&format!("{}: {}\n", visible(&name), found.as_deref().unwrap_or("no problems")))?;
        }
        let fails = errors > 0 || (self.findings.strict && warnings > 0);
        Ok(if fails { Exit::Errors } else { Exit::Clean })
    }
}
