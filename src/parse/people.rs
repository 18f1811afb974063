//! The parts of the front matter that have keys of their own: speakers, audience, timing, questions, recall.

use crate::diagnostic::{Diagnostic, code};
use crate::parse::data::inline_markdown;
use crate::parse::duration;
use crate::parse::fragment::Fragment;
use crate::parse::keys::Keys;
use crate::parse::reader::Shared;
use crate::source::Spanned;
use crate::talk::{Audience, Inline, Level, NotesStyle, Question, Rates, RecallPlan, Speaker, Timing};
use crate::yaml::{Node, Value};

/// `speaker:`, or `author:` as neighbours call it: a text, a map or a list of either.
pub(super) fn speakers(keys: &mut Keys<'_>) -> Vec<Speaker> {
    let author = keys.take("author");
    let Some(node) = keys.take("speaker").or(author) else { return Vec::new() };
    let items = match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
    let mut out = Vec::new();
    for item in items {
        let span = item.span;
        match item.value {
            Value::Scalar(name) => out.push(Speaker { name, ..Speaker::default() }),
            Value::Map(_) => {
                let mut inner = Keys::new(item, "a speaker", keys.diagnostics);
                let name = inner.text("name").map(plain);
                if name.is_none() {
                    let found = Diagnostic::new(&code::MISSING_KEY, span, "this speaker has no `name`");
                    inner.diagnostics.push(found.hint("add `name: …`"));
                }
                let (role, contact) = (inner.text("role").map(plain), inner.text("contact").map(plain));
                inner.finish("a speaker", &["name", "role", "contact"]);
                out.push(Speaker { name: name.unwrap_or_default(), role, contact });
            }
            _ => keys.invalid("speaker", &item, "write a name, or `name:`, `role:` and `contact:`"),
        }
    }
    out
}

/// `audience:`: a text or a map.
pub(super) fn audience(keys: &mut Keys<'_>) -> Option<Audience> {
    let node = keys.take("audience")?;
    if let Value::Scalar(who) = node.value {
        return Some(Audience { level: preset(&who), who: Some(who), ..Audience::default() });
    }
    let mut inner = Keys::new(node, "`audience`", keys.diagnostics);
    let level = |text: &str| match text {
        "expert" => Some(Level::Expert),
        "familiar" => Some(Level::Familiar),
        "mixed" => Some(Level::Mixed),
        "new" => Some(Level::New),
        "non-technical" => Some(Level::NonTechnical),
        _ => None,
    };
    let found = Audience {
        who: inner.text("who").map(plain),
        level: inner
            .read("level", "write `expert`, `familiar`, `mixed`, `new` or `non-technical`", level)
            .map(|level| level.value),
        knows: inner.texts("knows").into_iter().map(plain).collect(),
        size: inner.read("size", "write a number of people", |text| text.parse().ok()).map(|size| size.value),
    };
    inner.finish("`audience`", &["who", "level", "knows", "size"]);
    let level = found.level.or_else(|| found.who.as_deref().and_then(preset));
    Some(Audience { level, ..found })
}

/// What an audience that is called by a preset's name knows.
fn preset(who: &str) -> Option<Level> {
    match who {
        "team" => Some(Level::Familiar),
        "engineering" => Some(Level::Mixed),
        "company" => Some(Level::NonTechnical),
        _ => None,
    }
}

/// `timing:`.
pub(super) fn timing(keys: &mut Keys<'_>) -> Timing {
    let Some(node) = keys.take("timing") else { return Timing::default() };
    let mut inner = Keys::new(node, "`timing`", keys.diagnostics);
    let style = |text: &str| match text {
        "auto" => Some(NotesStyle::Auto),
        "script" => Some(NotesStyle::Script),
        "cues" => Some(NotesStyle::Cues),
        _ => None,
    };
    let rates = inner.take("rates");
    let found = Timing {
        qa: inner.time("qa", duration::share).map(|qa| qa.value),
        setup: inner.time("setup", duration::length_or_nothing).map(|setup| setup.value),
        notes: inner
            .read("notes", "write `auto`, `script` or `cues`", style)
            .map(|style| style.value)
            .unwrap_or_default(),
        rates: rates.map(|node| speaking_rates(node, &mut inner)).unwrap_or_default(),
        say: inner.table("say"),
    };
    inner.finish("`timing`", &["qa", "setup", "notes", "rates", "say"]);
    found
}

fn speaking_rates(node: Node, keys: &mut Keys<'_>) -> Rates {
    let mut inner = Keys::new(node, "`rates`", keys.diagnostics);
    let mut rate = |key: &str| {
        let read = |text: &str| text.parse().ok().filter(|rate: &f64| (1.0..=2000.0).contains(rate));
        inner.read(key, "write how many a minute: `200`", read).map(|rate| rate.value)
    };
    let found = Rates { han: rate("han"), word: rate("word"), kana: rate("kana"), hangul: rate("hangul") };
    inner.finish("`rates`", &["han", "word", "kana", "hangul"]);
    found
}

/// `recall:`.
pub(super) fn recall(keys: &mut Keys<'_>) -> Option<RecallPlan> {
    let node = keys.take("recall")?;
    let mut inner = Keys::new(node, "`recall`", keys.diagnostics);
    let mut schedule = Vec::new();
    for day in inner.texts("schedule") {
        match days(&day.value) {
            Some(days) => schedule.push(Spanned::new(days, day.span)),
            None => inner.invalid(
                "schedule",
                &Node { value: Value::Scalar(day.value), span: day.span },
                "write days after the talk: `[2d, 7d, 30d]`",
            ),
        }
    }
    let found = RecallPlan {
        id: inner.text("id").map(plain),
        schedule,
        contact: inner.text("contact").map(plain),
        owner: inner.text("owner").map(plain),
        link: inner
            .read("link", "write a whole address: `https://wiki.example/talks/rds/follow-up.html`", address)
            .map(plain),
    };
    inner.finish("`recall`", &["id", "schedule", "contact", "owner", "link"]);
    Some(found)
}

/// A whole address of the web.
fn address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"))?;
    let is_whole =
        !rest.is_empty() && !rest.starts_with('/') && !text.contains(|c: char| c.is_whitespace() || "<>\"".contains(c));
    is_whole.then(|| text.to_owned())
}

fn days(text: &str) -> Option<u32> {
    let text = text.trim();
    let number = text.trim_end_matches(['d', 'w']);
    let factor = match &text[number.len()..] {
        "w" => 7,
        "" | "d" => 1,
        _ => return None,
    };
    number.parse::<u16>().ok().map(|number| u32::from(number) * factor)
}

/// The prepared questions in the front matter; they may hold Markdown.
pub(super) fn questions(root: &Node, text: &str, shared: &mut Shared<'_>) -> Vec<Question> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let found = entries.iter().rev().find(|(key, _)| matches!(&key.value, Value::Scalar(name) if name == "qa"));
    let items = match found.map(|(_, node)| node) {
        None | Some(Node { value: Value::Null, .. }) => return Vec::new(),
        Some(Node { value: Value::List(items), .. }) => items.clone(),
        Some(node) => vec![node.clone()],
    };
    let mut out = Vec::new();
    for item in items {
        let span = item.span;
        let mut inner = Keys::new(item, "a prepared question", shared.diagnostics);
        let (ask, answer) = (inner.text("ask"), inner.text("answer"));
        let slide = inner.text("slide").map(plain);
        if ask.is_none() {
            let found = Diagnostic::new(&code::MISSING_KEY, span, "this question has no `ask`");
            inner.diagnostics.push(found.hint("add `ask: …`"));
        }
        inner.finish("a prepared question", &["ask", "answer", "slide"]);
        let ask = ask.map(|ask| inlines(&ask, text, shared)).unwrap_or_default();
        let answer = answer.map(|answer| inlines(&answer, text, shared));
        out.push(Question { ask, answer, slide: slide.map(|id| id.trim_start_matches('#').to_owned()), span });
    }
    out
}

/// A YAML text as running text.
pub(super) fn inlines(value: &Spanned<String>, text: &str, shared: &mut Shared<'_>) -> Vec<Inline> {
    let mut lines = Fragment::new(value.span.source, text);
    let written = text.get(value.span.start..value.span.end).unwrap_or_default();
    if written == value.value && !written.contains('\n') {
        lines.push(value.span.start, value.span.end);
    } else {
        for line in value.value.lines() {
            lines.push_as(line, value.span.start, value.span.end);
        }
    }
    inline_markdown(&lines, value.span, shared)
}

fn plain(text: Spanned<String>) -> String {
    text.value
}
