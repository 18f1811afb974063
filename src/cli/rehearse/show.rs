use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::Args;

use super::{choose, list, moment, read_talk};
use crate::cli::Exit;
use crate::cli::columns::{clock, fit, signed};
use crate::cli::terminal::Terminal;
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::rehearsal::{ComparedSlide, Comparison};

/// Hold a run against the plan and the estimate, slide by slide.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Show {
    /// A folder with a `talk.md`, or a Markdown file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// The run: its name, or a part of it; the last one by default.
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
    /// Write the same as one JSON object, times in seconds.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse show talks/rds
  retell rehearse show talks/rds --run 2026-12-01
  retell rehearse show talks/rds --json";

/// Columns of a title.
const TITLE: usize = 36;

impl Show {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(talk) = read_talk(terminal, &self.talk)? else { return Ok(Exit::Errors) };
        let Some(run) = choose(terminal, &talk, self.run.as_deref())? else { return Ok(Exit::Errors) };
        let comparison = talk.compare(run);
        if self.json {
            let json = serde_json::to_string_pretty(&comparison).unwrap_or_default();
            terminal.out(&format!("{json}\n"))?;
            return Ok(Exit::Clean);
        }
        let mut text = text(&comparison, terminal.colours_results());
        match run.run.lesson(&run.recording) {
            Ok(_) => text.push_str(&self.advice(&comparison)),
            Err(why) => {
                let _ = writeln!(text, "\nnot used for your speed: {why}");
            }
        }
        terminal.out(&text)?;
        for flaw in list::flaws(&run.run) {
            terminal.say(&format!("of this recording: {flaw}\n"))?;
        }
        let likeness = talk.likeness(&run.recording);
        if likeness.edited + likeness.gone > 0 {
            let (edited, gone) = (likeness.edited, likeness.gone);
            terminal.say(&format!(
                "the talk has changed since: {edited} of its slides had other notes, {gone} are gone\n"
            ))?;
        }
        Ok(Exit::Clean)
    }
}

impl Show {
    /// What to do about the slides that were furthest off.
    fn advice(&self, run: &Comparison) -> String {
        if run.gaps.is_empty() {
            return String::new();
        }
        let numbers: Vec<String> = run.gaps.iter().map(ToString::to_string).collect();
        let talk = visible(&self.talk.display().to_string());
        let talk = if talk.contains(char::is_whitespace) { format!("\"{talk}\"") } else { talk };
        format!("\nto plan with what they took: retell rehearse apply {talk} --slides {}\n", numbers.join(","))
    }
}

fn text(run: &Comparison, colour: bool) -> String {
    let kind = if run.live { "the talk" } else { "rehearsal" };
    let mut text = format!("{}\n{kind} of {}\n\n", visible(&run.title), moment(&run.started));
    let planned = run.planned.map(|planned| format!("planned {} · ", clock(planned))).unwrap_or_default();
    let _ = write!(text, "{planned}estimate {} · took {}", clock(run.estimate), clock(run.actual));
    for (name, time) in [("questions", run.questions), ("pauses", run.pauses)] {
        if time >= 1.0 {
            let _ = write!(text, " · {name} {}", clock(time));
        }
    }
    let missed = run.slides.iter().filter(|slide| slide.actual.is_none()).count();
    if missed > 0 {
        let _ = write!(text, " · without {}", counted(missed, "slide"));
    }
    text.push('\n');
    if !run.sections.is_empty() {
        let _ = writeln!(text, "\n    {}  planned  estimate     took       Δ", fit("section", TITLE));
        for section in &run.sections {
            let times = (section.planned, section.estimate, section.actual);
            let _ = writeln!(text, "    {}  {}", fit(&section.name, TITLE), columns(times, false, colour));
        }
    }
    let _ = writeln!(text, "\n  # {}  planned  estimate     took       Δ", fit("slide", TITLE));
    for slide in &run.slides {
        let times = (slide.planned, slide.estimate, slide.actual);
        let off = run.gaps.contains(&slide.number);
        let edited = if slide.edited { "  notes changed" } else { "" };
        let title = fit(title(slide), TITLE);
        let _ = writeln!(text, "{:>3} {title}  {}{edited}", slide.number, columns(times, off, colour));
    }
    if !run.gone.is_empty() {
        let gone: Vec<String> = run.gone.iter().map(|id| format!("`{}`", visible(id))).collect();
        let _ = writeln!(text, "\ngone since: {}", gone.join(", "));
    }
    gaps(run, &mut text);
    text
}

fn title(slide: &ComparedSlide) -> &str {
    slide.title.as_deref().unwrap_or(&slide.id)
}

fn columns((planned, estimate, actual): (Option<f64>, f64, Option<f64>), is_off: bool, colour: bool) -> String {
    let time = |time: Option<f64>| time.map_or_else(|| "–".to_owned(), clock);
    let gap = actual.map(|actual| signed(actual - estimate)).unwrap_or_default();
    let gap = format!("{gap:>7}");
    let gap = if is_off && colour { format!("\x1b[33m{gap}\x1b[0m") } else { gap };
    let line = format!("{:>7}  {:>8}  {:>7} {gap}", time(planned), clock(estimate), time(actual));
    line.trim_end().to_owned()
}

fn gaps(run: &Comparison, text: &mut String) {
    if run.gaps.is_empty() {
        text.push_str("\nno slide was off by more than five seconds\n");
        return;
    }
    text.push_str("\nfurthest from the estimate\n");
    for slide in run.gaps.iter().filter_map(|number| run.slides.get(number.checked_sub(1)?)) {
        let gap = slide.gap().map(signed).unwrap_or_default();
        let _ = writeln!(text, "  {gap:>6}  slide {}: {}", slide.number, visible(title(slide)));
    }
}
