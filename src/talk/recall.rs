use crate::source::Span;
use crate::talk::Inline;

/// A prepared question.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Question {
    /// What somebody may ask.
    pub ask: Vec<Inline>,
    /// The short answer.
    pub answer: Option<Vec<Inline>>,
    /// The id of the slide to jump to.
    pub slide: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// A question by which attendees test themselves later.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct RecallItem {
    /// Names the item for good; `None` when the author gave none.
    pub id: Option<String>,
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
    /// Where it was written.
    pub span: Span,
}

/// A symptom and what to do when one meets it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Trigger {
    /// Names the trigger for good; `None` when the author gave none.
    pub id: Option<String>,
    /// The symptom.
    pub when: Vec<Inline>,
    /// What it means.
    pub means: Option<Vec<Inline>>,
    /// The first action.
    pub action: Vec<Inline>,
    /// Where to read on.
    pub see: Option<Vec<Inline>>,
    /// Where it was written.
    pub span: Span,
}

/// A proposal to decide on.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Adoption {
    /// Names the proposal for good; `None` when the author gave none.
    pub id: Option<String>,
    /// The tool or practice.
    pub tool: Vec<Inline>,
    /// What it replaces.
    pub replaces: Option<Vec<Inline>>,
    /// The smallest trial.
    pub trial: Option<Vec<Inline>>,
    /// Who sees to it.
    pub owner: Option<Vec<Inline>>,
    /// By when to decide: a date, or days after the talk as `+14d`.
    pub decide_by: Option<String>,
    /// When to look again.
    pub revisit: Option<Vec<Inline>>,
    /// Where it was written.
    pub span: Span,
}
