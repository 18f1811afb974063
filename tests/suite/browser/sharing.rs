//! One screen: notes stay out of a window that is shared.

use super::chromium::{Chromium, address};
use super::player_page;
use super::windows::arrives;

const CURTAIN: &str = "document.querySelector('dialog.curtain[open]') !== null";
const PRESENTED: &str = "document.querySelector('.presenter') !== null";

/// Notices the view and its notes in the page at any moment, however short.
const WATCH: &str = "new MutationObserver(() => { if (document.querySelector('.presenter')) window.presented = true; }) \
     .observe(document, { childList: true, subtree: true })";
const UNSEEN: &str = "!window.presented && document.querySelector('.presenter') === null";

fn shared_deck() -> (Chromium, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let deck = Chromium::open(&page, "#steps");
    // What is said stays for a few seconds only.
    deck.act(
        "window.said = []; const notice = document.querySelector('.sharing-notice'); \
         new MutationObserver(() => said.push(notice.innerText)).observe(notice, { childList: true })",
    );
    deck.press("m");
    deck.wait_until("said.some(text => text.includes('备注'))");
    (deck, folder)
}

#[test]
fn a_shared_window_opens_no_notes_in_its_tabs() {
    let (deck, _folder) = shared_deck();
    deck.block_popups();
    deck.press("p");
    deck.wait_until("document.querySelector('dialog.blocked[open]') !== null");
    assert!(deck.eval::<bool>("document.querySelector('dialog.blocked a').offsetWidth === 0"));
    let text: String = deck.eval("document.querySelector('dialog.blocked').innerText");
    assert!(text.contains("此窗口正在共享"), "{text}");
}

#[test]
fn the_shared_window_itself_shows_a_curtain() {
    let (deck, folder) = shared_deck();
    let page = folder.path().join("index.html");
    deck.on_new_document(WATCH);
    deck.go(&address(&page, "?presenter#steps"));
    deck.wait_until(CURTAIN);
    deck.press("Escape");
    deck.press("Escape");
    deck.wait_until(CURTAIN);
    assert!(deck.eval::<bool>(UNSEEN), "nothing of the view is in the page");
    deck.reload();
    deck.wait_until(CURTAIN);
    assert!(deck.eval::<bool>(UNSEEN), "nor after a reload");
    deck.click(".curtain button");
    deck.wait_until(&format!("!({CURTAIN}) && {PRESENTED}"));
    deck.reload();
    deck.wait_until(&format!("!({CURTAIN}) && {PRESENTED}"));
}

#[test]
fn a_window_of_its_own_shows_notes() {
    let (deck, _folder) = shared_deck();
    let presenter = deck.popup_after(|| deck.press("p"));
    presenter.wait_until(PRESENTED);
    presenter.reload();
    presenter.wait_until(PRESENTED);
    assert!(!presenter.eval::<bool>(CURTAIN));
    presenter.press("PageDown");
    arrives(&deck, "steps/1");
}

#[test]
fn a_window_that_became_a_tab_is_no_window_of_its_own() {
    let (deck, _folder) = shared_deck();
    // What window.open gives where a browser makes tabs of pop-ups.
    deck.act("const { open } = window; window.open = (address, name) => open.call(window, address, name)");
    let tab = deck.popup_after(|| deck.press("p"));
    tab.wait_until(CURTAIN);
    assert!(!tab.eval::<bool>(PRESENTED));
}

#[test]
fn a_view_that_the_browser_keeps_for_going_back_has_no_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let tab = Chromium::open(&page, "?presenter");
    tab.wait_until(PRESENTED);
    tab.act("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    assert!(!tab.eval::<bool>(PRESENTED));
    tab.act("window.name = 'retell-shared'; window.isKept = true");
    tab.act("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    tab.wait_until(&format!("!window.isKept && {CURTAIN}"));
    assert!(!tab.eval::<bool>(PRESENTED));
}

#[test]
fn a_presenter_tab_is_covered_while_the_deck_is_shared() {
    let (deck, folder) = shared_deck();
    let page = folder.path().join("index.html");
    let tab = deck.new_page("about:blank");
    tab.on_new_document(WATCH);
    tab.go(&address(&page, "?presenter"));
    tab.wait_until(CURTAIN);
    assert!(tab.eval::<bool>(UNSEEN), "it knows before the deck answers");
    deck.press("m");
    tab.wait_until(&format!("!({CURTAIN}) && {PRESENTED}"));
    deck.press("m");
    tab.wait_until(CURTAIN);
    tab.click(".curtain button");
    tab.wait_until(&format!("!({CURTAIN})"));
    tab.press("PageDown");
    arrives(&deck, "steps/1");
    assert!(!tab.eval::<bool>(CURTAIN), "the speaker has said that nobody sees this tab");
    deck.go("about:blank");
    let later = deck.new_page(&address(&page, "?presenter"));
    later.wait_until(PRESENTED);
    assert!(!later.eval::<bool>(CURTAIN), "a deck that is gone is shared no more");
}

#[test]
fn a_window_without_storage_is_covered_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let deck = Chromium::start();
    deck.on_new_document("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('refused'); } })");
    deck.go(&address(&page, ""));
    deck.press("m");
    deck.go(&address(&page, "?presenter"));
    deck.wait_until(CURTAIN);
    deck.click(".curtain button");
    deck.wait_until(&format!("!({CURTAIN}) && {PRESENTED}"));
    assert_eq!(deck.errors(), Vec::<String>::new());
}
