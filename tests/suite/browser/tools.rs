//! The tools of the deck window: laser, pen, zoom, going to a slide, whole slides at once, and what the help says of them.

use std::time::Duration;

use super::chromium::{CTRL, Chromium, SHIFT};
use super::player_page;

const PLACE: &str = "decodeURIComponent(location.hash.slice(1))";
const TOOL: &str = "document.documentElement.dataset.tool";
const STROKES: &str = "document.querySelectorAll('.ink-layer path').length";

fn deck(fragment: &str) -> (Chromium, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    (Chromium::open(&page, fragment), folder)
}

fn draw(deck: &Chromium) {
    deck.drag(&[(200.0, 200.0), (300.0, 260.0), (420.0, 210.0), (500.0, 300.0)]);
}

#[test]
fn the_laser_follows_the_mouse_over_the_slide() {
    let (deck, _folder) = deck("#code");
    let at = "(() => { const b = document.querySelector('.laser').getBoundingClientRect(); \
              return [Math.round(b.x + b.width / 2), Math.round(b.y + b.height / 2)].join(); })()";
    deck.point_at(300.0, 300.0);
    assert!(deck.eval::<bool>("document.querySelector('.laser').hidden"), "off at first");
    deck.press("l");
    deck.point_at(640.0, 200.0);
    deck.wait_until(&format!("{at} === '640,200'"));
    assert_eq!(deck.eval::<String>("getComputedStyle(document.querySelector('#code h2')).cursor"), "none");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(PLACE), "code/1", "the talk goes on");
    deck.point_at(100.0, 700.0);
    deck.wait_until(&format!("{at} === '100,700'"));
    deck.press("Escape");
    assert_eq!(deck.eval::<String>(TOOL), "");
    assert!(deck.eval::<bool>("document.querySelector('.laser').hidden"));
    // Off the slide there is nothing to point at.
    deck.press("l");
    deck.set_size(1280, 900, super::chromium::Device::Desktop);
    deck.point_at(640.0, 450.0);
    deck.wait_until("!document.querySelector('.laser').hidden");
    deck.point_at(640.0, 20.0);
    deck.wait_until("document.querySelector('.laser').hidden");
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn drawings_belong_to_their_slide() {
    let (deck, _folder) = deck("#code");
    deck.press("d");
    draw(&deck);
    deck.press("2");
    draw(&deck);
    assert_eq!(deck.eval::<usize>(STROKES), 2);
    let colours = "[...document.querySelectorAll('.ink-layer path')].map(e => getComputedStyle(e).stroke)";
    let colours: Vec<String> = deck.eval(colours);
    assert_ne!(colours[0], colours[1]);
    assert_eq!(deck.eval::<String>(PLACE), "code", "digits choose a colour, no slide");
    deck.press("ArrowLeft");
    assert_eq!(deck.eval::<usize>(STROKES), 0);
    draw(&deck);
    assert_eq!(deck.eval::<usize>(STROKES), 1);
    deck.press("Escape");
    assert_eq!(deck.eval::<String>(TOOL), "");
    deck.press("PageDown");
    assert_eq!((deck.eval::<String>(PLACE).as_str(), deck.eval::<usize>(STROKES)), ("code", 2), "it is there again");
    assert_eq!(
        deck.eval::<String>("document.elementFromPoint(300, 260).closest('.slide').id"),
        "code",
        "a drawing is nothing to click on"
    );
    deck.press("o");
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('.overview-frame > #code + .ink > path').length"), 2);
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('.overview-frame > #steps + .ink > path').length"), 1);
    deck.press("o");
    assert_eq!(deck.eval::<usize>(STROKES), 2);
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn a_drawing_scales_with_its_slide_and_is_not_printed() {
    let (deck, _folder) = deck("#code");
    let paper = deck.pdf().len();
    deck.press("d");
    draw(&deck);
    let place = "(() => { const b = document.querySelector('.ink-layer path').getBoundingClientRect(); \
                 const s = document.querySelector('#code').getBoundingClientRect(); \
                 return [(b.x - s.x) / s.width, (b.y - s.y) / s.height, b.width / s.width].map(n => n.toFixed(2)).join(); })()";
    let before: String = deck.eval(place);
    assert!(before.starts_with("0.16,0.28,0.23"), "{before}");
    deck.set_size(900, 900, super::chromium::Device::Desktop);
    deck.wait_until(&format!("innerHeight === 900 && {place} === {before:?}"));
    // Nothing new on paper but what compression makes of the window's size.
    assert!(deck.pdf().len().abs_diff(paper) < 200);
}

#[test]
fn strokes_are_taken_back_and_cleared() {
    let (deck, _folder) = deck("#code");
    deck.press("d");
    for _ in 0..3 {
        draw(&deck);
    }
    deck.press("u");
    assert_eq!(deck.eval::<usize>(STROKES), 2);
    deck.press("Backspace");
    assert_eq!((deck.eval::<usize>(STROKES), deck.eval::<String>(PLACE).as_str()), (0, "code"));
    deck.press_with("z", CTRL);
    assert_eq!(deck.eval::<usize>(STROKES), 2, "a clearing can be taken back");
    deck.press("c");
    assert_eq!(deck.eval::<usize>(STROKES), 0);
    for _ in 0..6 {
        deck.press("u");
    }
    assert_eq!(deck.eval::<usize>(STROKES), 0, "as it was in the beginning");
    draw(&deck);
    deck.click(".pen-bar [aria-label=撤销]");
    assert_eq!(deck.eval::<usize>(STROKES), 0);
    deck.click(".pen-bar [aria-label=荧光笔]");
    draw(&deck);
    assert!(
        deck.eval::<f64>("parseFloat(document.querySelector('.ink-layer path').getAttribute('stroke-width'))") > 20.0
    );
    deck.click(".pen-bar [aria-label=关闭]");
    assert_eq!(deck.eval::<String>(TOOL), "");
    deck.press("Backspace");
    assert_eq!(deck.eval::<String>(PLACE), "steps/3", "without the pen it goes back");
}

#[test]
fn a_finger_draws_and_points_where_it_would_swipe() {
    let (deck, _folder) = deck("#code");
    deck.set_size(844, 390, super::chromium::Device::Phone);
    deck.tap("#code h2");
    deck.wait_until("getComputedStyle(document.querySelector('.toolbar')).opacity === '1'");
    deck.tap(".toolbar [data-command=pen]");
    deck.wait_until(&format!("{TOOL} === 'pen'"));
    // A finger that is lifted in its flight makes the browser swallow the next tap.
    deck.touch((500.0, 100.0), (300.0, 120.0), Duration::from_millis(300));
    deck.wait_until(&format!("{STROKES} === 1"));
    assert_eq!(deck.eval::<String>(PLACE), "code");
    deck.tap(".pen-bar [aria-label=关闭]");
    deck.wait_until(&format!("{TOOL} === ''"));
    deck.touch((500.0, 100.0), (300.0, 105.0), Duration::ZERO);
    deck.wait_until(&format!("{PLACE} === 'code/1'"));
    deck.press("l");
    deck.touch((500.0, 100.0), (300.0, 105.0), Duration::ZERO);
    deck.wait_until("document.querySelector('.laser').style.transform !== ''");
    assert_eq!(deck.eval::<String>(PLACE), "code/1");
    assert!(deck.eval::<bool>("document.querySelector('.laser').hidden"), "the dot goes with the finger");
}

#[test]
fn pointer_and_drawings_travel_between_windows() {
    let (deck, _folder) = deck("#code");
    let other = deck.popup_after(|| deck.press("p"));
    other.act("window.got = []; addEventListener('message', e => got.push(e.data))");
    deck.press("l");
    deck.point_at(640.0, 360.0);
    other.wait_until("got.some(m => m.kind === 'pointer' && m.at?.join() === '0.5,0.5')");
    deck.press("l");
    other.wait_until("got.findLast(m => m.kind === 'pointer').at === null");
    deck.press("d");
    draw(&deck);
    other.wait_until("got.some(m => m.kind === 'ink' && m.slide === 'code' && m.strokes.length === 1)");
    let stroke: serde_json::Value = other.eval("got.find(m => m.kind === 'ink').strokes[0]");
    assert_eq!(stroke["points"][0], 200.0);
    assert!(stroke["color"].as_str().is_some_and(|color| color.starts_with('#')), "{stroke}");

    let tell = |message: &str| {
        other.act(&format!("opener.postMessage({{ retell: 1, from: 'phone', role: 'presenter', ...{message} }}, '*')"));
    };
    tell("{ kind: 'pointer', at: [0.25, 0.5] }");
    deck.wait_until("document.querySelector('.laser').style.transform === 'translate(320px, 360px)'");
    assert!(!deck.eval::<bool>("document.querySelector('.laser').hidden"));
    tell("{ kind: 'pointer', at: ['a', 1] }");
    deck.wait_until("document.querySelector('.laser').hidden");
    let stroke = |color: &str, points: &str| format!("{{ color: '{color}', width: 4, points: {points} }}");
    let ink = |slide: &str, strokes: &str| tell(&format!("{{ kind: 'ink', slide: '{slide}', strokes: {strokes} }}"));
    ink("code", &format!("[{}]", stroke("url(#x)", "[1, 2, 3, 4]")));
    ink("code", &format!("[{}]", stroke("#00ff00", "[1, 'x']")));
    ink("code", "[null]");
    ink("nowhere", "[]");
    ink("steps", &format!("[{}, {}]", stroke("#00ff00", "[100, 100, 300, 300]"), stroke("#00ff0080", "[5, 5]")));
    deck.press("ArrowLeft");
    deck.wait_until(&format!("{STROKES} === 2"));
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<usize>(STROKES), 1, "what is no drawing changes none");
    other.act("got.length = 0");
    tell("{ kind: 'hello' }");
    other.wait_until("new Set(got.filter(m => m.kind === 'ink').map(m => m.slide)).size === 2");
    ink("code", "[]");
    deck.wait_until(&format!("{STROKES} === 0"));
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn zoom_looks_closer_at_the_pointer_until_the_talk_goes_on() {
    let (deck, _folder) = deck("#code");
    deck.prefer(&[("prefers-reduced-motion", "reduce")]);
    let look = "(() => { const b = document.querySelector('#code').getBoundingClientRect(); \
                return [b.x, b.y, b.width].map(Math.round).join(); })()";
    deck.point_at(320.0, 360.0);
    deck.press("z");
    assert_eq!(deck.eval::<String>(look), "-320,-360,2560", "what is under the pointer stays there");
    deck.press("+");
    assert_eq!(deck.eval::<String>(look), "-480,-540,3200");
    for _ in 0..9 {
        deck.press("+");
    }
    assert_eq!(deck.eval::<String>(look), "-960,-1080,5120", "four times at most");
    deck.drag(&[(600.0, 300.0), (700.0, 320.0), (800.0, 340.0)]);
    deck.wait_until(&format!("{look} === '-760,-1040,5120'"));
    deck.press("z");
    assert_eq!(deck.eval::<String>(look), "0,0,1280");
    deck.press("z");
    deck.press("Escape");
    assert_eq!((deck.eval::<String>(look).as_str(), deck.eval::<String>(TOOL).as_str()), ("0,0,1280", ""));
    deck.press("z");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(PLACE), "code/1");
    assert_eq!((deck.eval::<String>(look).as_str(), deck.eval::<String>(TOOL).as_str()), ("0,0,1280", ""));
    deck.press("z");
    for _ in 0..4 {
        deck.press("-");
    }
    assert_eq!((deck.eval::<String>(look).as_str(), deck.eval::<String>(TOOL).as_str()), ("0,0,1280", ""));
    deck.press("z");
    deck.point_at(640.0, 360.0);
    deck.point_at(1275.0, 360.0);
    deck.wait_until(&format!("{look}.startsWith('-1280,')"));
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn g_goes_to_a_number_or_a_title() {
    let (deck, _folder) = deck("#intro");
    let open = "document.querySelector('dialog[open]')?.className ?? ''";
    let offered = "[...document.querySelectorAll('.goto-list button')].map(e => e.innerText.replace(/\\s+/g, ' '))";
    deck.press("g");
    assert_eq!(deck.eval::<String>(open), "panel goto");
    assert_eq!(deck.eval::<String>("document.activeElement.tagName"), "INPUT");
    deck.type_text("slow");
    assert_eq!(deck.eval::<Vec<String>>(offered), ["3 Slow SQL"]);
    deck.press("Enter");
    assert_eq!((deck.eval::<String>(open).as_str(), deck.eval::<String>(PLACE).as_str()), ("", "code"));
    deck.press("g");
    assert_eq!(deck.eval::<Vec<String>>(offered), Vec::<String>::new());
    deck.press("5");
    deck.press("Enter");
    assert_eq!(deck.eval::<String>(PLACE), "总结");
    deck.press("g");
    deck.type_text("in t");
    deck.press("Backspace");
    assert_eq!(deck.eval::<Vec<String>>(offered), ["2 Look in this order", "4 A field to type in"]);
    deck.press("ArrowDown");
    deck.press("ArrowDown");
    deck.press("Enter");
    deck.wait_until(&format!("{PLACE} === 'field'"));
    deck.press("g");
    deck.type_text("bwo?");
    assert_eq!(deck.eval::<Vec<String>>(offered), Vec::<String>::new(), "keys are typed, not obeyed");
    assert_eq!(deck.eval::<String>("document.querySelector('.goto [role=status]').innerText"), "没有匹配的标题");
    deck.press("Enter");
    assert_eq!(deck.eval::<String>(open), "panel goto");
    deck.press("Escape");
    deck.wait_until("document.querySelector('dialog[open]') === null");
    assert_eq!(deck.eval::<String>(PLACE), "field");
    deck.press("g");
    deck.press("Enter");
    assert_eq!(deck.eval::<String>(open), "", "nothing typed, nothing done");
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn shift_skips_steps() {
    let (deck, _folder) = deck("#steps/1");
    for (key, place) in [
        ("ArrowRight", "code"),
        ("PageDown", "field"),
        ("ArrowLeft", "code"),
        ("ArrowUp", "steps"),
        ("PageUp", "intro"),
        ("ArrowLeft", "intro"),
        ("ArrowDown", "steps"),
    ] {
        deck.press_with(key, SHIFT);
        assert_eq!(deck.eval::<String>(PLACE), place, "after `{key}`");
    }
    deck.press("ArrowRight");
    deck.press("b");
    deck.press_with("ArrowRight", SHIFT);
    assert_eq!(deck.eval::<String>(PLACE), "steps/1", "it lifts a blank screen first");
    assert!(deck.eval::<bool>("document.querySelector('.cover').hidden"));
    deck.act("location.hash = '#compare'");
    deck.wait_until("document.querySelector('.is-current').id === 'compare'");
    deck.press_with("ArrowRight", SHIFT);
    assert_eq!(deck.eval::<String>(PLACE), "compare");
}

#[test]
fn escape_ends_one_thing_at_a_time() {
    let (deck, _folder) = deck("#code");
    let open = "document.querySelector('dialog[open]')?.className ?? ''";
    deck.press("d");
    deck.press("b");
    deck.press("Escape");
    assert!(deck.eval::<bool>("document.querySelector('.cover').hidden"));
    deck.press("d");
    deck.press("d");
    deck.press("l");
    assert_eq!(deck.eval::<String>(TOOL), "laser", "one tool takes over from another");
    deck.press("Escape");
    assert_eq!((deck.eval::<String>(TOOL).as_str(), deck.eval::<String>(open).as_str()), ("", ""));
}

#[test]
fn tools_are_silent_in_fields() {
    let (deck, _folder) = deck("#field");
    deck.click("#typed");
    deck.type_text("gldzo1u");
    deck.press("Backspace");
    assert_eq!(deck.eval::<String>("document.querySelector('#typed').value"), "gldzo1");
    assert_eq!(deck.eval::<String>(TOOL), "");
    assert!(deck.eval::<bool>("document.querySelector('dialog[open]') === null"));
    deck.act("document.activeElement.blur()");
    deck.press("z");
    deck.act("document.querySelector('#typed').focus()");
    deck.type_text("+-");
    assert_eq!(deck.eval::<String>("document.querySelector('#typed').value"), "gldzo1+-");
    deck.act("document.activeElement.blur()");
    deck.press("d");
    draw(&deck);
    deck.act("document.querySelector('#typed').focus()");
    deck.type_text("cu2");
    deck.press_with("z", CTRL);
    assert_eq!(deck.eval::<usize>(STROKES), 1);
}

#[test]
fn the_help_lists_every_key() {
    let (deck, _folder) = deck("");
    deck.press("F1");
    let keys: Vec<String> = deck.eval("[...document.querySelectorAll('.help kbd')].map(e => e.textContent)");
    for key in
        ["→", "PgDn", "←", "PgUp", "Shift+→ ←", "Shift+PgDn PgUp", "Home", "End", "Enter", "Esc", "?", "/", "+", "−"]
    {
        assert!(keys.iter().any(|listed| listed == key), "`{key}` in {keys:?}");
    }
    for key in "fbwo.gldzpstqucx".chars() {
        assert!(keys.contains(&key.to_string()), "`{key}` in {keys:?}");
    }
    let box_fits = "(() => { const b = document.querySelector('.help').getBoundingClientRect(); \
                    return b.top >= 0 && b.bottom <= innerHeight && document.querySelector('.help').scrollHeight <= \
                    document.querySelector('.help').clientHeight; })()";
    assert!(deck.eval::<bool>(box_fits), "all of it is in sight");
    let columns = "new Set([...document.querySelectorAll('.help-group')].map(e => e.getBoundingClientRect().x)).size";
    assert_eq!(deck.eval::<usize>(columns), 3);
}
