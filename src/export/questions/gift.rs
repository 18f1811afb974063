use std::fmt::Write as _;

use crate::escape::push_entity;
use crate::export::questions::{line, place};
use crate::recall::{FollowUp, Item};
use crate::talk::{Inline, plain_text};

/// The text of `questions.gift`: with wrong answers a question of choice, without them one to answer freely. The probe
/// has a category of its own.
#[must_use]
pub fn gift(follow_up: &FollowUp) -> String {
    let title = line(&follow_up.title).replace('/', "//");
    let mut out = String::new();
    let parts = [(title.clone(), false), (format!("{title}/probe"), true)];
    for (category, probe) in parts {
        let mut items = follow_up.items.iter().filter(|item| item.probe == probe).peekable();
        if items.peek().is_some() {
            let _ = write!(out, "$CATEGORY: {category}\n\n");
        }
        for item in items {
            out.push_str(&question(item, follow_up));
        }
    }
    out
}

fn question(item: &Item, follow_up: &FollowUp) -> String {
    let (answer, place) = (text(&item.answer), escaped(&place(item, follow_up)));
    let why = item.why.as_deref().map(text);
    let mut out = format!("::{}::[html]{} {{\n", escaped(&line(&item.id)), text(&item.ask));
    if item.wrong.is_empty() {
        let _ = writeln!(out, "####{}", lines([Some(answer), why, Some(place)]));
    } else {
        let _ = writeln!(out, "={answer}");
        for wrong in &item.wrong {
            let _ = writeln!(out, "~{}", text(wrong));
        }
        let _ = writeln!(out, "####{}", lines([None, why, Some(place)]));
    }
    out.push_str("}\n\n");
    out
}

fn lines(parts: [Option<String>; 3]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("<br>")
}

fn text(content: &[Inline]) -> String {
    escaped(&line(&plain_text(content)))
}

/// Text as HTML whose marks of GIFT are hidden, `%` too, with which an answer gives its worth.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("&\\#37;"),
            '\\' => out.push_str("&\\#92;"),
            '~' | '=' | '#' | '{' | '}' | ':' => out.extend(['\\', c]),
            _ => push_entity(c, &mut out),
        }
    }
    out
}
