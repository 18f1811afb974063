//! Who gets in, who may say what, and what viewers never see.

use super::client::{Answer, Frame, Socket, get, send, state};
use super::server::{SECRETS, Server};

#[test]
fn only_the_right_token_opens_the_pages_of_the_speaker() {
    let server = Server::start(&[]);
    let port = server.port;
    for path in ["/", "/remote"] {
        let opened = get(port, &format!("{path}?token={}", server.token()), &[]);
        assert_eq!((opened.status, opened.header("location")), (303, Some(path)), "the token leaves the address");
        let cookie = opened.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with(&format!("{}; ", server.cookie())), "{cookie}");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        let page = get(port, path, &[&format!("Cookie: {}", server.cookie())]);
        assert!(page.status == 200 && page.all().contains("secretnote"), "{path}");
    }
    let wrong = format!("Cookie: retell-{port}={}", "A".repeat(22));
    assert_eq!(get(port, "/", &[&wrong]).header("location"), Some("/follow"));
    assert_eq!(get(port, "/remote", &[&wrong]).status, 403);
    assert_eq!(get(port, "/remote", &[]).status, 403);
    assert_eq!(get(port, "/remote?token=", &[]).status, 403);
    assert_eq!(get(port, &format!("/?token={}x", server.token()), &[]).status, 403);
    let kept = get(port, &format!("/?presenter&token={}", server.token()), &[]);
    assert_eq!(kept.header("location"), Some("/?presenter"));
}

#[test]
fn nothing_that_viewers_get_holds_what_is_the_speakers() {
    let server = Server::start(&[]);
    let port = server.port;
    let speakers = get(port, "/", &[&format!("Cookie: {}", server.cookie())]).all();
    for secret in SECRETS {
        assert!(speakers.contains(secret), "the test looks for the right thing: {secret}");
    }
    let mut heard = Vec::new();
    for path in ["/", "/follow", "/follow?presenter", "/remote", "/room", "/talk.md", "/index.html", "/?token=x"] {
        heard.push(get(port, path, &[]).all());
        heard.push(get(port, path, &["Accept-Encoding: gzip"]).all());
    }
    let mut speaker = Socket::open(port, &server.cookie());
    let mut viewer = Socket::open(port, "");
    speaker.wait_for("\"viewers\":1");
    for text in [state(1, "two", 1, "talk"), state(2, "two", 2, "question"), state(3, "three", 0, "talk")] {
        speaker.send(&text);
        viewer.send(r#"{"retell":1,"kind":"hello","from":"v"}"#);
    }
    while let Frame::Text(text) = viewer.next() {
        heard.push(text);
        if heard.last().is_some_and(|text| text.contains("\"three\"")) {
            break;
        }
    }
    assert!(heard.iter().any(|text| text.contains("\"three\"")), "{:?}", heard.last());
    for text in &heard {
        let is_page = text.contains("<html");
        // The words of the player, which is the same for all, stand in every page.
        let of_frames = ["\"clock\":", "\"recording\":", "\"now\":"].into_iter().filter(|_| !is_page);
        for secret in SECRETS.into_iter().chain([server.token()]).chain(of_frames) {
            assert!(!text.contains(secret), "`{secret}` in {}", text.chars().take(400).collect::<String>());
        }
    }
}

#[test]
fn nobody_else_gets_in_by_another_name() {
    let server = Server::start(&[]);
    let cookie = format!("Cookie: {}", server.cookie());
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"] {
        let answer = send(server.port, &["GET / HTTP/1.1", &format!("Host: {host}"), &cookie]);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.all().contains("secret"));
    }
    assert_ne!(send(server.port, &["GET /follow HTTP/1.1"]).status, 200, "no name at all");
    let localhost = send(server.port, &["GET /follow HTTP/1.1", &format!("Host: localhost:{}", server.port)]);
    assert_eq!(localhost.status, 200);
    let refused = |headers: &[&str]| Socket::try_open(server.port, "/room", headers).err().map(|answer| answer.status);
    assert_eq!(refused(&["Origin: http://evil.example", &cookie]), Some(403));
    assert_eq!(refused(&["Origin: null", &cookie]), Some(403));
    assert_eq!(refused(&[&cookie]), Some(403), "no origin");
    let other = format!("Origin: http://localhost:{}", server.port);
    assert_eq!(refused(&[&other, &cookie]), Some(403), "another origin of the same machine");
    assert_eq!(refused(&["Host: evil.example", "Origin: http://evil.example", &cookie]), Some(403));
}

#[test]
fn there_is_nothing_but_the_pages() {
    let server = Server::start(&[]);
    let cookie = format!("Cookie: {}", server.cookie());
    for path in [
        "/talk.md",
        "/../talk/talk.md",
        "/%2e%2e/talk/talk.md",
        "/follow/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/follow/",
        "/Follow",
        "/remote/x",
        "/events",
        "/\\..\\",
    ] {
        let answer = get(server.port, path, &[&cookie]);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.all().contains("secret") && !answer.all().contains("root:"), "{path}");
    }
    let host = format!("Host: 127.0.0.1:{}", server.port);
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(send(server.port, &[&format!("{method} /follow HTTP/1.1"), &host]).status, 405, "{method}");
    }
    let body = get(server.port, "/follow", &["Content-Length: 1000000000"]);
    assert_eq!(body.status, 413);
    assert_eq!(get(server.port, "/room", &[]).status, 426);
}

#[test]
fn every_answer_is_kept_to_those_who_asked() {
    let server = Server::start(&[]);
    let cookie = format!("Cookie: {}", server.cookie());
    let host = ["GET / HTTP/1.1", "Host: evil.example"];
    let answers: Vec<Answer> = ["/", "/follow", "/remote", "/room", "/nothing"]
        .iter()
        .flat_map(|path| [get(server.port, path, &[]), get(server.port, path, &[&cookie])])
        .chain([send(server.port, &host)])
        .collect();
    for answer in answers {
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-eval"), "{policy}");
        let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains('*'), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{answer:?}");
        }
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[test]
fn a_viewer_cannot_drive() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    speaker.send(&state(1, "two", 0, "talk"));
    let mut viewer = Socket::open(server.port, "");
    viewer.wait_for("\"two\"");
    for text in [state(99, "three", 0, "talk"), r#"{"retell":1,"kind":"pointer","at":[0.5,0.5]}"#.to_owned()] {
        viewer.send(&text);
    }
    viewer.send(r#"{"retell":1,"kind":"hello","from":"v"}"#);
    assert!(viewer.wait_for("\"state\"").contains("\"two\""));
    speaker.send(r#"{"retell":1,"kind":"hello","from":"d"}"#);
    assert!(speaker.wait_for("\"state\"").contains("[1,\"deck\"]"));
    let origin = format!("Origin: http://127.0.0.1:{}", server.port);
    let cookie = format!("Cookie: {}", server.cookie());
    let mut own = Socket::try_open(server.port, "/room?as=viewer", &[&origin, &cookie]).expect("a socket");
    let told = own.wait_for("\"state\"");
    assert!(!told.contains("clock"), "the speaker's own browser follows like any other: {told}");
}

#[test]
fn what_is_too_much_ends_the_connection_and_nobody_else_notices() {
    let server = Server::start(&[]);
    let mut speaker = Socket::open(server.port, &server.cookie());
    let mut viewer = Socket::open(server.port, "");
    speaker.wait_for("\"viewers\":1");
    let mut large = Socket::open(server.port, &server.cookie());
    large.send(&format!(r#"{{"retell":1,"kind":"hello","from":"{}"}}"#, "x".repeat(70_000)));
    while let Frame::Text(_) = large.next() {}
    let mut flood = Socket::open(server.port, "");
    for _ in 0..5_000 {
        flood.send(r#"{"retell":1,"kind":"hello","from":"v"}"#);
    }
    while let Frame::Text(_) = flood.next() {}
    let mut pongs = Socket::open(server.port, "");
    for _ in 0..5_000 {
        pongs.send_pong();
    }
    while let Frame::Text(_) = pongs.next() {}
    for nonsense in [
        "",
        "{",
        "null",
        r#"{"retell":1,"kind":"state"}"#,
        r#"{"retell":1,"kind":"state","version":[1,"x"],"state":{"slide":"<script>","step":0}}"#,
    ] {
        speaker.send(nonsense);
    }
    speaker.send(&state(1, "three", 0, "talk"));
    assert!(viewer.wait_for("\"state\"").contains("\"three\""));
}
