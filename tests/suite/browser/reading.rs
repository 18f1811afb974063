//! The deck for those who do not watch it: screen readers, paper, browsers without scripting.

use std::fs;
use std::process::Command;

use super::chromium::Chromium;
use super::player_page;

const HEADINGS: [&str; 7] = [
    "heading: 慢查询 deep dive",
    "heading: Look in this order",
    "heading: Slow SQL",
    "heading: A field to type in",
    "heading: 总结 summary",
    "heading: Thanks",
    "heading: Why not Aurora?",
];

/// The headings that a screen reader meets.
fn headings(deck: &Chromium) -> Vec<String> {
    deck.accessible().into_iter().filter(|node| node.starts_with("heading: ")).collect()
}

#[test]
fn a_screen_reader_meets_the_current_slide_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::open(&player_page::write(folder.path()), "#steps");
    assert_eq!(headings(&deck), [HEADINGS[1]]);
    let told = deck.accessible();
    assert!(told.contains(&"group: 2 / 6: Look in this order".to_owned()), "{told:#?}");
    assert!(!told.iter().any(|node| node.contains("then the statement")), "a waiting step is not read: {told:#?}");
    deck.press("ArrowRight");
    assert!(deck.accessible().iter().any(|node| node.contains("then the statement")));
    deck.press("End");
    assert_eq!(headings(&deck), [HEADINGS[5]]);
    deck.press("b");
    assert!(headings(&deck).is_empty(), "nothing is read behind a blank screen");
    deck.press("b");
    deck.press("?");
    let told = headings(&deck);
    assert!(told[0] == "heading: 快捷键" && !told.contains(&HEADINGS[5].to_owned()), "{told:?}");
}

#[test]
fn changes_are_announced() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::open(&player_page::write(folder.path()), "");
    let region = "document.querySelector('[aria-live=polite]').textContent";
    for (key, expected) in [
        ("ArrowRight", "2 / 6: Look in this order"),
        ("ArrowRight", "then the statement"),
        ("End", "6 / 6: Thanks"),
        ("ArrowRight", "备用 1: Why not Aurora?"),
        ("b", "黑屏"),
        ("b", "备用 1: Why not Aurora?"),
    ] {
        deck.press(key);
        assert_eq!(deck.eval::<String>(region), expected, "`{key}`");
    }
}

#[test]
fn focus_stays_in_the_deck() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::open(&player_page::write(folder.path()), "#field");
    deck.act("document.querySelector('#pressed').focus()");
    deck.press("PageDown");
    assert_eq!(deck.eval::<String>("document.activeElement.className"), "deck");
}

#[test]
fn paper_has_one_slide_a_page_with_all_steps() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let scripted = Chromium::open(&page, "#code");
    scripted.press("b");
    let from_overview = Chromium::open(&page, "");
    from_overview.press("o");
    let plain = Chromium::open_without_scripts(&page);
    for (name, deck) in [("black", scripted), ("overview", from_overview), ("plain", plain)] {
        let path = folder.path().join("deck.pdf");
        fs::write(&path, deck.pdf()).expect("the PDF is written");
        let about = output("pdfinfo", &[path.to_str().expect("a path")]);
        assert!(about.contains("Pages:           7"), "{name}: {about}");
        assert!(about.contains("Page size:       960 x 540 pts"), "{name}: {about}");
        let text = output("pdftotext", &[path.to_str().expect("a path"), "-"]);
        for part in ["then the statement", "then the disk", "Slow SQL", "Why not Aurora?"] {
            assert!(text.contains(part), "{name}: `{part}` in {text}");
        }
    }
}

#[test]
fn without_scripting_all_slides_are_one_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::open_without_scripts(&player_page::write(folder.path()));
    assert_eq!(headings(&deck), HEADINGS);
    let told = deck.accessible();
    assert!(told.iter().any(|node| node.contains("then the disk")), "{told:#?}");
    assert!(!told.iter().any(|node| node.starts_with("button: 总览")), "no control that would do nothing: {told:#?}");
    let tops: Vec<f64> = deck.eval("[...document.querySelectorAll('.slide')].map(e => e.getBoundingClientRect().top)");
    assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= 720.0), "the slides stand below each other: {tops:?}");
}

/// What a program that is not ours says.
pub(super) fn output(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}
