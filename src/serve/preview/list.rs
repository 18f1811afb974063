//! The page that lists the talks of a folder.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use warp::http::header::HeaderValue;
use warp::reply::Response;

use crate::diagnostic::{clock, counted, day_from_now};
use crate::escape::{html as escape, segment};
use crate::pipeline::{Readiness, Step};
use crate::serve::preview::site;
use crate::serve::preview::stage::Stage;

/// How the page looks.
const STYLE: &str = concat!(include_str!("../../export/report.css"), include_str!("list.css"));

/// Loads the page again when something in it changed, and when the server is back; but not when it is being left, as that
/// would call off the way to a talk.
const SCRIPT: &str = "(() => {\n\
    let lost = false;\n\
    const source = new EventSource(`events?since=${document.querySelector(\"main\").dataset.version}`);\n\
    source.addEventListener(\"list\", () => location.reload());\n\
    source.addEventListener(\"error\", () => { lost = true; });\n\
    source.addEventListener(\"open\", () => { if (lost) location.reload(); });\n\
    addEventListener(\"beforeunload\", () => source.close());\n\
    })();\n";

/// What a column is called; a phone shows it before each cell.
const COLUMNS: [&str; 9] =
    ["Talk", "When", "Slides", "Time", "No notes", "Rehearsed", "Recall items", "Problems", "Next"];

/// All talks, in the state of `version` at least: those to come, the nearest first, then those without a date, then those that are over.
pub(super) fn page(stages: &[Arc<Stage>], version: u64, today: Date) -> String {
    let mut talks: Vec<(&Stage, Option<Readiness>)> =
        stages.iter().map(|stage| (stage.as_ref(), stage.readiness())).collect();
    // Equal ones stay in the order of their names.
    talks.sort_by_key(|(_, readiness)| Readiness::rank(readiness.as_ref(), today));
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{hash}'; \
         style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'\">"
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Talks</title>\n<link rel=\"icon\" href=\"data:,\">\n");
    let _ = writeln!(out, "<style>\n{STYLE}</style>\n</head>\n<body>");
    let _ = writeln!(out, "<main data-version=\"{version}\">\n<h1>Talks</h1>");
    if talks.is_empty() {
        out.push_str(
            "<p class=\"quiet\">No folder here holds a <code>talk.md</code>; <code>retell new</code> makes one.</p>\n",
        );
    } else {
        let heads = COLUMNS.join("<th scope=\"col\">");
        let _ = write!(out, "<table>\n<thead><tr><th scope=\"col\">{heads}</thead>\n<tbody>\n");
        for (stage, readiness) in &talks {
            out.push_str(&row(stage, readiness.as_ref(), today));
        }
        out.push_str("</tbody>\n</table>\n");
    }
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn row(stage: &Stage, readiness: Option<&Readiness>, today: Date) -> String {
    let is_known = stage.problems().known;
    let cells = match readiness {
        Some(readiness) => cells(readiness, is_known, today),
        // Its file can't be read, or nobody has come to it yet.
        None => [const { String::new() }; 7],
    };
    let is_past = readiness.and_then(|readiness| readiness.days(today)).is_some_and(|days| days < 0);
    let title = readiness.map_or(&stage.name, |readiness| &readiness.title);
    let mut out = format!(
        "<tr{}><th scope=\"row\"><a href=\"{}/\">{}</a>{}",
        if is_past { " class=\"past\"" } else { "" },
        segment(&stage.name),
        escape(title),
        if title == &stage.name { String::new() } else { format!("<small>{}</small>", escape(&stage.name)) }
    );
    let [when, slides, time, without_notes, rehearsed, recall, mut next] = cells;
    if readiness.is_none() && is_known {
        next = format!("<span class=\"wrong\">{}</span>", in_code(&reason(stage)));
    }
    let cells = [when, slides, time, without_notes, rehearsed, recall, problems(stage), next];
    for (name, cell) in COLUMNS.iter().skip(1).zip(cells) {
        let _ = if cell.is_empty() {
            let nothing = quiet(if is_known { "–" } else { "…" });
            write!(out, "<td class=\"empty\" data-name=\"{name}\">{nothing}")
        } else {
            write!(out, "<td data-name=\"{name}\">{cell}")
        };
    }
    out.push_str("</tr>\n");
    out
}

/// What is told of a talk, but for what is wrong with it; empty where there is nothing to tell.
fn cells(readiness: &Readiness, is_known: bool, today: Date) -> [String; 7] {
    let days = readiness.days(today);
    let day = readiness.date.zip(days);
    let when = day.map(|(date, days)| format!("{}<small>{date}</small>", day_from_now(days)));
    let last = readiness.rehearsed(today).map(|age| format!("<small>{}</small>", day_from_now(-age)));
    let rehearsed = match readiness.rehearsals {
        0 => quiet("never"),
        count => format!("{}{}", counted(count, "time"), last.unwrap_or_default()),
    };
    let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let step = readiness.next(today);
    let class = match step {
        Step::FixErrors(_) => "fix wrong",
        Step::Ready => "good",
        Step::Done => "quiet",
        _ => "step",
    };
    // What is wrong may still be unknown, and a talk that looks ready may not be.
    let next =
        if is_known { format!("<span class=\"{class}\">{}</span>", in_code(&step.to_string())) } else { String::new() };
    [
        when.unwrap_or_default(),
        readiness.slides.to_string(),
        time(readiness),
        count(readiness.without_notes),
        rehearsed,
        count(readiness.recall),
        next,
    ]
}

fn time(readiness: &Readiness) -> String {
    let time = clock(readiness.estimate);
    match (readiness.budget, readiness.excess()) {
        (None, _) => format!("{time}<small>no slot</small>"),
        (Some(budget), None) => format!("{time}<small>of {}</small>", clock(budget)),
        (Some(budget), Some(excess)) => {
            let (budget, excess) = (clock(budget), clock(excess));
            format!(
                "<span class=\"doubt\">{time}</span><small>of {budget}, <span class=\"doubt\">+{excess}</span></small>"
            )
        }
    }
}

fn problems(stage: &Stage) -> String {
    let problems = stage.problems();
    let errors =
        (problems.errors > 0).then(|| format!("<span class=\"wrong\">{}</span>", counted(problems.errors, "error")));
    let warnings = (problems.warnings > 0)
        .then(|| format!("<span class=\"doubt\">{}</span>", counted(problems.warnings, "warning")));
    let found: Vec<String> = errors.into_iter().chain(warnings).collect();
    match (found.is_empty(), problems.known) {
        (false, _) => found.join("<br>"),
        (true, true) => quiet("none"),
        (true, false) => String::new(),
    }
}

fn quiet(text: &str) -> String {
    format!("<span class=\"quiet\">{text}</span>")
}

/// The first thing that is wrong.
fn reason(stage: &Stage) -> String {
    let problems: serde_json::Value = serde_json::from_str(&stage.problems().text).unwrap_or_default();
    problems["problems"][0]["message"].as_str().unwrap_or("the talk is being read").to_owned()
}

/// The page of a talk whose file can't be read; it looks again each second.
pub(super) fn unreadable(stage: &Stage) -> Response {
    let mut response = site::page(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Retell</title>\n<style>\n{}</style>\n\
         <main><p>{}</p></main>\n</html>\n",
        STYLE,
        escape(&reason(stage))
    ));
    response.headers_mut().insert("refresh", HeaderValue::from_static("1"));
    response
}

/// `text` with what stands in backticks as code.
fn in_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::guard::decoded;

    #[test]
    fn names_survive_the_way_through_an_address() {
        for name in ["rds-deep-dive", "下午茶 v1.2", "a/b?c#d%41", "\u{1f375}"] {
            assert_eq!(decoded(&segment(name)).as_deref(), Some(name));
            assert!(!segment(name).contains(['/', '?', '#', ' ', '"', '<']));
        }
        assert_eq!(decoded("%4"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn the_page_lets_its_own_script_run_and_no_other() {
        let page = page(&[Arc::new(Stage::new("<b>".to_owned()))], 7, Date::constant(2026, 11, 20));
        let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(script));
        assert!(page.contains(&format!("script-src 'sha256-{hash}'")));
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"));
    }
}
