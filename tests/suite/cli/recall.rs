use std::fs;
use std::path::Path;

use crate::project::Project;

/// The folder of the cases, and the talk that their answers are to.
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/collect");
const TALK: &str = include_str!("../../cases/collect/talk.md");

fn case(name: &str) -> Vec<u8> {
    fs::read(Path::new(CASES).join(name)).unwrap()
}

#[test]
fn each_case_is_told_as_it_was_reviewed() {
    let mut names: Vec<String> =
        fs::read_dir(CASES).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "talk.md");
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let project = Project::new().file("talk.md", TALK).file(&name, case(&name));
        let run = project.run(["recall", "collect", &name, "--talk", "."]);
        let told = format!("exit {}\n\n{}\n-- stderr\n{}", run.code(), run.stdout(), run.stderr());
        insta::with_settings!({ snapshot_path => "../../snapshots/collect", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.split('.').next().unwrap_or_default(), told);
        });
    }
}

#[test]
fn without_the_talk_every_talk_with_enough_people_is_told() {
    let project = Project::new().file("chat.txt", case("chat.txt")).file("few.txt", case("four-people.txt"));
    let all = project.run(["recall", "collect", "chat.txt", "few.txt"]).exit(0).stderr_is("");
    // Four of the seven people stand in both files, and count once.
    all.stdout_contains("locks-2026\n  day 0    7 people\n")
        .stdout_contains("12 lines doubled (counted once): few.txt:1, few.txt:2")
        .stdout_contains("the slide of `锁` (`--talk` names it");
}

#[test]
fn json_has_the_figures_and_no_person() {
    let project = Project::new().file("talk.md", TALK).file("chat.txt", case("chat.txt"));
    let run = project.run(["recall", "collect", "chat.txt", "--talk", "talk.md", "--json"]).exit(0).stderr_is("");
    let results: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    let talk = &results["talks"][0];
    assert_eq!((&talk["id"], &talk["people"], &talk["audience"]), (&"locks-2026".into(), &7.into(), &8.into()));
    assert_eq!(talk["rounds"][2]["rate"], 0.75);
    let figures = &talk["questions"][1]["rounds"][1]["change"]["figures"];
    assert!(figures["interval"][0].as_f64() <= figures["difference"].as_f64(), "{figures}");
    assert_eq!(talk["probe"]["people"], 6);
    assert_eq!(talk["weakest"][0]["slide"]["title"], "Who holds the lock");
    assert!(!run.stdout().contains("tok1x"), "a token tells one person from another");
}

#[test]
fn the_page_is_in_the_talks_language_and_needs_nothing() {
    let project = Project::new().file("talk.md", TALK).file("chat.txt", case("chat.txt"));
    project.run(["recall", "collect", "chat.txt", "--talk", ".", "--html", "out/results.html"]).exit(0);
    let page = project.read("out/results.html");
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("该改进的幻灯片"), "{page}");
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none';"));
    assert!(
        !page.contains("<script") && !page.contains("http:") && !page.contains("https:") && !page.contains("tok1x")
    );
    let again = project.run(["recall", "collect", "chat.txt", "--talk", ".", "--html", "again.html"]).exit(0);
    drop(again);
    assert_eq!(page, project.read("again.html"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let project = Project::new().file("talk.md", "# No questions\n").file("chat.txt", case("chat.txt")).folder("room");
    project.run(["recall", "collect"]).exit(2);
    project.run(["recall", "collect", "gone.txt"]).exit(1).stdout_is("").stderr_contains("can't read `gone.txt`: ");
    project.run(["recall", "collect", "room"]).exit(1).stderr_contains("can't read `room`: is a directory");
    project
        .run(["recall", "collect", "chat.txt", "--talk", "gone"])
        .exit(1)
        .stderr_contains("error[unreadable-file]: ");
    project
        .run(["recall", "collect", "chat.txt", "--talk", "."])
        .exit(1)
        .stderr_contains("error: `.` has no questions to answer later\n  = help: write `recall` blocks");
}

#[test]
fn ten_megabytes_of_lines_are_counted() {
    let good = String::from_utf8(case("chat.txt")).unwrap();
    let forged = "RT1 locks-2026 d7 first-look=9 ~zzzz RT1 RT1 RT1 \u{0}\u{1b}[2J\n".repeat(20_000);
    let many: String = (0..150_000).map(|n| format!("RT1 locks-2026 d7 first-look={} ~person{n}\n", n % 3)).collect();
    let project = Project::new().file("talk.md", TALK).file("many.txt", format!("{forged}\n{many}{good}"));
    let run = project.run(["recall", "collect", "many.txt", "--talk", "."]).exit(0).stderr_is("");
    run.stdout_contains("20000 lines with a score that is not 0, 1 or 2 (not counted): many.txt:1, many.txt:2")
        .stdout_contains("60000 lines cut off before")
        .stdout_contains("day 7    150007 people\n");
}

#[test]
fn a_round_is_due_from_its_day_on() {
    let project = Project::new().file("talks/locks/talk.md", TALK).file("talks/other/talk.md", "# Nothing asked\n");
    let on = |day: &str| project.run(["recall", "due", "talks", "--date", day]).exit(0).stdout();
    let today = on("2026-12-11");
    assert!(today.starts_with("锁与 I/O (talks/locks): day 7, due today, post to #team-db\n"), "{today}");
    assert!(today.contains("\n    1. CPU 很闲，p99 却涨了，第一眼看什么？\n    2. 谁拿着锁？\n"), "{today}");
    assert!(today.contains("\nnext\n  2027-01-04  day 30   in 24 days: 锁与 I/O\n"), "a weekend moves: {today}");
    for answer in ["等待事件", "最早的事务", "undo"] {
        assert!(!today.contains(answer), "neither answers nor what is held back: {today}");
    }
    assert!(on("2026-12-14").contains("day 7, due 3 days ago"));
    let later = on("2026-12-20");
    assert!(later.starts_with("to decide\n  k6 by 2026-12-18 (due 2 days ago): 锁与 I/O\n"), "{later}");
    assert_eq!(on("2027-09-01"), "nothing is due on 2027-09-01\n");
    project.run(["recall", "due", "talks", "--date", "soon"]).exit(2).stderr_contains("write a day as `2026-12-11`");
    project.run(["recall", "due", "nowhere"]).exit(1).stderr_contains("error: there is no `nowhere`");
}

#[test]
fn what_is_due_has_its_link_and_a_form_for_programs() {
    let linked = TALK.replace("contact: \"#team-db\"}", "link: \"https://talks.example/locks/follow-up.html\"}");
    let project =
        Project::new().file("locks/talk.md", linked).file("undated/talk.md", TALK.replace("date: 2026-12-04\n", ""));
    let run = project.run(["recall", "due", "--date", "2026-12-11", "--json"]).exit(0);
    let due: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!((&due["date"], &due["talks"][0]["now"]["day"]), (&"2026-12-11".into(), &7.into()));
    let message = due["talks"][0]["now"]["message"].as_str().unwrap();
    assert!(message.ends_with("https://talks.example/locks/follow-up.html?d=7\n"), "{message}");
    assert_eq!(due["undated"][0], "undated");
    run.stderr_is("undated has questions, but no `date` to count from\n");
}
