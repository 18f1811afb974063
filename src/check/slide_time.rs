//! Slides that stand too long or too short, and demos without a length.

use std::time::Duration;

use crate::check::{clock, start_of};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::talk::Slide;
use crate::timing::constants::{LONGEST_SLIDE, MOST_CODE_LINES, MOST_SLIDES_A_MINUTE, SUSTAINED_SLIDES};
use crate::timing::{ExtraKind, SlideEstimate};

/// `slides` are those that belong to the talk, with their estimates.
pub(super) fn check(slides: &[(&Slide, &SlideEstimate)], diagnostics: &mut Diagnostics) {
    for (slide, estimate) in slides {
        demo(slide, estimate, diagnostics);
        length(slide, estimate, diagnostics);
        code_lines(slide, estimate, diagnostics);
    }
    rate(slides, diagnostics);
}

fn demo(slide: &Slide, estimate: &SlideEstimate, diagnostics: &mut Diagnostics) {
    if estimate.lacks_demo_time {
        let message = "the notes announce a demo or video, and nothing says how long it takes";
        diagnostics.push(
            Diagnostic::new(&code::TIMING_DEMO_WITHOUT_TIME, notes_of(slide), message)
                .hint("put its length on the slide: `<!-- demo: 3m -->`"),
        );
    }
}

fn length(slide: &Slide, estimate: &SlideEstimate, diagnostics: &mut Diagnostics) {
    let time = estimate.load.time();
    let is_lively = slide.steps > 0
        || !slide.demos.is_empty()
        || estimate.extras.iter().any(|extra| matches!(extra.kind, ExtraKind::Poll | ExtraKind::Question));
    if time > Duration::from_secs_f64(LONGEST_SLIDE) && !is_lively {
        let at = slide.time.as_ref().map_or_else(|| notes_of(slide), |time| time.span);
        let message = format!("this slide stands for about {} and nothing on it changes", clock(time));
        diagnostics.push(
            Diagnostic::new(&code::TIMING_LONG_SLIDE, at, message)
                .hint("cut it in two, show its points by `::: steps`, or ask the room: `[poll]` in the notes"),
        );
    }
}

fn code_lines(slide: &Slide, estimate: &SlideEstimate, diagnostics: &mut Diagnostics) {
    if estimate.code_lines > MOST_CODE_LINES {
        let message = format!("this slide shows {} lines of code", estimate.code_lines);
        diagnostics.push(
            Diagnostic::new(&code::TIMING_LONG_CODE, start_of(slide), message)
                .hint(format!("show the lines that matter, {MOST_CODE_LINES} at most")),
        );
    }
}

/// Names each stretch of the talk that is too fast, at its first slide.
fn rate(slides: &[(&Slide, &SlideEstimate)], diagnostics: &mut Diagnostics) {
    #[allow(clippy::cast_precision_loss, reason = "ten")]
    let least = 60.0 / MOST_SLIDES_A_MINUTE * SUSTAINED_SLIDES as f64;
    let mut at = 0;
    while let Some(window) = slides.get(at..at + SUSTAINED_SLIDES) {
        let time: f64 = window.iter().map(|(_, estimate)| estimate.load.time().as_secs_f64()).sum();
        if time >= least {
            at += 1;
            continue;
        }
        let message =
            format!("{SUSTAINED_SLIDES} slides from here take about {}", clock(Duration::from_secs_f64(time)));
        if let Some((slide, _)) = window.first() {
            diagnostics.push(
                Diagnostic::new(&code::TIMING_FAST_SLIDES, start_of(slide), message).hint(
                    "join builds into one slide with `::: steps`, or say how long they take: `<!-- time: 40s -->`",
                ),
            );
        }
        at += SUSTAINED_SLIDES;
    }
}

/// Where the slide's notes stand; where it has none, its first block.
fn notes_of(slide: &Slide) -> Span {
    let notes = slide.notes.iter().map(|note| note.span).find(|span| slide.span.contains(*span));
    notes.unwrap_or_else(|| start_of(slide))
}
