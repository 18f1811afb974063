//! The live preview as its server tells it: what a save changes, what is wrong, and what is not served.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use super::client::send;
use super::watched::{Events, Watched};

const TALK: &str = "---\ntitle: Pools\nlang: en\nduration: 20m\n---\n\n# Pools\n\n---\n\n## One\n\n![pool](pool.svg)\n\n---\n\n\
    ## Two\n\nwords\n\n<!-- secret -->\n\n---\n\n<!-- include: more.md -->\n";

fn drawing(color: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"><rect width=\"8\" height=\"4\" fill=\"{color}\"/></svg>"
    )
}

fn files() -> Vec<(&'static str, String)> {
    vec![
        ("talk/talk.md", TALK.to_owned()),
        ("talk/pool.svg", drawing("red")),
        ("talk/style.css", ".slide p { color: #123456; }".to_owned()),
        ("talk/more.md", "## More\n\nhere\n".to_owned()),
        ("secret.txt", "outside".to_owned()),
    ]
}

fn watched() -> Watched {
    let files = files();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Watched::start(&files, "talk")
}

/// A stream that has told how things stand.
fn listening(server: &Watched) -> Events {
    let mut events = server.events("/events");
    events.until("deck", |_| true);
    events.until("problems", |_| true);
    events
}

/// The ids of the slides that an event changes.
fn changed(deck: &Value) -> Vec<&str> {
    deck["slides"].as_object().expect("slides").keys().map(String::as_str).collect()
}

fn errors(problems: &Value) -> u64 {
    problems["errors"].as_u64().expect("a number")
}

#[test]
fn a_save_sends_the_slide_that_it_changed() {
    let server = watched();
    let mut events = listening(&server);
    server.write("talk/talk.md", &TALK.replace("words", "other words"));
    let deck = events.until("deck", |_| true);
    assert_eq!(changed(&deck), ["two"]);
    assert_eq!(deck["edited"], "two");
    assert!(deck["slides"]["two"].as_str().expect("HTML").contains("other words"));
    assert_eq!(deck["order"], serde_json::json!(["pools", "one", "two", "more"]));
    assert!(deck["data"]["slides"][2]["notes"].as_str().expect("notes").contains("secret"));
    assert!(deck.get("css").is_none() && deck["took"].as_f64().expect("milliseconds") > 0.0);
    server.replace("talk/talk.md", &TALK.replace("words", "again others"));
    assert!(events.until("deck", |_| true)["slides"]["two"].as_str().expect("HTML").contains("again others"));
}

#[test]
fn files_that_the_talk_uses_count() {
    let server = watched();
    let mut events = listening(&server);
    server.write("talk/more.md", "## More\n\nthere\n");
    let deck = events.until("deck", |_| true);
    assert_eq!((changed(&deck), &deck["edited"]), (vec!["more"], &Value::from("more")));
    server.replace("talk/pool.svg", &drawing("rebeccapurple"));
    let deck = events.until("deck", |_| true);
    assert_eq!(changed(&deck), ["one"]);
    let html = deck["slides"]["one"].as_str().expect("HTML");
    let picture = &html[html.find("asset/").expect("a picture")..][..38];
    let answer = server.get(&format!("/{picture}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/svg+xml")));
    assert!(answer.all().contains("default-src 'none'"), "a drawing by itself may do nothing");
    server.write("talk/style.css", ".slide p { color: #654321; }");
    let deck = events.until("deck", |_| true);
    assert!(changed(&deck).is_empty() && deck["css"].as_str().expect("CSS").contains("#654321"));
    server.write("talk/qa.yaml", "- ask: Asked in the room?\n");
    let deck = events.until("deck", |_| true);
    assert!(changed(&deck).is_empty() && deck.to_string().contains("Asked in"), "{deck}");
    server.write("talk/talk.md", &TALK.replace("lang: en", "lang: en\ntheme: night"));
    assert!(events.until("deck", |_| true).get("css").is_some());
}

#[test]
fn a_mistake_leaves_the_last_good_deck_until_it_is_mended() {
    let server = watched();
    let mut events = listening(&server);
    server.write("talk/talk.md", &TALK.replace("pool.svg", "pol.svg").replace("words", "lost words"));
    let problems = events.until("problems", |problems| errors(problems) > 0);
    let problem = &problems["problems"][0];
    assert_eq!(problem["code"], "missing-image");
    assert!(problem["file"].as_str().expect("a file").ends_with("talk.md"));
    assert_eq!((&problem["line"], &problem["column"]), (&Value::from(13), &Value::from(1)));
    assert_eq!(problem["excerpt"], serde_json::json!(["![pool](pol.svg)"]));
    assert!(!server.get("/").all().contains("lost words"));
    server.write("talk/talk.md", &TALK.replace("words", "good words"));
    let deck = events.until("deck", |_| true);
    assert_eq!(changed(&deck), ["two"]);
    events.until("problems", |problems| errors(problems) == 0);
}

#[test]
fn a_file_that_is_written_in_pieces_arrives_whole() {
    let server = watched();
    let mut events = listening(&server);
    let text = TALK.replace("words", "words in pieces that come one after the other");
    // The first piece ends within the front matter.
    let mut file = fs::File::create(server.path("talk/talk.md")).expect("a file");
    for piece in [&text[..12], &text[12..60], &text[60..]] {
        file.write_all(piece.as_bytes()).expect("a piece");
        file.flush().expect("it is written");
        std::thread::sleep(Duration::from_millis(40));
    }
    drop(file);
    let deck = events.until("deck", |deck| deck.to_string().contains("words in pieces"));
    assert_eq!(deck["order"].as_array().expect("slides").len(), 4);
    let page = server.get("/").all();
    assert!(page.contains("words in pieces") && page.contains("<title>Pools</title>"));
    let mut later = server.events("/events");
    assert_eq!(errors(&later.until("problems", |problems| errors(problems) == 0)), 0);
}

#[test]
fn a_talk_that_goes_comes_back() {
    let server = watched();
    let mut events = listening(&server);
    let gone = |problems: &Value| errors(problems) > 0 && problems["problems"][0]["code"] == "unreadable-file";
    fs::remove_file(server.path("talk/talk.md")).expect("it is removed");
    events.until("problems", gone);
    server.write("talk/talk.md", &TALK.replace("words", "words of a new file that has not been there before"));
    assert!(events.until("deck", |_| true).to_string().contains("words of a new file"));
    events.until("problems", |problems| errors(problems) == 0);
    fs::rename(server.path("talk"), server.path("elsewhere")).expect("the folder is moved");
    events.until("problems", gone);
    server.write("elsewhere/talk.md", &TALK.replace("words", "words from elsewhere that have come all the way back"));
    fs::rename(server.path("elsewhere"), server.path("talk")).expect("the folder is moved back");
    assert!(events.until("deck", |_| true).to_string().contains("words from elsewhere"));
    server.write("talk/talk.md", &TALK.replace("words", "words after that which somebody has written here"));
    assert!(events.until("deck", |_| true).to_string().contains("words after that"), "it is watched again");
}

#[test]
fn a_page_that_comes_back_hears_only_what_it_does_not_show() {
    let mut server = watched();
    let mut events = server.events("/events?revision=unknown");
    let deck = events.until("deck", |_| true);
    assert_eq!(changed(&deck).len(), 4);
    let revision = deck["revision"].as_str().expect("a revision").to_owned();
    let mut again = server.events(&format!("/events?revision={revision}"));
    assert_eq!(again.next().0, "problems", "no deck: it shows this one");
    assert!(server.stop().success());
    assert!(again.ends());
    server.start_again("talk");
    let mut later = server.events(&format!("/events?revision={revision}"));
    assert_eq!(later.next().0, "problems", "the same deck has the same revision in another process");
}

#[test]
fn one_file_is_watched_with_its_pictures() {
    let files = [("a/short.md", "# Short\n\n![x](img/x.svg)\n"), ("a/img/x.svg", &drawing("red")), ("a/b.md", "# B\n")];
    let server = Watched::start(&files, "a/short.md");
    let mut events = listening(&server);
    server.write("a/img/x.svg", &drawing("blue"));
    assert_eq!(changed(&events.until("deck", |_| true)), ["short"]);
    server.replace("a/short.md", "# Short\n\ntext\n");
    assert!(events.until("deck", |_| true)["slides"]["short"].as_str().expect("HTML").contains("text"));
}

#[test]
fn nothing_but_the_talk_is_served_and_only_to_this_server_s_names() {
    let server = watched();
    listening(&server);
    let page = server.get("/");
    assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe"));
    let text = page.all();
    let font = &text[text.find("font/bundled-").expect("fonts")..][..14];
    assert_eq!(server.get(&format!("/{font}")).header("content-type"), Some("font/ttf"));
    for path in [
        "/talk.md",
        "/style.css",
        "/pool.svg",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/asset/../../secret.txt",
        "/asset/",
        "/asset/00000000000000000000000000000000",
        "/font/",
        "/font/own-0",
        "/font/bundled-99",
        "/font/x-1",
        "//",
        "/events/",
        "/%00",
    ] {
        let answer = server.get(path);
        assert!(answer.status == 404 && !answer.all().contains("outside"), "{path}: {answer:?}");
    }
    let port = server.port;
    let ask =
        |method: &str, host: &str| send(port, &[&format!("{method} / HTTP/1.1"), &format!("Host: {host}")]).status;
    assert_eq!(ask("GET", &format!("localhost:{port}")), 200);
    assert_eq!(ask("GET", &format!("evil.example:{port}")), 403);
    assert_eq!(ask("GET", "127.0.0.1"), 403);
    assert_eq!(ask("POST", &format!("127.0.0.1:{port}")), 405);
    assert_eq!(ask("DELETE", &format!("127.0.0.1:{port}")), 405);
}

#[test]
fn pages_that_listen_have_a_bound_and_make_room_for_others() {
    let server = watched();
    listening(&server);
    let mut open = Vec::new();
    let full = |open: &mut Vec<BufReader<TcpStream>>| {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        write!(stream, "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port).expect("a request");
        let (mut stream, mut line) = (BufReader::new(stream), String::new());
        stream.read_line(&mut line).expect("an answer");
        open.push(stream);
        line.contains(" 503 ")
    };
    while !full(&mut open) {
        assert!(open.len() < 400, "no bound");
    }
    assert_eq!(server.get("/").status, 200, "the talk is still there");
    open.clear();
    // The server notices by and by.
    while full(&mut open) {}
}

#[cfg(target_os = "linux")]
#[test]
fn what_lies_behind_a_link_is_not_watched() {
    let home = tempfile::tempdir().expect("a folder");
    for name in 0..300 {
        fs::create_dir_all(home.path().join(format!("large/{name}"))).expect("a folder");
    }
    let talk = home.path().join("talk");
    fs::create_dir(&talk).expect("a folder");
    fs::write(talk.join("talk.md"), "# One\n").expect("a talk");
    std::os::unix::fs::symlink(home.path().join("large"), talk.join("link")).expect("a link");
    std::os::unix::fs::symlink("/", talk.join("root")).expect("a link");
    let mut server = Watched::start(&[], talk.to_str().expect("text"));
    let watched: usize = fs::read_dir(format!("/proc/{}/fdinfo", server.id()))
        .expect("its files")
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok())
        .map(|told| told.lines().filter(|line| line.starts_with("inotify ")).count())
        .sum();
    assert!((1..10).contains(&watched), "{watched}");
    assert!(server.stop().success());
}

#[test]
fn a_talk_that_is_a_link_is_followed() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(home.path().join("elsewhere/pictures")).expect("a folder");
    fs::create_dir(home.path().join("talks")).expect("a folder");
    fs::write(home.path().join("elsewhere/talk.md"), "# One\n\n![x](pictures/pool.svg)\n").expect("a talk");
    fs::write(home.path().join("elsewhere/pictures/pool.svg"), drawing("red")).expect("a picture");
    std::os::unix::fs::symlink("../elsewhere", home.path().join("talks/linked")).expect("a link");
    let server = Watched::start(&[], home.path().join("talks").to_str().expect("text"));
    let mut events = server.events("/linked/events");
    events.until("problems", |_| true);
    fs::write(home.path().join("elsewhere/pictures/pool.svg"), drawing("blue")).expect("a picture");
    events.until("deck", |deck| !changed(deck).is_empty());
}
