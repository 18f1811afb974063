use crate::export::questions::{line, place};
use crate::recall::{FollowUp, Item};
use crate::talk::{Inline, plain_text};

/// The first line: names for programs, the same in every language.
const COLUMNS: [&str; 6] = ["id", "question", "answer", "why", "slide", "tags"];

/// The text of `questions.csv` (RFC 4180), with the mark by which spreadsheets know UTF-8.
#[must_use]
pub fn csv(follow_up: &FollowUp) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    let rows =
        std::iter::once(COLUMNS.map(str::to_owned)).chain(follow_up.items.iter().map(|item| row(item, follow_up)));
    for row in rows {
        // Only a file that takes no more, or rows of unequal length, could fail.
        let _ = writer.write_record(row.map(|cell| guarded(&cell)));
    }
    let _ = writer.flush();
    drop(writer);
    out
}

fn row(item: &Item, follow_up: &FollowUp) -> [String; 6] {
    let text = |content: &[Inline]| line(&plain_text(content));
    let why = item.why.as_deref().map(text).unwrap_or_default();
    let tags = if item.probe { format!("{} probe", follow_up.id) } else { follow_up.id.clone() };
    [line(&item.id), text(&item.ask), text(&item.answer), why, place(item, follow_up), line(&tags)]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what starts like one. Chinese and Japanese
/// versions read the full-width marks too.
fn guarded(cell: &str) -> String {
    let starts_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if starts_formula { format!("'{cell}") } else { cell.to_owned() }
}
