use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::time::Duration;

use crate::source::Span;
use crate::talk::{BlockKind, NotesStyle, Slide, Talk};
use crate::timing::constants::{
    BAND, CUES_EXPANSION, CUES_LIST_SHARE, CUES_SENTENCE_CHARACTERS, CUES_SENTENCE_WORDS, DATA_FLOOR, DEMO_LONGEST,
    DEMO_SHORTEST, EXTRA_SPREAD, SCRIPT_EXPANSION, SECTION_FLOOR, SPEECH_SPREAD, TITLE_FLOOR, UNNOTED_EXPANSION,
    UNNOTED_FLOOR, UNNOTED_MOST,
};
use crate::timing::count::{Counter, Counts, SpeakingRates};
use crate::timing::extra::{Extra, Shown, announces_demo};
use crate::timing::spoken::Spoken;

/// How long a talk takes, by its notes and slides alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Whether notes were taken as cues; else as a script.
    pub cues: bool,
    /// Whether that was guessed.
    pub guessed: bool,
    /// What the speech was reckoned with.
    pub rates: SpeakingRates,
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
}

impl Basis {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::VisibleText => "visible text",
            Self::Declared => "time",
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

/// A time and how far it may be off; loads of slides add up.
///
/// Speech is off as a whole, since a speaker is fast or slow throughout; everything else is off by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Seconds of speech.
    speech: f64,
    /// Seconds of everything else but demos.
    other: f64,
    /// Seconds of demos.
    demos: f64,
    /// Variance of what is not speech, towards shorter.
    below: f64,
    /// The same towards longer.
    above: f64,
}

impl Load {
    fn speech(seconds: f64) -> Self {
        Self { speech: seconds, ..Self::default() }
    }

    fn other(seconds: f64) -> Self {
        let variance = (EXTRA_SPREAD * seconds).powi(2);
        Self { other: seconds, below: variance, above: variance, ..Self::default() }
    }

    fn demo(seconds: f64) -> Self {
        let below = ((1.0 - DEMO_SHORTEST) / BAND * seconds).powi(2);
        let above = ((DEMO_LONGEST - 1.0) / BAND * seconds).powi(2);
        Self { demos: seconds, below, above, ..Self::default() }
    }

    /// Adds another load to this one.
    pub fn add(&mut self, other: &Self) {
        self.speech += other.speech;
        self.other += other.other;
        self.demos += other.demos;
        self.below += other.below;
        self.above += other.above;
    }

    /// Seconds, all in all.
    fn seconds(&self) -> f64 {
        self.speech + self.other + self.demos
    }

    /// The seconds that a plan may scale.
    pub(super) fn free_seconds(&self) -> f64 {
        self.speech + self.other
    }

    /// The time that is as likely too long as too short: P50.
    #[must_use]
    pub fn time(&self) -> Duration {
        time(self.seconds())
    }

    /// The part of it that is speech.
    #[must_use]
    pub fn speech_time(&self) -> Duration {
        time(self.speech)
    }

    /// The part of it that is demos of a declared length.
    #[must_use]
    pub fn demo_time(&self) -> Duration {
        time(self.demos)
    }

    /// One in ten talks is shorter: P10.
    #[must_use]
    pub fn shortest(&self) -> Duration {
        time(self.seconds() - BAND * self.deviation(self.below))
    }

    /// One in ten talks is longer: P90.
    #[must_use]
    pub fn longest(&self) -> Duration {
        time(self.seconds() + BAND * self.deviation(self.above))
    }

    /// How likely it takes no longer than `limit`, 0 to 1.
    #[must_use]
    pub fn chance_within(&self, limit: Duration) -> f64 {
        let room = limit.as_secs_f64() - self.seconds();
        let deviation = self.deviation(if room < 0.0 { self.below } else { self.above });
        if deviation > 0.0 { normal(room / deviation) } else { f64::from(u8::from(room >= 0.0)) }
    }

    fn deviation(&self, variance: f64) -> f64 {
        ((SPEECH_SPREAD * self.speech).powi(2) + variance).sqrt()
    }
}

/// Estimates a talk from its notes, or where a slide has none, from what it shows.
#[must_use]
pub fn estimate(talk: &Talk) -> Estimate {
    let rates = SpeakingRates::new(&talk.meta.timing.rates, &talk.meta.lang);
    let counter = Counter::new(&talk.meta.lang, &talk.meta.timing.say);
    let shown: Vec<&Slide> = talk.shown_slides().filter(|slide| !slide.backup).collect();
    let notes: Vec<Spoken> = shown.iter().map(|slide| notes(slide, &counter)).collect();
    let guessed = talk.meta.timing.notes == NotesStyle::Auto;
    let cues = match talk.meta.timing.notes {
        NotesStyle::Auto => are_cues(&notes),
        NotesStyle::Script => false,
        NotesStyle::Cues => true,
    };
    let expansion = if cues { CUES_EXPANSION } else { SCRIPT_EXPANSION };
    let mut found = Estimate { cues, guessed, rates, slides: Vec::new(), sections: Vec::new(), total: Load::default() };
    for (index, (slide, notes)) in shown.iter().zip(&notes).enumerate() {
        let estimate = if notes.counts.is_empty() {
            let before = index.checked_sub(1).and_then(|before| shown.get(before));
            without_notes(slide, before.copied(), &counter, &rates)
        } else {
            of_slide(slide, notes.counts, Load::speech(expansion * rates.seconds(&notes.counts)))
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

/// A slide with notes, or whose words are those of `counts`; they take `speech`.
fn of_slide(slide: &Slide, counts: Counts, speech: Load) -> SlideEstimate {
    let shown = Shown::of(slide);
    let floor = [layout_floor(slide), shown.has_data.then_some(DATA_FLOOR)].into_iter().flatten().fold(0.0, f64::max);
    finish(slide, shown, Basis::Notes, counts, (speech, floor))
}

/// A slide without notes takes a time of its own; one that repeats the slide before it and adds to it takes as long as
/// what it adds.
fn without_notes(slide: &Slide, before: Option<&Slide>, counter: &Counter, rates: &SpeakingRates) -> SlideEstimate {
    let counts = Spoken::of(&slide.blocks, counter).counts;
    let shown = Shown::of(slide);
    let spoken = UNNOTED_EXPANSION * rates.seconds(&counts);
    let floor = if let Some(before) = before.filter(|before| repeats(before, slide)) {
        let repeated = UNNOTED_EXPANSION * rates.seconds(&Spoken::of(&before.blocks, counter).counts);
        (spoken - repeated).max(0.0)
    } else {
        let data = if shown.has_data { DATA_FLOOR } else { 0.0 };
        layout_floor(slide).unwrap_or_else(|| spoken.clamp(UNNOTED_FLOOR, UNNOTED_MOST)).max(data)
    };
    finish(slide, shown, Basis::VisibleText, counts, (Load::default(), floor))
}

/// Puts a slide together: its speech and extras, at least `floor` seconds, and its demos; or its own `time`.
fn finish(slide: &Slide, shown: Shown, basis: Basis, counts: Counts, (speech, floor): (Load, f64)) -> SlideEstimate {
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
    // What the speaker says it takes is as sure as speech is.
    let declared = slide.time.as_ref().map(|time| Load::speech(time.value.as_secs_f64()));
    SlideEstimate {
        id: slide.id.clone(),
        basis: if declared.is_some() { Basis::Declared } else { basis },
        counts,
        extras: shown.extras,
        code_lines: shown.code_lines,
        lacks_demo_time: announces_demo(slide) && slide.demos.is_empty() && declared.is_none(),
        load: declared.unwrap_or(load),
    }
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

/// Seconds as a time; nothing is less than nothing.
pub(super) fn time(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX)
}

/// The part of a normal distribution below `z`, to five digits (Abramowitz and Stegun 26.2.17).
fn normal(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let factors = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = factors.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let tail = sum * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 0.0 { tail } else { 1.0 - tail }
}
