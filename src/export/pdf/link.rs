//! Links: to places outside by URL, to pages by id.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kurbo::Rect;
use printpdf::{Actions, BorderArray, ColorArray, Destination, HighlightingMode, LinkAnnotation, Op, Pt};

use super::content::coordinate;
use super::page::POINTS;
use super::{Document, DocumentPage};
use crate::layout::LinkArea;

/// Schemes that a viewer must not be handed: they run code or read files.
const UNSAFE: [&str; 5] = ["javascript", "vbscript", "data", "file", "blob"];

/// Page numbers, from 0, by the ids that lead there.
pub(super) struct Targets<'a>(BTreeMap<&'a str, usize>);

impl<'a> Targets<'a> {
    /// Returns the targets of a document.
    pub(super) fn of(document: &Document<'a>) -> Self {
        let mut targets = BTreeMap::new();
        for (number, page) in document.pages.iter().enumerate() {
            for id in &page.ids {
                targets.entry(*id).or_insert(number);
            }
        }
        Self(targets)
    }
}

/// Returns the links of a page that lead somewhere, each with its area on the page and what happens on a click.
fn live<'a>(page: &'a DocumentPage<'_>, targets: &Targets<'_>) -> impl Iterator<Item = (&'a LinkArea, Rect, Actions)> {
    page.page.links.iter().filter_map(|link| {
        let area = link.rect.intersect(page.page.size.to_rect());
        if !(area.width() > 0.0 && area.height() > 0.0) {
            return None;
        }
        Some((link, area, action(&link.target, targets)?))
    })
}

/// Returns the operations that put a page's links on it.
pub(super) fn annotations(page: &DocumentPage<'_>, targets: &Targets<'_>) -> Vec<Op> {
    let height = page.page.size.height;
    let links = live(page, targets).map(|(_, area, actions)| {
        let border = Some(BorderArray::Solid([0.0; 3]));
        let highlight = Some(HighlightingMode::None);
        let rect = on_paper(area, height);
        let link = LinkAnnotation::new(rect, actions, border, Some(ColorArray::Transparent), highlight);
        Op::LinkAnnotation { link }
    });
    links.collect()
}

/// Returns what these links are made of, in the same order.
pub(super) fn areas<'a>(page: &'a DocumentPage<'_>, targets: &Targets<'_>) -> Vec<&'a LinkArea> {
    live(page, targets).map(|(link, ..)| link).collect()
}

/// Returns what happens on a click; nothing for a dead or unsafe link.
fn action(target: &str, targets: &Targets<'_>) -> Option<Actions> {
    if let Some(id) = target.strip_prefix('#') {
        let page = *targets.0.get(id).or_else(|| targets.0.get(decoded(id).as_str()))?;
        return Some(Actions::Goto(Destination::Xyz { page: page + 1, left: None, top: None, zoom: None }));
    }
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).trim().to_ascii_lowercase();
    (!target.is_empty() && !UNSAFE.contains(&scheme.as_str())).then(|| Actions::Uri(ascii(target)))
}

/// Returns a URL with everything percent-encoded that is not printable ASCII.
fn ascii(url: &str) -> String {
    let mut result = String::with_capacity(url.len());
    for byte in url.trim().bytes() {
        if byte.is_ascii_graphic() {
            result.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(result, "%{byte:02X}");
        }
    }
    result
}

/// Returns a fragment without percent-encoding.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns an area in points from the lower left corner.
fn on_paper(area: Rect, height: f64) -> printpdf::Rect {
    let point = |pixels: f64| Pt(coordinate(pixels * POINTS));
    printpdf::Rect::from_xywh(point(area.x0), point(height - area.y1), point(area.width()), point(area.height()))
}
