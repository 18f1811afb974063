//! Several windows of one talk, opened from a file: each drives all others, and finds them again.

use std::path::PathBuf;

use super::chromium::{Chromium, Page, address};
use super::player_page;

/// Where a window stands, as its address says it: `steps/2`.
const PLACE: &str = "decodeURIComponent(location.hash.slice(1))";

fn deck(fragment: &str) -> (Chromium, PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    (Chromium::open(&page, fragment), page, folder)
}

/// What a window keeps of the talk under a name.
pub(super) fn kept(page: &Page, name: &str) -> serde_json::Value {
    let text: String = page.eval(&format!(
        "sessionStorage.getItem(Object.keys(sessionStorage).find(key => key.startsWith('retell:{name}:'))) ?? 'null'"
    ));
    serde_json::from_str(&text).expect("JSON")
}

#[track_caller]
pub(super) fn arrives(page: &Page, place: &str) {
    page.wait_until(&format!("{PLACE} === '{place}'"));
}

/// Presses keys in one window, each of which must lead both to a place.
#[track_caller]
fn drives(driver: &Page, follower: &Page, steps: &[(&str, &str)]) {
    for (key, place) in steps {
        driver.press(key);
        arrives(driver, place);
        arrives(follower, place);
    }
}

#[test]
fn deck_and_presenter_drive_each_other() {
    let (deck, _, _folder) = deck("#code/1");
    let presenter = deck.popup_after(|| deck.press("p"));
    arrives(&presenter, "code/1");
    assert!(presenter.eval::<bool>("new URLSearchParams(location.search).has('presenter')"));
    drives(&deck, &presenter, &[("PageDown", "code/2"), ("PageDown", "field"), ("Home", "intro")]);
    drives(&presenter, &deck, &[("PageDown", "steps"), ("PageDown", "steps/1"), ("PageDown", "steps/2")]);
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('#steps .is-waiting').length"), 1, "the third step waits");
    drives(&deck, &presenter, &[("PageUp", "steps/1"), ("End", "end")]);
    presenter.press("b");
    deck.wait_until("!document.querySelector('.cover.black').hidden");
    deck.press("b");
    // The next key lifts a cover in a window that still has one.
    presenter.wait_until("document.querySelector('.presenter-current').dataset.cover === ''");
    drives(&presenter, &deck, &[("PageDown", "compare")]);
    let pages = deck.page_count();
    deck.press("s");
    presenter.press("p");
    drives(&presenter, &deck, &[("PageUp", "end")]);
    assert_eq!(deck.page_count(), pages, "both are open already");
    assert_eq!(deck.errors(), Vec::<String>::new());
    assert_eq!(presenter.errors(), Vec::<String>::new());
}

#[test]
fn windows_find_each_other_after_a_reload() {
    let (deck, _, _folder) = deck("");
    let presenter = deck.popup_after(|| deck.press("p"));
    drives(&deck, &presenter, &[("PageDown", "steps"), ("PageDown", "steps/1")]);
    let clock = kept(&deck, "clock");
    assert_eq!(clock["mode"], "talk");

    deck.reload();
    arrives(&deck, "steps/1");
    drives(&presenter, &deck, &[("PageDown", "steps/2")]);
    drives(&deck, &presenter, &[("PageDown", "steps/3")]);
    assert_eq!(kept(&deck, "clock"), clock, "within a slide nothing changes the clock");

    presenter.reload();
    arrives(&presenter, "steps/3");
    drives(&deck, &presenter, &[("PageUp", "steps/2")]);
    drives(&presenter, &deck, &[("PageUp", "steps/1")]);
    assert_eq!(kept(&presenter, "clock"), clock);

    presenter.press("w");
    deck.wait_until("!document.querySelector('.cover.white').hidden");
    deck.reload();
    deck.wait_until("!document.querySelector('.cover.white').hidden");
    deck.press("w");
    drives(&deck, &presenter, &[("PageUp", "steps")]);
}

#[test]
fn a_step_right_after_a_reload_counts() {
    let (deck, page, folder) = deck("");
    let blank = folder.path().join("blank.html");
    std::fs::write(&blank, "<title>blank</title>").expect("a page");
    let presenter = deck.new_page(&address(&page, "?presenter"));
    drives(&deck, &presenter, &[("PageDown", "steps"), ("PageDown", "steps/1")]);
    let version = kept(&deck, "place")["version"].clone();
    presenter.go("about:blank");
    deck.reload();
    arrives(&deck, "steps/1");
    deck.press("PageDown");
    arrives(&deck, "steps/2");
    // The presenter view answers what the deck said before the step.
    presenter.go(&address(&blank, ""));
    presenter.act(&format!(
        "window.told = []; window.channel = new BroadcastChannel('retell:' + location.pathname.replace('blank.html', '')); \
         channel.onmessage = event => told.push(event.data); channel.postMessage({{ retell: 1, kind: 'state', from: 'x', \
         role: 'presenter', now: 0, version: {version}, state: {{ slide: 'steps', step: 1, cover: '' }} }})"
    ));
    presenter
        .wait_until("told.some(({ kind, state }) => kind === 'state' && state.slide === 'steps' && state.step === 2)");
    arrives(&deck, "steps/2");
}

#[test]
fn messages_between_opener_and_window_suffice() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let deck = Chromium::start();
    deck.on_new_document("window.BroadcastChannel = undefined");
    deck.go(&address(&page, "#steps"));
    let presenter = deck.popup_after(|| deck.press("s"));
    presenter.on_new_document("window.BroadcastChannel = undefined");
    presenter.reload();
    drives(&presenter, &deck, &[("PageDown", "steps/1")]);
    drives(&deck, &presenter, &[("PageDown", "steps/2")]);
    deck.reload();
    arrives(&deck, "steps/2");
    drives(&deck, &presenter, &[("PageDown", "steps/3")]);
    drives(&presenter, &deck, &[("PageDown", "code")]);
}

#[test]
fn a_deck_out_of_sight_follows() {
    let (deck, page, _folder) = deck("");
    let presenter = deck.popup_after(|| deck.press("p"));
    let _front = deck.new_page(&address(&page, "?presenter"));
    deck.wait_until("document.hidden");
    drives(&presenter, &deck, &[("PageDown", "steps"), ("PageDown", "steps/1")]);
    deck.wait_until(
        "document.querySelector('.is-current').id === 'steps' && \
         document.querySelectorAll('#steps .is-waiting').length === 2 && document.hidden",
    );
    assert_eq!(kept(&deck, "clock"), kept(&presenter, "clock"));
    assert_eq!(kept(&deck, "clock")["mode"], "talk");
    deck.minimise();
    presenter.press("q");
    deck.wait_until("Object.values(sessionStorage).some(value => value.includes('\"mode\":\"question\"'))");
    drives(&presenter, &deck, &[("End", "end")]);
    assert!(deck.eval::<bool>("document.hidden && document.querySelector('.is-current').id === 'end'"));
    let held: Vec<String> = deck.eval("navigator.locks.query().then(locks => locks.held.map(lock => lock.name))");
    assert!(held.contains(&"retell".to_owned()), "browsers do not freeze a page that holds a lock");
}

#[test]
fn a_presenter_tab_opened_by_hand_is_linked() {
    let (deck, page, _folder) = deck("#code");
    deck.press("ArrowRight");
    let presenter = deck.new_page(&address(&page, "?presenter"));
    arrives(&presenter, "code/1");
    drives(&presenter, &deck, &[("PageDown", "code/2")]);
    drives(&deck, &presenter, &[("PageUp", "code/1")]);
    let other = deck.new_page(&address(&page, "#end"));
    arrives(&other, "code/1");
    drives(&other, &presenter, &[("PageUp", "code")]);
    drives(&presenter, &deck, &[("Home", "intro")]);
    arrives(&other, "intro");
}

#[test]
fn decks_that_nobody_presents_stay_apart() {
    let (deck, page, _folder) = deck("#code");
    let other = deck.new_page(&address(&page, "#steps"));
    // Heard by all windows, it would have come by the time that the answer is there.
    let ping = "new Promise(done => { const channel = new BroadcastChannel('done'); channel.onmessage = done; \
                window.told = () => channel.postMessage(1); })";
    other.act(&format!("window.heard = {ping}"));
    deck.act(&format!("window.heard = {ping}"));
    other.press("ArrowRight");
    other.act("told()");
    deck.wait_until("heard.then(() => true)");
    arrives(&deck, "code");
    // Who presents one of them leads all.
    let presenter = deck.popup_after(|| other.press("p"));
    arrives(&presenter, "steps/1");
    arrives(&deck, "steps/1");
    drives(&presenter, &other, &[("End", "end")]);
    arrives(&deck, "end");
}

#[test]
fn a_blocked_window_comes_as_a_tab() {
    let (deck, _, _folder) = deck("#steps/2");
    deck.block_popups();
    deck.press("p");
    deck.wait_until("document.querySelector('dialog.blocked[open]') !== null");
    let text: String = deck.eval("document.querySelector('dialog.blocked').innerText");
    assert!(text.contains("请允许此页面弹出窗口"), "{text}");
    let presenter = deck.popup_after(|| deck.click("dialog.blocked a"));
    arrives(&presenter, "steps/2");
    deck.wait_until("document.querySelector('dialog[open]') === null");
    drives(&presenter, &deck, &[("PageDown", "steps/3")]);
    drives(&deck, &presenter, &[("PageDown", "code")]);
    presenter.reload();
    drives(&presenter, &deck, &[("PageUp", "steps/3")]);
}

#[test]
fn a_presenter_without_a_deck_opens_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let presenter = Chromium::open(&page, "?presenter#steps");
    let deck = presenter.popup_after(|| presenter.press("p"));
    arrives(&deck, "steps");
    assert!(deck.eval::<bool>("location.search === ''"));
    drives(&presenter, &deck, &[("PageDown", "steps/1")]);
    drives(&deck, &presenter, &[("PageDown", "steps/2")]);
    let pages = presenter.page_count();
    deck.press("p");
    presenter.press("p");
    drives(&deck, &presenter, &[("PageDown", "steps/3")]);
    assert_eq!(presenter.page_count(), pages);
}
