//! Recall questions that can't be answered well a month later, one by one.

use std::collections::BTreeMap;

use crate::check::recall_answers::{gives_away, length, listed, tokens};
use crate::check::recall_wording::{asks_twice, pointing, yes_no};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code, counted};
use crate::recall::{FollowUp, Item};
use crate::source::Span;
use crate::talk::{Inline, plain_text};

/// The most things that an answer may list.
const MOST_LISTED: usize = 3;

/// How many characters of a question are looked at; nobody reads more.
const LOOKED_AT: usize = 1_000;

pub(super) fn check(follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    for item in &follow_up.items {
        identity(item, diagnostics);
        for ask in std::iter::once(&item.ask).chain(&item.variants) {
            question(ask, item, diagnostics);
        }
        answer(item, diagnostics);
    }
    repeated(follow_up, diagnostics);
}

/// Where `content` was written, within the block at `block`.
pub(super) fn place(content: &[Inline], block: Span) -> Span {
    match (content.first(), content.last()) {
        (Some(first), Some(last)) if first.span.source == last.span.source => first.span.to(last.span),
        _ => block,
    }
}

fn identity(item: &Item, diagnostics: &mut Diagnostics) {
    if item.is_named {
        return;
    }
    let found = Diagnostic::new(&code::RECALL_NO_ID, place(&item.ask, item.span), "this question has no id");
    diagnostics.push(found.hint("name it for good behind the word `recall`: `recall #first-check`"));
}

fn question(ask: &[Inline], item: &Item, diagnostics: &mut Diagnostics) {
    let text: String = plain_text(ask).chars().take(LOOKED_AT).collect();
    let at = place(ask, item.span);
    let mut report = |code: &'static Code, message: String, hint: &str| {
        diagnostics.push(Diagnostic::new(code, at, message).hint(hint));
    };
    if let Some(word) = yes_no(&text) {
        report(
            &code::RECALL_YES_NO,
            format!("`{word}` makes this a question of yes or no"),
            "half of all guesses are right then; ask what, which or how",
        );
    }
    if asks_twice(&text) {
        report(
            &code::RECALL_TWO_ASKS,
            "this asks for two things".to_owned(),
            "make two questions of it, or move one to `why`",
        );
    }
    if gives_away(&text, &plain_text(&item.answer)) {
        report(
            &code::RECALL_ANSWER_GIVEN,
            "the question holds its answer".to_owned(),
            "describe what people see, not what it is called",
        );
    }
    out_of_context(&text, at, diagnostics);
}

fn answer(item: &Item, diagnostics: &mut Diagnostics) {
    let (text, at) = (plain_text(&item.answer), place(&item.answer, item.span));
    if text.trim().is_empty() {
        return;
    }
    let (length, listed) = (length(&text), listed(&text));
    // A character more or less is no matter of rounding.
    if length > 1.001 {
        let message = format!("the answer is {length:.1} times as long as one can check at a glance");
        let found = Diagnostic::new(&code::RECALL_LONG_ANSWER, at, message);
        diagnostics.push(found.hint("keep to 40 words or 60 Han characters, and put the rest into `why`"));
    } else if listed > MOST_LISTED {
        let message = format!("the answer lists {}", counted(listed, "thing"));
        let found = Diagnostic::new(&code::RECALL_LONG_ANSWER, at, message);
        diagnostics.push(found.hint("ask for at most three; nobody recalls more, and half of a list can't be scored"));
    }
    out_of_context(&text, at, diagnostics);
    if item.why.is_none() {
        let found = Diagnostic::new(&code::RECALL_NO_WHY, at, "the answer has no `why`");
        diagnostics.push(found.hint("add `why: …`; the reason is what carries over to the next case"));
    }
}

fn out_of_context(text: &str, at: Span, diagnostics: &mut Diagnostics) {
    if let Some(words) = pointing(text) {
        let message = format!("`{words}` points at something that is not there a month later");
        let found = Diagnostic::new(&code::RECALL_OUT_OF_CONTEXT, at, message);
        diagnostics.push(found.hint("name what is meant; the question is read without the slides"));
    }
}

/// Answers that stand twice: one of the two questions is guessed by the other.
fn repeated(follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<Vec<String>, &Item> = BTreeMap::new();
    for item in &follow_up.items {
        let words = tokens(&plain_text(&item.answer));
        if words.is_empty() {
            continue;
        }
        let before = *first.entry(words).or_insert(item);
        if std::ptr::eq(before, item) {
            continue;
        }
        let message = "this answer stands at another question too";
        let found = Diagnostic::new(&code::RECALL_SAME_ANSWER, place(&item.answer, item.span), message);
        diagnostics.push(
            found
                .label(place(&before.answer, before.span), "first given here")
                .hint("drop one question, or ask one of them as a `variant` of the other"),
        );
    }
}
