//! The page with the chart of a talk's times, as it opens from a file.

use std::fs;

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device};
use super::reading::output;
use crate::built::{SAMPLE, talks};
use crate::project::Project;

/// The page of the sample talk, in Chinese.
fn page() -> Project {
    let project = Project::new();
    let talk = talks().join(SAMPLE);
    project.run(["time", talk.to_str().expect("a path of text"), "--html", "times.html"]).exit(0);
    project
}

/// What stands beside the chart.
const SHOWN: &str = "document.querySelector('.details .parts').innerText";

/// The row of the slide with this number.
fn row(number: usize) -> String {
    format!("[...document.querySelectorAll('.row.slide')][{}]", number - 1)
}

#[test]
fn keys_go_from_bar_to_bar_and_tell_what_it_is_made_of() {
    let project = page();
    let page = Chromium::open(&project.path("times.html"), "");
    page.press("Tab");
    page.wait_until(&format!("{SHOWN}.startsWith('症状')"));
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.wait_until(&format!("{SHOWN}.startsWith('2. ')"));
    let parts: String = page.eval(SHOWN);
    for part in ["讲话 (163 字，10 词)", "图片", "停顿", "计划", "依据"] {
        assert!(parts.contains(part), "{part}\n{parts}");
    }
    let told: String = page.eval("document.activeElement.getAttribute('aria-label')");
    assert!(told.contains("图片：0:12"), "{told}");
    page.press("End");
    page.wait_until(&format!("{SHOWN}.startsWith('32. ')"));
    page.press("ArrowDown");
    page.press("Escape");
    page.wait_until(&format!("{SHOWN} === ''"));
    // One stop for all bars; the next is a table.
    page.press("Tab");
    page.wait_until("document.activeElement.matches('.wide')");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn mouse_and_finger_show_the_same() {
    let project = page();
    let page = Chromium::open(&project.path("times.html"), "");
    page.act(&format!("{}.id = 'seven'", row(7)));
    page.hover("#seven");
    page.wait_until(&format!("{SHOWN}.startsWith('7. ')"));
    page.hover("h1");
    page.wait_until(&format!("{SHOWN} === ''"));
    page.set_size(390, 844, Device::Phone);
    page.act("document.querySelector('#seven').scrollIntoView({ block: 'center' })");
    page.tap("#seven");
    page.wait_until(&format!("{SHOWN}.startsWith('7. ')"));
    assert!(page.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways");
    let panel = "document.querySelector('.details').getBoundingClientRect()";
    assert!(page.eval::<bool>(&format!("{panel}.bottom === innerHeight && {panel}.width === innerWidth")));
    let seen = format!("document.querySelector('#seven').getBoundingClientRect().bottom <= {panel}.top");
    assert!(page.eval::<bool>(&seen), "the row lies under its parts");
    page.tap(".title");
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn the_page_is_sound_in_light_and_dark() {
    let project = page();
    let page = Chromium::open(&project.path("times.html"), "");
    for scheme in ["light", "dark"] {
        page.prefer(&[("prefers-color-scheme", scheme)]);
        assert_accessible(&page, scheme);
        page.act(&format!("{}.focus()", row(2)));
        assert_accessible(&page, &format!("{scheme}, with parts"));
    }
    assert_eq!(page.errors(), Vec::<String>::new());
}

#[test]
fn without_scripting_the_chart_and_the_tables_stay() {
    let project = page();
    let page = Chromium::open_without_scripts(&project.path("times.html"));
    let told = page.accessible().join("\n");
    for shown in ["7. 等待事件速查：", "讲话 (193 字，15 词) 1:04，翻页 0:02，表格 0:20"] {
        assert!(told.contains(shown), "{shown}\n{told}");
    }
}

#[test]
fn paper_has_the_chart_and_the_tables() {
    let project = page();
    let page = Chromium::open(&project.path("times.html"), "");
    page.act(&format!("{}.focus()", row(2)));
    let path = project.path("times.pdf");
    fs::write(&path, page.pdf()).expect("the PDF is written");
    let text = output("pdftotext", &["-layout", path.to_str().expect("a path"), "-"]);
    for shown in ["问答 9:00", "计划 3:30 · 预计 3:05 · −0:25", "最省事的删减"] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
    let last = text.lines().filter(|line| line.contains("先看等待事件，再看 SQL")).count();
    assert_eq!(last, 2, "the last slide stands in the chart and in the table\n{text}");
    assert!(!text.contains("分步"), "what stands beside the chart is for the screen\n{text}");
}
