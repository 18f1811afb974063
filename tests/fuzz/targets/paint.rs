//! libFuzzer on the way from a slide to a PDF.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::paint(bytes));
