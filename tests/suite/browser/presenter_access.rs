//! The presenter view for those who hear it, see it badly, or work without a mouse.

use super::axe::{assert_accessible, assert_accessible_at};
use super::chromium::{Chromium, Device, address};
use crate::built::{SAMPLE, pack};

const PLACE: &str = "decodeURIComponent(location.hash.slice(1))";
const FOCUS: &str = "(e => e.getAttribute('aria-label') || e.textContent.trim().slice(0, 40) || e.localName)\
                     (document.activeElement)";

fn presenter(query: &str) -> Chromium {
    let page = pack(SAMPLE, None).join("index.html");
    let presenter = Chromium::open(&page, query);
    presenter.wait_until("document.querySelector('nav button') !== null");
    presenter
}

#[test]
fn the_presenter_view_is_sound() {
    let presenter = presenter("?presenter");
    for scheme in ["light", "dark"] {
        presenter.prefer(&[("prefers-color-scheme", scheme)]);
        let look = |state: &str| assert_accessible(&presenter, &format!("{scheme}, {state}"));
        presenter.press("Home");
        look("at the start");
        presenter.press("PageDown");
        presenter.press("PageDown");
        look("running");
        presenter.press("q");
        look("question");
        presenter.press("q");
        presenter.press("b");
        // The slide that nobody sees is dimmed here.
        assert_accessible_at(&presenter, &format!("{scheme}, black"), "{ exclude: ['.presenter-frame'] }");
        presenter.press("b");
        for (key, name) in [("o", "slides"), ("g", "go to"), ("?", "help")] {
            presenter.press(key);
            presenter.wait_until("document.querySelector('dialog[open]') !== null");
            look(name);
            presenter.press("Escape");
            presenter.wait_until("document.querySelector('dialog[open]') === null");
        }
        presenter.click("nav button[aria-label='提词器'], nav button[title='提词器']");
        presenter.wait_until("document.querySelector('dialog.teleprompter[open]') !== null");
        look("teleprompter");
        presenter.press("Escape");
        presenter.wait_until("document.querySelector('dialog[open]') === null");
    }
    assert_eq!(presenter.errors(), Vec::<String>::new());
}

#[test]
fn a_narrow_presenter_view_is_sound() {
    let presenter = presenter("?presenter");
    for (width, height) in [(1440, 900), (1100, 700), (800, 600), (390, 844)] {
        presenter.set_size(width, height, Device::Desktop);
        assert_accessible(&presenter, &format!("{width} × {height}"));
        assert!(presenter.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out");
        let notes: f64 = presenter.eval("document.querySelector('.presenter-notes-text').clientHeight / innerHeight");
        assert!(notes > 0.15, "the notes have {notes} of a window of {width} × {height}");
    }
}

#[test]
fn a_blocked_window_is_told_soundly() {
    let deck = Chromium::open(&pack(SAMPLE, None).join("index.html"), "");
    deck.block_popups();
    deck.press("p");
    deck.wait_until("document.querySelector('dialog[open]') !== null");
    assert_accessible(&deck, "blocked");
}

#[test]
fn a_screen_reader_finds_its_way_in_the_presenter_view() {
    let presenter = presenter("?presenter");
    let told = presenter.accessible();
    for landmark in ["banner", "main", "navigation"] {
        let count = told.iter().filter(|node| node.starts_with(&format!("{landmark}:"))).count();
        assert_eq!(count, 1, "{landmark}: {told:#?}");
    }
    for control in ["button", "textbox", "searchbox", "slider", "region", "navigation"] {
        assert!(!told.contains(&format!("{control}: ")), "a {control} without a name: {told:#?}");
    }
    let has = |node: &str| assert!(told.contains(&node.to_owned()), "no `{node}`: {told:#?}");
    has("button: 下一步");
    has("button: 上一步");
    has("region: 备注");
    let first: String = presenter
        .eval("JSON.parse(document.querySelector('script[type=\"application/json\"]').textContent).slides[0].title");
    let others: String = presenter
        .eval("JSON.parse(document.querySelector('script[type=\"application/json\"]').textContent).slides[4].title");
    assert!(told.iter().any(|node| node.contains(&first)));
    assert!(!told.contains(&format!("heading: {others}")), "slides far from the current one are not read: {told:#?}");
}

#[test]
fn the_presenter_view_needs_no_mouse() {
    let presenter = presenter("?presenter");
    let mut met: Vec<String> = Vec::new();
    for _ in 0..80 {
        presenter.press("Tab");
        if presenter.eval("document.activeElement === document.body") {
            // Round the end, through the browser's own controls.
            continue;
        }
        let name: String = presenter.eval(FOCUS);
        if presenter.eval("document.activeElement.isMet === true") {
            break;
        }
        presenter.act("document.activeElement.isMet = true");
        assert!(
            presenter.eval::<bool>(
                "(e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })\
                 (document.activeElement)"
            ),
            "the focus on `{name}` is not seen"
        );
        met.push(name);
    }
    let reachable: Vec<String> = presenter.eval(
        "[...document.querySelectorAll('button, summary, [tabindex=\"0\"]')].filter(e => !e.disabled && \
         e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]')).map(e => e.getAttribute('aria-label') || \
         e.textContent.trim().slice(0, 40) || e.localName)",
    );
    for name in &reachable {
        assert!(met.contains(name), "`{name}` is not reached by Tab: {met:#?}");
    }
}

#[test]
fn a_talk_is_given_by_keys_alone() {
    let page = pack(SAMPLE, None).join("index.html");
    let deck = Chromium::open(&page, "");
    let presenter = deck.popup_after(|| deck.press("p"));
    presenter.wait_until("document.querySelector('nav button') !== null");
    let agree = || {
        let place: String = presenter.eval(PLACE);
        deck.wait_until(&format!("{PLACE} === {place:?}"));
        place
    };
    let start = agree();
    presenter.press("PageDown");
    presenter.wait_until(&format!("{PLACE} !== {start:?}"));
    let second = agree();
    presenter.press("g");
    presenter.wait_until("document.querySelector('dialog[open] input') !== null");
    presenter.type_text("7");
    presenter.press("Enter");
    presenter.wait_until(&format!("{PLACE} !== {second:?}"));
    let seventh = agree();
    presenter.press("o");
    presenter.wait_until("document.querySelector('dialog[open]') !== null");
    presenter.press("ArrowDown");
    presenter.press("Enter");
    presenter.wait_until(&format!("{PLACE} !== {seventh:?}"));
    agree();
    presenter.press("b");
    deck.wait_until("!document.querySelector('.cover').hidden");
    deck.press("b");
    deck.wait_until("document.querySelector('.cover').hidden");
    deck.press("Home");
    presenter.wait_until(&format!("{PLACE} === {start:?}"));
    assert_eq!(deck.errors(), Vec::<String>::new());
    assert_eq!(presenter.errors(), Vec::<String>::new());
}

#[test]
fn the_deck_needs_no_mouse() {
    let deck = Chromium::visit(&address(&pack(SAMPLE, None).join("index.html"), ""));
    let mut met: Vec<String> = Vec::new();
    for _ in 0..30 {
        deck.press("Tab");
        if deck.eval("document.activeElement === document.body") {
            break;
        }
        assert!(
            deck.eval::<bool>(
                "document.activeElement.checkVisibility({ opacityProperty: false, visibilityProperty: true })"
            ),
            "the focus is lost after {met:?}"
        );
        met.push(deck.eval(FOCUS));
    }
    let buttons: Vec<String> =
        deck.eval("[...document.querySelectorAll('.toolbar button')].filter(e => e.checkVisibility()).map(e => e.getAttribute('aria-label'))");
    for name in &buttons {
        assert!(met.contains(name), "`{name}` is not reached by Tab: {met:?}");
    }
    deck.act("document.querySelector('.toolbar button').focus()");
    deck.wait_until("getComputedStyle(document.querySelector('.toolbar')).opacity === '1'");
    deck.press("Tab");
    deck.press("Enter");
    deck.wait_until("location.hash !== '' && document.querySelectorAll('.slide')[1].matches('.is-current')");
}
