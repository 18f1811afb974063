//! Where two pages differ: in boxes, in lines, in the picture.

use std::collections::BTreeMap;

use image::RgbImage;

use super::sheet::{Element, Line, SAMPLES, Shown};

/// Pixels by which boxes and the ends of lines may lie apart: one, and a tenth for rounding.
const APART: f64 = 1.1;

/// How far, of 255, one of the three colours of a sample may be off.
const SHADES: u8 = 52;

/// The most of an area, in percent of its samples, that may differ.
const MOST: f64 = 0.7;

/// What differs in a part of a page, in the order of the words of the list: boxes, lines, picture.
#[derive(Clone, Debug, Default)]
pub(super) struct Difference {
    pub(super) boxes: Vec<String>,
    pub(super) lines: Vec<String>,
    /// The share of the picture, in percent.
    pub(super) share: f64,
}

impl Difference {
    /// The kinds of what differs, as the list of known differences names them.
    ///
    /// A picture that is known to differ does so until hardly anything is left of it, for other versions of the
    /// programs draw a little otherwise.
    pub(super) fn kinds(&self, is_known: bool) -> Vec<&'static str> {
        let kinds = [
            ("boxes", !self.boxes.is_empty()),
            ("lines", !self.lines.is_empty()),
            ("picture", self.share > if is_known { MOST / 2.0 } else { MOST }),
        ];
        kinds.into_iter().filter(|(_, differs)| *differs).map(|(kind, _)| kind).collect()
    }

    /// The first of each kind, for people.
    pub(super) fn told(&self) -> String {
        let picture = format!("{:.1} % of the picture differs", self.share);
        let first = [self.boxes.first(), self.lines.first(), Some(&picture)];
        first.into_iter().flatten().map(|what| format!("\n    {what}")).collect()
    }
}

/// Compares the elements that are numbered within `range`, and the picture within `area` (in samples).
pub(super) fn compare(pdf: &Shown, browser: &Shown, range: std::ops::Range<usize>, area: [u32; 4]) -> Difference {
    let mut found = Difference::default();
    let within = |all: &BTreeMap<usize, Element>| -> BTreeMap<usize, Element> {
        all.range(range.clone()).map(|(number, element)| (*number, element.clone())).collect()
    };
    let (ours, theirs) = (within(&pdf.elements), within(&browser.elements));
    for (number, their) in &theirs {
        let Some(our) = ours.get(number) else {
            if their.rect.is_some_and(|[_, _, width, height]| width > 0.0 && height > 0.0) {
                found.boxes.push(format!("`{}` has no box in the PDF", their.tag));
            }
            continue;
        };
        if let (Some(a), Some(b)) = (our.rect, their.rect) {
            // A box without area has no place.
            let is_empty = b[2] * b[3] == 0.0 && a[2] * a[3] == 0.0;
            if !is_empty && a.iter().zip(b).any(|(a, b)| (a - b).abs() > APART) {
                found.boxes.push(format!("`{}` is at {}, in the browser at {}", their.tag, placed(a), placed(b)));
            }
        }
        if their.rect.is_some() {
            found.lines.extend(compare_lines(&their.tag, &our.lines, &their.lines));
        }
    }
    found.share = differing(&pdf.picture, &browser.picture, area);
    found
}

fn placed([x, y, width, height]: [f64; 4]) -> String {
    format!("{x:.1} {y:.1} {width:.1}×{height:.1}")
}

fn compare_lines(tag: &str, ours: &[Line], theirs: &[Line]) -> Option<String> {
    let texts = |lines: &[Line]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
    if texts(ours) != texts(theirs) {
        return Some(format!("`{tag}` has the lines {:?}, in the browser {:?}", texts(ours), texts(theirs)));
    }
    let is_apart = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() > APART);
    let (a, b) = ours.iter().zip(theirs).find(|(a, b)| is_apart(a.x0, b.x0) || is_apart(a.x1, b.x1))?;
    let ends = |line: &Line| format!("from {:.1} to {:.1}", line.x0.unwrap_or(f64::NAN), line.x1.unwrap_or(f64::NAN));
    Some(format!("the line {:?} goes {}, in the browser {}", a.text, ends(a), ends(b)))
}

/// The share of samples that differ, in percent.
fn differing(a: &RgbImage, b: &RgbImage, [left, top, width, height]: [u32; 4]) -> f64 {
    assert!(left + width <= SAMPLES.0 && top + height <= SAMPLES.1);
    let samples = (top..top + height).flat_map(|y| (left..left + width).map(move |x| (x, y)));
    let differs = |(x, y): &(u32, u32)| {
        a.get_pixel(*x, *y).0.iter().zip(b.get_pixel(*x, *y).0).any(|(a, b)| a.abs_diff(b) > SHADES)
    };
    let count = u32::try_from(samples.filter(differs).count()).expect("a small number");
    100.0 * f64::from(count) / f64::from(width * height)
}
