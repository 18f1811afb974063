use std::io;
use std::path::PathBuf;

use clap::Args;

use super::write_preview;
use crate::cli::Exit;
use crate::cli::serve::Serve;
use crate::cli::terminal::Terminal;

/// Show every kind of slide in a theme, in the browser; every save of the theme appears at once.
///
/// A theme's folder may have a `preview.md` of its own, as `retell theme new` makes it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Preview {
    /// The name of a built-in theme, or a theme's folder.
    #[arg(value_name = "THEME", default_value = "paper")]
    theme: String,
    /// The port; the next free one when it is taken, any free one for 0.
    #[arg(short, long, value_name = "PORT", default_value_t = crate::cli::serve::PORT)]
    port: u16,
    /// Open the page in the browser.
    #[arg(long)]
    open: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell theme preview night --open
  retell theme preview my-theme";

impl Preview {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let folder = PathBuf::from(&self.theme);
        let own = folder.join("preview.md");
        if folder.join("theme.yaml").is_file() && own.is_file() {
            return Serve::of(own, &self.theme, self.port, self.open).run(terminal);
        }
        let known = crate::pipeline::themes().iter().any(|theme| theme.name == self.theme);
        if !known && !folder.join("theme.yaml").is_file() {
            let hint = "`retell theme list` lists the built-in ones; a folder needs a `theme.yaml`";
            terminal.error_with_hint(&format!("there is no theme `{}`", self.theme), hint)?;
            return Ok(Exit::Usage);
        }
        let talk = tempfile::tempdir()?;
        write_preview(talk.path())?;
        Serve::of(talk.path().join("preview.md"), &self.theme, self.port, self.open).run(terminal)
    }
}
