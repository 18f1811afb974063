//! `qa.yaml`: what the audience asked, and the answers.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::parse::decode::{decode, mark_length};
use crate::parse::keys::Keys;
use crate::parse::people::inlines;
use crate::parse::reader::Shared;
use crate::parse::words::{shorten, suggestion};
use crate::source::{LoadError, Loader, MemoryLoader, Sources, Span, Spanned};
use crate::talk::{KeptQuestion, QuestionState};
use crate::yaml::{Node, Stretch, Value, read};

/// The most bytes of `qa.yaml` (4 MiB).
pub const MAX_KEPT_BYTES: usize = 4 << 20;

const KEYS: [&str; 8] = ["ask", "answer", "slide", "by", "support", "asked", "state", "from"];

/// The questions beside the talk whose main file is called `name`; a talk of any other name than `talk.md` is one file
/// and has none.
pub(super) fn load(
    sources: &mut Sources,
    name: &str,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Vec<KeptQuestion> {
    let Some(folder) = name.strip_suffix("talk.md").filter(|folder| folder.is_empty() || folder.ends_with(['/', '\\']))
    else {
        return Vec::new();
    };
    match loader.load("qa.yaml") {
        Ok(bytes) => kept_questions(sources, &format!("{folder}qa.yaml"), &bytes, diagnostics),
        Err(LoadError::NotFound) => Vec::new(),
        Err(error) => {
            let message = format!("can't read `{folder}qa.yaml`: {error}");
            diagnostics.push(Diagnostic::new(&code::UNREADABLE_FILE, None, message));
            Vec::new()
        }
    }
}

/// Reads `qa.yaml`, which messages call `name`; what is wrong in it goes to `diagnostics`, and the rest is read.
pub fn kept_questions(
    sources: &mut Sources,
    name: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Vec<KeptQuestion> {
    if bytes.len() > MAX_KEPT_BYTES {
        let message = format!("`{name}` has {} KiB, the limit is {} KiB", bytes.len() >> 10, MAX_KEPT_BYTES >> 10);
        let found = Diagnostic::new(&code::FILE_TOO_LARGE, None, message);
        diagnostics.push(found.hint("keep the questions that somebody may ask again"));
        return Vec::new();
    }
    let (source, text) = decode(sources, name, bytes, diagnostics);
    let start = mark_length(&text);
    let stretch = Stretch { what: "`qa.yaml`", source, text: &text[start..], start };
    let Some(root) = read(stretch, diagnostics) else { return Vec::new() };
    let items = match root.value {
        Value::Null => Vec::new(),
        Value::List(items) => items,
        _ => {
            let found = Diagnostic::new(&code::INVALID_VALUE, root.span, "`qa.yaml` is a list of questions");
            diagnostics.push(found.hint("begin each with `- ask: …`, and indent what belongs to it"));
            Vec::new()
        }
    };
    if let Some(over) = items.get(KeptQuestion::MAX_COUNT) {
        let message = format!("this is one of {} questions, the limit is {}", items.len(), KeptQuestion::MAX_COUNT);
        let found = Diagnostic::new(&code::FILE_TOO_LARGE, over.span, message);
        diagnostics.push(found.hint("keep the questions that somebody may ask again"));
    }
    let mut asked: Vec<KeptQuestion> = Vec::new();
    let mut origins: BTreeMap<String, Span> = BTreeMap::new();
    for item in items.into_iter().take(KeptQuestion::MAX_COUNT) {
        let Some((kept, from)) = question(item, sources, &text, diagnostics) else { continue };
        if let (Some(origin), Some(at)) = (&kept.from, from) {
            report_repeat(&mut origins, origin, at, diagnostics);
        }
        asked.push(kept);
    }
    asked
}

/// Says that one question of a room stands here twice, which hinders nothing.
fn report_repeat(origins: &mut BTreeMap<String, Span>, origin: &str, at: Span, diagnostics: &mut Diagnostics) {
    if let Some(&before) = origins.get(origin) {
        let mut found = Diagnostic::new(&code::DUPLICATE_ID, at, format!("`{origin}` is kept already"));
        found.severity = Severity::Warning;
        diagnostics.push(found.label(before, "first kept here").hint("take one of the two away"));
    } else {
        origins.insert(origin.to_owned(), at);
    }
}

/// One question, and where its `from` stands; `None` for one without words.
fn question(
    item: Node,
    sources: &mut Sources,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(KeptQuestion, Option<Span>)> {
    let span = item.span;
    let mut keys = Keys::new(item, "a kept question", diagnostics);
    let ask = keys.text("ask");
    if ask.is_none() {
        let found = Diagnostic::new(&code::MISSING_KEY, span, "this question has no `ask`");
        keys.diagnostics.push(found.hint("add `ask: …`"));
    }
    let ask = ask.filter(|ask| is_short("ask", ask, KeptQuestion::MAX_CHARACTERS, &mut keys));
    let by = keys.text("by").filter(|by| is_short("by", by, KeptQuestion::MAX_NAME, &mut keys));
    let answer = keys.text("answer");
    let slide = keys.text("slide").map(|mut slide| {
        slide.value = slide.value.trim_start_matches('#').to_owned();
        slide
    });
    let support = keys.read("support", "write how many others wanted to know it: `7`", number);
    let asked = keys.read("asked", "write the day as `2026-12-04`", |day| day.parse::<Date>().ok());
    let state = state(&mut keys);
    let from = keys.text("from");
    keys.finish("a kept question", &KEYS);
    let ask = ask?;
    let default = if answer.is_some() { QuestionState::Answered } else { QuestionState::Open };
    // An answer includes nothing.
    let loader = MemoryLoader::default();
    let answer = answer.map(|answer| inlines(&answer, text, &mut Shared::new(sources, &loader, diagnostics)));
    let place = from.as_ref().map(|from| from.span);
    let kept = KeptQuestion {
        ask: ask.value,
        answer,
        slide,
        by: by.map(|by| by.value),
        support: support.map_or(0, |support| support.value),
        asked: asked.map(|asked| asked.value),
        state: state.unwrap_or(default),
        from: from.map(|from| from.value),
        span,
    };
    Some((kept, place))
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn state(keys: &mut Keys<'_>) -> Option<QuestionState> {
    let written = keys.text("state")?;
    let state = QuestionState::of(&written.value);
    if state.is_none() {
        let names = QuestionState::ALL.map(|(_, name)| name);
        let message = format!("`{}` is no value for `state`", shorten(&written.value));
        let found = Diagnostic::new(&code::INVALID_VALUE, written.span, message);
        keys.diagnostics.push(found.hint(suggestion(&written.value, &names)));
    }
    state
}

/// Whether a text keeps within `limit` characters, else says so.
fn is_short(key: &str, text: &Spanned<String>, limit: usize, keys: &mut Keys<'_>) -> bool {
    let count = text.value.chars().count();
    if count > limit {
        let message = format!("this `{key}` has {count} characters, the limit is {limit}");
        keys.diagnostics.push(Diagnostic::new(&code::INVALID_VALUE, text.span, message).hint("say it in fewer words"));
    }
    count <= limit
}
