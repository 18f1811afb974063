//! The presenter view of a built talk: frames, notes, the list of slides, and what it shares with other windows.

use std::fs;

use serde_json::{Value, json};

use super::chromium::{Chromium, Device, Page, address};
use super::windows::arrives;
use crate::project::Project;
use crate::serve::watched::Watched;

pub(super) const TALK: &str = "---
title: A talk
lang: en
duration: 15m
qa:
  - ask: Why not Aurora?
    answer: It moves the disk.
    slide: spare
---

<!-- section: One -->

# Opening

<!-- Say hello. -->

---

## Steps {#steps}

::: steps
- first
- second
:::

<!--
Look here. [click] The first thing. [click] The second thing.
-->

---

<!-- section: Two -->

## Detour {#detour}

<!-- optional -->

words

---

## Middle {#middle}

words

<!-- No hurry. -->

---

## Close {#close}

words

---

<!-- backup -->

## Spare {#spare}

words
";

/// Time that passes only when a test says so, in milliseconds.
const CLOCK: &str = "window.later = 0; performance.now = () => 1000 + window.later; \
     Date.now = () => performance.timeOrigin + performance.now();";

/// A presenter view whose slides have two minutes each of ten in all, and five for questions.
pub(super) struct Presenter {
    pub(super) page: Chromium,
    _project: Project,
}

impl std::ops::Deref for Presenter {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Presenter {
    pub(super) fn open(fragment: &str) -> Self {
        Self::open_talk(TALK, "", fragment)
    }

    pub(super) fn open_talk(talk: &str, css: &str, fragment: &str) -> Self {
        Self::open_project(Project::new().file("x/talk.md", talk).file("x/style.css", css), fragment)
    }

    /// Opens the talk in the folder `x`.
    pub(super) fn open_project(project: Project, fragment: &str) -> Self {
        project.run(["build", "x", "--only", "html"]).exit(0);
        let path = project.path("dist/x/index.html");
        let page = project.read("dist/x/index.html");
        fs::write(&path, with_plan(&page)).expect("the page is written");
        let page = Chromium::start();
        page.on_new_document(CLOCK);
        page.go(&address(&path, &format!("?presenter{fragment}")));
        Self { page, _project: project }
    }

    /// Lets minutes pass.
    pub(super) fn pass(&self, minutes: f64) {
        self.act(&format!("later += {}", minutes * 60_000.0));
    }

    #[track_caller]
    pub(super) fn shows(&self, selector: &str, text: &str) {
        self.wait_until(&format!(
            "[...document.querySelectorAll({selector:?})].some(e => e.offsetWidth > 0 && e.innerText.includes({text:?}))"
        ));
    }

    pub(super) fn texts(&self, selector: &str) -> Vec<String> {
        self.eval(&format!("[...document.querySelectorAll({selector:?})].map(e => e.innerText.trim())"))
    }
}

/// The page with a plan that does not depend on how times are estimated.
fn with_plan(page: &str) -> String {
    let open = "<script type=\"application/json\">";
    let (before, rest) = page.split_once(open).expect("the page has data");
    let (data, after) = rest.split_once("</script>").expect("the data end");
    let mut data: Value = serde_json::from_str(data).expect("JSON");
    if data["speaker"]["slot"].is_number() {
        for slide in data["slides"].as_array_mut().expect("slides") {
            slide["plan"] = if slide["backup"] == true { Value::Null } else { json!(120) };
        }
        data["speaker"]["budget"] = json!(600);
        data["speaker"]["qa"] = json!(300);
    }
    format!("{before}{open}{}</script>{after}", data.to_string().replace('<', "\\u003c"))
}

#[test]
fn the_frames_show_this_step_and_the_next() {
    let view = Presenter::open("#steps");
    let waiting =
        |frame: &str| view.eval::<usize>(&format!("document.querySelectorAll('{frame} .slide .is-waiting').length"));
    view.shows(".presenter-current h2", "2 / 5");
    view.shows(".presenter-current h2", "step 0 / 2");
    view.shows(".presenter-next h2", "Next step");
    assert_eq!((waiting(".presenter-current"), waiting(".presenter-next")), (2, 1));
    view.press("ArrowRight");
    view.press("ArrowRight");
    view.shows(".presenter-current h2", "step 2 / 2");
    assert_eq!(waiting(".presenter-current"), 0);
    view.shows(".presenter-next h2", "Detour");
    view.press("End");
    view.shows(".presenter-next h2", "Spare");
    view.press("ArrowRight");
    view.shows(".presenter-next h2", "End of the talk");
    assert_eq!(view.eval::<usize>("document.querySelector('.presenter-next .presenter-frame').childElementCount"), 0);
    let fits = "['current', 'next'].every(name => { const frame = document.querySelector(`.presenter-${name} .presenter-frame`); \
                const slide = frame.firstElementChild; if (!slide) return true; const [a, b] = [frame, slide].map(e => e.getBoundingClientRect()); \
                return Math.abs(a.width - b.width) < 1.5 && Math.abs(a.height - b.height) < 1.5; })";
    view.press("Home");
    view.wait_until(fits);
    view.set_size(700, 900, Device::Desktop);
    view.wait_until(fits);
    assert_eq!(view.errors(), Vec::<String>::new());
}

#[test]
fn cues_light_up_as_steps_are_made() {
    let view = Presenter::open("#steps");
    let cues = "[...document.querySelectorAll('.presenter-notes .cue')].map(e => e.classList.contains('is-passed') ? 'passed' : \
                e.classList.contains('is-next') ? 'next' : '')";
    assert_eq!(view.eval::<Vec<String>>(cues), ["next", ""]);
    view.press("PageDown");
    assert_eq!(view.eval::<Vec<String>>(cues), ["passed", "next"]);
    view.press("PageDown");
    assert_eq!(view.eval::<Vec<String>>(cues), ["passed", "passed"]);
    view.press("PageUp");
    assert_eq!(view.eval::<Vec<String>>(cues), ["passed", "next"]);
}

#[test]
fn long_notes_follow_the_cues() {
    let words = "Many words are said before the next click comes. ".repeat(60);
    let talk = TALK.replace("The first thing.", &words).replace("Look here.", &words);
    let view = Presenter::open_talk(&talk, "", "#steps");
    let place = |cue: usize| {
        format!(
            "(() => {{ const box = document.querySelector('.presenter-notes-text').getBoundingClientRect(); \
             const cue = document.querySelectorAll('.presenter-notes .cue')[{cue}].getBoundingClientRect(); \
             return cue.top >= box.top && cue.bottom <= box.bottom; }})()"
        )
    };
    assert!(view.eval::<bool>("document.querySelector('.presenter-notes-text').scrollTop === 0"));
    view.press("PageDown");
    view.wait_until(&place(0));
    view.press("PageDown");
    view.wait_until(&place(1));
    view.press("PageDown");
    view.press("ArrowLeft");
    view.wait_until(&place(1));
    assert_eq!(view.eval::<String>("location.hash"), "#steps/2");
}

#[test]
fn the_size_of_the_notes_is_kept() {
    let view = Presenter::open("");
    let size = "parseFloat(getComputedStyle(document.querySelector('.presenter-notes-text')).fontSize)";
    let usual: f64 = view.eval(size);
    view.press("+");
    view.press("+");
    let larger: f64 = view.eval(size);
    assert!(larger > usual * 1.2, "{usual} → {larger}");
    view.press("-");
    assert!(view.eval::<f64>(size) < larger);
    view.click("[aria-label='Larger notes']");
    assert!((view.eval::<f64>(size) - larger).abs() < 0.1);
    view.reload();
    assert!((view.eval::<f64>(size) - larger).abs() < 0.1);
}

#[test]
fn the_list_finds_slides_by_keyboard() {
    let view = Presenter::open("");
    view.press("o");
    view.wait_until("document.querySelector('.presenter-dialog').open");
    view.press("ArrowDown");
    view.press("ArrowDown");
    view.press("Enter");
    arrives(&view, "detour");
    view.wait_until("!document.querySelector('.presenter-dialog').open");
    view.press("o");
    view.press("/");
    view.type_text("mid");
    view.wait_until("[...document.querySelectorAll('.presenter-slide-list li')].filter(e => !e.hidden).length === 1");
    view.press("Enter");
    arrives(&view, "middle");
    view.press("o");
    view.press("/");
    view.type_text("spare");
    // The next key may come before the page is drawn without the list.
    view.act(
        "const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); \
         press('Enter'); press('ArrowLeft')",
    );
    arrives(&view, "close");
    view.press("o");
    view.press("Escape");
    view.wait_until("!document.querySelector('.presenter-dialog').open");
    view.press("Home");
    arrives(&view, "opening");
}

#[test]
fn everything_can_be_reached_by_keyboard() {
    let view = Presenter::open("#steps");
    let told = "(() => { const e = document.activeElement; return e.closest('.presenter') ? (e.getAttribute('aria-label') || e.innerText).trim() : ''; })()";
    let reached: Vec<String> = (0..40)
        .map(|_| {
            view.press("Tab");
            view.eval(told)
        })
        .collect();
    for name in [
        "Larger notes",
        "Agenda",
        "Skip: Detour",
        "Next",
        "Start",
        "Question",
        "Black screen",
        "Laser pointer",
        "Slides",
        "Teleprompter",
        "Recording times",
    ] {
        assert!(reached.iter().any(|one| one == name), "`{name}` in {reached:?}");
    }
    assert!(!view.eval::<bool>("document.querySelector('.presenter-frame :focus') !== null"));
    view.act("document.querySelector('.presenter-control.is-clock').focus()");
    view.press(" ");
    view.shows(".is-talk", "running");
    view.act("document.querySelector('.presenter-control.is-reset').focus()");
    view.press(" ");
    view.shows(".is-talk", "running");
    view.press(" ");
    view.shows(".is-talk", "not started");
}

#[test]
fn a_clicked_button_leaves_the_space_bar_to_the_slides() {
    let view = Presenter::open("#steps");
    let pressed = |button: &str| format!("document.querySelector('.is-{button}').getAttribute('aria-pressed')");
    view.wait_until(&format!("{} === 'true'", pressed("record")));
    view.click(".presenter-control.is-record");
    view.wait_until(&format!("{} === 'false'", pressed("record")));
    view.press(" ");
    arrives(&view, "steps/1");
    assert_eq!(view.eval::<String>(&pressed("record")), "false");
    // The button that starts over is the one that must know when something else is pressed.
    view.press("t");
    view.click(".presenter-control.is-reset");
    view.click(".presenter-control.is-record");
    assert!(!view.eval::<bool>("document.querySelector('.is-armed') !== null"));
}

#[test]
fn it_knows_the_deck_window() {
    let view = Presenter::open("#middle");
    view.wait_until("document.querySelector('.presenter-link').dataset.linked === 'false'");
    let path: String = view.eval("location.pathname");
    let deck = view.page.popup_after(|| view.click(".presenter-link"));
    deck.wait_until("document.querySelector('.is-current').id === 'middle'");
    assert_eq!(deck.eval::<String>("location.pathname + location.search"), path);
    view.wait_until("document.querySelector('.presenter-link').dataset.linked === 'true'");
    view.press("b");
    deck.wait_until("!document.querySelector('.cover.black').hidden");
    view.shows(".presenter-cover", "Black screen");
    deck.close();
    view.wait_until("document.querySelector('.presenter-link').dataset.linked === 'false'");
}

#[test]
fn a_deck_that_is_gone_without_goodbye_is_not_waited_for() {
    let view = Presenter::open("#middle");
    let deck = view.page.popup_after(|| view.click(".presenter-link"));
    view.wait_until("document.querySelector('.presenter-link').dataset.linked === 'true'");
    let () = deck.eval("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)");
    deck.close();
    view.wait_until("document.querySelector('.presenter-link').dataset.linked === 'false'");
}

#[test]
fn a_changed_talk_is_shown_at_once() {
    let server = Watched::start(&[("talk/talk.md", TALK)], "talk");
    let page = Chromium::visit(&server.url("?presenter#middle"));
    let view = Presenter { page, _project: Project::new() };
    view.shows(".presenter-notes-text", "No hurry.");
    let middle = "## Middle {#middle}\n\nwords\n\n<!-- No hurry. -->";
    let centre = "<!-- time: 4m -->\n\n## Centre {#middle}\n\n::: steps\n- new\n:::\n\n<!-- Hurry. -->";
    server.write("talk/talk.md", &TALK.replace(middle, centre));
    view.shows(".presenter-notes-text", "Hurry.");
    view.shows(".presenter-current h2", "Centre");
    view.shows(".presenter-current .slide h2", "Centre");
    view.shows(".presenter-current h2", "step 0 / 1");
    view.shows(".presenter-next h2", "Next step");
    view.shows(".presenter-slide-time", "4:00");
    // The other slides share what is left of the eleven minutes by what they are estimated to take.
    view.wait_until("document.querySelectorAll('.presenter-agenda tbody td')[2].innerText === '10:08'");
    assert_eq!(view.errors(), Vec::<String>::new());
}

#[test]
fn the_laser_shines_on_the_other_screen() {
    let view = Presenter::open("#middle");
    view.act("window.heard = []; const other = new BroadcastChannel('retell:' + location.pathname.replace(/index\\.html$/, '')); \
              other.onmessage = event => { if (event.data.kind === 'pointer') heard.push(event.data.at); }");
    view.press("l");
    let [x, y, width, height] = view.box_of(".presenter-current .presenter-frame");
    view.point_at(x + width * 0.25, y + height * 0.5);
    view.wait_until("heard.some(at => at && Math.abs(at[0] - 0.25) < 0.02 && Math.abs(at[1] - 0.5) < 0.02)");
    view.press("l");
    view.wait_until("heard.at(-1) === null");
}

#[test]
fn a_list_that_the_browser_closes_can_be_opened_again() {
    let view = Presenter::open("#middle");
    view.press("o");
    // As browsers do on a second Escape, which no page can hold up.
    view.act(
        "const dialog = document.querySelector('.presenter-dialog'); \
         dialog.addEventListener('close', () => { window.isClosed = true; }); dialog.close()",
    );
    view.wait_until("window.isClosed === true");
    view.press("o");
    view.wait_until("document.querySelector('.presenter-dialog').open");
    view.press("Escape");
    view.wait_until("!document.querySelector('.presenter-dialog').open");
}
