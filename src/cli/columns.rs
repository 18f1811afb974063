//! Text in columns, as a terminal shows them: Chinese takes two a character.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::diagnostic::print::visible;

/// `text` in exactly `width` columns.
pub(super) fn fit(text: &str, width: usize) -> String {
    let text = visible(text);
    let mut out = String::new();
    if text.width() <= width {
        out.push_str(&text);
    } else {
        let mut used = 1;
        for c in text.chars() {
            used += c.width().unwrap_or(0);
            if used > width {
                break;
            }
            out.push(c);
        }
        out.push('…');
    }
    let missing = width.saturating_sub(out.width());
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Seconds as minutes and seconds, or hours, minutes and seconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a talk's length")]
pub(super) fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A difference in seconds as minutes and seconds with its sign.
pub(super) fn signed(seconds: f64) -> String {
    let sign = if seconds.round() < 0.0 { "−" } else { "+" };
    format!("{sign}{}", clock(seconds.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_take_the_columns_that_terminals_draw() {
        for text in ["锁", "a", "先看等待事件，再看语句", "aa先看等待事件，再看语句", "long enough to be cut"]
        {
            assert_eq!(fit(text, 12).width(), 12, "{text}");
        }
        assert_eq!(fit("锁 a", 6), "锁 a  ");
        assert_eq!(fit("先看等待", 6), "先看… ");
    }
}
