//! The follow-up of a talk as other programs read it: Anki's own importer, a calendar library, a table reader, a Markdown
//! reader. `tests/run.sh` installs them; `read.py` runs them.

mod hostile;
mod sheet;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::project::Project;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/follow-up");

/// A case as a talk in a folder of its own.
fn talk(case: &str) -> String {
    let path = Path::new(CASES).join(format!("{case}.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn built(talk: &str) -> Project {
    let mut project = Project::new().file("t/talk.md", talk);
    if talk.contains("](x.svg)") {
        project = project.file("t/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    }
    project.run(["build", "t"]).exit(0);
    project
}

/// What a program that is not ours finds in a file.
fn read(kind: &str, paths: &[PathBuf]) -> Value {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/follow_up/read.py");
    let python = home.join("python/bin/python");
    let output = Command::new(&python).arg(script).arg(kind).args(paths).output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}; `tests/run.sh` installs it", python.display()));
    assert!(output.status.success(), "{kind}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn import(project: &Project) -> Value {
    read("cards", &[project.path("mine.anki2"), project.path("dist/t/cards.txt")])
}

fn entries(project: &Project) -> Vec<Value> {
    let read = read("calendar", &[project.path("dist/t/follow-up.ics")]);
    read.as_array().expect("a list").clone()
}

/// One column of a list of objects.
fn column<'v>(rows: &'v [Value], name: &str) -> Vec<&'v str> {
    rows.iter().map(|row| row[name].as_str().expect("text")).collect()
}

#[test]
fn anki_makes_a_card_of_each_question_that_is_practised() {
    let project = built(&talk("pools"));
    let found = import(&project);
    assert_eq!((&found["new"], &found["updated"]), (&4.into(), &0.into()));
    let notes = found["notes"].as_array().unwrap();
    let first = &notes[0];
    assert_eq!(first["fields"][0], "每次发布后两分钟内 p99 涨到三倍，先看什么，为什么？");
    assert_eq!(
        first["fields"][1],
        "连接池的<b>预热</b>，即 <code>t = 0</code> 时的大小。<br><br><b>为什么</b> 新的 pod \
         在流量进来以后才建连接，见<a href=\"https://docs.example/pool?a=1&amp;b=2\">文档</a>。<br><br><small>第 1 页 · \
         连接池</small>"
    );
    for note in notes {
        assert_eq!(note["tags"], serde_json::json!(["retell::pools-2026"]));
        assert_eq!(note["decks"], serde_json::json!(["连接池：发布以后为什么慢"]));
        assert!(!note["fields"][0].as_str().unwrap().contains("扩容"), "the probe is not practised");
    }
    let guids = column(notes, "guid");
    assert!(guids.iter().all(|guid| guid.len() == 10), "{guids:?}");
}

#[test]
fn a_question_in_other_words_stays_the_same_card() {
    let old = talk("pools");
    let project = built(&old);
    let before = import(&project);
    let new = old.replace("两分钟内 p99 涨到三倍", "头两分钟 p99 是平时的三倍").replace("title: 连接池", "title: 池");
    let project = project.file("t/talk.md", new);
    project.run(["build", "t"]).exit(0);
    let after = import(&project);
    assert_eq!((&after["new"], &after["updated"]), (&0.into(), &1.into()), "no second note");
    let card = |found: &Value| found["notes"][0]["cards"].clone();
    assert_eq!(card(&before), card(&after), "what was learnt stays on the card");
    assert_eq!(after["notes"][0]["fields"][0], "每次发布后头两分钟 p99 是平时的三倍，先看什么，为什么？");
    assert_eq!(before["notes"][0]["guid"], after["notes"][0]["guid"]);
}

#[test]
fn calendars_read_the_rounds_with_weekends_moved_to_monday() {
    let found = entries(&built(&talk("pools")));
    // The talk is on a Friday.
    let starts = ["2026-12-07T10:00:00", "2026-12-07T10:00:00", "2026-12-11T10:00:00", "2027-01-04T10:00:00"];
    assert_eq!(column(&found, "start"), starts, "floating local time");
    for (entry, day) in found.iter().zip([1, 2, 7, 30]) {
        assert!(entry["weekday"].as_u64().unwrap() < 6);
        assert_eq!(entry["summary"], format!("回想：连接池：发布以后为什么慢（第 {day} 天）"));
        assert_eq!(entry["end"].as_str().unwrap().split_once('T').unwrap().1, "10:05:00");
        assert_eq!(entry["stamp"], "2026-12-04T00:00:00+00:00");
        assert_eq!(entry["url"], format!("https://wiki.example/talks/pools/follow-up.html?d={day}"));
        assert_eq!((&entry["transparent"], &entry["alarms"]), (&true.into(), &serde_json::json!([0.0])));
        let words = entry["description"].as_str().unwrap();
        assert_eq!(words.matches('•').count(), 2, "{words}");
        for answer in ["预热", "minIdle", "DB load", "排空", "扩容"] {
            assert!(!words.contains(answer), "neither answers nor the probe: {words}");
        }
    }
    assert!(
        found[0]["description"].as_str().unwrap().contains("\n• 每次发布后两分钟内 p99 涨到三倍，先看什么，为什么？\n")
    );
    assert!(
        found[3]["description"].as_str().unwrap().contains("哪个参数决定先建多少连接？"),
        "another wording in the last round"
    );
}

#[test]
fn calendar_lines_are_folded_between_characters_and_end_as_they_must() {
    for case in ["pools", "hostile"] {
        let bytes = std::fs::read(built(&talk(case)).path("dist/t/follow-up.ics")).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "no bare line feed");
        assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "no bare carriage return");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        }
    }
}

#[test]
fn entries_keep_their_names_and_count_their_changes() {
    let old = talk("pools");
    let project = built(&old);
    let first = entries(&project);
    let file = |project: &Project| project.read("dist/t/follow-up.ics");
    let bytes = file(&project);
    project.run(["build", "t"]).exit(0);
    assert_eq!(file(&project), bytes, "nothing has changed");
    // A day later: only what moves is new. The question is in the invitations of two rounds.
    let project = project.file("t/talk.md", old.replace("CPU 很闲，请求却在等", "CPU 空着，请求在等"));
    project.run(["build", "t"]).exit(0);
    let second = entries(&project);
    assert_eq!(column(&first, "uid"), column(&second, "uid"));
    let sequences = |found: &[Value]| found.iter().map(|entry| entry["sequence"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!((sequences(&first), sequences(&second)), (vec![0; 4], vec![1, 0, 1, 0]));
    let mut names = column(&first, "uid");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 4);
    // Another talk with the same questions has other entries.
    let other = entries(&built(&old.replace("id: pools-2026", "id: pools-2027")));
    assert!(column(&other, "uid").iter().all(|uid| !names.contains(uid)));
}

#[test]
fn only_what_is_asked_for_is_made_and_two_builds_are_equal() {
    let project = Project::new().file("t/talk.md", talk("pools"));
    project.run(["build", "t", "--only", "cards,calendar"]).exit(0);
    let made = ["dist/t/cards.txt", "dist/t/follow-up.ics", "dist/t/pack.json", "t/talk.md"];
    assert_eq!(project.files(), made);
    project.run(["build", "t", "-o", "again", "--only", "questions"]).exit(0);
    project.run(["build", "t", "-o", "twice"]).exit(0);
    for name in ["questions.csv", "questions.md", "questions.gift"] {
        assert_eq!(project.read(&format!("again/t/{name}")), project.read(&format!("twice/t/{name}")));
        assert!(project.read("again/t/pack.json").contains(name));
    }
    for name in ["cards.txt", "follow-up.ics"] {
        assert_eq!(project.read(&format!("dist/t/{name}")), project.read(&format!("twice/t/{name}")));
    }
}

#[test]
fn a_talk_without_recall_data_has_no_follow_up() {
    let project = Project::new().file("t/talk.md", "---\ntitle: A\nlang: en\n---\n\n# One\n\nText.\n");
    project.run(["build", "t"]).exit(0).stderr_is("");
    let made = [
        "dist/t/cover.png",
        "dist/t/handout.pdf",
        "dist/t/index.html",
        "dist/t/notes.md",
        "dist/t/pack.json",
        "dist/t/slides.pdf",
        "t/talk.md",
    ];
    assert_eq!(project.files(), made);
    let asked = project.run(["build", "t", "--only", "cards"]).exit(0);
    asked.stderr_contains("warning[recall-no-data]: no follow-up is made");
    let undated = Project::new().file("t/talk.md", talk("pools").replace("date: 2026-12-04\n", ""));
    let asked = undated.run(["build", "t", "--only", "calendar"]).exit(0);
    asked.stderr_contains("warning[recall-no-date]: no `follow-up.ics` is made");
    assert_eq!(undated.files(), ["dist/t/pack.json", "t/talk.md"]);
}
