use jiff::civil::Date;

use crate::recall::{Labels, Round};
use crate::source::Span;
use crate::talk::{Inline, Speaker};

/// The follow-up of a talk: everything that its outputs need, resolved.
///
/// What stands on hidden slides is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Names the talk in results, cards and calendars; without white space.
    pub id: String,
    /// The title, plain text.
    pub title: String,
    /// A line below the title.
    pub subtitle: Option<String>,
    /// Who spoke, in order.
    pub speakers: Vec<Speaker>,
    /// The day of the talk.
    pub date: Option<Date>,
    /// The talk's language as a BCP 47 tag.
    pub lang: String,
    /// The one sentence to remember.
    pub takeaway: Option<String>,
    /// Where to ask: that of the plan, else that of the first speaker who has one.
    pub contact: Option<String>,
    /// Who looks after the follow-up.
    pub owner: Option<String>,
    /// Where `follow-up.html` is published; [`FollowUp::link_to`] leads to a round of it.
    pub link: Option<String>,
    /// The questions, in the order of the talk.
    pub items: Vec<Item>,
    /// The symptoms, in the order of the talk.
    pub triggers: Vec<Trigger>,
    /// The proposals, in the order of the talk.
    pub adoptions: Vec<Adoption>,
    /// Prepared questions, those of the front matter, then those of the slides; then what the audience has asked.
    pub questions: Vec<Question>,
    /// When questions come back, earliest first; the talk itself, day 0, is not among them.
    pub rounds: Vec<Round>,
}

/// Where in the talk something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackLink {
    /// The slide's id, the fragment of its link in the deck.
    pub id: String,
    /// The slide's number as shown, from 1; also its page in the PDF.
    pub number: usize,
    /// The slide's title, its id where it has none.
    pub title: String,
}

/// A question by which people test themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Unique in the talk: the author's, else one derived from the words of the question.
    pub id: String,
    /// Whether the author gave the id. A derived one changes with the words, and then the answers that people gave
    /// are lost.
    pub is_named: bool,
    /// The question.
    pub ask: Vec<Inline>,
    /// The answer.
    pub answer: Vec<Inline>,
    /// Why that is the answer.
    pub why: Option<Vec<Inline>>,
    /// Wrong answers to offer as choices.
    pub wrong: Vec<Vec<Inline>>,
    /// Other wordings of the question.
    pub variants: Vec<Vec<Inline>>,
    /// Held back until the last round.
    pub probe: bool,
    /// The slide that holds the answer.
    pub slide: BackLink,
    /// Where it was written.
    pub span: Span,
}

/// A symptom and what to do when one meets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// Unique among the triggers: the author's, else one derived from the symptom.
    pub id: String,
    /// The symptom.
    pub when: Vec<Inline>,
    /// What it means.
    pub means: Option<Vec<Inline>>,
    /// The first action.
    pub action: Vec<Inline>,
    /// Where to read on.
    pub see: Option<Vec<Inline>>,
    /// The slide that tells of it.
    pub slide: BackLink,
    /// Where it was written.
    pub span: Span,
}

/// A proposal to decide on.
#[derive(Clone, Debug, PartialEq)]
pub struct Adoption {
    /// Unique among the proposals: the author's, else one derived from the tool's name.
    pub id: String,
    /// The tool or practice.
    pub tool: Vec<Inline>,
    /// What it replaces.
    pub replaces: Option<Vec<Inline>>,
    /// The smallest trial.
    pub trial: Option<Vec<Inline>>,
    /// Who sees to it.
    pub owner: Option<Vec<Inline>>,
    /// By when to decide.
    pub decide_by: Option<Deadline>,
    /// When to look again.
    pub revisit: Option<Vec<Inline>>,
    /// The slide that proposes it.
    pub slide: BackLink,
    /// Where it was written.
    pub span: Span,
}

/// By when to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// That day.
    On(Date),
    /// So many days after a talk that has no date.
    After(u32),
}

/// A question that was prepared or asked, and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What somebody may ask.
    pub ask: Vec<Inline>,
    /// The short answer.
    pub answer: Option<Vec<Inline>>,
    /// The slide that answers it, else the one it was written on; `None` for one of the front matter without `slide`.
    pub slide: Option<BackLink>,
    /// Whether the author named that slide.
    pub names_slide: bool,
    /// Whether somebody of the audience has asked it.
    pub from_audience: bool,
    /// Where it was written.
    pub span: Span,
}

impl FollowUp {
    /// The words of all outputs in the talk's language.
    #[must_use]
    pub fn labels(&self) -> &'static Labels {
        Labels::of(&self.lang)
    }

    /// The names of the speakers.
    #[must_use]
    pub fn speaker_names(&self) -> Vec<&str> {
        self.speakers.iter().map(|speaker| speaker.name.as_str()).filter(|name| !name.is_empty()).collect()
    }

    /// The questions that have an answer to keep.
    pub fn answered(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.answer.is_some())
    }

    /// The address of a round of the published self-test, `…?d=7`.
    #[must_use]
    pub fn link_to(&self, round: &Round) -> Option<String> {
        let link = self.link.as_deref()?;
        let (page, fragment) = link.split_once('#').unwrap_or((link, ""));
        let mark = if page.contains('?') { '&' } else { '?' };
        let hash = if fragment.is_empty() { "" } else { "#" };
        Some(format!("{page}{mark}d={}{hash}{fragment}", round.day))
    }
}
