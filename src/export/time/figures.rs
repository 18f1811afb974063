//! Times and texts as the page writes them.

use unicode_width::UnicodeWidthChar as _;

pub(super) use crate::diagnostic::{clock_of as clock, signed_clock as signed};
use crate::escape::html;
use crate::timing::Band;

/// From when to when eight of ten end.
pub(super) fn range(band: Band) -> String {
    format!("{}–{}", clock(band.p10), clock(band.p90))
}

/// How a time stands against what is planned: `within`, `near` up to a tenth more, `over`; none without a plan.
pub(super) fn standing(time: f64, planned: Option<f64>) -> &'static str {
    match planned {
        None => "",
        Some(planned) if time.round() <= planned.round() => "within",
        Some(planned) if time <= planned * 1.1 => "near",
        Some(_) => "over",
    }
}

/// `text` as it may stand in an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    html(&text.chars().filter(|c| !turns(*c)).collect::<String>())
}

/// Whether a character turns the direction of what follows it.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` cut at `columns`, of which a wide character takes two; whether something is missing.
pub(super) fn cut(text: &str, columns: usize) -> (&str, bool) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            return (&text[..at], true);
        }
    }
    (text, false)
}
