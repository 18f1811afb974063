use std::collections::BTreeMap;

use crate::recall::symptoms::Passage;
use crate::recall::symptoms::words::{Cutter, Kind};

/// How much of a query is read, in terms: enough for the text of an error, and not for a whole log.
const MAX_TERMS: usize = 64;

/// How much more a term counts in the symptom than in what is said about it.
const MAIN: f64 = 2.0;

/// How soon more of the same term says no more, and how much long passages are held back: the usual values of BM25
/// (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The part of a query's weight that a passage must have to be found.
const COVERAGE: f64 = 0.2;

/// What a term that no passage has counts for that part: people write around what they look for.
const UNSEEN: f64 = 0.3;

/// English words that are in everything.
const STOP: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "in", "is", "it", "not", "of", "on", "or",
    "th", "the", "to", "was", "with", "what",
];

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Query {
    terms: BTreeMap<String, usize>,
    weights: Vec<f64>,
    /// Which [`mark`]s the terms have: most words of a passage are told from them by that.
    marks: [bool; 256],
}

/// A number of a term that few others have.
fn mark(term: &str) -> usize {
    let bytes = term.as_bytes();
    let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default());
    (byte(bytes.len().wrapping_sub(1)) + 7 * byte(bytes.len().wrapping_sub(2)) + 31 * bytes.len()) % 256
}

/// How often each term of a query stands in a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    counts: Vec<f64>,
    length: f64,
}

/// What all passages of a search have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    passages: f64,
    length: f64,
    /// How many passages have each term.
    having: Vec<f64>,
}

impl Query {
    /// The terms of `text`; `None` when it has none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut all: Vec<(String, Kind)> = Vec::new();
        Cutter::new(|term, kind| {
            if all.len() < 4 * MAX_TERMS {
                all.push((term.to_owned(), kind));
            }
        })
        .cut(text);
        let mut terms = Self::of(&all, |term, kind| kind != Kind::Character && !STOP.contains(&term));
        // A question of one character, or of nothing but small words, is one all the same.
        if terms.weights.iter().all(|weight| *weight < 0.5) {
            terms = Self::of(&all, |_, _| true);
        }
        (!terms.weights.is_empty()).then_some(terms)
    }

    fn of(all: &[(String, Kind)], counts: impl Fn(&str, Kind) -> bool) -> Self {
        let (mut terms, mut weights, mut marks) = (BTreeMap::new(), Vec::new(), [false; 256]);
        for (term, kind) in all {
            if counts(term, *kind) && weights.len() < MAX_TERMS && !terms.contains_key(term) {
                terms.insert(term.clone(), weights.len());
                marks[mark(term)] = true;
                weights.push(match kind {
                    Kind::Word => 1.0,
                    Kind::Single => 0.6,
                    Kind::Character | Kind::Shape => 0.4,
                    Kind::Number => 0.3,
                });
            }
        }
        Self { terms, weights, marks }
    }

    /// Looks for the terms in a passage.
    #[must_use]
    pub fn hits(&self, passage: &Passage) -> Hits {
        let mut counts = vec![0.0; self.weights.len()];
        let mut length = 0.0;
        for (texts, weight) in [(&passage.main, MAIN), (&passage.rest, 1.0)] {
            let mut cutter = Cutter::new(|term: &str, kind| {
                if kind != Kind::Shape && kind != Kind::Character {
                    length += 1.0;
                }
                if self.marks[mark(term)]
                    && let Some(&at) = self.terms.get(term)
                {
                    counts[at] += weight;
                }
            });
            for text in texts {
                cutter.cut(text);
            }
        }
        Hits { counts, length }
    }

    /// How well a passage fits, after BM25; `None` when it has too little of the query.
    #[must_use]
    pub fn score(&self, hits: &Hits, all: &Statistics) -> Option<f64> {
        let mean = if all.passages > 0.0 { (all.length / all.passages).max(1.0) } else { 1.0 };
        let (mut score, mut found, mut whole) = (0.0, 0.0, 0.0);
        for (at, weight) in self.weights.iter().enumerate() {
            let having = all.having.get(at).copied().unwrap_or_default();
            let weight = weight * (1.0 + (all.passages - having + 0.5).max(0.5) / (having + 0.5)).ln();
            let count = hits.counts.get(at).copied().unwrap_or_default();
            whole += if having > 0.0 { weight } else { weight * UNSEEN };
            if count > 0.0 {
                found += weight;
                score += weight * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * hits.length / mean));
            }
        }
        (found > 0.0 && found >= COVERAGE * whole).then_some(score)
    }
}

impl Hits {
    /// Whether there are any.
    #[must_use]
    pub fn any(&self) -> bool {
        self.counts.iter().any(|count| *count > 0.0)
    }
}

impl Statistics {
    /// Takes in a passage.
    pub fn add(&mut self, hits: &Hits) {
        self.passages += 1.0;
        self.length += hits.length;
        self.having.resize(hits.counts.len(), 0.0);
        for (having, count) in self.having.iter_mut().zip(&hits.counts) {
            *having += f64::from(u8::from(*count > 0.0));
        }
    }

    /// Takes in the passages of another search for the same.
    pub fn merge(&mut self, other: &Self) {
        self.passages += other.passages;
        self.length += other.length;
        self.having.resize(self.having.len().max(other.having.len()), 0.0);
        for (having, more) in self.having.iter_mut().zip(&other.having) {
            *having += more;
        }
    }
}
