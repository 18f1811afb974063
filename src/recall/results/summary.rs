use std::collections::{BTreeMap, BTreeSet};

use crate::recall::results::collected::Collected;
use crate::recall::results::line::Decision;
use crate::recall::results::report::{
    BehaviourResults, FEWEST, Fault, ProposalResults, QuestionResults, Response, Results, SlideLink, TalkResults, Told,
    Weak,
};
use crate::recall::results::resample::RESAMPLES;
use crate::recall::results::scores::{People, answers_to, overall_scores, probe_effect, question_scores, rounded};
use crate::recall::results::{Behaviour, Expected, Flaw, Places};
use crate::recall::{Deadline, FollowUp};
use crate::talk::plain_text;

/// The most talks, and the most questions or proposals of an unknown talk, that are listed.
const MOST: usize = 50;

/// How many questions are named as the weakest.
const WEAKEST: usize = 2;

/// A talk that results are read for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'t> {
    /// Its follow-up.
    pub follow_up: &'t FollowUp,
    /// How many people were there, where the talk says so.
    pub audience: Option<u32>,
}

impl Expected {
    /// The ids of a follow-up.
    #[must_use]
    pub fn of(follow_up: &FollowUp) -> Self {
        Self {
            talk: follow_up.id.clone(),
            questions: follow_up.items.iter().map(|item| item.id.clone()).collect(),
            proposals: follow_up.adoptions.iter().map(|adoption| adoption.id.clone()).collect(),
        }
    }
}

impl Results {
    /// What the lines say; `asked` is the talk they were read for, where it is known.
    #[must_use]
    pub fn new(collected: &Collected, asked: Option<Asked<'_>>) -> Self {
        let is_listed = |people: &People| asked.is_some() || people.len() >= FEWEST;
        let listed = collected.talks.iter().filter(|(_, people)| is_listed(people)).take(MOST);
        let talks: Vec<TalkResults> = listed.map(|(id, people)| talk_results(id, people, asked)).collect();
        Self {
            fewest: FEWEST,
            resamples: RESAMPLES,
            lines: collected.count(),
            other_talks: collected.talks.len() - talks.len(),
            talks,
            faults: faults(collected),
            not_utf8: collected.not_utf8().to_vec(),
        }
    }
}

fn faults(collected: &Collected) -> Vec<Fault> {
    let fault = |(flaw, places): (Flaw, &Places)| Fault {
        count: places.count,
        what: flaw.message(),
        outcome: flaw.outcome(),
        places: places.first.clone(),
    };
    collected.flaws().iter().map(fault).collect()
}

fn talk_results(id: &str, people: &People, asked: Option<Asked<'_>>) -> TalkResults {
    let follow_up = asked.map(|asked| asked.follow_up);
    let audience = asked.and_then(|asked| asked.audience);
    let probes: BTreeSet<&str> =
        follow_up.map(|known| known.probes().map(|item| item.id.as_str()).collect()).unwrap_or_default();
    let (questions, other_questions) = questions(id, people, follow_up);
    TalkResults {
        id: id.to_owned(),
        title: follow_up.map(|known| known.title.clone()),
        lang: follow_up.map(|known| known.lang.clone()),
        audience,
        people: people.len(),
        rounds: responses(people, audience),
        overall: overall_scores(id, people, &probes),
        weakest: weakest(&questions),
        questions,
        other_questions,
        probe: if probes.is_empty() { None } else { probe_effect(id, people, &probes) },
        behaviour: behaviour(people),
        proposals: proposals(people, follow_up),
    }
}

#[allow(clippy::cast_precision_loss, reason = "people are few")]
fn share(part: usize, whole: usize) -> f64 {
    rounded(part as f64 / whole as f64)
}

fn responses(people: &People, audience: Option<u32>) -> Vec<Response> {
    let mut rounds: BTreeMap<u16, usize> = BTreeMap::new();
    for line in people.values().flatten() {
        *rounds.entry(line.day).or_default() += 1;
    }
    let there = audience.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0);
    let whole = there.or_else(|| rounds.get(&0).copied());
    // More people than there were: the answers of others, or a size that was not right. No share says that.
    let rate = |day: u16, count: usize| {
        whole.filter(|whole| (there.is_some() || day > 0) && count <= *whole).map(|whole| share(count, whole))
    };
    rounds.iter().map(|(&day, &count)| Response { day, people: count, rate: rate(day, count) }).collect()
}

/// The questions, and how many ids of an unknown talk are left out.
fn questions(talk: &str, people: &People, follow_up: Option<&FollowUp>) -> (Vec<QuestionResults>, usize) {
    if let Some(follow_up) = follow_up {
        let ids: Vec<&str> = follow_up.items.iter().map(|item| item.id.as_str()).collect();
        let answers = answers_to(people, &ids);
        let scores = |id: &str| answers.get(id).map(|rounds| question_scores(talk, id, rounds)).unwrap_or_default();
        let known = follow_up.items.iter().map(|item| QuestionResults {
            id: item.id.clone(),
            ask: Some(plain_text(&item.ask)),
            slide: Some(SlideLink::from(&item.slide)),
            probe: item.probe,
            rounds: scores(&item.id),
        });
        return (known.collect(), 0);
    }
    // How many people answered each; a person who did so in two rounds is one.
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for person in people.values() {
        let items: BTreeSet<&str> = person.iter().flat_map(|line| line.answers.keys().map(String::as_str)).collect();
        for item in items {
            *answered.entry(item).or_default() += 1;
        }
    }
    let listed: Vec<&str> =
        answered.iter().filter(|(_, by)| **by >= FEWEST).map(|(item, _)| *item).take(MOST).collect();
    let listed: Vec<QuestionResults> = answers_to(people, &listed)
        .into_iter()
        .map(|(item, rounds)| {
            let rounds = question_scores(talk, item, &rounds);
            QuestionResults { id: item.to_owned(), ask: None, slide: None, probe: false, rounds }
        })
        .collect();
    let others = answered.len() - listed.len();
    (listed, others)
}

/// The questions with the lowest scores in the last round that has figures for them; what was never practised is no
/// sign of a weak slide.
fn weakest(questions: &[QuestionResults]) -> Vec<Weak> {
    let weak = |question: &QuestionResults| {
        let (day, mean) = question.rounds.iter().rev().find_map(|score| Some((score.day, score.mean?)))?;
        Some(Weak { id: question.id.clone(), day, mean, slide: question.slide.clone() })
    };
    let mut all: Vec<Weak> = questions.iter().filter(|question| !question.probe).filter_map(weak).collect();
    all.retain(|weak| weak.mean < 1.0);
    all.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    all.truncate(WEAKEST);
    all
}

fn behaviour(people: &People) -> Vec<BehaviourResults> {
    let mut rounds: BTreeMap<u16, Vec<Behaviour>> = BTreeMap::new();
    for line in people.values().flatten() {
        if let Some(behaviour) = line.behaviour {
            rounds.entry(line.day).or_default().push(behaviour);
        }
    }
    let of_round = |(day, told): (u16, Vec<Behaviour>)| {
        let met = told.iter().filter(|one| one.met).count();
        let part = |count: usize| (met >= FEWEST).then(|| share(count, met));
        BehaviourResults {
            day,
            people: told.len(),
            met: (told.len() >= FEWEST).then_some(met),
            recognised: part(told.iter().filter(|one| one.recognised).count()),
            acted: part(told.iter().filter(|one| one.acted).count()),
        }
    };
    rounds.into_iter().map(of_round).collect()
}

fn proposals(people: &People, follow_up: Option<&FollowUp>) -> Vec<ProposalResults> {
    let mut told: BTreeMap<&str, Vec<Decision>> = BTreeMap::new();
    for person in people.values() {
        // The last word of each person.
        let said = person.iter().flat_map(|line| &line.decisions);
        let last: BTreeMap<&str, Decision> = said.map(|(id, decision)| (id.as_str(), *decision)).collect();
        for (id, decision) in last {
            told.entry(id).or_default().push(decision);
        }
    }
    let result = |id: &str, tool: Option<String>, decide_by: Option<String>| {
        let decisions = told.get(id).map(Vec::as_slice).unwrap_or_default();
        let count = |which: Decision| decisions.iter().filter(|decision| **decision == which).count();
        let all = Told {
            tried: count(Decision::Tried),
            decided: count(Decision::Decided),
            dropped: count(Decision::Dropped),
        };
        let told = (decisions.len() >= FEWEST).then_some(all);
        ProposalResults { id: id.to_owned(), tool, decide_by, people: decisions.len(), told }
    };
    if let Some(follow_up) = follow_up {
        let day = |deadline: Deadline| match deadline {
            Deadline::On(date) => date.to_string(),
            Deadline::After(days) => format!("+{days}d"),
        };
        let known = follow_up.adoptions.iter();
        return known.map(|one| result(&one.id, Some(plain_text(&one.tool)), one.decide_by.map(day))).collect();
    }
    let listed = told.iter().filter(|(_, decisions)| decisions.len() >= FEWEST).take(MOST);
    listed.map(|(id, _)| result(id, None, None)).collect()
}
