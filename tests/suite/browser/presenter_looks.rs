//! How the presenter view looks: the same whatever the talk's style says, and whole in every size.

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device, address};
use super::presenter::{Presenter, TALK};
use crate::built::{SAMPLE, pack};

#[test]
fn the_style_of_a_talk_stays_on_its_slides() {
    let css = "h2:first-child { color: rgb(255, 0, 0); font-size: 90px } p { font-size: 40px; margin: 50px } \
               button { background: rgb(255, 0, 0); position: absolute } div { padding: 30px } * { letter-spacing: 9px } \
               main { display: none } :root ul li { list-style: square } h2::before { content: 'x' }";
    let plain = Presenter::open("#steps");
    let styled = Presenter::open_talk(TALK, css, "#steps");
    // Where each thing of the view stands, and how its text looks; what holds slides has no text of its own.
    let looks = "[...document.querySelectorAll('.presenter :not(.slide, .slide *)')].filter(e => e.offsetWidth > 0).map(e => { \
                 const [box, style, before] = [e.getBoundingClientRect(), getComputedStyle(e), getComputedStyle(e, '::before')]; \
                 const text = e.closest('.presenter-text') ? [style.letterSpacing, style.listStyleType, before.content] : []; \
                 return [e.className, ...[box.x, box.y, box.width].map(Math.round), style.fontSize, style.color, ...text].join(' '); })";
    let settled = "Number(document.querySelector('.presenter-next .presenter-frame').style.getPropertyValue('--player-scale')) > 0";
    plain.wait_until(settled);
    styled.wait_until(settled);
    assert_eq!(styled.eval::<Vec<String>>(looks), plain.eval::<Vec<String>>(looks));
    let heading = "getComputedStyle(document.querySelector('.presenter-current .slide h2')).color";
    assert_eq!(styled.eval::<String>(heading), "rgb(255, 0, 0)");
}

#[test]
fn nothing_of_the_view_reaches_a_slide() {
    let looks = "(root => [root, ...root.querySelectorAll('*')].map(e => { const style = getComputedStyle(e); \
                 return [e.localName, ...['color', 'font', 'line-height', 'text-align', 'letter-spacing', 'width', 'height', 'margin', \
                 'color-scheme', 'visibility', 'overflow-wrap'].map(name => style.getPropertyValue(name))].join(' '); }))";
    let view = Presenter::open("#steps");
    let framed: Vec<String> = view.eval(&format!("{looks}(document.querySelector('.presenter-current .slide'))"));
    let path: String = view.eval("location.pathname");
    view.go(&format!("file://{path}#steps"));
    view.wait_until("document.querySelector('.is-current').id === 'steps'");
    let shown: Vec<String> = view.eval(&format!("{looks}(document.querySelector('.is-current'))"));
    assert_eq!(framed, shown);
}

#[test]
fn the_view_is_sound_in_all_sizes() {
    let page = Chromium::start();
    page.go(&address(&pack(SAMPLE, None).join("index.html"), "?presenter"));
    for (width, height, scheme) in
        [(1440, 900, "dark"), (1280, 720, "light"), (1024, 768, "dark"), (700, 900, "light"), (390, 844, "light")]
    {
        page.prefer(&[("prefers-color-scheme", scheme)]);
        page.set_size(width, height, Device::Desktop);
        page.wait_until(&format!("document.querySelector('.presenter').dataset.scheme === '{scheme}'"));
        let clipped: Vec<String> = page.eval(
            "[...document.querySelectorAll('.presenter button, .presenter-value, .presenter-place')].filter(e => e.offsetWidth > 0 && !e.closest('dialog, .presenter-side')) \
             .filter(e => { const b = e.getBoundingClientRect(); return b.left < 0 || b.top < 0 || b.right > innerWidth + 0.5 || b.bottom > innerHeight + 0.5; }) \
             .map(e => e.className + ' ' + e.innerText)",
        );
        assert_eq!(clipped, Vec::<String>::new(), "{width} × {height}");
        assert_accessible(&page, &format!("{width} × {height} {scheme}"));
    }
    page.press("o");
    page.wait_until("document.querySelector('.presenter-dialog').open");
    assert_accessible(&page, "list");
    assert_eq!(page.errors(), Vec::<String>::new());
}
