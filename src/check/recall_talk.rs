//! What a talk's follow-up as a whole lacks.

use crate::check::recall_item::place;
use crate::check::recall_wording::asks_for_action;
use crate::check::start_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code, counted};
use crate::recall::{Deadline, FollowUp};
use crate::source::Span;
use crate::talk::{Dialect, Talk, plain_text};

/// How many questions a follow-up has, fewest and most.
const ITEMS: std::ops::RangeInclusive<usize> = 3..=7;

/// The fewest questions of which one can be held back.
const PROBE_FROM: usize = 5;

pub(super) fn check(talk: &Talk, follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    items(follow_up, diagnostics);
    let Some(first) = first_place(follow_up) else { return };
    let mut report = |code: &'static Code, message: &str, hint: &str| {
        diagnostics.push(Diagnostic::new(code, first, message).hint(hint));
    };
    if follow_up.takeaway.is_none() {
        report(
            &code::RECALL_MISSING_TAKEAWAY,
            "the talk has no `takeaway`",
            "write the one sentence to remember into the front matter: `takeaway: …`",
        );
    }
    if follow_up.triggers.is_empty() && follow_up.adoptions.is_empty() {
        report(
            &code::RECALL_NO_TRIGGER,
            "the talk has questions, but neither a `trigger` nor an `adopt` block",
            "say by what people recognise the problem, and what to do first: a `trigger` with `when:` and `do:`",
        );
    }
    // Who plans rounds wants their days.
    if follow_up.date.is_none() && talk.meta.recall.is_some() {
        report(
            &code::RECALL_NO_DATE,
            "the talk has a plan for its follow-up and no date, so there is no `follow-up.ics`",
            "add `date: 2026-12-04` to the front matter",
        );
    }
    schedule(talk, diagnostics);
    deadlines(follow_up, diagnostics);
}

/// What the questions lack together.
fn items(follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    let items = &follow_up.items;
    let count = items.len();
    if !ITEMS.contains(&count) {
        let over = items.get(*ITEMS.end()).or(items.first());
        let at = over.map(|item| place(&item.ask, item.span)).or_else(|| first_place(follow_up));
        let message = format!("the talk has {}", counted(count, "recall question"));
        let hint = if count > *ITEMS.end() {
            "keep the seven that matter on the job; a round takes three minutes, or nobody answers it"
        } else {
            "write three to seven `recall` blocks; one answer more or less says nothing about fewer"
        };
        diagnostics.push(Diagnostic::new(&code::RECALL_ITEM_COUNT, at, message).hint(hint));
    }
    let Some(first) = items.first() else { return };
    let acts = |words| asks_for_action(&plain_text(words));
    if !items.iter().any(|item| acts(&item.ask) || item.variants.iter().any(|variant| acts(variant))) {
        let at = place(&first.ask, first.span);
        let found = Diagnostic::new(&code::RECALL_NO_ACTION, at, "no question of the talk is about when to act");
        diagnostics.push(found.hint("give a symptom and ask what to do first, and why"));
    }
    if count >= PROBE_FROM && follow_up.probes().next().is_none() {
        let message = format!("none of the {count} questions is held back as a probe");
        let found = Diagnostic::new(&code::RECALL_NO_PROBE, place(&first.ask, first.span), message);
        diagnostics.push(
            found.hint("mark one `probe: true`: it comes in the last round only and shows what the others were worth"),
        );
    }
}

/// Days that do not ascend.
fn schedule(talk: &Talk, diagnostics: &mut Diagnostics) {
    let Some(plan) = &talk.meta.recall else { return };
    for pair in plan.schedule.windows(2) {
        let [before, day] = pair else { continue };
        if (1..=before.value).contains(&day.value) {
            let (day_value, before_value) = (day.value, before.value);
            let message = format!("day {day_value} does not come after day {before_value}");
            diagnostics.push(
                Diagnostic::new(&code::RECALL_SCHEDULE, day.span, message)
                    .hint("write the days in order, with growing gaps: `[2d, 7d, 30d]`"),
            );
        }
    }
    if let Some(zero) = plan.schedule.iter().find(|day| day.value == 0) {
        let found = Diagnostic::new(&code::RECALL_SCHEDULE, zero.span, "day 0 is the talk itself");
        diagnostics.push(found.hint("leave it out; three questions are asked at the talk anyway"));
    }
}

/// Proposals that were to be decided before anybody heard of them.
fn deadlines(follow_up: &FollowUp, diagnostics: &mut Diagnostics) {
    let Some(talk) = follow_up.date else { return };
    for adoption in &follow_up.adoptions {
        if let Some(Deadline::On(day)) = adoption.decide_by
            && day < talk
        {
            let message = format!("this is to be decided by {day}, before the talk on {talk}");
            let at = place(&adoption.tool, adoption.span);
            diagnostics.push(
                Diagnostic::new(&code::RECALL_DEADLINE, at, message)
                    .hint("count from the talk: `decide-by: +14d`, so that it moves when the talk does"),
            );
        }
    }
}

/// The first thing of the talk that its follow-up is made of.
fn first_place(follow_up: &FollowUp) -> Option<Span> {
    let items = follow_up.items.iter().map(|item| place(&item.ask, item.span));
    let triggers = follow_up.triggers.iter().map(|trigger| place(&trigger.when, trigger.span));
    let adoptions = follow_up.adoptions.iter().map(|adoption| place(&adoption.tool, adoption.span));
    items.chain(triggers).chain(adoptions).min()
}

/// Says once what a follow-up would bring; only to talks that will be given, of which the date or a plan tells.
pub(super) fn none(talk: &Talk, diagnostics: &mut Diagnostics) {
    if !is_planned(talk) {
        return;
    }
    let at = talk.shown_slides().next().map(start_of);
    let found = Diagnostic::new(&code::RECALL_NO_DATA, at, "the talk has nothing for people to take home");
    diagnostics.push(found.hint(
        "with `recall` and `trigger` blocks, `retell build` also makes cards, calendar entries and questions for the weeks after",
    ));
}

/// Whether the author works on what comes with the talk: it has a day or a plan, and is no Marp deck.
pub(super) fn is_planned(talk: &Talk) -> bool {
    talk.meta.dialect == Dialect::Retell && (talk.meta.date.is_some() || talk.meta.recall.is_some())
}
