//! The sheet of a talk as text in columns, for a terminal.
//!
//! In: a [`Sheet`]. Out: lines of at most [`WIDTH`] columns, of which a Chinese character takes two. A column is there only
//! when it has something to say; it knows nothing of how times were estimated.

mod bars;
mod slides;

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::columns::{clock, fit, signed};
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{Band, Cut, Sheet, SheetRun, SheetSection};

use bars::{Axis, Bar, paint, standing};

/// The most columns of a line.
const WIDTH: usize = 110;

/// The most columns of a title.
const TITLE: usize = 34;

/// The same where nothing stands beside it.
const LONG_TITLE: usize = 70;

/// Columns of a section's bar, and of the one of the whole talk.
const BAR: usize = 30;
const LONG_BAR: usize = 60;

/// The whole report.
pub(super) fn table(sheet: &Sheet, colour: bool) -> String {
    let mut text = format!("{}\n\n", paint(fit(&sheet.title, WIDTH).trim_end(), "1", colour));
    totals(sheet, colour, &mut text);
    reckoning(sheet, &mut text);
    if !sheet.sections.is_empty() {
        sections(sheet, colour, &mut text);
    }
    if !sheet.slides.is_empty() {
        slides::slides(sheet, colour, &mut text);
    }
    if !sheet.cuts.is_empty() {
        let _ = writeln!(text, "\n{}", paint("cheapest cuts", "1", colour));
        sheet.cuts.iter().for_each(|one| cut(one, &mut text));
    }
    drops(sheet, &mut text);
    text
}

/// The columns of the widest of `texts`, as they are shown.
fn longest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| visible(text).width()).max().unwrap_or(0)
}

fn totals(sheet: &Sheet, colour: bool, text: &mut String) {
    let Band { p10, p50, p90 } = sheet.estimate;
    let estimate = format!("estimate {} ({}–{})", clock(p50), clock(p10), clock(p90));
    let (Some(budget), Some(fits)) = (&sheet.budget, sheet.fits) else {
        let _ = writeln!(text, "{estimate} · no `duration`, so there is nothing to fit");
        if let Some(last) = &sheet.rehearsal {
            let _ = writeln!(text, "{}", last_run(last, None, colour));
        }
        return;
    };
    let (slot, questions) = (clock(budget.slot), clock(budget.questions));
    let (setup, speaking) = (clock(budget.setup), clock(budget.speaking));
    let slot = format!("slot {slot} · Q&A {questions} · set-up {setup} · budget {speaking}");
    let chance = format!("fits with {:.0} %", fits * 100.0);
    let gap = if slot.width() + estimate.width() + chance.width() + 6 > WIDTH { "\n" } else { " · " };
    let estimate = standing(p50, Some(budget.speaking), &estimate, colour);
    let _ = writeln!(text, "{slot}{gap}{estimate} · {chance}");
    let rehearsed = sheet.rehearsal.as_ref().map(|last| last.time);
    let bar = Bar { estimate: sheet.estimate, planned: Some(budget.speaking), rehearsed };
    let axis = Axis { seconds: budget.slot.max(bar.longest()), columns: LONG_BAR };
    let _ = writeln!(text, "\n{}", bar.draw(axis, colour));
    text.push_str(&legend("budget", rehearsed.is_some()));
    if colour {
        let (within, near, over) = (paint("green", "32", true), paint("yellow", "33", true), paint("red", "31", true));
        let _ = writeln!(text, "{within} within what is planned, {near} up to a tenth over, {over} more");
    }
    if let Some(last) = &sheet.rehearsal {
        let _ = writeln!(text, "\n{}", last_run(last, Some(budget.speaking), colour));
    } else {
        text.push('\n');
    }
}

/// What the characters of bars mean; the mark is that of `plan`.
fn legend(plan: &str, has_run: bool) -> String {
    let run = if has_run { "  ◆ last rehearsal" } else { "" };
    format!("█ estimate  ░ up to where nine in ten end  │ {plan}{run}\n")
}

/// The last rehearsal in a line.
fn last_run(last: &SheetRun, budget: Option<f64>, colour: bool) -> String {
    let what = if last.live { "given" } else { "rehearsed" };
    let day: String = visible(&last.started).chars().take(10).collect();
    let on = if day.is_empty() { String::new() } else { format!(" on {day}") };
    let time = standing(last.time, budget, &clock(last.time), colour);
    let off = budget.map(|budget| last.time - budget).map_or(String::new(), |off| {
        if off.round() > 0.0 {
            format!(", {} over the budget", clock(off))
        } else {
            format!(", {} to spare", clock(-off))
        }
    });
    format!("last {what}{on}: {time}{off}")
}

/// How notes were read, and how fast they are spoken.
fn reckoning(sheet: &Sheet, text: &mut String) {
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
    let speed = &sheet.speed;
    let percent = ((speed.factor - 1.0) * 100.0).round();
    if speed.second_language {
        text.push_str("reckoned as your second language, until you have rehearsed\n");
    } else if speed.rehearsals > 0 {
        let how = match percent {
            percent if percent > 0.0 => format!("{percent:.0} % slower than usual"),
            percent if percent < 0.0 => format!("{:.0} % faster than usual", -percent),
            _ => "as fast as usual".to_owned(),
        };
        let _ = writeln!(text, "at your own speed: {how}, from {}", counted(speed.rehearsals, "rehearsal"));
    }
}

fn sections(sheet: &Sheet, colour: bool, text: &mut String) {
    let bar = |section: &SheetSection| Bar {
        estimate: section.estimate,
        planned: section.planned,
        rehearsed: section.rehearsed,
    };
    let scale = sheet.sections.iter().map(|section| bar(section).longest()).fold(1.0, f64::max);
    let axis = Axis { seconds: scale, columns: BAR };
    let width = longest(sheet.sections.iter().map(|section| section.name.as_str())).clamp("section".len(), TITLE);
    let has_plan = sheet.sections.iter().any(|section| section.planned.is_some());
    let has_run = sheet.sections.iter().any(|section| section.rehearsed.is_some());
    let column = |is_shown: bool, cell: String| if is_shown { format!("  {cell}") } else { String::new() };
    let heading = [
        fit("section", width),
        column(has_plan, "planned".to_owned()),
        "  estimate".to_owned(),
        column(has_run, "rehearsed".to_owned()),
        column(has_plan, "     Δ".to_owned()),
    ];
    let _ = writeln!(text, "\n{}", paint(&heading.concat(), "1", colour));
    for section in &sheet.sections {
        let SheetSection { planned, estimate: Band { p50, .. }, rehearsed, .. } = section;
        let off = format!("{:>6}", planned.map(|planned| signed(p50 - planned)).unwrap_or_default());
        let took = format!("{:>9}", rehearsed.map(clock).unwrap_or_default());
        let cells = [
            fit(&section.name, width),
            column(has_plan, format!("{:>7}", planned.map(clock).unwrap_or_default())),
            format!("  {:>8}", clock(*p50)),
            column(has_run, rehearsed.map_or(took.clone(), |time| standing(time, *planned, &took, colour))),
            column(has_plan, standing(*p50, *planned, &off, colour)),
        ];
        let _ = writeln!(text, "{}  {}", cells.concat(), bar(section).draw(axis, colour));
    }
    if has_plan || has_run {
        text.push_str(&legend("planned", has_run));
    }
}

fn cut(cut: &Cut, text: &mut String) {
    let title = fit(cut.title.as_deref().unwrap_or(&cut.id), LONG_TITLE);
    let title = title.trim_end();
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
