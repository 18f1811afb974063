//! The browser does what the other tests rely on: windows, what they hide, what they are told and what they tell.

use std::fs;
use std::path::PathBuf;

use super::chromium::{Chromium, Device, address};

const OPENER: &str = "<meta name=viewport content='width=device-width'><title>opener</title><button onclick=\"window.opened = window.open('other.html', '_blank', \
                      'popup,width=600,height=400')\">open</button><script>addEventListener('message', e => { \
                      window.got = e.data; }); addEventListener('keydown', e => { window.key = e.key; })</script>";
const OTHER: &str = "<title>other</title><p>text</p><script>window.ready = Date.now(); \
                     addEventListener('keydown', e => opener.postMessage(e.key, '*')); console.error('early', 1)</script>";

/// A folder of two pages, and the path of the first.
fn pages() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("other.html"), OTHER).expect("a page");
    let path = folder.path().join("index.html");
    fs::write(&path, OPENER).expect("a page");
    (folder, path)
}

#[test]
fn windows_that_a_page_opens_are_driven() {
    let (_folder, path) = pages();
    let chromium = Chromium::open(&path, "");
    let popup = chromium.popup_after(|| chromium.click("button"));
    assert_eq!(popup.eval::<String>("document.title"), "other");
    assert_eq!(popup.errors(), ["early 1"], "told before anybody listened");
    popup.press("x");
    chromium.wait_until("window.got === 'x'");
    chromium.press("y");
    assert_eq!(chromium.eval::<String>("window.key"), "y");
    popup.minimise();
    popup.press("z");
    chromium.wait_until("window.got === 'z'");
    popup.bring_to_front();
    assert_eq!(chromium.eval::<String>("document.visibilityState"), "visible", "another window");
    popup.close();
    chromium.wait_until("window.opened.closed");
}

#[test]
fn a_tab_in_front_hides_the_one_behind() {
    let (_folder, path) = pages();
    let chromium = Chromium::open(&path, "");
    let before = chromium.page_count();
    let tab = chromium.new_page(&address(&path, "?tab"));
    assert_eq!(chromium.page_count(), before + 1);
    chromium.wait_until("document.hidden");
    assert_eq!(tab.eval::<String>("location.search"), "?tab");
    chromium.bring_to_front();
    tab.wait_until("document.hidden");
}

#[test]
fn popups_are_refused_on_demand() {
    let (_folder, path) = pages();
    let chromium = Chromium::open(&path, "");
    chromium.block_popups();
    for _ in 0..2 {
        chromium.click("button");
        assert!(chromium.eval::<bool>("window.opened === null"));
        chromium.reload();
    }
    assert_eq!(chromium.eval::<String>("document.title"), "opener");
}

#[test]
fn a_test_comes_before_the_page() {
    let (folder, _path) = pages();
    let chromium = Chromium::start();
    chromium.on_new_document("Date.now = () => 7");
    chromium.go(&address(&folder.path().join("other.html"), ""));
    assert_eq!(chromium.eval::<u64>("window.ready"), 7);
    chromium.reload();
    assert_eq!(chromium.eval::<u64>("window.ready"), 7);
}

#[test]
fn readers_wish_for_sizes_and_colours() {
    let (_folder, path) = pages();
    let chromium = Chromium::open(&path, "");
    let wishes = "[matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(prefers-reduced-motion)').matches]";
    chromium.prefer(&[("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")]);
    assert_eq!(chromium.eval::<[bool; 2]>(wishes), [true; 2]);
    chromium.prefer(&[("prefers-color-scheme", "light")]);
    assert_eq!(chromium.eval::<[bool; 2]>(wishes), [false; 2]);
    chromium.set_size(390, 844, Device::Phone);
    assert_eq!(chromium.eval::<[u32; 3]>("[innerWidth, devicePixelRatio, navigator.maxTouchPoints]"), [390, 2, 1]);
    chromium.set_size(800, 600, Device::Desktop);
    assert_eq!(chromium.eval::<[u32; 3]>("[innerWidth, devicePixelRatio, navigator.maxTouchPoints]"), [800, 1, 0]);
}

#[test]
fn errors_are_told_once() {
    let (_folder, path) = pages();
    let strict = path.with_file_name("strict.html");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">";
    fs::write(&strict, format!("{policy}<script>window.ran = 1</script><img src=missing.png>")).expect("a page");
    let chromium = Chromium::open(&path, "");
    assert_eq!(chromium.errors(), Vec::<String>::new());
    chromium.act("setTimeout(() => { throw new TypeError('odd') }); console.warn('fine')");
    chromium.eval::<bool>("new Promise(done => setTimeout(() => done(true)))");
    let told = chromium.errors();
    assert!(told.len() == 1 && told[0].starts_with("TypeError: odd"), "{told:?}");
    assert_eq!(chromium.errors(), Vec::<String>::new());
    chromium.go(&address(&strict, ""));
    let told = chromium.errors().join("\n");
    assert!(told.contains("Content Security Policy") && told.contains("missing.png"), "{told}");
    chromium.bypass_policy();
    chromium.reload();
    assert_eq!(chromium.eval::<u8>("window.ran"), 1);
}

#[test]
fn hands_point_drag_and_tap() {
    let (_folder, path) = pages();
    let chromium = Chromium::open(&path, "");
    chromium.act(
        "window.seen = []; addEventListener('pointerover', e => { window.over = e.target.tagName; }); for (const name of ['pointerdown', 'pointermove', 'pointerup']) addEventListener(name, \
                  e => seen.push([name.slice(7), e.pointerType, e.buttons, e.clientX].join(' ')))",
    );
    chromium.drag(&[(100.0, 200.0), (150.0, 220.0), (200.0, 200.0)]);
    let seen: Vec<String> = chromium.eval("window.seen.splice(0)");
    let ends = (seen.iter().position(|event| event == "down mouse 1 100"), seen.last().map(String::as_str));
    assert!(ends.0.is_some() && ends.1 == Some("up mouse 0 200"), "{seen:?}");
    chromium.hover("button");
    chromium.wait_until("window.over === 'BUTTON'");
    chromium.tap("button");
    chromium.wait_until("window.seen.some(event => event.startsWith('up touch'))");
}
