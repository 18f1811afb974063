//! Text in columns, as a terminal shows them: Chinese takes two a character.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::diagnostic::print::visible;
pub(super) use crate::diagnostic::{clock_of as clock, signed_clock as signed};

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
