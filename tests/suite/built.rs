//! The talks of this repository, each built once by the real program for all tests that look at the packs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::claimed::Folder;

/// Every talk and each theme in which it is looked at; `None` is the talk's own.
pub(crate) fn all() -> Vec<(String, Option<&'static str>)> {
    let entries = std::fs::read_dir(talks()).expect("the folder of talks").map(|entry| entry.expect("an entry"));
    let folders = entries.filter(|entry| entry.path().join("talk.md").is_file());
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut all: Vec<_> = names.into_iter().map(|name| (name, None)).collect();
    assert!(all.iter().any(|(name, _)| name == SAMPLE), "the sample talk is gone");
    all.push((SAMPLE.to_owned(), Some("night")));
    all
}

/// The talk that shows everything.
pub(crate) const SAMPLE: &str = "rds-deep-dive";

pub(crate) fn talks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("talks")
}

/// What this run of the tests has built, and no other run takes away meanwhile.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<Folder> = OnceLock::new();
    &HOME.get_or_init(|| Folder::claim(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs"))).path
}

/// The folder of the pack of a talk of this repository; the build must be without a warning.
pub(crate) fn pack(talk: &str, theme: Option<&str>) -> PathBuf {
    static BUILT: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    let into = home().join(theme.unwrap_or("own"));
    let pack = into.join(talk);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if !built.contains(&pack) {
        // What an earlier run has left is not the pack of this one; calendars count their changes.
        let _ = std::fs::remove_dir_all(&pack);
        build(talk, theme, &into, &[]);
        built.push(pack.clone());
    }
    pack
}

/// Builds a talk of this repository into `into/TALK`.
pub(crate) fn build(talk: &str, theme: Option<&str>, into: &Path, more: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retell"));
    command.env("RETELL_HOME", home());
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--strict"]).arg(Path::new("talks").join(talk));
    command.arg("-o").arg(into).args(more);
    if let Some(theme) = theme {
        command.args(["--theme", theme]);
    }
    let output = command.output().expect("the program runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{talk} does not build clean:\n{told}");
}

/// What a program prints; it must neither fail nor complain.
pub(crate) fn ask(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(file.parent().expect("a folder")).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; `tests/run.sh` installs it"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.trim().is_empty(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
