//! The pages of results and of symptoms: by keyboard, without scripting, on a phone, and to a screen reader.

use std::path::PathBuf;

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device};
use crate::built::talks;
use crate::project::Project;

const TALK: &str = include_str!("../../cases/collect/talk.md");
const CHAT: &str = include_str!("../../cases/collect/chat.txt");

/// The symptoms of a real talk.
fn symptoms(project: &Project) -> PathBuf {
    let talk = talks().join("rds-deep-dive");
    project.run(["symptoms", "--html", "symptoms.html", talk.to_str().expect("a path")]).exit(0);
    project.path("symptoms.html")
}

fn results(project: &Project) -> PathBuf {
    project.run(["recall", "collect", "chat.txt", "--talk", "talk.md", "--html", "results.html"]).exit(0);
    project.path("results.html")
}

#[test]
fn symptoms_are_found_while_one_types() {
    let project = Project::new();
    let page = Chromium::open(&symptoms(&project), "");
    let shown = "[...document.querySelectorAll('li:not([hidden]) h2')].map(head => head.textContent)";
    let all: Vec<String> = page.eval(shown);
    assert!(all.len() >= 10, "{all:?}");
    // The search box has the focus.
    page.type_text("METADATA locks 42");
    // Some are hidden already while half of it is typed.
    page.wait_until(&format!(
        "{shown}.length < {} && {shown}[0]?.includes('Waiting for table metadata lock')",
        all.len()
    ));
    // As an input method does it, in any width.
    let give = |text: &str| {
        page.act(&format!("document.querySelector('input').value = '{text}'"));
        page.act("document.querySelector('input').dispatchEvent(new Event('input'))");
    };
    give("接口很慢 ｐ９５ 涨");
    page.wait_until(&format!("{shown}[0].includes('p99')"));
    give("kubernetes eviction");
    page.wait_until("document.querySelector('output').textContent === '没有找到。'");
    page.press("Escape");
    page.wait_until(&format!("{shown}.length === {}", all.len()));
    let again: Vec<String> = page.eval(shown);
    assert_eq!(again, all, "in the first order");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn without_scripting_symptoms_are_a_plain_list() {
    let project = Project::new();
    let page = Chromium::open_without_scripts(&symptoms(&project));
    let tree = page.accessible();
    assert!(tree.iter().any(|line| line.contains("Waiting for table metadata lock")), "{tree:?}");
    assert!(!tree.iter().any(|line| line.contains("搜索")), "no box that does nothing: {tree:?}");
}

#[test]
fn both_pages_are_sound_in_light_and_dark_and_fit_a_phone() {
    let project = Project::new().file("talk.md", TALK).file("chat.txt", CHAT);
    for path in [symptoms(&project), results(&project)] {
        let page = Chromium::open(&path, "");
        for scheme in ["light", "dark"] {
            page.prefer(&[("prefers-color-scheme", scheme)]);
            assert_accessible(&page, &format!("{} {scheme}", path.display()));
        }
        page.set_size(360, 740, Device::Phone);
        // Tables scroll in their own frame, the page does not.
        let width: u32 = page.eval("document.documentElement.scrollWidth");
        assert!(width <= 360, "{}: {width}", path.display());
        assert_eq!(page.errors(), Vec::<String>::new());
    }
}
