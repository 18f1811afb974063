use serde::Serialize;

use crate::recall::BackLink;
use crate::recall::results::Place;

/// The fewest people whose answers are shown together: fewer could be told apart.
pub const FEWEST: usize = 5;

/// What the answers of a talk's audience say, as reports show it. Scores go from 0 to 1; what has fewer than [`FEWEST`]
/// people behind it is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// The fewest people whose answers are shown together.
    pub fewest: usize,
    /// How many resamples an interval is made of.
    pub resamples: usize,
    /// How many lines count.
    pub lines: usize,
    /// The talks, in the order of their ids.
    pub talks: Vec<TalkResults>,
    /// How many more talks there are in the lines, all with fewer than [`FEWEST`] people.
    pub other_talks: usize,
    /// What is not counted as it stands.
    pub faults: Vec<Fault>,
    /// The texts that are not UTF-8 throughout.
    pub not_utf8: Vec<String>,
}

/// Lines with the same flaw.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fault {
    /// How many lines.
    pub count: usize,
    /// What is wrong with them.
    pub what: &'static str,
    /// What became of them.
    pub outcome: &'static str,
    /// Where the first of them stand.
    pub places: Vec<Place>,
}

/// The results of one talk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TalkResults {
    /// The talk's id.
    pub id: String,
    /// The title, where the talk is known.
    pub title: Option<String>,
    /// The talk's language, where it is known.
    pub lang: Option<String>,
    /// How many people were there, where the talk says so.
    pub audience: Option<u32>,
    /// How many people took part in any round.
    pub people: usize,
    /// Who answered when.
    pub rounds: Vec<Response>,
    /// All questions together: each person's mean.
    pub overall: Vec<Score>,
    /// Each question, in the order of the talk where it is known, else of the ids.
    pub questions: Vec<QuestionResults>,
    /// How many more ids of questions there are in the lines, all answered by fewer than [`FEWEST`] people.
    pub other_questions: usize,
    /// The ids of the questions with the lowest scores, lowest first, two at most.
    pub weakest: Vec<Weak>,
    /// What following up brought.
    pub probe: Option<ProbeEffect>,
    /// What people did.
    pub behaviour: Vec<BehaviourResults>,
    /// What became of the proposals.
    pub proposals: Vec<ProposalResults>,
}

/// How many people took part in a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// Days after the talk.
    pub day: u16,
    /// How many people.
    pub people: usize,
    /// People for each of those who could have, where that is known.
    pub rate: Option<f64>,
}

/// The scores of a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Days after the talk.
    pub day: u16,
    /// How many people answered.
    pub people: usize,
    /// Their mean.
    pub mean: Option<f64>,
    /// What changed since the first round, for those who answered in both.
    pub change: Option<Change>,
}

/// How scores changed between two rounds; only people who answered in both are counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The earlier round.
    pub since: u16,
    /// How many people answered in both.
    pub people: usize,
    /// The figures; `None` when these people are too few.
    pub figures: Option<Figures>,
}

/// Two means and the difference between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// The mean of the one.
    pub before: f64,
    /// The mean of the other.
    pub after: f64,
    /// By how much `after` is higher.
    pub difference: f64,
    /// Where 95 % of the differences of resamples lie.
    pub interval: (f64, f64),
}

impl Figures {
    /// The difference with its sign: `+0.25`, or `±0.00` when it is none.
    #[must_use]
    pub fn change_in_words(&self) -> String {
        signed(self.difference)
    }

    /// The interval: `−0.10 … +0.31`.
    #[must_use]
    pub fn interval_in_words(&self) -> String {
        format!("{} … {}", signed(self.interval.0), signed(self.interval.1))
    }
}

fn signed(value: f64) -> String {
    let sign = match (value * 100.0).round() {
        rounded if rounded < 0.0 => "−",
        rounded if rounded > 0.0 => "+",
        _ => "±",
    };
    format!("{sign}{:.2}", value.abs())
}

/// The results of one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionResults {
    /// The question's id.
    pub id: String,
    /// The question, where the talk is known.
    pub ask: Option<String>,
    /// The slide that answers it, where the talk is known.
    pub slide: Option<SlideLink>,
    /// Held back until the last round.
    pub probe: bool,
    /// Its scores, round by round.
    pub rounds: Vec<Score>,
}

/// A slide of the talk.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct SlideLink {
    pub id: String,
    pub number: usize,
    pub title: String,
}

impl From<&BackLink> for SlideLink {
    fn from(link: &BackLink) -> Self {
        Self { id: link.id.clone(), number: link.number, title: link.title.clone() }
    }
}

/// A question whose slide is to be improved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weak {
    /// The question's id.
    pub id: String,
    /// The round that says so.
    pub day: u16,
    /// The mean there.
    pub mean: f64,
    /// The slide to improve, where the talk is known.
    pub slide: Option<SlideLink>,
}

/// Questions that came back in each round beside those held back until the last one: what following up brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProbeEffect {
    /// The last round.
    pub day: u16,
    /// How many people answered questions of both kinds there.
    pub people: usize,
    /// From held back (`before`) to practised (`after`); `None` when these people are too few.
    pub figures: Option<Figures>,
}

/// What people did after the talk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BehaviourResults {
    /// Days after the talk.
    pub day: u16,
    /// How many people answered.
    pub people: usize,
    /// How many met the problem.
    pub met: Option<usize>,
    /// Of those, the part that recognised it.
    pub recognised: Option<f64>,
    /// Of those, the part that did the first action.
    pub acted: Option<f64>,
}

/// What became of a proposal, by the last word of each person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposalResults {
    /// The proposal's id.
    pub id: String,
    /// The tool or practice, where the talk is known.
    pub tool: Option<String>,
    /// By when to decide, where the talk says so.
    pub decide_by: Option<String>,
    /// How many people told.
    pub people: usize,
    /// How many of them say which; `None` when they are too few.
    pub told: Option<Told>,
}

/// How many people say what of a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Told {
    pub tried: usize,
    pub decided: usize,
    pub dropped: usize,
}
