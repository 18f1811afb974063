//! Sections whose budgets can't be kept.

use std::time::Duration;

use crate::check::clock;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::timing::constants::{SECTION_OFF, SECTION_OFF_SHARE};
use crate::timing::{Budget, Estimate};

/// `at` is where the talk says how long its slot is.
pub(super) fn check(estimate: &Estimate, budget: &Budget, at: Span, diagnostics: &mut Diagnostics) {
    let budgeted = || estimate.sections.iter().filter_map(|section| Some((section, section.budget?)));
    let total = budgeted().fold(Duration::ZERO, |sum, (_, budget)| sum.saturating_add(budget));
    if total > budget.slot {
        let message =
            format!("the sections are given {} together, but the slot has {}", clock(total), clock(budget.slot));
        let mut found = Diagnostic::new(&code::TIMING_SECTIONS_OVER_SLOT, at, message);
        for (section, budget) in budgeted() {
            found = found.label(section.span, clock(budget));
        }
        diagnostics.push(found.hint("a section without a length gets its share of the rest"));
    }
    for (section, budget) in budgeted() {
        let time = section.load.time();
        let off = time.abs_diff(budget);
        if off > budget.mul_f64(SECTION_OFF_SHARE) && off > Duration::from_secs_f64(SECTION_OFF) {
            let name = section.name.chars().take(60).collect::<String>();
            let message = format!("section `{name}` takes about {}, not {}", clock(time), clock(budget));
            diagnostics.push(
                Diagnostic::new(&code::TIMING_SECTION_OFF_PLAN, section.span, message)
                    .hint("change its budget, or move slides to another section"),
            );
        }
    }
}
