//! A deck page of the slides in `tests/cases/player`, put together by the exporter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use retell::deck::{Deck, DeckSlide, Prompt};
use retell::export::html::{Host, PageOptions, Speaker, html};
use retell::rehearsal::{Expectation, Expected};
use retell::source::{SourceId, Span};
use retell::timing::Budget;
use serde_json::Value;

/// Writes the page into `folder` and gives its path.
pub(super) fn write(folder: &Path) -> PathBuf {
    let path = folder.join("index.html");
    fs::write(&path, page(Host::File)).expect("the page is written");
    path
}

/// The text of the page.
pub(super) fn page(host: Host<'_>) -> String {
    let about: Value = serde_json::from_str(&case("data.json")).expect("data.json is JSON");
    let all = case("slides.html");
    let sections: Vec<&str> = all.split_inclusive("</section>").filter(|part| !part.trim().is_empty()).collect();
    let told = about["slides"].as_array().expect("a list of slides");
    assert_eq!(sections.len(), told.len(), "slides.html and data.json tell of the same slides");
    let text = |value: &Value| value.as_str().map(str::to_owned).filter(|text| !text.is_empty());
    let slides = sections.iter().zip(told).map(|(section, about)| DeckSlide {
        id: text(&about["id"]).expect("an id"),
        html: section.trim().to_owned(),
        steps: about["steps"].as_u64().and_then(|steps| steps.try_into().ok()).expect("a number of steps"),
        title: text(&about["title"]),
        section: text(&about["section"]),
        backup: about["backup"].as_bool().expect("a switch"),
        optional: about["optional"].as_bool().unwrap_or_default(),
        notes: text(&about["notes"]).unwrap_or_default(),
        questions: prompts(&about["questions"]),
        span: Span::new(SourceId::default(), 0, 0),
    });
    let deck = Deck {
        title: text(&about["title"]).expect("a title"),
        description: String::new(),
        lang: text(&about["lang"]).expect("a language"),
        size: (1280, 720),
        css: case("slides.css"),
        slides: slides.collect(),
        images: BTreeMap::new(),
        fonts: Vec::new(),
        labels: BTreeMap::new(),
        questions: prompts(&about["questions"]),
    };
    let seconds = |value: &Value| value.as_f64().map(Duration::from_secs_f64);
    let known = |about: &Value| Expectation {
        key: "0f".repeat(8),
        plan: about["plan"].as_f64(),
        expected: about["plan"].as_f64().map(|plan| Expected { speech: plan - 2.0, other: 2.0, declared: 0.0 }),
    };
    let slides: Vec<Expectation> = told.iter().map(known).collect();
    let budget = seconds(&about["slot"]).map(|slot| Budget {
        slot,
        questions: seconds(&about["qa"]).unwrap_or_default(),
        setup: seconds(&about["setup"]).unwrap_or_default(),
    });
    let options = PageOptions { speaker: Some(Speaker { budget, date: None, slides: &slides }), host, cover: None };
    html(&deck, &[], &options)
}

/// `[{"ask": …, "answer": …, "slide": …}]`, or nothing.
fn prompts(list: &Value) -> Vec<Prompt> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let prompt = |value: &Value| Prompt {
        ask: text(&value["ask"]).expect("a question"),
        answer: text(&value["answer"]),
        slide: text(&value["slide"]),
        from_audience: value["audience"].as_bool().unwrap_or_default(),
    };
    list.as_array().into_iter().flatten().map(prompt).collect()
}

fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/player").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
