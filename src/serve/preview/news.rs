//! What a page is told, as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::diagnostic::print::excerpt;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::serve::preview::stage::Shown;
use crate::source::Sources;

/// The deck for a page that shows `last`, or shows something that nobody knows: the slides that differ, and where the
/// author wrote.
pub(super) fn deck(last: Option<&Shown>, now: &Shown) -> String {
    let (before, after) = (last.map(|last| &last.preview), &now.preview);
    let known: BTreeMap<&str, &str> = before
        .map(|preview| preview.slides().iter().map(|slide| (slide.id.as_str(), slide.html.as_str())).collect())
        .unwrap_or_default();
    let slides: Map<String, Value> = after
        .slides()
        .iter()
        .filter(|slide| known.get(slide.id.as_str()) != Some(&slide.html.as_str()))
        .map(|slide| (slide.id.clone(), json!(slide.html)))
        .collect();
    let edited = before.and_then(|before| {
        let written: BTreeSet<u64> = before.slides().iter().map(|slide| slide.written).collect();
        after.slides().iter().find(|slide| !written.contains(&slide.written)).map(|slide| slide.id.as_str())
    });
    let order: Vec<&str> = after.slides().iter().map(|slide| slide.id.as_str()).collect();
    let mut news = json!({
        "revision": after.revision(),
        "order": order,
        "slides": slides,
        "edited": edited,
        "took": (now.took.as_secs_f64() * 10_000.0).round() / 10.0,
    });
    if before.is_none_or(|before| before.css() != after.css()) {
        news["css"] = json!(after.css());
    }
    // The data is JSON already and by far the longest part.
    let rest = news.to_string();
    format!("{{\"data\":{},{}", after.data(), rest.strip_prefix('{').unwrap_or(&rest))
}

/// Everything that is wrong, errors first.
pub(super) fn problems(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|found| match found.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    let problems: Vec<Value> = sorted.into_iter().map(|found| problem(found, sources)).collect();
    let count = |severity| diagnostics.count(severity);
    json!({ "problems": problems, "errors": count(Severity::Error), "warnings": count(Severity::Warning) }).to_string()
}

fn problem(found: &Diagnostic, sources: &Sources) -> Value {
    let mut problem = json!({
        "severity": found.severity.name(),
        "code": found.code.name,
        "message": found.message,
        "hints": found.hints,
    });
    if let Some(span) = found.span {
        let source = sources.get(span.source);
        let at = source.location(span.start);
        let excerpt = excerpt(span, sources);
        problem["file"] = json!(source.name());
        problem["line"] = json!(at.line);
        problem["column"] = json!(at.column);
        problem["excerpt"] = json!(excerpt.lines);
        problem["mark"] = json!([excerpt.line, excerpt.start, excerpt.length]);
    }
    problem
}
