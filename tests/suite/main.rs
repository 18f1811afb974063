//! Every test that is not beside its code: one binary, so that linking happens once.
//!
//! `tests/README.md` says how to add a case of each kind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says what it skips"
)]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "made-up inputs are written the short way")]

mod architecture;
mod bad_input;
mod browser;
mod build;
mod built;
mod calibration;
mod check;
mod claimed;
mod cli;
mod contact_sheets;
mod drawings;
mod follow_up;
mod frames;
mod fuzz;
mod kept_pages;
mod lines;
mod live;
mod papers;
mod parity;
mod parse;
mod pdf;
mod project;
mod qa;
mod readme;
mod rehearsal;
mod serve;
mod tagged;
mod timing_table;
