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
    may_part: bool,
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
    /// The column that `page` holds in its box with `data-flow`.
    ///
    /// One with `data-starts-page` begins a page; one with `data-may-part` goes over to the next page where that fills this one.
    #[must_use]
    pub fn new(page: Page) -> Self {
        let height = marked(&page, "flow").map_or(0.0, |column| column.rect.y1);
        let starts_page = marked(&page, "starts-page").is_some();
        let may_part = marked(&page, "may-part").is_some();
        Self { rows: rows(&page), height, starts_page, may_part, page }
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

    /// Whether it begins a page.
    #[must_use]
    pub fn starts_page(&self) -> bool {
        self.starts_page
    }

    /// Where its first piece ends and its second begins, when it may begin with what is left of a page: `left` of `room`.
    fn begin(&self, left: f64, room: f64) -> Option<(f64, f64)> {
        if !self.may_part && self.height <= room {
            return None;
        }
        let count = self.rows.len();
        let pairs = self.rows.windows(2).enumerate().take_while(|(_, pair)| pair[0].bottom <= left);
        let cut = pairs.filter(|(at, pair)| pair[0].may_cut && *at >= LEAST_LINES && at + LEAST_LINES < count).last();
        cut.map(|(_, pair)| ending(&pair[0], &pair[1], left))
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
                best = Some(ending(above, below, limit));
            }
        }
        best
    }

    /// The same where nothing fits: what is too high for a page is cut anywhere rather than lost.
    fn forced_cut(&self, from: f64, room: f64) -> (f64, f64) {
        self.cut(from, room, false).or_else(|| self.cut(from, room, true)).unwrap_or((from + room, from + room))
    }
}

/// Where the page ends that is cut between two rows, and where the next begins.
fn ending(above: &Row, below: &Row, limit: f64) -> (f64, f64) {
    let next = below.head.min(below.top - LEADING.min((below.top - above.bottom) / 2.0));
    (next.min(limit), next)
}

/// The fewest lines on either page, below the slide on the first, when a column goes over to the next.
const LEAST_LINES: usize = 3;

/// Puts columns one below the other onto pages with `room`, `gap` between them.
///
/// A column that fits on a page is cut only where it may part, and one that is longer begins with what is left of a page,
/// when enough of it stands on both; else it begins the next page.
#[must_use]
pub fn paginate(flows: &[Flow], room: f64, gap: f64) -> Vec<Vec<Piece>> {
    let mut pages: Vec<Vec<Piece>> = Vec::new();
    let mut used = room;
    for (number, flow) in flows.iter().enumerate() {
        let (mut from, mut at) = (0.0, used + gap);
        let mut begun = None;
        if at + flow.height > room {
            begun = flow.begin(room - at, room);
        }
        let goes_on = at + flow.height <= room || begun.is_some();
        if pages.is_empty() || flow.starts_page || !goes_on {
            pages.push(Vec::new());
            (at, begun) = (0.0, None);
        }
        while from + (room - at) < flow.height {
            let (to, next) = begun.take().unwrap_or_else(|| flow.forced_cut(from, room - at));
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
