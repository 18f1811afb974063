//! The sheet to take home as poppler reads it, and its page as text.

use std::path::{Path, PathBuf};

use super::{built, hostile, talk};
use crate::built::{all, ask, pack};
use crate::project::Project;

/// The text of a page of a PDF, on one line.
fn page(file: &Path, number: &str) -> String {
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    ask("pdftotext", &["-f", number, "-l", number, &name, "-"], file).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheet(project: &Project) -> PathBuf {
    project.path("dist/t/follow-up.pdf")
}

#[test]
fn every_talk_has_two_pages_of_a4_whose_fonts_are_in_them() {
    for (talk, theme) in all() {
        let file = pack(&talk, theme).join("follow-up.pdf");
        let told = ask("pdfinfo", &["follow-up.pdf"], &file);
        assert!(told.contains("Pages:           2\n") && told.contains("(A4)"), "{talk}: {told}");
        ask("qpdf", &["--check", "follow-up.pdf"], &file);
        let fonts = ask("pdffonts", &["follow-up.pdf"], &file);
        let columns = |line: &str| line.split_whitespace().rev().map(str::to_owned).collect::<Vec<_>>();
        // From the right: object, generation, unicode, subset, embedded.
        for line in fonts.lines().skip(2) {
            assert_eq!(columns(line)[2..5], ["yes", "yes", "yes"], "{line}");
        }
    }
}

#[test]
fn answers_stand_on_the_back_only_and_the_probe_nowhere() {
    let project = built(&talk("deploys"));
    let (front, back) = (page(&sheet(&project), "1"), page(&sheet(&project), "2"));
    for shown in [
        "Why deploys are slow for two minutes",
        "2026-12-04",
        "Ada Lin · Platform; Jo Berg",
        "#platform",
        "wiki.example/talks/deploys/follow-up.html",
        "Look at the pool before you look at the SQL.",
        "p99 spikes right after a rollout",
        "Which graph shows what they wait for?",
        "My if-then",
        "Muddiest point",
    ] {
        assert!(front.contains(shown), "`{shown}` is not in {front}");
    }
    for answer in ["usual load", "DB load by wait event", "holds them", "longest request"] {
        assert!(!front.contains(answer) && back.contains(answer), "{answer}\n{front}\n{back}");
    }
    for shown in ["2026-12-18", "the manual check", "k6 run --vus 5", "two cold pools", "2027-01-04", "Slide 1"] {
        assert!(back.contains(shown), "`{shown}` is not in {back}");
    }
    assert!(!back.contains("Unanswered so far"), "what has no answer is not kept");
    let whole = front + &back;
    assert!(!whole.contains("Connections run out") && !whole.contains("Pods times"), "the probe waits");
    assert!(!whole.contains("slowest query"), "wrong answers are learnt by reading them");
}

#[test]
fn kept_questions_fill_the_back_and_the_rest_is_counted() {
    let answer = "It depends on how many pods start at once and how long a handshake takes. ".repeat(2);
    let asked: String =
        (0..30).map(|n| format!("  - ask: Question number {n}?\n    answer: {answer}\n    slide: pool\n")).collect();
    let project = built(&talk("deploys").replace("qa:\n", &format!("qa:\n{asked}")));
    let back = page(&sheet(&project), "2");
    assert!(back.contains("Question number 0?") && !back.contains("Question number 29?"), "{back}");
    let shown = back.matches("Question number").count();
    assert!(back.contains(&format!("{} more in follow-up.html", 32 - shown)), "{shown}: {back}");
    assert!(back.contains("Next checks"), "nothing is cut off: {back}");
    let page = project.read("dist/t/follow-up.html").replace("<span class=\"keep\">", "").replace("</span>", "");
    assert!(page.contains("Question number 29?"));
}

#[test]
fn kept_questions_take_all_the_room_there_is() {
    // More than people read on a page, but they are looked up one at a time.
    let answer =
        "这要看同时起来几个，握手要多久，连接池里原来有多少条，数据库那边放不放得下，还有前面有没有代理。".repeat(2);
    let asked: String = (0..6).map(|n| format!("  - ask: 第 {n} 个问题？\n    answer: {answer}\n")).collect();
    let text = talk("pools").replace("qa:\n", &format!("qa:\n{asked}"));
    let back = page(&sheet(&built(&text)), "2");
    assert!(back.contains("第 5 个问题？") && !back.contains("follow-up.html"), "{back}");
}

#[test]
fn room_that_is_left_has_a_name_and_more_than_one_line() {
    let mut seen = [false, false];
    for count in 0..9 {
        let answer = "It depends on how many pods start at once and how long a handshake takes. ".repeat(3);
        let asked: String = (0..count).map(|n| format!("  - ask: Question {n}?\n    answer: {answer}\n")).collect();
        let project = built(&talk("deploys").replace("qa:\n", &format!("qa:\n{asked}")));
        let html = project.read("dist/t/follow-up.html");
        let rest = html.split_once("rest on-paper\"").expect("what is left").1;
        let rest = rest.split_once("data-part=\"checks\"").map_or(rest, |(rest, _)| rest);
        let lines = rest.matches("<i></i>").count();
        assert_ne!(lines, 1, "{count}");
        assert_eq!(rest.contains("<h2>Notes</h2>"), lines > 0, "{count}");
        assert_eq!(page(&sheet(&project), "2").contains(" Notes "), lines > 0, "{count}");
        seen[usize::from(lines > 0)] = true;
    }
    assert_eq!(seen, [true, true], "the test has both");
}

#[test]
fn hostile_text_is_text_on_the_page() {
    let html = hostile::hostile().read("dist/t/follow-up.html");
    let body = html.split_once("<body>").expect("a body").1;
    for active in ["<script>alert", "<b onclick", "<img src=x", "javascript:", "{{blank", "<script \\"] {
        assert!(!body.contains(active), "{active}");
    }
    assert_eq!(body.matches("</script>").count(), 2, "the data and the script");
    assert!(body.contains("{{c1::x}}") && body.contains("&lt;script&gt;alert(1)&lt;/"));
    let policy = html.split_once("Content-Security-Policy\" content=\"").expect("a policy").1;
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{}", &policy[..80]);
}

#[test]
fn a_page_that_is_too_full_is_told_and_has_two_pages_all_the_same() {
    let project = Project::new()
        .file("t/talk.md", talk("deploys").replace("a cold pool\n", &format!("{}\n", "a cold pool ".repeat(300))));
    let run = project.run(["build", "t"]);
    run.exit(0).stderr_contains("warning[sheet-overflow]: the front of the follow-up sheet is");
    assert!(ask("pdfinfo", &["follow-up.pdf"], &sheet(&project)).contains("Pages:           2\n"));
    project.run(["build", "t", "--only", "sheet", "--output", "other"]).exit(0);
    let mut files = project.files();
    files.retain(|name| name.starts_with("other/"));
    assert_eq!(files, ["other/t/follow-up.html", "other/t/follow-up.pdf", "other/t/pack.json"]);
}

/// Each blank is as wide as a few words: the words around it stand apart.
#[test]
fn the_if_then_sentence_has_room_to_write_in() {
    let project = built(&talk("deploys"));
    let file = sheet(&project);
    let told = ask("pdftotext", &["-bbox", "-f", "1", "-l", "1", "follow-up.pdf", "-"], &file);
    let edge = |word: &str, side: &str| {
        let line = told.lines().find(|line| line.contains(&format!(">{word}</word>"))).expect(word);
        let (_, after) = line.split_once(&format!("{side}=\"")).expect(side);
        after.split('"').next().and_then(|value| value.parse::<f64>().ok()).expect("a length")
    };
    assert!(edge("happens", "xMin") - edge("If", "xMax") > 60.0, "{told}");
}

#[test]
fn colours_of_the_talk_are_those_of_its_papers() {
    let css = ":root { --accent: #c01234 }\nh1 { font-size: 200px; color: #0f0 }\n";
    let project = Project::new().file("t/talk.md", talk("deploys")).file("t/style.css", css);
    project.run(["build", "t"]).exit(0);
    let page = std::fs::read_to_string(project.path("dist/t/follow-up.html")).expect("the page");
    assert!(page.contains("--accent:#c01234;") && !page.contains("200px"), "{page}");
    for file in ["follow-up.pdf", "handout.pdf"] {
        let told = ask("mutool", &["trace", file], &project.path(&format!("dist/t/{file}")));
        // 0xc0, 0x12 and 0x34 of 255.
        assert!(told.contains("color=\".753 .071 .204\""), "{file}: no accent");
        let is_sheet = file == "follow-up.pdf";
        assert!(!(is_sheet && told.contains("color=\"0 1 0\"")), "{file}: a rule for slides");
    }
}
