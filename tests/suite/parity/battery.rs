//! CSS features, each in a cell of a page: what agrees with the browser is held, what does not is listed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use retell::layout::{Page, Pictures};

use super::known;
use super::sheet::{Sheet, Shown, bundled_fonts, numbered};
use super::structure::compare;
use crate::browser::Chromium;

/// Cells a page, across and down, and their size in pixels.
const GRID: (usize, usize) = (4, 3);
const CELL: (usize, usize) = (320, 240);

/// What every cell starts from: the same as every slide does.
const BASE: &str = "* { box-sizing: border-box } html, body { margin: 0 } \
    .cell { position: absolute; width: 320px; height: 240px; padding: 12px; overflow: hidden; color: #14213d; \
    font: 18px/1.5 Inter, 'Noto Sans SC', sans-serif; font-synthesis: none; font-optical-sizing: none; \
    text-spacing-trim: space-all; text-autospace: no-autospace; text-decoration-skip-ink: none; \
    overflow-wrap: anywhere }\n";

/// A feature: its name, its rules and its HTML.
struct Cell {
    name: String,
    css: String,
    html: String,
}

/// The cells of every file of `tests/parity/css`, in the order of names.
fn cells() -> Vec<Cell> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/css");
    let mut files: Vec<_> = fs::read_dir(folder).expect("the cells").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut cells: Vec<Cell> = Vec::new();
    for file in files {
        let topic = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("text");
        for part in text.split("\n== ").skip(1) {
            let (name, body) = part.split_once('\n').expect("a cell has a name and HTML");
            let (css, html) = body.split_once("\n--\n").unwrap_or(("", body));
            let name = format!("css/{topic}/{}", name.trim());
            assert!(cells.iter().all(|cell| cell.name != name), "two cells `{name}`");
            cells.push(Cell { name, css: css.to_owned(), html: html.to_owned() });
        }
    }
    cells
}

/// The pages that the cells stand on; a cell alone on its page stands where it stands among others.
fn sheet(cells: &[&Cell], first: usize) -> Sheet {
    let mut css = BASE.to_owned();
    for cell in cells {
        css.push_str(&cell.css);
        css.push('\n');
    }
    let pages = cells.chunks(GRID.0 * GRID.1).map(|cells| {
        let placed = cells.iter().enumerate().map(|(number, cell)| {
            let at = first + number;
            let (left, top) = (at % GRID.0 * CELL.0, at / GRID.0 * CELL.1);
            format!("<div class=\"cell\" style=\"left: {left}px; top: {top}px\">{}</div>", cell.html)
        });
        let html: String = placed.collect();
        (html.clone(), html)
    });
    let pages = pages.collect();
    Sheet { css: [css.clone(), css], lang: "en".to_owned(), pages, fonts: bundled_fonts() }
}

/// Where the elements of each cell of a page begin.
fn starts(cells: &[Cell]) -> Vec<usize> {
    let mut next = 0;
    let mut starts = vec![0];
    for cell in cells {
        next += 1 + numbered(&cell.html).1;
        starts.push(next);
    }
    starts
}

#[test]
fn css_features_are_drawn_as_in_a_browser() {
    let cells = cells();
    let all = sheet(&cells.iter().collect::<Vec<_>>(), 0);
    let pages = all.laid_out(Pictures::default());
    let (ours, theirs) = std::thread::scope(|scope| {
        let ours = scope.spawn(|| Sheet::in_pdf(&pages));
        let browser = Chromium::start();
        let theirs = all.in_browser(&browser);
        (ours.join().expect("the PDF is drawn"), theirs)
    });
    let (known, mut found) = (known::known(), BTreeMap::new());
    for (page, cells) in cells.chunks(GRID.0 * GRID.1).enumerate() {
        let starts = starts(cells);
        for (number, cell) in cells.iter().enumerate() {
            let side = |at: usize, length: usize| u32::try_from(at * length / 4).expect("small");
            let area = [side(number % GRID.0, CELL.0), side(number / GRID.0, CELL.1), side(1, CELL.0), side(1, CELL.1)];
            let differs = compare(&ours[page], &theirs[page], starts[number]..starts[number + 1], area);
            let is_known = known.get(&cell.name).is_some_and(|known| known.kinds.iter().any(|kind| kind == "picture"));
            let mut kinds: Vec<String> = differs.kinds(is_known).into_iter().map(str::to_owned).collect();
            let lost: Vec<String> = alone(cell, number).not_painted;
            if !lost.is_empty() {
                kinds.push("warned".to_owned());
            }
            found.insert(cell.name.clone(), (kinds, differs.told()));
        }
    }
    leave_pictures("css", &ours, &theirs);
    let changes = known::changes("css/", &found);
    assert!(changes.is_empty(), "{} of {} cells:\n{}", changes.len(), found.len(), changes.join("\n"));
}

/// The page with nothing but one cell.
fn alone(cell: &Cell, at: usize) -> Page {
    sheet(&[cell], at).laid_out(Pictures::default()).remove(0)
}

/// Leaves the pictures of both for people.
pub(super) fn leave_pictures(name: &str, ours: &[Shown], theirs: &[Shown]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("parity").join(name);
    fs::create_dir_all(&folder).expect("a folder");
    for (number, (our, their)) in ours.iter().zip(theirs).enumerate() {
        our.picture.save(folder.join(format!("{:02}-pdf.png", number + 1))).expect("a picture");
        their.picture.save(folder.join(format!("{:02}-browser.png", number + 1))).expect("a picture");
    }
}
