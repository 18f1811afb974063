use std::io;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::terminal::Terminal;
use super::{Arguments, Exit};

/// Print a script that lets the shell complete `retell` commands.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  retell completions bash > ~/.local/share/bash-completion/completions/retell
  retell completions zsh > \"${fpath[1]}/_retell\"
  retell completions fish > ~/.config/fish/completions/retell.fish
  retell completions powershell >> $PROFILE";

impl Completions {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "retell", &mut script);
        terminal.out(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Clean)
    }
}
