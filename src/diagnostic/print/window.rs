use std::ops::Range;

use super::cells::{Cell, cells};

/// Columns of source shown; longer lines are cut.
const WIDTH: usize = 96;
/// Columns shown to the left of the place in question in a cut line.
const LEAD: usize = 40;
/// Bytes looked at on either side of that place: more than [`WIDTH`] columns of any script.
const REACH: usize = 2048;

/// The part of one source line that is shown.
pub(super) struct Window<'a> {
    cells: Vec<Cell<'a>>,
    cut_before: bool,
    cut_after: bool,
}

impl<'a> Window<'a> {
    /// The part of `line` around the bytes `focus`, which may reach past its end.
    pub(super) fn around(line: &'a str, focus: &Range<usize>) -> Self {
        let from = line.floor_char_boundary(focus.start.min(line.len()).saturating_sub(REACH));
        let to = line.ceil_char_boundary(focus.start.saturating_add(REACH).min(line.len()));
        let near: Vec<_> = cells(&line[from..to])
            .map(|cell| Cell { start: cell.start + from, end: cell.end + from, ..cell })
            .collect();
        let kept = choose(&near, focus.start, from == 0 && to == line.len());
        Self {
            cut_before: from > 0 || kept.start > 0,
            cut_after: to < line.len() || kept.end < near.len(),
            cells: near.into_iter().skip(kept.start).take(kept.len()).collect(),
        }
    }

    /// The text shown, with `…` where the line is cut.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        if self.cut_before {
            text.push('…');
        }
        text.extend(self.cells.iter().map(|cell| cell.shown.as_ref()));
        if self.cut_after {
            text.push('…');
        }
        text
    }

    /// The columns, from 0, under which the bytes `range` stand; at least one column.
    pub(super) fn columns(&self, range: &Range<usize>) -> Range<usize> {
        let first = usize::from(self.cut_before);
        let width = |cells: &mut dyn Iterator<Item = &Cell<'_>>| cells.map(|cell| cell.width).sum::<usize>();
        let start = first + width(&mut self.cells.iter().take_while(|cell| cell.end <= range.start));
        let end = first + width(&mut self.cells.iter().take_while(|cell| cell.start < range.end));
        start..end.max(start + 1)
    }
}

/// Which of `near` fit; all of them when they are the whole line and fit.
fn choose(near: &[Cell<'_>], focus: usize, whole: bool) -> Range<usize> {
    if whole && near.iter().map(|cell| cell.width).sum::<usize>() <= WIDTH {
        return 0..near.len();
    }
    let middle = near.iter().position(|cell| cell.end > focus).unwrap_or(near.len());
    let mut used = 0;
    let mut take = |index: usize, limit: usize| {
        let fits = near.get(index).is_some_and(|cell| used + cell.width <= limit);
        if fits {
            used += near[index].width;
        }
        fits
    };
    let (mut start, mut end) = (middle, middle);
    while start > 0 && take(start - 1, LEAD) {
        start -= 1;
    }
    while take(end, WIDTH) {
        end += 1;
    }
    while start > 0 && take(start - 1, WIDTH) {
        start -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    #[test]
    fn columns_count_wide_characters_twice() {
        let line = "标题\tabc";
        let window = Window::around(line, &(3..6));
        assert_eq!(window.text(), "标题    abc");
        assert_eq!(window.columns(&(3..6)), 2..4);
        assert_eq!(window.columns(&(7..8)), 8..9);
        assert_eq!(window.columns(&(10..10)), 11..12, "the end of the line");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}X{}", "长".repeat(400_000), "y".repeat(400_000));
        let at = 1_200_000;
        let window = Window::around(&line, &(at..at + 1));
        let text = window.text();
        assert!(text.starts_with('…') && text.ends_with('…'));
        assert!(text.width() <= WIDTH + 2);
        assert_eq!(window.columns(&(at..at + 1)), LEAD + 1..LEAD + 2);
    }

    #[test]
    fn the_end_of_a_long_line_fills_the_window() {
        let line = "z".repeat(500);
        let window = Window::around(&line, &(500..500));
        assert_eq!(window.text(), format!("…{}", "z".repeat(WIDTH)));
        assert_eq!(window.columns(&(500..500)), WIDTH + 1..WIDTH + 2);
    }
}
