//! Text as it may stand in another notation, for all who write that notation.
//!
//! In: any text. Out: the same text, in which no character is a mark. Formats with rules of their own, such as cards, quizzes
//! and calendars, escape for themselves.

use std::fmt::Write as _;

/// `text` as HTML, in an element or in a quoted attribute; drops the characters that no text may hold.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_html(text, &mut out);
    out
}

/// Adds [`html`] of `text` to `out`.
pub(crate) fn push_html(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' => push_entity(character, out),
            '\'' => out.push_str("&#39;"),
            '\u{fdd0}'..='\u{fdef}' => {}
            '\n' | '\t' => out.push(character),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
}

/// Adds a mark of HTML as the entity that shows it, and any other character as it is.
pub(crate) fn push_entity(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        other => out.push(other),
    }
}

/// `name` as one part of the path in an address.
pub(crate) fn segment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `text` as Markdown within a line; what would begin a heading or a list at the start of a line is left as it is.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' => push_entity(c, &mut out),
            '\\' | '`' | '*' | '_' | '[' | ']' => out.extend(['\\', c]),
            // Marks of some dialects only; not all of them know a backslash before these.
            '~' => out.push_str("&#126;"),
            '$' => out.push_str("&#36;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_mark_any_more() {
        assert_eq!(html("<b a='x' b=\"y\">&\u{7}\u{fdd0}\n"), "&lt;b a=&#39;x&#39; b=&quot;y&quot;&gt;&amp;\n");
        assert_eq!(
            markdown("*a* [b](c) ~d~ $e$ <i> \\"),
            "\\*a\\* \\[b\\](c) &#126;d&#126; &#36;e&#36; &lt;i&gt; \\\\"
        );
    }
}
