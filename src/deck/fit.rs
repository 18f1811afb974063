//! The width of large text, and the size of a heading that fills its line.

use unicode_width::UnicodeWidthChar as _;

/// The space left and right of a slide's content, in CSS pixels, of both sides together.
const MARGINS: f32 = 160.0;
/// The largest size, in CSS pixels.
const LARGEST: f32 = 200.0;
/// The smallest size, in CSS pixels; longer headings break.
const SMALLEST: f32 = 40.0;

/// Pixels per em at which `text` fills a line of a slide `slide_width` pixels wide.
#[allow(clippy::cast_precision_loss, reason = "a slide is at most a few thousand pixels wide")]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value lies between two small limits")]
pub(super) fn font_size(text: &str, slide_width: u32) -> u32 {
    let width = width(text);
    let space = (slide_width as f32 - MARGINS).max(SMALLEST);
    (space / width.max(0.5)).clamp(SMALLEST, LARGEST).floor() as u32
}

/// About the width of bold `text` in em, never less than it is in the sans of the themes.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(advance).sum()
}

/// About the advance of a bold character in em, rounded up so that a line never breaks.
fn advance(character: char) -> f32 {
    match character {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 0.32,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'A'..='Z' => 0.76,
        _ if character.width() == Some(2) => 1.0,
        _ if character.width() == Some(0) => 0.0,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests {
    use super::font_size;

    #[test]
    fn long_headings_are_smaller_and_short_ones_stop_at_the_limit() {
        assert_eq!(font_size("OK", 1280), 200);
        assert_eq!(font_size("连接风暴是怎么来的", 1280), 124);
        assert!(font_size(&"long ".repeat(100), 1280) == 40);
        assert_eq!(font_size("", 1280), 200);
    }
}
