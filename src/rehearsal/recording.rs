use serde::{Deserialize, Serialize};

use crate::rehearsal::Expectation;

/// The form that recordings have now.
pub const FORMAT: &str = "retell-rehearsal/1";

/// The largest recording that is read, in bytes: a day of clicking has less.
pub(super) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The most events of a recording, and the most slides.
pub const MAX_EVENTS: usize = 50_000;

/// When which slide and step came, pauses and questions, in seconds from the start of a talk.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Recording {
    /// [`FORMAT`].
    pub format: String,
    /// The talk.
    pub talk: RecordedTalk,
    /// Its language as a BCP 47 tag.
    #[serde(default)]
    pub lang: String,
    /// When it began, in RFC 3339.
    #[serde(default)]
    pub started: String,
    /// Whether it was the talk itself, with people in the room; `None` when nobody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<bool>,
    /// The slides of the talk, in their order.
    pub slides: Vec<RecordedSlide>,
    /// What happened, in its order.
    pub events: Vec<Event>,
}

/// Which talk it was.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct RecordedTalk {
    /// Its title.
    pub title: String,
    /// Its file, where that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The day of the talk, as `2026-12-04`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A slide as it was then.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct RecordedSlide {
    /// Its id.
    pub id: String,
    /// What was known of it.
    #[serde(flatten)]
    pub expectation: Expectation,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Event {
    /// Seconds from the start.
    pub at: f64,
    /// What it was.
    #[serde(rename = "event")]
    pub kind: EventKind,
    /// Where the talk stands, when it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<String>,
    /// The step of the slide, when it is not the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// Another slide came.
    Enter,
    /// Another step of the same slide came.
    Step,
    /// The clock was stopped.
    Pause,
    /// The clock went on.
    Resume,
    /// Somebody asked.
    Question,
    /// The question was answered.
    Answer,
    /// The talk was over.
    End,
}

/// Why a file is no recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is larger than any recording.
    TooLarge,
    /// It ends in the middle.
    CutOff,
    /// It is something else; says where and why.
    NotOne(String),
    /// It is a recording of another version of Retell, in this form.
    OtherVersion(String),
    /// Nothing happened in it.
    Empty,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => write!(f, "it is larger than {} MiB", MAX_BYTES / 1024 / 1024),
            Self::CutOff => f.write_str("it ends in the middle: the file was not written or copied to its end"),
            Self::NotOne(why) => write!(f, "it is no recording: {why}"),
            Self::OtherVersion(format) => write!(f, "it has the form `{format}`, and this is read: `{FORMAT}`"),
            Self::Empty => f.write_str("nothing happened in it"),
        }
    }
}

impl Recording {
    /// Reads the file of a recording.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
            return Err(Unreadable::TooLarge);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| broken(&error))?;
        match value.get("format").and_then(serde_json::Value::as_str) {
            Some(FORMAT) => {}
            Some(other) if other.starts_with("retell-rehearsal/") => {
                return Err(Unreadable::OtherVersion(other.chars().take(40).collect()));
            }
            _ => return Err(Unreadable::NotOne("its `format` is missing".to_owned())),
        }
        let recording: Self = serde_json::from_value(value).map_err(|error| Unreadable::NotOne(error.to_string()))?;
        if recording.events.len() > MAX_EVENTS || recording.slides.len() > MAX_EVENTS {
            return Err(Unreadable::NotOne(format!("it has more than {MAX_EVENTS} slides or events")));
        }
        if recording.events.is_empty() || recording.slides.is_empty() {
            return Err(Unreadable::Empty);
        }
        Ok(recording)
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        // Texts and finite numbers under text keys always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Whether it was the talk itself: as the speaker says, else when it was held on the day of the talk.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let on_its_day =
            || self.talk.date.as_ref().is_some_and(|date| date.len() == 10 && self.started.starts_with(date));
        self.live.unwrap_or_else(on_its_day)
    }
}

fn broken(error: &serde_json::Error) -> Unreadable {
    if error.is_eof() { Unreadable::CutOff } else { Unreadable::NotOne(error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"format":"retell-rehearsal/1","talk":{"title":"T","date":"2026-12-04"},"lang":"en",
        "started":"2026-12-04T10:00:00+08:00","slides":[{"id":"a","key":"0f","plan":60.0,
        "expected":{"speech":50.0,"other":2.0,"declared":0.0}},{"id":"b"}],
        "events":[{"at":0.0,"event":"enter","slide":"a"},{"at":61.5,"event":"end"}]}"#;

    #[test]
    fn what_is_written_is_read_again() {
        let recording = Recording::read(WHOLE.as_bytes()).unwrap();
        assert_eq!(recording.slides[0].expectation.expected.map(|expected| expected.speech), Some(50.0));
        assert_eq!(recording.slides[1].expectation, Expectation::default());
        assert_eq!(Recording::read(recording.text().as_bytes()).unwrap(), recording);
    }

    #[test]
    fn what_is_held_on_the_day_of_the_talk_is_the_talk() {
        let mut recording = Recording::read(WHOLE.as_bytes()).unwrap();
        assert!(recording.is_live());
        recording.live = Some(false);
        assert!(!recording.is_live());
        recording.live = None;
        recording.started = "2026-12-03T10:00:00+08:00".to_owned();
        assert!(!recording.is_live());
    }

    #[test]
    fn other_files_are_refused_with_a_reason() {
        let read = |text: &str| Recording::read(text.as_bytes()).unwrap_err();
        assert_eq!(read(&WHOLE[..WHOLE.len() - 20]), Unreadable::CutOff);
        assert_eq!(read(""), Unreadable::CutOff);
        assert_eq!(
            read(&WHOLE.replace("rehearsal/1", "rehearsal/2")),
            Unreadable::OtherVersion("retell-rehearsal/2".into())
        );
        assert!(matches!(read("{\"a\":1}"), Unreadable::NotOne(_)));
        assert!(matches!(read(&WHOLE.replace("61.5", "\"late\"")), Unreadable::NotOne(_)));
        assert!(matches!(read(&WHOLE.replace("\"end\"", "\"applause\"")), Unreadable::NotOne(_)));
        assert_eq!(
            read("{\"format\":\"retell-rehearsal/1\",\"talk\":{\"title\":\"\"},\"slides\":[],\"events\":[]}"),
            Unreadable::Empty
        );
    }
}
