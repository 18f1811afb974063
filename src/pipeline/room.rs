use crate::deck::Deck;
use crate::export::html::{Host, PageOptions, Speaker, WebFont, html};
use crate::pipeline::build::examine;
use crate::pipeline::web::whole;
use crate::pipeline::{Clock, Job, Report};
use crate::rehearsal::{RecordedSlide, expectations};
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
    let pages = RoomPages {
        title: deck.title.clone(),
        date: date.clone(),
        lang: deck.lang.clone(),
        slides: slides.collect(),
        speaker: page("speaker", Some(speaker)),
        remote: page("remote", Some(speaker)),
        viewer: page("viewer", None),
    };
    (report, Some(pages))
}

fn page(deck: &Deck, fonts: &[WebFont], socket: &str, role: &str, speaker: Option<Speaker<'_>>) -> String {
    html(deck, fonts, &PageOptions { speaker, host: Host::Room { socket, role } })
}
