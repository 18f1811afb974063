//! The page that lists the talks of a folder.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use warp::http::header::HeaderValue;
use warp::reply::Response;

use crate::diagnostic::counted;
use crate::pipeline::Preview;
use crate::serve::preview::site;
use crate::serve::preview::stage::Stage;

/// Loads the page again when something in it changed, and when the server is back.
const SCRIPT: &str = "(() => {\n\
    let lost = false;\n\
    const source = new EventSource(\"events\");\n\
    source.addEventListener(\"list\", () => location.reload());\n\
    source.addEventListener(\"error\", () => { lost = true; });\n\
    source.addEventListener(\"open\", () => { if (lost) location.reload(); });\n\
    })();\n";

/// All talks, those with a date first, in its order.
pub(super) fn page(stages: &[Arc<Stage>]) -> String {
    let mut rows: Vec<(Option<String>, String)> = stages.iter().map(|stage| row(stage)).collect();
    // Those without a date come last, in the order of their names.
    rows.sort_by_key(|(date, _)| (date.is_none(), date.clone()));
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{hash}'; \
         style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'\">"
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Talks</title>\n<link rel=\"icon\" href=\"data:,\">\n");
    let _ = writeln!(out, "<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>Talks</h1>", include_str!("list.css"));
    if rows.is_empty() {
        out.push_str(
            "<p class=\"quiet\">No folder here holds a <code>talk.md</code>; <code>retell new</code> makes one.</p>\n",
        );
    } else {
        out.push_str("<table>\n<thead><tr><th>Talk<th>Date<th>Slides<th>Time<th>Problems</thead>\n<tbody>\n");
        for (_, row) in &rows {
            out.push_str(row);
        }
        out.push_str("</tbody>\n</table>\n");
    }
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The talk's date and its row.
fn row(stage: &Stage) -> (Option<String>, String) {
    let shown = stage.shown();
    let preview = shown.as_ref().map(|shown| &shown.preview);
    let title = preview.map_or(stage.name.as_str(), |preview| preview.title());
    let date = preview.and_then(Preview::date);
    let slides = preview.map(|preview| preview.slides().len().to_string());
    let time = preview.map(|preview| match preview.slot() {
        Some(slot) => format!("{} of {} min", minutes(preview.estimate()), minutes(slot)),
        None => format!("{} min", minutes(preview.estimate())),
    });
    let cell = |value: Option<&str>| format!("<td>{}", escape(value.unwrap_or("–")));
    let row = format!(
        "<tr><td><a href=\"{}/\">{}</a><small>{}</small>{}{}{}<td>{}</tr>\n",
        encoded(&stage.name),
        escape(title),
        escape(&stage.name),
        cell(date.as_deref()),
        cell(slides.as_deref()),
        cell(time.as_deref()),
        problems(stage),
    );
    (date, row)
}

fn minutes(time: Duration) -> u64 {
    (time.as_secs() + 30) / 60
}

fn problems(stage: &Stage) -> String {
    let problems = stage.problems();
    let errors =
        (problems.errors > 0).then(|| format!("<span class=\"wrong\">{}</span>", counted(problems.errors, "error")));
    let warnings = (problems.warnings > 0)
        .then(|| format!("<span class=\"doubt\">{}</span>", counted(problems.warnings, "warning")));
    let found: Vec<String> = errors.into_iter().chain(warnings).collect();
    match (found.is_empty(), problems.known) {
        (false, _) => found.join(", "),
        (true, true) => "<span class=\"quiet\">none</span>".to_owned(),
        (true, false) => "<span class=\"quiet\">…</span>".to_owned(),
    }
}

/// The page of a talk whose file can't be read; it looks again each second.
pub(super) fn unreadable(stage: &Stage) -> Response {
    let problems: serde_json::Value = serde_json::from_str(&stage.problems().text).unwrap_or_default();
    let message = problems["problems"][0]["message"].as_str().unwrap_or("the talk is being read");
    let mut response = site::page(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Retell</title>\n<style>\n{}</style>\n\
         <main><p>{}</p></main>\n</html>\n",
        include_str!("list.css"),
        escape(message)
    ));
    response.headers_mut().insert("refresh", HeaderValue::from_static("1"));
    response
}

/// `name` as a part of a path.
fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::guard::decoded;

    #[test]
    fn names_survive_the_way_through_an_address() {
        for name in ["rds-deep-dive", "下午茶 v1.2", "a/b?c#d%41", "\u{1f375}"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
            assert!(!encoded(name).contains(['/', '?', '#', ' ', '"', '<']));
        }
        assert_eq!(decoded("%4"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn the_page_lets_its_own_script_run_and_no_other() {
        let page = page(&[Arc::new(Stage::new("<b>".to_owned()))]);
        let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(script));
        assert!(page.contains(&format!("script-src 'sha256-{hash}'")));
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"));
    }
}
