//! The self-test that attendees take home: by keyboard to the result line, without scripting, in light and dark, on paper.

use std::path::{Path, PathBuf};

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device, Page, address};
use retell::recall::results::{Behaviour, Decision, ResultLine};

use crate::built::{SAMPLE, ask, pack};
use crate::project::Project;

const TALK: &str = include_str!("../../cases/follow-up/deploys.md");

/// The pack of the case in a theme.
fn built(theme: &str) -> (Project, PathBuf) {
    let project = Project::new().file("t/talk.md", TALK);
    project.run(["build", "t", "--theme", theme, "--only", "html,sheet"]).exit(0);
    let page = project.path("dist/t/follow-up.html");
    (project, page)
}

fn text(page: &Page, selector: &str) -> String {
    page.eval(&format!("document.querySelector('{selector}').innerText"))
}

fn is_shown(page: &Page, selector: &str) -> bool {
    page.eval(&format!("document.querySelector('{selector}').checkVisibility()"))
}

/// Goes on by Tab until what `selector` names has the focus, and presses a key there.
fn press_on(page: &Page, selector: &str, key: &str) {
    let has_focus = format!("document.activeElement?.matches('{selector}') === true");
    for _ in 0..40 {
        if page.eval(&has_focus) {
            page.press(key);
            return;
        }
        page.press("Tab");
    }
    panic!("`{selector}` can't be reached with the Tab key");
}

/// Answers the question that is shown with this judgement, 0 to 2, all by keyboard.
fn answer(page: &Page, score: u8) {
    page.wait_until("document.activeElement.matches('.ask')");
    press_on(page, ".own-answer textarea", "Tab");
    press_on(page, ".reveal", "Enter");
    page.wait_until("document.activeElement.matches('.revealed h4')");
    press_on(page, &format!("[data-score=\"{score}\"]"), " ");
    page.wait_until("document.activeElement.matches('.next')");
    page.press("Enter");
}

fn start(page: &Page) {
    page.wait_until("document.querySelector('.start')?.checkVisibility()");
    press_on(page, ".start .main", "Enter");
}

/// Clicks what may lie further down.
#[track_caller]
fn click(page: &Page, selector: &str) {
    page.act(&format!("document.querySelector({selector:?}).scrollIntoView({{ block: 'center' }})"));
    page.click(selector);
}

/// The line to hand in, which must be as the collector writes it itself, but for its order and escapes.
fn line(page: &Page) -> ResultLine {
    let line: String = page.eval("document.querySelector('.line textarea').value");
    ResultLine::read(&line).unwrap_or_else(|flaw| panic!("{line}: {flaw:?}"))
}

#[test]
fn a_round_is_played_by_keyboard_to_its_line() {
    let (_project, file) = built("paper");
    let page = Chromium::open(&file, "?d=7");
    assert!(page.eval::<bool>("document.querySelector('[name=round][value=\"7\"]').checked"));
    assert!(!is_shown(&page, ".items"), "with scripting, answers wait");
    start(&page);
    assert_eq!(text(&page, ".progress"), "Question 1 of 4");
    assert!(text(&page, ".ask").starts_with("p99 triples"), "the wording of the talk");
    for score in [2, 1, 0, 2] {
        answer(&page, score);
    }
    page.wait_until("document.querySelector('.done').checkVisibility()");
    assert_eq!(text(&page, ".score"), "2.5 of 4");
    assert_eq!(text(&page, ".again-list li"), "Slide 1 · The pool", "what was missed, each slide once");
    let line = line(&page);
    assert_eq!((line.talk.as_str(), line.day), ("deploys-2026", 7));
    let answers: Vec<_> = line.answers.iter().map(|(id, score)| (id.as_str(), *score)).collect();
    assert_eq!(answers, [("drain", 2), ("first-check", 2), ("graph", 1), ("setting", 0)]);
    assert!(line.token.len() == 8 && line.behaviour.is_none() && line.decisions.is_empty(), "{line}");
    assert!(!page.eval::<bool>("Object.keys(localStorage).length > 0"), "nobody wished to be remembered");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn the_last_round_has_other_words_the_probe_and_what_was_done() {
    let (_project, file) = built("paper");
    let page = Chromium::open(&file, "?d=30");
    start(&page);
    let mut asked = Vec::new();
    for _ in 0..5 {
        page.wait_until("document.activeElement.matches('.ask')");
        asked.push(text(&page, ".ask"));
        answer(&page, 1);
    }
    assert!(asked[0].starts_with("Right after a rollout") && asked[1].starts_with("Nothing is busy"), "{asked:?}");
    assert!(asked[4].starts_with("Connections run out"), "the probe");
    page.wait_until("document.activeElement.matches('.behaviour h3')");
    assert!(!is_shown(&page, "[data-name=recognised]"), "asked of who met the problem");
    page.act("document.querySelector('[name=met][value=\"1\"]').click()");
    page.act("document.querySelector('[name=recognised][value=\"1\"]').click()");
    page.act("document.querySelector('[name=acted][value=\"0\"]').click()");
    page.act("document.querySelector('[name=\"adopt:k6\"][value=tried]').click()");
    press_on(&page, ".behaviour .main", "Enter");
    page.wait_until("document.querySelector('.done').checkVisibility()");
    let line = line(&page);
    assert_eq!(line.answers.get("held-back"), Some(&1));
    assert_eq!(line.behaviour, Some(Behaviour { met: true, recognised: true, acted: false }));
    assert_eq!(line.decisions.get("k6"), Some(&Decision::Tried));
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn at_the_talk_three_questions_come_with_choices() {
    let (_project, file) = built("night");
    let page = Chromium::open(&file, "?d=0");
    start(&page);
    assert_eq!(text(&page, ".progress"), "Question 1 of 3");
    page.wait_until("document.activeElement.matches('.ask')");
    click(&page, ".show-choices");
    let choices: Vec<String> =
        page.eval("[...document.querySelectorAll('.choices .option')].map(o => o.innerText).sort()");
    assert_eq!(choices.len(), 3, "{choices:?}");
    assert_eq!(choices[0], "CPU and memory of the nodes");
    click(&page, ".reveal");
    assert_eq!(text(&page, ".choices .is-right"), "The connection pool's warm-up: minIdle against the usual load.");
    assert!(!is_shown(&page, ".revealed .reason"), "first one's own judgement");
    click(&page, "[data-score=\"2\"]");
    assert!(text(&page, ".revealed .reason").contains("TLS handshake"));
    let link: String = page.eval("document.querySelector('.revealed .place').getAttribute('href')");
    assert_eq!(link, "index.html#pool");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn who_wishes_is_remembered_and_forgotten() {
    let (_project, file) = built("paper");
    let page = Chromium::open(&file, "?d=0");
    page.wait_until("document.querySelector('.start')?.checkVisibility()");
    click(&page, "[name=remember]");
    start(&page);
    for _ in 0..3 {
        answer(&page, 2);
    }
    page.wait_until("document.querySelector('.done').checkVisibility()");
    let first = line(&page).token;
    page.go(&address(&file, "?d=2"));
    page.wait_until("document.querySelector('.start')?.checkVisibility()");
    assert!(page.eval::<bool>("document.querySelector('[name=remember]').checked"));
    start(&page);
    for _ in 0..4 {
        answer(&page, 2);
    }
    page.wait_until("document.querySelector('.done').checkVisibility()");
    assert_eq!(line(&page).token, first, "rounds of one browser belong together");
    click(&page, ".again");
    click(&page, "[name=remember]");
    assert_eq!(page.eval::<u32>("localStorage.length"), 0);
}

#[test]
fn without_scripting_each_question_opens_and_the_probe_stays_away() {
    let (_project, file) = built("paper");
    let page = Chromium::open_without_scripts(&file);
    let told = page.accessible().join("\n");
    assert!(told.contains("p99 triples for two minutes") && !told.contains("Connections run out"), "{told}");
    assert!(!told.contains("DB load by wait event"), "answers are closed: {told}");
    assert!(!told.contains("Start"), "nothing that does not work");
    page.press("Tab");
    page.press("Enter");
    let told = page.accessible().join("\n");
    assert!(
        told.contains("against the") && told.contains("usual load") && told.contains("Slide 1 · The pool"),
        "{told}"
    );
}

#[test]
fn every_state_is_sound_in_light_and_dark_and_on_a_phone() {
    for (scheme, theme, device) in [
        ("light", "paper", Device::Phone),
        ("dark", "paper", Device::Desktop),
        ("dark", "night", Device::Phone),
        ("light", "night", Device::Desktop),
    ] {
        let (_project, file) = built(theme);
        let page = Chromium::start();
        let width = if device == Device::Phone { 390 } else { 1280 };
        page.set_size(width, 844, device);
        page.prefer(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]);
        play(&page, &file, |state| {
            assert_accessible(&page, &format!("{theme} {scheme} {width}: {state}"));
            let fits = page.eval::<bool>("document.documentElement.scrollWidth <= innerWidth");
            assert!(fits, "{theme} {width}: {state} is wider than the screen");
        });
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}

/// Goes through the last round, and shows each of its states.
fn play(page: &Page, file: &Path, seen: impl Fn(&str)) {
    page.go(&address(file, "?d=30"));
    page.wait_until("document.querySelector('.start')?.checkVisibility()");
    seen("start");
    click(page, ".start .main");
    seen("question");
    click(page, ".show-choices");
    seen("choices");
    click(page, ".reveal");
    seen("answer");
    click(page, "[data-score=\"0\"]");
    seen("reason");
    click(page, ".next");
    for _ in 1..page.eval::<usize>("JSON.parse(document.querySelector('#test').textContent).rounds.at(-1).items.length")
    {
        click(page, ".reveal");
        click(page, "[data-score=\"2\"]");
        click(page, ".next");
    }
    page.act("document.querySelector('[name=met][value=\"1\"]').click()");
    seen("behaviour");
    page.act("document.querySelectorAll('[name=recognised], [name=acted]').forEach(input => input.click())");
    click(page, ".behaviour .main");
    seen("result");
}

#[test]
#[ignore = "makes pictures"]
fn follow_up_pictures() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (scheme, theme) in [("light", None), ("dark", Some("night"))] {
        let page = Chromium::start();
        page.set_size(390, 844, Device::Phone);
        page.prefer(&[("prefers-color-scheme", scheme)]);
        play(&page, &pack(SAMPLE, theme).join("follow-up.html"), |state| {
            std::fs::write(folder.join(format!("follow-up-{state}-{scheme}.png")), page.screenshot())
                .expect("a picture");
        });
    }
}

#[test]
fn printing_gives_the_two_pages() {
    for theme in ["paper", "night"] {
        let (project, file) = built(theme);
        let page = Chromium::open(&file, "");
        let printed = project.path("printed.pdf");
        std::fs::write(&printed, page.pdf()).expect("a PDF");
        let told = ask("pdfinfo", &["printed.pdf"], &printed);
        assert!(told.contains("Pages:           2"), "{theme}: {told}");
        assert!(told.contains("(A4)"), "{theme}: {told}");
        let front = ask("pdftotext", &["-l", "1", "printed.pdf", "-"], &printed);
        assert!(front.contains("When you see this") && front.contains("My if-then"), "{front}");
        assert!(!front.contains("wait event") && !front.contains("Start"), "{front}");
        let back = ask("pdftotext", &["-f", "2", "printed.pdf", "-"], &printed);
        assert!(back.contains("DB load by wait event") && back.contains("Next checks"), "{back}");
    }
}
