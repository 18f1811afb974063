//! What the audience may send, what becomes of it, and what only the speaker may do.

use serde_json::{Value, json};

use super::client::{Answer, Frame, Socket, get, post, post_at_once, send, send_body, state, visitor};
use super::server::Server;
use crate::serve::asked::{ROOM, Room};

#[test]
fn a_question_is_supported_and_comes_first() {
    let room = Room::open();
    let (one, two) = (room.guest(), room.guest());
    assert_eq!(room.ask(&one, "Why not Aurora?"), "q1");
    assert_eq!(room.ask(&two, "为什么？"), "q2");
    assert_eq!(room.send("/ask/support", &one, &json!({"id": "q2"})).json(), json!({}));
    assert_eq!(room.send("/ask/support", &one, &json!({"id": "q2"})).json(), json!({"already": true}));
    room.send("/ask/support", &two, &json!({"id": "q2"}));
    let lines = room.lines();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().expect("an event")).collect();
    assert_eq!(events, ["room", "ask", "ask", "support", "support"]);
    assert_eq!((&lines[0]["format"], &lines[0]["talk"]), (&json!("retell-room/1"), &json!("A talk")));
    assert_eq!(lines[2]["text"], "为什么？");
    assert!(lines.iter().all(|line| line["at"].as_str().is_some_and(|at| at.parse::<jiff::Timestamp>().is_ok())));
    let mut speaker = Socket::open(room.port(), &room.server.cookie());
    while !speaker.wait_for("\"queue\"").contains(r#""id":"q2","text":"为什么？","support":2"#) {}
    let screen: Value = serde_json::from_str(&speaker.wait_for("\"top\":[{\"id\":\"q2\"")).expect("JSON");
    assert_eq!(screen["top"][1]["id"], "q1");
    assert!(screen["way"]["address"].as_str().is_some_and(|address| address.ends_with("/ask")));
}

#[test]
fn the_same_question_sent_again_is_one() {
    let room = Room::open();
    let guest = room.guest();
    assert_eq!(room.ask(&guest, "Twice?"), "q1");
    assert_eq!(room.ask(&guest, "Twice?"), "q1", "its answer may have got lost");
    assert_eq!(room.ask(&room.guest(), "Twice?"), "q2", "somebody else means it too");
}

#[test]
fn news_reach_phones_and_only_what_is_new() {
    let room = Room::open();
    let guest = room.guest();
    room.ask(&guest, "First?");
    let mut phone = room.phone();
    assert!(phone.wait_for("\"floor\"").contains(r#""all":true"#));
    // News of the first may still be on their way.
    room.phone().wait_for("First?");
    room.ask(&guest, "Second?");
    let news = phone.wait_for("Second?");
    assert!(news.contains("Second?") && news.contains(r#""all":false"#), "{news}");
    room.direct("/queue/mark", &json!({"id": "q1", "as": "shown"}));
    assert!(phone.wait_for("\"shown\":\"q1\"").contains("First?"));
    let mut speaker = Socket::open(room.port(), &room.server.cookie());
    speaker.send(&state(1, "two", 0, "talk"));
    assert!(phone.wait_for("\"state\"").contains("\"two\""), "it can ask about the slide that is shown");
    speaker.send(r#"{"retell":1,"kind":"pointer","at":[0.5,0.5]}"#);
    room.send("/ask/muddy", &guest, &json!({"text": "IOPS", "slide": "two"}));
    room.ask(&guest, "Third?");
    let news = phone.wait_for("\"floor\"");
    assert!(news.contains("Third?") && !news.contains("Second?"), "only what is new, and that phones show: {news}");
    let queue = speaker.wait_for("IOPS");
    assert!(queue.contains(r#""slide":"two""#), "{queue}");
}

#[test]
fn a_hidden_question_leaves_no_trace() {
    let room = Room::open();
    let guest = room.guest();
    for text in ["first words", "ugly words", "last words"] {
        room.ask(&guest, text);
    }
    let mut early = room.phone();
    early.wait_for("ugly words");
    let mut viewer = Socket::open(room.port(), "");
    viewer.wait_for("ugly words");
    room.direct("/queue/mark", &json!({"id": "q2", "as": "shown"}));
    viewer.wait_for(r#""shown":{"id":"q2""#);
    room.direct("/queue/mark", &json!({"id": "q2", "as": "hidden"}));
    let gone = early.wait_for("\"gone\":[\"q2\"]");
    assert!(!gone.contains("ugly words") && gone.contains("\"shown\":null"), "{gone}");
    assert!(!viewer.wait_for("\"shown\":null").contains("ugly words"));
    let late = room.phone().wait_for("\"floor\"");
    assert!(!late.contains("q2") && !late.contains("ugly words") && late.contains("last words"), "{late}");
    assert!(!Socket::open(room.port(), "").wait_for("\"screen\"").contains("ugly words"));
    assert_eq!(room.send("/ask/support", &room.guest(), &json!({"id": "q2"})).status, 404, "as one that never was");
    assert!(Socket::open(room.port(), &room.server.cookie()).wait_for("\"queue\"").contains("ugly words"));
    room.direct("/queue/mark", &json!({"id": "q2", "as": "open"}));
    early.wait_for("ugly words");
}

#[test]
fn only_the_speaker_marks_and_opens() {
    let room = Room::with_recall();
    let guest = room.guest();
    room.ask(&guest, "Mine?");
    let wrong = format!("{guest}; retell-{}={}", room.port(), "A".repeat(22));
    for cookie in ["", guest.as_str(), wrong.as_str()] {
        for (path, body) in [
            ("/queue/mark", json!({"id": "q1", "as": "answered"})),
            ("/queue/round", json!({"on": true})),
            ("/queue/code", json!({"on": true})),
        ] {
            assert_eq!(room.send(path, cookie, &body).status, 403, "{path} {cookie}");
        }
    }
    let mut phone = room.phone();
    phone.wait_for("\"floor\"");
    phone.send(r#"{"retell":1,"kind":"mark","id":"q1","as":"answered"}"#);
    phone.send(&state(9, "three", 0, "talk"));
    assert_eq!(room.lines().len(), 2, "nothing of it is in the file");
    let mut late = room.phone();
    late.wait_for("\"floor\"");
    late.send(r#"{"retell":1,"kind":"hello","from":"p"}"#);
    assert!(!late.wait_for("\"retell\"").contains("three"), "phones of the audience do not drive");
    assert_eq!(room.direct("/queue/mark", &json!({"id": "q9", "as": "open"})).status, 404);
    for odd in [json!({"id": "q1", "as": "burnt"}), json!({"id": 1, "as": "open"}), json!({"as": "open"}), json!([])] {
        assert_eq!(room.direct("/queue/mark", &odd).status, 400, "{odd}");
    }
}

#[test]
fn posts_come_from_pages_of_this_server() {
    let room = Room::open();
    let (port, guest, body) = (room.port(), room.guest(), r#"{"text":"Hello?"}"#);
    let host = format!("127.0.0.1:{port}");
    let try_with = |host: &str, origin: &str, kind: &str, cookie: &str| {
        let (host, cookie) = (format!("Host: {host}"), format!("Cookie: {cookie}"));
        let (origin, kind) = (format!("Origin: {origin}"), format!("Content-Type: {kind}"));
        let length = format!("Content-Length: {}", body.len());
        send_body(port, &["POST /ask/question HTTP/1.1", &host, &origin, &kind, &cookie, &length], body).status
    };
    let (own, kind) = (format!("http://{host}"), "application/json");
    assert_eq!(try_with("evil.example", "http://evil.example", kind, &guest), 403);
    assert_eq!(try_with(&host, "http://evil.example", kind, &guest), 403);
    assert_eq!(try_with(&host, "null", kind, &guest), 403);
    assert_eq!(try_with(&host, &own, "text/plain", &guest), 415, "a form of another site can send that");
    assert_eq!(try_with(&host, &own, kind, ""), 403, "no cookie");
    assert_eq!(try_with(&host, &own, kind, &format!("retell-ask-{port}=x")), 403);
    assert_eq!(try_with(&host, &own, kind, &guest), 200);
    for (method, path) in
        [("PUT", "/ask/question"), ("DELETE", "/ask"), ("GET", "/ask/question"), ("GET", "/queue/mark")]
    {
        let status = send(port, &[&format!("{method} {path} HTTP/1.1"), &format!("Host: {host}")]).status;
        assert!(matches!(status, 404 | 405), "{method} {path}: {status}");
    }
    assert_eq!(room.lines().len(), 2);
}

#[test]
fn what_is_sent_is_bounded() {
    let room = Room::open();
    let refused = |path: &str, body: &str| {
        let answer = post(room.port(), path, &room.guest(), body);
        (answer.status, answer.json()["refused"].as_str().unwrap_or_default().to_owned())
    };
    let is = |status: u16, why: &str| (status, why.to_owned());
    let text = |text: &str| json!({ "text": text }).to_string();
    assert_eq!(refused("/ask/question", &text(&"字".repeat(1_000))), is(200, ""));
    assert_eq!(refused("/ask/question", &text(&"字".repeat(1_001))), is(413, "long"));
    assert_eq!(refused("/ask/question", &" ".repeat(4_097)), is(413, "long"));
    assert_eq!(refused("/ask/question", &text(" \n\u{200b}")), is(400, "empty"));
    assert_eq!(refused("/ask/question", &json!({"text": "a", "slide": "<img>"}).to_string()), is(400, "odd"));
    assert_eq!(refused("/ask/question", &json!({"text": "a", "name": "x".repeat(61)}).to_string()), is(413, "long"));
    assert_eq!(refused("/ask/question", &json!({"text": "a", "by": "me"}).to_string()), is(400, "odd"));
    for body in ["", "null", "[]", "{}", "{\"text\":1}", "{\"text\":\"a\"", "\u{0}"] {
        assert_eq!(refused("/ask/question", body), is(400, "odd"), "{body:?}");
    }
    assert_eq!(refused("/ask/support", &json!({"id": "q99"}).to_string()), is(404, "unknown"));
    assert_eq!(refused("/ask/muddy", &json!({"text": "a", "name": "me"}).to_string()), is(400, "odd"));
    assert_eq!(refused("/ask/nonsense", "{}"), is(404, "unknown"));
    let host = format!("Host: 127.0.0.1:{}", room.port());
    let origin = format!("Origin: http://127.0.0.1:{}", room.port());
    let cookie = format!("Cookie: {}", room.guest());
    let lines = ["POST /ask/question HTTP/1.1", &host, &origin, &cookie, "Content-Type: application/json"];
    let chunked = send_body(room.port(), &[&lines[..], &["Transfer-Encoding: chunked"]].concat(), "0\r\n\r\n");
    assert_eq!(chunked.status, 411);
    assert_eq!(room.lines().len(), 2, "one question was taken");
}

#[test]
fn who_sends_too_much_waits() {
    let room = Room::open();
    let guest = room.guest();
    // Time goes on meanwhile and allows some more, on a slow machine.
    let mut answers = post_at_once(room.port(), "/ask/question", &guest, r#"{"text":"Again?"}"#, 30);
    assert_eq!(answers.iter().map(|answer| answer.status).take(6).collect::<Vec<_>>(), [200; 6]);
    answers.retain(|answer| answer.status == 429);
    let answer = answers.first().expect("one is refused");
    assert_eq!(answer.json()["refused"], "slow");
    assert!(answer.header("retry-after").and_then(|wait| wait.parse::<u32>().ok()).is_some_and(|wait| wait <= 6));
    assert_eq!(room.send("/ask/support", &guest, &json!({"id": "q1"})).status, 200, "support has its own measure");
    assert_eq!(
        room.send("/ask/question", &room.guest(), &json!({"text": "me?"})).status,
        200,
        "and so has the neighbour"
    );
    // None of them sends as much as a browser may, and all of them more than an address.
    let guests: Vec<String> = (0..50).map(|_| room.guest()).collect();
    let support = r#"{"id":"q1"}"#;
    let mut floods = guests.iter().flat_map(|guest| post_at_once(room.port(), "/ask/support", guest, support, 39));
    assert!(floods.any(|answer| answer.status == 429), "one address with ever new browsers is stopped too");
}

#[test]
fn the_round_at_the_end_gives_one_result_line_a_browser() {
    let room = Room::with_recall();
    let guest = room.guest();
    let scores = json!({"scores": {"first": 2, "second": 0}});
    assert_eq!(get(room.port(), "/ask/round", &[]).status, 404, "no answer before it is opened");
    assert_eq!(room.send("/ask/result", &guest, &scores).status, 409);
    assert_eq!(room.direct("/queue/round", &json!({"on": true})).status, 200);
    let mut phone = room.phone();
    phone.wait_for("\"round\":true");
    let asked = get(room.port(), "/ask/round", &[]).json();
    assert_eq!(asked["questions"][0]["id"], "first");
    assert_eq!(asked["questions"][0]["answer"], "The pool waits.");
    let line = room.send("/ask/result", &guest, &scores).json()["line"].as_str().expect("a line").to_owned();
    assert!(line.starts_with("RT1 pools-2026 d0 first=2,second=0 ~"), "{line}");
    room.send("/ask/result", &guest, &json!({"scores": {"first": 1}}));
    for forged in
        [json!({"scores": {"other": 2}}), json!({"scores": {"first": 3}}), json!({"scores": {}}), scores.clone()]
    {
        let expected = if forged == scores { 200 } else { 400 };
        assert_eq!(room.send("/ask/result", &room.guest(), &forged).status, expected, "{forged}");
    }
    let lines = room.lines();
    let results: Vec<&Value> = lines.iter().filter(|line| line["event"] == "result").collect();
    assert_eq!(results.len(), 2, "one a browser: {results:?}");
    assert_eq!(results[0]["line"], line);
    room.direct("/queue/round", &json!({"on": false}));
    phone.wait_for("\"round\":false");
    assert_eq!(room.send("/ask/result", &room.guest(), &scores).status, 409);
    assert_eq!(get(room.port(), "/ask/round", &[]).status, 404);
    let calendar = get(room.port(), "/ask/follow-up.ics", &[]);
    assert!(calendar.all().contains("text/calendar") && calendar.all().contains("BEGIN:VCALENDAR"));
    let sheet = get(room.port(), "/ask/follow-up.html", &[]);
    assert!(sheet.all().contains("frame-ancestors 'none'") && sheet.all().contains("What do you look"));
    assert_eq!(get(room.port(), "/ask/index.html", &[]).header("location"), Some("/follow"));
}

#[test]
fn nothing_of_anybody_is_kept() {
    let room = Room::with_recall();
    let guest = room.guest();
    room.direct("/queue/round", &json!({"on": true}));
    room.send("/ask/question", &guest, &json!({"text": "Signed?", "name": "小林"}));
    room.send("/ask/support", &guest, &json!({"id": "q1"}));
    room.send("/ask/muddy", &guest, &json!({"text": "All of it"}));
    room.send("/ask/result", &guest, &json!({"scores": {"first": 2}}));
    let text = room.text();
    let mark = guest.split_once('=').expect("a value").1;
    for trace in [mark, "127.0.0.1", "agent"] {
        assert!(!text.contains(trace), "{trace}");
    }
    let lines = room.lines();
    let by = lines.iter().find(|line| line["event"] == "support").and_then(|line| line["by"].as_str()).expect("by");
    assert!(by.len() == 8 && by.bytes().all(|byte| byte.is_ascii_hexdigit()), "{by}");
    assert_eq!(text.matches(by).count(), 1, "what one browser sends is not tied together");
    assert_eq!(text.matches("小林").count(), 1);
    let cookie = get(room.port(), "/ask", &[]).header("set-cookie").expect("a cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=86400"),
        "{cookie}"
    );
    assert!(get(room.port(), "/ask", &[&format!("Cookie: {guest}")]).header("set-cookie").is_none());
}

#[test]
fn the_page_of_the_audience_holds_nothing_of_the_speakers() {
    let room = Room::with_recall();
    let page = get(room.port(), "/ask", &[]);
    assert_eq!(page.status, 200);
    let all = page.all();
    for secret in ["secret", "The pool waits", "covert", "\"notes\"", room.server.token()] {
        assert!(!all.contains(secret), "{secret}");
    }
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let mut phone = room.phone();
    let mut speaker = Socket::open(room.port(), &room.server.cookie());
    speaker.send(&state(1, "two", 0, "talk"));
    speaker.wait_for("\"screen\"");
    let heard = [phone.wait_for("\"floor\""), phone.wait_for("\"state\"")].concat();
    for secret in ["\"clock\"", "\"muddy\"", "\"results\"", "\"by\""] {
        assert!(!heard.contains(secret), "{heard}");
    }
}

#[test]
fn without_a_room_nobody_asks() {
    let server = Server::start(&[]);
    for path in ["/ask", "/ask/round", "/ask/follow-up.ics"] {
        assert_eq!(get(server.port, path, &[]).status, 404, "{path}");
    }
    assert_eq!(post(server.port, "/ask/question", "", "{}").status, 405);
    let origin = format!("Origin: http://127.0.0.1:{}", server.port);
    let mut refused = Socket::try_open(server.port, "/room?as=attendee", &[&origin]).expect("an answer");
    assert_eq!(refused.next(), Frame::Close(4403));
    assert!(!server.talk().join("room").exists());
    let asked: Answer = get(Server::start(&ROOM).port, "/ask", &[]);
    assert_eq!(asked.status, 200);
    assert!(!visitor(Server::start(&ROOM).port).is_empty());
}
