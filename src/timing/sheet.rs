use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::talk::{Slide, Talk};
use crate::timing::estimate::{Basis, SlideEstimate, estimate};
use crate::timing::load::Load;
use crate::timing::{Budget, Counts, Estimate, ExtraKind, Practice, plan};

/// How many cuts are named.
const CUTS: usize = 3;

/// Everything about the time of a talk, as reports show it; times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// The talk's title.
    pub title: String,
    /// The talk's language as a BCP 47 tag.
    pub lang: String,
    /// What the slot is divided into; `None` when the talk does not say how long it is.
    pub budget: Option<SheetBudget>,
    /// The whole talk.
    pub estimate: Band,
    /// How likely the talk fits its speaking budget, 0 to 1.
    pub fits: Option<f64>,
    /// How notes were read: `script` or `cues`.
    pub notes: &'static str,
    /// Whether that was guessed.
    pub notes_guessed: bool,
    /// Units a minute, before the speaker's own speed.
    pub rates: SheetRates,
    /// The speaker's own speed.
    pub speed: SheetSpeed,
    /// The last rehearsal, or the talk itself.
    pub rehearsal: Option<SheetRun>,
    /// The sections, in order.
    pub sections: Vec<SheetSection>,
    /// The slides in the order in which they are shown, without backup slides.
    pub slides: Vec<SheetSlide>,
    /// The cheapest cuts, best first.
    pub cuts: Vec<Cut>,
    /// Optional slides to drop until the talk fits, in this order; `None` when nothing has to go.
    pub drop: Option<Drops>,
}

/// The parts of a slot, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct SheetBudget {
    pub slot: f64,
    pub questions: f64,
    pub setup: f64,
    pub speaking: f64,
}

/// A time and its band, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Band {
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
}

/// Speaking rates, in units a minute.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct SheetRates {
    pub han: f64,
    pub kana: f64,
    pub hangul: f64,
    pub word: f64,
}

/// How fast the speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SheetSpeed {
    /// Seconds that the speaker takes for what takes the usual speaker one.
    pub factor: f64,
    /// How many rehearsals it comes from.
    pub rehearsals: usize,
    /// Whether it is reckoned as a second language.
    pub second_language: bool,
}

/// A run of the talk, times in seconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SheetRun {
    /// The recording's name.
    pub recording: String,
    /// When it began, in RFC 3339.
    pub started: String,
    /// Whether it was the talk itself.
    pub live: bool,
    /// What all slides took.
    pub time: f64,
    /// What each slide took, by its id; what did not come is not there.
    #[serde(skip)]
    pub slides: BTreeMap<String, f64>,
}

/// A section, times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetSection {
    /// Its name.
    pub name: String,
    /// What it is given: its own budget, or its share of the rest.
    pub planned: Option<f64>,
    /// Whether the talk says so.
    pub declared: bool,
    /// What it takes.
    pub estimate: Band,
    /// What it took in the last rehearsal.
    pub rehearsed: Option<f64>,
}

/// A slide, times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetSlide {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The section that starts here.
    pub section: Option<String>,
    /// When it is estimated to start, from the first word.
    pub start: f64,
    /// What it takes.
    pub estimate: Band,
    /// When it ends, from the first word: the slides up to here together.
    pub end: Band,
    /// What it is given.
    pub planned: Option<f64>,
    /// What it took in the last rehearsal.
    pub rehearsed: Option<f64>,
    /// What each step takes, where the notes mark the clicks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<f64>,
    /// What the estimate was taken from: `notes`, `visible text`, `rehearsal` or `time`.
    pub basis: &'static str,
    /// Han characters, kana and Hangul syllables spoken.
    pub characters: u32,
    /// Words, spelled letters and digits spoken.
    pub words: u32,
    /// The part that is speech.
    pub speech: f64,
    /// The part that the speaker declares: demos, or the slide's own `time`.
    pub declared: f64,
    /// What else takes time; nothing of it counts on a slide with its own `time`.
    pub extras: Vec<SheetExtra>,
    /// What fills it up to the least that such a slide takes: all but the extras where nobody knows what is said.
    pub floor: f64,
    /// The codes of what was found about its time.
    pub flags: Vec<&'static str>,
    /// May be dropped when late.
    pub optional: bool,
}

/// Time that is not speech, in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetExtra {
    /// What takes it.
    pub kind: &'static str,
    /// How long all of its kind take.
    pub time: f64,
}

/// A way to make the talk shorter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cut {
    /// The slide.
    pub id: String,
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: Option<String>,
    /// Why it is cheap to cut: `optional`, `no notes` or `code`.
    pub why: &'static str,
    /// The seconds saved.
    pub saves: f64,
}

/// Slides to leave out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drops {
    /// Optional slides in the order in which to drop them.
    pub slides: Vec<Cut>,
    /// What the talk takes without them, in seconds.
    pub leaves: f64,
    /// Seconds over the speaking budget that are left.
    pub over: f64,
}

impl Sheet {
    /// The sheet of a talk, by what `practice` teaches; `last` is the last run of it.
    #[must_use]
    pub fn new(talk: &Talk, practice: &Practice, last: Option<SheetRun>) -> Self {
        let estimate = estimate(talk, practice);
        let budget = Budget::of(&talk.meta);
        let plans = plan(talk, &estimate);
        let shown: Vec<&Slide> = talk.shown_slides().filter(|slide| !slide.backup).collect();
        let cuts = cuts(&shown, &estimate);
        let rates = &estimate.rates;
        let slides = slides(&shown, &estimate, &plans, last.as_ref());
        Self {
            title: talk.meta.title.clone(),
            lang: talk.meta.lang.clone(),
            budget: budget.map(|budget| SheetBudget {
                slot: seconds(budget.slot),
                questions: seconds(budget.questions),
                setup: seconds(budget.setup),
                speaking: seconds(budget.speaking()),
            }),
            estimate: band(&estimate.total),
            fits: budget.map(|budget| (estimate.total.chance_within(budget.speaking()) * 100.0).round() / 100.0),
            notes: if estimate.cues { "cues" } else { "script" },
            notes_guessed: estimate.guessed,
            rates: SheetRates { han: rates.han, kana: rates.kana, hangul: rates.hangul, word: rates.word },
            speed: SheetSpeed {
                factor: (estimate.speed.factor * 1000.0).round() / 1000.0,
                rehearsals: estimate.speed.rehearsals,
                second_language: estimate.speed.second_language && estimate.speed.rehearsals == 0,
            },
            sections: sections(&estimate, &slides),
            slides,
            rehearsal: last,
            drop: budget.and_then(|budget| drops(&cuts, &estimate, &budget)),
            cuts: cuts.into_iter().take(CUTS).collect(),
        }
    }
}

fn sections(estimate: &Estimate, slides: &[SheetSlide]) -> Vec<SheetSection> {
    let sections = estimate.sections.iter().map(|section| {
        let slides = slides.get(section.slides.clone()).unwrap_or_default();
        let rehearsed: Vec<f64> = slides.iter().filter_map(|slide| slide.rehearsed).collect();
        SheetSection {
            name: section.name.clone(),
            planned: section.budget.map(seconds).or_else(|| slides.iter().map(|slide| slide.planned).sum()),
            declared: section.budget.is_some(),
            estimate: band(&section.load),
            rehearsed: (!rehearsed.is_empty()).then(|| tenths(rehearsed.iter().sum())),
        }
    });
    sections.collect()
}

fn slides(
    shown: &[&Slide],
    estimate: &Estimate,
    plans: &[Option<Duration>],
    last: Option<&SheetRun>,
) -> Vec<SheetSlide> {
    let mut start = Duration::ZERO;
    let mut until = Load::default();
    let mut out = Vec::new();
    for (index, (slide, estimate)) in shown.iter().zip(&estimate.slides).enumerate() {
        let Counts { words, letters, digits, .. } = estimate.counts;
        until.add(&estimate.load);
        out.push(SheetSlide {
            id: slide.id.clone(),
            title: slide.title.clone(),
            section: slide.section.as_ref().map(|section| section.name.clone()),
            start: seconds(start),
            estimate: band(&estimate.load),
            end: band(&until),
            planned: plans.get(index).copied().flatten().map(seconds),
            rehearsed: last.and_then(|last| last.slides.get(&slide.id)).copied().map(tenths),
            steps: if estimate.steps.len() > 1 {
                estimate.steps.iter().copied().map(seconds).collect()
            } else {
                Vec::new()
            },
            basis: estimate.basis.name(),
            characters: estimate.counts.characters(),
            words: words.saturating_add(letters).saturating_add(digits),
            speech: seconds(estimate.load.speech_time()),
            declared: seconds(estimate.load.declared_time()),
            extras: extras(estimate),
            floor: floor(estimate),
            flags: Vec::new(),
            optional: slide.optional,
        });
        start = start.saturating_add(estimate.load.time());
    }
    out
}

/// The extras of a slide, those of one kind as one.
fn extras(estimate: &SlideEstimate) -> Vec<SheetExtra> {
    let mut out: Vec<SheetExtra> = Vec::new();
    for extra in &estimate.extras {
        match out.last_mut() {
            Some(last) if last.kind == extra.kind.name() => last.time += seconds(extra.time()),
            _ => out.push(SheetExtra { kind: extra.kind.name(), time: seconds(extra.time()) }),
        }
    }
    out
}

/// What is neither speech, nor declared, nor an extra.
fn floor(estimate: &SlideEstimate) -> f64 {
    let extras: Duration = estimate.extras.iter().map(crate::timing::Extra::time).sum();
    seconds(estimate.load.other_time().saturating_sub(extras))
}

/// All ways to make the talk shorter: optional slides first, then slides without notes, then code; longest first.
fn cuts(shown: &[&Slide], estimate: &Estimate) -> Vec<Cut> {
    let mut cuts: Vec<(usize, Cut)> = Vec::new();
    for (index, (slide, estimate)) in shown.iter().zip(&estimate.slides).enumerate() {
        let code = estimate.extras.iter().filter(|extra| extra.kind == ExtraKind::Code);
        let code: Duration = code.map(crate::timing::Extra::time).sum();
        let (rank, why, saves) = if slide.optional {
            (0, "optional", estimate.load.time())
        } else if estimate.basis == Basis::VisibleText {
            (1, "no notes", estimate.load.time())
        } else if !code.is_zero() {
            (2, "code", code)
        } else {
            continue;
        };
        let (id, title) = (slide.id.clone(), slide.title.clone());
        cuts.push((rank, Cut { id, number: index + 1, title, why, saves: seconds(saves) }));
    }
    cuts.sort_by(|(a, one), (b, other)| a.cmp(b).then(other.saves.total_cmp(&one.saves)));
    cuts.into_iter().map(|(_, cut)| cut).collect()
}

/// As many optional slides, longest first, as make the talk fit.
fn drops(cuts: &[Cut], estimate: &Estimate, budget: &Budget) -> Option<Drops> {
    let (mut leaves, speaking) = (seconds(estimate.total.time()), seconds(budget.speaking()));
    if leaves <= speaking {
        return None;
    }
    let mut slides = Vec::new();
    for cut in cuts.iter().filter(|cut| cut.why == "optional") {
        if leaves <= speaking {
            break;
        }
        leaves -= cut.saves;
        slides.push(cut.clone());
    }
    Some(Drops { slides, leaves, over: (leaves - speaking).max(0.0) })
}

fn band(load: &Load) -> Band {
    Band { p10: seconds(load.shortest()), p50: seconds(load.time()), p90: seconds(load.longest()) }
}

/// Whole tenths: no estimate is better than that.
fn seconds(time: Duration) -> f64 {
    tenths(time.as_secs_f64())
}

fn tenths(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
