//! Each slide as the PDF shows it beside the same slide in a browser: they must look alike.
//!
//! Poppler renders the PDF and Chromium the deck, both at 1280 pixels; compared are blurred greys, so that the edges of
//! letters, which the two draw each in its own way, count little, and what is missing, moved or of another colour much.

mod battery;
mod emphasis;
mod known;
pub(crate) mod picture;
pub(crate) mod sheet;
mod structure;
mod themes;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use picture::{Picture, difference};

use crate::browser::Chromium;
use crate::built;

/// The most of a slide, in percent of its pixels, that may differ; what is there today is half of it, by words that stand a
/// pixel further to the side.
const MOST: f64 = 0.6;

#[test]
fn pages_look_like_the_slides_in_a_browser() {
    let mut failures = Vec::new();
    let mut browser = None;
    for theme in ["paper", "night", "blueprint", "terminal", "bold", "ink"] {
        let pack = built::pack(built::SAMPLE, Some(theme));
        let rendered = tempfile::tempdir().expect("a folder");
        let mut poppler = Command::new("pdftoppm")
            .args(["-r", "96"])
            .args([pack.join("slides.pdf"), rendered.path().join("page")])
            .spawn()
            .expect("pdftoppm is installed");
        let deck = browser.get_or_insert_with(|| Chromium::open(&pack.join("index.html"), ""));
        let shots = screenshots(deck, &pack.join("index.html"));
        assert!(poppler.wait().expect("pdftoppm ends").success());
        let pages = pages(rendered.path());
        assert_eq!(pages.len(), shots.len(), "pages and slides");
        failures.extend(compare(theme, &pages, &shots));
    }
    assert!(failures.is_empty(), "more than {MOST} % differs:\n{}", failures.join("\n"));
}

/// Compares all slides and leaves pictures of those that differ, and the list of all shares, in a folder.
fn compare(theme: &str, pages: &[PathBuf], shots: &[(String, Picture)]) -> Vec<String> {
    let left = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("parity").join(theme);
    let _ = fs::remove_dir_all(&left);
    fs::create_dir_all(&left).expect("the folder for pictures");
    let (mut failures, mut list) = (Vec::new(), String::new());
    for (number, (page, (id, shot))) in pages.iter().zip(shots).enumerate() {
        let page = Picture::from_ppm(&fs::read(page).expect("a page"));
        let (share, map) = difference(&page, shot);
        let _ = writeln!(list, "{share:6.3} % {:02} {id}", number + 1);
        if share > MOST {
            let name = |what: &str| left.join(format!("{:02}-{what}.png", number + 1));
            fs::write(name("pdf"), page.to_png()).expect("a picture");
            fs::write(name("browser"), shot.to_png()).expect("a picture");
            fs::write(name("difference"), map.to_png()).expect("a picture");
            failures.push(format!(
                "{theme}: {share:.2} % of slide {} `#{id}`, see {}",
                number + 1,
                name("*").display()
            ));
        }
    }
    fs::write(left.join("shares.txt"), list).expect("the list");
    failures
}

/// The pages that pdftoppm has drawn, in order.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of pages").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> = entries.collect();
    pages.sort();
    pages
}

/// Every slide of a deck with all its steps shown and nothing of the player over it.
fn screenshots(deck: &Chromium, page: &Path) -> Vec<(String, Picture)> {
    deck.open_anew(page, "");
    deck.act(
        "const style = document.createElement('style'); \
         style.textContent = '.progress, .toolbar, .typed-number { display: none !important; }'; \
         document.head.append(style)",
    );
    let loaded: Vec<String> = deck.eval(
        "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('data:'))",
    );
    assert!(loaded.is_empty(), "the page loads {loaded:?}");
    let ids: Vec<String> = deck.eval("[...document.querySelectorAll('main > .slide')].map(slide => slide.id)");
    let shots = ids.into_iter().map(|id| {
        deck.act(&format!("location.hash = '#' + encodeURIComponent({id:?})"));
        deck.wait_until(&format!("document.querySelector('.slide.is-current').id === {id:?}"));
        // As for paper: every step shown, every highlighted line lit.
        deck.act("dispatchEvent(new Event('beforeprint'))");
        deck.wait_until("document.fonts.status === 'loaded' && [...document.images].every(image => image.complete)");
        let shot = Picture::from_png(&deck.screenshot());
        (id, shot)
    });
    shots.collect()
}
