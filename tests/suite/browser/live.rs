//! The live preview from end to end: the real server, a real browser, files that change.

use crate::serve::watched::Watched;

use super::chromium::Chromium;

const TALK: &str = "---\ntitle: Pools\nlang: en\n---\n\n# Pools\n\n---\n\n## One\n\n::: steps\n- a\n- b\n:::\n\n---\n\n## Two\n\nwords\n";

fn preview(fragment: &str) -> (Watched, Chromium) {
    let server = Watched::start(&[("talk/talk.md", TALK)], "talk");
    let page = Chromium::visit(&server.url(fragment));
    page.wait_until("document.querySelector('.is-current') !== null");
    (server, page)
}

fn place(page: &Chromium) -> String {
    page.eval("location.hash.slice(1)")
}

const OVERLAY: &str = "document.querySelector('.problems:not([hidden])')";

#[test]
fn a_save_appears_and_the_page_goes_there() {
    let (server, page) = preview("#one/1");
    page.act("window.wasHere = true");
    let changed = TALK.replace("- a", "- changed");
    server.write("talk/talk.md", &changed);
    page.wait_until("document.querySelector('#one').innerText.includes('changed')");
    assert_eq!(place(&page), "one/1", "it stays on its step");
    server.replace("talk/talk.md", &changed.replace("words", "other words"));
    page.wait_until("document.querySelector('.is-current').innerText.includes('other words')");
    assert_eq!(place(&page), "two");
    assert!(page.eval::<bool>("window.wasHere"), "the page was not loaded again");
    assert_eq!(page.errors(), [""; 0]);
}

#[test]
fn errors_lie_over_the_last_good_deck_until_they_are_mended() {
    let (server, page) = preview("#two");
    server.write("talk/talk.md", &TALK.replace("words", "<!-- layout: coed -->\nlost"));
    page.wait_until(&format!("{OVERLAY} !== null"));
    let told: String = page.eval(&format!("{OVERLAY}.innerText"));
    for part in ["talk.md:21:14", "layout: coed", "did you mean", "code", "unknown-layout"] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    assert!(page.eval::<bool>("document.querySelector('#two').innerText.includes('words')"), "the last good deck");
    server.write("talk/talk.md", &TALK.replace("words", "mended"));
    page.wait_until(&format!("{OVERLAY} === null && document.querySelector('#two').innerText.includes('mended')"));
}

#[test]
fn the_page_finds_a_server_that_was_started_again() {
    let (mut server, page) = preview("#one");
    page.act("window.wasHere = true");
    assert!(server.stop().success());
    page.wait_until("document.querySelector('.live-note').textContent !== ''");
    server.write("talk/talk.md", &TALK.replace("words", "written meanwhile"));
    server.start_again("talk");
    page.wait_until("document.querySelector('#two').textContent.includes('written meanwhile')");
    page.wait_until("document.querySelector('.live-note').textContent === ''");
    server.write("talk/talk.md", &TALK.replace("words", "and after"));
    page.wait_until("document.querySelector('#two').textContent.includes('and after')");
    assert!(page.eval::<bool>("window.wasHere"), "the page was not loaded again");
}

#[test]
fn the_list_follows_what_is_in_its_folder() {
    let server = Watched::start(&[("talks/a/talk.md", TALK)], "talks");
    let page = Chromium::visit(&server.url(""));
    page.wait_until("document.body.innerText.includes('none')");
    server.write("talks/a/talk.md", &TALK.replace("title: Pools", "title: Springs"));
    page.wait_until("document.body.innerText.includes('Springs')");
    // Not with the mouse: the page may be loading itself again, and what is clicked in between is gone.
    page.act("document.querySelector('a').click()");
    page.wait_until("document.querySelector('.is-current') !== null");
    assert_eq!(page.eval::<String>("location.pathname"), "/a/");
    assert_eq!(page.errors(), [""; 0]);
}
