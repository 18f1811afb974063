use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::source::{Span, Spanned};
use crate::talk::{Adoption, Block, Footnote, Note, Question, RecallItem, Trigger};

/// One slide.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Slide {
    /// Unique in the talk; the fragment of deep links.
    pub id: String,
    /// The text of the first heading.
    pub title: Option<String>,
    /// Where the slide stands, from after its separator to before the next.
    pub span: Span,
    /// What is shown.
    pub blocks: Vec<Block>,
    /// Footnotes that the slide refers to.
    pub footnotes: Vec<Footnote>,
    /// How many clicks the slide takes after it appears.
    pub steps: u32,
    /// The theme's layout, where given.
    pub layout: Option<Spanned<String>>,
    /// CSS classes.
    pub classes: Vec<String>,
    /// What lies behind the content, bottom first.
    pub backgrounds: Vec<Spanned<Background>>,
    /// The speaker's own figure for the time this slide takes.
    pub time: Option<Spanned<Duration>>,
    /// Demos or videos and their lengths.
    pub demos: Vec<Spanned<Duration>>,
    /// The section that starts here.
    pub section: Option<Section>,
    /// May be dropped when late.
    pub optional: bool,
    /// Not shown.
    pub hidden: bool,
    /// Comes after the end, for questions.
    pub backup: bool,
    /// The only edition that has this slide.
    pub edition: Option<Edition>,
    /// Whether the slide carries its number, where it differs from the talk.
    pub paginate: Option<bool>,
    /// Replaces the talk's header on this slide.
    pub header: Option<String>,
    /// Replaces the talk's footer on this slide.
    pub footer: Option<String>,
    /// Codes of findings that are not reported for this slide.
    pub ignored: Vec<Spanned<String>>,
    /// What the speaker says.
    pub notes: Vec<Note>,
    /// Prepared questions that stand on this slide.
    pub questions: Vec<Question>,
    /// Recall items whose back-link is this slide.
    pub recall: Vec<RecallItem>,
    /// Triggers whose back-link is this slide.
    pub triggers: Vec<Trigger>,
    /// Proposals whose back-link is this slide.
    pub adoptions: Vec<Adoption>,
}

impl Slide {
    /// A slide with nothing on it.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self {
            id: String::new(),
            title: None,
            span,
            blocks: Vec::new(),
            footnotes: Vec::new(),
            steps: 0,
            layout: None,
            classes: Vec::new(),
            backgrounds: Vec::new(),
            time: None,
            demos: Vec::new(),
            section: None,
            optional: false,
            hidden: false,
            backup: false,
            edition: None,
            paginate: None,
            header: None,
            footer: None,
            ignored: Vec::new(),
            notes: Vec::new(),
            questions: Vec::new(),
            recall: Vec::new(),
            triggers: Vec::new(),
            adoptions: Vec::new(),
        }
    }

    /// Equal for equal notes: 16 hexadecimal digits, by which a rehearsal knows its slides again.
    #[must_use]
    pub fn key(&self) -> String {
        let mut hasher = Sha256::new();
        for note in &self.notes {
            hasher.update(note.markdown.as_bytes());
            hasher.update([0]);
        }
        hasher.finalize().iter().take(8).fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
    }
}

/// The start of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// The time planned for it.
    pub budget: Option<Duration>,
    /// Where it was written.
    pub span: Span,
}

/// Something that lies behind a slide's content.
#[derive(Clone, Debug, PartialEq)]
pub enum Background {
    /// A CSS colour or gradient as written.
    Color(String),
    /// A picture.
    Image {
        /// Path or `data:` URL.
        source: String,
        /// What it shows.
        alt: String,
        /// How it fills its area.
        fit: BackgroundFit,
        /// The side it takes and its width in percent of the slide; the whole slide if `None`.
        side: Option<(Side, f32)>,
    },
}

/// By its debug form, which writes every figure in full; figures with a point have no hash of their own.
impl Hash for Background {
    fn hash<H: Hasher>(&self, state: &mut H) {
        format!("{self:?}").hash(state);
    }
}

/// How a background picture fills its area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum BackgroundFit {
    /// Fills the area, cut at the edges.
    #[default]
    Cover,
    /// Whole picture visible.
    Contain,
    /// Natural size.
    Auto,
    /// Percent of the area's width.
    Percent(f32),
}

/// A side of the slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Side {
    Left,
    Right,
}

/// Who a part is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Edition {
    /// Colleagues only.
    #[default]
    Internal,
    /// The public edition only.
    Public,
}
