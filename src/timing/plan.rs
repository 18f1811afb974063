use std::time::Duration;

use crate::talk::Talk;
use crate::timing::load::{Load, time};
use crate::timing::{Budget, Estimate};

/// The time planned for each slide that is shown, in their order; `None` for backup slides, and for every slide
/// of a talk without a `duration`.
///
/// A slide's own `time` holds, and so does the length of its demos. The rest of a section's budget is shared by what
/// is estimated for its slides; those of all other sections share the rest of the speaking budget in the same way.
/// Nobody gets less than nothing.
#[must_use]
pub fn plan(talk: &Talk, estimate: &Estimate) -> Vec<Option<Duration>> {
    let Some(budget) = Budget::of(&talk.meta) else {
        return talk.shown_slides().map(|_| None).collect();
    };
    let mut parts = talk.shown_slides().filter(|slide| !slide.backup).zip(&estimate.slides);
    let mut groups = vec![Group::default()];
    for (slide, estimate) in parts.by_ref() {
        if let Some(section) = &slide.section {
            groups.push(Group { budget: section.budget.map(|budget| budget.as_secs_f64()), parts: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.parts.push(Part::of(&estimate.load));
        }
    }
    let budgeted: f64 = groups.iter().filter_map(|group| group.budget).sum();
    let open = groups.iter().filter(|group| group.budget.is_none()).flat_map(|group| &group.parts);
    let open_scale = scale(budget.speaking().as_secs_f64() - budgeted, open);
    let mut plans = Vec::new();
    for group in &groups {
        let scale = group.budget.map_or(open_scale, |budget| scale(budget, group.parts.iter()));
        plans.extend(group.parts.iter().map(|part| Some(time(part.fixed + scale * part.free))));
    }
    // Backup slides come last.
    plans.extend(talk.shown_slides().filter(|slide| slide.backup).map(|_| None));
    plans
}

/// Slides that share one budget.
#[derive(Default)]
struct Group {
    /// What the section declares, in seconds.
    budget: Option<f64>,
    parts: Vec<Part>,
}

/// The seconds of a slide that are as the speaker declares them, and those that are estimated.
struct Part {
    fixed: f64,
    free: f64,
}

impl Part {
    fn of(load: &Load) -> Self {
        Self { fixed: load.declared_time().as_secs_f64(), free: load.free_seconds() }
    }
}

/// What each estimated second gets when all of them share what declared times leave of `total`.
fn scale<'p>(total: f64, parts: impl Iterator<Item = &'p Part>) -> f64 {
    let (fixed, free) = parts.fold((0.0, 0.0), |(fixed, free), part| (fixed + part.fixed, free + part.free));
    if free > 0.0 { ((total - fixed) / free).max(0.0) } else { 0.0 }
}
