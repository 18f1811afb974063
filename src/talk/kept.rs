use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::source::{Span, Spanned};
use crate::talk::{Inline, InlineKind, Question, Talk, plain_text};

/// A question that the audience asked, as `qa.yaml` beside the talk keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptQuestion {
    /// The words of whoever asked: text, in which no character is a mark.
    pub ask: String,
    /// The speaker's answer, which may hold Markdown.
    pub answer: Option<Vec<Inline>>,
    /// The id of the slide that it is about.
    pub slide: Option<Spanned<String>>,
    /// Who asked, when they signed.
    pub by: Option<String>,
    /// How many others wanted to know it too.
    pub support: u32,
    /// The day on which it was asked.
    pub asked: Option<Date>,
    /// What became of it.
    pub state: QuestionState,
    /// Where it came from, as `room/2026-12-04.jsonl#q7`.
    pub from: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuestionState {
    /// Nobody has answered it.
    #[default]
    Open,
    /// It was answered.
    Answered,
    /// Its answer was promised for later.
    Later,
    /// It is shown to nobody.
    Hidden,
}

impl QuestionState {
    /// Every state with its word in `qa.yaml`.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Open, "open"), (Self::Answered, "answered"), (Self::Later, "later"), (Self::Hidden, "hidden")];

    /// The word for it in `qa.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("open", |(_, name)| name)
    }

    /// The state of that word.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
    }
}

impl KeptQuestion {
    /// The most that one talk keeps.
    pub const MAX_COUNT: usize = 1000;

    /// The most characters of a question.
    pub const MAX_CHARACTERS: usize = 1000;

    /// The most characters of a name.
    pub const MAX_NAME: usize = 60;

    /// Whether `other` says the same, wherever it was written.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let answer = |kept: &Self| kept.answer.as_ref().map(|answer| plain_text(answer));
        let slide = |kept: &Self| kept.slide.as_ref().map(|slide| slide.value.clone());
        self.ask == other.ask
            && answer(self) == answer(other)
            && slide(self) == slide(other)
            && (&self.by, self.support, self.asked) == (&other.by, other.support, other.asked)
            && (self.state, &self.from) == (other.state, &other.from)
    }

    /// The same in the form of a prepared question.
    #[must_use]
    pub fn as_prepared(&self) -> Question {
        Question {
            ask: vec![Inline { kind: InlineKind::Text(one_line(&self.ask)), span: self.span }],
            answer: self.answer.clone(),
            slide: self.slide.as_ref().map(|slide| slide.value.clone()),
            span: self.span,
        }
    }
}

impl Talk {
    /// The prepared questions of the slides that are not hidden, in the order of the source.
    pub fn prepared_on_slides(&self) -> impl Iterator<Item = &Question> {
        self.slides.iter().filter(|slide| !slide.hidden).flat_map(|slide| &slide.questions)
    }

    /// The kept questions to show: without hidden ones, and without such as were prepared in the same words. Of those
    /// that were kept in the same words, one: the first that has an answer, else the first.
    #[must_use]
    pub fn kept_questions(&self) -> Vec<&KeptQuestion> {
        let prepared = self.meta.questions.iter().chain(self.prepared_on_slides());
        let prepared: BTreeSet<String> = prepared.map(|question| words(&plain_text(&question.ask))).collect();
        let (mut shown, mut places) = (Vec::<&KeptQuestion>::new(), BTreeMap::new());
        for kept in self.kept.iter().filter(|kept| kept.state != QuestionState::Hidden) {
            let words = words(&kept.ask);
            if prepared.contains(&words) {
                continue;
            }
            let place = *places.entry(words).or_insert(shown.len());
            match shown.get_mut(place) {
                Some(same) if same.answer.is_none() && kept.answer.is_some() => *same = kept,
                Some(_) => {}
                None => shown.push(kept),
            }
        }
        shown
    }
}

/// What two questions that say the same have in common, however they are set.
pub(crate) fn words(text: &str) -> String {
    one_line(text).to_lowercase()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
