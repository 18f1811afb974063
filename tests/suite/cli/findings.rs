use crate::project::Project;

#[test]
fn findings_go_to_stderr_and_fail_the_run() {
    Project::new()
        .file("talk.md", "")
        .run(["check", "."])
        .exit(1)
        .stdout_is("")
        .stderr_contains("error[empty-talk]: ")
        .stderr_contains("talk.md:1:1\n")
        .stderr_contains("\n1 error; `retell explain empty-talk` says more\n");
}

#[test]
fn short_findings_are_one_line_each() {
    let run = Project::new().file("a.md", "").run(["check", "a.md", "--format", "short"]).exit(1).stdout_is("");
    assert_eq!(run.stderr().lines().count(), 1, "{}", run.stderr());
    run.stderr_contains("a.md:1:1: error[empty-talk]: ");
}

#[test]
fn json_findings_are_objects_on_stdout() {
    let project = Project::new().file("a.md", "").file("b.md", " \n");
    let run = project.run(["check", "a.md", "b.md", "--format", "json"]).exit(1).stderr_is("");
    let found: Vec<serde_json::Value> = run.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<_> = found.iter().map(|one| one["file"].as_str().unwrap().to_owned()).collect();
    assert!(files.iter().any(|file| file.ends_with("a.md")) && files.iter().any(|file| file.ends_with("b.md")));
    for one in &found {
        assert_eq!((&one["severity"], &one["line"]), (&"error".into(), &1.into()), "{one}");
    }
}

#[test]
fn a_talk_that_is_not_there_is_named() {
    Project::new()
        .run(["build", "nowhere"])
        .exit(1)
        .stderr_contains("error[unreadable-file]: ")
        .stderr_contains("nowhere");
}

#[test]
fn pipes_get_no_colours_unless_asked() {
    let project = Project::new().file("talk.md", "");
    assert!(!project.run(["check"]).stderr().contains('\x1b'));
    assert!(!project.run(["check", "--color", "never"]).stderr().contains('\x1b'));
    project.run(["check", "--color", "always"]).stderr_contains("\x1b[1;31merror[empty-talk]\x1b[0m");
    // Asked for by hand, colours win over the environment.
    let quiet = project.env("NO_COLOR", "1");
    quiet.run(["--color", "always", "check"]).stderr_contains("\x1b[1;31m");
}

/// `script` gives the program a terminal of its own; without it the test says that it was skipped.
#[cfg(target_os = "linux")]
#[test]
fn terminals_get_colours_unless_no_color_is_set() {
    let project = Project::new().file("talk.md", "");
    let on_terminal = |no_color: &str| {
        let command = format!("{} check", env!("CARGO_BIN_EXE_retell"));
        std::process::Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .current_dir(project.path("."))
            .env("TERM", "xterm")
            .env("NO_COLOR", no_color)
            .output()
    };
    let Ok(coloured) = on_terminal("") else {
        eprintln!("skipped: there is no `script` command");
        return;
    };
    let text = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text(&coloured).contains("\x1b[1;31merror"), "{}", text(&coloured));
    let plain = on_terminal("1").unwrap();
    assert!(text(&plain).contains("error[empty-talk]") && !text(&plain).contains('\x1b'), "{}", text(&plain));
}

/// The carets stand below the Chinese words as a terminal draws them: two columns a character.
#[test]
fn carets_align_below_chinese() {
    use retell::diagnostic::print::{Format, print};
    use retell::diagnostic::{Diagnostic, Diagnostics, code};
    use retell::source::{Sources, Span};

    let mut sources = Sources::default();
    let line = "看图：\t![负载](图/不在.svg) 和 [锁](#锁定)";
    let source = sources.add("演讲/talk.md", format!("---\ntitle: 锁\n---\n\n{line}\n"));
    let at = |needle: &str| {
        let start = sources.get(source).text().find(needle).unwrap();
        Span::new(source, start, start + needle.len())
    };
    let mut found = Diagnostics::default();
    found.push(
        Diagnostic::new(&code::MISSING_IMAGE, at("图/不在.svg"), "there is no file `图/不在.svg`")
            .label(at("#锁定"), "unlike this link")
            .hint("did you mean `图/在.svg`?"),
    );
    insta::assert_snapshot!(print(&found, &sources, Format::Human, false), @r"
    error[missing-image]: there is no file `图/不在.svg`
     --> 演讲/talk.md:5:11
      |
    5 | 看图：    ![负载](图/不在.svg) 和 [锁](#锁定)
      |                   ^^^^^^^^^^^
      |                                        ----- unlike this link
      |
      = help: did you mean `图/在.svg`?
    ");
}

#[test]
fn a_folder_with_another_markdown_file_is_told_of_it() {
    let project = Project::new().file("t/deck.md", "# A\n").file("t/README.md", "# B\n").file("u/README.md", "# C\n");
    let run = project.run(["check", "t"]).exit(1);
    assert!(run.stderr().contains("= help: name the file of your talk: `t/deck.md`\n"), "{}", run.stderr());
    let run = project.run(["check", "u"]).exit(1);
    assert!(run.stderr().contains("= help: name a folder with a `talk.md`"), "{}", run.stderr());
    // What is named below a file is not there.
    let run = project.run(["check", "t/deck.md/x"]).exit(1);
    assert!(run.stderr().contains("no such file\n"), "{}", run.stderr());
}

#[test]
fn a_theme_that_is_not_where_the_command_line_says_is_named() {
    let project = Project::new().file("t/talk.md", "---\ntitle: T\nlang: en\n---\n\n# A\n");
    let run = project.run(["check", "t", "--theme", "/nowhere/theme"]).exit(1);
    assert!(run.stderr().contains("error[unknown-theme]: there is no theme in `/nowhere/theme`"), "{}", run.stderr());
    let run = project.run(["theme", "new", "paper"]).exit(2);
    assert!(run.stderr().contains("`paper` is a built-in theme"), "{}", run.stderr());
    assert!(!project.path("paper").exists(), "nothing is made");
}

#[test]
fn nothing_to_ask_is_not_the_same_as_no_talk() {
    let project = Project::new().file("t/deck.md", "# A\n");
    let run = project.run(["recall", "due", "t", "--date", "2026-12-07"]).exit(0);
    assert!(run.stderr().contains("no talk in `t`"), "{}", run.stderr());
    let run = project.run(["rehearse", "import", "none.json"]).exit(1);
    assert!(run.stderr().contains("= help: name a recording"), "{}", run.stderr());
}

#[test]
fn a_folder_of_talks_is_told_of_its_talks() {
    let project =
        Project::new().file("many/a/talk.md", "# A\n").file("many/b/talk.md", "# B\n").file("many/c.md", "# C\n");
    let run = project.run(["build", "many"]).exit(1);
    assert!(run.stderr().contains("= help: name a talk in it: `many/a`, or all: `many/*`\n"), "{}", run.stderr());
    assert!(run.stderr().contains("= help: `retell gallery many` makes"), "{}", run.stderr());
}
