use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::parse::words::{shorten, suggestion};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Value};

/// The keys of one YAML map, taken out one by one; what stays is unknown.
pub(super) struct Keys<'d> {
    entries: Vec<(String, Node)>,
    places: BTreeMap<String, Span>,
    pub(super) span: Span,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl<'d> Keys<'d> {
    /// The entries of `node`; a key given twice is reported, and its last value counts.
    pub(super) fn new(node: Node, what: &str, diagnostics: &'d mut Diagnostics) -> Self {
        let span = node.span;
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let found = match node.value {
            Value::Map(found) => found,
            Value::Null => Vec::new(),
            _ => {
                let found =
                    Diagnostic::new(&code::INVALID_VALUE, span, format!("{what} is made of `key: value` lines"));
                diagnostics.push(found.hint("write one `key: value` a line, with a blank after the colon"));
                Vec::new()
            }
        };
        for (key, value) in found {
            let Value::Scalar(name) = key.value else {
                diagnostics.push(
                    Diagnostic::new(&code::UNKNOWN_KEY, key.span, "a key must be a word").hint("write `key: value`"),
                );
                continue;
            };
            if let Some(&before) = places.get(&name) {
                let found = Diagnostic::new(&code::DUPLICATE_KEY, key.span, format!("`{name}` stands here twice"));
                diagnostics.push(found.label(before, "first given here").hint("keep one of the two"));
                entries.retain(|(known, _)| *known != name);
            }
            places.insert(name.clone(), key.span);
            entries.push((
                name,
                Node {
                    value: value.value,
                    span: if value.span.start == value.span.end { key.span } else { value.span },
                },
            ));
        }
        Self { entries, places, span, diagnostics }
    }

    /// Takes the value of `key` out; none when it is empty.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.entries.iter().position(|(name, _)| name == key)?;
        let (_, node) = self.entries.remove(at);
        Some(node).filter(|node| node.value != Value::Null)
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        if let Value::Scalar(text) = node.value {
            // YAML can write any control character as an escape.
            let text: String = text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
            Some(Spanned::new(text, node.span)).filter(|text| !text.value.is_empty())
        } else {
            self.invalid(key, &node, "write one text here");
            None
        }
    }

    /// What `read` makes of a text; reported with `hint` when that is nothing.
    pub(super) fn read<T>(
        &mut self,
        key: &str,
        hint: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        let value = read(&text.value);
        if value.is_none() {
            let found = Diagnostic::new(
                &code::INVALID_VALUE,
                text.span,
                format!("`{}` is no value for `{key}`", shorten(&text.value)),
            );
            self.diagnostics.push(found.hint(hint));
        }
        value.map(|value| Spanned::new(value, text.span))
    }

    /// A length of time, or what else `read` makes of a text or gives advice about; a key without a value is reported.
    pub(super) fn time<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<Spanned<T>> {
        let at = self.entries.iter().position(|(name, _)| name == key)?;
        let (_, node) = self.entries.remove(at);
        let text = match &node.value {
            Value::Scalar(text) => text.trim(),
            _ => "",
        };
        match read(text) {
            Ok(value) => Some(Spanned::new(value, node.span)),
            Err(advice) => {
                let is_empty = matches!(node.value, Value::Scalar(_)) && text.is_empty();
                let value = if is_empty { Value::Null } else { node.value };
                self.invalid(key, &Node { value, span: node.span }, &advice);
                None
            }
        }
    }

    /// A list of texts; one text counts as a list of one.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let items = match node.value {
            Value::List(items) => items,
            _ => vec![node],
        };
        let mut out = Vec::new();
        for item in items {
            match item.value {
                Value::Scalar(text) => out.push(Spanned::new(text, item.span)),
                Value::Null => {}
                _ => self.invalid(key, &item, "write a list of texts: `[a, b]`"),
            }
        }
        out
    }

    /// A map from texts to texts.
    pub(super) fn table(&mut self, key: &str) -> BTreeMap<String, String> {
        let Some(node) = self.take(key) else { return BTreeMap::new() };
        let span = node.span;
        let Value::Map(entries) = node.value else {
            self.invalid(key, &Node { value: node.value, span }, "write `word: meaning` lines beneath it");
            return BTreeMap::new();
        };
        let mut out = BTreeMap::new();
        for (name, value) in entries {
            match (name.value, value.value) {
                (Value::Scalar(name), Value::Scalar(text)) => {
                    out.insert(name, text);
                }
                (Value::Scalar(name), Value::Null) => {
                    out.insert(name, String::new());
                }
                (_, value_kind) => {
                    self.invalid(key, &Node { value: value_kind, span: value.span }, "write one text for each word");
                }
            }
        }
        out
    }

    /// The finding that a value is none for `key`.
    pub(super) fn invalid(&mut self, key: &str, node: &Node, hint: &str) {
        let message = match &node.value {
            Value::Scalar(text) => format!("`{}` is no value for `{key}`", shorten(text)),
            Value::List(_) => format!("`{key}` takes no list here"),
            Value::Map(_) => format!("`{key}` takes no keys here"),
            Value::Null => format!("`{key}` needs a value"),
        };
        self.diagnostics.push(Diagnostic::new(&code::INVALID_VALUE, node.span, message).hint(hint));
    }

    /// Warns about keys that are known but have no counterpart.
    pub(super) fn leave_out(&mut self, keys: &[&str]) {
        for key in keys {
            if let Some(at) = self.entries.iter().position(|(name, _)| name == key) {
                self.entries.remove(at);
                let span = self.places.get(*key).copied().unwrap_or(self.span);
                let mut found = Diagnostic::new(&code::UNKNOWN_KEY, span, format!("`{key}` has no counterpart here"));
                found.severity = Severity::Warning;
                self.diagnostics.push(found.hint("it is left out; the talk is built without it"));
            }
        }
    }

    /// Reports a talk of `tool`, which has a key that is `own` to it, once, and takes all keys that may come from there.
    pub(super) fn foreign(&mut self, tool: &str, own: &[&str], shared: &[&str]) {
        let Some((key, _)) = self.entries.iter().find(|(name, _)| own.contains(&name.as_str())) else { return };
        let span = self.places.get(key).copied().unwrap_or(self.span);
        let message = format!("`{key}` is a key of {tool}, and talks of {tool} can't be read as they are");
        let found = Diagnostic::new(&code::UNSUPPORTED_DIALECT, span, message);
        let hint = "take such keys, front matter of slides and components out; most Markdown can stay";
        self.diagnostics.push(found.hint(hint));
        self.entries.retain(|(name, _)| !own.contains(&name.as_str()) && !shared.contains(&name.as_str()));
    }

    /// Reports every key that nothing took; `what` names the map.
    pub(super) fn finish(self, what: &str, known: &[&str]) {
        for (name, _) in &self.entries {
            let span = self.places.get(name).copied().unwrap_or(self.span);
            let found = Diagnostic::new(&code::UNKNOWN_KEY, span, format!("`{}` is no key of {what}", shorten(name)));
            self.diagnostics.push(found.hint(suggestion(name, known)));
        }
    }
}
