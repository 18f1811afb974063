//! A talk over a real server: the speaker's deck, the phone at 390 × 844, and a viewer, kept together.

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device, Page};
use crate::claimed::Port;
use crate::serve::server::{SECRETS, Server};

const OPEN: &str = "document.querySelector('.room-state')?.dataset.state === 'open'";

/// Everybody in one browser; the viewer's page is a tab that comes to the front only when it is used.
struct Room {
    server: Server,
    deck: Chromium,
    phone: Page,
    viewer: Page,
}

fn room(arguments: &[&str]) -> Room {
    let server = Server::start(arguments);
    let home = format!("http://127.0.0.1:{}", server.port);
    let deck = Chromium::visit(&server.speaker);
    deck.wait_until("document.documentElement.classList.contains('deck-ready')");
    let viewer = deck.new_page(&format!("{home}/follow"));
    viewer.wait_until("document.documentElement.classList.contains('deck-ready')");
    let phone = deck.new_page(&format!("{home}/remote?token={}", server.token()));
    phone.set_size(390, 844, Device::Phone);
    phone.wait_until(OPEN);
    phone.wait_until("document.querySelector('.room-facts').textContent.includes('1 ')");
    Room { server, deck, phone, viewer }
}

fn is_at(place: &str) -> String {
    format!("decodeURIComponent(location.hash) === '#{place}'")
}

#[test]
fn the_phone_drives_the_deck_and_viewers_follow() {
    let room = room(&[]);
    let all = [&*room.deck, &room.phone, &room.viewer];
    for place in ["two", "two/1", "two/2", "three"] {
        room.phone.tap(".remote-control.is-next");
        for page in all {
            page.wait_until(&is_at(place));
        }
    }
    room.phone.tap(".remote-control.is-previous");
    for page in all {
        page.wait_until(&is_at("two/2"));
    }
    room.phone.wait_until("document.querySelector('.presenter-notes-text').textContent.includes('secretnote two')");
    room.phone.tap(".remote-control.is-black");
    for page in [&*room.deck, &room.viewer] {
        page.wait_until("document.querySelector('.cover.black')?.hidden === false");
    }
    room.phone.tap(".remote-control.is-black");
    room.viewer.wait_until("document.querySelector('.cover').hidden");
    room.phone.tap(".remote-control.is-question");
    room.phone.wait_until("document.querySelector('.is-question').getAttribute('aria-pressed') === 'true'");
    let presenter = room.deck.new_page(&format!("http://127.0.0.1:{}/?presenter", room.server.port));
    presenter.wait_until("document.querySelector('.presenter')?.dataset.mode === 'question'");
    presenter.wait_until(OPEN);
    presenter.wait_until("document.querySelector('.is-record').getAttribute('aria-pressed') === 'true'");
    room.phone.wait_until("document.querySelector('.room-facts').textContent.includes('Recording')");
    presenter.click(".presenter-control.is-record");
    room.phone.wait_until("!document.querySelector('.room-facts').textContent.includes('Recording')");
    presenter.press("q");
    room.phone.wait_until("document.querySelector('.presenter').dataset.mode === 'talk'");
    presenter.press("PageDown");
    room.viewer.wait_until(&is_at("three"));
}

#[test]
fn a_finger_on_the_slide_points_on_every_screen() {
    let room = room(&[]);
    let [x, y, width, height] = room.phone.box_of(".presenter-frame");
    let seen = "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('.laser').style.transform))\
                .observe(document.querySelector('.laser'), { attributes: true })";
    for page in [&*room.deck, &room.viewer] {
        page.act(seen);
    }
    // Who is late hears where the finger is now, and not where it was.
    room.phone.put_finger((x + width / 4.0, y + height / 2.0));
    for page in [&*room.deck, &room.viewer] {
        page.wait_until("seen.some(place => place.startsWith('translate(320'))");
    }
    room.phone.lift_finger();
    for page in [&*room.deck, &room.viewer] {
        page.wait_until("document.querySelector('.laser').hidden");
    }
}

#[test]
fn a_viewer_looks_back_and_comes_again_and_drives_nobody() {
    let room = room(&[]);
    let button = "document.querySelector('.follow-bar button')";
    room.phone.tap(".is-next");
    // Also the deck: a step that it takes from elsewhere is another one.
    for page in [&*room.deck, &room.viewer] {
        page.wait_until(&is_at("two"));
    }
    room.viewer.bring_to_front();
    room.viewer.press("ArrowLeft");
    room.viewer.wait_until(&format!("{} && !{button}.hidden", is_at("one")));
    room.deck.press("End");
    room.phone.wait_until(&is_at("three"));
    room.viewer.wait_until(&format!("{button}.textContent.includes('3')"));
    assert!(room.viewer.eval::<bool>(&is_at("one")), "nobody pulls it away");
    room.viewer.press("p");
    room.viewer.press("t");
    assert_accessible(&room.viewer, "a viewer's page");
    room.viewer.click(".follow-bar button");
    room.viewer.wait_until(&format!("{} && {button}.hidden", is_at("three")));
    room.deck.press("Home");
    room.viewer.wait_until(&is_at("one"));
    room.phone.wait_until(&is_at("one"));
    let text: String = room.viewer.eval("document.documentElement.outerHTML");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn the_phone_page_fits_the_hand() {
    let room = room(&["--no-record"]);
    for (width, height) in [(390, 844), (844, 390), (320, 568)] {
        room.phone.set_size(width, height, Device::Phone);
        room.phone.wait_until(&format!("innerWidth === {width} && innerHeight === {height}"));
        let small: Vec<String> = room.phone.eval(
            "[...document.querySelectorAll('button')].filter(b => b.offsetWidth > 0).map(b => [b, b.getBoundingClientRect()])\
             .filter(([, r]) => r.width < 44 || r.height < 44 || r.x < 0 || r.right > innerWidth || r.y < 0 || r.bottom > innerHeight)\
             .map(([b, r]) => b.className + ' ' + [r.x, r.y, r.width, r.height].map(Math.round).join(' '))",
        );
        assert_eq!(small, Vec::<String>::new(), "{width} × {height}");
        let next: f64 = room.phone.eval(
            "(r => r.width * r.height / (innerWidth * innerHeight))(document.querySelector('.is-next').getBoundingClientRect())",
        );
        assert!(next > 0.08, "{width} × {height}: the next button is {next} of the screen");
        assert!(room.phone.eval::<bool>("document.scrollingElement.scrollWidth <= innerWidth"));
    }
    room.phone.set_size(390, 844, Device::Phone);
    for scheme in ["light", "dark"] {
        room.phone.prefer(&[("prefers-color-scheme", scheme)]);
        room.phone.wait_until(&format!("document.querySelector('.presenter').dataset.scheme === '{scheme}'"));
        assert_accessible(&room.phone, scheme);
    }
    assert!(!room.phone.eval::<String>("document.querySelector('.room-facts').textContent").contains("Recording"));
}

#[test]
fn a_lost_server_is_said_and_an_old_address_is_refused() {
    let port = Port::claim();
    let at_port = ["--port", &port.text()];
    let mut room = room(&at_port);
    room.phone.tap(".is-next");
    room.viewer.wait_until(&is_at("two"));
    room.server.stop();
    room.phone.wait_until("document.querySelector('.room-state').dataset.state === 'lost'");
    let again = Server::start(&at_port);
    assert_eq!(again.port, port.number());
    room.phone.wait_until("document.querySelector('.room-state').dataset.state === 'refused'");
    room.deck.go(&again.speaker);
    room.deck.wait_until("document.documentElement.classList.contains('deck-ready')");
    room.deck.press("End");
    room.viewer.wait_until(&is_at("three"));
}

#[test]
fn another_talk_at_the_same_address_starts_anew() {
    let port = Port::claim();
    let at_port = ["--port", &port.text()];
    let mut first = Server::start(&at_port);
    let deck = Chromium::visit(&first.speaker);
    deck.wait_until("document.documentElement.classList.contains('deck-ready')");
    for _ in 0..2 {
        deck.press("PageDown");
    }
    deck.wait_until("Object.keys(sessionStorage).some(key => key.startsWith('retell:clock:'))");
    let left_open = deck.new_page(&format!("http://127.0.0.1:{}/?presenter", first.port));
    left_open.wait_until("document.querySelector('.presenter')?.dataset.mode === 'talk'");
    first.stop();
    let home = tempfile::tempdir().expect("a folder");
    let talk = home.path().join("other.md");
    std::fs::write(&talk, "---\ntitle: Another talk\n---\n\n# One\n\n---\n\n# Two\n").expect("a talk");
    let second = Server::present(home, &talk, &at_port);
    assert_eq!((first.port, second.port), (port.number(), port.number()));
    deck.go(&second.speaker);
    deck.wait_until("document.title.includes('Another talk')");
    deck.go(&format!("http://127.0.0.1:{}/?presenter", second.port));
    deck.wait_until(&format!("{OPEN} && document.querySelector('.presenter')?.dataset.mode === 'idle'"));
    left_open.wait_until("document.querySelector('.room-state').dataset.state === 'refused'");
    deck.press("t");
    deck.wait_until("document.querySelector('.presenter').dataset.mode === 'talk'");
}
