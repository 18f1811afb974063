//! Invisible characters that make browsers and the layout engine break lines at the same places.

use unicode_script::{Script, UnicodeScript as _};

/// Forbids a line break.
const WORD_JOINER: char = '\u{2060}';
/// Allows a line break.
const BREAK: char = '\u{200b}';

/// `text` with a word joiner after each slash within a word and a break opportunity on the outer side of
/// curly quotes that touch Chinese or Japanese.
pub(super) fn normalize(text: &str) -> String {
    if !text.contains(['/', '“', '”']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        if character == '“' && before.is_some_and(is_ideograph) {
            out.push(BREAK);
        }
        out.push(character);
        let in_word = |side: Option<char>| side.is_some_and(|side| side.is_ascii_graphic());
        if character == '/' && in_word(before) && in_word(after) {
            out.push(WORD_JOINER);
        }
        if character == '”' && after.is_some_and(is_ideograph) {
            out.push(BREAK);
        }
        before = Some(character);
    }
    out
}

fn is_ideograph(character: char) -> bool {
    matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn slashes_bind_and_quotes_part() {
        for (text, expected) in [
            ("I/O", "I/\u{2060}O"),
            ("读/写", "读/写"),
            ("a / b", "a / b"),
            ("他说“好”吗", "他说\u{200b}“好”\u{200b}吗"),
            ("“好”，", "“好”，"),
        ] {
            assert_eq!(normalize(text), expected);
        }
    }
}
