use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::bars::{paint, standing};
use super::{TITLE, WIDTH, longest};
use crate::cli::columns::{clock, fit};
use crate::diagnostic::counted;
use crate::pipeline::{Sheet, SheetSlide};

/// The slides, a line each, or more where a lot goes on.
pub(super) fn slides(sheet: &Sheet, colour: bool, text: &mut String) {
    let titles = sheet.slides.iter().map(title);
    let width = longest(titles).clamp("slide".len(), TITLE);
    let has_run = sheet.slides.iter().any(|slide| slide.rehearsed.is_some());
    let heading = if has_run { "  rehearsed" } else { "" };
    let heading = format!("  #   start    time{heading}  {}  what takes it", fit("slide", width));
    let indent = heading.width() - "what takes it".len();
    let _ = writeln!(text, "\n{}", paint(&heading, "1", colour));
    for (index, slide) in sheet.slides.iter().enumerate() {
        let (start, time) = (clock(slide.start), clock(slide.estimate.p50));
        let _ = write!(text, "{:>3} {start:>7} {time:>7}", index + 1);
        if has_run {
            let took = format!("{:>9}", slide.rehearsed.map(clock).unwrap_or_default());
            let took = slide.rehearsed.map_or(took.clone(), |time| standing(time, slide.planned, &took, colour));
            let _ = write!(text, "  {took}");
        }
        let _ = write!(text, "  {}  ", fit(title(slide), width));
        wrapped(&parts(slide), indent, colour, text);
    }
}

fn title(slide: &SheetSlide) -> &str {
    slide.title.as_deref().unwrap_or(&slide.id)
}

/// Writes the parts one after another, on further lines what has no room.
fn wrapped(parts: &[Part], indent: usize, colour: bool, text: &mut String) {
    let mut used = indent;
    for (index, part) in parts.iter().enumerate() {
        let comma = if index + 1 < parts.len() { "," } else { "" };
        let width = part.text.width() + comma.len();
        if index > 0 && used + 1 + width > WIDTH {
            let _ = write!(text, "\n{:indent$}", "");
            used = indent;
        } else if index > 0 {
            text.push(' ');
            used += 1;
        }
        let shown = if part.is_flag { paint(&part.text, "33", colour) } else { part.text.clone() };
        let _ = write!(text, "{shown}{comma}");
        used += width;
    }
    text.push('\n');
}

/// A piece of what an estimate is made of, or something to look at.
struct Part {
    text: String,
    is_flag: bool,
}

/// What an estimate is made of, in words.
fn parts(slide: &SheetSlide) -> Vec<Part> {
    let mut parts = Vec::new();
    let counts = [(slide.characters, "character"), (slide.words, "word")];
    let spoken = counts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| counted(*count as usize, unit));
    match slide.basis {
        "notes" => parts.push(spoken.collect::<Vec<_>>().join(" ")),
        "time" => parts.push("its own `time`".to_owned()),
        "rehearsal" => parts.push("no notes, as rehearsed".to_owned()),
        _ => parts.push("no notes, a guess".to_owned()),
    }
    if slide.basis != "time" {
        let extras = slide.extras.iter().filter(|extra| extra.kind != "change");
        parts.extend(extras.map(|extra| format!("{} {:.0} s", extra.kind, extra.time)));
        if slide.basis == "notes" && slide.floor >= 0.5 {
            parts.push(format!("minimum +{:.0} s", slide.floor));
        }
        if slide.declared > 0.0 {
            parts.push(format!("demo {}", clock(slide.declared)));
        }
    }
    if slide.optional {
        parts.push("optional".to_owned());
    }
    let parts = parts.into_iter().map(|text| Part { text, is_flag: false });
    parts.chain(slide.flags.iter().map(|code| Part { text: flag(code), is_flag: true })).collect()
}

/// A finding about a slide as a few words: those of its code.
fn flag(code: &str) -> String {
    format!("! {}", code.strip_prefix("timing-").unwrap_or(code).replace('-', " "))
}
