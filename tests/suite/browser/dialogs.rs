//! The overview with its search, and the help.

use super::chromium::Chromium;
use super::player_page;

const OPEN: &str = "document.querySelector('dialog[open]')?.className ?? ''";
const PLACE: &str = "decodeURIComponent(location.hash.slice(1))";
const FOUND: &str =
    "[...document.querySelectorAll('.overview-card:not([hidden]) .overview-title')].map(e => e.textContent)";

fn deck() -> (Chromium, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    (Chromium::open(&page, "#code"), folder)
}

#[test]
fn the_overview_is_walked_by_arrows() {
    let (deck, _folder) = deck();
    deck.press("o");
    assert_eq!(deck.eval::<String>(OPEN), "panel overview");
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('.overview-frame > .slide').length"), 7);
    deck.press("ArrowRight");
    deck.press("ArrowRight");
    deck.press("ArrowLeft");
    deck.press("Enter");
    assert_eq!((deck.eval::<String>(OPEN).as_str(), deck.eval::<String>(PLACE).as_str()), ("", "field"));
    assert_eq!(
        deck.eval::<Vec<String>>("[...document.querySelectorAll('main > .slide')].map(e => e.id)"),
        ["intro", "steps", "code", "field", "总结", "end", "compare"],
        "the slides come back in their order"
    );
    for closing in ["Escape", "o"] {
        deck.press("o");
        deck.press("End");
        deck.press(closing);
        // A dialog tells that it was closed a moment after it has.
        deck.wait_until("document.querySelectorAll('main > .slide').length === 7");
        assert_eq!(deck.eval::<String>(OPEN), "");
        assert_eq!(deck.eval::<String>(PLACE), "field", "`{closing}` chooses nothing");
        assert!(deck.eval::<bool>("document.elementFromPoint(640, 360).closest('.slide').id === 'field'"));
    }
    deck.press("o");
    let columns: usize =
        deck.eval("getComputedStyle(document.querySelector('.overview-grid')).gridTemplateColumns.split(' ').length");
    deck.press("Home");
    deck.press("ArrowDown");
    deck.press(" ");
    let below = ["intro", "steps", "code", "field", "总结", "end", "compare"][columns];
    deck.wait_until(&format!("document.querySelector('dialog[open]') === null && {PLACE} === '{below}'"));
    deck.press("o");
    deck.click("#compare");
    assert_eq!(deck.eval::<String>(PLACE), "compare");
}

#[test]
fn slides_look_the_same_in_the_overview() {
    let (deck, _folder) = deck();
    let look = "[...document.querySelectorAll('.slide, .slide *')].map(e => { const s = getComputedStyle(e); \
                return [s.color, s.font, s.listStyleType, s.textAlign, s.backgroundColor, s.colorScheme, \
                s.borderTopWidth, e.offsetWidth > 0 ? e.offsetWidth + 'x' + e.offsetHeight : ''].join(); })";
    deck.act("document.querySelectorAll('.slide').forEach(e => e.style.setProperty('display', 'block', 'important'))");
    let before: Vec<String> = deck.eval(look);
    deck.press("o");
    let in_overview: Vec<String> = deck.eval(look);
    assert_eq!(in_overview, before);
}

#[test]
fn the_overview_searches_titles() {
    let (deck, _folder) = deck();
    deck.press("o");
    deck.press("/");
    deck.type_text("so");
    assert_eq!(deck.eval::<Vec<String>>(FOUND), Vec::<String>::new(), "`o` and `s` are typed, not obeyed");
    assert_eq!(deck.eval::<String>("document.querySelector('.overview-none').innerText"), "没有匹配的标题");
    deck.press("Escape");
    assert_eq!(deck.eval::<Vec<String>>(FOUND).len(), 7);
    deck.type_text("SLOW");
    assert_eq!(deck.eval::<Vec<String>>(FOUND), ["Slow SQL"]);
    deck.press("Escape");
    deck.type_text("in th");
    assert_eq!(deck.eval::<Vec<String>>(FOUND), ["Look in this order"]);
    deck.press("Enter");
    assert_eq!((deck.eval::<String>(OPEN).as_str(), deck.eval::<String>(PLACE).as_str()), ("", "steps"));
    // At once, while the browser has yet to tell that the dialog was closed.
    deck.press("o");
    assert_eq!(deck.eval::<String>(OPEN), "panel overview");
    assert_eq!(deck.eval::<Vec<String>>(FOUND).len(), 7, "a new visit starts without a search");
    deck.press("/");
    deck.type_text("in");
    deck.press("ArrowDown");
    deck.press("ArrowRight");
    deck.press("Enter");
    assert_eq!(deck.eval::<String>(PLACE), "field");
}

#[test]
fn the_help_lists_keys_in_the_language_of_the_deck() {
    let (deck, _folder) = deck();
    deck.press("?");
    assert_eq!(deck.eval::<String>(OPEN), "panel help");
    let text: String = deck.eval("document.querySelector('dialog.help').innerText");
    for part in ["下一步", "PgDn", "黑屏", "全屏", "总览", "Esc"] {
        assert!(text.contains(part), "`{part}` in {text}");
    }
    deck.press("ArrowRight");
    deck.press("b");
    assert_eq!(deck.eval::<String>(PLACE), "code", "the deck rests under a dialog");
    assert!(deck.eval::<bool>("document.querySelector('.cover').hidden"));
    deck.press("?");
    assert_eq!(deck.eval::<String>(OPEN), "");
    deck.press("?");
    deck.press("Escape");
    deck.wait_until("document.querySelector('dialog[open]') === null");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(PLACE), "code/1", "keys work again");
}
