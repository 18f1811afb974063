use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::cli::Exit;
use crate::cli::new::is_taken;
use crate::cli::terminal::Terminal;
use crate::diagnostic::did_you_mean;
use crate::pipeline::{self, write_start};

/// Start a theme: a folder whose files say what each part is for.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct New {
    /// The folder to make; its name becomes the theme's.
    #[arg(value_name = "NAME")]
    folder: PathBuf,
    /// The built-in theme that it starts from.
    #[arg(long, value_name = "THEME", default_value = "paper")]
    from: String,
}

const EXAMPLES: &str = "\
Examples:
  retell theme new my-theme
  retell theme new my-talk/my-theme --from night   in a talk's folder, which names it as `theme: ./my-theme`";

impl New {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let shown = self.folder.display();
        let name = self.folder.file_name().and_then(|name| name.to_str()).filter(|name| is_plain(name));
        let Some(name) = name else {
            let hint = "use letters, digits, `-` and `_`, as in `retell theme new my-theme`";
            terminal.error_with_hint(&format!("`{shown}` can't be the name of a theme"), hint)?;
            return Ok(Exit::Usage);
        };
        if pipeline::themes().iter().any(|theme| theme.name == name) {
            let hint = format!("choose another name; `retell theme new my-theme --from {name}` starts from it");
            terminal.error_with_hint(&format!("`{name}` is a built-in theme"), &hint)?;
            return Ok(Exit::Usage);
        }
        let Some(files) = pipeline::new_theme(name, &self.from) else {
            let themes = pipeline::themes();
            let near = did_you_mean(&self.from, themes.iter().map(|theme| theme.name.as_str()));
            let hint = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            let message = format!("there is no theme `{}`", self.from);
            terminal.error_with_hint(&message, &format!("{hint}`retell theme list` lists them"))?;
            return Ok(Exit::Usage);
        };
        if is_taken(&self.folder) {
            let hint = "choose another name; nothing is ever overwritten";
            terminal.error_with_hint(&format!("`{shown}` is already there"), hint)?;
            return Ok(Exit::Errors);
        }
        if let Err(found) = write_start(&self.folder, &files) {
            terminal.error_with_hint(&found.message, found.hints.first().map_or("", String::as_str))?;
            return Ok(Exit::Errors);
        }
        terminal.out(&format!(
            "made {shown}/theme.yaml\n  next: `retell theme preview {shown} --open`, then change a colour in theme.yaml\n"
        ))?;
        Ok(Exit::Clean)
    }
}

/// Whether `name` needs no quoting anywhere.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    name.starts_with(char::is_alphabetic) && name.chars().all(is_plain)
}
