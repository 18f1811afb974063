use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use crate::recall::results::Flaw;

/// The longest line that is read, in bytes.
pub(super) const MAX_LINE: usize = 4096;

/// The latest day after a talk that an answer may name: a year.
const MAX_DAY: u16 = 366;

/// The most characters of an id.
const MAX_ID: usize = 120;

/// How many letters and digits a token has, at least and at most.
const TOKEN: std::ops::RangeInclusive<usize> = 4..=24;

/// One person's answers in one round.
///
/// Its text form, which people paste into chats and mails, is one line of ASCII in fields parted by blanks, in this
/// order; those in brackets may be missing:
///
/// ```text
/// RT1 rds-2026 d7 [first-check=2,pool=1] [m1r1a0] [+k6=tried,ddl=dropped] ~x7Qk
/// ```
///
/// | field | means |
/// |---|---|
/// | `RT1` | the form, version 1 |
/// | `rds-2026` | the talk's id |
/// | `d7` | the round: days after the talk as planned, 0 to 366 |
/// | `first-check=2,…` | a question's id and its score in half points: 0 missed, 1 partly, 2 got it |
/// | `m1r1a0` | behaviour: met the problem, recognised it, did the first action; 1 yes, 0 no |
/// | `+k6=tried,…` | a proposal's id and what became of it: `tried`, `decided` or `dropped` |
/// | `~x7Qk` | the token: 4 to 24 random letters and digits, one for each browser and talk |
///
/// Ids are percent-encoded as JavaScript's `encodeURIComponent` does it, and `~` as `%7E`, so no id breaks the form. The
/// token tells the lines of one person from those of others, and pairs the rounds of one person; it says nothing else of
/// anybody. [`fmt::Display`] writes this form; the reader also takes ids that are not encoded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResultLine {
    /// The id of the talk.
    pub talk: String,
    /// Days after the talk, as planned.
    pub day: u16,
    /// Half points by the id of the question, 0 to 2.
    pub answers: BTreeMap<String, u8>,
    /// What the person did, where that was asked.
    pub behaviour: Option<Behaviour>,
    /// What became of proposals, by their id.
    pub decisions: BTreeMap<String, Decision>,
    /// Pairs the rounds of a person.
    pub token: String,
}

/// Whether somebody met the problem of a talk, and what then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behaviour {
    /// The problem came up.
    pub met: bool,
    /// It was recognised.
    pub recognised: bool,
    /// The first action of the talk was done.
    pub acted: bool,
}

/// What somebody says has become of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The smallest trial was made.
    Tried,
    /// It was decided for.
    Decided,
    /// It was decided against.
    Dropped,
}

impl Decision {
    /// The word in a result line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tried => "tried",
            Self::Decided => "decided",
            Self::Dropped => "dropped",
        }
    }
}

impl ResultLine {
    /// Reads a line that starts with `RT1`; what stands behind the token is no part of it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, Flaw> {
        let unescaped = without_backslashes(text);
        let has_end = unescaped.split(is_blank).any(|field| field.starts_with('~'));
        Self::of_fields(unescaped.split(is_blank)).map_err(|flaw| match flaw {
            // What is odd about the last field of a line that was cut off there is the cut.
            Flaw::OtherVersion => flaw,
            _ if !has_end => Flaw::CutOff,
            _ => flaw,
        })
    }

    fn of_fields<'t>(fields: impl Iterator<Item = &'t str>) -> Result<Self, Flaw> {
        let mut fields = fields.filter(|field| !field.is_empty());
        match fields.next() {
            Some("RT1") => {}
            Some(_) => return Err(Flaw::OtherVersion),
            None => return Err(Flaw::CutOff),
        }
        let talk = id(fields.next().ok_or(Flaw::CutOff)?)?;
        let day = day(fields.next().ok_or(Flaw::CutOff)?)?;
        let (answers, behaviour, decisions) = (BTreeMap::new(), None, BTreeMap::new());
        let mut line = Self { talk, day, answers, behaviour, decisions, token: String::new() };
        let mut last = Part::Start;
        for field in fields {
            if let Some(rest) = field.strip_prefix('~') {
                line.token = token(rest)?;
                let is_empty = line.answers.is_empty() && line.behaviour.is_none() && line.decisions.is_empty();
                return if is_empty { Err(Flaw::Nothing) } else { Ok(line) };
            }
            let part = Part::of(field);
            if part <= last {
                return Err(Flaw::Field);
            }
            match part {
                Part::Behaviour => line.behaviour = Some(behaviour_of(field)?),
                Part::Decisions => line.decisions = pairs(&field[1..], decision)?,
                _ => line.answers = pairs(field, score)?,
            }
            last = part;
        }
        Err(Flaw::CutOff)
    }
}

impl fmt::Display for ResultLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RT1 {} d{}", encoded(&self.talk), self.day)?;
        for (at, (item, score)) in self.answers.iter().enumerate() {
            write!(f, "{}{}={score}", if at == 0 { ' ' } else { ',' }, encoded(item))?;
        }
        if let Some(Behaviour { met, recognised, acted }) = self.behaviour {
            write!(f, " m{}r{}a{}", u8::from(met), u8::from(recognised), u8::from(acted))?;
        }
        for (at, (proposal, decision)) in self.decisions.iter().enumerate() {
            write!(f, "{}{}={}", if at == 0 { " +" } else { "," }, encoded(proposal), decision.word())?;
        }
        write!(f, " ~{}", self.token)
    }
}

/// The optional fields in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Start,
    Answers,
    Behaviour,
    Decisions,
}

impl Part {
    fn of(field: &str) -> Self {
        match field.as_bytes() {
            [b'+', ..] => Self::Decisions,
            [b'm', rest @ ..] if !rest.contains(&b'=') => Self::Behaviour,
            _ => Self::Answers,
        }
    }
}

/// Blanks of any kind: programs that show messages like to put in some of their own.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// `text` without the backslashes that Markdown exports put before marks.
fn without_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    out
}

fn day(field: &str) -> Result<u16, Flaw> {
    let digits = field.strip_prefix('d').filter(|digits| is_number(digits)).ok_or(Flaw::Day)?;
    digits.parse().ok().filter(|day| *day <= MAX_DAY).ok_or(Flaw::Day)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn behaviour_of(field: &str) -> Result<Behaviour, Flaw> {
    let bit = |byte: u8| match byte {
        b'0' => Ok(false),
        b'1' => Ok(true),
        _ => Err(Flaw::Behaviour),
    };
    let &[b'm', met, b'r', recognised, b'a', acted] = field.as_bytes() else { return Err(Flaw::Behaviour) };
    let found = Behaviour { met: bit(met)?, recognised: bit(recognised)?, acted: bit(acted)? };
    // Nobody recognises what they have not met.
    if !found.met && (found.recognised || found.acted) { Err(Flaw::Behaviour) } else { Ok(found) }
}

/// `id=value,id=value`, each id once.
fn pairs<T>(field: &str, value: impl Fn(&str) -> Result<T, Flaw>) -> Result<BTreeMap<String, T>, Flaw> {
    let mut out = BTreeMap::new();
    for pair in field.split(',') {
        let (name, written) = pair.split_once('=').ok_or(Flaw::Field)?;
        if out.insert(id(name)?, value(written)?).is_some() {
            return Err(Flaw::Repeated);
        }
    }
    Ok(out)
}

fn score(text: &str) -> Result<u8, Flaw> {
    match text {
        "0" => Ok(0),
        "1" => Ok(1),
        "2" => Ok(2),
        "" => Err(Flaw::Field),
        _ => Err(Flaw::Score),
    }
}

fn decision(text: &str) -> Result<Decision, Flaw> {
    let all = [Decision::Tried, Decision::Decided, Decision::Dropped];
    all.into_iter().find(|decision| decision.word() == text).ok_or(Flaw::Decision)
}

/// The token at the start of `text`; marks and words may follow where somebody wrote on.
fn token(text: &str) -> Result<String, Flaw> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let is_token = TOKEN.contains(&end) && !text[end..].starts_with(char::is_alphanumeric);
    if is_token { Ok(text[..end].to_owned()) } else { Err(Flaw::Token) }
}

/// Whether the byte stands in an id as it is: where JavaScript's `encodeURIComponent` leaves it, but for `~`, with which
/// a token starts.
fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!*'()".contains(&byte)
}

fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An id as the talk writes it.
fn id(text: &str) -> Result<String, Flaw> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let (high, low) = (digit().ok_or(Flaw::Id)?, digit().ok_or(Flaw::Id)?);
            bytes.push(high << 4 | low);
        } else {
            bytes.push(byte);
        }
    }
    let id = String::from_utf8(bytes).map_err(|_| Flaw::Id)?;
    let count = id.chars().count();
    let is_id = (1..=MAX_ID).contains(&count)
        && !id.chars().any(|c| c.is_control() || is_blank(c) || c == char::REPLACEMENT_CHARACTER);
    if is_id { Ok(id) } else { Err(Flaw::Id) }
}
