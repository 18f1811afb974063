//! Moving through the deck: keys, steps, blank screens, touch.

use std::time::Duration;

use super::chromium::{CTRL, Chromium, SHIFT, address};
use super::player_page;

/// The deck at a fragment, in a page that lives as long as the folder beside it.
fn deck(fragment: &str) -> (Chromium, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    (Chromium::open(&page, fragment), folder)
}

/// Where the deck stands, as its address says it: `steps/2`.
fn place(deck: &Chromium) -> String {
    deck.eval("decodeURIComponent(location.hash.slice(1))")
}

#[track_caller]
fn press_leads_to(deck: &Chromium, steps: &[(&str, &str)]) {
    for (index, (key, expected)) in steps.iter().enumerate() {
        deck.press(key);
        assert_eq!(place(deck), *expected, "after key {index}, `{key}`");
    }
}

#[test]
fn keys_go_through_steps_and_slides_both_ways() {
    let (deck, _folder) = deck("");
    assert_eq!(place(&deck), "intro");
    press_leads_to(
        &deck,
        &[
            ("ArrowRight", "steps"),
            ("ArrowDown", "steps/1"),
            (" ", "steps/2"),
            ("PageDown", "steps/3"),
            ("ArrowRight", "code"),
            ("ArrowLeft", "steps/3"),
            ("ArrowUp", "steps/2"),
            ("PageUp", "steps/1"),
            ("Backspace", "steps"),
            ("Backspace", "intro"),
            ("ArrowLeft", "intro"),
            ("End", "end"),
            ("Home", "intro"),
            ("Enter", "intro"),
        ],
    );
    deck.press("End");
    deck.press_with(" ", SHIFT);
    assert_eq!(place(&deck), "总结");
    deck.press_with("ArrowRight", CTRL);
    assert_eq!(place(&deck), "总结", "shortcuts of the browser are left alone");
    press_leads_to(&deck, &[("PageDown", "end"), ("PageDown", "compare"), ("PageDown", "compare")]);
}

#[test]
fn digits_and_enter_jump() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::start();
    // Digits are forgotten after a while, which a slow machine may let pass between two keys.
    deck.on_new_document("window.setTimeout = () => 0");
    deck.go(&address(&player_page::write(folder.path()), ""));
    press_leads_to(&deck, &[("3", "intro"), ("Enter", "code"), ("Enter", "code")]);
    deck.press("5");
    assert_eq!(deck.eval::<String>("document.querySelector('.typed-number').innerText"), "5");
    press_leads_to(&deck, &[("Escape", "code"), ("Enter", "code"), ("9", "code"), ("9", "code"), ("Enter", "compare")]);
    press_leads_to(&deck, &[("0", "compare"), ("Enter", "intro")]);
}

#[test]
fn steps_wait_for_their_click() {
    let (deck, _folder) = deck("#steps");
    let waiting = "[...document.querySelectorAll('#steps [data-step]')].map(e => \
                   [getComputedStyle(e).visibility === 'hidden', e.getAttribute('aria-hidden') === 'true'])";
    let hidden = (true, true);
    let shown = (false, false);
    assert_eq!(deck.eval::<Vec<(bool, bool)>>(waiting), [hidden, hidden, hidden]);
    deck.press("ArrowRight");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<Vec<(bool, bool)>>(waiting), [shown, shown, hidden]);
    deck.press("ArrowLeft");
    assert_eq!(deck.eval::<Vec<(bool, bool)>>(waiting), [shown, hidden, hidden]);
}

#[test]
fn code_lights_the_lines_of_its_stage() {
    let (deck, _folder) = deck("#code");
    let lit = "[...document.querySelectorAll('#code .line')].map(e => e.classList.contains('lit'))";
    assert_eq!(deck.eval::<Vec<bool>>(lit), [true, false, false]);
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<Vec<bool>>(lit), [false, true, false]);
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<Vec<bool>>(lit), [true, true, true]);
    deck.press("ArrowLeft");
    assert_eq!(deck.eval::<Vec<bool>>(lit), [false, true, false]);
}

#[test]
fn code_is_whole_until_its_first_stage_and_where_all_of_it_is_lit() {
    let text = "# Code {#code}\n\n```sql {1|2}\na\nb\n```\n\n```sql {1|all}\nc\nd\n```\n";
    let project = crate::project::Project::new().file("t/talk.md", text);
    project.run(["build", "t", "--only", "html"]).exit(0);
    let deck = Chromium::open(&project.path("dist/t/index.html"), "#code");
    let lit = "[...document.querySelectorAll('#code figure')].map(e => e.classList.contains('has-highlights') ? \
               e.querySelector('.lit').textContent : 'whole')";
    for expected in [["a", "whole"], ["b", "whole"], ["b", "c"], ["b", "whole"]] {
        assert_eq!(deck.eval::<Vec<String>>(lit), expected);
        deck.press("ArrowRight");
    }
    assert!(deck.eval::<bool>("dispatchEvent(new Event('beforeprint'))"));
    assert_eq!(deck.eval::<Vec<String>>(lit), ["whole", "whole"], "on paper");
}

#[test]
fn the_screen_goes_black_and_white() {
    let (deck, _folder) = deck("#code");
    let colour = "(() => { const e = document.elementFromPoint(640, 360); \
                  return e.matches('.cover') ? getComputedStyle(e).backgroundColor : ''; })()";
    for (on, expected) in [("b", "rgb(0, 0, 0)"), (".", "rgb(0, 0, 0)"), ("w", "rgb(255, 255, 255)")] {
        deck.press(on);
        assert_eq!(deck.eval::<String>(colour), expected, "`{on}`");
        deck.press(on);
        assert_eq!(deck.eval::<String>(colour), "", "`{on}` again");
    }
    deck.press("b");
    press_leads_to(&deck, &[("PageDown", "code")]);
    assert_eq!(deck.eval::<String>(colour), "", "the next key lifts the cover and moves nothing");
    deck.press("b");
    deck.press("Escape");
    assert_eq!(deck.eval::<String>(colour), "");
    deck.press("w");
    deck.click(".cover");
    assert_eq!(deck.eval::<String>(colour), "");
}

#[test]
fn nothing_of_a_slide_shows_through_a_blank_screen() {
    let (deck, _folder) = deck("#code");
    let slide = deck.screenshot();
    deck.press("b");
    let blank = deck.screenshot();
    assert!(blank != slide);
    deck.press("End");
    deck.press("End");
    assert_eq!(place(&deck), "end");
    deck.press("b");
    assert!(deck.screenshot() == blank, "black is the same black over every slide");
}

#[test]
fn f_asks_for_full_screen() {
    let (deck, _folder) = deck("");
    deck.press("f");
    deck.wait_until("document.fullscreenElement !== null");
    deck.press("f");
    deck.wait_until("document.fullscreenElement === null");
}

#[test]
fn typing_in_a_field_moves_nothing() {
    let (deck, _folder) = deck("#field");
    deck.click("#typed");
    deck.type_text("of b.w?2");
    deck.press("Enter");
    deck.press("ArrowLeft");
    deck.press("Backspace");
    assert_eq!(place(&deck), "field");
    assert_eq!(deck.eval::<String>("document.querySelector('#typed').value"), "of b.w2");
    assert!(!deck.eval::<bool>("document.querySelector('dialog[open]') !== null"));
    deck.act("document.querySelector('#pressed').focus()");
    deck.press(" ");
    assert_eq!(place(&deck), "field", "the space bar belongs to the button in focus");
}

#[test]
fn fingers_swipe_and_hold() {
    let (deck, _folder) = deck("#code");
    let at_once = Duration::ZERO;
    deck.touch((900.0, 300.0), (500.0, 320.0), at_once);
    deck.wait_until("location.hash === '#code/1'");
    deck.touch((500.0, 300.0), (900.0, 320.0), at_once);
    deck.wait_until("location.hash === '#code'");
    deck.touch((500.0, 200.0), (560.0, 600.0), at_once);
    assert_eq!(place(&deck), "code", "a finger that goes down does not turn the page");
    deck.put_finger((640.0, 500.0));
    deck.wait_until("document.querySelector('dialog.overview').open");
    deck.lift_finger();
    assert!(deck.eval::<bool>("document.querySelector('dialog.overview').open"), "lifting it chooses nothing");
}

#[test]
fn a_mouse_click_moves_nothing_and_buttons_do() {
    let (deck, _folder) = deck("#code");
    deck.click("#code h2");
    assert_eq!(place(&deck), "code");
    deck.point_at(640.0, 690.0);
    deck.wait_until("getComputedStyle(document.querySelector('.toolbar')).opacity === '1'");
    deck.click(".toolbar button:nth-child(2)");
    assert_eq!(place(&deck), "code/1");
    press_leads_to(&deck, &[(" ", "code/2")]);
    deck.point_at(640.0, 200.0);
    deck.wait_until("document.documentElement.classList.contains('is-idle')");
    assert_eq!(deck.eval::<String>("getComputedStyle(document.querySelector('main')).cursor"), "none");
}

#[test]
fn progress_counts_clicks_and_leaves_backup_slides_out() {
    let (deck, _folder) = deck("");
    let width = "document.querySelector('.progress').style.getPropertyValue('--player-progress')";
    assert_eq!(deck.eval::<String>(width), "0");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(width), "0.1");
    deck.press("End");
    assert_eq!(deck.eval::<String>(width), "1");
    deck.press("ArrowRight");
    assert_eq!((place(&deck).as_str(), deck.eval::<String>(width).as_str()), ("compare", "1"));
}

#[test]
fn the_slide_fills_the_window_and_stays_centred() {
    let (deck, _folder) = deck("");
    let bounds = "(() => { const b = document.querySelector('#intro').getBoundingClientRect(); \
                  const fit = Math.min(innerWidth / 1280, innerHeight / 720); \
                  return [Math.abs(b.width - 1280 * fit), Math.abs(b.x * 2 + b.width - innerWidth), \
                  Math.abs(b.y * 2 + b.height - innerHeight)]; })()";
    for away in deck.eval::<Vec<f64>>(bounds) {
        assert!(away <= 1.0, "off by {away} px");
    }
}
