//! Grammar of messages.

/// "`a`, `b` or `c`".
pub(super) fn either(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// The hint for an unknown word: the nearest known one, else all of them.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    match crate::diagnostic::did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() > 10 => "remove it; `retell explain unknown-key` says what is known".to_owned(),
        None => format!("known here: {}", either(known)),
    }
}

/// `text` in one line and short enough for a message.
pub(super) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 40 { line } else { line.chars().take(39).chain(['…']).collect() }
}
