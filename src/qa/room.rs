use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::talk::{KeptQuestion, QuestionState};

/// The form of the files that are understood.
const FORMAT: &str = "retell-room/1";

const MAX_NAME: usize = KeptQuestion::MAX_NAME;

const MAX_QUESTION: usize = KeptQuestion::MAX_CHARACTERS;

/// The longest line that is read, in bytes: a post of 4 KiB with every character escaped.
const MAX_LINE: usize = 32 << 10;

/// The most faults that are told one by one.
pub const MAX_FAULTS: usize = 100;

/// Events that say nothing about questions.
const OTHERS: [&str; 2] = ["round", "result"];

/// What a room's file says about questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Room {
    /// What messages call the file.
    pub name: String,
    /// What `from` calls it: its path from the talk's folder.
    pub origin: String,
    /// The questions in the order in which they came.
    pub asked: Vec<Asked>,
    /// What people found muddiest, in the order in which it came.
    pub muddy: Vec<Muddy>,
    /// The first [`MAX_FAULTS`] lines that can't be read.
    pub faults: Vec<Fault>,
    /// How many lines can't be read.
    pub fault_count: usize,
    /// Events that a newer program may have written, by their name.
    pub unknown: BTreeMap<String, UnknownEvent>,
}

/// A question of a room.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its id in the file.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The slide that it is about.
    pub slide: Option<String>,
    /// Who asked, when they signed.
    pub name: Option<String>,
    /// The day.
    pub day: Option<Date>,
    /// How many others wanted to know it too.
    pub support: u32,
    /// What the speaker last said of it.
    pub mark: Option<QuestionState>,
}

/// A point that somebody found muddiest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muddy {
    /// The words.
    pub text: String,
    /// The slide that it is about.
    pub slide: Option<String>,
}

/// A line that can't be read, or only in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub why: String,
}

/// An event of a kind that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownEvent {
    /// How often it comes.
    pub count: usize,
    /// The line where it comes first.
    pub first: usize,
}

/// A line as it is written; what an event does not have is empty.
#[derive(Deserialize)]
struct Line {
    event: String,
    at: Option<String>,
    format: Option<String>,
    id: Option<String>,
    text: Option<String>,
    slide: Option<String>,
    name: Option<String>,
    by: Option<String>,
    #[serde(rename = "as")]
    mark: Option<String>,
}

/// What is kept while the lines are read.
struct Reading {
    room: Room,
    places: BTreeMap<String, usize>,
    /// Who supported which question.
    supporters: BTreeSet<(usize, String)>,
    /// Whether the lines that follow have the form that is understood.
    is_understood: bool,
    /// Whether a first line was there.
    has_begun: bool,
}

impl Room {
    /// Reads the file's bytes. What can't be read is noted and left out; the rest is read.
    #[must_use]
    pub fn read(name: &str, origin: &str, bytes: &[u8]) -> Self {
        let room = Self { name: name.to_owned(), origin: origin.to_owned(), ..Self::default() };
        let mut reading = Reading {
            room,
            places: BTreeMap::new(),
            supporters: BTreeSet::new(),
            is_understood: true,
            has_begun: false,
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            if let Err(why) = reading.line(line, index + 1) {
                reading.fault(index + 1, why);
            }
        }
        reading.room
    }
}

impl Reading {
    fn fault(&mut self, line: usize, why: impl Into<String>) {
        self.room.fault_count += 1;
        if self.room.faults.len() < MAX_FAULTS {
            self.room.faults.push(Fault { file: self.room.name.clone(), line, why: why.into() });
        }
    }

    fn line(&mut self, line: &[u8], number: usize) -> Result<(), String> {
        if line.len() > MAX_LINE {
            return Err(format!("longer than {} KiB", MAX_LINE >> 10));
        }
        let text = std::str::from_utf8(line).map_err(|_| "not UTF-8".to_owned())?;
        if text.trim().is_empty() {
            return Ok(());
        }
        let is_torn = !text.ends_with('\n');
        let read: Line = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => "an event with something missing or out of place".to_owned(),
            _ if is_torn => "cut off".to_owned(),
            _ => "not JSON".to_owned(),
        })?;
        if read.event == "room" {
            return self.begin(&read);
        }
        if !self.is_understood {
            return Err(format!("written in a form other than `{FORMAT}`"));
        }
        if !std::mem::replace(&mut self.has_begun, true) {
            self.fault(number, "the line `room` is missing before it; it is read all the same");
        }
        match read.event.as_str() {
            "ask" => self.ask(read, number),
            "support" => self.support(&read),
            "mark" => self.mark(&read),
            "muddy" => {
                let text = words(read.text)?;
                self.room.muddy.push(Muddy { text, slide: given(read.slide) });
                Ok(())
            }
            known if OTHERS.contains(&known) => Ok(()),
            _ => {
                let name: String = read.event.chars().take(MAX_NAME).collect();
                let event = self.room.unknown.entry(name).or_insert(UnknownEvent { count: 0, first: number });
                event.count += 1;
                Ok(())
            }
        }
    }

    fn begin(&mut self, read: &Line) -> Result<(), String> {
        let format = read.format.as_deref().unwrap_or_default();
        self.is_understood = format == FORMAT;
        self.has_begun = true;
        if self.is_understood {
            return Ok(());
        }
        let format: String = format.chars().take(MAX_NAME).collect();
        Err(format!("the form is `{format}`, and only `{FORMAT}` is understood"))
    }

    fn ask(&mut self, read: Line, number: usize) -> Result<(), String> {
        let id = given(read.id).ok_or("a question without `id`")?;
        let is_id = id.len() <= MAX_NAME && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_id {
            return Err("a question with an odd `id`".to_owned());
        }
        if self.places.contains_key(&id) {
            return Err(format!("a second question `{id}`"));
        }
        let text = words(read.text)?;
        let mut name = given(read.name);
        if name.as_ref().is_some_and(|name| name.chars().count() > MAX_NAME) {
            name = None;
            self.fault(number, format!("a name of more than {MAX_NAME} characters; the question is kept without it"));
        }
        let day = read.at.as_deref().and_then(|at| at.get(..10)).and_then(|day| day.parse().ok());
        self.places.insert(id.clone(), self.room.asked.len());
        let asked = Asked { id, text, slide: given(read.slide), name, day, support: 0, mark: None };
        self.room.asked.push(asked);
        Ok(())
    }

    /// The place of the question that a line is about.
    fn place(&self, read: &Line) -> Result<usize, String> {
        let id = read.id.as_deref().unwrap_or_default();
        let short: String = id.chars().take(MAX_NAME).collect();
        self.places
            .get(id)
            .copied()
            .ok_or_else(|| format!("`{}` of a question `{short}` that is not there", read.event))
    }

    fn support(&mut self, read: &Line) -> Result<(), String> {
        let place = self.place(read)?;
        let is_new = read.by.clone().is_none_or(|by| self.supporters.insert((place, by)));
        if let Some(asked) = self.room.asked.get_mut(place).filter(|_| is_new) {
            asked.support = asked.support.saturating_add(1);
        }
        Ok(())
    }

    fn mark(&mut self, read: &Line) -> Result<(), String> {
        let place = self.place(read)?;
        let mark = read.mark.as_deref().unwrap_or_default();
        // A question on the screen is as open as it was.
        if mark == "shown" {
            return Ok(());
        }
        let state = QuestionState::of(mark).ok_or_else(|| {
            let mark: String = mark.chars().take(MAX_NAME).collect();
            format!("a mark `{mark}` that is not known")
        })?;
        if let Some(asked) = self.room.asked.get_mut(place) {
            asked.mark = Some(state);
        }
        Ok(())
    }
}

/// What was said; refused when that is nothing, or more than a room lets anybody say.
fn words(text: Option<String>) -> Result<String, String> {
    let text = given(text).ok_or("nothing is said in it")?;
    if text.chars().count() > MAX_QUESTION { Err(format!("more than {MAX_QUESTION} characters")) } else { Ok(text) }
}

/// A text that is not empty.
fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
