//! The pages that need a server, as axe-core meets them, in light and dark: the preview with its problems, the list of
//! talks, the viewers' page and the phone.

use std::fs;

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device};
use super::serving::Serving;
use crate::built::{SAMPLE, talks};
use crate::project::Project;

const SCHEMES: [&str; 2] = ["light", "dark"];

fn serving(command: &str, talk: &std::path::Path, arguments: &[&str]) -> Serving {
    Serving::start(command, talk, arguments).expect("a server")
}

#[track_caller]
fn assert_accessible_in_both_schemes(page: &Chromium, name: &str) {
    for scheme in SCHEMES {
        page.prefer(&[("prefers-color-scheme", scheme)]);
        assert_accessible(page, &format!("{name}, {scheme}"));
    }
    assert_eq!(page.errors(), Vec::<String>::new(), "{name}");
}

#[test]
fn problems_are_told_soundly() {
    let good = "---\ntitle: A talk\nlang: en\n---\n\n# One\n\nwords\n\n---\n\n## Two\n\nwords\n";
    let project = Project::new().file("x/talk.md", good);
    let server = serving("serve", &project.path("x"), &[]);
    let page = Chromium::visit(&server.url);
    assert_accessible(&page, "preview");
    fs::write(project.path("x/talk.md"), good.replace("title: A talk", "title: [A talk")).expect("the talk is written");
    page.wait_until("document.querySelector('.problems')?.checkVisibility()");
    assert_accessible_in_both_schemes(&page, "an error");
    page.press("Escape");
    page.wait_until("document.querySelector('.problem-badge').checkVisibility()");
    assert_accessible_in_both_schemes(&page, "its badge");
    fs::write(project.path("x/talk.md"), good).expect("the talk is written");
    page.wait_until("!document.querySelector('.problem-badge').checkVisibility()");
}

#[test]
fn the_list_of_talks_is_sound() {
    let project = Project::new()
        .file("talks/good/talk.md", "---\ntitle: A talk\nlang: en\ndate: 2026-05-01\nduration: 20m\n---\n\n# One\n")
        .file(
            "talks/long/talk.md",
            "---\ntitle: 锁、MVCC 与事务隔离：看得见的等待，以及看不见的\nlang: zh-CN\ndate: 2020-01-31\n---\n\n# One\n\n<!-- time: 95m -->\n\n## [x](#y)\n",
        )
        .file("talks/bad/talk.md", "---\ntitle: [A talk\n---\n\n# One\n");
    let server = serving("serve", &project.path("talks"), &[]);
    let page = Chromium::visit(&server.url);
    // Each thing that becomes known loads the page again; what is not known yet is an ellipsis.
    page.wait_until("document.body.innerText.includes('A talk') && !document.body.innerText.includes('…')");
    assert_accessible_in_both_schemes(&page, "list");
    page.set_size(390, 844, Device::Phone);
    assert_accessible_in_both_schemes(&page, "list on a phone");
    for width in [320, 390, 768, 1150, 1151, 1280] {
        page.set_size(width, 844, Device::Phone);
        assert!(
            page.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "{width}: something sticks out"
        );
    }
}

#[test]
fn the_pages_of_a_room_are_sound() {
    let server = serving("present", &talks().join(SAMPLE), &["--no-record"]);
    let viewer = Chromium::visit(&server.public_page("/follow"));
    viewer.wait_until("document.querySelector('.is-current') !== null");
    assert_accessible_in_both_schemes(&viewer, "viewer");
    let speaker = Chromium::visit(&server.url);
    speaker.wait_until("document.querySelector('.is-current') !== null");
    assert_accessible_in_both_schemes(&speaker, "speaker's deck");
    let phone = Chromium::start();
    phone.set_size(390, 844, Device::Phone);
    phone.go(&server.page("/remote"));
    phone.wait_until("document.querySelectorAll('button').length > 3");
    for step in ["at the start", "running"] {
        assert_accessible_in_both_schemes(&phone, step);
        speaker.press("PageDown");
        speaker.press("PageDown");
        let place: String = speaker.eval("location.hash");
        phone.wait_until(&format!("location.hash === {place:?}"));
    }
    assert!(phone.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out");
    let told = phone.accessible();
    for control in ["button", "slider", "region"] {
        assert!(!told.contains(&format!("{control}: ")), "a {control} without a name: {told:#?}");
    }
    phone.set_size(844, 390, Device::Phone);
    assert_accessible_in_both_schemes(&phone, "on its side");
    phone.set_size(320, 568, Device::Phone);
    assert_accessible_in_both_schemes(&phone, "small");
}
