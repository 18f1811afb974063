use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::jobs::{Plan, build_all};
use super::report::{Style, show};
use super::shared::{Cores, Findings, Reading};
use super::terminal::Terminal;
use crate::pipeline::{Arrangement, Frames, Job, Output, Outputs, Print, Scale, SheetSize};

/// Make the packs of one or more talks.
///
/// Each talk gets a folder of its own name below the output folder. When a talk has errors its old
/// pack stays as it was.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Build {
    /// Folders with a `talk.md`, or Markdown files.
    #[arg(value_name = "TALK", default_value = ".")]
    talks: Vec<PathBuf>,
    /// The folder in which each talk gets one of its own.
    #[arg(short, long, value_name = "DIR", default_value = "dist")]
    output: PathBuf,
    /// Make only these parts, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    only: Vec<Part>,
    #[command(flatten)]
    cores: Cores,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    findings: Findings,
    /// Show how long each stage took, and how many slides came from the cache.
    #[arg(long)]
    timings: bool,
    /// How slides stand on the handout: `notes`, or without notes `3up`.
    #[arg(long, value_enum, value_name = "LAYOUT")]
    handout: Option<Layout>,
    /// What handout and run sheet are printed on.
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    paper: PaperName,
    /// Draw the slides of handout and run sheet in dark ink on white.
    #[arg(long)]
    ink: bool,
    /// Give each click a page in `slides.pdf` and a picture of its own.
    #[arg(long)]
    steps: bool,
    /// How many pixels a picture has for each of the slide's 1280 × 720, from 0.25 to 4.
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<Scale>,
    /// Lay out every page, also those that an earlier build has kept in the user's cache folder.
    #[arg(long)]
    no_cache: bool,
    /// Leave notes, planned times and prepared questions out of the pack, to publish it.
    #[arg(long)]
    without_notes: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell build                                  the talk in this folder
  retell build talks/rds -o public              make public/rds/
  retell build talks/* --jobs 4 --strict        several talks, warnings count
  retell build my-talk --only html,slides       leave out the rest
  retell build my-talk --only sheet,calendar    only these parts of the follow-up
  retell build my-talk --only handout --handout 3up --ink   to print for the audience
  retell build my-talk --only speaker --paper letter        the run sheet for yourself
  retell build my-talk --only slides --steps    a page for each click
  retell build my-talk --only png --scale 2     slides/001.png … of 2560 × 1440 pixels, and cover.png
  retell build my-talk --edition public --without-notes     to be published
  retell build my-talk --theme night --timings  another look, and where the time goes";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// `index.html`
    Html,
    /// `slides.pdf`
    Slides,
    /// `slides/001.png` and so on, and `cover.png`; not among the usual parts
    Png,
    /// `cover.png`, the title in 1200 × 630 pixels for previews of links
    Cover,
    /// `handout.pdf`
    Handout,
    /// `speaker.pdf`, the run sheet; not among the usual parts
    Speaker,
    /// `notes.md`
    Notes,
    /// `follow-up.html` and `follow-up.pdf`
    Sheet,
    /// `cards.txt` for Anki
    Cards,
    /// `follow-up.ics`
    Calendar,
    /// `questions.csv`, `questions.md` and `questions.gift`
    Questions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// each slide with its notes below
    Notes,
    /// two slides a page
    #[value(name = "2up")]
    Two,
    /// three slides a page, with lines to write on
    #[value(name = "3up")]
    Three,
    /// four slides a page
    #[value(name = "4up")]
    Four,
    /// six slides a page
    #[value(name = "6up")]
    Six,
    /// nine slides a page
    #[value(name = "9up")]
    Nine,
}

impl From<Layout> for Arrangement {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Notes => Self::Notes,
            Layout::Two => Self::Two,
            Layout::Three => Self::Three,
            Layout::Four => Self::Four,
            Layout::Six => Self::Six,
            Layout::Nine => Self::Nine,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum PaperName {
    /// 210 × 297 mm
    #[default]
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl From<PaperName> for SheetSize {
    fn from(paper: PaperName) -> Self {
        match paper {
            PaperName::A4 => Self::A4,
            PaperName::Letter => Self::Letter,
        }
    }
}

impl From<Part> for Output {
    fn from(part: Part) -> Self {
        match part {
            Part::Html => Self::Html,
            Part::Slides => Self::Slides,
            Part::Png => Self::Png,
            Part::Cover => Self::Cover,
            Part::Handout => Self::Handout,
            Part::Speaker => Self::Speaker,
            Part::Notes => Self::Notes,
            Part::Sheet => Self::Sheet,
            Part::Cards => Self::Cards,
            Part::Calendar => Self::Calendar,
            Part::Questions => Self::Questions,
        }
    }
}

/// Reads how large pictures are.
fn scale(text: &str) -> Result<Scale, String> {
    let scale = text.trim().parse().ok().and_then(Scale::new);
    scale.ok_or_else(|| {
        let (least, most) = (Scale::LEAST, Scale::MOST);
        format!("write a number from {least} to {most}; 1 makes pictures of 1280 × 720 pixels, 2 of 2560 × 1440")
    })
}

impl Build {
    /// What is asked for at once and can't be had, and the way out.
    fn contradiction(&self) -> Option<(&'static str, &'static str)> {
        let only_speaker = self.only.as_slice() == [Part::Speaker];
        let has = |part: Part| self.only.contains(&part);
        if self.scale.is_some() && !has(Part::Png) {
            return Some((
                "`--scale` says how large pictures of slides are, and none are made",
                "add `--only png`; a PDF is sharp at every size",
            ));
        }
        if self.steps && !(self.only.is_empty() || has(Part::Slides) || has(Part::Png)) {
            return Some((
                "`--steps` gives pages and pictures to clicks, and none of these are made",
                "add `slides` or `png` to `--only`",
            ));
        }
        match self.without_notes {
            true if self.handout == Some(Layout::Notes) => Some((
                "`--handout notes` has the notes that `--without-notes` leaves out",
                "choose another layout: `3up` has lines to write on",
            )),
            true if only_speaker => Some((
                "the run sheet has the notes that `--without-notes` leaves out",
                "build it for yourself, without `--without-notes`",
            )),
            _ => None,
        }
    }

    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        if let Some((message, hint)) = self.contradiction() {
            terminal.error_with_hint(message, hint)?;
            return Ok(Exit::Usage);
        }
        let mut only: Vec<Output> = self.only.iter().copied().map(Output::from).collect();
        if self.only.contains(&Part::Png) {
            only.push(Output::Cover);
        }
        let only: Outputs = only.into_iter().collect();
        let like = Job {
            only: if self.only.is_empty() { Outputs::default() } else { only },
            without_notes: self.without_notes,
            print: Print { arrangement: self.handout.map(Arrangement::from), sheet: self.paper.into(), ink: self.ink },
            frames: Frames { steps: self.steps, scale: self.scale.unwrap_or_default() },
            ..self.reading.job(Path::new(""))
        };
        let plan = Plan { into: self.output.clone(), like, keep_pages: !self.no_cache };
        let jobs = match plan.jobs(&self.talks) {
            Ok(jobs) => jobs,
            Err(message) => {
                terminal.error_with_hint(&message, "build them in two runs, with a different `-o` each")?;
                return Ok(Exit::Usage);
            }
        };
        let reports = build_all(terminal, &jobs, &self.cores);
        let style = Style { timings: self.timings, ..self.findings.style(true) };
        show(terminal, &jobs, &reports, style)
    }
}
