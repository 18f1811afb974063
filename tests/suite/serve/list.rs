//! The list of talks as its server tells it: how far each has come.

use std::fs;

use serde_json::json;

use super::watched::{Events, Watched};

/// The page as soon as `holds` is true of it.
fn list(server: &Watched, events: &mut Events, holds: impl Fn(&str) -> bool) -> String {
    loop {
        let page = server.get("/").all();
        if holds(&page) {
            return page;
        }
        events.until("list", |_| true);
    }
}

#[test]
fn a_folder_of_talks_is_a_list() {
    let files = [
        ("talks/b/talk.md", "---\ntitle: 茶 & tea\ndate: 2026-12-04\nduration: 30m\n---\n\n# B\n\n![x](no.png)\n"),
        ("talks/下午 茶/talk.md", "---\ntitle: Other\n---\n\n# Other\n"),
        ("talks/notes.txt", "no talk"),
    ];
    let server = Watched::start(&files, "talks");
    let mut events = server.events("/events");
    let page = list(&server, &mut events, |page| page.contains("1 error") && page.contains("none"));
    assert!(page.contains("茶 &amp; tea") && page.contains("in 14 days<small>2026-12-04</small>"));
    assert!(page.contains("<small>of 23:00</small>") && page.contains("<span class=\"fix wrong\">fix 1 error</span>"));
    assert!(page.find("茶").expect("a row") < page.find("Other").expect("a row"), "what has a date stands first");
    let encoded = "/%E4%B8%8B%E5%8D%88%20%E8%8C%B6/";
    assert!(page.contains(&format!("href=\"{}\"", encoded.trim_start_matches('/'))));
    assert!(server.get(encoded).all().contains("<title>Other</title>"));
    assert_eq!(server.get(encoded.trim_end_matches('/')).header("location"), Some(encoded));
    for path in ["/c/", "/notes.txt", "/b/talk.md", "/b/no.png", "/b/../下午"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    fs::create_dir(server.path("talks/c")).expect("a folder");
    server.write("talks/c/talk.md", "---\ntitle: Third\n---\n\n# Third\n");
    list(&server, &mut events, |page| page.contains("Third"));
    fs::remove_dir_all(server.path("talks/b")).expect("it is removed");
    list(&server, &mut events, |page| !page.contains("tea"));
}

#[test]
fn a_page_hears_at_once_what_changed_while_it_was_loading() {
    let server = Watched::start(&[("talks/pools/talk.md", TALK)], "talks");
    let mut events = server.events("/events");
    let page = list(&server, &mut events, |page| page.contains("rehearse once"));
    let version = page.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version");
    server.write("talks/pools/talk.md", &TALK.replace("Pools", "Springs"));
    list(&server, &mut events, |page| page.contains("Springs"));
    assert_eq!(server.events(&format!("/events?since={version}")).next().0, "list");
}

const TALK: &str = "---\ntitle: Pools\nlang: en\ndate: 2026-11-21\nduration: 9m\n---\n\n## One {#one}\n\nwords\n\n\
    <!-- These words are said about it. -->\n";

#[test]
fn a_rehearsal_is_told_as_soon_as_it_is_kept() {
    let server = Watched::start(&[("talks/pools/talk.md", TALK)], "talks");
    let mut events = server.events("/events");
    let page = list(&server, &mut events, |page| page.contains("rehearse once: 1 day left"));
    assert!(page.contains("<td data-name=\"Rehearsed\"><span class=\"quiet\">never</span>"), "{page}");
    let recording = json!({
        "format": "retell-rehearsal/1", "talk": {"title": "Pools"}, "lang": "en", "started": "2026-11-19T10:00:00Z",
        "slides": [{"id": "one", "expected": {"speech": 4.0, "other": 2.0, "declared": 0.0}}],
        "events": [{"at": 0.0, "event": "enter", "slide": "one"}, {"at": 9.0, "event": "end"}],
    });
    fs::create_dir_all(server.path(".retell/rehearsals")).expect("a folder");
    server.replace(".retell/rehearsals/one.json", &recording.to_string());
    let page = list(&server, &mut events, |page| page.contains("<td data-name=\"Rehearsed\">1 time"));
    assert!(page.contains("<small>yesterday</small>"), "{page}");
}

#[test]
fn a_mistake_counts_in_the_list_while_the_last_good_deck_is_shown() {
    let server = Watched::start(
        &[("talks/pools/talk.md", TALK), ("talks/over/talk.md", &TALK.replace("11-21", "11-19"))],
        "talks",
    );
    let mut events = server.events("/events");
    let page = list(&server, &mut events, |page| page.contains("done") && page.contains("rehearse once"));
    assert!(page.contains("<tr class=\"past\"><th scope=\"row\"><a href=\"over/\">"), "{page}");
    server.write("talks/pools/talk.md", &TALK.replace("words\n", "![x](no.png)\n\n---\n\n## Two\n\nwords\n"));
    let page = list(&server, &mut events, |page| page.contains("fix 1 error"));
    assert!(page.contains("<td data-name=\"Slides\">2<"), "it is about the file as it is now: {page}");
    assert!(!server.get("/pools/").all().contains("no.png"));
    fs::remove_file(server.path("talks/pools/talk.md")).expect("it is removed");
    fs::create_dir(server.path("talks/pools/talk.md")).expect("a folder of that name");
    let page = list(&server, &mut events, |page| page.contains("not a regular file"));
    assert!(page.contains("<code>talks/pools/talk.md</code>: this is not a regular file"), "{page}");
}
