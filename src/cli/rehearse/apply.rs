use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{choose, read_talk};
use crate::cli::Exit;
use crate::cli::columns::{clock, fit, signed};
use crate::cli::terminal::Terminal;
use crate::diagnostic::did_you_mean;
use crate::diagnostic::print::visible;
use crate::pipeline::{NotApplied, Rehearsed};
use crate::rehearsal::{ComparedSlide, Comparison};

/// Write what slides took into the talk, as `<!-- time: 95s -->`.
///
/// Asks which slides when `--slides` does not say. Nothing else in the file changes.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Apply {
    /// A folder with a `talk.md`, or a Markdown file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// The run: its name, or a part of it; the last one by default.
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
    /// The slides, by number or id, ranges as `3-5`; `all` for all that came.
    #[arg(long, value_name = "SLIDES", value_delimiter = ',')]
    slides: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  retell rehearse apply talks/rds                     asks which slides
  retell rehearse apply talks/rds --slides 4,7-9
  retell rehearse apply talks/rds --slides symptoms,fix --run 2026-12-01";

/// Times are written in steps of this many seconds: nobody repeats a slide to the second.
const STEP: f64 = 5.0;

impl Apply {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let Some(talk) = read_talk(terminal, &self.talk)? else { return Ok(Exit::Errors) };
        let Some(run) = choose(terminal, &talk, self.run.as_deref())? else { return Ok(Exit::Errors) };
        let comparison = talk.compare(run);
        let wanted = if self.slides.is_empty() { ask(terminal, &comparison)? } else { Some(self.slides.clone()) };
        let Some(wanted) = wanted else { return Ok(Exit::Usage) };
        match chosen(&comparison, &wanted) {
            Ok(slides) if slides.is_empty() => terminal.out("nothing was changed\n").map(|()| Exit::Clean),
            Ok(slides) => write(terminal, &talk, &slides),
            Err((why, hint)) => {
                terminal.error_with_hint(&why, &hint)?;
                Ok(Exit::Usage)
            }
        }
    }
}

fn write(terminal: &Terminal, talk: &Rehearsed, slides: &[&ComparedSlide]) -> io::Result<Exit> {
    let times: Vec<(String, Duration)> =
        slides.iter().filter_map(|slide| Some((slide.id.clone(), rounded(slide.actual?)))).collect();
    match talk.apply(&times) {
        Ok(files) => {
            for (slide, (_, time)) in slides.iter().zip(&times) {
                let title = visible(slide.title.as_deref().unwrap_or(&slide.id));
                terminal.out(&format!("{:>7}  slide {}: {title}\n", clock(time.as_secs_f64()), slide.number))?;
            }
            for file in files {
                terminal.say(&format!("written into {}\n", visible(&file.display().to_string())))?;
            }
            Ok(Exit::Clean)
        }
        Err(why) => {
            match why {
                NotApplied::NotUtf8(path) => {
                    let message = format!("`{}` is not UTF-8, nothing was written", path.display());
                    terminal.error_with_hint(&message, "save the file as UTF-8 in your editor")?;
                }
                NotApplied::ReadsDifferently => {
                    let hint = "write `<!-- time: 95s -->` on the slides yourself";
                    terminal.error_with_hint("with the times in it the talk would read differently", hint)?;
                }
                NotApplied::Refused(path, why) => {
                    terminal.error(&format!("can't write `{}`: {why}", path.display()))?;
                }
            }
            Ok(Exit::Errors)
        }
    }
}

fn rounded(seconds: f64) -> Duration {
    Duration::try_from_secs_f64((seconds / STEP).round().max(1.0) * STEP).unwrap_or_default()
}

/// Shows what the slides took and asks for numbers; `None` when nobody is there to ask.
fn ask(terminal: &Terminal, run: &Comparison) -> io::Result<Option<Vec<String>>> {
    if !io::stdin().is_terminal() {
        terminal.error_with_hint("which slides?", "name them: `--slides 4,7-9`, or `--slides all`")?;
        return Ok(None);
    }
    for slide in &run.slides {
        let Some(actual) = slide.actual else { continue };
        let title = fit(slide.title.as_deref().unwrap_or(&slide.id), 40);
        let gap = slide.gap().map(signed).unwrap_or_default();
        let far = if run.gaps.contains(&slide.number) { " *" } else { "" };
        let (number, estimate, actual) = (slide.number, clock(slide.estimate), clock(actual));
        terminal.say(&format!("{number:>3} {title} estimate {estimate:>6}  took {actual:>6}  {gap:>6}{far}\n"))?;
    }
    terminal.say("which slides? numbers as `4,7-9`, `all`, or nothing: ")?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(Some(line.split([',', ' ', '，']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()))
}

/// The slides that `wanted` names, in their order.
fn chosen<'r>(run: &'r Comparison, wanted: &[String]) -> Result<Vec<&'r ComparedSlide>, (String, String)> {
    let mut numbers = std::collections::BTreeSet::new();
    for word in wanted.iter().map(|word| word.trim().trim_start_matches('#')).filter(|word| !word.is_empty()) {
        if word == "all" {
            numbers.extend(run.slides.iter().filter(|slide| slide.actual.is_some()).map(|slide| slide.number));
            continue;
        }
        let by_id = run.slides.iter().find(|slide| slide.id == word).map(|slide| slide.number..=slide.number);
        let range = by_id.or_else(|| range(word)).ok_or_else(|| {
            let near = did_you_mean(word, run.slides.iter().map(|slide| slide.id.as_str()));
            let hint =
                near.map_or_else(|| "name slides by number or id".to_owned(), |id| format!("did you mean `{id}`?"));
            (format!("there is no slide `{word}`"), hint)
        })?;
        for number in range {
            let slide = number.checked_sub(1).and_then(|index| run.slides.get(index));
            let there = format!("there are slides 1 to {}", run.slides.len());
            let slide = slide.ok_or_else(|| (format!("there is no slide {number}"), there))?;
            if slide.actual.is_none() {
                let hint = "choose slides that came, or another run with `--run`".to_owned();
                return Err((format!("slide {number} did not come in this run"), hint));
            }
            numbers.insert(number);
        }
    }
    Ok(run.slides.iter().filter(|slide| numbers.contains(&slide.number)).collect())
}

/// `4` or `7-9`; no talk has more slides than numbers go.
fn range(word: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = word.split_once('-').unwrap_or((word, word));
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last && last < 100_000).then_some(first..=last)
}
