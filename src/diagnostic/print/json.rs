use serde_json::{Map, Value, json};

use super::cells::is_hidden;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};

/// Adds one finding as one line of JSON.
///
/// Keys: `severity`, `code`, `message`, `hints`, `labels` (objects with `message` and a place) and,
/// for a finding with a place, `file`, `line`, `column`, `end_line`, `end_column` (from 1, in
/// characters), `start` and `end` (bytes, from 0).
pub(super) fn write(out: &mut String, found: &Diagnostic, sources: &Sources) {
    let mut object = found.span.map(|span| place(span, sources)).unwrap_or_default();
    let labels: Vec<Value> = found
        .labels
        .iter()
        .map(|(span, text)| {
            let mut label = place(*span, sources);
            label.insert("message".to_owned(), json!(text));
            Value::Object(label)
        })
        .collect();
    object.insert("severity".to_owned(), json!(found.severity.name()));
    object.insert("code".to_owned(), json!(found.code.name));
    object.insert("message".to_owned(), json!(found.message));
    object.insert("hints".to_owned(), json!(found.hints));
    object.insert("labels".to_owned(), Value::Array(labels));
    // Such characters occur in strings only, where an escape means the same.
    for c in Value::Object(object).to_string().chars() {
        if is_hidden(c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.push('\n');
}

fn place(span: Span, sources: &Sources) -> Map<String, Value> {
    let source = sources.get(span.source);
    let (start, end) = (source.location(span.start), source.location(span.end));
    let pairs = [
        ("file", json!(source.name())),
        ("line", json!(start.line)),
        ("column", json!(start.column)),
        ("end_line", json!(end.line)),
        ("end_column", json!(end.column)),
        ("start", json!(span.start)),
        ("end", json!(span.end)),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
