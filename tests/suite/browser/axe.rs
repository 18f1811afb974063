//! What axe-core finds wrong in a page for those who see badly, hear it, or work without a mouse.
//!
//! It is put into the page by the debugger, which no content security policy refuses.

use std::fmt::Write as _;

use serde::Deserialize;

use super::chromium::Page;

/// The released file, unchanged; `tests/vendor/axe` holds its licence.
const AXE: &str = include_str!("../../vendor/axe/axe.min.js");

#[derive(Deserialize)]
struct Violation {
    id: String,
    impact: String,
    help: String,
    places: Vec<String>,
}

/// Fails with all that axe-core calls serious or critical, once no transition is under way.
#[track_caller]
pub(super) fn assert_accessible(page: &Page, name: &str) {
    assert_accessible_at(page, name, "document");
}

/// The same for a part of a page: a script expression, as axe-core takes it.
#[track_caller]
pub(super) fn assert_accessible_at(page: &Page, name: &str, context: &str) {
    if page.eval::<bool>("window.axe === undefined") {
        page.act(AXE);
    }
    // A change of the colour scheme comes with a frame, and may begin a transition.
    page.paint();
    page.wait_until("document.getAnimations().every(animation => animation.playState !== 'running')");
    let violations: Vec<Violation> = page.eval(&format!(
        "axe.run({context}, {{ resultTypes: ['violations'] }}).then(({{ violations }}) => violations \
         .filter(({{ impact }}) => impact === 'serious' || impact === 'critical').map(({{ id, impact, help, nodes }}) => \
         ({{ id, impact, help, places: nodes.map(node => node.html.slice(0, 200) + '  ' + (node.any[0]?.message ?? '')) }})))"
    ));
    let told = violations.iter().fold(String::new(), |mut told, violation| {
        let Violation { id, impact, help, places } = violation;
        let _ = write!(told, "\n{impact} {id}: {help}\n  {}", places.join("\n  "));
        told
    });
    assert!(told.is_empty(), "{name}:{told}");
}
