//! Talks that don't fit their slot, or whose estimate is a guess.

use std::time::Duration;

use crate::check::clock;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::source::Span;
use crate::timing::constants::{FAR_BELOW_BUDGET, FAR_OVER_BUDGET, UNNOTED_SHARE};
use crate::timing::{Basis, Budget, Estimate};

/// `at` is where the talk says how long its slot is.
pub(super) fn check(estimate: &Estimate, budget: &Budget, at: Span, diagnostics: &mut Diagnostics) {
    diagnostics.append(length(estimate, budget, at));
    let without = estimate.slides.iter().filter(|slide| slide.basis == Basis::VisibleText).count();
    let all = estimate.slides.len();
    if float(without) > UNNOTED_SHARE * float(all) {
        let message = format!("{without} of {all} slides have no notes, so the talk's length is a guess");
        diagnostics.push(
            Diagnostic::new(&code::TIMING_FEW_NOTES, at, message)
                .hint("write what you say, or how long a slide takes: `<!-- time: 90s -->`"),
        );
    }
}

/// What there is to say about the whole length; one finding at most.
fn length(estimate: &Estimate, budget: &Budget, at: Span) -> Diagnostics {
    let (load, speaking) = (&estimate.total, budget.speaking());
    let time = load.time();
    let mut found = Diagnostics::default();
    if time > speaking {
        let is_far = time > budget.slot || time > scaled(speaking, FAR_OVER_BUDGET);
        let limit = if time > budget.slot {
            format!("the whole slot has {}", clock(budget.slot))
        } else {
            format!("there are {} for speaking", clock(speaking))
        };
        let message = format!("the talk takes about {}, and {limit}", clock(time));
        let mut over = Diagnostic::new(&code::TIMING_OVER_BUDGET, at, message);
        if is_far {
            over.severity = Severity::Error;
        }
        let cut = clock(time.saturating_sub(speaking));
        found
            .push(over.hint(format!("cut {cut}; `retell time` shows where the time goes and what is cheapest to cut")));
    } else if load.longest() > budget.slot {
        let (time, longest) = (clock(time), clock(load.longest()));
        let message = format!("the talk takes about {time}, but may take {longest}, longer than the whole slot");
        found.push(
            Diagnostic::new(&code::TIMING_QUESTIONS_AT_RISK, at, message)
                .hint("mark slides that may be dropped with `<!-- optional -->`, and keep demos short"),
        );
    } else if time < scaled(speaking, FAR_BELOW_BUDGET) {
        let (time, speaking) = (clock(time), clock(speaking));
        let message = format!("the talk takes about {time} of the {speaking} there are for speaking");
        found.push(
            Diagnostic::new(&code::TIMING_SHORT, at, message)
                .hint("write the missing notes, take a shorter slot, or keep more time for questions"),
        );
    }
    found
}

fn scaled(time: Duration, factor: f64) -> Duration {
    time.mul_f64(factor)
}

#[allow(clippy::cast_precision_loss, reason = "slides of a talk")]
fn float(count: usize) -> f64 {
    count as f64
}
