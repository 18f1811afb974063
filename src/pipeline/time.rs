use std::time::Duration;

use crate::check::{check_time, drop_ignored};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::export;
use crate::pipeline::draft::Draft;
use crate::pipeline::stopwatch::Stopwatch;
use crate::pipeline::{Job, Report};
use crate::source::{Span, Spanned};
use crate::talk::{Slide, Talk};
use crate::timing::{Sheet, SheetRun};

/// How long the talk of `job` takes; with `slot`, as if that were all the time it has. `None` when it can't be read.
///
/// The report has what was found while the talk was read, and what the rules about time find; these hold for the slot
/// that the talk really has, so a supposed one has none.
#[must_use]
pub fn time(job: &Job, slot: Option<Duration>) -> (Report, Option<Sheet>) {
    let mut report = Report::default();
    let mut draft = match Draft::read(job, &mut Stopwatch::new(&|| Duration::ZERO)) {
        Ok(draft) => draft,
        Err(unreadable) => {
            report.diagnostics.push(*unreadable);
            return (report, None);
        }
    };
    let mut found = std::mem::take(&mut draft.found);
    if let Some(slot) = slot {
        let text = format!("--slot {}m", slot.as_secs_f64() / 60.0);
        let end = text.len();
        let source = draft.sources.add("--slot", text);
        draft.talk.meta.duration = Some(Spanned::new(slot, Span::new(source, 0, end)));
    } else {
        check_time(&draft.talk, &draft.past, &mut found);
    }
    drop_ignored(&draft.talk, &mut found);
    found.sort();
    let flags = flags(&draft.talk, &found);
    report.slides = draft.talk.shown_slides().count();
    report.diagnostics = found;
    report.sources = draft.sources;
    let last = draft.past.runs.first().map(|known| SheetRun {
        recording: known.name.clone(),
        started: known.recording.started.clone(),
        live: known.recording.is_live(),
        time: known.run.talk,
        slides: known.run.slides.clone(),
    });
    let mut sheet = Sheet::new(&draft.talk, &draft.past.practice, last);
    for (slide, flags) in sheet.slides.iter_mut().zip(flags) {
        slide.flags = flags;
    }
    (report, Some(sheet))
}

/// The text of a page with the chart of a sheet.
#[must_use]
pub fn time_page(sheet: &Sheet) -> String {
    export::time::time(sheet)
}

/// The codes of what the rules about time found on each slide of the sheet.
fn flags(talk: &Talk, found: &Diagnostics) -> Vec<Vec<&'static str>> {
    let of_slide = |slide: &Slide| {
        let is_here = |found: &&Diagnostic| found.span.is_some_and(|span| slide.span.contains(span));
        let about_it =
            found.iter().filter(|found| found.code.is_timing() && *found.code != code::TIMING_SECTION_OFF_PLAN);
        about_it.filter(is_here).map(|found| found.code.name).collect()
    };
    talk.shown_slides().filter(|slide| !slide.backup).map(of_slide).collect()
}
