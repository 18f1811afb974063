use std::time::Duration;

use crate::check::{check_time, drop_ignored};
use crate::pipeline::draft::Draft;
use crate::pipeline::stopwatch::Stopwatch;
use crate::pipeline::{Job, Report};
use crate::source::{Span, Spanned};
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
    (report, Some(Sheet::new(&draft.talk, &draft.past.practice, last)))
}
