//! What the follow-up of a talk asks for on a day.
//!
//! In: a [`FollowUp`] and the day. Out: the round to post and its message, the next one, and the proposals whose day to
//! decide has come. It must not know what day it is, nor whether a message was posted.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::recall::{Deadline, FollowUp, Round, fill};
use crate::talk::plain_text;

/// For how many days a round whose day has passed is still worth posting, unless the next one comes before.
const LATE: i32 = 7;

/// For how many days a proposal is named after its day: by then it was decided on, or nobody will.
const FORGOTTEN: i32 = 90;

/// What the follow-up of a talk asks for on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Due {
    /// The talk's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub lang: String,
    /// Its day; without one there are no rounds.
    #[serde(serialize_with = "day_or_none")]
    pub date: Option<Date>,
    /// Where to post, or whom to ask.
    pub contact: Option<String>,
    /// The round to post now: that of today, else one of the last days.
    pub now: Option<DueRound>,
    /// The round after that.
    pub next: Option<NextRound>,
    /// The proposals whose day has come or passed, earliest first.
    pub decisions: Vec<DueDecision>,
}

/// A round to be posted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueRound {
    /// Days after the talk, as planned.
    pub day: u32,
    /// Its date.
    #[serde(serialize_with = "day")]
    pub date: Date,
    /// For how many days it has been due, 0 for today. Nobody can tell whether it was posted.
    pub late: i32,
    /// What to post: questions, never answers, in the talk's language.
    pub message: String,
    /// Whether the message has the address of the answers, since the talk says where they are published.
    pub has_link: bool,
}

/// A round to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NextRound {
    /// Days after the talk, as planned.
    pub day: u32,
    /// Its date.
    #[serde(serialize_with = "day")]
    pub date: Date,
    /// In how many days.
    pub ahead: i32,
}

/// A proposal to decide on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DueDecision {
    /// The proposal's id.
    pub id: String,
    /// The tool or practice.
    pub tool: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when to decide.
    #[serde(serialize_with = "day")]
    pub decide_by: Date,
    /// For how many days it has been due, 0 for today.
    pub late: i32,
}

/// What `follow_up` asks for on `today`.
#[must_use]
pub fn due(follow_up: &FollowUp, today: Date) -> Due {
    let days = |day: Date| days_between(day, today);
    let dated: Vec<(&Round, Date)> = follow_up.rounds.iter().filter_map(|round| Some((round, round.date?))).collect();
    let past = dated.iter().rev().find(|(_, date)| *date <= today).filter(|(_, date)| days(*date) <= LATE);
    let next = dated.iter().find(|(_, date)| *date > today);
    let mut decisions: Vec<DueDecision> = follow_up
        .adoptions
        .iter()
        .filter_map(|adoption| {
            let Some(Deadline::On(decide_by)) = adoption.decide_by else { return None };
            (0..=FORGOTTEN).contains(&days(decide_by)).then(|| DueDecision {
                id: adoption.id.clone(),
                tool: plain_text(&adoption.tool),
                owner: adoption.owner.as_deref().map(plain_text),
                decide_by,
                late: days(decide_by),
            })
        })
        .collect();
    decisions.sort_by_key(|decision| decision.decide_by);
    Due {
        id: follow_up.id.clone(),
        title: follow_up.title.clone(),
        lang: follow_up.lang.clone(),
        date: follow_up.date,
        contact: follow_up.contact.clone(),
        now: past.map(|&(round, date)| {
            let message = message(follow_up, round);
            DueRound { day: round.day, date, late: days(date), message, has_link: follow_up.link.is_some() }
        }),
        next: next.map(|&(round, date)| NextRound { day: round.day, date, ahead: -days(date) }),
        decisions,
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn day<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(date)
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn day_or_none<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(to)
}

/// Days from one day to another.
fn days_between(from: Date, to: Date) -> i32 {
    // Both are days of the calendar, whose whole length fits.
    to.since(from).map_or(0, |span| span.get_days())
}

/// What to post for a round: two questions and where to check the answers.
#[must_use]
pub fn message(follow_up: &FollowUp, round: &Round) -> String {
    let labels = follow_up.labels();
    let day = round.day.to_string();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = one_line(&follow_up.title);
    let mut out = fill(&labels.invitation, &[("title", &title), ("n", &day)]);
    let _ = write!(out, "\n{}\n", labels.invitation_text);
    for (at, asked) in follow_up.invitation(round).iter().enumerate() {
        let _ = write!(out, "\n{}. {}", at + 1, one_line(&plain_text(asked.ask)));
    }
    let place = match follow_up.link_to(round) {
        Some(link) => format!("{} {link}", labels.invitation_link),
        None => labels.invitation_file.clone(),
    };
    let _ = write!(out, "\n\n{place}\n");
    out
}
