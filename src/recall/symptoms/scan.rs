use std::borrow::Cow;
use std::io::BufRead as _;

use crate::recall::symptoms::Passage;

/// A talk's source as far as a search needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// The passages of all that looks like a data block, and of the questions of the front matter.
    pub passages: Vec<Passage>,
    /// The files that it includes, as written.
    pub includes: Vec<String>,
}

/// Looks through the source of a talk without reading it as Markdown, which takes a hundred times as long.
///
/// It finds whatever the reader of talks finds, and perhaps more, such as a data block within a code block: what it finds
/// tells which talks to read, not what to show.
#[must_use]
pub fn scan(source: &[u8]) -> Scanned {
    let mut out = Scanned::default();
    let source = with_line_feeds(source);
    let mut lines = Lines(source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source));
    let body = lines.clone();
    if lines.next().is_some_and(|line| line.trim_ascii_end() == b"---") {
        front_matter(&mut lines, &mut out.passages);
    }
    // From the start again: what looks like front matter need not be some.
    lines = body;
    while let Some(line) = lines.next() {
        let start = trimmed(line, b" \t>-*");
        match start {
            [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] => {
                if let Some(fence) = data_fence(start) {
                    block(&mut lines, fence, &mut out.passages);
                }
            }
            [b'<', b'!', b'-', b'-', inside @ ..] => out.includes.extend(included(trimmed(inside, b" \t"))),
            _ => {}
        }
    }
    out
}

/// The text with `\n` after each line, where it may have `\r\n` or `\r`.
fn with_line_feeds(source: &[u8]) -> Cow<'_, [u8]> {
    if !source.contains(&b'\r') {
        return Cow::Borrowed(source);
    }
    let mut out = Vec::with_capacity(source.len());
    for (at, byte) in source.iter().enumerate() {
        match byte {
            b'\r' if source.get(at + 1) == Some(&b'\n') => {}
            b'\r' => out.push(b'\n'),
            byte => out.push(*byte),
        }
    }
    Cow::Owned(out)
}

/// The lines of a text without their endings.
#[derive(Clone)]
struct Lines<'s>(&'s [u8]);

impl<'s> Iterator for Lines<'s> {
    type Item = &'s [u8];

    fn next(&mut self) -> Option<&'s [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let rest = self.0;
        // The quickest search for a byte that the standard library offers; a slice gives no errors.
        let length = self.0.skip_until(b'\n').unwrap_or(rest.len());
        let line = &rest[..length];
        Some(line.strip_suffix(b"\n").unwrap_or(line))
    }
}

/// `line` without any of `marks` at its start.
fn trimmed<'s>(line: &'s [u8], marks: &[u8]) -> &'s [u8] {
    let start = line.iter().position(|byte| !marks.contains(byte)).unwrap_or(line.len());
    &line[start..]
}

/// The mark of a data block's fence and how often it stands there.
fn data_fence(line: &[u8]) -> Option<(u8, usize)> {
    let mark = *line.first()?;
    let info = trimmed(line, &[mark]);
    let word = trimmed(info, b" \t");
    let end = word.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(word.len());
    matches!(&word[..end], b"recall" | b"trigger" | b"qa").then_some((mark, line.len() - info.len()))
}

/// The path of `<!-- include: path -->`, from the word on.
fn included(comment: &[u8]) -> Option<String> {
    let rest = text_of(comment.strip_prefix(b"include")?);
    let path = rest.trim_start().strip_prefix([':', '：'])?;
    Some(path.split("-->").next().unwrap_or(path).trim().to_owned())
}

/// The text of a line; checking first is quicker than looking for what is to be replaced.
fn text_of(line: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(line).map_or_else(|_| String::from_utf8_lossy(line), Cow::Borrowed)
}

/// Reads the lines of a data block up to its end.
fn block(lines: &mut Lines<'_>, (mark, length): (u8, usize), out: &mut Vec<Passage>) {
    let mut passage = Passage::default();
    let mut field = Field::None;
    for line in lines {
        let text = trimmed(line, b" \t>");
        let end = trimmed(text, &[mark]);
        if text.len() - end.len() >= length && end.trim_ascii().is_empty() {
            break;
        }
        let text = text_of(text);
        let value = match text.split_once([':', '：']) {
            Some((key, value)) if Field::is_key(key.trim()) => {
                field = Field::of(key.trim());
                value
            }
            _ => &text,
        };
        field.put(value, &mut passage);
    }
    passage.keep(out);
}

/// Reads the prepared questions of the front matter, which is YAML: `ask` and `answer` at the start of a line, or all that
/// stands below `qa` where it is written in another way.
fn front_matter(lines: &mut Lines<'_>, out: &mut Vec<Passage>) {
    let mut inside = false;
    let mut questions = Questions::default();
    for line in lines.take_while(|line| !matches!(line.trim_ascii_end(), b"---" | b"...")) {
        let is_key = !matches!(line.first(), None | Some(b' ' | b'\t' | b'-' | b'#' | b']' | b'}'));
        if is_key {
            inside = line.starts_with(b"qa");
        }
        if inside {
            let line = text_of(line);
            questions.line(if is_key { line.split_once(':').map_or("", |(_, value)| value) } else { &line }, out);
        }
    }
    questions.passage.keep(out);
}

/// Looks through `qa.yaml`, the questions that the audience asked, in the same way as [`scan`].
#[must_use]
pub fn scan_kept(source: &[u8]) -> Vec<Passage> {
    let source = with_line_feeds(source);
    let (mut questions, mut out) = (Questions::default(), Vec::new());
    for line in Lines(source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source)) {
        if !line.trim_ascii_start().starts_with(b"#") {
            questions.line(&text_of(line), &mut out);
        }
    }
    questions.passage.keep(&mut out);
    out
}

/// Questions in YAML, line by line.
#[derive(Default)]
struct Questions {
    passage: Passage,
    field: Field,
}

impl Questions {
    fn line(&mut self, line: &str, out: &mut Vec<Passage>) {
        let text = line.trim_start_matches([' ', '\t', '-', '{']);
        let value = match text.split_once(':') {
            Some((key, value)) if QUESTION_KEYS.contains(&key.trim()) => {
                if key.trim() == "ask" {
                    std::mem::take(&mut self.passage).keep(out);
                }
                self.field = Field::of(key.trim());
                value
            }
            _ => text,
        };
        self.field.put(value, &mut self.passage);
    }
}

impl Passage {
    /// Adds the passage to `out` when there is something in it.
    fn keep(self, out: &mut Vec<Self>) {
        if self != Self::default() {
            out.push(self);
        }
    }
}

/// What is told of a question.
const QUESTION_KEYS: [&str; 8] = ["ask", "answer", "slide", "by", "support", "asked", "state", "from"];

/// Where the value of a key belongs.
#[derive(Clone, Copy, Default)]
enum Field {
    #[default]
    Main,
    Rest,
    None,
}

impl Field {
    fn is_key(key: &str) -> bool {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase())
    }

    fn of(key: &str) -> Self {
        match key {
            "when" | "ask" | "variant" => Self::Main,
            "means" | "do" | "see" | "answer" | "why" => Self::Rest,
            _ => Self::None,
        }
    }

    fn put(self, value: &str, passage: &mut Passage) {
        let value = value.trim();
        match self {
            _ if value.is_empty() => {}
            Self::Main => passage.main.push(value.to_owned()),
            Self::Rest => passage.rest.push(value.to_owned()),
            Self::None => {}
        }
    }
}
