//! The `retell` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    retell::cli::run()
}
