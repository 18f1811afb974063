//! All stages in order.
//!
//! In: [`Job`]s, each naming a talk and what to make of it. Out: a [`Report`] each, and the pack on
//! the disk. The only module that knows every stage; it must not know how findings are shown.

mod agenda;
mod build;
mod draft;
mod due;
mod follow_up;
mod found_talks;
mod frames;
mod gallery;
mod kept_pages;
mod live;
mod pages;
mod papers;
mod pictures;
mod pool;
mod questions;
mod readiness;
mod rehearse;
mod results;
mod room;
mod sheet;
mod stopwatch;
mod symptoms;
mod talks;
mod themes;
mod time;
mod web;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::Diagnostics;
pub use crate::export::print::Arrangement;
pub use crate::paper::SheetSize;
pub use crate::parse::read_duration;
pub use crate::qa::{Difference, Import, MuddySlide, NewQuestion};
pub use crate::recall::results::{Fault, Figures, Place, Results, Score, TalkResults};
pub use crate::recall::symptoms::{Entry, Origin, Query};
use crate::rehearsal::Folders;
use crate::source::Sources;
pub use crate::talk::QuestionState;
pub use crate::timing::{Band, Cut, Sheet, SheetRun, SheetSection, SheetSlide};

pub use build::{build, check};
pub use due::{DueList, DueTalk, due_talks};
pub use frames::{Frames, Scale};
pub use gallery::{talks_below, write_gallery};
pub use live::{Live, Preview, PreviewSlide};
pub use pool::run;
pub use questions::{Imported, ListedQuestion, NotKept, TalkQuestions, UnreadFile, talk_questions};
pub use readiness::{Readiness, Step, readiness};
pub use rehearse::{NotApplied, Rehearsed, rehearsed};
pub use results::{ResultText, results, results_page};
pub use room::{RoomAudience, RoomPages, RoomQuestion, RoomSlide, room};
pub use symptoms::{
    FoundEntry, Search, TalkEntries, all_symptoms, search_symptoms, search_symptoms_slowly, symptom_query,
    symptoms_page,
};
pub use talks::Talks;
pub use themes::{ListedTheme, check_theme, new_theme, theme_preview, theme_tokens, themes};
pub use time::{time, time_page};
pub use write::{PackFile, write_file, write_pack};

/// One talk and what to make of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// A folder with a `talk.md`, or one Markdown file.
    pub talk: PathBuf,
    /// The folder that the pack is written to.
    pub output: PathBuf,
    /// What is made.
    pub only: Outputs,
    /// Replaces the theme that the talk asks for.
    pub theme: Option<String>,
    /// Leaves raw HTML in the talk as it is.
    pub trust_html: bool,
    /// Leaves notes, plans and prepared questions out of the deck, for publishing it.
    pub without_notes: bool,
    /// How papers are printed.
    pub print: Print,
    /// How slides become pages and pictures.
    pub frames: Frames,
    /// Where the speaker's rehearsals lie; with `None` nobody has rehearsed anything.
    pub speaker: Option<Folders>,
    /// The folder in which pages are kept for the next build; with `None` all are laid out.
    pub cache: Option<PathBuf>,
}

impl Job {
    /// The Markdown file of the talk.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        if self.talk.is_dir() { self.talk.join("talk.md") } else { self.talk.clone() }
    }

    /// How slides stand on the handout: with their notes, or with room for those of the reader.
    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        let usual = if self.without_notes { Arrangement::Three } else { Arrangement::Notes };
        self.print.arrangement.unwrap_or(usual)
    }

    /// The folder that the talk's paths start from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        if self.talk.is_dir() {
            return &self.talk;
        }
        match self.talk.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }
}

/// How papers are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// How slides stand on the handout; `None` for what suits the pack.
    pub arrangement: Option<Arrangement>,
    /// What it is printed on.
    pub sheet: SheetSize,
    /// Whether slides are drawn in dark ink on white.
    pub ink: bool,
}

/// A part of the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// The deck, `index.html`.
    Html,
    /// The slides as `slides.pdf`.
    Slides,
    /// The slides as pictures, `slides/001.png`.
    Png,
    /// The title as a picture for previews of links, `cover.png`.
    Cover,
    /// The slides on paper with their notes, `handout.pdf`.
    Handout,
    /// The run sheet for whoever speaks, `speaker.pdf`.
    Speaker,
    /// The speaker notes, `notes.md`.
    Notes,
    /// The sheet to take home: `follow-up.html` and `follow-up.pdf`.
    Sheet,
    /// The questions as cards for Anki, `cards.txt`.
    Cards,
    /// The days on which questions come back, `follow-up.ics`.
    Calendar,
    /// The questions for other tools: `questions.csv`, `.md` and `.gift`.
    Questions,
}

impl Output {
    /// The parts that are made when nobody says which, in the order in which their files are listed; the run sheet is
    /// for one person on one day.
    pub const USUAL: [Self; 9] = [
        Self::Html,
        Self::Slides,
        Self::Cover,
        Self::Handout,
        Self::Notes,
        Self::Sheet,
        Self::Cards,
        Self::Calendar,
        Self::Questions,
    ];
}

/// The parts that a job makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs(BTreeSet<Output>);

impl Outputs {
    /// Whether `output` is to be made.
    #[must_use]
    pub fn has(&self, output: Output) -> bool {
        self.0.contains(&output)
    }
}

impl Default for Outputs {
    /// The usual parts.
    fn default() -> Self {
        Output::USUAL.into_iter().collect()
    }
}

impl FromIterator<Output> for Outputs {
    fn from_iter<T: IntoIterator<Item = Output>>(outputs: T) -> Self {
        Self(outputs.into_iter().collect())
    }
}

/// What came of one job.
#[derive(Debug, Default)]
pub struct Report {
    /// The texts that were read.
    pub sources: Sources,
    /// What was found, in the order of the source.
    pub diagnostics: Diagnostics,
    /// The files written; none when the build failed or nothing was to be written.
    pub files: Vec<PackFile>,
    /// How many slides the talk shows.
    pub slides: usize,
    /// How many of them an earlier build had laid out.
    pub reused: usize,
    /// The stages that ran and how long each took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// The time since some fixed moment; given from outside, so that no stage depends on a clock.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);
