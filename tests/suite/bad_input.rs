//! Whole builds of talks that are broken, huge or hostile: each gets a clear answer in bounded time, and never a crash.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by a panic, and says what it skips")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "inputs are small words repeated")]

mod files;
mod hostile;
mod huge;
mod nested;
mod pictures;
mod styles;

use crate::project::{Project, Run};

/// A talk of one slide with this body.
fn talk(body: &str) -> String {
    format!("---\ntitle: T\nlang: en\n---\n\n# S\n\n{body}\n")
}

/// A project with this talk in the folder `t`.
fn project(talk: impl AsRef<[u8]>) -> Project {
    Project::new().file("t/talk.md", talk)
}

/// A build of `t`, a finding a line.
fn build(project: &Project) -> Run {
    project.run(["build", "t", "--format", "short"])
}

/// The build fails with this finding and writes nothing.
#[track_caller]
fn refused(project: &Project, finding: &str) {
    build(project).exit(1).stderr_contains(finding);
    assert!(!project.path("dist").exists(), "a refused talk was written");
}
