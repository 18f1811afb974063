//! Where a column may be cut: between rows of lines and boxes that stand beside each other.

use kurbo::Rect;

use crate::layout::{ElementBox, Page};

/// The fewest lines of a paragraph that stand together on a page.
const LEAST_LINES: usize = 2;

/// Something that is never cut: a line of text, a picture, a box that asks for it.
#[derive(Clone, Copy, Debug)]
struct Atom {
    top: f64,
    bottom: f64,
    /// For a line: the box it stands in, its number from 0, and how many there are.
    line: Option<(usize, usize, usize)>,
    /// What follows must stand on the same page.
    leads: bool,
}

/// Atoms that share some height, and whether the column may be cut below them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    /// Where the boxes begin that begin with it.
    pub(super) head: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) may_cut: bool,
}

/// The rows of a column, from top to bottom.
pub(super) fn rows(page: &Page) -> Vec<Row> {
    let mut atoms = atoms(page);
    atoms.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut groups: Vec<(f64, f64, Vec<Atom>)> = Vec::new();
    for atom in atoms {
        match groups.last_mut() {
            Some((_, bottom, group)) if atom.top < *bottom => {
                *bottom = bottom.max(atom.bottom);
                group.push(atom);
            }
            _ => groups.push((atom.top, atom.bottom, vec![atom])),
        }
    }
    let below = groups.iter().skip(1).map(|(.., atoms)| Some(atoms.as_slice())).chain([None]);
    let mut end = 0.0;
    let rows = groups.iter().zip(below).map(|((top, bottom, above), below)| {
        let may_cut = below.is_none_or(|below| may_part(above, below));
        let head = head(page, end, *top);
        end = *bottom;
        Row { head, top: *top, bottom: *bottom, may_cut }
    });
    rows.collect()
}

/// Where the first box begins between the end of a row and the top of the next: its edge and ground go with what it holds.
fn head(page: &Page, end: f64, top: f64) -> f64 {
    let tops = page.boxes.iter().filter(|element| element.rect.height() > 0.0).map(|element| element.rect.y0);
    tops.filter(|y| (end..top).contains(y)).fold(top, f64::min)
}

/// Whether a page may end between two rows.
fn may_part(above: &[Atom], below: &[Atom]) -> bool {
    if above.iter().any(|atom| atom.leads) {
        return false;
    }
    let lines = |atoms: &[Atom]| atoms.iter().filter_map(|atom| atom.line).collect::<Vec<_>>();
    let (above, below) = (lines(above), lines(below));
    above.iter().all(|(block, number, count)| {
        let goes_on = below.iter().any(|(other, ..)| other == block);
        !goes_on || (number + 1 >= LEAST_LINES && count - number > LEAST_LINES)
    })
}

fn atoms(page: &Page) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (number, element) in page.boxes.iter().enumerate() {
        if element.rect.height() <= 0.0 {
            continue;
        }
        if element.replaced || stays_whole(element) {
            let leads = element.data.contains_key("keep-next");
            atoms.push(Atom { top: element.rect.y0, bottom: element.rect.y1, line: None, leads });
        }
        let lines = lines(element);
        let leads = is_heading(element) || (ends_in_colon(element) && element.tag == "p");
        for (at, line) in lines.iter().enumerate() {
            atoms.push(Atom {
                top: line.y0,
                bottom: line.y1,
                line: Some((number, at, lines.len())),
                leads: is_heading(element) || (leads && at + 1 == lines.len()),
            });
        }
    }
    atoms
}

fn stays_whole(element: &ElementBox) -> bool {
    element.data.contains_key("keep") || element.data.contains_key("keep-next") || element.data.contains_key("slide")
}

fn is_heading(element: &ElementBox) -> bool {
    matches!(element.tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt")
        || element.classes.iter().any(|class| class == "alert-title" || class == "code-title")
}

fn ends_in_colon(element: &ElementBox) -> bool {
    element.lines.last().is_some_and(|line| line.text.ends_with([':', '：']))
}

/// The lines of a box from top to bottom; pieces of one line are one.
fn lines(element: &ElementBox) -> Vec<Rect> {
    let mut lines: Vec<Rect> = Vec::new();
    for piece in &element.lines {
        match lines.last_mut() {
            Some(line) if piece.rect.center().y < line.y1 && piece.rect.center().y > line.y0 => {
                *line = line.union(piece.rect);
            }
            _ => lines.push(piece.rect),
        }
    }
    lines
}
