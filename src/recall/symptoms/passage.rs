use serde::Serialize;

use crate::recall::results::SlideLink;
use crate::talk::{Inline, Question, Slide, Talk, plain_text};

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A `trigger`: somebody's symptom.
    Trigger,
    /// A `recall` item: a question by which people test themselves.
    Recall,
    /// A question that was prepared, or that the audience asked.
    Question,
}

/// Something that a talk says about a symptom or a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Where it comes from.
    pub origin: Origin,
    /// The symptom or the question.
    pub when: String,
    /// What it means, or why the answer holds.
    pub means: Option<String>,
    /// The first action, or the answer.
    pub action: Option<String>,
    /// Where to read on.
    pub see: Option<String>,
    /// Other wordings of the question; searched, not shown.
    #[serde(skip)]
    pub variants: Vec<String>,
    /// The slide that tells of it.
    pub slide: Option<SlideLink>,
}

/// The words of an entry as far as a search goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The symptom or question, in all its wordings.
    pub main: Vec<String>,
    /// What is said about it.
    pub rest: Vec<String>,
}

impl Entry {
    /// The words that are searched.
    #[must_use]
    pub fn passage(&self) -> Passage {
        let main = std::iter::once(&self.when).chain(&self.variants).cloned().collect();
        Passage { main, rest: [&self.means, &self.action, &self.see].into_iter().flatten().cloned().collect() }
    }

    /// All entries of a talk: triggers, recall items and prepared questions in the order of its slides, then what the
    /// audience asked. What stands on
    /// hidden slides is left out.
    #[must_use]
    pub fn of(talk: &Talk) -> Vec<Self> {
        let slides: Vec<(&Slide, SlideLink)> =
            talk.shown_slides().enumerate().map(|(at, slide)| (slide, link(slide, at + 1))).collect();
        let asked = |question: &Question, home: Option<&SlideLink>| {
            let named =
                question.slide.as_deref().and_then(|id| slides.iter().map(|(_, link)| link).find(|to| to.id == id));
            Self {
                origin: Origin::Question,
                when: plain_text(&question.ask),
                means: None,
                action: question.answer.as_deref().map(plain_text),
                see: None,
                variants: Vec::new(),
                slide: named.or(home).cloned(),
            }
        };
        let mut out: Vec<Self> = talk.meta.questions.iter().map(|question| asked(question, None)).collect();
        for (slide, link) in &slides {
            out.extend(slide.triggers.iter().map(|trigger| Self {
                origin: Origin::Trigger,
                when: plain_text(&trigger.when),
                means: text(trigger.means.as_ref()),
                action: Some(plain_text(&trigger.action)),
                see: text(trigger.see.as_ref()),
                variants: Vec::new(),
                slide: Some(link.clone()),
            }));
            out.extend(slide.recall.iter().map(|item| Self {
                origin: Origin::Recall,
                when: plain_text(&item.ask),
                means: text(item.why.as_ref()),
                action: Some(plain_text(&item.answer)),
                see: None,
                variants: item.variants.iter().map(|variant| plain_text(variant)).collect(),
                slide: Some(link.clone()),
            }));
            out.extend(slide.questions.iter().map(|question| asked(question, Some(link))));
        }
        out.extend(talk.kept_questions().into_iter().map(|kept| asked(&kept.as_prepared(), None)));
        out
    }
}

fn link(slide: &Slide, number: usize) -> SlideLink {
    let title = slide.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| slide.id.clone());
    SlideLink { id: slide.id.clone(), number, title }
}

fn text(inlines: Option<&Vec<Inline>>) -> Option<String> {
    inlines.map(|inlines| plain_text(inlines))
}
