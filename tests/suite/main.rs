//! Every test that is not beside its code: one binary, so that linking happens once.
//!
//! `tests/README.md` says how to add a case of each kind.

mod architecture;
mod browser;
mod cli;
mod fuzz;
mod parse;
mod pdf;
