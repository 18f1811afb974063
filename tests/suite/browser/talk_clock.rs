//! The clock of the talk and its record, with time in the test's hands.

use serde_json::{Value, json};

use super::chromium::{Chromium, Page, address};
use super::player_page;
use super::windows::{arrives, kept};

/// Time stands until a test moves it.
const STILL: &str = "window.moment = 0; performance.now = () => window.moment; \
                     Date.now = () => performance.timeOrigin + window.moment;";

fn deck() -> (Chromium, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let deck = Chromium::start();
    deck.on_new_document(STILL);
    deck.go(&address(&page, ""));
    (deck, folder)
}

fn pass(page: &Page, milliseconds: u32) {
    page.act(&format!("window.moment += {milliseconds}"));
}

/// Mode, talk time, question time and the times of slides.
fn clock(page: &Page) -> Value {
    let clock = kept(page, "clock");
    json!([clock["mode"], clock["talk"], clock["questions"], clock["slides"]])
}

#[test]
fn the_clock_starts_on_leaving_the_first_slide_and_charges_each_slide() {
    let (deck, _folder) = deck();
    pass(&deck, 5000);
    deck.click(".deck");
    deck.press("b");
    deck.press("b");
    assert_eq!(kept(&deck, "clock"), Value::Null, "nothing has begun");
    deck.press("ArrowRight");
    assert_eq!(clock(&deck), json!(["talk", 0, 0, {}]));
    pass(&deck, 60_000);
    deck.press("End");
    assert_eq!(clock(&deck), json!(["talk", 60_000, 0, {"steps": 60_000}]));
    pass(&deck, 1000);
    deck.press("t");
    assert_eq!(clock(&deck), json!(["paused", 61_000, 0, {"steps": 60_000, "end": 1000}]));
    pass(&deck, 7000);
    deck.press("Home");
    deck.press("ArrowRight");
    assert_eq!(clock(&deck)[0], "paused", "moving about does not end a pause");
    deck.press("t");
    pass(&deck, 500);
    deck.press("q");
    assert_eq!(clock(&deck), json!(["question", 61_500, 0, {"steps": 60_500, "end": 1000}]));
    pass(&deck, 30_000);
    deck.press("End");
    pass(&deck, 2000);
    deck.press("q");
    assert_eq!(clock(&deck), json!(["talk", 61_500, 32_000, {"steps": 60_500, "end": 1000}]));
    deck.click(".deck");
    pass(&deck, 100);
    deck.press("t");
    assert_eq!(clock(&deck), json!(["paused", 61_600, 32_000, {"steps": 60_500, "end": 1100}]));
    let events = kept(&deck, "record")["events"].clone();
    assert_eq!(
        events,
        json!([
            {"at": 0, "event": "enter", "slide": "steps", "step": 0},
            {"at": 60, "event": "enter", "slide": "end", "step": 0},
            {"at": 61, "event": "pause"},
            {"at": 68, "event": "enter", "slide": "intro", "step": 0},
            {"at": 68, "event": "enter", "slide": "steps", "step": 0},
            {"at": 68, "event": "resume"},
            {"at": 68.5, "event": "question"},
            {"at": 98.5, "event": "enter", "slide": "end", "step": 0},
            {"at": 100.5, "event": "answer"},
            {"at": 100.6, "event": "pause"},
        ])
    );
}

#[test]
fn a_deep_link_starts_no_clock() {
    let (deck, folder) = deck();
    deck.open_anew(&folder.path().join("index.html"), "#code");
    arrives(&deck, "code");
    assert_eq!(kept(&deck, "clock"), Value::Null);
    deck.press("t");
    assert_eq!(clock(&deck)[0], "talk");
}

#[test]
fn time_never_runs_backwards() {
    let (deck, _folder) = deck();
    deck.press("ArrowRight");
    // The computer sleeps: its steady clock stands, the one on the wall goes on.
    deck.act("Date.now = () => performance.timeOrigin + window.moment + 3_600_000");
    deck.press("End");
    assert_eq!(clock(&deck), json!(["talk", 3_600_000, 0, {"steps": 3_600_000}]));
    // Somebody sets the clock on the wall back.
    deck.act("Date.now = () => performance.timeOrigin");
    pass(&deck, 2000);
    deck.press("Home");
    assert_eq!(clock(&deck)[1], 3_602_000);
    // A page that is loaded again sees only the one on the wall.
    deck.reload();
    pass(&deck, 1000);
    deck.press("t");
    assert_eq!(clock(&deck)[1], 3_603_000);
}

#[test]
fn questions_and_pauses_hold_in_all_windows() {
    let (deck, _folder) = deck();
    let presenter = deck.popup_after(|| deck.press("p"));
    let is = |page: &Page, mode: &str| {
        page.wait_until(&format!(
            "Object.values(sessionStorage).some(value => value.startsWith('{{\"mode\":\"{mode}\"'))"
        ));
    };
    presenter.press("PageDown");
    is(&deck, "talk");
    deck.press("q");
    is(&presenter, "question");
    presenter.press("q");
    is(&deck, "talk");
    presenter.press("t");
    is(&deck, "paused");
    deck.reload();
    is(&deck, "paused");
    deck.press("t");
    is(&presenter, "talk");
    presenter.reload();
    is(&presenter, "talk");
    assert_eq!(kept(&deck, "clock"), kept(&presenter, "clock"));
}

#[test]
fn a_window_opened_late_has_the_whole_record() {
    let (deck, folder) = deck();
    for key in ["PageDown", "PageDown", "PageDown"] {
        deck.press(key);
    }
    let page = folder.path().join("index.html");
    let presenter = deck.new_page(&address(&page, "?presenter"));
    presenter.wait_until("Object.keys(sessionStorage).some(key => key.startsWith('retell:record:'))");
    presenter.press("End");
    arrives(&deck, "end");
    let names = |page: &Page| -> Vec<String> {
        let events = kept(page, "record")["events"].as_array().cloned().unwrap_or_default();
        events.iter().map(|event| format!("{} {}", event["event"], event["slide"]).replace('"', "")).collect()
    };
    let expected = ["enter steps", "step steps", "step steps", "enter end"];
    assert_eq!(names(&deck), expected);
    assert_eq!(names(&presenter), expected);
    deck.reload();
    assert_eq!(names(&deck), expected);
}

/// The file that the presenter view offers.
fn record_file(page: &Page) -> Value {
    serde_json::from_str(&page.eval::<String>("module_record.recordFile().text()")).expect("the record is JSON")
}

#[test]
fn the_record_is_a_file_of_the_talk() {
    let (deck, _folder) = deck();
    assert!(deck.eval::<bool>("module_record.recordFile() === null && module_record.isRecording()"));
    deck.press("ArrowRight");
    pass(&deck, 1500);
    deck.press("ArrowRight");
    pass(&deck, 500);
    let file = record_file(&deck);
    assert_eq!(file["format"], "retell-rehearsal/1");
    assert_eq!((&file["talk"]["title"], &file["lang"]), (&json!("慢查询 deep dive"), &json!("zh-CN")));
    assert_eq!(file["slides"].as_array().map(Vec::len), Some(7));
    assert_eq!(file["slides"][1]["id"], "steps");
    let started = file["started"].as_str().unwrap_or_default();
    assert_eq!(
        deck.eval::<u64>("Math.floor(performance.timeOrigin / 1000)"),
        deck.eval::<u64>(&format!("Date.parse('{started}') / 1000"))
    );
    assert_eq!(
        file["events"],
        json!([
            {"at": 0, "event": "enter", "slide": "steps", "step": 0},
            {"at": 1.5, "event": "step", "slide": "steps", "step": 1},
            {"at": 2, "event": "end"},
        ])
    );
}

#[test]
fn the_record_can_be_off_in_all_windows() {
    let (deck, _folder) = deck();
    let presenter = deck.popup_after(|| deck.press("p"));
    deck.press("PageDown");
    arrives(&presenter, "steps");
    presenter.act("module_record.toggleRecording()");
    deck.wait_until("!module_record.isRecording()");
    deck.press("PageDown");
    arrives(&presenter, "steps/1");
    presenter.reload();
    let recorded = |page: &Page| -> Vec<Value> {
        let events = record_file(page)["events"].as_array().cloned().unwrap_or_default();
        events.into_iter().map(|event| event["event"].clone()).collect()
    };
    for window in [&*deck, &presenter] {
        assert!(!window.eval::<bool>("module_record.isRecording()"));
        assert_eq!(recorded(window), ["enter", "pause", "end"], "what was recorded stays");
    }
    deck.act("module_record.toggleRecording()");
    presenter.wait_until("module_record.isRecording()");
    deck.press("PageDown");
    arrives(&presenter, "steps/2");
    for window in [&*deck, &presenter] {
        assert_eq!(recorded(window), ["enter", "pause", "enter", "resume", "step", "end"]);
    }
}
