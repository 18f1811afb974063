//! The file of a room: what was answered stays in it, whatever happens to the server or the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::ScopedJoinHandle;

use serde_json::{Value, json};

use super::asked::{ROOM, Room};
use super::client::{Socket, try_send_body, visitor};
use super::server::TALK;
use crate::project::Project;

/// How often the server is killed.
const KILLS: usize = 24;

/// After how many answers of each life.
const ANSWERS: [usize; 8] = [0, 17, 3, 31, 1, 24, 9, 40];

/// How many browsers ask meanwhile.
const GUESTS: usize = 8;

#[test]
fn a_restart_on_the_same_day_carries_on() {
    let room = Room::with_recall();
    let guest = room.guest();
    for text in ["one?", "two?", "three?"] {
        room.ask(&guest, text);
    }
    room.send("/ask/support", &guest, &json!({"id": "q3"}));
    room.direct("/queue/mark", &json!({"id": "q1", "as": "later"}));
    room.direct("/queue/mark", &json!({"id": "q2", "as": "hidden"}));
    room.direct("/queue/round", &json!({"on": true}));
    let port = room.port().to_string();
    let room = room.restart();
    let mut speaker = Socket::open(room.port(), &room.server.cookie());
    let told: Value = serde_json::from_str(&speaker.wait_for("\"queue\"")).expect("JSON");
    let marks: Vec<&Value> =
        told["questions"].as_array().expect("questions").iter().map(|asked| &asked["as"]).collect();
    assert_eq!(marks, ["later", "hidden", "open"]);
    assert_eq!((&told["questions"][2]["support"], &told["round"]), (&json!(1), &json!(true)));
    assert_eq!(room.ask(&room.guest(), "four?"), "q4");
    let same = guest.replace(&port, &room.port().to_string());
    let again = room.send("/ask/support", &same, &json!({"id": "q3"}));
    assert_eq!(again.json(), json!({"already": true}), "a restart forgets nobody");
    let lines = room.lines();
    let starts: Vec<&Value> = lines.iter().filter(|line| line["event"] == "room").collect();
    assert_eq!(starts.len(), 2);
    assert_eq!(starts[0]["salt"], starts[1]["salt"]);
    assert_eq!(starts[0]["recall"], "pools-2026");
}

#[test]
fn half_a_line_is_cut_off_and_odd_ones_are_told() {
    let room = Room::open();
    room.ask(&room.guest(), "kept?");
    let file = room.file();
    let add =
        |bytes: &[u8]| fs::File::options().append(true).open(&file).expect("a file").write_all(bytes).expect("room");
    let kept = room.text();
    add("{\"event\":\"ask\",\"id\":\"q2\",\"text\":\"half 字".as_bytes());
    let room = room.restart();
    assert!(room.text().starts_with(&kept) && !room.text().contains("half"));
    assert_eq!(room.lines().len(), 3, "and a new start");
    add(b"\xff\xfe\n{\"event\":\"applause\",\"at\":\"x\"}\n\n[]\n{\"event\":\"support\",\"id\":\"q1\",\"at\":\"x\"}\n");
    let room = room.restart();
    assert_eq!(room.ask(&room.guest(), "next?"), "q2");
    let queue = Socket::open(room.port(), &room.server.cookie()).wait_for("\"queue\"");
    assert!(queue.contains("\"support\":1"), "written in by hand: {queue}");
}

#[test]
fn two_processes_do_not_write_one_room() {
    let project = Project::new().file("talk/talk.md", TALK);
    let talk = project.path("talk");
    let server = super::server::Server::present(tempfile::tempdir().expect("a folder"), &talk, &ROOM);
    let arguments = ["present", "talk", "--room", "--host", "127.0.0.1", "--port", "0"];
    project.run(arguments).exit(1).stderr_contains("another `retell present --room` writes");
    drop(server);
    let file = fs::read_dir(talk.join("room")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let file = file.into_iter().find(|path| path.extension().is_some()).expect("a file");
    fs::write(
        &file,
        "{\"event\":\"room\",\"format\":\"retell-room/9\",\"talk\":\"\",\"recall\":null,\"lang\":\"\",\"at\":\"\"}\n",
    )
    .expect("written");
    project.run(arguments).exit(1).stderr_contains("another version of retell");
    assert!(fs::read_to_string(&file).expect("text").ends_with("\"at\":\"\"}\n"), "left as it was");
}

#[cfg(unix)]
#[test]
fn a_talk_cannot_lead_the_file_elsewhere() {
    let arguments = ["present", "talk", "--room", "--host", "127.0.0.1", "--port", "0"];
    let project = Project::new().file("talk/talk.md", TALK).file("secret/x", "");
    std::os::unix::fs::symlink("../secret", project.path("talk/room")).expect("a link");
    project.run(arguments).exit(1).stderr_contains("is a link");
    assert_eq!(fs::read_dir(project.path("secret")).expect("a folder").count(), 1);
    fs::remove_file(project.path("talk/room")).expect("removed");
    fs::create_dir(project.path("talk/room")).expect("a folder");
    std::os::unix::fs::symlink("../../secret/x", project.path("talk/room/.lock")).expect("a link");
    project.run(arguments).exit(1).stderr_contains("is a link");
    let file = Project::new().file("talk/talk.md", TALK).file("talk/room", "a file");
    file.run(arguments).exit(1).stderr_contains("move it away");
}

/// The system stops the file at 2 KiB, in the middle of a line: as on a disk that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_refuses_a_post_and_keeps_the_file_whole() {
    let room = Room::on_a_small_disk();
    let file = room.file();
    let limit = |size: &str| {
        let process = room.server.id().to_string();
        let set = Command::new("prlimit").args(["--pid", &process, &format!("--fsize={size}")]).status();
        set.is_ok_and(|status| status.success())
    };
    assert!(limit("2048:unlimited"), "prlimit is part of util-linux");
    let mut taken = Vec::new();
    let refused = loop {
        let text = format!("{} {}?", taken.len(), "word ".repeat(40));
        let answer = room.send("/ask/question", &room.guest(), &json!({ "text": text }));
        if answer.status != 200 {
            break answer;
        }
        taken.push(text.trim().to_owned());
        assert!(taken.len() < 100, "the limit was not reached");
    };
    assert_eq!((refused.status, refused.json()["refused"].as_str()), (507, Some("disk")));
    let told = |room: &Room| -> Vec<String> {
        let asked = room.lines().into_iter().filter(|line| line["event"] == "ask");
        asked.map(|line| line["text"].as_str().expect("text").to_owned()).collect()
    };
    assert!(fs::read(&file).expect("bytes").ends_with(b"\n"), "nothing half-written");
    assert_eq!(told(&room), taken);
    let queue = Socket::open(room.port(), &room.server.cookie()).wait_for("\"queue\"");
    assert!(!queue.contains(&format!("q{}\"", taken.len() + 1)), "nor is it shown: {queue}");
    assert!(limit("unlimited:unlimited"));
    assert_eq!(room.ask(&room.guest(), "and now?"), format!("q{}", taken.len() + 1));
    assert_eq!(told(&room).last().map(String::as_str), Some("and now?"));
}

/// Everything that the server said it had, at one random moment after the other.
#[test]
fn no_answered_post_is_lost_when_the_server_is_killed() {
    let mut room = Room::open();
    let answered: Mutex<BTreeMap<String, String>> = Mutex::default();
    let supported: Mutex<BTreeSet<String>> = Mutex::default();
    for kill in 0..KILLS {
        let port = room.port();
        let guests: Vec<String> = (0..GUESTS).map(|_| visitor(port)).collect();
        let wanted = answered.lock().expect("no panic").len() + ANSWERS[kill % ANSWERS.len()];
        std::thread::scope(|scope| {
            let ask = |(at, guest)| {
                let (answered, supported) = (&answered, &supported);
                scope.spawn(move || ask_and_support(port, guest, kill, at, (answered, supported)))
            };
            let asking: Vec<_> = guests.iter().map(String::as_str).enumerate().map(ask).collect();
            // Spread over all that they send, however long that takes.
            let is_due = || answered.lock().expect("no panic").len() >= wanted;
            while !is_due() && !asking.iter().all(ScopedJoinHandle::is_finished) {
                std::thread::yield_now();
            }
            let killed =
                Command::new("kill").args(["-KILL", &room.server.id().to_string()]).stderr(Stdio::null()).status();
            assert!(killed.is_ok_and(|status| status.success()));
        });
        room = room.restart();
        let lines = room.lines();
        let of = |event: &str| lines.iter().filter(|line| line["event"] == event).collect::<Vec<_>>();
        let asked: BTreeMap<&str, &str> = of("ask")
            .iter()
            .map(|line| (line["id"].as_str().expect("id"), line["text"].as_str().expect("text")))
            .collect();
        assert_eq!(asked.len(), of("ask").len(), "each id once");
        for (id, text) in answered.lock().expect("no panic").iter() {
            assert_eq!(asked.get(id.as_str()), Some(&text.as_str()), "{id} was answered and is not there");
        }
        let supports: BTreeSet<&str> = of("support").iter().map(|line| line["id"].as_str().expect("id")).collect();
        for id in supported.lock().expect("no panic").iter() {
            assert!(supports.contains(id.as_str()), "the support of {id} was answered and is not there");
        }
    }
    assert!(answered.lock().expect("no panic").len() >= 3 * ANSWERS.iter().sum::<usize>(), "they were heard meanwhile");
}

/// What was answered: questions by their id, and who was said to support which.
type Answered<'a> = (&'a Mutex<BTreeMap<String, String>>, &'a Mutex<BTreeSet<String>>);

/// Asks six questions and supports each, until the server is gone.
fn ask_and_support(port: u16, cookie: &str, life: usize, guest: usize, (answered, supported): Answered<'_>) {
    for n in 0..6 {
        let text = format!("round {life} guest {guest} question {n}?");
        let Some(id) = send(port, "/ask/question", cookie, &json!({ "text": text })) else { return };
        answered.lock().expect("no panic").insert(id.clone(), text);
        if send(port, "/ask/support", cookie, &json!({ "id": id })).is_some() {
            supported.lock().expect("no panic").insert(id);
        }
    }
}

/// Sends a post and gives the id that was answered, the given one where there is none; `None` when the server is gone.
fn send(port: u16, path: &str, cookie: &str, body: &Value) -> Option<String> {
    let text = body.to_string();
    let host = format!("127.0.0.1:{port}");
    let lines = [
        format!("POST {path} HTTP/1.1"),
        format!("Host: {host}"),
        format!("Origin: http://{host}"),
        format!("Cookie: {cookie}"),
        format!("Content-Length: {}", text.len()),
        "Content-Type: application/json".to_owned(),
    ];
    let answer = try_send_body(port, &lines.iter().map(String::as_str).collect::<Vec<_>>(), &text)?;
    assert_eq!(answer.status, 200, "{answer:?}");
    Some(answer.json()["id"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn what_a_room_leaves_is_read_by_the_other_commands() {
    let room = Room::with_recall();
    room.send("/ask/question", &room.guest(), &json!({"text": "Why not Aurora?", "slide": "two", "name": "Lin"}));
    room.send("/ask/support", &room.guest(), &json!({"id": "q1"}));
    room.ask(&room.guest(), "ugly words");
    room.direct("/queue/mark", &json!({"id": "q1", "as": "shown"}));
    room.direct("/queue/mark", &json!({"id": "q2", "as": "hidden"}));
    room.direct("/queue/round", &json!({"on": true}));
    for points in [2, 2, 1, 0, 2, 1] {
        let scores = json!({"scores": {"first": points, "second": 2}});
        assert_eq!(room.send("/ask/result", &room.guest(), &scores).status, 200);
    }
    let file = room.file();
    let project = Project::new();
    let folder = room.folder().to_str().expect("text");
    let taken = project.run(["qa", "import", folder]).exit(0);
    taken.stdout_contains("1 question kept, 1 hidden, left out");
    let kept = fs::read_to_string(room.folder().join("qa.yaml")).expect("kept questions");
    assert!(kept.contains("Why not Aurora?") && kept.contains("#q1") && !kept.contains("ugly"), "{kept}");
    let told = project.run(["recall", "collect", file.to_str().expect("text"), "--json"]).exit(0);
    let told: Value = serde_json::from_str(&told.stdout()).expect("JSON");
    assert!(told.to_string().contains("pools-2026"), "{told}");
    assert_eq!(told["lines"], 6, "{told}");
}
