use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::deck::writer::Writer;
use crate::diagnostic::code;
use crate::talk::{Block, Cell, ColumnAlignment, Inline, InlineKind, Table, plain_text};

/// The least share of a column, in characters.
const NARROWEST: usize = 5;
/// The most a long column counts, in characters; beyond that its text wraps.
const WIDEST: usize = 36;

/// The width of a character of a bold word, in em.
const WORD_CHARACTER: f32 = 0.62;

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
    let shares = shares(table, writer.context.slide_width);
    let tracks: Vec<String> = shares.iter().map(|share| format!("minmax(0,{share}fr)")).collect();
    let mut style = format!("--columns:{}", tracks.join(" "));
    if let Some((part, word)) = narrowest(table, &shares) {
        let _ = write!(style, ";--part:{part:.4};--word:{word:.1}");
    }
    writer.raw("<div");
    writer.attributes("table", &block.attributes, Some(block.span));
    writer.step(block.step);
    writer.attribute("role", "table");
    writer.attribute("style", &style);
    writer.raw(">");
    let rooms = rooms(&shares, writer.context.slide_width);
    row(writer, table, &table.header, &rooms);
    for cells in &table.rows {
        row(writer, table, cells, &rooms);
    }
    writer.raw("</div>");
}

/// The column that is first to cut its longest word when type grows or room shrinks: its part of the width, and the
/// word's width in em.
#[allow(clippy::cast_precision_loss, reason = "widths of words and columns are small")]
fn narrowest(table: &Table, shares: &[usize]) -> Option<(f32, f32)> {
    let whole = shares.iter().sum::<usize>().max(1) as f32;
    let columns = shares.iter().enumerate().filter_map(|(column, share)| {
        let word = longest_word(table, column) as f32 * WORD_CHARACTER;
        (word > 0.0).then_some((*share as f32 / whole, word))
    });
    columns.min_by(|(part, word), (other_part, other_word)| (part / word).total_cmp(&(other_part / other_word)))
}

/// How much of a cell's text may stay on one line in each column, in halves of an em, even where the table has but half
/// of the slide.
fn rooms(shares: &[usize], slide_width: u32) -> Vec<usize> {
    let whole = shares.iter().sum::<usize>().max(1);
    // Type of tables is about 24 pixels high; padding takes an em.
    let half = usize::try_from(slide_width).unwrap_or_default() * 9 / 20 / 12;
    shares.iter().map(|share| (half * share / whole).saturating_sub(2)).collect()
}

fn row(writer: &mut Writer<'_>, table: &Table, cells: &[Cell], rooms: &[usize]) {
    let head = std::ptr::eq(cells, table.header.as_slice());
    writer.raw(if head { "<div class=\"row head\" role=\"row\">" } else { "<div class=\"row\" role=\"row\">" });
    let role = if head { "columnheader" } else { "cell" };
    for (column, cell) in cells.iter().enumerate() {
        let align = match table.alignments.get(column) {
            Some(ColumnAlignment::Left) => " align-left",
            Some(ColumnAlignment::Center) => " align-center",
            Some(ColumnAlignment::Right) => " align-right",
            Some(ColumnAlignment::None) | None => "",
        };
        let chosen = if table.header.get(column).is_some_and(|head| is_chosen(head)) { " chosen" } else { "" };
        writer.raw(&format!("<div class=\"cell{align}{chosen}\" role=\"{role}\">"));
        writer.paragraph_within(cell, rooms.get(column).copied().unwrap_or_default());
        writer.raw("</div>");
    }
    writer.raw("</div>");
}

/// Whether a column's head is in strong words and nothing else: the column that a comparison ends with.
fn is_chosen(head: &[Inline]) -> bool {
    matches!(head, [Inline { kind: InlineKind::Strong(_), .. }])
}

/// The shares of the columns on a slide so wide, in CSS pixels: each as its widest text asks, but where that would cut a
/// word in one column, others give it what the word needs.
pub(super) fn shares(table: &Table, slide_width: u32) -> Vec<usize> {
    let columns = 0..table.header.len();
    let wishes: Vec<usize> = columns.clone().map(|column| wish(table, column)).collect();
    // A character of a bold word of 24 pixels, and the padding of a cell.
    // Chinese has no word that would be cut, and yet two signs of it should stand side by side.
    let longest = |column| match longest_word(table, column) {
        0 => 4,
        word => word,
    };
    let needs: Vec<usize> = columns.clone().map(|column| longest(column) * 15 + 26).collect();
    // Margins take about an eighth.
    let room = usize::try_from(slide_width).unwrap_or_default() * 7 / 8;
    if needs.iter().sum::<usize>() >= room {
        return needs;
    }
    let mut short = vec![false; wishes.len()];
    loop {
        let of = |which: bool, all: &[usize]| -> usize {
            all.iter().zip(&short).filter(|(_, short)| **short == which).map(|(share, _)| share).sum()
        };
        let (left, whole) = (room - of(true, &needs), of(false, &wishes).max(1));
        let given = |column: usize| if short[column] { needs[column] } else { wishes[column] * left / whole };
        match columns.clone().find(|column| given(*column) < needs[*column]) {
            Some(column) => short[column] = true,
            None if short.contains(&true) => return columns.map(given).collect(),
            None => return wishes,
        }
    }
}

/// The width that a column asks for, in characters: its widest text, within limits, but never less than its longest word.
fn wish(table: &Table, column: usize) -> usize {
    let texts =
        std::iter::once(&table.header).chain(&table.rows).filter_map(|row| row.get(column)).map(|c| plain_text(c));
    let widest = texts.map(|text| text.width()).max().unwrap_or(0);
    let word = longest_word(table, column);
    // The padding of a cell takes about two characters.
    (widest.clamp(NARROWEST, WIDEST).max(word.min(WIDEST * 2))) + 2
}

/// The characters of a column's longest word. Chinese breaks between any two characters; only words of narrow ones hold
/// together.
fn longest_word(table: &Table, column: usize) -> usize {
    let cells = std::iter::once(&table.header).chain(&table.rows).filter_map(|row| row.get(column));
    let longest =
        |text: String| text.split(|c: char| c.is_whitespace() || !c.is_ascii()).map(str::len).max().unwrap_or(0);
    cells.map(|cell| longest(plain_text(cell))).max().unwrap_or(0)
}
