use std::fmt::Write as _;

use super::figures::{clock, escape, range, standing};
use super::labels::{Words, counted, fill};
use crate::timing::{Sheet, SheetSpeed};

/// The figures of the whole talk.
pub(super) fn summary(sheet: &Sheet, words: &Words, out: &mut String) {
    let estimate = sheet.estimate;
    let planned = sheet.budget.map(|budget| budget.speaking);
    out.push_str("<dl class=\"summary\">\n");
    let mut card = |label: &str, value: &str, more: &str, class: &str| {
        let _ = writeln!(
            out,
            "<div class=\"{class}\"><dt>{}</dt><dd>{}<small>{}</small></dd></div>",
            escape(label),
            escape(value),
            escape(more)
        );
    };
    let range = fill(words.range, &range(estimate));
    card(words.estimate, &clock(estimate.p50), &range, standing(estimate.p50, planned));
    if let Some(budget) = sheet.budget {
        let room = budget.speaking - estimate.p50;
        let text = if room < -0.5 { words.too_long } else { words.to_spare };
        card(words.speaking, &clock(budget.speaking), &fill(text, &clock(room.abs())), "");
        let rest = [(words.questions, budget.questions), (words.setup, budget.setup)];
        let rest = rest.iter().filter(|(_, time)| *time > 0.0).map(|(label, time)| format!("{label} {}", clock(*time)));
        card(words.slot, &clock(budget.slot), &rest.collect::<Vec<_>>().join(" · "), "");
    }
    if let Some(fits) = sheet.fits {
        let text = fill(words.fits, &format!("{:.0}", fits * 100.0));
        card("", &text, "", "chance");
    }
    if let Some(last) = &sheet.rehearsal {
        let label = if last.live { words.last_talk } else { words.last_rehearsal };
        let day: String = last.started.chars().take(10).collect();
        card(label, &clock(last.time), &day, standing(last.time, planned));
    }
    if let Some((value, from)) = speed(&sheet.speed, words) {
        card(words.own_speed, &value, &from, "");
    }
    out.push_str("</dl>\n");
    if sheet.budget.is_none() {
        let _ = writeln!(out, "<p>{}</p>", coded(words.no_slot));
    }
}

/// How fast the speaker is and whence that is known; nothing when it is the usual speed.
fn speed(speed: &SheetSpeed, words: &Words) -> Option<(String, String)> {
    if speed.second_language {
        return Some((words.second_language.to_owned(), String::new()));
    }
    let percent = ((speed.factor - 1.0) * 100.0).round();
    let figure = format!("{:.0}", percent.abs());
    let value = match percent {
        _ if speed.rehearsals == 0 => return None,
        percent if percent > 0.0 => fill(words.slower, &figure),
        percent if percent < 0.0 => fill(words.faster, &figure),
        _ => words.usual.to_owned(),
    };
    let rehearsals = u32::try_from(speed.rehearsals).unwrap_or(u32::MAX);
    Some((value, counted(words.from_rehearsals, rehearsals)))
}

/// A text of this page in which words between backticks are code.
fn coded(text: &str) -> String {
    let parts = escape(text);
    let mut out = String::new();
    for (index, part) in parts.split('`').enumerate() {
        let _ = if index % 2 == 1 { write!(out, "<code>{part}</code>") } else { write!(out, "{part}") };
    }
    out
}
