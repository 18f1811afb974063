//! Every test that is not beside its code: one binary, so that linking happens once.
//!
//! `tests/README.md` says how to add a case of each kind.

mod architecture;
mod browser;
mod build;
mod built;
mod check;
mod cli;
mod fuzz;
mod parity;
mod parse;
mod pdf;
mod project;
mod readme;
