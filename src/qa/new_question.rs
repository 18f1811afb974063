use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use crate::talk::{KeptQuestion, QuestionState};

/// A question that is new in `qa.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewQuestion {
    /// The question.
    pub ask: String,
    /// The answer, as Markdown.
    pub answer: Option<String>,
    /// The id of the slide that it is about.
    pub slide: Option<String>,
    /// Who asked, when they signed.
    pub by: Option<String>,
    /// How many others wanted to know it too.
    pub support: u32,
    /// The day on which it was asked.
    #[serde(serialize_with = "day")]
    pub asked: Option<Date>,
    /// What became of it, where that is not plain from the answer.
    #[serde(serialize_with = "state_name")]
    pub state: Option<QuestionState>,
    /// Where it comes from, as `room/2026-12-04.jsonl#q7`.
    pub from: Option<String>,
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn day<S: serde::Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn state_name<S: serde::Serializer>(state: &Option<QuestionState>, serializer: S) -> Result<S::Ok, S::Error> {
    state.map(QuestionState::name).serialize(serializer)
}

impl NewQuestion {
    /// The same without what `qa.yaml` can't hold: control characters, blanks at both ends, empty texts.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let some = |text: Option<String>| text.map(|text| cleaned(&text)).filter(|text| !text.is_empty());
        Self {
            ask: cleaned(&self.ask),
            answer: some(self.answer),
            slide: some(self.slide),
            by: some(self.by),
            from: some(self.from),
            ..self
        }
    }

    /// Whether `kept` says the same; answers are Markdown there, so only that there is one is looked at.
    #[must_use]
    pub fn reads_as(&self, kept: &KeptQuestion) -> bool {
        let default = if self.answer.is_some() { QuestionState::Answered } else { QuestionState::Open };
        self.ask == kept.ask
            && self.answer.is_some() == kept.answer.is_some()
            && self.slide.as_ref() == kept.slide.as_ref().map(|slide| &slide.value)
            && self.by == kept.by
            && self.support == kept.support
            && self.asked == kept.asked
            && self.state.unwrap_or(default) == kept.state
            && self.from == kept.from
    }

    /// The entry as lines of YAML, `indent` before each.
    pub(super) fn yaml(&self, indent: &str) -> String {
        let mut out = format!("{indent}- ask: {}\n", scalar(&self.ask));
        let mut line = |key: &str, value: &str| {
            let blank = if value.is_empty() { "" } else { " " };
            let _ = writeln!(out, "{indent}  {key}:{blank}{value}");
        };
        // An empty one shows where to write.
        line("answer", &self.answer.as_deref().map(scalar).unwrap_or_default());
        for (key, value) in [("slide", &self.slide), ("by", &self.by)] {
            if let Some(value) = value {
                line(key, &scalar(value));
            }
        }
        if self.support > 0 {
            line("support", &self.support.to_string());
        }
        if let Some(asked) = self.asked {
            line("asked", &asked.to_string());
        }
        if let Some(state) = self.state {
            line("state", state.name());
        }
        if let Some(from) = &self.from {
            line("from", &scalar(from));
        }
        out
    }
}

/// `text` with one kind of line end, without other control characters and without blanks around it.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// A text as YAML: as it is where no reader can take it for anything else, else in double quotes.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_unseen(c) => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text needs no quotes: it begins with a letter or digit, holds no mark of YAML, and is no word that means a
/// number, a day, a switch or nothing.
fn is_plain(text: &str) -> bool {
    let is_safe = |c: char| !is_unseen(c) && !c.is_control() && !matches!(c, ':' | '#' | '"' | '\\');
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_' | '~');
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(char::is_whitespace)
        && text.chars().all(|c| is_safe(c) || (c == '#' && is_origin(text)))
        && (is_origin(text) || !text.chars().all(is_word) || is_name(text))
}

/// `room/2026-12-04.jsonl#q7`, in which `#` follows no blank.
fn is_origin(text: &str) -> bool {
    text.split_once(".jsonl#").is_some_and(|(file, id)| {
        let is_part = |part: &str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
        is_part(file) && is_part(id)
    })
}

/// A word such as an id or a name, which is neither a number nor a switch.
fn is_name(text: &str) -> bool {
    let known = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let is_letter = |c: char| c.is_ascii_alphabetic();
    text.starts_with(is_letter)
        && text.chars().all(|c| is_letter(c) || c == '-')
        && !known.contains(&text.to_ascii_lowercase().as_str())
}

/// A character that shows nothing, turns the direction of what follows, or ends a line for some readers; not those that
/// join and part the letters of Persian and make families of emoji.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
        || (c.is_whitespace() && c != ' ')
}
