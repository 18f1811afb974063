use serde::{Deserialize, Serialize};

/// The form of the file, as its first line names it.
pub(super) const FORMAT: &str = "retell-room/1";

/// The most characters of a question or muddiest point, and of a name.
const MAX_TEXT: usize = 1_000;
const MAX_NAME: usize = 60;

/// The greatest number of a question that is believed.
const MAX_NUMBER: u32 = 1_000_000;

/// The talk that a file belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heading {
    /// Its title.
    pub(crate) talk: String,
    /// What results call it; `None` where it has no recall data.
    pub(crate) recall: Option<String>,
    /// Its language as a BCP 47 tag.
    pub(crate) lang: String,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    #[serde(flatten)]
    pub(super) event: Event,
    /// RFC 3339, to the second.
    pub(super) at: String,
}

/// What a line tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(super) enum Event {
    /// A server started.
    Room {
        format: String,
        talk: String,
        recall: Option<String>,
        lang: String,
        #[serde(default)]
        salt: String,
    },
    Ask {
        id: String,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slide: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    Support {
        id: String,
        #[serde(default)]
        by: String,
    },
    Mark {
        id: String,
        #[serde(rename = "as")]
        mark: Mark,
    },
    Muddy {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slide: Option<String>,
    },
    Round {
        open: bool,
    },
    Result {
        line: String,
    },
}

/// What the speaker says of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mark {
    /// It waits, and is on no screen.
    #[default]
    Open,
    Answered,
    Later,
    /// Nobody but the speaker sees it.
    Hidden,
    /// It is on the screen, whatever it was.
    Shown,
}

/// The name of a question in the file.
pub(super) fn id(number: u32) -> String {
    format!("q{number}")
}

/// The number in the name of a question.
pub(crate) fn number(id: &str) -> Option<u32> {
    let digits = id.strip_prefix('q').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| (1..=MAX_NUMBER).contains(number))
}

/// Why words are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wording {
    Empty,
    TooLong,
}

impl Wording {
    /// A question or muddiest point without what is not text, at most one empty line between its lines.
    pub(crate) fn text(given: &str) -> Result<String, Self> {
        let mut out = String::with_capacity(given.len());
        for line in given.lines().map(|line| plain(line).trim().to_owned()) {
            if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
                continue;
            }
            out.push_str(&line);
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        bounded(out, MAX_TEXT)
    }

    /// The name under a question; `None` where there is none.
    pub(crate) fn name(given: &str) -> Result<Option<String>, Self> {
        let name = plain(given).split_whitespace().collect::<Vec<_>>().join(" ");
        match bounded(name, MAX_NAME) {
            Ok(name) => Ok(Some(name)),
            Err(Self::Empty) => Ok(None),
            Err(flaw) => Err(flaw),
        }
    }
}

fn bounded(text: String, most: usize) -> Result<String, Wording> {
    if !text.chars().any(|c| !c.is_whitespace() && !is_unseen(c)) {
        return Err(Wording::Empty);
    }
    if text.chars().count() > most { Err(Wording::TooLong) } else { Ok(text) }
}

fn plain(line: &str) -> String {
    line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control() && !turns(*c)).collect()
}

/// Whether a character makes what follows run in another direction than it should.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes no room by itself. Emoji need some of them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{3164}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_text_and_nothing_else() {
        assert_eq!(Wording::text("  a\u{0}b \r\n\n\n\n c\u{1b}[31m\t").unwrap(), "ab\n\nc[31m");
        assert_eq!(Wording::text("\u{202e}abc\u{2066}").unwrap(), "abc");
        assert_eq!(Wording::text("<b>&\"'</script>").unwrap(), "<b>&\"'</script>", "shown as text, so kept as text");
        assert_eq!(Wording::text("👩‍💻 שלום?").unwrap(), "👩‍💻 שלום?");
        for empty in ["", " \n\t", "\u{200b}\u{feff}", "\u{202e}\n"] {
            assert_eq!(Wording::text(empty), Err(Wording::Empty), "{empty:?}");
        }
        assert!(Wording::text(&"字".repeat(1_000)).is_ok());
        assert_eq!(Wording::text(&"字".repeat(1_001)), Err(Wording::TooLong));
    }

    #[test]
    fn a_name_is_one_line_or_none() {
        assert_eq!(Wording::name(" 小\n林  Lin ").unwrap().unwrap(), "小林 Lin");
        assert_eq!(Wording::name(" \n").unwrap(), None);
        assert_eq!(Wording::name(&"x".repeat(61)), Err(Wording::TooLong));
    }

    #[test]
    fn ids_are_small_numbers() {
        assert_eq!(number("q7"), Some(7));
        for id in ["7", "q", "q0", "q-1", "q+1", "q1e3", "Q7", "q99999999999", "q1000001"] {
            assert_eq!(number(id), None, "{id}");
        }
    }

    #[test]
    fn lines_are_as_the_file_has_them() {
        let at = "2026-12-04T15:00:00+08:00".to_owned();
        let ask = Event::Ask { id: id(7), text: "为什么?".to_owned(), slide: None, name: None };
        let line = serde_json::to_string(&Line { event: ask, at: at.clone() }).unwrap();
        assert_eq!(line, r#"{"event":"ask","id":"q7","text":"为什么?","at":"2026-12-04T15:00:00+08:00"}"#);
        let mark = Event::Mark { id: id(7), mark: Mark::Later };
        let line = serde_json::to_string(&Line { event: mark.clone(), at: at.clone() }).unwrap();
        assert_eq!(line, r#"{"event":"mark","id":"q7","as":"later","at":"2026-12-04T15:00:00+08:00"}"#);
        assert_eq!(serde_json::from_str::<Line>(&line).unwrap(), Line { event: mark, at });
    }
}
