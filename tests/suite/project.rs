//! A folder of files and a run of the real program in it, written as one chain.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where a run keeps pages for the next.
pub(crate) const CACHE: &str = ".retell/cache/pages";

/// A temporary folder in which the program runs; it goes away at the end of the test.
pub(crate) struct Project {
    home: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// Adds a file, and the folders above it.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let full = self.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    /// Adds an empty folder.
    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.path(path)).unwrap();
        self
    }

    /// Sets an environment variable for the runs that follow.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    /// The text of a file that a run has made.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The paths of all files, sorted, without what the program keeps for itself and may be deleted at any time.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(self.home.path(), self.home.path(), &mut found);
        found.retain(|path| !path.starts_with(CACHE));
        found.sort();
        found
    }

    /// Runs the program with these arguments, its output going into pipes.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        self.run_all(&arguments)
    }

    /// The same with any number of arguments.
    pub(crate) fn run_all(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retell"));
        command.current_dir(self.home.path()).args(arguments);
        // What the person who runs the tests has rehearsed is not theirs.
        command.env("RETELL_HOME", self.home.path().join(".retell"));
        for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        Run { command: format!("retell {}", arguments.join(" ")), output: command.output().unwrap() }
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        if entry.file_type().unwrap().is_dir() {
            collect(root, &entry.path(), found);
        } else {
            found.push(entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

/// What a run did; each method that states something returns the run, for the next.
pub(crate) struct Run {
    command: String,
    output: Output,
}

impl Run {
    #[track_caller]
    pub(crate) fn exit(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "{}", self.told());
        self
    }

    #[track_caller]
    pub(crate) fn stdout_contains(self, part: &str) -> Self {
        assert!(self.stdout().contains(part), "no {part:?}\n{}", self.told());
        self
    }

    #[track_caller]
    pub(crate) fn stderr_contains(self, part: &str) -> Self {
        assert!(self.stderr().contains(part), "no {part:?}\n{}", self.told());
        self
    }

    #[track_caller]
    pub(crate) fn stdout_is(self, text: &str) -> Self {
        assert_eq!(self.stdout(), text, "{}", self.told());
        self
    }

    #[track_caller]
    pub(crate) fn stderr_is(self, text: &str) -> Self {
        assert_eq!(self.stderr(), text, "{}", self.told());
        self
    }

    pub(crate) fn code(&self) -> i32 {
        self.output.status.code().unwrap_or_else(|| panic!("it was killed\n{}", self.told()))
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    fn told(&self) -> String {
        format!("$ {}\n-- stdout\n{}\n-- stderr\n{}", self.command, self.stdout(), self.stderr())
    }
}
