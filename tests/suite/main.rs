//! Every test that is not beside its code: one binary, so that linking happens once.

mod browser;
mod cli;
