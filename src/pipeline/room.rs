use serde::Deserialize;

use crate::export::html::{Host, PageOptions, Speaker, data, html};
use crate::pipeline::build::examine;
use crate::pipeline::{Clock, Job, Report};
use crate::timing::{self, Budget};

/// The pages of a talk that is presented from a server, and what its record says of it.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// The deck and presenter view, with all that the speaker knows.
    pub speaker: String,
    /// The page of the speaker's phone, with the same.
    pub remote: String,
    /// What the audience may see.
    pub viewer: String,
    /// The talk's title.
    pub title: String,
    /// Its language, a BCP 47 tag.
    pub lang: String,
    /// Its slides in their order.
    pub slides: Vec<RoomSlide>,
}

/// A slide as a record names it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct RoomSlide {
    /// Its name in addresses.
    pub id: String,
    /// Changes when its notes change.
    pub key: Option<String>,
    /// The time planned for it, in seconds.
    pub plan: Option<f64>,
}

/// Makes the pages of one talk in memory; `socket` is the path at which they find their server.
///
/// There are none when the talk has errors.
#[must_use]
pub fn room(job: &Job, socket: &str, clock: Clock<'_>) -> (Report, Option<Room>) {
    let (mut report, made) = examine(job, clock);
    let Some(made) = made.filter(|_| !report.diagnostics.has_errors()) else { return (report, None) };
    let (deck, fonts) = made.web_deck(job, &mut report.diagnostics);
    if report.diagnostics.has_errors() {
        return (report, None);
    }
    let plans = timing::plan(&made.talk);
    let speaker = Speaker { budget: Budget::of(&made.talk.meta), plans: &plans };
    let options = |role, speaker| PageOptions { speaker, host: Host::Room { socket, role } };
    let for_speaker = options("speaker", Some(speaker));
    let room = Room {
        speaker: html(&deck, &fonts, &for_speaker),
        remote: html(&deck, &fonts, &options("remote", Some(speaker))),
        viewer: html(&deck, &fonts, &options("viewer", None)),
        slides: slides(&data(&deck, &for_speaker)),
        title: deck.title,
        lang: deck.lang,
    };
    (report, Some(room))
}

/// The slides as the speaker's page tells of them, so that both kinds of record name them alike.
fn slides(data: &str) -> Vec<RoomSlide> {
    #[derive(Deserialize)]
    struct Told {
        slides: Vec<RoomSlide>,
    }
    serde_json::from_str::<Told>(data).map(|told| told.slides).unwrap_or_default()
}
