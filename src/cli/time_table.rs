use std::fmt::Write as _;

use super::columns::{clock, fit, signed};
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{Band, Cut, Sheet, SheetSection, SheetSlide};

/// Columns of a title.
const TITLE: usize = 34;

/// Columns of a bar.
const BAR: usize = 30;

/// The sheet of a talk as text in columns, as a terminal shows them: Chinese takes two a character.
pub(super) fn table(sheet: &Sheet, colour: bool) -> String {
    let mut text = format!("{}\n\n", visible(&sheet.title));
    totals(sheet, colour, &mut text);
    if !sheet.sections.is_empty() {
        sections(sheet, colour, &mut text);
    }
    slides(sheet, &mut text);
    if !sheet.cuts.is_empty() {
        text.push_str("\ncheapest cuts\n");
        sheet.cuts.iter().for_each(|one| cut(one, &mut text));
    }
    drops(sheet, &mut text);
    text
}

fn totals(sheet: &Sheet, colour: bool, text: &mut String) {
    let Band { p10, p50, p90 } = sheet.estimate;
    let estimate = format!("estimate {} ({}–{})", clock(p50), clock(p10), clock(p90));
    match (&sheet.budget, sheet.fits) {
        (Some(budget), Some(fits)) => {
            let (slot, questions) = (clock(budget.slot), clock(budget.questions));
            let (setup, speaking) = (clock(budget.setup), clock(budget.speaking));
            let _ = writeln!(text, "slot {slot} · Q&A {questions} · set-up {setup} · budget {speaking}");
            let _ = writeln!(text, "{estimate} · fits with {:.0} %", fits * 100.0);
            let scale = budget.slot.max(p90);
            let _ = writeln!(text, "{}", bar(sheet.estimate, Some(budget.speaking), scale, 2 * BAR, colour));
        }
        _ => {
            let _ = writeln!(text, "{estimate} · no `duration`, so there is nothing to fit");
        }
    }
    let how = if sheet.notes_guessed { ", as they look" } else { "" };
    let notes = if sheet.notes == "script" { "a script" } else { sheet.notes };
    let rates = &sheet.rates;
    let characters = match sheet.lang.split('-').next() {
        Some("ja") => format!("{:.0} characters and ", rates.kana),
        Some("ko") => format!("{:.0} syllables and ", rates.hangul),
        Some("zh") => format!("{:.0} characters and ", rates.han),
        _ => String::new(),
    };
    let _ = writeln!(text, "notes read as {notes}{how} · {characters}{:.0} words a minute", rates.word);
}

fn sections(sheet: &Sheet, colour: bool, text: &mut String) {
    let scale = |section: &SheetSection| section.estimate.p90.max(section.planned.unwrap_or(0.0));
    let scale = sheet.sections.iter().map(scale).fold(1.0, f64::max);
    let _ = writeln!(text, "\n{}  planned  estimate       Δ", fit("section", TITLE));
    for section in &sheet.sections {
        let planned = section.planned.map(clock).unwrap_or_default();
        let off = section.planned.map(|planned| signed(section.estimate.p50 - planned)).unwrap_or_default();
        let bar = bar(section.estimate, section.planned, scale, BAR, colour);
        let (name, time) = (fit(&section.name, TITLE), clock(section.estimate.p50));
        let _ = writeln!(text, "{name}  {planned:>7}  {time:>8}  {off:>6}  {bar}");
    }
    if sheet.sections.iter().any(|section| section.planned.is_some()) {
        text.push_str("█ estimate  ░ up to where nine in ten end  │ planned\n");
    }
}

fn slides(sheet: &Sheet, text: &mut String) {
    let _ = writeln!(text, "\n  #   start    time  {}  what takes it", fit("slide", TITLE));
    for (index, slide) in sheet.slides.iter().enumerate() {
        let title = slide.title.as_deref().unwrap_or(&slide.id);
        let (start, time) = (clock(slide.start), clock(slide.estimate.p50));
        let (title, parts) = (fit(title, TITLE), parts(slide));
        let _ = writeln!(text, "{:>3} {start:>7} {time:>7}  {title}  {parts}", index + 1);
    }
}

/// What an estimate is made of, in words.
fn parts(slide: &SheetSlide) -> String {
    let mut parts = Vec::new();
    let mut spoken = Vec::new();
    if slide.characters > 0 {
        spoken.push(counted(slide.characters as usize, "character"));
    }
    if slide.words > 0 {
        spoken.push(counted(slide.words as usize, "word"));
    }
    match slide.basis {
        "notes" => parts.push(spoken.join(" ")),
        "time" => parts.push("its own `time`".to_owned()),
        _ => parts.push("no notes".to_owned()),
    }
    if slide.basis != "time" {
        let extras = slide.extras.iter().filter(|extra| extra.kind != "change");
        parts.extend(extras.map(|extra| format!("{} {:.0} s", extra.kind, extra.time)));
        if slide.declared > 0.0 {
            parts.push(format!("demo {}", clock(slide.declared)));
        }
    }
    if slide.optional {
        parts.push("optional".to_owned());
    }
    parts.join(", ")
}

fn cut(cut: &Cut, text: &mut String) {
    let title = visible(cut.title.as_deref().unwrap_or(&cut.id));
    let why = match cut.why {
        "code" => "show less code",
        why => why,
    };
    let _ = writeln!(text, "  {:>6}  slide {}: {title} ({why})", signed(-cut.saves), cut.number);
}

fn drops(sheet: &Sheet, text: &mut String) {
    let Some(drop) = &sheet.drop else {
        if sheet.budget.is_some() {
            text.push_str("\nit fits without dropping a slide\n");
        }
        return;
    };
    if !drop.slides.is_empty() {
        text.push_str("\nto fit, drop\n");
        drop.slides.iter().for_each(|one| cut(one, text));
    }
    let leaves = clock(drop.leaves);
    let _ = if drop.over > 0.0 {
        let what = if drop.slides.is_empty() { "no slide is optional" } else { "without them it still takes" };
        let time = if drop.slides.is_empty() { String::new() } else { format!(" {leaves}") };
        writeln!(text, "{}{what}{time}: {} too long", if drop.slides.is_empty() { "\n" } else { "" }, clock(drop.over))
    } else {
        writeln!(text, "then it takes {leaves} and fits")
    };
}

/// A time as a bar of `width` columns on an axis of `scale` seconds, its plan marked.
fn bar(time: Band, planned: Option<f64>, scale: f64, width: usize, colour: bool) -> String {
    let at = |seconds: f64| column(seconds, scale, width);
    let (full, band, mark) = (at(time.p50), at(time.p90), planned.map(at));
    let cells = (0..=width).map(|cell| match cell {
        _ if Some(cell) == mark => '│',
        _ if cell < full => '█',
        _ if cell < band => '░',
        _ => ' ',
    });
    let bar: String = cells.collect();
    let bar = bar.trim_end();
    let Some(planned) = planned.filter(|_| colour) else { return bar.to_owned() };
    let code = if time.p50 <= planned {
        "32"
    } else if time.p50 <= planned * 1.1 {
        "33"
    } else {
        "31"
    };
    format!("\x1b[{code}m{bar}\x1b[0m")
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "columns of a terminal"
)]
fn column(seconds: f64, scale: f64, width: usize) -> usize {
    if scale > 0.0 { (seconds / scale * width as f64).round().clamp(0.0, width as f64) as usize } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_time_band_and_plan() {
        let time = Band { p10: 3.0, p50: 4.0, p90: 6.0 };
        assert_eq!(bar(time, Some(8.0), 10.0, 10, false), "████░░  │");
        assert_eq!(bar(time, None, 10.0, 10, false), "████░░");
        assert_eq!(bar(time, Some(2.0), 10.0, 10, true), "\x1b[31m██│█░░\x1b[0m");
    }
}
