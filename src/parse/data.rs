use comrak::nodes::{Node, NodeCodeBlock, NodeValue};
use comrak::{Arena, nodes::AstNode};

use crate::diagnostic::{Diagnostic, code};
use crate::parse::blocks::trim;
use crate::parse::code_info::CodeInfo;
use crate::parse::fragment::Fragment;
use crate::parse::ids::WrittenId;
use crate::parse::quotes::unquoted;
use crate::parse::reader::{Place, Reader, Shared};
use crate::parse::{markdown, words};
use crate::source::Span;
use crate::talk::{Adoption, Inline, InlineKind, Question, RecallItem, Trigger};

/// One `key: value` of a data block.
struct Entry<'r> {
    key: String,
    value: Fragment<'r>,
    span: Span,
}

impl<'r, 'n> Reader<'r, 'n, '_> {
    /// Reads a data block into the slide.
    pub(super) fn data_block(&mut self, info: &CodeInfo, code: &NodeCodeBlock, node: Node<'n>, span: Span) {
        let kind = info.language.clone().unwrap_or_default();
        let line = self.first_line(span);
        let id = info.attributes.id.clone();
        if let Some(id) = id.clone().filter(|_| kind != "qa") {
            self.shared.item_ids.push(WrittenId { id, span: line });
        }
        let entries = self.entries(&kind, code, node.data().sourcepos.start.line + 1, span);
        let mut fields = Fields { kind: kind.clone(), entries, line, shared: &mut *self.shared };
        match kind.as_str() {
            "recall" => {
                let item = fields.recall(id, span);
                self.slide.recall.push(item);
            }
            "trigger" => {
                let item = fields.trigger(id, span);
                self.slide.triggers.push(item);
            }
            "adopt" => {
                let item = fields.adoption(id, span);
                self.slide.adoptions.push(item);
            }
            _ => {
                let item = fields.question(span);
                self.slide.questions.push(item);
            }
        }
    }

    /// The entries of a block; what is none is reported.
    fn entries(&mut self, kind: &str, code: &NodeCodeBlock, first_line: usize, within: Span) -> Vec<Entry<'r>> {
        let mut out: Vec<Entry<'r>> = Vec::new();
        for (index, text) in code.literal.lines().enumerate() {
            let number = first_line + index;
            let start = self.fragment.start_of_tail(number, text);
            let written = self.has_places() && self.fragment.line(number).ends_with(text);
            let (start, end) = if written { (start, start + text.len()) } else { (within.start, within.end) };
            let line = Span::new(within.source, start, end);
            let push = |value: &mut Fragment<'r>, offset: usize| {
                let part = text[offset..].trim();
                let lead = text[offset..].len() - text[offset..].trim_start().len();
                let from = start + offset + lead;
                if written { value.push(from, from + part.len()) } else { value.push_as(part, start, end) }
            };
            if text.trim().is_empty() {
                continue;
            }
            if text.starts_with([' ', '\t'])
                && let Some(entry) = out.last_mut()
            {
                push(&mut entry.value, 0);
                entry.span = entry.span.to(line);
                continue;
            }
            let Some((key, _)) = text.split_once([':', '：']).filter(|(key, _)| is_key(key.trim())) else {
                let message = format!("`{}` is no `key: value`", words::shorten(text));
                let found = Diagnostic::new(&code::INVALID_VALUE, line, message);
                self.report(found.hint("indent the line to go on with the value above it"));
                continue;
            };
            let known = keys(kind);
            if !known.contains(&key.trim()) {
                let at = if written { Span::new(within.source, start, start + key.len()) } else { line };
                let found = Diagnostic::new(&code::UNKNOWN_KEY, at, format!("`{}` is no key of `{kind}`", key.trim()));
                self.report(found.hint(words::suggestion(key.trim(), known)));
                continue;
            }
            let mut value = Fragment::new(self.fragment.source(), self.fragment.file());
            let colon = text[key.len()..].chars().next().map_or(1, char::len_utf8);
            push(&mut value, key.len() + colon);
            out.push(Entry { key: key.trim().to_owned(), value, span: line });
        }
        out.into_iter().map(|entry| Entry { value: unquoted(entry.value), ..entry }).collect()
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The keys that a block of `kind` may have.
fn keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "recall" => &["ask", "answer", "why", "wrong", "variant", "probe"],
        "trigger" => &["when", "means", "do", "see"],
        "adopt" => &["tool", "replaces", "try", "owner", "decide-by", "revisit"],
        _ => &["ask", "answer", "slide"],
    }
}

/// The entries of one block, taken out key by key.
struct Fields<'f, 'r, 's> {
    kind: String,
    entries: Vec<Entry<'r>>,
    line: Span,
    shared: &'f mut Shared<'s>,
}

impl Fields<'_, '_, '_> {
    fn recall(&mut self, id: Option<String>, span: Span) -> RecallItem {
        RecallItem {
            id,
            ask: self.required("ask"),
            answer: self.required("answer"),
            why: self.optional("why"),
            wrong: self.all("wrong"),
            variants: self.all("variant"),
            probe: self.switch("probe"),
            span,
        }
    }

    fn trigger(&mut self, id: Option<String>, span: Span) -> Trigger {
        Trigger {
            id,
            when: self.required("when"),
            means: self.optional("means"),
            action: self.required("do"),
            see: self.optional("see"),
            span,
        }
    }

    fn adoption(&mut self, id: Option<String>, span: Span) -> Adoption {
        Adoption {
            id,
            tool: self.required("tool"),
            replaces: self.optional("replaces"),
            trial: self.optional("try"),
            owner: self.optional("owner"),
            decide_by: self.deadline(),
            revisit: self.optional("revisit"),
            span,
        }
    }

    fn question(&mut self, span: Span) -> Question {
        Question {
            ask: self.required("ask"),
            answer: self.optional("answer"),
            slide: self.plain("slide").map(|(text, _)| text.trim_start_matches('#').to_owned()),
            span,
        }
    }

    /// The values of `key`, in order.
    fn all(&mut self, key: &str) -> Vec<Vec<Inline>> {
        let (mine, rest) =
            std::mem::take(&mut self.entries).into_iter().partition(|entry: &Entry<'_>| entry.key == key);
        self.entries = rest;
        let mine: Vec<Entry<'_>> = mine;
        let values = mine.iter().map(|entry| inline_markdown(&entry.value, entry.span, self.shared));
        values.filter(|value| !value.is_empty()).collect()
    }

    /// The one value of `key`.
    fn optional(&mut self, key: &str) -> Option<Vec<Inline>> {
        self.only(key);
        self.all(key).into_iter().next()
    }

    fn required(&mut self, key: &str) -> Vec<Inline> {
        self.optional(key).unwrap_or_else(|| {
            let message = format!("this `{}` block has no `{key}`", self.kind);
            let found = Diagnostic::new(&code::MISSING_KEY, self.line, message);
            self.shared.diagnostics.push(found.hint(format!("add a line `{key}: …`")));
            Vec::new()
        })
    }

    /// Reports a key that stands here more than once but takes one value.
    fn only(&mut self, key: &str) {
        let places: Vec<Span> = self.entries.iter().filter(|entry| entry.key == key).map(|entry| entry.span).collect();
        for &again in places.iter().skip(1) {
            self.shared.diagnostics.push(
                Diagnostic::new(&code::DUPLICATE_KEY, again, format!("`{key}` stands here twice"))
                    .label(places[0], "first given here")
                    .hint("keep one of the two"),
            );
        }
    }

    /// The value of `key` as written.
    fn plain(&mut self, key: &str) -> Option<(String, Span)> {
        self.only(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let entry = self.entries.remove(at);
        Some((entry.value.text().trim().to_owned(), entry.span)).filter(|(text, _)| !text.is_empty())
    }

    fn switch(&mut self, key: &str) -> bool {
        match self.plain(key) {
            None => false,
            Some((text, _)) if text == "true" || text == "false" => text == "true",
            Some((text, span)) => {
                let found = Diagnostic::new(&code::INVALID_VALUE, span, format!("`{text}` is no value for `{key}`"));
                self.shared.diagnostics.push(found.hint("write `true` or `false`"));
                false
            }
        }
    }

    fn deadline(&mut self) -> Option<String> {
        let (text, span) = self.plain("decide-by")?;
        let days = text.strip_prefix('+').and_then(|rest| rest.strip_suffix(['d', 'w'])).map(str::parse::<u16>);
        if matches!(days, Some(Ok(_))) || text.parse::<jiff::civil::Date>().is_ok() {
            return Some(text);
        }
        let found = Diagnostic::new(&code::INVALID_VALUE, span, format!("`{text}` is no value for `decide-by`"));
        self.shared.diagnostics.push(found.hint("write a date as `2026-12-18` or days after the talk as `+14d`"));
        None
    }
}

/// Reads a value as running text.
pub(super) fn inline_markdown(value: &Fragment<'_>, within: Span, shared: &mut Shared<'_>) -> Vec<Inline> {
    let arena = Arena::new();
    let root = markdown::read(&arena, value.text());
    if let Some(paragraph) = only_paragraph(root) {
        let mut reader = Reader::new(value, root, Place::Note, shared);
        let mut content = reader.inlines(paragraph, within);
        trim(&mut content);
        return content;
    }
    // What would start a list, quote or heading stays text.
    let text = value.text().trim();
    if text.is_empty() {
        return Vec::new();
    }
    vec![Inline { kind: InlineKind::Text(text.split('\n').collect::<Vec<_>>().join(" ")), span: within }]
}

/// The one paragraph of a document that has nothing else.
fn only_paragraph<'n>(root: &'n AstNode<'n>) -> Option<Node<'n>> {
    let mut children = root.children().filter(|node| !matches!(node.data().value, NodeValue::FootnoteDefinition(_)));
    let first = children.next().filter(|node| matches!(node.data().value, NodeValue::Paragraph))?;
    children.next().is_none().then_some(first)
}
