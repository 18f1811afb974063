use fast_qr::QRBuilder;
use fast_qr::qr::QRCode;

/// How many modules stay light around the code, so that cameras find it.
const QUIET: usize = 2;

/// Black on white by the numbers that no colour scheme changes.
const INK: &str = "\x1b[38;5;16;48;5;231m";
const PLAIN: &str = "\x1b[0m";

/// A QR code for a terminal, two modules in the height of a line; `None` for a text that is too long.
///
/// With colours it is black on white whatever the terminal's own are. Without, its light modules are drawn, which is
/// right on a dark terminal; cameras read the inverse on a light one too.
pub(super) fn qr_code(text: &str, colour: bool) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    let size = code.size + 2 * QUIET;
    let mut out = String::new();
    for row in (0..size).step_by(2) {
        out.push_str(if colour { INK } else { "" });
        for column in 0..size {
            let (top, bottom) = (is_dark(&code, row, column), is_dark(&code, row + 1, column));
            let (top, bottom) = if colour { (top, bottom) } else { (!top, !bottom) };
            out.push(match (top, bottom) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        out.push_str(if colour { PLAIN } else { "" });
        out.push('\n');
    }
    Some(out)
}

fn is_dark(code: &QRCode, row: usize, column: usize) -> bool {
    let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.size);
    inside(row).zip(inside(column)).is_some_and(|(row, column)| code[row][column].value())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a drawn code, quiet zone and all: true is dark.
    fn modules(text: &str, inverse: bool) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        for line in text.lines() {
            let line = line.trim_start_matches(INK).trim_end_matches(PLAIN);
            rows.push(line.chars().map(|c| matches!(c, '█' | '▀') != inverse).collect());
            rows.push(line.chars().map(|c| matches!(c, '█' | '▄') != inverse).collect());
        }
        rows
    }

    #[test]
    fn both_ways_of_drawing_show_the_same_code() {
        let address = "http://192.168.100.200:4870/remote?token=abcdefghijklmnopqrstuv";
        let (coloured, plain) = (qr_code(address, true).unwrap(), qr_code(address, false).unwrap());
        let drawn = modules(&coloured, false);
        assert_eq!(drawn, modules(&plain, true));
        assert!(drawn.iter().all(|row| row.len() == drawn[0].len() && row.len() <= 45), "it fits into 80 columns");
        // The finder at the upper left: a frame of 7, a ring of light, a dark core.
        let row = |at: usize| drawn[QUIET + at][QUIET..QUIET + 8].to_vec();
        assert_eq!(row(0), [true, true, true, true, true, true, true, false]);
        assert_eq!(row(1), [true, false, false, false, false, false, true, false]);
        assert_eq!(row(3), [true, false, true, true, true, false, true, false]);
        assert!(drawn[0].iter().chain(&drawn[1]).all(|dark| !dark), "a quiet edge");
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(qr_code(&"x".repeat(5_000), true), None);
    }
}
