//! What is drawn alike on several pages: found here, kept in the file once.

use std::collections::BTreeMap;
use std::ops::Range;

use kurbo::{Affine, BezPath, PathEl};
use sha2::{Digest as _, Sha256};

use crate::layout::{Command, FillRule, Page, Paint, Rgba};

/// Less than this many parts of paths are not worth an object of their own.
const LEAST: usize = 60;

/// Commands of one page, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Which page.
    pub(super) page: usize,
    /// Which of its commands.
    pub(super) commands: Range<usize>,
}

/// A drawing in the place of commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    /// The commands that it stands for.
    pub(super) commands: Range<usize>,
    /// Its number.
    pub(super) drawing: usize,
}

/// What is drawn alike on several pages.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// Where each drawing is found first.
    pub(super) drawings: Vec<Part>,
    /// For each page, where drawings stand, in order.
    pub(super) stands: Vec<Vec<Stand>>,
}

impl Repeats {
    /// Returns what `pages` have in common: shapes that follow one another alike.
    pub(super) fn find(pages: &[&Page]) -> Self {
        let marks: Vec<Vec<Option<Mark>>> = pages.iter().map(|page| page.commands.iter().map(mark).collect()).collect();
        let matches = matches(&marks);
        let mut cuts: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
        for found in &matches {
            if let Some(cuts) = cuts.get_mut(found.source.page) {
                cuts.extend([found.source.commands.start, found.source.commands.end]);
            }
        }
        for cuts in &mut cuts {
            cuts.sort_unstable();
            cuts.dedup();
        }
        let mut all = Self { drawings: Vec::new(), stands: vec![Vec::new(); pages.len()] };
        let mut numbers = BTreeMap::new();
        for found in &matches {
            let (Some(cuts), Some(marks)) = (cuts.get(found.source.page), marks.get(found.source.page)) else {
                continue;
            };
            let source = &found.source.commands;
            let within = cuts.iter().filter(|cut| source.contains(cut) || **cut == source.end);
            let within: Vec<usize> = within.copied().collect();
            for ends in within.windows(2) {
                let &[start, end] = ends else { continue };
                if weight(marks.get(start..end).unwrap_or_default()) >= LEAST {
                    let at = found.at + start - source.start;
                    let number = *numbers.entry((found.source.page, start)).or_insert_with(|| {
                        all.drawings.push(Part { page: found.source.page, commands: start..end });
                        all.drawings.len() - 1
                    });
                    all.place(found.page, at..at + end - start, number);
                }
            }
        }
        for (number, part) in all.drawings.clone().into_iter().enumerate() {
            all.place(part.page, part.commands, number);
        }
        for stands in &mut all.stands {
            stands.sort_unstable_by_key(|stand| stand.commands.start);
        }
        all
    }

    fn place(&mut self, page: usize, commands: Range<usize>, drawing: usize) {
        if let Some(stands) = self.stands.get_mut(page) {
            stands.push(Stand { commands, drawing });
        }
    }
}

/// What tells a command from others, and how many parts of paths it has; text, pictures and groups have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    hash: u128,
    weight: usize,
}

/// Commands of a page that an earlier page has too.
struct Match {
    source: Part,
    page: usize,
    at: usize,
}

/// Returns what each page has in common with earlier ones; no command is in two matches, or in one and the source of one.
fn matches(marks: &[Vec<Option<Mark>>]) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    let mut first: BTreeMap<u128, (usize, usize)> = BTreeMap::new();
    let mut taken: Vec<Vec<bool>> = marks.iter().map(|marks| vec![false; marks.len()]).collect();
    for (page, own) in marks.iter().enumerate() {
        let mut at = 0;
        while let Some(mark) = own.get(at) {
            let source = mark.and_then(|mark| first.get(&mark.hash).copied());
            let length = source.map_or(0, |(source, start)| {
                let theirs = marks.get(source).and_then(|marks| marks.get(start..)).unwrap_or_default();
                let free = taken.get(source).and_then(|taken| taken.get(start..)).unwrap_or_default();
                let pairs = own.get(at..).unwrap_or_default().iter().zip(theirs).zip(free);
                pairs.take_while(|((a, b), taken)| a.is_some() && a == b && !**taken).count()
            });
            let whole = own.get(at..at + length).unwrap_or_default();
            let Some((source, start)) = source.filter(|_| weight(whole) >= LEAST) else {
                at += 1;
                continue;
            };
            if let Some(taken) = taken.get_mut(page).and_then(|taken| taken.get_mut(at..at + length)) {
                taken.fill(true);
            }
            found.push(Match { source: Part { page: source, commands: start..start + length }, page, at });
            at += length;
        }
        for (at, mark) in own.iter().enumerate() {
            if let Some(mark) = mark {
                first.entry(mark.hash).or_insert((page, at));
            }
        }
    }
    found
}

fn weight(marks: &[Option<Mark>]) -> usize {
    marks.iter().flatten().map(|mark| mark.weight).sum()
}

fn mark(command: &Command) -> Option<Mark> {
    let mut hash = Sha256::new();
    let weight = match command {
        Command::Fill { path, rule, paint } => {
            hash.update([1, u8::from(*rule == FillRule::EvenOdd)]);
            add_paint(&mut hash, paint)?;
            add_path(&mut hash, path)
        }
        Command::Stroke { path, stroke, transform, paint } => {
            hash.update([2]);
            hash.update(format!("{stroke:?}"));
            add_transform(&mut hash, *transform);
            add_paint(&mut hash, paint)?;
            add_path(&mut hash, path)
        }
        _ => return None,
    };
    let bytes: [u8; 16] = hash.finalize().as_slice().get(..16)?.try_into().ok()?;
    Some(Mark { hash: u128::from_be_bytes(bytes), weight })
}

fn add_paint(hash: &mut Sha256, paint: &Paint) -> Option<()> {
    match paint {
        Paint::Solid(color) => add_color(hash, *color),
        Paint::Gradient(gradient) => hash.update(format!("{gradient:?}")),
        Paint::Image(_) => return None,
    }
    Some(())
}

fn add_color(hash: &mut Sha256, color: Rgba) {
    for part in [color.red, color.green, color.blue, color.alpha] {
        hash.update(part.to_bits().to_be_bytes());
    }
}

fn add_transform(hash: &mut Sha256, transform: Affine) {
    for factor in transform.as_coeffs() {
        hash.update(factor.to_bits().to_be_bytes());
    }
}

fn add_path(hash: &mut Sha256, path: &BezPath) -> usize {
    for element in path.elements() {
        let (kind, points): (u8, &[kurbo::Point]) = match element {
            PathEl::MoveTo(to) => (0, &[*to]),
            PathEl::LineTo(to) => (1, &[*to]),
            PathEl::QuadTo(control, to) => (2, &[*control, *to]),
            PathEl::CurveTo(first, second, to) => (3, &[*first, *second, *to]),
            PathEl::ClosePath => (4, &[]),
        };
        hash.update([kind]);
        for point in points {
            hash.update(point.x.to_bits().to_be_bytes());
            hash.update(point.y.to_bits().to_be_bytes());
        }
    }
    path.elements().len()
}
