use crate::parse::fragment::Fragment;

/// The value without the pair of quotes around it, as whoever knows YAML writes them: `"…"`, in which `\"` is a quote,
/// or `'…'`, in which `''` is one. Any other value stays as it is, also one that only starts and ends with quotations.
pub(super) fn unquoted(value: Fragment<'_>) -> Fragment<'_> {
    let text = value.text().trim_end_matches('\n');
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return value };
    let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if !inner.is_some_and(|inner| is_one(inner, quote)) {
        return value;
    }
    let mut out = Fragment::new(value.source(), value.file());
    let last = text.split('\n').count();
    for (line, number) in text.split('\n').zip(1..) {
        let cut = (usize::from(number == 1), usize::from(number == last));
        let part = &line[cut.0..line.len() - cut.1];
        let plain = if quote == '"' { part.replace("\\\"", "\"") } else { part.replace("''", "'") };
        let (start, end) = value.origin(number);
        if value.line(number) == line && plain == part {
            out.push(start + cut.0, end - cut.1);
        } else {
            out.push_as(&plain, start, end);
        }
    }
    out
}

/// Whether no quote within `text` ends the quotation.
fn is_one(text: &str, quote: char) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escaped = match c {
            '\\' if quote == '"' => chars.next().is_some(),
            _ if c != quote => true,
            '\'' => chars.next_if_eq(&'\'').is_some(),
            _ => false,
        };
        if !is_escaped {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn takes_off_one_pair() {
        for (written, meant) in [
            (r#""3.2×""#, "3.2×"),
            ("'3.2×'", "3.2×"),
            (r#""a \"b\" c""#, r#"a "b" c"#),
            ("'don''t'", "don't"),
            (r#""""#, ""),
            ("\"two\nlines\"", "two\nlines"),
            (r#""a" and "b""#, r#""a" and "b""#),
            ("'don't'", "'don't'"),
            (r#""open"#, r#""open"#),
            (r#""open\""#, r#""open\""#),
            (r#""a\\""#, r"a\\"),
            ("\"", "\""),
            ("", ""),
            ("“x”", "“x”"),
        ] {
            let source = Sources::default().add("x", written.to_owned());
            let mut value = Fragment::new(source, written);
            let mut start = 0;
            for line in written.split('\n') {
                value.push(start, start + line.len());
                start += line.len() + 1;
            }
            assert_eq!(unquoted(value).text().trim_end_matches('\n'), meant, "{written}");
        }
    }
}
