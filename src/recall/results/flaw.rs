use std::collections::BTreeMap;

use serde::Serialize;

/// How many places of each flaw are kept by name; the rest are counted.
const PLACES: usize = 20;

/// Why a line, or a part of it, is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// It ends before its token.
    CutOff,
    /// It is in a form of another version.
    OtherVersion,
    /// It belongs to another talk than the one asked for.
    OtherTalk,
    /// An id that no program of ours has written.
    Id,
    /// A day that is no number or beyond a year.
    Day,
    /// A score that is not 0, 1 or 2.
    Score,
    /// A behaviour that is none, or contradicts itself.
    Behaviour,
    /// A decision that is none.
    Decision,
    /// A question or a proposal stands in it twice.
    Repeated,
    /// A field that a line does not have, or in a place where it can't be.
    Field,
    /// A token that is none.
    Token,
    /// It holds no answer at all.
    Nothing,
    /// An answer to a question that the talk does not have; the rest of the line is counted.
    UnknownQuestion,
    /// A decision on a proposal that the talk does not have; the rest of the line is counted.
    UnknownProposal,
    /// Other answers of the same person in the same round; one of the two is counted.
    Contradiction,
    /// The same line once more.
    Doubled,
    /// A result of a room file without a line.
    RoomEntry,
}

impl Flaw {
    /// What it is, for `count` lines of it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::CutOff => "cut off before the `~token` at its end",
            Self::OtherVersion => "written in a form that this version does not know",
            Self::OtherTalk => "from another talk",
            Self::Id => "with an id that is not one",
            Self::Day => "with a day that is no `d0` to `d366`",
            Self::Score => "with a score that is not 0, 1 or 2",
            Self::Behaviour => "with a behaviour that is no `m1r1a0`, or contradicts itself",
            Self::Decision => "with a decision that is not `tried`, `decided` or `dropped`",
            Self::Repeated => "with the same question or proposal twice",
            Self::Field => "with a part that is not understood",
            Self::Token => "with a `~token` that is not one",
            Self::Nothing => "without an answer",
            Self::UnknownQuestion => "with an answer to a question that the talk does not have",
            Self::UnknownProposal => "with a decision on a proposal that the talk does not have",
            Self::Contradiction => "with other answers of the same person in the same round",
            Self::Doubled => "doubled",
            Self::RoomEntry => "of a room file without a result in it",
        }
    }

    /// What became of such lines.
    #[must_use]
    pub fn outcome(self) -> &'static str {
        match self {
            Self::UnknownQuestion | Self::UnknownProposal => "the rest of the line counts",
            Self::Contradiction => "one of the two counts",
            Self::Doubled => "counted once",
            _ => "not counted",
        }
    }
}

/// A place in a file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// All lines with the same flaw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub first: Vec<Place>,
}

/// The flaws found, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flaws(BTreeMap<Flaw, Places>);

impl Flaws {
    /// Takes note of a flaw.
    pub(super) fn add(&mut self, flaw: Flaw, file: &str, line: usize) {
        let places = self.0.entry(flaw).or_default();
        places.count += 1;
        if places.first.len() < PLACES {
            places.first.push(Place { file: file.to_owned(), line });
        }
    }

    /// Each flaw with its places.
    pub fn iter(&self) -> impl Iterator<Item = (Flaw, &Places)> {
        self.0.iter().map(|(flaw, places)| (*flaw, places))
    }
}
