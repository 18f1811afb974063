use std::collections::BTreeMap;

use crate::deck::Deck;
use crate::export::calendar::calendar;
use crate::export::html::{Host, PageOptions, Speaker, Takeaways, WebFont, ask_page, html};
use crate::pipeline::build::examine;
use crate::pipeline::sheet;
use crate::pipeline::web::whole;
use crate::pipeline::{Clock, Job, Report};
use crate::recall::results::ResultLine;
use crate::recall::{FollowUp, Item};
use crate::rehearsal::{RecordedSlide, expectations};
use crate::talk::plain_text;
use crate::timing::{self, Budget};

/// The pages of a talk for everybody in the room, each whole in itself, and what a record of the talk names.
#[derive(Clone, Debug)]
pub struct RoomPages {
    /// The talk's title.
    pub title: String,
    /// The day of the talk.
    pub date: Option<String>,
    /// The talk's language as a BCP 47 tag.
    pub lang: String,
    /// The slides in the order in which they are shown.
    pub slides: Vec<RoomSlide>,
    /// The deck and presenter view of the speaker.
    pub speaker: String,
    /// The speaker's phone.
    pub remote: String,
    /// What the audience follows; holds no note, plan or prepared question.
    pub viewer: String,
    /// Where the audience asks.
    pub audience: RoomAudience,
}

/// What the audience of a room is given.
#[derive(Clone, Debug)]
pub struct RoomAudience {
    /// The page of their phones; holds no answer.
    pub page: String,
    /// What results call the talk; `None` where it has nothing for people to take home.
    pub recall: Option<String>,
    /// The questions at the end of the talk.
    pub questions: Vec<RoomQuestion>,
    /// The text of `follow-up.ics`.
    pub calendar: Option<String>,
    /// The page `follow-up.html`.
    pub sheet: Option<String>,
}

/// A question at the end of the talk, as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomQuestion {
    /// Its name in results.
    pub id: String,
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: String,
    /// Why that is the answer.
    pub why: Option<String>,
}

impl RoomAudience {
    fn of(deck: &Deck, follow_up: Option<&FollowUp>, sheet: Option<String>) -> Self {
        let calendar = follow_up.and_then(|follow_up| calendar(follow_up, None));
        let takeaways = Takeaways { calendar: calendar.is_some(), sheet: sheet.is_some() };
        let questions = follow_up.map(FollowUp::asked_at_the_talk).unwrap_or_default();
        let question = |item: &Item| RoomQuestion {
            id: item.id.clone(),
            ask: plain_text(&item.ask),
            answer: plain_text(&item.answer),
            why: item.why.as_deref().map(plain_text),
        };
        let page = ask_page(deck, takeaways);
        let questions = questions.into_iter().map(question).collect();
        Self { page, recall: follow_up.map(|follow_up| follow_up.id.clone()), questions, calendar, sheet }
    }

    /// The result line of somebody who gave these half points; `None` when one is for no question asked here, or none is.
    #[must_use]
    pub fn result_line(&self, scores: &BTreeMap<String, u8>, token: &str) -> Option<String> {
        let recall = self.recall.as_deref()?;
        let is_asked = |id: &str| self.questions.iter().any(|question| question.id == id);
        if scores.is_empty() || !scores.iter().all(|(id, points)| is_asked(id) && *points <= 2) {
            return None;
        }
        let line = ResultLine {
            talk: recall.to_owned(),
            day: 0,
            answers: scores.clone(),
            behaviour: None,
            decisions: BTreeMap::new(),
            token: token.to_owned(),
        };
        Some(line.to_string())
    }
}

/// A slide of the room.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomSlide {
    /// How many clicks it takes.
    pub steps: u32,
    /// What a recording says of it.
    pub recorded: RecordedSlide,
}

/// Makes the pages of one talk for a room whose web socket is at the path `socket`; `None` when the talk has errors.
#[must_use]
pub fn room(job: &Job, socket: &str, clock: Clock<'_>) -> (Report, Option<RoomPages>) {
    let (mut report, made) = examine(job, clock);
    let Some(made) = made.filter(|_| !report.diagnostics.has_hindrances()) else { return (report, None) };
    let (deck, fonts) = whole(&made.draft, &made.pages, job, &mut report.diagnostics);
    let talk = &made.draft.talk;
    let expectations = expectations(talk, &timing::estimate(talk, &made.draft.past.practice));
    let date = talk.meta.date.map(|date| date.to_string());
    let speaker = Speaker { budget: Budget::of(&talk.meta), date: date.as_deref(), slides: &expectations };
    let page = |role: &str, speaker: Option<Speaker<'_>>| page(&deck, &fonts, socket, role, speaker);
    let slides = deck.slides.iter().zip(&expectations).map(|(slide, expectation)| RoomSlide {
        steps: slide.steps,
        recorded: RecordedSlide { id: slide.id.clone(), expectation: expectation.clone() },
    });
    let paper = made.paper.as_ref();
    let sheet = paper.and_then(|paper| sheet::page(paper, &made.draft, job, &mut report.diagnostics));
    let pages = RoomPages {
        title: deck.title.clone(),
        date: date.clone(),
        lang: deck.lang.clone(),
        slides: slides.collect(),
        speaker: page("speaker", Some(speaker)),
        remote: page("remote", Some(speaker)),
        viewer: page("viewer", None),
        audience: RoomAudience::of(&deck, FollowUp::of(talk).as_ref(), sheet),
    };
    (report, Some(pages))
}

fn page(deck: &Deck, fonts: &[WebFont], socket: &str, role: &str, speaker: Option<Speaker<'_>>) -> String {
    html(deck, fonts, &PageOptions { speaker, host: Host::Room { socket, role }, cover: None })
}
