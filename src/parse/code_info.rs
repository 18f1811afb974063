use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::parse::attributes::{self, unused};
use crate::source::Span;
use crate::talk::{Attributes, LineRange};

/// The words after the marks of a code fence, read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CodeInfo {
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) first_number: Option<u64>,
    pub(super) highlights: Vec<Vec<LineRange>>,
    pub(super) attributes: Attributes,
}

const WORDS: [&str; 3] = ["title", "lines", "start"];

/// Reads `sql {1,3-5|7} title="slow.sql" lines start=10`; `span` is the fence's line.
pub(super) fn read(info: &str, span: Span, diagnostics: &mut Diagnostics) -> CodeInfo {
    let mut found = CodeInfo::default();
    let mut rest = info.trim();
    let end = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
    if end > 0 && !rest.starts_with(['#', '.']) && !rest[..end].contains('=') {
        found.language = Some(rest[..end].to_owned());
        rest = &rest[end..];
    }
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        rest = if rest.starts_with('{') {
            found.braces(rest, span, diagnostics)
        } else {
            found.word(rest, span, diagnostics)
        };
    }
}

impl CodeInfo {
    /// Takes in `{…}`: lines to light, or attributes.
    fn braces<'i>(&mut self, text: &'i str, span: Span, diagnostics: &mut Diagnostics) -> &'i str {
        if let Some((found, end)) = attributes::read(text) {
            self.attributes.id = found.id.or(self.attributes.id.take());
            self.attributes.classes.extend(found.classes);
            for (key, value) in found.pairs {
                self.pair(&key, value, span, diagnostics);
            }
            return &text[end..];
        }
        let end = text.find('}').map_or(text.len(), |at| at + 1);
        let inside = text[1..end].trim_end_matches('}');
        match stages(inside) {
            Some(stages) => self.highlights = stages,
            None if inside.contains('=') || inside.starts_with(['#', '.']) => diagnostics.push(
                Diagnostic::new(&code::INVALID_VALUE, span, format!("`{{{inside}}}` can't be read"))
                    .hint("write attributes as `{#id .class title=\"…\"}`, and close each quote"),
            ),
            None => diagnostics.push(
                Diagnostic::new(&code::INVALID_VALUE, span, format!("`{{{inside}}}` does not name lines"))
                    .hint("write lines as `{1,3-5}`, click steps as `{1|2-3|all}`"),
            ),
        }
        &text[end..]
    }

    /// Takes in a word, with its value if it has one.
    fn word<'i>(&mut self, text: &'i str, span: Span, diagnostics: &mut Diagnostics) -> &'i str {
        let end = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len()).max(1);
        let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        if let Some(written) = rest.strip_prefix('=') {
            if let Some(quote) = attributes::closing_quote(written) {
                return self.quoted(word, written, quote, span, diagnostics);
            }
            if let Some((value, rest)) = attributes::value(written) {
                self.pair(word, value, span, diagnostics);
                return rest;
            }
        }
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            self.attributes.id = Some(id.to_owned());
        } else if let Some(class) = word.strip_prefix('.').filter(|class| !class.is_empty()) {
            self.attributes.classes.push(class.to_owned());
        } else if word == "lines" {
            self.first_number = self.first_number.or(Some(1));
        } else {
            diagnostics.push(unused(word, "a code fence", &WORDS, span));
        }
        rest
    }

    /// Takes in the value of `key` that starts `text` with a quote; one that is not closed, or closed too early, is
    /// reported and taken as it was meant.
    fn quoted<'i>(
        &mut self,
        key: &str,
        text: &'i str,
        quote: char,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> &'i str {
        let opening = text.chars().next().map_or(0, char::len_utf8);
        let read = attributes::value(text);
        let (why, end) = match read {
            Some((value, rest)) if rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '{') => {
                self.pair(key, value, span, diagnostics);
                return rest;
            }
            Some(_) => ("has a quote within that ends it too early", text.rfind(quote).unwrap_or(text.len())),
            None => ("starts with a quote that is never closed", text.len()),
        };
        diagnostics.push(
            Diagnostic::new(&code::INVALID_VALUE, span, format!("`{key}=` {why}"))
                .hint(format!("write `{key}=\"…\"`, and a quote within as `\\\"`")),
        );
        self.pair(key, text[opening..end].to_owned(), span, diagnostics);
        text[end..].strip_prefix(quote).unwrap_or_default()
    }

    fn pair(&mut self, key: &str, value: String, span: Span, diagnostics: &mut Diagnostics) {
        match key {
            "title" => self.title = Some(value),
            "lines" => match value.as_str() {
                "true" => self.first_number = self.first_number.or(Some(1)),
                "false" => self.first_number = None,
                _ => diagnostics.push(bad(key, &value, "write `lines` alone to number the lines", span)),
            },
            "start" => match value.parse() {
                Ok(number) => self.first_number = Some(number),
                Err(_) => diagnostics.push(bad(key, &value, "write the number of the first line: `start=10`", span)),
            },
            _ => diagnostics.push(unused(&format!("{key}="), "a code fence", &WORDS, span)),
        }
    }

    /// Warns about lit lines that the code does not have.
    pub(super) fn check_lines(&self, count: usize, span: Span, diagnostics: &mut Diagnostics) {
        let last = self.highlights.iter().flatten().flatten().map(|&(_, last)| last).max();
        if let Some(last) = last.filter(|&last| last > count) {
            let message = format!("line {last} is to be lit, but the code ends at line {count}");
            diagnostics.push(Diagnostic::new(&code::INVALID_VALUE, span, message).hint("count lines from 1"));
        }
    }
}

fn bad(key: &str, value: &str, hint: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&code::INVALID_VALUE, span, format!("`{value}` is no value for `{key}`")).hint(hint)
}

/// The lines lit at each stage: `1,3-5|7|all`.
fn stages(text: &str) -> Option<Vec<Vec<LineRange>>> {
    text.split('|').map(|stage| stage.split(',').map(range).collect()).collect()
}

fn range(text: &str) -> Option<LineRange> {
    let text = text.trim();
    if matches!(text, "all" | "*") {
        return Some(None);
    }
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last && last < 1_000_000).then_some(Some((first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_stages() {
        assert_eq!(stages("1,3-5|7|all"), Some(vec![vec![Some((1, 1)), Some((3, 5))], vec![Some((7, 7))], vec![None]]));
        for text in ["", "0", "5-3", "a", "1|", "1,,2"] {
            assert_eq!(stages(text), None, "{text}");
        }
    }
}
