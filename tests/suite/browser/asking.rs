//! A whole room with three browsers: the speaker's, and two of the audience.

use serde_json::{Value, json};

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device, Page};
use crate::claimed::Port;
use crate::serve::asked::Room;

/// Everybody: a browser of the speaker with deck and presenter view, and two phones with browsers of their own.
struct Everybody {
    room: Room,
    deck: Chromium,
    presenter: Page,
    ann: Chromium,
    bob: Chromium,
}

fn phone(room: &Room) -> Chromium {
    let phone = Chromium::start();
    phone.set_size(390, 844, Device::Phone);
    phone.go(&format!("http://127.0.0.1:{}/ask", room.port()));
    phone.wait_until("document.querySelector('.ask')?.dataset.state === 'open'");
    phone
}

fn everybody() -> Everybody {
    let room = Room::with_recall();
    let deck = Chromium::visit(&room.server.speaker);
    deck.wait_until("document.documentElement.classList.contains('deck-ready')");
    let presenter = deck.new_page(&format!("http://127.0.0.1:{}/?presenter", room.port()));
    presenter.wait_until("document.querySelector('.is-queue')?.hidden === false");
    presenter.click(".is-queue");
    presenter.wait_until("!document.querySelector('.queue').hidden");
    let (ann, bob) = (phone(&room), phone(&room));
    Everybody { room, deck, presenter, ann, bob }
}

fn ask(phone: &Page, text: &str) {
    phone.click(".ask-form textarea");
    phone.type_text(text);
    phone.click(".ask-form .ask-main");
    phone.wait_until("document.querySelector('.ask-form .ask-said').textContent.includes('in the list')");
}

/// The questions in their order, as a list in the page has them.
fn order(selector: &str, expected: &[&str]) -> String {
    let texts = format!("JSON.stringify([...document.querySelectorAll('{selector}')].map(text => text.textContent))");
    format!("{texts} === {}", json!(json!(expected).to_string()))
}

#[test]
fn a_question_goes_from_a_phone_to_the_screen_and_away() {
    let Everybody { room, deck, presenter, ann, bob } = everybody();
    ask(&ann, "Why not Aurora?");
    ask(&bob, "<b>What</b> does it cost?");
    for (phone, list) in [(&ann, ".ask-list .ask-text"), (&bob, ".ask-list .ask-text")] {
        phone.wait_until(&order(list, &["Why not Aurora?", "<b>What</b> does it cost?"]));
    }
    ann.tap("[data-id=q2] .ask-support");
    presenter.wait_until(&order(".queue-text", &["<b>What</b> does it cost?", "Why not Aurora?"]));
    bob.wait_until(&order(".ask-list .ask-text", &["<b>What</b> does it cost?", "Why not Aurora?"]));
    ann.wait_until("document.querySelector('[data-id=q2] .ask-support').getAttribute('aria-pressed') === 'true'");
    ann.reload();
    ann.wait_until("document.querySelector('[data-id=q2] .ask-support')?.getAttribute('aria-pressed') === 'true'");
    let viewer = deck.new_page(&format!("http://127.0.0.1:{}/follow", room.port()));
    viewer.wait_until("document.querySelector('.asked-link')?.getAttribute('href') === '/ask'");
    presenter.bring_to_front();
    presenter.click("[data-id=q2] [data-as=shown]");
    let large = |text: &str| format!("document.querySelector('.asked-large')?.textContent === {}", json!(text));
    assert_accessible(&viewer, "a viewer who may ask");
    for page in [&*deck, &viewer] {
        page.wait_until(&large("<b>What</b> does it cost?"));
    }
    bob.wait_until("document.querySelector('[data-id=q2]').dataset.as === 'shown'");
    presenter.wait_until("document.querySelector('[data-id=q2]').classList.contains('is-shown')");
    presenter.click("[data-id=q2] [data-as=hidden]");
    for page in [&*deck, &viewer] {
        page.wait_until("document.querySelector('.asked-curtain').hidden");
    }
    for phone in [&ann, &bob] {
        phone.wait_until(&order(".ask-list .ask-text", &["Why not Aurora?"]));
    }
    // The one that is left moves up, and is clicked further down.
    presenter.wait_until(&order(".queue-text", &["Why not Aurora?"]));
    for page in [&*deck, &viewer, &ann, &bob] {
        assert!(!page.eval::<String>("document.documentElement.outerHTML").contains("does it cost"), "a trace");
        assert_eq!(page.errors(), Vec::<String>::new());
    }
    presenter.click("[data-id=q1] [data-as=answered]");
    bob.wait_until("document.querySelector('[data-id=q1]').dataset.as === 'answered'");
    presenter.wait_until("document.querySelectorAll('.queue-list li').length === 0");
    assert_eq!(presenter.errors(), Vec::<String>::new());
}

#[test]
fn a_step_takes_the_question_off_the_screen_and_a_button_leads_to_what_was_prepared() {
    let Everybody { room, deck, presenter, ann, .. } = everybody();
    presenter.press("PageDown");
    ann.wait_until("document.querySelector('.ask-check span').textContent.includes('Two')");
    ann.tap(".ask-check input");
    ask(&ann, "The covert question?");
    assert_eq!(room.lines().last().expect("a line")["slide"], "two");
    presenter.press("Home");
    presenter.wait_until("document.querySelector('[data-id=q1]') !== null");
    presenter.click("[data-id=q1] [data-as=shown]");
    deck.wait_until("document.querySelector('.asked-large')?.textContent === 'The covert question?'");
    let way = "document.querySelector('.queue-way')";
    assert_eq!(presenter.eval::<String>(&format!("{way}.textContent")), "Slide: Two");
    presenter.click(".queue-way");
    deck.wait_until("location.hash === '#two' && document.querySelector('.asked-curtain').hidden");
    let file: Vec<Value> = room.lines();
    assert_eq!(file.last().expect("a line")["as"], "open");
    ask(&ann, "Is that covert, a question?");
    presenter.wait_until("document.querySelector('[data-id=q2] .queue-way')?.textContent === 'Prepared: Two'");
    presenter.click(".queue-tools button");
    deck.wait_until("document.querySelector('.asked-card.is-code svg') !== null");
    let address = format!("127.0.0.1:{}/ask", room.port());
    assert_eq!(deck.eval::<String>("document.querySelector('.is-code .asked-address').textContent"), address);
    presenter.press("End");
    deck.wait_until("location.hash === '#turn' && document.querySelector('.asked-curtain').hidden");
    deck.wait_until("document.querySelector('.is-current .asked-live li span').textContent.includes('covert')");
    ask(&ann, "A third?");
    deck.wait_until("document.querySelectorAll('.is-current .asked-live li').length === 3");
}

#[test]
fn a_step_on_the_phone_takes_the_question_off_the_screen() {
    let Everybody { room, deck, presenter, ann, .. } = everybody();
    ask(&ann, "Why not Aurora?");
    presenter.wait_until("document.querySelector('[data-id=q1]') !== null");
    presenter.click("[data-id=q1] [data-as=shown]");
    deck.wait_until("document.querySelector('.asked-large')?.textContent === 'Why not Aurora?'");
    let remote = deck.new_page(&format!("http://127.0.0.1:{}/remote", room.port()));
    remote.wait_until("document.querySelector('.remote-control.is-next') !== null");
    remote.tap(".remote-control.is-next");
    deck.wait_until("location.hash === '#two' && document.querySelector('.asked-curtain').hidden");
    let lines: Vec<Value> = room.lines();
    assert_eq!(lines.last().map(|line| &line["as"]), Some(&json!("open")));
}

#[test]
fn the_round_at_the_end_and_the_muddiest_point_reach_the_file() {
    let Everybody { room, deck: _deck, presenter, ann, bob } = everybody();
    presenter.click(".queue-tools button:nth-of-type(2)");
    ann.wait_until("!document.querySelector('.ask-round').hidden");
    assert_accessible(&ann, "the round is offered");
    ann.tap(".ask-round .ask-main");
    for (at, score) in [(0, 3), (1, 2)] {
        let progress = format!("Question {} of 2", at + 1);
        ann.wait_until(&format!("document.querySelector('.ask-round .ask-hint').textContent === '{progress}'"));
        assert!(!ann.eval::<bool>("document.querySelector('.ask-answer') !== null"), "not before one has thought");
        ann.tap(".ask-round .ask-main");
        ann.wait_until("document.querySelector('.ask-answer') !== null");
        assert_accessible(&ann, "an answer");
        ann.tap(&format!(".ask-scores button:nth-child({score})"));
    }
    ann.wait_until(
        "document.querySelector('.ask-round code')?.textContent.startsWith('RT1 pools-2026 d0 first=2,second=1 ~')",
    );
    presenter.wait_until("document.querySelector('.queue-results').textContent === '1 answered'");
    bob.click("main > .ask-part:nth-of-type(4) textarea");
    bob.type_text("IOPS and latency");
    bob.click("main > .ask-part:nth-of-type(4) button");
    presenter.wait_until("document.querySelector('.queue-tabs button:last-child').textContent === 'Unclear 1'");
    presenter.click(".queue-tabs button:last-child");
    presenter.wait_until("document.querySelector('.queue-text')?.textContent === 'IOPS and latency'");
    let lines = room.lines();
    let of = |event: &str| lines.iter().find(|line| line["event"] == event).unwrap_or_else(|| panic!("no {event}"));
    let line = ann.eval::<String>("document.querySelector('.ask-round code').textContent");
    assert_eq!(of("result")["line"], line);
    assert_eq!(of("muddy")["text"], "IOPS and latency");
    assert!(
        !ann.eval::<String>("document.documentElement.outerHTML").contains("IOPS and"),
        "only the speaker reads it"
    );
    presenter.click(".queue-tools button:nth-of-type(2)");
    bob.wait_until("document.querySelector('.ask-round').hidden");
    let takeaways: Vec<String> =
        bob.eval("[...document.querySelectorAll('.ask-links a')].map(link => link.getAttribute('href'))");
    assert_eq!(takeaways, ["/ask/follow-up.html", "/ask/follow-up.ics", "/follow"]);
    bob.click(".ask-links a");
    bob.wait_until("location.pathname === '/ask/follow-up.html' && document.title.includes('A talk')");
    assert_eq!(bob.errors(), Vec::<String>::new());
}

#[test]
fn words_wait_where_they_are_when_the_server_is_away() {
    let port = Port::claim();
    let at_port = ["--port", &port.text()];
    let room = Room::with_recall_at(&at_port);
    let ann = phone(&room);
    ask(&ann, "Before?");
    let home = room.into_folder();
    ann.wait_until("document.querySelector('.ask').dataset.state === 'lost'");
    ann.click(".ask-form textarea");
    ann.type_text("During?");
    ann.click(".ask-form .ask-main");
    ann.wait_until("document.querySelector('.ask-form .ask-said').textContent.includes('no connection')");
    assert_eq!(ann.eval::<String>("document.querySelector('.ask-form textarea').value"), "During?");
    let again = Room::again(home, &at_port);
    ann.wait_until("document.querySelector('.ask').dataset.state === 'open'");
    ann.wait_until(&order(".ask-list .ask-text", &["Before?"]));
    ann.click(".ask-form .ask-main");
    ann.wait_until(&order(".ask-list .ask-text", &["Before?", "During?"]));
    assert_eq!(again.lines().iter().filter(|line| line["event"] == "ask").count(), 2);
}
