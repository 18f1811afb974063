//! The text of every page, in the order in which it is written there, against the text of its slide.

use std::collections::BTreeSet;
use std::path::Path;

use retell::talk::{Block, BlockKind, Inline, InlineKind, plain_text};

use super::read;
use crate::built::{self, ask};

/// What the deck itself adds to the words of a talk: numbers of pages and sections, markers, large quotation marks,
/// signs of questions, names of alerts; and the signs that formulas have words for, as `\lambda`.
const ADDED: &str = "0123456789•?–“”注意提示重要警告小心⋅×λ";

/// `text` without white space and without the invisible characters that steer line breaks.
fn bare(text: &str) -> String {
    let invisible = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}'];
    text.chars().filter(|c| !c.is_whitespace() && !invisible.contains(c)).collect()
}

/// Adds the runs of text that a page shows of `content`: pictures and formulas are drawn and stand between them.
fn words(content: &[Inline], out: &mut Vec<String>) {
    let is_drawn = |inline: &Inline| matches!(inline.kind, InlineKind::Image(_) | InlineKind::Math { .. });
    out.extend(content.split(is_drawn).map(plain_text));
}

/// The texts of `blocks` in the order of reading.
fn texts(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => words(content, out),
            BlockKind::List(list) => list.items.iter().for_each(|item| texts(&item.blocks, out)),
            BlockKind::Descriptions(items) => {
                for item in items {
                    words(&item.term, out);
                    item.details.iter().for_each(|detail| texts(detail, out));
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Container { blocks: inner, .. } => texts(inner, out),
            BlockKind::Table(table) => {
                table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| words(cell, out));
            }
            BlockKind::Code(code) => out.extend(code.text.lines().map(str::to_owned)),
            BlockKind::Diagram(_) | BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

/// What stands on each page, in the order of the file, which is the order that people select and copy.
fn readings(pdf: &Path) -> Vec<String> {
    let text = ask("pdftotext", &["-raw", "slides.pdf", "-"], pdf);
    assert!(!text.contains(['\u{200b}', '\u{2060}']), "what guides line breaks must not be copied");
    text.split_terminator('\u{c}').map(bare).collect()
}

/// The first of `texts` that `page` does not hold behind those before it.
fn first_out_of_order<'t>(page: &str, texts: &'t [String]) -> Option<&'t String> {
    let mut rest = page;
    texts.iter().find(|text| match rest.split_once(text.as_str()) {
        Some((_, behind)) => {
            rest = behind;
            false
        }
        None => true,
    })
}

#[test]
fn pages_hold_the_text_of_their_slides_in_order() {
    for (name, theme) in built::all() {
        let pages = readings(&built::pack(&name, theme).join("slides.pdf"));
        let talk = read(&name);
        assert_eq!(pages.len(), talk.shown_slides().count());
        let mut failures = Vec::new();
        for (page, slide) in pages.iter().zip(talk.shown_slides()) {
            let mut wanted = Vec::new();
            texts(&slide.blocks, &mut wanted);
            let wanted: Vec<String> = wanted.iter().map(|text| bare(text)).collect();
            if let Some(text) = first_out_of_order(page, &wanted) {
                failures.push(format!("#{}: `{text}` is not in its place in `{page}`", slide.id));
            }
        }
        assert!(failures.is_empty(), "{name} {theme:?}:\n{}", failures.join("\n"));
    }
}

/// The text of a paper as it is copied, without the two lines at the head of each page.
fn flowing(pdf: &Path) -> String {
    let name = pdf.file_name().expect("a name").to_string_lossy();
    let text = ask("pdftotext", &["-raw", &name, "-"], pdf);
    let head = text.lines().next().expect("a head").to_owned();
    let is_head = |line: &&str| *line == head || (line.starts_with("第 ") && line.contains("页幻灯片 第 "));
    text.split(['\n', '\u{c}']).filter(|line| !is_head(line)).map(bare).collect()
}

/// What is said between the cues, which stand in brackets.
fn between_cues(text: &str) -> Vec<String> {
    text.split('[').map(|part| bare(part.split_once(']').map_or(part, |(_, after)| after))).collect()
}

#[test]
fn papers_hold_slides_and_notes_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    built::build(built::SAMPLE, None, folder.path(), &["--only", "handout,speaker"]);
    let talk = read(built::SAMPLE);
    for name in ["handout.pdf", "speaker.pdf"] {
        let told = flowing(&folder.path().join(built::SAMPLE).join(name));
        let mut rest = told.as_str();
        for slide in talk.shown_slides() {
            let (mut wanted, mut said) = (Vec::new(), Vec::new());
            texts(&slide.blocks, &mut wanted);
            slide.notes.iter().for_each(|note| texts(&note.blocks, &mut said));
            assert!(!said.is_empty(), "#{} has notes", slide.id);
            let wanted = wanted.iter().map(|text| bare(text)).chain(said.iter().flat_map(|text| between_cues(text)));
            for text in wanted {
                let near: String = rest.chars().take(300).collect();
                let (_, behind) = rest
                    .split_once(&text)
                    .unwrap_or_else(|| panic!("{name} #{}: `{text}` is not in its place; there is `{near}`", slide.id));
                rest = behind;
            }
        }
    }
}

#[test]
fn no_page_shows_a_character_that_nobody_wrote() {
    for (name, theme) in built::all() {
        let folder = built::talks().join(&name);
        let mut source = std::fs::read_to_string(folder.join("talk.md")).expect("the talk");
        for file in std::fs::read_dir(folder.join("img")).expect("its pictures") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|end| end == "svg") {
                source.push_str(&std::fs::read_to_string(path).expect("a drawing"));
            }
        }
        let written: BTreeSet<char> = source.chars().chain(ADDED.chars()).collect();
        let told = ask("pdftotext", &["slides.pdf", "-"], &built::pack(&name, theme).join("slides.pdf"));
        let foreign: BTreeSet<char> = bare(&told).chars().filter(|c| !written.contains(c)).collect();
        assert!(foreign.is_empty(), "{name} {theme:?}: {foreign:?}");
    }
}
