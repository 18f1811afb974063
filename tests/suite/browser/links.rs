//! The address: deep links, links between slides, back and forward.

use super::chromium::Chromium;
use super::player_page;

#[test]
fn a_fragment_opens_its_slide() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = player_page::write(folder.path());
    let deck = Chromium::open(&page, "");
    for (fragment, slide, place) in [
        ("#code", "code", "code"),
        ("#steps/2", "steps", "steps/2"),
        ("#steps/99", "steps", "steps/3"),
        ("#总结", "总结", "总结"),
        ("#%E6%80%BB%E7%BB%93", "总结", "总结"),
        ("#last-word", "总结", "总结"),
        ("#5", "总结", "总结"),
        ("#nowhere", "intro", "intro"),
        ("#%", "intro", "intro"),
    ] {
        deck.open_anew(&page, fragment);
        assert_eq!(deck.eval::<String>("document.querySelector('.slide.is-current').id"), slide, "{fragment}");
        assert_eq!(deck.eval::<String>("decodeURIComponent(location.hash.slice(1))"), place, "{fragment}");
    }
}

#[test]
fn links_between_slides_have_a_way_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = Chromium::open(&player_page::write(folder.path()), "");
    deck.click("#to-code");
    deck.wait_until("location.hash === '#code/1'");
    deck.press("ArrowRight");
    deck.wait_until("location.hash === '#code/2'");
    deck.act("history.back()");
    deck.wait_until("location.hash === '#intro' && document.querySelector('.is-current').id === 'intro'");
    deck.act("history.forward()");
    deck.wait_until("location.hash === '#code/2' && document.querySelector('.is-current').id === 'code'");
    deck.act("location.hash = '#compare'");
    deck.wait_until("document.querySelector('.is-current').id === 'compare'");
    assert_eq!(deck.eval::<Vec<f64>>("[scrollX, scrollY, document.querySelector('main').scrollTop]"), [0.0; 3]);
}
