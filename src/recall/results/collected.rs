use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::recall::results::line::MAX_LINE;
use crate::recall::results::{Flaw, Flaws, ResultLine};

/// What one person answered, each round once, in the order of the days.
pub(super) type Person = Vec<ResultLine>;

/// Result lines gathered from texts, each person and round once.
///
/// The order of the texts and lines does not matter, and neither does it when some come twice.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    expected: Option<Expected>,
    /// People by talk and token.
    pub(super) talks: BTreeMap<String, BTreeMap<String, Person>>,
    flaws: Flaws,
    not_utf8: Vec<String>,
}

/// The ids of the talk that results are read for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The talk's.
    pub talk: String,
    /// Those of its questions.
    pub questions: BTreeSet<String>,
    /// Those of its proposals.
    pub proposals: BTreeSet<String>,
}

impl Collected {
    /// Nothing yet; with `expected`, only lines of that talk will count.
    #[must_use]
    pub fn new(expected: Option<Expected>) -> Self {
        Self { expected, ..Self::default() }
    }

    /// Takes in all result lines of a text, whatever stands around them; messages call it `name`.
    ///
    /// Lines of a room file, JSON objects with an `event`, give the `line` of each `result` and nothing else.
    pub fn read(&mut self, name: &str, bytes: &[u8]) {
        let text = decoded(bytes);
        if std::str::from_utf8(&text).is_err() {
            self.not_utf8.push(name.to_owned());
        }
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            match room_line(line) {
                Some(RoomLine::Result(result)) => self.scan(result.as_bytes(), name, index + 1, true),
                Some(RoomLine::Other) => {}
                None => self.scan(line, name, index + 1, false),
            }
        }
    }

    /// What was wrong.
    #[must_use]
    pub fn flaws(&self) -> &Flaws {
        &self.flaws
    }

    /// The texts that are not UTF-8 throughout; the lines in them that can be read count all the same.
    #[must_use]
    pub fn not_utf8(&self) -> &[String] {
        &self.not_utf8
    }

    /// How many lines count.
    #[must_use]
    pub fn count(&self) -> usize {
        self.talks.values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }

    /// Takes in what starts with `RT` and a digit in one line of text.
    fn scan(&mut self, line: &[u8], name: &str, number: usize, is_result: bool) {
        let mut at = 0;
        let mut found = false;
        while let Some(start) = next_start(line, at) {
            found = true;
            let next = next_start(line, start + 3).unwrap_or(line.len());
            let end = next.min(start + MAX_LINE);
            self.take(&line[start..end], name, number);
            at = next;
        }
        if is_result && !found {
            self.flaws.add(Flaw::RoomEntry, name, number);
        }
    }

    fn take(&mut self, written: &[u8], name: &str, number: usize) {
        match ResultLine::read(&String::from_utf8_lossy(written)) {
            Ok(line) => self.keep(line, name, number),
            Err(flaw) => self.flaws.add(flaw, name, number),
        }
    }

    fn keep(&mut self, mut line: ResultLine, name: &str, number: usize) {
        if let Some(expected) = &self.expected {
            if line.talk != expected.talk {
                self.flaws.add(Flaw::OtherTalk, name, number);
                return;
            }
            let before = (line.answers.len(), line.decisions.len());
            line.answers.retain(|id, _| expected.questions.contains(id));
            line.decisions.retain(|id, _| expected.proposals.contains(id));
            if line.answers.len() < before.0 {
                self.flaws.add(Flaw::UnknownQuestion, name, number);
            }
            if line.decisions.len() < before.1 {
                self.flaws.add(Flaw::UnknownProposal, name, number);
            }
        }
        let person = self.talks.entry(line.talk.clone()).or_default().entry(line.token.clone()).or_default();
        let at = match person.binary_search_by_key(&line.day, |kept| kept.day) {
            Ok(at) => at,
            Err(at) => {
                person.insert(at, line);
                return;
            }
        };
        let kept = &mut person[at];
        let flaw = if *kept == line { Flaw::Doubled } else { Flaw::Contradiction };
        if rank(&line) < rank(kept) {
            *kept = line;
        }
        self.flaws.add(flaw, name, number);
    }
}

/// Which of two lines of one person and round counts, the least: the one with more answers, then the lower score, since a
/// second go after seeing the answers is only ever better; then any rule that does not depend on the order.
fn rank(line: &ResultLine) -> (std::cmp::Reverse<usize>, u32, &ResultLine) {
    let total = line.answers.values().map(|score| u32::from(*score)).sum();
    (std::cmp::Reverse(line.answers.len()), total, line)
}

/// UTF-16 with a mark, as some systems save texts, as UTF-8; anything else as it is.
fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let units = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Cow::Owned(text.into_bytes())
}

/// Where the next `RT` and a digit stands that is not the end of a word, and is followed by a blank after its number.
fn next_start(line: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += line.get(at..)?.iter().position(|byte| *byte == b'R')?;
        let starts_word = at == 0 || !line[at - 1].is_ascii_alphanumeric() || is_escape(&line[..at]);
        if starts_word && is_start(&line[at..]) {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether `before` ends in `\n`, `\r` or `\t` as JSON writes a line break: a chat's export.
fn is_escape(before: &[u8]) -> bool {
    matches!(before, [.., b'\\', b'n' | b'r' | b't'])
}

/// Whether `text` starts as a line of any version: `RT1 word d`, or nothing but `RT1 ` when it was cut off there.
fn is_start(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"RT") else { return false };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | 0x80..);
    if digits == 0 || digits > 3 || !rest.get(digits).is_none_or(is_blank) {
        return false;
    }
    if &rest[..digits] == b"1" {
        return true;
    }
    // Other numbers are a version only where the rest looks like a line: there are things called RT2.
    let mut words = rest[digits..].split(is_blank).filter(|word| !word.is_empty());
    words.nth(1).is_some_and(|word| matches!(word, [b'd', b'0'..=b'9', ..]))
}

enum RoomLine {
    Result(String),
    Other,
}

/// What a line of a room file holds; `None` when it is none. Half of one, or one that was edited into something else, is
/// searched as it stands.
fn room_line(line: &[u8]) -> Option<RoomLine> {
    let has = |word: &[u8]| line.windows(word.len()).any(|part| part == word);
    if !line.starts_with(b"{") || !has(b"\"event\"") {
        return None;
    }
    let Ok(object) = serde_json::from_slice::<serde_json::Value>(line) else {
        return has(b"\"result\"").then(|| RoomLine::Result(String::from_utf8_lossy(line).into_owned()));
    };
    let event = object.get("event")?.as_str()?;
    let written = object.get("line").and_then(serde_json::Value::as_str).unwrap_or_default();
    Some(if event == "result" { RoomLine::Result(written.to_owned()) } else { RoomLine::Other })
}
