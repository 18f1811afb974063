use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::talk::Attributes;

/// Reads `{#id .class key=value}` at the start of `text`; gives the attributes and the byte after the
/// closing brace. Values may be quoted; ids and classes may hold any letters.
pub(super) fn read(text: &str) -> Option<(Attributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut found = Attributes::default();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('}') {
            return Some((found, text.len() - after.len()));
        }
        if let Some(after) = rest.strip_prefix('#') {
            let (word, after) = name(after)?;
            found.id = Some(word.to_owned());
            rest = after;
        } else if let Some(after) = rest.strip_prefix('.') {
            let (word, after) = name(after)?;
            found.classes.push(word.to_owned());
            rest = after;
        } else {
            let (key, after) = name(rest)?;
            let (value, after) = value(after.strip_prefix('=')?)?;
            found.pairs.push((key.to_owned(), value));
            rest = after;
        }
    }
}

/// Cuts attributes off the end of `text`; what is before them comes first.
pub(super) fn split_trailing(text: &str) -> (&str, Option<Attributes>) {
    let trimmed = text.trim_end();
    if !trimmed.ends_with('}') {
        return (text, None);
    }
    for (at, _) in trimmed.rmatch_indices('{').take(8) {
        if let Some((attributes, end)) = read(&trimmed[at..])
            && at + end == trimmed.len()
        {
            return (trimmed[..at].trim_end(), Some(attributes));
        }
    }
    (text, None)
}

/// An id, class or key at the start of `text`, and the rest.
fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '/'))).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A bare or quoted value at the start of `text`, and the rest.
pub(super) fn value(text: &str) -> Option<(String, &str)> {
    let Some(quote) = closing_quote(text) else {
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '}' | '{')).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut out = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            // As in Markdown: before a letter, as in `C:\dir`, it is itself.
            '\\' if text[at + 1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(chars.next().map(|(_, c)| c));
            }
            _ if c == quote => return Some((out, &text[at + c.len_utf8()..])),
            _ => out.push(c),
        }
    }
    None
}

/// The quote that ends the quotation that `text` starts with.
pub(super) fn closing_quote(text: &str) -> Option<char> {
    match text.chars().next()? {
        quote @ ('"' | '\'') => Some(quote),
        '“' => Some('”'),
        _ => None,
    }
}

/// Takes over what comrak has read.
pub(super) fn from_comrak(found: Option<&comrak::nodes::Attributes>) -> Attributes {
    found.map_or_else(Attributes::default, |found| Attributes {
        id: found.id.clone(),
        classes: found.classes.clone(),
        pairs: found.pairs.clone(),
    })
}

/// Whether `length` is a CSS length that widths and heights may have.
pub(super) fn is_length(length: &str) -> bool {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &length[number.len()..];
    number.parse::<f64>().is_ok_and(|n| n.is_finite() && n > 0.0)
        && matches!(unit, "%" | "px" | "pt" | "em" | "rem" | "cm" | "mm" | "in" | "vw" | "vh")
}

/// Warns about keys that nothing reads. `on` names the thing, with its article.
pub(super) fn warn_unused(found: &Attributes, used: &[&str], on: &str, span: Span, diagnostics: &mut Diagnostics) {
    for (key, _) in found.pairs.iter().filter(|(key, _)| !used.contains(&key.as_str())) {
        diagnostics.push(unused(&format!("{key}="), on, used, span));
    }
}

/// The warning that `word` has no effect on a thing.
pub(super) fn unused(word: &str, on: &str, used: &[&str], span: Span) -> Diagnostic {
    let found = Diagnostic::new(&code::UNUSED_ATTRIBUTE, span, format!("`{word}` has no effect on {on}"));
    match crate::diagnostic::did_you_mean(word.trim_end_matches('='), used.iter().copied()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None if used.is_empty() => found.hint("remove it; only `#id` and `.class` count here"),
        None => found.hint(format!("remove it; what counts here is {}", super::words::either(used))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ids_classes_and_pairs() {
        let (found, end) = read("{#症状 .a .b width=40% title=\"x \\\"y\\\" }\"} rest").unwrap_or_default();
        assert_eq!(found.id.as_deref(), Some("症状"));
        assert_eq!(found.classes, ["a", "b"]);
        assert_eq!(found.get("width"), Some("40%"));
        assert_eq!(found.get("title"), Some("x \"y\" }"));
        assert_eq!(value(r#""C:\dir\\" x"#), Some((r"C:\dir\".to_owned(), " x")));
        assert_eq!(value("“a b” x"), Some(("a b".to_owned(), " x")));
        assert_eq!(end, "{#症状 .a .b width=40% title=\"x \\\"y\\\" }\"}".len());
        for text in ["{", "{#}", "{x}", "{=}", "x", "{a=\"b}", "{a=}"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn knows_css_lengths() {
        assert!(is_length("60%") && is_length("1.5em"));
        assert!(!is_length("60") && !is_length("-1px") && !is_length("1px;color:red") && !is_length(""));
    }
}
