//! Pictures of everything that is shown, for looking at and for the README; no test, so ignored:
//! `cargo test --test suite pictures -- --ignored`.
//!
//! All go to `target/pictures`, and the one of the README to `themes/present.png`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::chromium::{Chromium, Device, Page, SHIFT, address};
use super::serving::Serving;
use crate::built::{SAMPLE, talks};
use crate::project::Project;

/// The slide that is shown, one with notes, a picture and clicks to come.
const SLIDE: &str = "#slow-sql";

/// A clock that jumps, so that the times in a picture mean something.
const FAKED: &str = "{ const now = performance.now.bind(performance); let ahead = 0; performance.now = () => now() + ahead; \
                     window.later = minutes => { ahead += minutes * 60_000; }; }";

#[test]
#[ignore = "makes pictures"]
fn pictures() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
    fs::create_dir_all(&folder).expect("a folder");
    for scheme in ["light", "dark"] {
        let theme = if scheme == "dark" { "night" } else { "paper" };
        let keep = |name: &str, page: &Page| {
            let path = folder.join(format!("{name}-{scheme}.png"));
            fs::write(&path, page.screenshot()).expect("a picture");
        };
        let prefer = |page: &Page| page.prefer(&[("prefers-color-scheme", scheme)]);
        room(theme, &prefer, &keep);
        preview(theme, &prefer, &keep);
        for lang in ["en", "zh"] {
            let project = Project::new();
            project.run(["new", "talk", "--lang", lang]).exit(0);
            project.run(["build", "talk", "--theme", theme, "--output", "out"]).exit(0);
            let keep = |name: &str, page: &Page| keep(&format!("{lang}-{name}"), page);
            let file = project.path("out").join("talk").join("index.html");
            alone(&file, &prefer, &keep);
            speaking(&file, &prefer, &keep);
        }
    }
    compose(&folder);
}

/// Deck, overview, help, pen, presenter view in a few states, phone and viewers.
fn room(theme: &str, prefer: &dyn Fn(&Page), keep: &dyn Fn(&str, &Page)) {
    let server =
        Serving::start("present", &talks().join(SAMPLE), &["--no-record", "--theme", theme]).expect("a server");
    let deck = Chromium::start();
    prefer(&deck);
    deck.go(&server.url);
    deck.wait_until("document.querySelector('.is-current') !== null");
    let phone = deck.new_page("about:blank");
    phone.set_size(390, 844, Device::Phone);
    prefer(&phone);
    phone.go(&server.page("/remote"));
    let presenter = deck.new_page("about:blank");
    presenter.on_new_document(FAKED);
    presenter.set_size(1440, 900, Device::Desktop);
    prefer(&presenter);
    presenter.go(&server.public_page("/?presenter"));
    presenter.wait_until("document.querySelector('nav button') !== null");
    keep("presenter-start", &presenter);
    for minutes in [1.1, 1.4, 1.2, 0.6, 0.4, 1.3].into_iter().cycle() {
        if presenter.eval(&format!("location.hash === '{SLIDE}'")) {
            break;
        }
        presenter.press_with("PageDown", SHIFT);
        presenter.act(&format!("window.later({minutes})"));
    }
    presenter.press("PageDown");
    keep("presenter", &presenter);
    phone.wait_until("document.body.innerText.includes('SQL')");
    keep("phone", &phone);
    phone.set_size(844, 390, Device::Phone);
    keep("phone-lying", &phone);
    deck.wait_until(&format!("location.hash.startsWith('{SLIDE}')"));
    keep("deck", &deck);
    for (key, name) in [("o", "overview"), ("?", "help"), ("g", "goto")] {
        deck.press(key);
        deck.wait_until("document.querySelector('dialog[open]') !== null");
        keep(name, &deck);
        deck.press("Escape");
        deck.wait_until("document.querySelector('dialog[open]') === null");
    }
    deck.press("d");
    deck.drag(&[(300.0, 300.0), (340.0, 330.0), (420.0, 340.0), (520.0, 300.0), (560.0, 260.0)]);
    keep("pen", &deck);
    presenter.press("q");
    keep("presenter-question", &presenter);
    presenter.press("q");
    presenter.press("o");
    keep("presenter-slides", &presenter);
    presenter.press("Escape");
    presenter.set_size(1280, 720, Device::Desktop);
    keep("presenter-laptop", &presenter);
    presenter.set_size(800, 600, Device::Desktop);
    keep("presenter-small", &presenter);
    let viewer = deck.new_page(&server.public_page("/follow"));
    viewer.wait_until("document.querySelector('.is-current') !== null");
    keep("viewer", &viewer);
    viewer.press("PageDown");
    viewer.wait_until("document.querySelector('.follow-bar button').checkVisibility()");
    keep("viewer-apart", &viewer);
}

/// The deck of a file with each of its tools, and what it says of windows.
fn alone(file: &Path, prefer: &dyn Fn(&Page), keep: &dyn Fn(&str, &Page)) {
    let deck = Chromium::open(file, "");
    prefer(&deck);
    deck.point_at(640.0, 690.0);
    deck.wait_until("getComputedStyle(document.querySelector('.toolbar')).opacity === '1'");
    keep("toolbar", &deck);
    for (key, name) in [("?", "help"), ("g", "goto"), ("o", "overview")] {
        deck.press(key);
        deck.wait_until("document.querySelector('dialog[open]') !== null");
        if key == "g" {
            deck.type_text("e");
        }
        keep(name, &deck);
        deck.press("Escape");
        deck.wait_until("document.querySelector('dialog[open]') === null");
    }
    deck.press("PageDown");
    deck.press("l");
    deck.point_at(500.0, 300.0);
    deck.point_at(520.0, 310.0);
    keep("laser", &deck);
    deck.press("l");
    deck.press("z");
    keep("zoom", &deck);
    deck.press("z");
    deck.press("m");
    deck.wait_until("document.querySelector('.sharing-notice') !== null");
    keep("sharing", &deck);
    deck.block_popups();
    deck.press("p");
    deck.wait_until("document.querySelector('dialog.blocked[open]') !== null");
    keep("blocked-shared", &deck);
    deck.press("Escape");
    let tab = deck.new_page(&address(file, "?presenter"));
    prefer(&tab);
    tab.wait_until("document.querySelector('dialog.curtain[open]') !== null");
    keep("curtain", &tab);
    drop(tab);
    deck.bring_to_front();
    deck.press("m");
    deck.press("p");
    deck.wait_until("document.querySelector('dialog.blocked[open]') !== null");
    keep("blocked", &deck);
}

/// The presenter view of a file in all sizes, late, black, with the teleprompter.
fn speaking(file: &Path, prefer: &dyn Fn(&Page), keep: &dyn Fn(&str, &Page)) {
    let page = Chromium::start();
    page.on_new_document(FAKED);
    prefer(&page);
    page.go(&address(file, "?presenter"));
    page.set_size(1280, 720, Device::Desktop);
    page.wait_until("document.querySelector('nav button') !== null");
    page.press("PageDown");
    page.act("window.later(31)");
    page.press_with("PageDown", SHIFT);
    page.wait_until("document.querySelector('[data-verdict=behind]') !== null");
    keep("late", &page);
    page.act("window.later(91)");
    page.press("q");
    page.wait_until("document.querySelector('.is-running') !== null");
    for (width, height, name) in [
        (1440, 900, "wide"),
        (1280, 720, "laptop"),
        (700, 900, "narrow"),
        (820, 1180, "tablet"),
        (1180, 820, "tablet-lying"),
        (390, 844, "small"),
    ] {
        page.set_size(width, height, Device::Desktop);
        keep(&format!("presenter-{name}"), &page);
    }
    page.set_size(1280, 720, Device::Desktop);
    page.press("b");
    keep("presenter-black", &page);
    page.press("b");
    page.press("?");
    page.wait_until("document.querySelector('dialog[open]') !== null");
    keep("presenter-help", &page);
    page.press("Escape");
    page.click(".presenter-control.is-teleprompter");
    page.wait_until("document.querySelector('.teleprompter').open");
    keep("teleprompter", &page);
    page.press("m");
    keep("teleprompter-mirror", &page);
}

/// The preview with an error, and the list of talks.
fn preview(theme: &str, prefer: &dyn Fn(&Page), keep: &dyn Fn(&str, &Page)) {
    let project = Project::new().folder("talks");
    copy(&talks().join(SAMPLE), &project.path("talks").join(SAMPLE));
    let talk = project.path("talks").join(SAMPLE).join("talk.md");
    let server = Serving::start("serve", &talk, &["--theme", theme]).expect("a server");
    let page = Chromium::visit(&format!("{}{SLIDE}", server.url));
    prefer(&page);
    let text = fs::read_to_string(&talk).expect("the talk");
    fs::write(&talk, text.replacen("<!-- layout: code -->", "<!-- layuot: code -->", 1)).expect("the talk is written");
    page.wait_until("document.body.innerText.includes('1 个警告')");
    page.point_at(640.0, 690.0);
    page.wait_until("getComputedStyle(document.querySelector('.toolbar')).opacity === '1'");
    keep("warning", &page);
    let wrong =
        [("<!-- layout: code -->", "<!-- layuot: code -->"), ("](img/", "](img/old-"), ("{1,3-5|7}", "{1,3-5|70}")];
    let text = wrong.iter().fold(text, |text, (good, bad)| text.replacen(good, bad, 1));
    fs::write(&talk, text).expect("the talk is written");
    page.wait_until("document.querySelector('.problems')?.checkVisibility()");
    keep("problems", &page);
    drop(server);
    let server = Serving::start("serve", &project.path("talks"), &["--theme", theme]).expect("a server");
    page.go(&server.url);
    prefer(&page);
    page.wait_until("document.body.innerText.includes('RDS') && !document.body.innerText.includes('…')");
    keep("list", &page);
}

/// The pictures of the README.
fn compose(folder: &Path) {
    let present = [
        ("presenter-light.png", "left: 32px; top: 32px; width: 896px"),
        ("deck-dark.png", "left: 474px; top: 346px; width: 478px"),
        ("phone-light.png", "left: 972px; top: 32px; height: 596px; border-radius: 16px"),
    ];
    lay(folder, &present, 660, "present.png");
    let write = [
        ("problems-light.png", "left: 32px; top: 32px; width: 598px"),
        ("overview-dark.png", "left: 650px; top: 32px; width: 598px"),
    ];
    lay(folder, &write, 400, "write.png");
}

/// Lays pictures on one of the given height and keeps it among the themes.
fn lay(folder: &Path, pictures: &[(&str, &str)], height: u32, name: &str) {
    let page = folder.join("readme.html");
    let picture = |(name, style): &(&str, &str)| format!("<img src=\"{name}\" style=\"{style}\">");
    let html = format!(
        "<!doctype html><style>body {{ margin: 0; background: #e4e6ea; }} img {{ position: absolute; border-radius: 8px; \
         box-shadow: 0 0 0 1px #0003, 0 8px 24px #0003; }}</style>{}",
        pictures.iter().map(picture).collect::<String>(),
    );
    fs::write(&page, html).expect("a page");
    let chromium = Chromium::start();
    chromium.set_size(1280, height, Device::Desktop);
    chromium.go(&address(&page, ""));
    let into = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name);
    fs::write(into, packed(&chromium.screenshot())).expect("a picture");
}

/// The same picture in its 256 commonest colours, a third of the bytes that the browser spends.
pub(crate) fn packed(picture: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("pixels");
    let colours: Vec<[u8; 3]> =
        pixels.chunks_exact(frame.color_type.samples()).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for colour in &colours {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut common: Vec<_> = counts.keys().copied().collect();
    common.sort_by_key(|colour| Reverse(counts[colour]));
    // Colours close to one that is there already are not worth a place.
    for near in [200, 60, 0] {
        for colour in &common {
            if palette.len() < 256 && palette.iter().all(|other| distance(*other, *colour) > near) {
                palette.push(*colour);
            }
        }
    }
    let place = |colour: [u8; 3]| (0_u8..=255).zip(&palette).min_by_key(|(_, other)| distance(**other, colour));
    let places: BTreeMap<[u8; 3], u8> =
        common.into_iter().filter_map(|colour| Some((colour, place(colour)?.0))).collect();
    let indices: Vec<u8> = colours.iter().map(|colour| places[colour]).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, frame.width, frame.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&indices).expect("pixels");
    writer.finish().expect("an end");
    out
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
