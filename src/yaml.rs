//! YAML with places: the whole text becomes a tree, so that whoever reads it finds every wrong key in one run.
//!
//! In: a stretch of a source text. Out: a [`Node`] whose every key and value knows where it stands. Nesting and
//! aliases are bounded. It must not know what the keys mean.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{SourceId, Span};

/// How deeply values may nest: front matter and themes need four levels.
const MAX_DEPTH: usize = 24;

/// How many keys, values and lists there may be.
const MAX_VALUES: usize = 20_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What was written.
    pub(crate) value: Value,
    /// Where, without blanks behind it.
    pub(crate) span: Span,
}

/// The kinds of value; numbers and switches stay as written until someone asks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// Text, a number or a switch.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the text; a key may come twice.
    Map(Vec<(Node, Node)>),
}

/// A stretch of a text to be read as YAML.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch<'t> {
    /// What it is called in messages, as in `the front matter`.
    pub(crate) what: &'t str,
    /// The text that places are counted in.
    pub(crate) source: SourceId,
    /// The stretch itself.
    pub(crate) text: &'t str,
    /// Where it starts in its source, in bytes.
    pub(crate) start: usize,
}

/// Reads YAML; what can't be read is reported and gives `None`.
pub(crate) fn read(stretch: Stretch<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let Stretch { what, source, text, start } = stretch;
    if let Some(at) = too_deep(text) {
        let at = start + at;
        let span = Span::new(source, at, at + 1);
        let found = Diagnostic::new(&code::NESTING_TOO_DEEP, span, format!("{what} nests too deeply"));
        diagnostics.push(found.hint(format!("values may nest {MAX_DEPTH} levels deep")));
        return None;
    }
    let options = serde_saphyr::options! {
        with_snippet: false,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        merge_keys: serde_saphyr::options::MergeKeyPolicy::AsOrdinary,
        budget: serde_saphyr::budget! {
            max_depth: 40,
            flow_nesting_limit: 40,
            max_nodes: MAX_VALUES,
            max_events: 50_000,
            max_aliases: 200,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 20_000 },
    };
    match serde_saphyr::from_str_with_options::<serde_saphyr::Spanned<Raw>>(text, options) {
        Ok(raw) => Some(place(raw, source, text, start)),
        Err(error) => {
            diagnostics.push(failure(&error, stretch));
            None
        }
    }
}

fn failure(error: &serde_saphyr::Error, Stretch { what, source, text, start }: Stretch<'_>) -> Diagnostic {
    let whole = error.to_string();
    let words = whole.split(" at line ").next().unwrap_or_default().trim();
    let mut message = words.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    if let Some(first) = message.get(..1) {
        message = format!("{}{}", first.to_lowercase(), message.get(1..).unwrap_or_default());
    }
    let at = error.location().map_or(0, |place| {
        let line = usize::try_from(place.line()).unwrap_or(1).max(1);
        let column = usize::try_from(place.column()).unwrap_or(1).max(1);
        let line_start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let rest = &text[line_start..];
        line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
    });
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(source, start + at, start + at + length);
    if message.contains("limit exceeded") || message.contains("budget") {
        if !text.contains('*') {
            return Diagnostic::new(&code::FILE_TOO_LARGE, span, format!("{what} holds more than anybody reads"))
                .hint(format!("it may have {MAX_VALUES} keys and values"));
        }
        return Diagnostic::new(
            &code::NESTING_TOO_DEEP,
            span,
            format!("{what} grows too large when its aliases are filled in"),
        )
        .hint("write the values out instead of using `&` and `*`");
    }
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut starts = 0;
    let tab = text.split_inclusive('\n').find_map(|line| {
        let found = line[..indent(line)].find('\t').map(|at| starts + at);
        starts += line.len();
        found.filter(|_| !line.trim().is_empty())
    });
    if let Some(tab) = tab.filter(|_| message.contains("tab")) {
        let span = Span::new(source, start + tab, start + tab + 1);
        return Diagnostic::new(
            &code::YAML_SYNTAX,
            span,
            format!("{what} is not valid YAML: a tab stands at the start of a line"),
        )
        .hint("indent with spaces");
    }
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    if let Some(wide) = line.find('：').filter(|_| message.contains("key") && !line.contains(": ")) {
        let wide = start + line_start + wide;
        let span = Span::new(source, wide, wide + '：'.len_utf8());
        return Diagnostic::new(
            &code::YAML_SYNTAX,
            span,
            format!("{what} is not valid YAML: this colon is a wide one"),
        )
        .hint("write `:` and a blank behind each key, as `speaker: …`");
    }
    Diagnostic::new(&code::YAML_SYNTAX, span, format!("{what} is not valid YAML: {message}"))
        .hint("put a value that holds `: `, `#` or quotes into quotes: `title: \"a: b\"`")
}

/// Where `text` starts to nest too deeply; counts indents, and brackets where a value may begin.
fn too_deep(text: &str) -> Option<usize> {
    let mut flow = Flow { depth: 0, quote: None, is_escaped: false, is_start: true };
    let mut indents: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        if !content.is_empty() {
            indents.retain(|&outer| outer < indent);
            indents.push(indent);
        }
        let dashes = content.split(' ').take_while(|word| matches!(*word, "-" | "?" | ":")).count();
        flow.is_start = true;
        let mut before = b' ';
        for (offset, byte) in line.bytes().enumerate() {
            if flow.quote.is_none() && byte == b'#' && matches!(before, b' ' | b'\t') {
                break;
            }
            flow.pass(before, byte);
            before = byte;
            if flow.depth + indents.len() + dashes > MAX_DEPTH {
                return Some(at + if line.is_char_boundary(offset) { offset } else { 0 });
            }
        }
        at += line.len();
    }
    None
}

/// How deep brackets nest while a text is passed through; those within words and quotes are no brackets.
struct Flow {
    depth: usize,
    /// The quote that has to come before anything else counts.
    quote: Option<u8>,
    /// Whether the next byte within the quote is taken as it is.
    is_escaped: bool,
    /// Whether a value may begin.
    is_start: bool,
}

impl Flow {
    fn pass(&mut self, before: u8, byte: u8) {
        if let Some(quote) = self.quote {
            let is_escaped = std::mem::take(&mut self.is_escaped);
            match byte {
                b'\\' if quote == b'"' && !is_escaped => self.is_escaped = true,
                _ if byte == quote && !is_escaped => (self.quote, self.is_start) = (None, false),
                _ => {}
            }
            return;
        }
        match byte {
            b'"' | b'\'' if self.is_start => self.quote = Some(byte),
            b'[' | b'{' if self.is_start => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b' ' | b'\t' => self.is_start |= matches!(before, b':' | b'-' | b'?'),
            b',' | b':' if self.depth > 0 => self.is_start = true,
            b'\n' | b'\r' => {}
            b'-' | b'?' if self.is_start => {}
            _ => self.is_start = false,
        }
    }
}

/// Gives every value its place in the file.
fn place(raw: serde_saphyr::Spanned<Raw>, source: SourceId, text: &str, start: usize) -> Node {
    let bytes = raw.referenced.span();
    let from = bytes.byte_offset().and_then(|at| usize::try_from(at).ok()).unwrap_or(0).min(text.len());
    let length = bytes.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let written = text.get(from..(from + length).min(text.len())).unwrap_or_default();
    let span = Span::new(source, start + from, start + from + written.trim_end().len());
    let value = match raw.value {
        Raw::Null => Value::Null,
        // A plain scalar counts as written: `007`, `1.50` and `yes` are texts until read otherwise.
        Raw::Plain(text) if written.trim().is_empty() => Value::Scalar(text),
        Raw::Plain(_) => Value::Scalar(written.trim().to_owned()),
        Raw::Text(text) => Value::Scalar(text),
        Raw::List(items) => Value::List(items.into_iter().map(|item| place(item, source, text, start)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, item)| (place(key, source, text, start), place(item, source, text, start)))
                .collect(),
        ),
    };
    let span = match &value {
        Value::List(items) => items.last().map_or(span, |last| cover(span, last.span)),
        Value::Map(entries) => match (entries.first(), entries.last()) {
            (Some((first, _)), Some((_, last))) => cover(first.span, last.span),
            _ => span,
        },
        _ => span,
    };
    Node { value, span }
}

/// Both places, or the first when the second was written before it (an alias).
fn cover(first: Span, last: Span) -> Span {
    if last.start >= first.start { first.to(last) } else { first }
}

/// A value as serde hands it over.
enum Raw {
    Null,
    Plain(String),
    Text(String),
    List(Vec<serde_saphyr::Spanned<Raw>>),
    Map(Vec<(serde_saphyr::Spanned<Raw>, serde_saphyr::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Plain(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Text(String::from_utf8_lossy(value).into_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Raw::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(key) = entries.next_key()? {
            out.push((key, entries.next_value()?));
        }
        Ok(Raw::Map(out))
    }
}
