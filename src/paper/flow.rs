use super::cuts::{Row, rows};
use crate::layout::Page;
use crate::paper::marked;

/// A column of text that may be cut into pieces.
#[derive(Clone, Debug)]
pub struct Flow {
    page: Page,
    height: f64,
    rows: Vec<Row>,
    starts_page: bool,
}

/// A part of a column on a page; in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Which column.
    pub flow: usize,
    /// Its upper edge in the column.
    pub from: f64,
    /// Its lower edge in the column.
    pub to: f64,
    /// Where its upper edge stands, from the top of the area.
    pub at: f64,
}

/// Above a line that begins a page, the room that belongs to it.
const LEADING: f64 = 4.0;

impl Flow {
    /// The column that `page` holds in its box with `data-flow`; one with `data-starts-page` stands on a page of its own.
    #[must_use]
    pub fn new(page: Page) -> Self {
        let height = marked(&page, "flow").map_or(0.0, |column| column.rect.y1);
        let starts_page = marked(&page, "starts-page").is_some();
        Self { rows: rows(&page), height, starts_page, page }
    }

    /// What is painted.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// How high all of it is.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Where a page that begins at `from` and has `room` ends, and where the next begins; `None` when nothing fits.
    fn cut(&self, from: f64, room: f64, any: bool) -> Option<(f64, f64)> {
        let limit = from + room;
        let mut best = None;
        for pair in self.rows.windows(2) {
            let [above, below] = pair else { continue };
            if above.bottom > limit {
                break;
            }
            if above.bottom > from && below.top > from && (above.may_cut || any) {
                let next = below.top - LEADING.min((below.top - above.bottom) / 2.0);
                best = Some((next.min(limit), next));
            }
        }
        best
    }

    /// The same where nothing fits: what is too high for a page is cut anywhere rather than lost.
    fn forced_cut(&self, from: f64, room: f64) -> (f64, f64) {
        self.cut(from, room, false).or_else(|| self.cut(from, room, true)).unwrap_or((from + room, from + room))
    }
}

/// The share of a page that must be left for a column that is longer than a page to begin there.
const LEAST: f64 = 0.3;

/// Puts columns one below the other onto pages with `room`, `gap` between them.
///
/// A column that fits on a page is not cut. A longer one begins where much of a page is left, else on the next.
#[must_use]
pub fn paginate(flows: &[Flow], room: f64, gap: f64) -> Vec<Vec<Piece>> {
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    let mut used = room;
    for (number, flow) in flows.iter().enumerate() {
        let (mut from, mut at) = (0.0, used + gap);
        let fits = at + flow.height <= room;
        let begins_here =
            || flow.height > room && room - at > room * LEAST && flow.cut(0.0, room - at, false).is_some();
        if pages.is_empty() || flow.starts_page || !(fits || begins_here()) {
            pages.push(Vec::new());
            at = 0.0;
        }
        while from + (room - at) < flow.height {
            let (to, next) = flow.forced_cut(from, room - at);
            if let Some(page) = pages.last_mut() {
                page.push(Piece { flow: number, from, to, at });
            }
            pages.push(Vec::new());
            // A page that is no page at all would never come to an end.
            (from, at) = (next.max(from + 1.0), 0.0);
        }
        if let Some(page) = pages.last_mut() {
            page.push(Piece { flow: number, from, to: flow.height, at });
        }
        used = at + flow.height - from;
    }
    pages
}
