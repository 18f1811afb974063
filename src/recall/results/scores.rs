use std::collections::{BTreeMap, BTreeSet};

use crate::recall::results::collected::Person;
use crate::recall::results::report::{Change, FEWEST, Figures, ProbeEffect, Score};
use crate::recall::results::resample::{interval, mean, seed};

/// The people of a talk.
pub(super) type People = BTreeMap<String, Person>;

/// Half points as a score.
fn points(half: u8) -> f64 {
    f64::from(half) / 2.0
}

/// The mean as it is shown; `None` when there are too few values.
fn shown_mean(values: &[f64]) -> Option<f64> {
    mean(values).filter(|_| values.len() >= FEWEST).map(rounded)
}

/// Four digits: more would only say how computers add.
pub(super) fn rounded(value: f64) -> f64 {
    // Adding zero makes zero of minus zero.
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

/// The scores of one person in one round, by the question.
type Answers<'p> = BTreeMap<&'p str, f64>;

/// What people have in each round, by the day: tokens in order, each with its score.
pub(super) type Rounds<'p, T> = BTreeMap<u16, Vec<(&'p str, T)>>;

/// The round that others are compared with: the talk itself, else the first one that enough people answered.
fn first_round<T>(rounds: &Rounds<'_, T>) -> Option<u16> {
    rounds.iter().find(|(_, scores)| scores.len() >= FEWEST).map(|(day, _)| *day)
}

/// What each person has in both of two rounds.
fn pairs<T>(
    rounds: &Rounds<'_, T>,
    earlier: u16,
    later: &[(&str, T)],
    pair: impl Fn(&T, &T) -> Option<(f64, f64)>,
) -> Vec<(f64, f64)> {
    let Some(earlier) = rounds.get(&earlier) else { return Vec::new() };
    let before = |token: &str| earlier.binary_search_by_key(&token, |(token, _)| *token).ok().map(|at| &earlier[at].1);
    later.iter().filter_map(|(token, after)| pair(before(token)?, after)).collect()
}

/// The answers to each of `items`, round by round.
pub(super) fn answers_to<'p>(people: &'p People, items: &[&'p str]) -> BTreeMap<&'p str, Rounds<'p, f64>> {
    let mut out: BTreeMap<&str, Rounds<'p, f64>> = items.iter().map(|item| (*item, Rounds::new())).collect();
    for (token, person) in people {
        for line in person {
            for (item, half) in &line.answers {
                if let Some(rounds) = out.get_mut(item.as_str()) {
                    rounds.entry(line.day).or_default().push((token, points(*half)));
                }
            }
        }
    }
    out
}

/// The scores of a question, round by round.
pub(super) fn question_scores(talk: &str, item: &str, rounds: &Rounds<'_, f64>) -> Vec<Score> {
    let first = first_round(rounds);
    let score = |(&day, scores): (&u16, &Vec<(&str, f64)>)| {
        let all: Vec<f64> = scores.iter().map(|(_, score)| *score).collect();
        let since = first.filter(|first| *first < day);
        let change = since.map(|since| {
            let pairs = pairs(rounds, since, scores, |before, after| Some((*before, *after)));
            Change { since, people: pairs.len(), figures: figures(&pairs, seed(&[talk, item, &day.to_string()])) }
        });
        Score { day, people: all.len(), mean: shown_mean(&all), change }
    };
    rounds.iter().map(score).collect()
}

/// The scores of all questions together: each person's mean, and for changes their mean over what they answered in both
/// rounds.
pub(super) fn overall_scores(talk: &str, people: &People, leave_out: &BTreeSet<&str>) -> Vec<Score> {
    let mut rounds: Rounds<'_, Answers<'_>> = BTreeMap::new();
    for (token, person) in people {
        for line in person {
            let answers = line.answers.iter().filter(|(item, _)| !leave_out.contains(item.as_str()));
            let answers: Answers<'_> = answers.map(|(item, half)| (item.as_str(), points(*half))).collect();
            if !answers.is_empty() {
                rounds.entry(line.day).or_default().push((token, answers));
            }
        }
    }
    let first = first_round(&rounds);
    let score = |(&day, scores): (&u16, &Vec<(&str, Answers<'_>)>)| {
        let means = scores.iter().filter_map(|(_, answers)| mean(&answers.values().copied().collect::<Vec<_>>()));
        let all: Vec<f64> = means.collect();
        let since = first.filter(|first| *first < day);
        let change = since.map(|since| {
            let pairs = pairs(&rounds, since, scores, common_means);
            Change { since, people: pairs.len(), figures: figures(&pairs, seed(&[talk, "", &day.to_string()])) }
        });
        Score { day, people: all.len(), mean: shown_mean(&all), change }
    };
    rounds.iter().map(score).collect()
}

/// The means of two rounds over the questions that stand in both.
fn common_means(before: &Answers<'_>, after: &Answers<'_>) -> Option<(f64, f64)> {
    let common: Vec<(f64, f64)> = before.iter().filter_map(|(item, one)| Some((*one, *after.get(item)?))).collect();
    let (one, other): (Vec<f64>, Vec<f64>) = common.into_iter().unzip();
    Some((mean(&one)?, mean(&other)?))
}

/// The means of pairs and the interval of their difference; `None` when there are too few pairs.
fn figures(pairs: &[(f64, f64)], seed: u64) -> Option<Figures> {
    if pairs.len() < FEWEST {
        return None;
    }
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let (low, high) = interval(&differences, seed)?;
    Some(Figures {
        before: rounded(mean(&before)?),
        after: rounded(mean(&after)?),
        difference: rounded(mean(&differences)?),
        interval: (rounded(low), rounded(high)),
    })
}

/// How much better people know what came back in each round than what was held back; `None` when nobody was asked the
/// latter.
pub(super) fn probe_effect(talk: &str, people: &People, probes: &BTreeSet<&str>) -> Option<ProbeEffect> {
    let mut rounds: BTreeMap<u16, Vec<(f64, f64)>> = BTreeMap::new();
    for line in people.values().flatten() {
        let (held, practised): (Vec<_>, Vec<_>) =
            line.answers.iter().partition(|(item, _)| probes.contains(item.as_str()));
        let mean_of = |answers: Vec<(&String, &u8)>| {
            mean(&answers.into_iter().map(|(_, half)| points(*half)).collect::<Vec<_>>())
        };
        if let (Some(held), Some(practised)) = (mean_of(held), mean_of(practised)) {
            rounds.entry(line.day).or_default().push((held, practised));
        }
    }
    // The last round that enough people answered, else the last one.
    let enough = rounds.iter().rev().find(|(_, pairs)| pairs.len() >= FEWEST);
    let (day, pairs) = enough.or_else(|| rounds.iter().next_back())?;
    let figures = figures(pairs, seed(&[talk, "probe", &day.to_string()]));
    Some(ProbeEffect { day: *day, people: pairs.len(), figures })
}
