//! A run of `retell present` in a folder of its own, stopped at the end of the test.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use tempfile::TempDir;

/// A talk whose notes, plan and questions must not leave the speaker's windows.
pub(crate) const TALK: &str = "---
title: A talk
duration: 45m
lang: en
qa:
  - ask: covert question
    answer: covert answer
    slide: two
---

# One

<!-- secretnote one -->

---

# Two

::: steps
- first click
- second click
:::

<!-- secretnote two [click] -->

---

# Three
";

/// What stands in the pages of the speaker and in nobody else's.
pub(crate) const SECRETS: [&str; 7] =
    ["secretnote", "covert", "\"plan\":", "\"key\":\"", "\"notes\":\"\\u003c", "\"questions\":[", "\"speaker\":{"];

/// A running server.
pub(crate) struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    home: TempDir,
    /// The address that lets the speaker in.
    pub(crate) speaker: String,
    pub(crate) port: u16,
}

impl Server {
    /// Presents [`TALK`] on a free port, with further arguments.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(home.path().join("talk")).expect("a folder");
        std::fs::write(home.path().join("talk/talk.md"), TALK).expect("a talk");
        let talk = home.path().join("talk");
        Self::present(home, &talk, arguments)
    }

    /// Presents any talk.
    pub(crate) fn present(home: TempDir, talk: &Path, arguments: &[&str]) -> Self {
        Self::run(Command::new(program()), home, talk, arguments)
    }

    /// Presents any talk by a process that is not ended when a file would get larger than the system allows.
    #[cfg(unix)]
    pub(crate) fn present_on_a_small_disk(home: TempDir, talk: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(program());
        Self::run(command, home, talk, arguments)
    }

    fn run(mut command: Command, home: TempDir, talk: &Path, arguments: &[&str]) -> Self {
        command.arg("present").arg(talk);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        command.args(arguments).current_dir(home.path());
        command.env("XDG_DATA_HOME", home.path().join("data")).env("HOME", home.path()).env_remove("NO_COLOR");
        command.env("XDG_CONFIG_HOME", home.path().join("config")).env_remove("RETELL_HOME");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let Some(speaker) = line.trim().strip_prefix("speaker").map(|rest| rest.trim().to_owned()) else {
            let mut told = String::new();
            child.stderr.take().expect("its complaints").read_to_string(&mut told).expect("text");
            panic!("no address but {line:?}: {told}");
        };
        let port = speaker.split(['/', '?']).nth(2).and_then(|host| host.rsplit(':').next()?.parse().ok());
        Self { child, stdout, home, port: port.expect("a port"), speaker }
    }

    /// The token of the speaker's address.
    pub(crate) fn token(&self) -> &str {
        self.speaker.split_once("token=").expect("a token").1
    }

    /// The cookie of those who were let in.
    pub(crate) fn cookie(&self) -> String {
        format!("retell-{}={}", self.port, self.token())
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The folder in which records are kept.
    pub(crate) fn records(&self) -> PathBuf {
        self.home.path().join("data/retell/rehearsals")
    }

    /// The folder of the talk.
    pub(crate) fn talk(&self) -> PathBuf {
        self.home.path().join("talk")
    }

    /// Presses Ctrl-C, so to speak, and waits for the end.
    pub(crate) fn stop(&mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").args(["-INT", &self.id().to_string()]).status().expect("kill");
        assert!(asked.success());
        let status = self.child.wait().expect("an end");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("text");
        (status, rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already where the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program of this build, or the one that `$RETELL` names, for timing another.
fn program() -> PathBuf {
    std::env::var_os("RETELL").map_or_else(|| env!("CARGO_BIN_EXE_retell").into(), PathBuf::from)
}
