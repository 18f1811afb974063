//! Every folder of `tests/cases/qa` is a talk with what was asked about it: `room_DATE.jsonl` is put to `room/DATE.jsonl`,
//! imported twice, listed and checked. What was said and what `qa.yaml` holds then is kept in `tests/snapshots/qa`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::project::Project;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/qa");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The folder `t` with the files of a case.
fn project(case: &Path) -> Project {
    let mut project = Project::new();
    for entry in fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap().replace("room_", "room/");
        project = project.file(&format!("t/{name}"), fs::read(&entry).unwrap());
    }
    project
}

fn case(name: &str) -> Project {
    project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/qa").join(name))
}

#[test]
fn rooms_become_questions_that_a_person_can_answer() {
    let cases = cases();
    assert!(cases.len() >= 4, "the cases are gone");
    insta::with_settings!({ snapshot_path => "../snapshots/qa", prepend_module_to_snapshot => false, omit_expression => true }, {
        for case in &cases {
            let project = project(case);
            let old = fs::read_to_string(project.path("t/qa.yaml")).unwrap_or_default();
            let mut told = String::new();
            let mut tell = |arguments: &[&str]| {
                let run = project.run_all(arguments);
                let _ = write!(told, "$ retell {}\n{}{}exit code {}\n\n", arguments.join(" "), run.stdout(), run.stderr(), run.code());
            };
            tell(&["qa", "import", "t"]);
            let new = project.read("t/qa.yaml");
            assert!(new.starts_with(&old), "what stood there is changed:\n{new}");
            tell(&["qa", "list", "t", "--open"]);
            tell(&["check", "t", "--format", "short"]);
            let again = project.run(["qa", "import", "t"]).exit(0);
            assert!(again.stdout().contains("t/qa.yaml: 0 questions kept"), "{}", again.stdout());
            assert_eq!(project.read("t/qa.yaml"), new, "a second import changes nothing");
            let name = case.file_name().unwrap().to_str().unwrap();
            insta::assert_snapshot!(name, format!("{told}t/qa.yaml:\n{new}"));
        }
    });
}

#[test]
fn answers_reach_the_speaker_and_nobody_else() {
    let answered = "- ask: Why <b>not Aurora?\n  answer: It keeps *long* transactions.\n  slide: compare\n  support: 3\n  by: Ms. X-ray\n\
                    - {ask: rude, state: hidden}\n- ask: 会不会拖慢发布？\n- ask: why <b>not  aurora?\n";
    let project = case("room").file("t/qa.yaml", answered);
    project.run(["build", "t"]).exit(0);
    let page =
        project.read("dist/t/index.html").replace(r#"\u003cspan class=\"keep\">"#, "").replace(r"\u003c/span>", "");
    let kept = r#"{"ask":"Why \u003cb>not Aurora?""#;
    let escaped = r#"{"ask":"Why &lt;b&gt;not Aurora?","answer":"It keeps \u003cem>long\u003c/em> transactions.","slide":"compare","audience":true}"#;
    assert!(page.contains(escaped) && !page.contains(kept));
    assert_eq!((page.matches("Aurora?").count(), page.matches("会不会").count()), (1, 2), "once for the speaker");
    assert!(!page.contains("rude") && !page.contains("X-ray"));
    let notes = project.read("dist/t/notes.md");
    let quoted = "> **Q** Why &lt;b&gt;not Aurora? *(asked by the audience, Ms. X-ray, +3)*\n>\n> **A** It keeps long \
                  transactions.\n";
    assert!(notes.ends_with(quoted), "{notes}");
    assert!(!notes.contains("rude"));
    project.run(["build", "t", "--without-notes"]).exit(0);
    assert!(!project.read("dist/t/index.html").contains("Aurora?"), "it is not for viewers");
}

#[test]
fn the_slide_for_discussion_asks_without_answering() {
    let talk = "---\ntitle: T\nlang: en\nqa: [{ask: Why not *Aurora*?, answer: SECRET-1, slide: b}]\n---\n\n# A {#a}\n\nx\n\n```qa\n\
                ask: Who pays?\nanswer: SECRET-2\n```\n\n---\n\n<!-- hidden -->\n\n## H\n\n```qa\nask: SECRET-4?\n```\n\n---\n\n<!-- layout: qa -->\n\n## Discussion {#d}\n\n---\n\n<!-- backup -->\n\n\
                ## B {#b}\n\nThe backup.\n";
    for theme in ["paper", "night"] {
        let project =
            Project::new().file("t/talk.md", talk).file("t/qa.yaml", "- ask: From the room?\n  answer: SECRET-3\n");
        project.run(["build", "t", "--theme", theme, "--without-notes"]).exit(0);
        let page = project.read("dist/t/index.html");
        assert!(page.contains("<li>Why not <em>Aurora</em>?</li><li>Who pays?</li></ul>"), "{theme}");
        assert!(!page.contains("SECRET") && !page.contains("From the room"), "{theme}");
        let text =
            std::process::Command::new("pdftotext").arg(project.path("dist/t/slides.pdf")).arg("-").output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        assert!(text.contains("Why not Aurora?") && text.contains("Who pays?"), "{theme}: {text}");
        assert!(!text.contains("SECRET") && !text.contains("From the room"), "{theme}: {text}");
    }
}

#[test]
fn questions_are_added_by_hand() {
    let project = case("room");
    project
        .run(["qa", "add", "t", "Why not Aurora?", "--slide", "#compare", "--by", "X-ray"])
        .exit(0)
        .stdout_is("kept in t/qa.yaml\n");
    project.run(["qa", "add", "t/talk.md", "-- a: \"b\" # c", "--answer", "No: `x`"]).exit(0);
    let expected = "# 关于这场演讲的提问。在这里回答；`retell build` 会把它们带进会后材料。\n- ask: Why not Aurora?\n  answer:\n  slide: \
                    compare\n  by: X-ray\n- ask: \"-- a: \\\"b\\\" # c\"\n  answer: \"No: `x`\"\n";
    assert_eq!(project.read("t/qa.yaml"), expected);
    project
        .run(["qa", "add", "t", "why not  AURORA?"])
        .exit(1)
        .stderr_contains("the same question stands in t/qa.yaml:2");
    project.run(["qa", "add", "t", "Else?", "--slide", "compar"]).exit(2).stderr_contains("did you mean `compare`?");
    project.run(["qa", "add", "t", " \n"]).exit(2).stderr_contains("no words");
    project.run(["qa", "add", "t", &"x".repeat(1001)]).exit(2).stderr_contains("1001 characters, the limit is 1000");
    project.run(["qa", "add", "nowhere", "Why?"]).exit(1).stderr_contains("error[unreadable-file]");
    assert_eq!(project.read("t/qa.yaml"), expected, "what was refused is not written");
    let listed = project.run(["qa", "list", "t", "--json"]).exit(0).stdout();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (&listed[0]["state"], &listed[1]["state"], &listed[1]["line"]),
        (&"open".into(), &"answered".into(), &6.into())
    );
    let open = project.run(["qa", "list", "t", "--open"]).exit(0).stdout();
    assert!(open.contains("Why not Aurora?") && !open.contains("-- a"), "{open}");
}

#[test]
fn a_talk_of_one_file_keeps_no_questions() {
    let project = Project::new().file("short.md", "# A\n\nx\n").file("qa.yaml", "- ask: Whose?\n  slide: nowhere\n");
    project.run(["qa", "add", "short.md", "Why?"]).exit(1).stderr_contains("kept beside a `talk.md`");
    project.run(["build", "short.md"]).exit(0);
    assert!(!project.read("dist/short/index.html").contains("Whose"));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_nothing_is_written_over() {
    let talk = "---\ntitle: T\n---\n\n# A {#a}\n\nx\n";
    let broken = "- ask: A\n  anser: B\n- ask: C\n  state: opened\n  support: many\n- ask: D\n  slide: b\n  asked: Friday\n- answer: E\n\
                  - ask: F\n  from: r#1\n- ask: G\n  from: r#1\n";
    let project = Project::new().file("t/talk.md", talk).file("t/qa.yaml", broken);
    let told = project.run(["check", "t", "--format", "short"]).exit(1).stderr();
    for line in [
        "t/qa.yaml:2:3: error[unknown-key]: `anser` is no key of a kept question",
        "t/qa.yaml:4:10: error[invalid-value]: `opened` is no value for `state`",
        "t/qa.yaml:5:12: error[invalid-value]: `many` is no value for `support`",
        "t/qa.yaml:7:10: warning[dead-link]: this question is about slide `b`, which is not shown",
        "t/qa.yaml:8:10: error[invalid-value]: `Friday` is no value for `asked`",
        "t/qa.yaml:9:3: error[missing-key]: this question has no `ask`",
        "t/qa.yaml:13:9: warning[duplicate-id]: `r#1` is kept already",
    ] {
        assert!(told.contains(line), "no {line}\n{told}");
    }
    project
        .run(["check", "t"])
        .exit(1)
        .stderr_contains("did you mean `answer`?")
        .stderr_contains("did you mean `open`?");
    for (bad, why) in [
        (broken, "mend what is wrong there first"),
        ("ask: A\n", "`qa.yaml` is a list of questions"),
        ("- ask: [", "error[yaml-syntax]"),
        ("[{ask: A}]\n", "with nothing else behind it"),
        ("- ask: A\n...\n", "with nothing else behind it"),
        (&"- ask: A\n".repeat(1001), "one of 1001 questions, the limit is 1000"),
        (&"- ask: A\n".repeat(20_000), "more than anybody reads"),
        (&"- ask: A\n".repeat(1000), "`t/qa.yaml` is full"),
        (&"#".repeat(5 << 20), "the limit is 4096 KiB"),
    ] {
        let project = Project::new().file("t/talk.md", talk).file("t/qa.yaml", bad);
        project.run(["qa", "add", "t", "Why?"]).exit(1).stderr_contains(why);
        assert_eq!(project.read("t/qa.yaml"), bad, "{why}");
    }
    let project = Project::new().file("t/talk.md", talk).file("t/qa.yaml", b"- ask: \xff\n");
    project.run(["qa", "add", "t", "Why?"]).exit(1).stderr_contains("error[not-utf8]");
    let project = Project::new().file("t/talk.md", talk).folder("t/qa.yaml");
    project.run(["qa", "add", "t", "Why?"]).exit(1).stderr_contains("not a regular file");
    project.run(["build", "t"]).exit(1).stderr_contains("can't read `t/qa.yaml`");
}

#[test]
fn line_ends_marks_and_links_stay() {
    let talk = "---\ntitle: T\n---\n\n# A {#a}\n\nx\n";
    let old = "\u{feff}# mine\r\n  - ask: A\r\n    answer: |\r\n      one\r\n      two";
    let project = Project::new().file("t/talk.md", talk).file("t/qa.yaml", old);
    project.run(["qa", "add", "t", "B: b"]).exit(0);
    assert_eq!(project.read("t/qa.yaml"), format!("{old}\r\n  - ask: \"B: b\"\r\n    answer:\r\n"));
    assert_eq!(project.files(), ["t/qa.yaml", "t/talk.md"], "nothing else is left");
    #[cfg(unix)]
    {
        let project = Project::new().file("t/talk.md", talk).file("t/notes/mine.yaml", "- ask: A\n");
        std::os::unix::fs::symlink("notes/mine.yaml", project.path("t/qa.yaml")).unwrap();
        project.run(["qa", "add", "t", "B"]).exit(0);
        assert!(project.path("t/qa.yaml").is_symlink());
        assert_eq!(project.read("t/notes/mine.yaml"), "- ask: A\n- ask: B\n  answer:\n");
    }
}

#[test]
fn nothing_is_lost_when_many_write_at_once() {
    let project = case("room");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let project = &project;
            scope.spawn(move || {
                for number in 0..3 {
                    project.run(["qa", "add", "t", &format!("{writer} asks {number}?")]).exit(0);
                }
                project.run(["qa", "import", "t"]).exit(0);
            });
        }
    });
    let listed = project.run(["qa", "list", "t", "--json"]).exit(0).stdout();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 8 * 3 + 3);
    let others: Vec<String> = project.files().into_iter().filter(|file| file.contains(".part")).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_room_file_of_ten_megabytes_is_read_as_far_as_it_can_be() {
    let mut room = String::from("{\"event\":\"room\",\"format\":\"retell-room/1\"}\n");
    for number in 0..3000 {
        let _ = writeln!(room, "{{\"event\":\"ask\",\"id\":\"q{number}\",\"text\":\"Why {number}?\"}}");
    }
    while room.len() < 10 << 20 {
        room.push_str("{\"event\":\"support\",\"id\":\"q1\",\"by\":\"x\"}\nno event at all\n");
    }
    let project = case("room").file("t/room/2026-12-04.jsonl", room);
    let run = project.run(["qa", "import", "t"]).exit(0);
    assert!(run.stdout().contains("t/qa.yaml: 1000 questions kept"));
    assert!(run.stderr().contains("t/qa.yaml is full: 2000 questions found no place in it"), "{}", run.stderr());
    assert!(run.stderr().contains("t/room/2026-12-04.jsonl:3003: not JSON\n"), "{}", run.stderr());
    assert!(run.stderr().lines().count() < 30, "not every line is told");
    project
        .run(["qa", "import", "t", "missing.jsonl"])
        .exit(1)
        .stderr_contains("can't read `missing.jsonl`: no such file");
    project.run(["qa", "import", "t", "--json", "t/room/2026-12-04.jsonl"]).exit(0).stdout_contains("\"known\": 1000,");
}

#[test]
fn a_room_is_known_again_where_it_was_moved() {
    let project = case("room");
    let room = project.read("t/room/2026-12-04.jsonl");
    project.run(["qa", "import", "t"]).exit(0);
    let kept = project.read("t/qa.yaml");
    let project = project.file("elsewhere/2026-12-04.jsonl", room);
    project
        .run(["qa", "import", "t", "elsewhere/2026-12-04.jsonl"])
        .exit(0)
        .stdout_contains("0 questions kept, 3 known");
    assert_eq!(project.read("t/qa.yaml"), kept);
    project.run(["qa", "import", "elsewhere/2026-12-04.jsonl"]).exit(2).stderr_contains("name the talk first");
    let none = Project::new().file("t/talk.md", "# A\n");
    none.run(["qa", "import", "t"]).exit(1).stderr_contains("there is no `room/*.jsonl` beside the talk");
    assert_eq!(none.files(), ["t/talk.md"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_question_reads_back_as_it_was_asked(ask in "[^\\p{Cc}\\s-][^\\p{Cc}]{0,30}[^\\p{Cc}\\s]") {
        let project = Project::new().file("t/talk.md", "# A {#a}\n\nx\n").file("t/qa.yaml", "- ask: before\n");
        project.run(["qa", "add", "t", &ask]).exit(0);
        let listed: serde_json::Value = serde_json::from_str(&project.run(["qa", "list", "t", "--json"]).exit(0).stdout()).unwrap();
        prop_assert_eq!(&listed[1]["ask"], &serde_json::Value::from(ask));
    }
}
