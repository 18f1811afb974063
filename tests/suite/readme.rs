//! The commands in README.md, run by a shell as they stand there.
//!
//! In a ```` ```console ```` block a line `$ command` is run and must succeed (fail, with `# fails` behind it); each line
//! below it must stand in what it prints, in this order, at the start of a line. A block marked `skip` is not run.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::built::talks;

/// A command, and the lines that it is said to print.
#[derive(Debug, Default, PartialEq, Eq)]
struct Example {
    command: String,
    lines: Vec<String>,
}

impl Example {
    fn fails(&self) -> bool {
        self.command.ends_with("# fails")
    }
}

#[test]
fn every_example_does_what_it_says() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let examples = examples(&readme);
    assert!(examples.len() > 5, "{examples:?}");
    let home = tempfile::tempdir().expect("a folder");
    copy(&talks(), &home.path().join("talks"));
    let bin = home.path().join("bin");
    fs::create_dir(&bin).expect("a folder");
    // `cargo run -- …` is the program that this test was built with.
    let cargo = "#!/bin/sh\n[ \"$1 $2\" = \"run --\" ] && shift 2 && exec retell \"$@\"\n";
    let tool = |name: &str, text: &str| {
        let path = bin.join(name);
        fs::write(&path, text).expect("a script");
        assert!(Command::new("chmod").arg("+x").arg(&path).status().expect("chmod").success());
    };
    tool("cargo", cargo);
    tool("retell", &format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_retell")));
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a PATH"));
    for example in &examples {
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &format!("{} 2>&1", example.command.trim_end_matches("# fails"))]);
        let output = output
            .current_dir(home.path())
            .env("PATH", &path)
            .env("RETELL_HOME", home.path().join(".retell"))
            .output()
            .expect("a shell");
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.success(), !example.fails(), "$ {}\n{told}", example.command);
        let mut rest = told.lines();
        for line in &example.lines {
            let found = rest.any(|printed| printed.trim_start().starts_with(line.trim_start()));
            assert!(found, "$ {}\nno line `{line}` in\n{told}", example.command);
        }
    }
}

#[test]
fn its_files_and_commands_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    let prose: String = readme.split("```").step_by(2).collect();
    for target in prose.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
        assert!(target.starts_with("https://") || root.join(target).exists(), "no `{target}`");
    }
    for line in ["$ cargo run -- build talks/rds-deep-dive\n", "$ bash tests/run.sh\n"] {
        assert!(readme.contains(line), "no `{line}`");
    }
    assert!(root.join("tests/run.sh").exists());
}

/// The examples of the blocks that are to be run.
fn examples(text: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(kind) => inside = kind == "console",
            None if inside => match line.strip_prefix("$ ") {
                Some(command) => out.push(Example { command: command.to_owned(), ..Example::default() }),
                None => out.last_mut().expect("a command before its output").lines.push(line.to_owned()),
            },
            None => {}
        }
    }
    out
}

#[test]
fn blocks_are_read_as_marked() {
    let text = "```console\n$ a\none\ntwo\n$ b # fails\n```\n$ no\n```console skip\n$ no\n```\n```sh\n$ no\n```\n";
    let found = examples(text);
    assert_eq!(found.iter().map(|example| example.command.as_str()).collect::<Vec<_>>(), ["a", "b # fails"]);
    assert_eq!(found[0].lines, ["one", "two"]);
    assert!(found[1].fails() && !found[0].fails());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
