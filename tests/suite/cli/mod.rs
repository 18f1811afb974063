//! The program as people run it: arguments in, text and exit codes out.

mod editions;
mod findings;
mod gallery;
mod list;
mod recall;
mod symptoms;
mod theme;
mod time;
mod writing;

use crate::project::Project;

const SUBCOMMANDS: [&str; 15] = [
    "new",
    "build",
    "check",
    "serve",
    "present",
    "list",
    "gallery",
    "time",
    "rehearse",
    "recall",
    "qa",
    "symptoms",
    "theme",
    "explain",
    "completions",
];

#[test]
fn help_of_each_command_shows_examples() {
    let project = Project::new();
    let main = project.run(["--help"]).exit(0).stderr_is("").stdout_contains("Exit codes:");
    for name in SUBCOMMANDS {
        assert!(main.stdout().contains(&format!("\n  {name} ")), "{name}");
        project.run([name, "--help"]).exit(0).stderr_is("").stdout_contains("Examples:\n  retell ");
    }
    for task in ["due", "collect"] {
        project.run(["recall", task, "--help"]).exit(0).stderr_is("").stdout_contains("Examples:\n  ");
    }
}

#[test]
fn wrong_usage_gives_2() {
    let project = Project::new();
    project.run([]).exit(2);
    project.run(["biuld"]).exit(2).stderr_contains("'build'");
    project
        .run(["build", "--only", "pptx"])
        .exit(2)
        .stderr_contains("html, slides, png, cover, handout, speaker, notes");
    project.run(["build", "--jobs", "0"]).exit(2);
    project.run(["new"]).exit(2);
    project
        .run(["explain", "missing-imgae"])
        .exit(2)
        .stdout_is("")
        .stderr_is("error: there is no code `missing-imgae`\n  = help: did you mean `missing-image`? `retell explain` lists all codes\n");
}

#[test]
fn two_talks_never_share_an_output_folder() {
    Project::new()
        .file("a/talk.md", "# A")
        .file("b/a.md", "# B")
        .run(["build", "a", "b/a.md"])
        .exit(2)
        .stderr_contains("`a` and `b/a.md` would both be written to `dist/a`");
}

#[test]
fn explanations_are_found_by_code_with_or_without_brackets() {
    let project = Project::new();
    for word in ["missing-image", "[missing-image]", "error[missing-image]"] {
        project.run(["explain", word]).exit(0).stdout_contains("error[missing-image]: a picture is not there\n\n");
    }
    let all = project.run(["explain"]).exit(0).stdout();
    assert_eq!(all.lines().count(), retell::diagnostic::code::ALL.len());
    assert!(all.contains("warning  missing-alt                a picture has no description\n"), "{all}");
}

#[test]
fn completions_name_every_subcommand() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Project::new().run(["completions", shell]).exit(0).stderr_is("").stdout();
        for name in SUBCOMMANDS {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let retell = env!("CARGO_BIN_EXE_retell");
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("'{retell}' completions bash | head -n 1")])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
