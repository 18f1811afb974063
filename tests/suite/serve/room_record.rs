//! The record of a talk, as the server leaves it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::client::{Socket, state};
use super::server::Server;

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_talk_is_recorded_from_its_first_step_to_ctrl_c() {
    let mut server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    assert!(speaker.wait_for("\"room\"").contains("\"recording\":true"));
    speaker.send(&state(1, "one", 0, "idle"));
    let hello = r#"{"retell":1,"kind":"hello","from":"d"}"#;
    speaker.send(hello);
    speaker.wait_for("\"one\"");
    assert!(names(&server.records()).is_empty(), "nothing before the talk begins");
    for (number, slide, step, mode) in [(2, "two", 0, "talk"), (3, "two", 1, "talk"), (4, "two", 1, "question")] {
        speaker.send(&state(number, slide, step, mode));
    }
    speaker.send(&state(5, "three", 0, "talk"));
    speaker.send(hello);
    speaker.wait_for("\"three\"");
    let (status, said) = server.stop();
    assert_eq!(status.code(), Some(0));
    let files = names(&server.records());
    assert_eq!(files.len(), 1, "{files:?}");
    let path = server.records().join(&files[0]);
    assert!(said.contains(&format!("recorded {}", path.display())), "{said}");
    assert_eq!(names(&server.talk()), ["talk.md"], "the talk's folder stays as it was");
    let record: Value = serde_json::from_str(&fs::read_to_string(&path).expect("a record")).expect("JSON");
    assert_eq!(record["format"], "retell-rehearsal/1");
    assert_eq!(record["talk"]["title"], "A talk");
    assert_eq!(record["lang"], "en");
    let started = record["started"].as_str().expect("a time");
    assert!(started.parse::<jiff::Timestamp>().is_ok() && started.len() == 25, "{started}");
    let slides = record["slides"].as_array().expect("slides");
    assert_eq!(
        slides.iter().map(|slide| slide["id"].as_str().expect("an id")).collect::<Vec<_>>(),
        ["one", "two", "three"]
    );
    assert!(slides.iter().all(|slide| slide["key"].as_str().is_some_and(|key| key.len() == 16)), "{slides:?}");
    assert!(slides[1]["plan"].as_f64().is_some_and(|plan| plan > 0.0), "{slides:?}");
    let events = record["events"].as_array().expect("events");
    let told: Vec<String> = events
        .iter()
        .map(|event| {
            format!("{} {} {}", event["event"], event["slide"], event["step"]).replace('"', "").replace(" null", "")
        })
        .collect();
    assert_eq!(told, ["enter two", "step two 1", "question", "answer", "enter three", "end"]);
    let times: Vec<f64> = events.iter().map(|event| event["at"].as_f64().expect("a time")).collect();
    assert!(times[0] == 0.0 && times.is_sorted(), "{times:?}");
}

#[test]
fn whoever_reads_the_record_meanwhile_finds_it_whole() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    speaker.send(&state(1, "two", 0, "talk"));
    let folder = server.records();
    let written = |folder: &Path| names(folder).into_iter().find(|name| !name.starts_with(".retell-"));
    let file = loop {
        if let Some(file) = written(&folder) {
            break folder.join(file);
        }
        std::thread::yield_now();
    };
    for number in 2..40 {
        speaker.send(&state(number, if number % 2 == 0 { "three" } else { "two" }, 0, "talk"));
        let text = fs::read_to_string(&file).expect("always there");
        let record: Value = serde_json::from_str(&text).expect("always whole");
        assert_eq!(record["events"][0]["slide"], "two");
    }
}

#[test]
fn without_record_nothing_is_written() {
    let mut server = Server::start(&["--no-record"]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    assert!(speaker.wait_for("\"room\"").contains("\"recording\":false"));
    speaker.send(&state(1, "three", 0, "talk"));
    speaker.send(r#"{"retell":1,"kind":"hello","from":"d"}"#);
    speaker.wait_for("\"three\"");
    let (status, said) = server.stop();
    assert_eq!(status.code(), Some(0));
    assert!(!said.contains("recorded"), "{said}");
    assert!(names(&server.records()).is_empty());
}

#[test]
fn a_disk_that_refuses_the_record_is_told_at_once() {
    let server = Server::start(&[]);
    fs::create_dir_all(server.records().parent().expect("a folder")).expect("a folder");
    fs::write(server.records(), "in the way").expect("a file");
    let mut speaker = Socket::open(server.port, &server.cookie());
    speaker.wait_for("\"recording\":true");
    speaker.send(&state(1, "two", 0, "talk"));
    speaker.wait_for("\"recording\":false");
    fs::remove_file(server.records()).expect("the way is free");
    speaker.send(&state(2, "three", 0, "talk"));
    speaker.wait_for("\"recording\":true");
}
