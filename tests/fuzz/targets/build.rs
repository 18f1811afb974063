//! libFuzzer on the whole way from a talk to its pack.

#![no_main]

#[path = "../targets.rs"]
mod targets;

use std::sync::LazyLock;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(targets::folder);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::build(bytes, FOLDER.path()));
