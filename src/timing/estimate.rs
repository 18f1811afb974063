use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::time::Duration;

use crate::source::Span;
use crate::talk::{BlockKind, NotesStyle, Rates, Slide, Talk};
use crate::timing::constants::{
    CLICK, CUES_EXPANSION, CUES_LIST_SHARE, CUES_SENTENCE_CHARACTERS, CUES_SENTENCE_WORDS, DATA_FLOOR,
    SCRIPT_EXPANSION, SECTION_FLOOR, TITLE_FLOOR, UNNOTED_EXPANSION, UNNOTED_FLOOR, UNNOTED_MOST,
};
use crate::timing::count::{Counter, Counts, SpeakingRates};
use crate::timing::extra::{Extra, Shown, announces_demo};
use crate::timing::load::{Load, time};
use crate::timing::practice::{Practice, Speed};
use crate::timing::spoken::Spoken;

/// How long a talk takes, by its notes and slides alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Whether notes were taken as cues; else as a script.
    pub cues: bool,
    /// Whether that was guessed.
    pub guessed: bool,
    /// What the speech was reckoned with, before the speaker's own speed.
    pub rates: SpeakingRates,
    /// The speed that it was reckoned with on top; the usual one where the talk gives rates of its own.
    pub speed: Speed,
    /// The slides that belong to the talk, in the order in which they are shown: no hidden and no backup slides.
    pub slides: Vec<SlideEstimate>,
    /// The sections, in order; slides before the first belong to none.
    pub sections: Vec<SectionEstimate>,
    /// All slides together.
    pub total: Load,
}

/// How long a slide takes and why.
#[derive(Clone, Debug, PartialEq)]
pub struct SlideEstimate {
    /// The slide's id.
    pub id: String,
    /// What the speech was taken from.
    pub basis: Basis,
    /// What is spoken, as it was counted.
    pub counts: Counts,
    /// Time that is not speech, in the order of its kinds.
    pub extras: Vec<Extra>,
    /// Lines of code shown.
    pub code_lines: usize,
    /// Whether the notes announce a demo that has no length.
    pub lacks_demo_time: bool,
    /// The whole slide.
    pub load: Load,
    /// The slide step by step, where its notes mark the clicks; else all of it as one. They add up to the whole.
    pub steps: Vec<Duration>,
}

/// What an estimate was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The slide's notes.
    Notes,
    /// The words on the slide: it has no notes.
    VisibleText,
    /// The slide's `time`.
    Declared,
    /// How long the slide took in rehearsals: it has no notes.
    Rehearsal,
}

impl Basis {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::VisibleText => "visible text",
            Self::Declared => "time",
            Self::Rehearsal => "rehearsal",
        }
    }
}

/// How long a section takes.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionEstimate {
    /// Its name.
    pub name: String,
    /// Its declared budget.
    pub budget: Option<Duration>,
    /// Where it was written.
    pub span: Span,
    /// Its slides, as a range of [`Estimate::slides`].
    pub slides: std::ops::Range<usize>,
    /// All of them together.
    pub load: Load,
}

/// Estimates a talk from its notes, or where a slide has none, from its rehearsals or from what it shows.
///
/// Rates that the talk gives are the speaker's own word: they are not scaled by the speed that rehearsals have.
#[must_use]
pub fn estimate(talk: &Talk, practice: &Practice) -> Estimate {
    let (lang, given) = (&talk.meta.lang, &talk.meta.timing.rates);
    let usual = SpeakingRates::new(&Rates::default(), lang);
    let rates = SpeakingRates::new(given, lang);
    if rates != usual {
        let practice = Practice { speed: Speed::default(), times: practice.times.clone() };
        return reckon(talk, rates, &practice);
    }
    // Rehearsals tell how fast somebody speaks a second language better than any table.
    let by_table = practice.speed.second_language && practice.speed.rehearsals == 0;
    reckon(talk, if by_table { usual.in_second_language(lang) } else { usual }, practice)
}

/// What a speaker of usual speed would take, which rehearsals are held against.
#[must_use]
pub fn estimate_at_usual_speed(talk: &Talk) -> Estimate {
    reckon(talk, SpeakingRates::new(&Rates::default(), &talk.meta.lang), &Practice::default())
}

fn reckon(talk: &Talk, rates: SpeakingRates, practice: &Practice) -> Estimate {
    let counter = Counter::new(&talk.meta.lang, &talk.meta.timing.say);
    let shown: Vec<&Slide> = talk.shown_slides().filter(|slide| !slide.backup).collect();
    let notes: Vec<Spoken> = shown.iter().map(|slide| notes(slide, &counter)).collect();
    let guessed = talk.meta.timing.notes == NotesStyle::Auto;
    let cues = match talk.meta.timing.notes {
        NotesStyle::Auto => are_cues(&notes),
        NotesStyle::Script => false,
        NotesStyle::Cues => true,
    };
    let speed = practice.speed;
    let expansion = if cues { CUES_EXPANSION } else { SCRIPT_EXPANSION } * speed.factor;
    let mut found =
        Estimate { cues, guessed, rates, speed, slides: Vec::new(), sections: Vec::new(), total: Load::default() };
    let voice = Voice { counter: &counter, rates: &rates, expansion, spread: speed.spread() };
    for (index, (slide, notes)) in shown.iter().zip(&notes).enumerate() {
        let estimate = if !notes.counts.is_empty() {
            voice.with_notes(slide, notes)
        } else if let Some(time) = practice.time_of(slide) {
            voice.rehearsed(slide, time)
        } else {
            let before = index.checked_sub(1).and_then(|before| shown.get(before));
            voice.without_notes(slide, before.copied())
        };
        if let Some(section) = &slide.section {
            found.sections.push(SectionEstimate {
                name: section.name.clone(),
                budget: section.budget,
                span: section.span,
                slides: index..index,
                load: Load::default(),
            });
        }
        if let Some(section) = found.sections.last_mut() {
            section.slides.end = index + 1;
            section.load.add(&estimate.load);
        }
        found.total.add(&estimate.load);
        found.slides.push(estimate);
    }
    found
}

/// How words become time.
struct Voice<'a> {
    counter: &'a Counter,
    rates: &'a SpeakingRates,
    /// Spoken seconds for each that the words alone would take.
    expansion: f64,
    /// Standard deviation of speech, as a part of it.
    spread: f64,
}

impl Voice<'_> {
    fn with_notes(&self, slide: &Slide, notes: &Spoken) -> SlideEstimate {
        let shown = Shown::of(slide);
        let data = shown.has_data.then_some(DATA_FLOOR);
        let floor = [layout_floor(slide), data].into_iter().flatten().fold(0.0, f64::max);
        let spoken = |counts: &Counts| self.expansion * self.rates.seconds(counts);
        let speech = spoken(&notes.counts);
        let mut estimate = self.finish(slide, shown, Basis::Notes, Load::speech(speech, self.spread), floor);
        estimate.counts = notes.counts;
        if estimate.basis == Basis::Notes {
            estimate.steps = steps(estimate.load.seconds(), speech, notes.at_clicks.iter().map(spoken));
        }
        estimate
    }

    /// A slide without notes takes a time of its own; one that repeats the slide before it and adds to it takes as
    /// long as what it adds.
    fn without_notes(&self, slide: &Slide, before: Option<&Slide>) -> SlideEstimate {
        let counts = Spoken::of(&slide.blocks, self.counter).counts;
        let shown = Shown::of(slide);
        let spoken = UNNOTED_EXPANSION * self.rates.seconds(&counts);
        let floor = if let Some(before) = before.filter(|before| repeats(before, slide)) {
            let counts = Spoken::of(&before.blocks, self.counter).counts;
            (spoken - UNNOTED_EXPANSION * self.rates.seconds(&counts)).max(0.0)
        } else {
            let data = if shown.has_data { DATA_FLOOR } else { 0.0 };
            layout_floor(slide).unwrap_or_else(|| spoken.clamp(UNNOTED_FLOOR, UNNOTED_MOST)).max(data)
        };
        SlideEstimate { counts, ..self.finish(slide, shown, Basis::VisibleText, Load::default(), floor) }
    }

    /// A slide without notes that took `time` in rehearsals, extras and all.
    fn rehearsed(&self, slide: &Slide, time: Duration) -> SlideEstimate {
        let mut shown = Shown::of(slide);
        shown.extras.clear();
        let counts = Spoken::of(&slide.blocks, self.counter).counts;
        SlideEstimate { counts, ..self.finish(slide, shown, Basis::Rehearsal, Load::default(), time.as_secs_f64()) }
    }

    /// Puts a slide together: its speech and extras, at least `floor` seconds, and its demos; or its own `time`.
    fn finish(&self, slide: &Slide, shown: Shown, basis: Basis, speech: Load, floor: f64) -> SlideEstimate {
        let mut load = speech;
        for extra in &shown.extras {
            load.add(&Load::other(extra.seconds));
        }
        if floor > load.seconds() {
            load.add(&Load::other(floor - load.seconds()));
        }
        for demo in &slide.demos {
            load.add(&Load::demo(demo.value.as_secs_f64()));
        }
        let declared = slide.time.as_ref().map(|time| Load::declared(time.value.as_secs_f64(), self.spread));
        let load = declared.unwrap_or(load);
        SlideEstimate {
            id: slide.id.clone(),
            basis: if declared.is_some() { Basis::Declared } else { basis },
            counts: Counts::default(),
            extras: shown.extras,
            code_lines: shown.code_lines,
            lacks_demo_time: announces_demo(slide) && slide.demos.is_empty() && declared.is_none(),
            load,
            steps: vec![load.time()],
        }
    }
}

/// A slide of `whole` seconds cut at its clicks, before which so much of its `speech` is over; what is not speech
/// comes when the slide does, but for the clicks.
fn steps(whole: f64, speech: f64, at_clicks: impl ExactSizeIterator<Item = f64>) -> Vec<Duration> {
    #[allow(clippy::cast_precision_loss, reason = "clicks of a slide")]
    let clicks = at_clicks.len() as f64;
    let rest = (whole - speech).max(0.0);
    let click = CLICK.min(rest / clicks.max(1.0));
    let (mut said, mut begin) = (0.0, rest - clicks * click);
    let mut steps = Vec::new();
    for at in at_clicks.chain([speech]) {
        steps.push(time(begin + at - said));
        (said, begin) = (at, click);
    }
    steps
}

/// What the slide's notes say.
fn notes(slide: &Slide, counter: &Counter) -> Spoken {
    let mut spoken = Spoken::default();
    slide.notes.iter().for_each(|note| spoken.add(&Spoken::of(&note.blocks, counter)));
    spoken
}

/// Whether notes read like cues: lists, or sentences too short to be spoken as they stand.
fn are_cues(notes: &[Spoken]) -> bool {
    let mut all = Spoken::default();
    for notes in notes {
        all.add(notes);
    }
    if all.lines == 0 {
        return false;
    }
    let words = f64::from(all.counts.words) + f64::from(all.counts.letters) + f64::from(all.counts.digits);
    let length = words / CUES_SENTENCE_WORDS + f64::from(all.counts.characters()) / CUES_SENTENCE_CHARACTERS;
    f64::from(all.items) >= CUES_LIST_SHARE * f64::from(all.lines) || length < f64::from(all.sentences)
}

/// The least time that the slide's layout asks for.
fn layout_floor(slide: &Slide) -> Option<f64> {
    match slide.layout.as_ref().map(|layout| layout.value.as_str()) {
        Some("title") => Some(TITLE_FLOOR),
        Some("section" | "qa" | "end") => Some(SECTION_FLOOR),
        _ => None,
    }
}

/// Whether `slide` shows what `before` shows and more, as builds made of several slides do.
fn repeats(before: &Slide, slide: &Slide) -> bool {
    let (before, after) = (pieces(before), pieces(slide));
    before.len() > 1 && before.len() < after.len() && before.iter().zip(&after).all(|(one, other)| one == other)
}

/// A hash of each block, and of each item where the block is a list; they don't depend on where the slide stands.
fn pieces(slide: &Slide) -> Vec<u64> {
    let mut pieces = Vec::new();
    for block in &slide.blocks {
        match &block.kind {
            BlockKind::List(list) => pieces.extend(list.items.iter().map(|item| hash(&item.blocks))),
            kind => pieces.push(hash(kind)),
        }
    }
    pieces
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
