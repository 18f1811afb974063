use std::collections::BTreeMap;
use std::time::Duration;

use crate::source::Spanned;
use crate::talk::Question;

/// The front matter of a talk, resolved: every default is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// The title, plain text.
    pub title: String,
    /// A line below the title.
    pub subtitle: Option<String>,
    /// Who speaks, in order.
    pub speakers: Vec<Speaker>,
    /// The day of the talk.
    pub date: Option<jiff::civil::Date>,
    /// The document's language as a BCP 47 tag; detected from the text when not given.
    pub lang: String,
    /// Whom the talk is for.
    pub audience: Option<Audience>,
    /// The whole slot, questions included.
    pub duration: Option<Spanned<Duration>>,
    /// How time is estimated.
    pub timing: Timing,
    /// The one sentence to remember.
    pub takeaway: Option<String>,
    /// Prepared questions of the front matter.
    pub questions: Vec<Question>,
    /// How the follow-up is run.
    pub recall: Option<RecallPlan>,
    /// Terms and what they mean.
    pub glossary: BTreeMap<String, String>,
    /// The theme's name or path, where given.
    pub theme: Option<Spanned<String>>,
    /// The shape of the slides.
    pub aspect: Aspect,
    /// Whether slides carry their number.
    pub paginate: bool,
    /// Text at the top of each slide.
    pub header: Option<String>,
    /// Text at the bottom of each slide.
    pub footer: Option<String>,
    /// Classes of every slide.
    pub classes: Vec<String>,
    /// CSS written in the front matter, added after the theme's.
    pub style: Option<Spanned<String>>,
    /// Where slides start.
    pub split: Split,
    /// Whose rules the source follows.
    pub dialect: Dialect,
    /// Strings and what replaces them in public editions.
    pub redact: BTreeMap<String, String>,
}

/// One speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// What they do.
    pub role: Option<String>,
    /// Where to reach them.
    pub contact: Option<String>,
}

/// Whom a talk is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// A description, or the name of a preset (`team`, `engineering`, `company`).
    pub who: Option<String>,
    /// How well they know the field; a preset says it where the talk does not.
    pub level: Option<Level>,
    /// Terms that need no explanation.
    pub knows: Vec<String>,
    /// How many people.
    pub size: Option<u32>,
}

/// How well an audience knows the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Level {
    Expert,
    Familiar,
    Mixed,
    New,
    NonTechnical,
}

/// How time is estimated; the values left out follow the model's defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timing {
    /// Time kept for questions.
    pub qa: Option<Share>,
    /// Time for setting up.
    pub setup: Option<Duration>,
    /// Whether notes are a script or cues.
    pub notes: NotesStyle,
    /// Speaking rates.
    pub rates: Rates,
    /// How a term is spoken.
    pub say: BTreeMap<String, String>,
}

/// A length of time, absolute or as a part of the slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// A part of the slot, 0 to 1.
    Part(f64),
    /// A fixed time.
    Time(Duration),
}

/// How speaker notes are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesStyle {
    /// Guessed from the text.
    #[default]
    Auto,
    /// Every word is spoken.
    Script,
    /// Key words.
    Cues,
}

/// Speaking rates in units a minute.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// Han characters.
    pub han: Option<f64>,
    /// Words of alphabetic scripts.
    pub word: Option<f64>,
    /// Kana and kanji of Japanese.
    pub kana: Option<f64>,
    /// Hangul syllables.
    pub hangul: Option<f64>,
}

/// How the follow-up of a talk is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecallPlan {
    /// Names the talk in results; never changed once people have answered.
    pub id: Option<String>,
    /// Days after the talk at which questions come back, as written.
    pub schedule: Vec<Spanned<u32>>,
    /// Where to ask.
    pub contact: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where `follow-up.html` is published, an `http` address; a link in a mailed file has to be whole.
    pub link: Option<String>,
}

/// Width to height of a slide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aspect {
    /// 16 : 9, 1280 × 720 CSS pixels.
    #[default]
    Wide,
    /// 4 : 3, 960 × 720 CSS pixels.
    Classic,
    /// 16 : 10, 1152 × 720 CSS pixels.
    Screen,
}

impl Aspect {
    /// Width and height of a slide in CSS pixels.
    #[must_use]
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Wide => (1280, 720),
            Self::Classic => (960, 720),
            Self::Screen => (1152, 720),
        }
    }
}

/// Where slides start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// At `---`.
    #[default]
    Rule,
    /// At `---` and at each first-level heading.
    H1,
    /// At `---` and at each first- or second-level heading.
    H2,
}

/// Whose rules a source follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Retell's own.
    #[default]
    Retell,
    /// Marp's.
    Marp,
}
