//! Every built-in theme with a talk that has all layouts and blocks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use retell::asset::Images;
use retell::deck::{Deck, DeckOptions, ImageMode, deck};
use retell::diagnostic::Diagnostics;
use retell::layout::{Command, FontSource, Page, Picture, Pictures};
use retell::parse::parse;
use retell::source::{DiskLoader, Sources, Span, Spanned};
use retell::talk::Talk;
use retell::theme::{Registry, Theme};

use super::known;
use super::sheet::{SAMPLES, Sheet, bundled_fonts};
use super::structure::compare;
use crate::browser::Chromium;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/themes")
}

/// The talk, without a finding.
fn talk(found: &mut Diagnostics, sources: &mut Sources) -> Talk {
    let text = std::fs::read(folder().join("talk.md")).expect("the talk");
    parse(sources, "talk.md", &text, &DiskLoader::new(folder()), found)
}

/// The slides of the talk in a theme.
fn written(talk: &Talk, theme: &Theme, images: ImageMode, found: &mut Diagnostics) -> Deck {
    let loader = DiskLoader::new(folder());
    deck(talk, theme, &Images::new(&loader), &DeckOptions { images, ..DeckOptions::default() }, found)
}

/// The pictures of a deck, as the layout takes them.
fn pictures(deck: &Deck) -> Pictures {
    let mut pictures = Pictures::default();
    for (hash, image) in &deck.images {
        pictures.add(format!("asset:///{hash}"), Picture::of(image));
    }
    pictures
}

/// What differs between the slides of one theme and the same in the browser.
fn differences(theme: &Theme, browser: &Chromium) -> BTreeMap<String, (Vec<String>, String)> {
    let (mut found, mut sources) = (Diagnostics::default(), Sources::default());
    let talk = talk(&mut found, &mut sources);
    let ours = written(&talk, theme, ImageMode::Reference, &mut found);
    let theirs = written(&talk, theme, ImageMode::DataUri, &mut found);
    let told: Vec<_> = found.iter().map(|finding| finding.message.clone()).collect();
    assert!(told.is_empty(), "{}: {told:?}", theme.name);
    // What is drawn at the edge of the page is there for both.
    let pages = ours.slides.iter().zip(&theirs.slides).map(|(our, their)| (our.html.clone(), their.html.clone()));
    let of_theme = theme.font_files.iter().filter_map(|file| FontSource::read(&file.bytes));
    let fonts = of_theme.chain(bundled_fonts()).collect();
    let css = [&ours.css, &theirs.css].map(Clone::clone);
    let sheet = Sheet { css, lang: ours.lang.clone(), pages: pages.collect(), fonts };
    let laid_out = sheet.laid_out(pictures(&ours));
    let (pdf, shown) = std::thread::scope(|scope| {
        let pdf = scope.spawn(|| Sheet::in_pdf(&laid_out));
        let shown = sheet.in_browser(browser);
        (pdf.join().expect("the PDF is drawn"), shown)
    });
    super::battery::leave_pictures(&format!("themes-{}", theme.name), &pdf, &shown);
    let (known, mut all) = (known::known(), BTreeMap::new());
    for ((slide, pdf), (shown, page)) in ours.slides.iter().zip(&pdf).zip(shown.iter().zip(&laid_out)) {
        let case = format!("themes/{}/{}", theme.name, slide.id);
        let is_known =
            known::known_of(&known, &case).is_some_and(|known| known.kinds.iter().any(|kind| kind == "picture"));
        let differs = compare(pdf, shown, 0..usize::MAX, [0, 0, SAMPLES.0, SAMPLES.1]);
        let mut kinds: Vec<String> = differs.kinds(is_known).into_iter().map(str::to_owned).collect();
        if !page.not_painted.is_empty() {
            kinds.push("warned".to_owned());
        }
        // What is written in drawings is text in the PDF, each drawing's in one piece.
        let mut copied = pdf.text.clone();
        for text in texts_of_drawings(page) {
            copied = copied.replacen(&text, "", 1);
        }
        if copied != shown.text {
            kinds.push("copied".to_owned());
        }
        let texts = format!("copied {:?}\n    written {:?}", pdf.text, shown.text);
        let told = format!("{}\n    {:?}\n    {texts}", differs.told(), page.not_painted);
        all.insert(case, (kinds, told));
    }
    all
}

/// What is written in each drawing of a page, without spaces.
fn texts_of_drawings(page: &Page) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut goes_on = false;
    for command in &page.commands {
        let Command::Glyphs(run) = command else { continue };
        if run.in_drawing && !goes_on {
            texts.push(String::new());
        }
        goes_on = run.in_drawing;
        if let Some(text) = texts.last_mut().filter(|_| goes_on) {
            text.extend(run.glyphs.iter().flat_map(|glyph| glyph.text.chars()).filter(|c| !c.is_whitespace()));
        }
    }
    texts
}

#[test]
fn themes_look_as_in_a_browser() {
    let browser = Chromium::start();
    let mut found = BTreeMap::new();
    for listed in Registry.list() {
        let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
        let source = sources.add("theme", listed.name.clone());
        let wanted = Spanned::new(listed.name.clone(), Span::new(source, 0, listed.name.len()));
        let theme = Registry.load(Some(&wanted), &DiskLoader::new(folder()), &mut sources, &mut findings);
        assert_eq!(findings.iter().count(), 0, "{}", listed.name);
        found.extend(differences(&theme, &browser));
    }
    let changes = known::changes("themes/", &found);
    assert!(changes.is_empty(), "{} of {} slides:\n{}", changes.len(), found.len(), changes.join("\n"));
}
