//! YAML as a tree whose every key and value knows its place.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Diagnostic, code};
use crate::source::{SourceId, Sources, Span, Spanned};

/// A value and where it was written.
pub(super) type Node = Spanned<Value>;

/// The kinds of value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// Text, a number or a truth value, as written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Map(Vec<(Spanned<String>, Node)>),
}

/// Reads the whole of `source`.
///
/// # Errors
/// `yaml-syntax`, at the place where reading stopped. Aliases and nesting are bounded by the reader.
pub(super) fn read(sources: &Sources, source: SourceId) -> Result<Node, Diagnostic> {
    let text = sources.get(source).text();
    let place = Place { sources, source };
    match serde_saphyr::from_str::<serde_saphyr::Spanned<Raw>>(text) {
        Ok(raw) => Ok(place.node(raw)),
        Err(error) => {
            let span = error.location().map_or_else(|| Span::new(source, 0, 0), |at| place.span(at));
            let message = error.without_snippet().to_string();
            let first = message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
            Err(Diagnostic::new(&code::YAML_SYNTAX, span, first))
        }
    }
}

/// Turns the reader's places into spans.
struct Place<'a> {
    sources: &'a Sources,
    source: SourceId,
}

impl Place<'_> {
    fn node(&self, raw: serde_saphyr::Spanned<Raw>) -> Node {
        let span = self.span(raw.referenced);
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Text(text) => Value::Scalar(text),
            // `1.0` must not become `1`.
            Raw::Number(text) => match self.sources.snippet(span).trim() {
                "" => Value::Scalar(text),
                written => Value::Scalar(written.to_owned()),
            },
            Raw::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            Raw::Map(pairs) => Value::Map(
                pairs
                    .into_iter()
                    .map(|(key, value)| (Spanned::new(key.value, self.span(key.referenced)), self.node(value)))
                    .collect(),
            ),
        };
        Spanned::new(value, span)
    }

    fn span(&self, at: serde_saphyr::Location) -> Span {
        let text = self.sources.get(self.source).text();
        let clamp = |offset: Option<u64>| offset.and_then(|offset| usize::try_from(offset).ok());
        let start = clamp(at.span().byte_offset()).unwrap_or_else(|| {
            let number = |value: u64| usize::try_from(value).unwrap_or(1);
            self.sources.get(self.source).offset(number(at.line()), number(at.column()))
        });
        let end = start.saturating_add(clamp(at.span().byte_len()).unwrap_or(0));
        let floor = |mut offset: usize| {
            offset = offset.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let (start, end) = (floor(start), floor(end));
        Span::new(self.source, start, end.max(start))
    }
}

/// A value as the YAML reader gives it.
enum Raw {
    Null,
    Text(String),
    Number(String),
    List(Vec<serde_saphyr::Spanned<Raw>>),
    Map(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Raw::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(pair) = pairs.next_entry()? {
            out.push(pair);
        }
        Ok(Raw::Map(out))
    }
}
