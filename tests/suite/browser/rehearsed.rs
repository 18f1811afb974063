//! From the presenter view to the next estimate: a rehearsal is given, downloaded and imported.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::chromium::{Chromium, address};
use crate::project::Project;

/// Time stands until the test moves it.
const STILL: &str = "window.moment = 0; performance.now = () => window.moment; \
                     Date.now = () => performance.timeOrigin + window.moment;";

#[test]
fn a_downloaded_rehearsal_moves_the_next_estimate() {
    let talk = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rehearsal/talk.md");
    let project = Project::new().file("talk/talk.md", fs::read(talk).expect("the talk"));
    project.run(["build", "talk", "--only", "html"]).exit(0);
    let sheet = |project: &Project| -> Value {
        serde_json::from_str(&project.run(["time", "talk", "--json"]).stdout()).expect("JSON")
    };
    let number = |value: &Value| value.as_f64().expect("a number");
    let before = sheet(&project);

    let page = Chromium::start();
    page.on_new_document(STILL);
    page.go(&address(&project.path("dist/talk/index.html"), "?presenter"));
    page.act(
        "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return '#'; }; \
         const noted = JSON.parse(document.querySelector('[type=\"application/json\"]').textContent).slides; \
         window.expected = noted.filter(slide => slide.expected).map(slide => slide.expected);",
    );
    // The clock is started by hand, so that the first slide counts; then each slide takes 1.3 times its words.
    page.press("t");
    page.wait_until("document.querySelector('.is-talk').innerText.includes('running')");
    let slides: usize = page.eval("expected.length");
    assert_eq!(slides, 4);
    for slide in 0..slides {
        page.act(&format!("moment += (expected[{slide}].speech * 1.3 + expected[{slide}].other) * 1000"));
        page.press("PageDown");
    }
    // Questions come, and a coffee with the clock stopped.
    page.act("moment += 300000");
    page.press("t");
    page.act("moment += 900000");
    page.click(".is-download");
    page.wait_until("typeof window.saved === 'string'");
    let recording: String = page.eval("saved");
    assert_eq!(page.errors(), Vec::<String>::new());

    let project = project.file("talk-rehearsal.json", recording);
    let imported = project.run(["rehearse", "import", "talk-rehearsal.json", "--talk", "talk"]).exit(0);
    imported.stdout_contains("counts: ×1.30 of usual");
    let after = sheet(&project);
    let expected: f64 = before["slides"].as_array().expect("slides").iter().map(|slide| number(&slide["speech"])).sum();
    // Rehearsals go 10 % faster than talks; five minutes of speech are worth as much as the usual speed.
    let factor = 1.1 * (expected / (expected + 300.0) * 1.3_f64.ln()).exp();
    assert!((number(&after["speed"]["factor"]) - factor).abs() < 0.002, "{factor} {}", after["speed"]);
    let moved = number(&after["estimate"]["p50"]) - number(&before["estimate"]["p50"]);
    assert!((moved - expected * (factor - 1.0)).abs() < 0.5, "{moved}");
    assert!(
        number(&after["estimate"]["p90"]) - number(&after["estimate"]["p50"]) < 0.2 * number(&after["estimate"]["p50"])
    );
    assert!((number(&after["rehearsal"]["time"]) - (1.3 * expected + 8.0)).abs() < 0.5, "{}", after["rehearsal"]);
}
