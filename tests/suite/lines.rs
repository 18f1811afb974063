//! Every talk `tests/cases/lines/NAME.md` as its slides and notes are written: what stays on one line stands in `⟨⟩`, the
//! end of a title in `⟪⟫`, and where a line may break as it otherwise would not, there is `|`.

use std::fs;
use std::path::Path;

use retell::asset::Images;
use retell::deck::{DeckOptions, ImageMode, deck};
use retell::diagnostic::Diagnostics;
use retell::parse::parse;
use retell::source::{DiskLoader, Sources};
use retell::theme::Registry;

/// The deck's HTML, slides and then notes, for browsers or the layout engine.
fn written(folder: &Path, name: &str, images: ImageMode) -> String {
    let (mut sources, mut found, loader) = (Sources::default(), Diagnostics::default(), DiskLoader::new(folder));
    let text = fs::read(folder.join(name)).expect("a case");
    let talk = parse(&mut sources, name, &text, &loader, &mut found);
    let theme = Registry.load(None, &loader, &mut sources, &mut found);
    let options = DeckOptions { images, ..DeckOptions::default() };
    let deck = deck(&talk, &theme, &Images::new(&loader), &options, &mut found);
    deck.slides.iter().map(|slide| format!("{}\n{}\n", slide.html, slide.notes)).collect()
}

/// The texts of `html`, a block a line, with what holds their lines together.
fn shown(html: &str) -> String {
    let (mut out, mut open) = (String::new(), Vec::new());
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        match (name, tag.starts_with('/')) {
            ("wbr", _) => out.push('|'),
            ("br", _) => out.push('↵'),
            ("span", false) => {
                let of = |class: &str| tag.contains(&format!("class=\"{class}\""));
                let marks = if of("keep") {
                    ("⟨", "⟩")
                } else if of("tail") {
                    ("⟪", "⟫")
                } else {
                    ("", "")
                };
                out.push_str(marks.0);
                open.push(marks.1);
            }
            ("span", true) => out.push_str(open.pop().unwrap_or_default()),
            ("p" | "h1" | "h2" | "li" | "div" | "section" | "sup" | "ol" | "ul", _) => out.push('\n'),
            _ => {}
        }
        out.push_str(text);
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn lines_break_as_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lines");
    let entries = fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() > 3, "the cases are gone");
    insta::with_settings!({ snapshot_path => "../snapshots/lines", prepend_module_to_snapshot => false, omit_expression => true }, {
        for name in &names {
            let html = written(&folder, name, ImageMode::DataUri);
            assert!(!html.contains(['\u{200b}', '\u{2061}', '\u{fdd2}', '\u{fdd3}', '\u{fdd4}']), "{name}: signs to copy");
            insta::assert_snapshot!(name.trim_end_matches(".md"), shown(&html));
        }
    });
}

#[test]
fn the_layout_has_the_same_words_and_its_own_guides() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lines");
    let (browser, layout) =
        (written(&folder, "zh.md", ImageMode::DataUri), written(&folder, "zh.md", ImageMode::Reference));
    let bare = |html: &str| shown(html).replace(['|', '\u{200b}', '\u{2060}', '\u{2061}'], "");
    assert_eq!(bare(&browser), bare(&layout));
    assert!(layout.contains("<span class=\"keep\">\u{2061}<code>EXPLAIN</code>，</span>\u{200b}再看"), "{layout}");
    assert!(!layout.contains("<wbr>"), "the layout engine knows no `<wbr>`");
}
