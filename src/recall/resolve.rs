use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::recall::rounds::{DAYS, after, rounds};
use crate::recall::{Adoption, BackLink, Deadline, FollowUp, Item, Question, Trigger};
use crate::talk::{self, Inline, QuestionState, Slide, Talk, plain_text, slug, words};

impl FollowUp {
    /// The follow-up of a talk; `None` when no slide that is shown has a recall item, a trigger or a proposal.
    #[must_use]
    pub fn of(talk: &Talk) -> Option<Self> {
        let slides: Vec<(&Slide, BackLink)> =
            talk.shown_slides().enumerate().map(|(at, slide)| (slide, back_link(slide, at + 1))).collect();
        let items = items(&slides);
        let triggers = triggers(&slides);
        let adoptions = adoptions(&slides, talk.meta.date);
        if items.is_empty() && triggers.is_empty() && adoptions.is_empty() {
            return None;
        }
        let (meta, plan) = (&talk.meta, talk.meta.recall.clone().unwrap_or_default());
        let contact = || meta.speakers.iter().find_map(|speaker| speaker.contact.clone());
        let days: Vec<u32> = plan.schedule.iter().map(|day| day.value).collect();
        Some(Self {
            id: talk_id(plan.id.as_deref(), &meta.title),
            title: meta.title.clone(),
            subtitle: meta.subtitle.clone(),
            speakers: meta.speakers.clone(),
            date: meta.date,
            lang: meta.lang.clone(),
            takeaway: meta.takeaway.clone(),
            contact: plan.contact.or_else(contact),
            owner: plan.owner,
            link: plan.link,
            items,
            triggers,
            adoptions,
            questions: questions(talk, &slides),
            rounds: rounds(if days.is_empty() { DAYS.to_vec() } else { days }, meta.date),
        })
    }
}

fn back_link(slide: &Slide, number: usize) -> BackLink {
    let title = slide.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| slide.id.clone());
    BackLink { id: slide.id.clone(), number, title }
}

/// The author's name of the talk, blanks as dashes since result lines are parted by them, else a slug of its title.
fn talk_id(written: Option<&str>, title: &str) -> String {
    let written = written.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join("-");
    let id = if written.is_empty() { slug(title) } else { written };
    if id.is_empty() { derived("talk", title) } else { id }
}

/// An id that stays as long as the words stay: `prefix-` and eight hexadecimal digits.
fn derived(prefix: &str, words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut id = format!("{prefix}-");
    for byte in Sha256::digest(words).iter().take(4) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// Gives ids out, each once.
struct Ids {
    prefix: &'static str,
    given: BTreeSet<String>,
    /// The last number behind an id that was wanted more than once.
    counts: BTreeMap<String, u32>,
}

impl Ids {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, given: BTreeSet::new(), counts: BTreeMap::new() }
    }

    fn give(&mut self, written: Option<&String>, words: &[Inline]) -> String {
        let base = written.cloned().unwrap_or_else(|| derived(self.prefix, &plain_text(words)));
        let count = self.counts.entry(base.clone()).or_insert(1);
        let mut id = base.clone();
        while !self.given.insert(id.clone()) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        id
    }
}

fn items(slides: &[(&Slide, BackLink)]) -> Vec<Item> {
    let mut ids = Ids::new("q");
    let mut out = Vec::new();
    for (slide, link) in slides {
        out.extend(slide.recall.iter().map(|item| Item {
            id: ids.give(item.id.as_ref(), &item.ask),
            is_named: item.id.is_some(),
            ask: item.ask.clone(),
            answer: item.answer.clone(),
            why: item.why.clone(),
            wrong: item.wrong.clone(),
            variants: item.variants.clone(),
            probe: item.probe,
            slide: link.clone(),
            span: item.span,
        }));
    }
    out
}

fn triggers(slides: &[(&Slide, BackLink)]) -> Vec<Trigger> {
    let mut ids = Ids::new("t");
    let mut out = Vec::new();
    for (slide, link) in slides {
        out.extend(slide.triggers.iter().map(|trigger| Trigger {
            id: ids.give(trigger.id.as_ref(), &trigger.when),
            when: trigger.when.clone(),
            means: trigger.means.clone(),
            action: trigger.action.clone(),
            see: trigger.see.clone(),
            slide: link.clone(),
            span: trigger.span,
        }));
    }
    out
}

fn adoptions(slides: &[(&Slide, BackLink)], date: Option<Date>) -> Vec<Adoption> {
    let mut ids = Ids::new("a");
    let mut out = Vec::new();
    for (slide, link) in slides {
        out.extend(slide.adoptions.iter().map(|adoption| Adoption {
            id: ids.give(adoption.id.as_ref(), &adoption.tool),
            tool: adoption.tool.clone(),
            replaces: adoption.replaces.clone(),
            trial: adoption.trial.clone(),
            owner: adoption.owner.clone(),
            decide_by: adoption.decide_by.as_deref().and_then(|written| deadline(written, date)),
            revisit: adoption.revisit.clone(),
            slide: link.clone(),
            span: adoption.span,
        }));
    }
    out
}

/// What `2026-12-18`, `+14d` or `+2w` means for a talk on `date`.
fn deadline(written: &str, date: Option<Date>) -> Option<Deadline> {
    let Some(later) = written.strip_prefix('+') else { return written.parse().ok().map(Deadline::On) };
    let (number, factor) = match (later.strip_suffix('w'), later.strip_suffix('d')) {
        (Some(weeks), _) => (weeks, 7),
        (None, Some(days)) => (days, 1),
        (None, None) => return None,
    };
    let days = number.parse::<u32>().ok()?.checked_mul(factor)?;
    match date {
        Some(date) => after(date, days).map(Deadline::On),
        None => Some(Deadline::After(days)),
    }
}

fn questions(talk: &Talk, slides: &[(&Slide, BackLink)]) -> Vec<Question> {
    let of_slides =
        slides.iter().flat_map(|(slide, link)| slide.questions.iter().map(move |asked| (asked, Some(link))));
    let all = talk.meta.questions.iter().map(|asked| (asked, None)).chain(of_slides);
    let mut questions: Vec<Question> = all.map(|(asked, home)| question(asked, home, slides)).collect();
    for kept in &talk.kept {
        // What was asked again may have been answered then.
        let same = |question: &&mut Question| {
            question.answer.is_none() && words(&plain_text(&question.ask)) == words(&kept.ask)
        };
        if kept.state != QuestionState::Hidden
            && let Some(question) = questions.iter_mut().find(same)
        {
            question.answer.clone_from(&kept.answer);
        }
    }
    questions.extend(
        talk.kept_questions()
            .into_iter()
            .map(|kept| Question { from_audience: true, ..question(&kept.as_prepared(), None, slides) }),
    );
    questions
}

fn question(asked: &talk::Question, home: Option<&BackLink>, slides: &[(&Slide, BackLink)]) -> Question {
    let named = asked.slide.as_deref();
    let link = named.and_then(|id| slides.iter().map(|(_, link)| link).find(|link| link.id == id));
    Question {
        ask: asked.ask.clone(),
        answer: asked.answer.clone(),
        slide: link.or(home).cloned(),
        names_slide: named.is_some(),
        from_audience: false,
        span: asked.span,
    }
}
