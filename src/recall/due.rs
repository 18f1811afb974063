use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use crate::recall::{Deadline, FollowUp, Round, fill};
use crate::talk::plain_text;

/// For how many days a round whose day has passed is still worth posting, unless the next one comes before.
const LATE: i32 = 7;

/// What the follow-up of a talk asks for on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Due {
    /// The talk's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub lang: String,
    /// Its day.
    pub date: Date,
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
    pub date: Date,
    /// For how many days it has been due, 0 for today. Nobody can tell whether it was posted.
    pub late: i32,
    /// What to post: questions, never answers, in the talk's language.
    pub message: String,
}

/// A round to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NextRound {
    /// Days after the talk, as planned.
    pub day: u32,
    /// Its date.
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
    pub decide_by: Date,
    /// For how many days it has been due, 0 for today.
    pub late: i32,
}

/// What `follow_up` asks for on `today`; `None` when the talk has no date. Links start with `link` where it is given.
#[must_use]
pub fn due(follow_up: &FollowUp, today: Date, link: Option<&str>) -> Option<Due> {
    let date = follow_up.date?;
    let days = |day: Date| days_between(day, today);
    let dated: Vec<(&Round, Date)> =
        follow_up.rounds.iter().filter_map(|round| Some((round, round.date?))).collect();
    let past = dated.iter().rev().find(|(_, date)| *date <= today).filter(|(_, date)| days(*date) <= LATE);
    let next = dated.iter().find(|(_, date)| *date > today);
    let mut decisions: Vec<DueDecision> = follow_up
        .adoptions
        .iter()
        .filter_map(|adoption| {
            let Some(Deadline::On(decide_by)) = adoption.decide_by else { return None };
            (decide_by <= today).then(|| DueDecision {
                id: adoption.id.clone(),
                tool: plain_text(&adoption.tool),
                owner: adoption.owner.as_deref().map(plain_text),
                decide_by,
                late: days(decide_by),
            })
        })
        .collect();
    decisions.sort_by_key(|decision| decision.decide_by);
    Some(Due {
        id: follow_up.id.clone(),
        title: follow_up.title.clone(),
        lang: follow_up.lang.clone(),
        date,
        contact: follow_up.contact.clone(),
        now: past.map(|&(round, date)| {
            let message = message(follow_up, round, link);
            DueRound { day: round.day, date, late: days(date), message }
        }),
        next: next.map(|&(round, date)| NextRound { day: round.day, date, ahead: -days(date) }),
        decisions,
    })
}

/// Days from one day to another.
fn days_between(from: Date, to: Date) -> i32 {
    // Both are days of the calendar, whose whole length fits.
    to.since(from).map_or(0, |span| span.get_days())
}

/// What to post for a round: two questions and where to check the answers.
#[must_use]
pub fn message(follow_up: &FollowUp, round: &Round, link: Option<&str>) -> String {
    let labels = follow_up.labels();
    let day = round.day.to_string();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = one_line(&follow_up.title);
    let mut out = fill(&labels.invitation, &[("title", &title), ("n", &day)]);
    let _ = write!(out, "\n{}\n", labels.invitation_text);
    for (at, asked) in follow_up.invitation(round).iter().enumerate() {
        let _ = write!(out, "\n{}. {}", at + 1, one_line(&plain_text(asked.ask)));
    }
    let place = match link {
        Some(link) => format!("{} {}", labels.invitation_link, round_link(link, round.day)),
        None => format!("{} (?d={day})", labels.invitation_file),
    };
    let _ = write!(out, "\n\n{place}\n");
    out
}

/// The address of a round: `follow-up.html` with its day, below `link` when that is the address of a pack.
fn round_link(link: &str, day: u32) -> String {
    let page = if link.split(['?', '#']).next().unwrap_or(link).ends_with(".html") {
        link.to_owned()
    } else {
        format!("{}/follow-up.html", link.trim_end_matches('/'))
    };
    let (page, fragment) = page.split_once('#').map_or((page.as_str(), String::new()), |(page, at)| (page, format!("#{at}")));
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}d={day}{fragment}")
}
