use std::fmt::Write as _;

use crate::escape::markdown as escaped;
use crate::export::questions::{line, place};
use crate::recall::FollowUp;
use crate::talk::{Inline, InlineKind, plain_text};

/// The text of `questions.md`: all questions first, so that one can answer before looking, then the answers.
#[must_use]
pub fn markdown(follow_up: &FollowUp) -> String {
    let labels = follow_up.labels();
    let mut out = format!("# {}\n\n## {}\n", at_line_start(escaped(&line(&follow_up.title))), labels.recall);
    for (at, item) in follow_up.items.iter().enumerate() {
        let _ = write!(out, "\n{}. {}\n", at + 1, text(&item.ask));
    }
    let _ = write!(out, "\n## {}\n", labels.answers);
    for (at, item) in follow_up.items.iter().enumerate() {
        // Some readers ask for four blanks, all for as many as the number takes.
        let indent = " ".repeat((at + 1).to_string().len().max(2) + 2);
        let _ = write!(out, "\n{}. {}\n", at + 1, text(&item.answer));
        if let Some(why) = &item.why {
            let _ = write!(out, "\n{indent}**{}** {}\n", labels.why, text(why));
        }
        let probe = if item.probe { " · probe" } else { "" };
        let _ = write!(out, "\n{indent}{} · {}{probe}\n", escaped(&place(item, follow_up)), code(&line(&item.id)));
    }
    out
}

/// Running text as Markdown on one line: code stays code, all else is plain.
fn text(content: &[Inline]) -> String {
    let mut out = String::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Code(text, _) => out.push_str(&code(text)),
            _ => out.push_str(&escaped(&plain_text(std::slice::from_ref(inline)))),
        }
    }
    at_line_start(line(&out))
}

/// Escaped text that may not begin a heading or a list.
fn at_line_start(text: String) -> String {
    if text.starts_with(['#', '+', '-']) {
        return format!("\\{text}");
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    if digits > 0 && rest.starts_with(['.', ')']) { format!("{}\\{rest}", &text[..digits]) } else { text }
}

/// Code between more backticks than it holds in a row.
fn code(text: &str) -> String {
    let text = line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    match text.as_str() {
        "" => text,
        // Readers take a blank on both sides off again.
        _ if longest > 0 => format!("{fence} {text} {fence}"),
        _ => format!("{fence}{text}{fence}"),
    }
}
