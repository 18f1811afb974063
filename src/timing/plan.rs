use std::time::Duration;

use crate::talk::{Slide, Talk};
use crate::timing::Budget;

/// The time planned for each slide that is shown, in their order; `None` for backup slides, and for every slide
/// of a talk without a `duration`.
///
/// A slide's own `time` and `demo` directives hold. The slides of a section with a budget share what these leave of
/// it evenly, all others share the rest of the speaking budget evenly; nobody gets less than nothing.
#[must_use]
pub fn plan(talk: &Talk) -> Vec<Option<Duration>> {
    let Some(budget) = Budget::of(&talk.meta) else {
        return talk.shown_slides().map(|_| None).collect();
    };
    let groups = groups(talk);
    let budgeted: Duration = groups.iter().filter_map(|group| group.budget).sum();
    let open: Vec<&Slide> =
        groups.iter().filter(|group| group.budget.is_none()).flat_map(|group| group.slides.iter().copied()).collect();
    let open_share = share(budget.speaking().saturating_sub(budgeted), &open);
    let mut plans = Vec::new();
    for group in &groups {
        let even = group.budget.map_or(open_share, |budget| share(budget, &group.slides));
        plans.extend(group.slides.iter().map(|slide| Some(declared(slide).unwrap_or(even))));
    }
    // Backup slides come last.
    plans.extend(talk.shown_slides().filter(|slide| slide.backup).map(|_| None));
    plans
}

/// Slides that share one budget.
struct Group<'t> {
    /// What the section declares.
    budget: Option<Duration>,
    slides: Vec<&'t Slide>,
}

/// The slides of each section, and those before the first.
fn groups(talk: &Talk) -> Vec<Group<'_>> {
    let mut groups = vec![Group { budget: None, slides: Vec::new() }];
    for slide in talk.shown_slides().filter(|slide| !slide.backup) {
        if let Some(section) = &slide.section {
            groups.push(Group { budget: section.budget, slides: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.slides.push(slide);
        }
    }
    groups
}

/// What each slide without a time of its own gets of `total`.
fn share(total: Duration, slides: &[&Slide]) -> Duration {
    let fixed: Duration = slides.iter().filter_map(|slide| declared(slide)).sum();
    let free = slides.iter().filter(|slide| declared(slide).is_none()).count();
    let free = u32::try_from(free).unwrap_or(u32::MAX);
    total.saturating_sub(fixed).checked_div(free).unwrap_or_default()
}

/// The slide's own figure: its `time`, else its demos.
fn declared(slide: &Slide) -> Option<Duration> {
    let demos = slide.demos.iter().map(|demo| demo.value).reduce(|sum, demo| sum + demo);
    slide.time.as_ref().map(|time| time.value).or(demos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::{MemoryLoader, Sources};

    fn seconds(text: &str) -> Vec<Option<u64>> {
        let talk = crate::parse::parse(
            &mut Sources::default(),
            "talk.md",
            text.as_bytes(),
            &MemoryLoader::default(),
            &mut Diagnostics::default(),
        );
        plan(&talk).into_iter().map(|plan| plan.map(|plan| plan.as_secs())).collect()
    }

    #[test]
    fn slides_share_what_declared_times_and_sections_leave() {
        let slides = "# A\n\n---\n\n<!-- time: 2m -->\n# B\n\n---\n\n<!-- section: S 6m -->\n# C\n\n---\n\n\
                      <!-- demo: 4m -->\n# D\n\n---\n\n<!-- section: T -->\n# E\n\n---\n\n<!-- backup -->\n# F\n";
        let talk = |duration: &str| format!("---\ntitle: T\n{duration}\n---\n\n{slides}");
        // 30 − 6 (20 %) − 1 = 23 minutes; 6 of them are the section's, 2 a slide's own.
        let expected = [Some(450), Some(120), Some(120), Some(240), Some(450), None];
        assert_eq!(seconds(&talk("duration: 30m")), expected);
        assert_eq!(seconds(&talk("lang: en")), [None; 6]);
        let short = seconds(&talk("duration: 5m"));
        assert_eq!(short, [Some(0), Some(120), Some(120), Some(240), Some(0), None], "less than nothing is nothing");
    }

    #[test]
    fn questions_keep_their_part_of_the_slot() {
        let questions = |timing: &str| {
            let text = format!("---\ntitle: T\n{timing}\n---\n\n# A\n");
            let mut sources = Sources::default();
            let talk = crate::parse::parse(
                &mut sources,
                "talk.md",
                text.as_bytes(),
                &MemoryLoader::default(),
                &mut Diagnostics::default(),
            );
            Budget::of(&talk.meta).map(|budget| (budget.questions.as_secs(), budget.speaking().as_secs()))
        };
        assert_eq!(questions("duration: 10m"), Some((0, 540)));
        assert_eq!(questions("duration: 15m"), Some((180, 660)));
        assert_eq!(questions("duration: 20m"), Some((300, 840)));
        assert_eq!(questions("duration: 45m"), Some((540, 2100)));
        assert_eq!(questions("duration: 45m\ntiming: {qa: 10m, setup: 2m}"), Some((600, 1980)));
        assert_eq!(questions("lang: en"), None);
    }
}
