//! Arguments that several commands take.

use clap::Args;

use super::report::FormatName;

/// How a talk is read.
#[derive(Args, Debug)]
pub(super) struct Reading {
    /// Use this theme instead of the talk's: a built-in name or a folder.
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// Leave raw HTML in the talks as it is; only for talks that you wrote yourself.
    #[arg(long)]
    pub(super) trust_html: bool,
}

/// What becomes of findings.
#[derive(Args, Debug)]
pub(super) struct Findings {
    /// How findings are written.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: FormatName,
    /// Let warnings fail the command too.
    #[arg(long)]
    pub(super) strict: bool,
}
