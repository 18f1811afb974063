use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::deck::{Deck, DeckSlide, Prompt};
use crate::export::html::{Host, PageOptions, Speaker};
use crate::rehearsal::Expectation;

/// What the player is told.
#[derive(Serialize)]
struct PlayerDeck<'a> {
    title: &'a str,
    lang: &'a str,
    labels: &'a BTreeMap<String, String>,
    slides: Vec<PlayerSlide<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<PlayerSpeaker<'a>>,
    #[serde(flatten)]
    host: PlayerHost<'a>,
}

#[derive(Serialize)]
struct PlayerSlide<'a> {
    id: &'a str,
    title: &'a str,
    steps: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    backup: bool,
    #[serde(flatten)]
    speaker: Option<SpeakerSlide<'a>>,
}

/// What only the speaker is told of a slide.
#[derive(Serialize)]
struct SpeakerSlide<'a> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    #[serde(flatten)]
    expectation: Option<&'a Expectation>,
    #[serde(skip_serializing_if = "str::is_empty")]
    notes: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<PlayerQuestion<'a>>,
}

/// What only the speaker is told of the talk; times in seconds.
#[derive(Serialize)]
struct PlayerSpeaker<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(flatten)]
    budget: Option<PlayerBudget>,
    questions: Vec<PlayerQuestion<'a>>,
}

#[derive(Serialize)]
struct PlayerBudget {
    slot: f64,
    qa: f64,
    setup: f64,
    budget: f64,
}

#[derive(Serialize)]
struct PlayerQuestion<'a> {
    ask: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slide: Option<&'a str>,
    /// Whether somebody of the audience has asked it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    audience: bool,
}

/// Where the page lives, under the name that the player looks for.
#[derive(Default, Serialize)]
struct PlayerHost<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    live: Option<PlayerLive<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<PlayerRoom<'a>>,
}

#[derive(Serialize)]
struct PlayerLive<'a> {
    events: &'a str,
    revision: &'a str,
}

#[derive(Serialize)]
struct PlayerRoom<'a> {
    socket: &'a str,
    role: &'a str,
}

/// The data of the page as JSON that can stand in a script element.
#[must_use]
pub fn data(deck: &Deck, options: &PageOptions<'_>) -> String {
    let speaker = options.speaker.as_ref();
    let slides = deck
        .slides
        .iter()
        .enumerate()
        .map(|(index, slide)| PlayerSlide {
            id: &slide.id,
            title: slide.title.as_deref().unwrap_or_default(),
            steps: slide.steps,
            section: slide.section.as_deref(),
            backup: slide.backup,
            speaker: speaker.map(|speaker| of_slide(slide, speaker.slides.get(index))),
        })
        .collect();
    let deck = PlayerDeck {
        title: &deck.title,
        lang: &deck.lang,
        labels: &deck.labels,
        slides,
        speaker: speaker.map(|speaker| of_talk(deck, speaker)),
        host: host(&options.host),
    };
    // Texts and numbers under text keys always serialise.
    serde_json::to_string(&deck).unwrap_or_default().replace('<', "\\u003c")
}

fn of_slide<'a>(slide: &'a DeckSlide, expectation: Option<&'a Expectation>) -> SpeakerSlide<'a> {
    SpeakerSlide {
        optional: slide.optional,
        expectation,
        notes: &slide.notes,
        questions: slide.questions.iter().map(question).collect(),
    }
}

fn of_talk<'a>(deck: &'a Deck, speaker: &Speaker<'a>) -> PlayerSpeaker<'a> {
    let budget = speaker.budget.map(|budget| PlayerBudget {
        slot: seconds(budget.slot),
        qa: seconds(budget.questions),
        setup: seconds(budget.setup),
        budget: seconds(budget.speaking()),
    });
    PlayerSpeaker { date: speaker.date, budget, questions: deck.questions.iter().map(question).collect() }
}

fn question(prompt: &Prompt) -> PlayerQuestion<'_> {
    PlayerQuestion {
        ask: &prompt.ask,
        answer: prompt.answer.as_deref(),
        slide: prompt.slide.as_deref(),
        audience: prompt.from_audience,
    }
}

fn host<'a>(host: &'a Host<'_>) -> PlayerHost<'a> {
    match host {
        Host::File => PlayerHost::default(),
        Host::Live { events, revision } => PlayerHost { live: Some(PlayerLive { events, revision }), room: None },
        Host::Room { socket, role } => PlayerHost { live: None, room: Some(PlayerRoom { socket, role }) },
    }
}

/// Whole tenths, so that the page does not depend on how a share rounds.
fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}
