use unicode_width::UnicodeWidthStr as _;

use crate::deck::writer::Writer;
use crate::diagnostic::code;
use crate::talk::{Block, Cell, ColumnAlignment, Table, plain_text};

/// The least share of a column, in characters.
const NARROWEST: usize = 5;
/// The most a long column counts, in characters; beyond that its text wraps.
const WIDEST: usize = 36;

/// The most columns of a table.
const MAX_COLUMNS: usize = 60;

/// A table as a grid, whose tracks follow the widths of its texts.
pub(super) fn block(writer: &mut Writer<'_>, table: &Table, block: &Block) {
    if table.header.len() > MAX_COLUMNS {
        let message =
            format!("this table has {} columns, a slide has room for {MAX_COLUMNS} at most", table.header.len());
        writer.report(&code::OVERFLOW, block.span, message, "cut it into several tables");
        return;
    }
    let tracks: Vec<String> =
        (0..table.header.len()).map(|column| format!("minmax(0,{}fr)", share(table, column))).collect();
    let style = format!("--columns:{}", tracks.join(" "));
    writer.raw("<div");
    writer.attributes("table", &block.attributes, Some(block.span));
    writer.step(block.step);
    writer.attribute("role", "table");
    writer.attribute("style", &style);
    writer.raw(">");
    row(writer, table, &table.header, true);
    for cells in &table.rows {
        row(writer, table, cells, false);
    }
    writer.raw("</div>");
}

fn row(writer: &mut Writer<'_>, table: &Table, cells: &[Cell], head: bool) {
    writer.raw(if head { "<div class=\"row head\" role=\"row\">" } else { "<div class=\"row\" role=\"row\">" });
    let role = if head { "columnheader" } else { "cell" };
    for (column, cell) in cells.iter().enumerate() {
        let align = match table.alignments.get(column) {
            Some(ColumnAlignment::Left) => " align-left",
            Some(ColumnAlignment::Center) => " align-center",
            Some(ColumnAlignment::Right) => " align-right",
            Some(ColumnAlignment::None) | None => "",
        };
        writer.raw(&format!("<div class=\"cell{align}\" role=\"{role}\">"));
        writer.inlines(cell);
        writer.raw("</div>");
    }
    writer.raw("</div>");
}

/// A column's share: its widest text, within limits, but never less than its longest word.
fn share(table: &Table, column: usize) -> usize {
    let texts =
        std::iter::once(&table.header).chain(&table.rows).filter_map(|row| row.get(column)).map(|c| plain_text(c));
    let (mut widest, mut word) = (0, 0);
    for text in texts {
        widest = widest.max(text.width());
        // Chinese breaks between any two characters; only words of narrow ones hold together.
        let words = text.split(|c: char| c.is_whitespace() || !c.is_ascii());
        word = word.max(words.map(str::len).max().unwrap_or(0));
    }
    // The padding of a cell takes about two characters.
    (widest.clamp(NARROWEST, WIDEST).max(word.min(WIDEST * 2))) + 2
}
