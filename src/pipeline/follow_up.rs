use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::export::{calendar, cards, questions};
use crate::pipeline::write::read_written;
use crate::pipeline::{Job, Output, Outputs};
use crate::recall::FollowUp;
use crate::talk::Talk;

/// The follow-up of a talk among the parts of a pack.
const PARTS: [Output; 4] = [Output::Sheet, Output::Cards, Output::Calendar, Output::Questions];

/// The files of the follow-up that the job makes; none when the talk has no recall data, which is said only to who
/// asked for them by name.
pub(super) fn files(talk: &Talk, job: &Job, found: &mut Diagnostics) -> Vec<(String, Vec<u8>)> {
    let asked_by_name = job.only != Outputs::default();
    let mut missing = |message: &str, hint: &str, code| {
        if asked_by_name {
            let mut finding = Diagnostic::new(code, None, message).hint(hint);
            finding.severity = Severity::Warning;
            found.push(finding);
        }
    };
    if !PARTS.iter().any(|part| job.only.has(*part)) {
        return Vec::new();
    }
    let Some(follow_up) = FollowUp::of(talk) else {
        let hint = "write `recall`, `trigger` or `adopt` blocks onto its slides";
        missing("no follow-up is made: the talk has nothing for people to take home", hint, &code::RECALL_NO_DATA);
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push((name.to_owned(), bytes));
    if job.only.has(Output::Cards) && follow_up.practised().next().is_some() {
        add("cards.txt", cards::cards(&follow_up).into_bytes());
    }
    if job.only.has(Output::Calendar) {
        let before = read_written(&job.output, "follow-up.ics");
        if let Some(text) = calendar::calendar(&follow_up, before.as_deref()) {
            add("follow-up.ics", text.into_bytes());
        } else {
            let hint = "add `date: 2026-12-04` to the front matter";
            missing("no `follow-up.ics` is made: the talk has no date", hint, &code::RECALL_NO_DATE);
        }
    }
    if job.only.has(Output::Questions) && !follow_up.items.is_empty() {
        add("questions.csv", questions::csv(&follow_up));
        add("questions.md", questions::markdown(&follow_up).into_bytes());
        add("questions.gift", questions::gift(&follow_up).into_bytes());
    }
    files
}
