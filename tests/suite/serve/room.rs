//! Windows of a talk, kept together: late ones, those that come back, many at once.

use super::client::{Frame, Socket, get, state};
use super::server::{Server, TALK};
use crate::project::Project;

const HELLO: &str = r#"{"retell":1,"kind":"hello","from":"window"}"#;

#[test]
fn a_late_viewer_lands_where_the_talk_is() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    speaker.wait_for("\"hello\"");
    speaker.send(&state(1, "two", 1, "talk"));
    let mut early = Socket::open(server.port, "");
    speaker.wait_for("\"viewers\":1");
    let told = early.wait_for("\"state\"");
    assert!(told.contains(r#""state":{"slide":"two","step":1,"cover":""}"#), "{told}");
    speaker.send(&state(2, "three", 0, "talk"));
    early.wait_for("\"three\"");
    assert!(Socket::open(server.port, "").wait_for("\"state\"").contains("\"three\""));
}

#[test]
fn windows_of_the_speaker_drive_each_other_and_share_the_clock() {
    let server = Server::start(&[]);
    let (mut deck, mut phone) =
        (Socket::open(server.port, &server.cookie()), Socket::open(server.port, &server.cookie()));
    deck.send(&state(1, "two", 0, "talk"));
    let told = phone.wait_for("\"state\"");
    assert!(told.contains(r#""clock":{"mode":"talk","back":"talk","#), "{told}");
    phone.send(&state(2, "three", 0, "question"));
    assert!(deck.wait_for("\"three\"").contains("question"));
    phone.send(&state(1, "one", 0, "talk"));
    phone.send(HELLO);
    assert!(phone.wait_for("\"state\"").contains("\"three\""), "what is older than the state is no news");
    phone.send(r#"{"retell":1,"kind":"pointer","from":"p","at":[0.25,0.5]}"#);
    deck.wait_for(r#""at":[0.25,0.5]"#);
}

#[test]
fn a_window_that_comes_back_gets_what_it_missed() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    let mut viewer = Socket::open(server.port, "");
    speaker.send(&state(1, "one", 0, "idle"));
    viewer.wait_for("\"one\"");
    drop(viewer);
    speaker.wait_for("\"viewers\":0");
    speaker.send(
        r##"{"retell":1,"kind":"ink","slide":"two","strokes":[{"color":"#e11d48","width":4,"points":[1,2,3,4]}]}"##,
    );
    speaker.send(&state(2, "two", 0, "talk"));
    speaker.send(HELLO);
    speaker.wait_for("\"two\"");
    let mut again = Socket::open(server.port, "");
    let mut told: Vec<String> = (0..2).map(|_| again.wait_for("\"retell\"")).collect();
    told.sort();
    assert!(told[0].contains("\"ink\"") && told[0].contains("[1.0,2.0,3.0,4.0]"), "{told:?}");
    assert!(told[1].contains("\"two\""), "{told:?}");
}

#[test]
fn fifty_viewers_follow() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    let mut viewers: Vec<Socket> = (0..50).map(|_| Socket::open(server.port, "")).collect();
    speaker.wait_for("\"viewers\":50");
    for number in 1..=20 {
        speaker.send(&state(number, if number % 2 == 0 { "two" } else { "three" }, 0, "talk"));
        for viewer in &mut viewers {
            viewer.wait_for(&format!("\"version\":[{number},"));
        }
    }
}

#[test]
fn a_taken_port_gives_the_next_one_and_says_so() {
    let first = Server::start(&[]);
    let second = Server::start(&["--port", &first.port.to_string()]);
    assert!(second.port > first.port);
    assert_eq!(get(second.port, "/follow", &[]).status, 200);
}

#[test]
fn ctrl_c_ends_it_while_windows_are_open() {
    let mut server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    let mut viewer = Socket::open(server.port, "");
    speaker.wait_for("\"viewers\":1");
    let (status, _) = server.stop();
    assert_eq!(status.code(), Some(0));
    while let Frame::Text(_) = viewer.next() {}
    assert!(!matches!(speaker.next(), Frame::Cut), "it is told, not cut off");
}

#[test]
fn what_cannot_be_presented_is_said() {
    let project =
        Project::new().file("good/talk.md", TALK).file("bad/talk.md", "---\ntitle: T\nnonsense: 1\n---\n\n# One\n");
    project
        .run(["present", "bad", "--port", "0"])
        .exit(1)
        .stderr_contains("error[unknown-key]")
        .stderr_contains("1 error");
    let elsewhere = ["present", "good", "--host", "203.0.113.9", "--port", "0"];
    project
        .run(elsewhere)
        .exit(1)
        .stderr_contains("can't listen at `203.0.113.9`")
        .stderr_contains("leave out `--host`");
    project.run(["present", "good", "--host", "my-laptop"]).exit(2);
    project.run(["present", "missing"]).exit(1).stderr_contains("can't read");
}
