//! The teleprompter: it scrolls, stops, mirrors, leads the slides and follows them.

use super::axe::assert_accessible;
use super::presenter::Presenter;
use super::windows::arrives;

const TOP: &str = "document.querySelector('.teleprompter-view').scrollTop";

fn open() -> Presenter {
    let words = "Every word of this is read aloud, slowly and clearly. ".repeat(40);
    let talk = format!(
        "---\ntitle: A talk\nlang: en\n---\n\n# One\n\n<!-- {words} -->\n\n---\n\n## Two {{#two}}\n\n::: steps\n- first\n:::\n\n\
         <!-- {words} [click] {words} -->\n\n---\n\n## Three {{#three}}\n\nwords\n\n<!-- {words} -->\n"
    );
    let view = Presenter::open_talk(&talk, "", "");
    view.click(".presenter-control.is-teleprompter");
    view.wait_until("document.querySelector('.teleprompter').open");
    view
}

#[test]
fn it_scrolls_until_it_is_stopped() {
    let view = open();
    assert!(view.eval::<f64>(TOP) < 60.0);
    view.press(" ");
    view.wait_until(&format!("{TOP} > 70"));
    view.press(" ");
    view.wait_until(&format!(
        "new Promise(done => {{ const before = {TOP}; requestAnimationFrame(() => requestAnimationFrame(() => done(before === {TOP}))); }})"
    ));
    view.wait_until("document.querySelector('.teleprompter-bar button').textContent === 'Run'");
    assert_eq!(view.errors(), Vec::<String>::new());
}

#[test]
fn speed_size_and_mirror_are_set_by_keys_and_kept() {
    let view = open();
    let size = "parseFloat(getComputedStyle(document.querySelector('.teleprompter-text')).fontSize)";
    let before: f64 = view.eval(size);
    for key in ["ArrowUp", "+", "m"] {
        view.press(key);
    }
    let check = |view: &Presenter| {
        assert_eq!(
            view.eval::<String>("document.querySelector('.teleprompter-bar output').textContent"),
            "150 words/min"
        );
        assert!(view.eval::<f64>(size) > before);
        let matrix = "getComputedStyle(document.querySelector('.teleprompter-text')).transform";
        assert_eq!(view.eval::<String>(matrix), "matrix(-1, 0, 0, 1, 0, 0)");
    };
    check(&view);
    view.reload();
    view.click(".presenter-control.is-teleprompter");
    view.wait_until("document.querySelector('.teleprompter').open");
    check(&view);
    view.press("m");
    assert!(!view.eval::<bool>("document.querySelector('.is-mirrored') !== null"));
}

#[test]
fn the_slides_follow_the_text() {
    let view = open();
    let read = |what: &str| {
        view.act(&format!(
            "const view = document.querySelector('.teleprompter-view'); \
             view.scrollTop += document.querySelector('{what}').getBoundingClientRect().top - view.clientHeight * 0.3"
        ));
    };
    read(".teleprompter section:nth-child(2)");
    arrives(&view, "two");
    read(".teleprompter .cue");
    arrives(&view, "two/1");
    read(".teleprompter section:nth-child(3)");
    arrives(&view, "three");
    view.press("s");
    read(".teleprompter section:nth-child(1)");
    view.wait_until(&format!("{TOP} < 200"));
    assert_eq!(view.eval::<String>("location.hash"), "#three");
}

#[test]
fn the_text_follows_the_slides() {
    let view = open();
    view.press("PageDown");
    arrives(&view, "two");
    let at_line = |section: usize| {
        format!(
            "(() => {{ const line = document.querySelector('.teleprompter-view').clientHeight * 0.35; \
             const box = document.querySelectorAll('.teleprompter section')[{section}].getBoundingClientRect(); \
             return box.top <= line && box.bottom > line; }})()"
        )
    };
    view.wait_until(&at_line(1));
    view.press("ArrowRight");
    view.wait_until(&at_line(2));
    arrives(&view, "three");
    view.press("PageUp");
    view.press("PageUp");
    view.wait_until(&at_line(0));
    assert_accessible(&view, "teleprompter");
    view.press("Escape");
    view.wait_until("!document.querySelector('.teleprompter').open");
    view.press("PageDown");
    arrives(&view, "two");
}
