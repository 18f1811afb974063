use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use unicode_width::UnicodeWidthStr;

use crate::project::Project;

const SENTENCE: &str = "These words make a sentence for the talk.";

/// Slides with these ids, each with so many sentences as its notes.
fn talk(front: &str, slides: &[(&str, usize)]) -> String {
    let slide = |(id, sentences): &(&str, usize)| {
        let notes = if *sentences == 0 { String::new() } else { format!("<!-- {} -->\n", notes(*sentences)) };
        format!("## About {id} {{#{id}}}\n\nwords\n\n{notes}")
    };
    let slides: Vec<String> = slides.iter().map(slide).collect();
    format!("---\n{front}timing: {{notes: script}}\n---\n\n{}", slides.join("\n---\n\n"))
}

fn notes(sentences: usize) -> String {
    [SENTENCE].repeat(sentences).join(" ")
}

/// A recording in which each of these slides took a time in seconds; 40 sentences are on each.
fn recording(started: &str, slides: &[(&str, f64)]) -> String {
    let key: String = Sha256::digest(format!("{}\0", notes(40))).iter().take(8).map(|b| format!("{b:02x}")).collect();
    let expected = json!({"speech": 137.1, "other": 2.0, "declared": 0.0});
    let of_talk = |(id, _): &(&str, f64)| json!({"id": id, "key": key, "expected": expected});
    let mut at = 0.0;
    let mut events = Vec::new();
    for (id, time) in slides {
        events.push(json!({"at": at, "event": "enter", "slide": id}));
        at += time;
    }
    events.push(json!({"at": at, "event": "end"}));
    json!({
        "format": "retell-rehearsal/1",
        "talk": {"title": "A talk", "date": "2026-11-30"},
        "lang": "en",
        "started": started,
        "slides": slides.iter().map(of_talk).collect::<Vec<_>>(),
        "events": events,
    })
    .to_string()
}

/// Talks of every kind, as they stand on 20 November 2026.
fn talks() -> Project {
    let soon = [("a", 40), ("b", 40)];
    let recall = "\n```recall #first\nask: What?\nanswer: That.\nwhy: So.\n```\n";
    Project::new()
        .file("talks/a-draft/talk.md", talk("title: A draft of a talk whose title is long\nlang: en\n", &[("c", 40)]))
        .file(
            "talks/locks/talk.md",
            talk("title: 锁、MVCC 与事务隔离：看得见的等待\nlang: zh-CN\ndate: 2026-11-22\nduration: 5m\n", &[("d", 40), ("e", 40)]),
        )
        .file("talks/old/talk.md", talk("title: 去年的演讲\nlang: zh-CN\ndate: 2025-11-20\nduration: 9m\n", &[("f", 40)]))
        .file("talks/older/talk.md", talk("title: Older\nlang: en\ndate: 2024-11-20\nduration: 3m\n", &[("f", 40), ("g", 40)]))
        .file("talks/pools/talk.md", talk("title: Pools\nlang: en\ndate: 2026-11-30\nduration: 9m\n", &soon))
        .file(
            "talks/springs/talk.md",
            talk("title: Springs\nlang: en\ndate: 2026-12-30\nduration: 9m\n", &[("h", 40), ("i", 0), ("j", 0)])
                + "\n---\n\n<!-- layout: qa -->\n\n## Questions\n\n---\n\n## Own time {#own}\n\n<!-- time: 30s -->\n\nwords\n",
        )
        .file("talks/wrong/talk.md", talk("title: Wrong\nlang: en\nduration: 9m\n", &[("k", 40)]) + recall + "\n![x](no.png)\n")
        .file("talks/notes.txt", "no talk")
        .file("talks/.hidden/talk.md", "# Hidden\n")
        .file(".retell/rehearsals/one.json", recording("2026-11-13T20:00:00+08:00", &[("a", 140.0), ("b", 150.0)]))
        .file(".retell/rehearsals/two.json", recording("2026-11-18T23:30:00+08:00", &[("a", 140.0), ("b", 150.0)]))
}

/// The JSON of one talk.
fn row(project: &Project, name: &str) -> Value {
    let run = project.run(["list", "talks", "--date", "2026-11-20", "--json"]);
    let all: Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(all["date"], "2026-11-20");
    let path = format!("talks/{name}");
    all["talks"].as_array().unwrap().iter().find(|row| row["talk"] == path).unwrap().clone()
}

#[test]
fn talks_are_listed_by_how_near_they_are() {
    let project = talks();
    let run = project.run(["list", "talks", "--date", "2026-11-20"]).exit(0).stderr_is("");
    insta::with_settings!({ snapshot_path => "../../snapshots/cli", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("list", run.stdout());
    });
    let stdout = run.stdout();
    // The first line of each talk ends in the same column, whatever its title is written in.
    let (head, rows) = stdout.split_once('\n').unwrap();
    let ends: Vec<usize> = rows.lines().step_by(2).map(UnicodeWidthStr::width).take(7).collect();
    assert_eq!(ends, [head.width(); 7], "{stdout}");
    assert!(head.width() <= 110, "{stdout}");
}

#[test]
fn json_has_the_same_figures() {
    let project = talks();
    assert_eq!(
        row(&project, "pools"),
        json!({
            "talk": "talks/pools", "title": "Pools", "date": "2026-11-30", "days": 10, "slides": 2,
            "estimate": row(&project, "pools")["estimate"], "budget": 480.0, "over": false, "without_notes": 0,
            "rehearsals": 2, "last_rehearsal": "2026-11-18", "recall": 0, "errors": 0, "warnings": 0, "next": "ready",
        })
    );
    let locks = row(&project, "locks");
    assert_eq!((&locks["over"], &locks["budget"], &locks["days"]), (&json!(true), &json!(240.0), &json!(2)));
    assert!(locks["next"].as_str().unwrap().starts_with("cut "), "{locks}");
    let springs = row(&project, "springs");
    assert_eq!((&springs["without_notes"], &springs["next"]), (&json!(2), &json!("write notes for 2 slides")));
    let draft = row(&project, "a-draft");
    assert!(draft["date"].is_null() && draft["days"].is_null() && draft["budget"].is_null(), "{draft}");
    let wrong = row(&project, "wrong");
    assert_eq!((&wrong["next"], &wrong["recall"], &wrong["errors"]), (&json!("fix 1 error"), &json!(1), &json!(1)));
    assert_eq!(row(&project, "old")["days"], -365);
}

#[test]
fn only_whole_runs_that_were_spoken_count_and_the_talk_itself_does_not() {
    let shelf = |name: &str| format!(".retell/rehearsals/{name}.json");
    let project = talks()
        .file(&shelf("silent"), recording("2026-11-19T10:00:00+08:00", &[("a", 9.0), ("b", 9.0)]))
        .file(&shelf("live"), recording("2026-11-30T10:00:00+08:00", &[("a", 140.0), ("b", 140.0)]))
        .file(&shelf("broken"), "{")
        .file(&shelf("part"), {
            let one = recording("2026-11-19T11:00:00+08:00", &[("a", 140.0)]);
            let mut part: Value = serde_json::from_str(&one).unwrap();
            let mut slide = part["slides"][0].clone();
            let mut more = |id: &str| {
                slide["id"] = id.into();
                part["slides"].as_array_mut().unwrap().push(slide.clone());
            };
            more("b");
            more("gone");
            part.to_string()
        });
    let pools = row(&project, "pools");
    assert_eq!((&pools["rehearsals"], &pools["last_rehearsal"]), (&json!(2), &json!("2026-11-18")), "{pools}");
}

#[test]
fn a_talk_that_can_not_be_read_has_its_row() {
    let project = talks().folder("talks/lost/talk.md");
    let message = "can't read `talks/lost/talk.md`: this is not a regular file";
    let run = project.run(["list", "talks", "--date", "2026-11-20"]).exit(1).stderr_is("");
    let run = run.stdout_contains("\nlost  ").stdout_contains(message).stdout_contains("→ mend the file\n");
    assert!(run.stdout().contains("Pools"), "the others are there all the same");
    assert_eq!(row(&project, "lost"), json!({"talk": "talks/lost", "error": message, "next": "mend the file"}));
}

#[test]
fn the_day_comes_from_the_clock_unless_it_is_given() {
    let project = talks().env("SOURCE_DATE_EPOCH", "1764028800");
    project.run(["list", "talks/pools", "--json"]).stdout_contains("\"date\": \"2025-11-25\"");
    project.run(["list", "talks/pools", "--json", "--date", "2026-11-29"]).stdout_contains("\"days\": 1,");
    let today: Value = serde_json::from_str(&talks().run(["list", "talks/pools", "--json"]).stdout()).unwrap();
    assert!(today["date"].as_str().unwrap() > "2026-01-01", "{today}");
    project.run(["list", "--date", "soon"]).exit(2).stdout_is("").stderr_contains("write the day as `2026-12-04`");
}

#[test]
fn one_talk_is_a_list_of_one() {
    let project = talks();
    for path in ["talks/pools", "talks/pools/talk.md"] {
        let run = project.run(["list", path, "--date", "2026-11-20"]).exit(0).stdout_contains(&format!("\n  {path}  "));
        assert_eq!(run.stdout().lines().count(), 3, "{}", run.stdout());
    }
}

#[test]
fn a_folder_without_talks_says_what_to_do() {
    let project = Project::new().folder("empty");
    let run = project
        .run(["list", "empty"])
        .exit(0)
        .stdout_is("")
        .stderr_contains("no folder in `empty` holds a `talk.md`\n");
    run.stderr_contains("  = help: ");
    let run = project.run(["list", "empty", "--json"]).exit(0).stderr_is("");
    assert_eq!(serde_json::from_str::<Value>(&run.stdout()).unwrap()["talks"], json!([]));
    project.run(["list", "nowhere"]).exit(1).stdout_is("").stderr_contains("there is no `nowhere`\n  = help: ");
}

#[test]
fn colours_are_for_terminals_and_what_is_over_is_faint() {
    let project = talks();
    assert!(!project.run(["list", "talks"]).stdout().contains('\x1b'));
    let run = project.run(["list", "talks", "--date", "2026-11-20", "--color", "always"]).exit(0);
    for part in ["\x1b[32m→ ready\x1b[0m", "\x1b[31m→ fix 1 error\x1b[0m", "\n\x1b[2m去年的演讲"] {
        assert!(run.stdout().contains(part), "{part:?}\n{}", run.stdout());
    }
}
