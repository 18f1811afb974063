//! The page of the audience and the speaker's queue: how they fit, for eyes, fingers and screen readers; and pictures.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::axe::assert_accessible;
use super::chromium::{Chromium, Device, Page};
use crate::serve::asked::Room;

/// A room in which something was asked, in the talk's language.
fn asked(lang: &str) -> Room {
    let texts: [(&str, u32, Option<&str>); 5] = match lang {
        "zh-CN" => [
            ("为什么不直接上 Aurora？", 4, Some("小林")),
            ("连接池调大以后，数据库那边会不会先撑不住？我们上个月就遇到过：CPU 只有 20%，p99 却涨了三倍。", 7, None),
            ("有没有一条命令可以先看一眼？", 2, None),
            ("IOPS 和吞吐量到底先看哪个？", 0, None),
            ("这个做法在 MySQL 5.7 上也成立吗？", 1, None),
        ],
        "ja" => [
            ("なぜ Aurora を使わないのですか？", 4, Some("小林")),
            ("プールを大きくすると、先にデータベースが詰まりませんか？", 7, None),
            ("まず確認できるコマンドはありますか？", 2, None),
            ("IOPS とスループット、どちらを先に見ますか？", 0, None),
            ("MySQL 5.7 でも同じですか？", 1, None),
        ],
        _ => [
            ("Why not just move to Aurora?", 4, Some("Lin")),
            (
                "If I make the pool larger, won't the database choke first? We had 20 % CPU and three times the p99 last month.",
                7,
                None,
            ),
            ("Is there one command to look at it first?", 2, None),
            ("IOPS or throughput: which one do you look at first?", 0, None),
            ("Does that hold for MySQL 5.7, too?", 1, None),
        ],
    };
    let room = Room::speaking(lang);
    for (at, (text, support, name)) in texts.iter().enumerate() {
        let guest = room.guest();
        let mut body = json!({"text": text, "slide": "two"});
        if let Some(name) = name {
            body["name"] = json!(name);
        }
        assert_eq!(room.send("/ask/question", &guest, &body).status, 200);
        for _ in 0..*support {
            room.send("/ask/support", &room.guest(), &json!({"id": format!("q{}", at + 1)}));
        }
    }
    room.send("/ask/muddy", &room.guest(), &json!({"text": texts[3].0}));
    room.direct("/queue/mark", &json!({"id": "q5", "as": "answered"}));
    room
}

fn phone(room: &Room, scheme: &str) -> Chromium {
    let phone = Chromium::start();
    phone.set_size(390, 844, Device::Phone);
    phone.prefer(&[("prefers-color-scheme", scheme)]);
    phone.go(&format!("http://127.0.0.1:{}/ask", room.port()));
    phone.wait_until("document.querySelectorAll('.ask-list li').length === 5");
    phone
}

fn presenter(room: &Room, deck: &Chromium, scheme: &str) -> Page {
    let presenter = deck.new_page("about:blank");
    presenter.set_size(1280, 720, Device::Desktop);
    presenter.prefer(&[("prefers-color-scheme", scheme)]);
    presenter.go(&format!("http://127.0.0.1:{}/?presenter", room.port()));
    presenter.wait_until("document.querySelector('.is-queue')?.hidden === false");
    if presenter.eval("document.querySelector('.queue').hidden") {
        presenter.click(".is-queue");
    }
    presenter.wait_until("document.querySelectorAll('.queue-list li').length === 4");
    presenter
}

#[test]
fn the_page_fits_every_phone_and_reader() {
    let room = asked("en");
    let phone = phone(&room, "light");
    room.direct("/queue/mark", &json!({"id": "q2", "as": "shown"}));
    room.direct("/queue/round", &json!({"on": true}));
    phone.wait_until(
        "!document.querySelector('.ask-round').hidden && document.querySelector('[data-as=shown]') !== null",
    );
    phone.act("document.querySelector('.ask-sign').open = true");
    for (width, height) in [(390, 844), (320, 568), (844, 390), (1280, 720)] {
        phone.set_size(width, height, Device::Phone);
        phone.wait_until(&format!("innerWidth === {width}"));
        assert!(phone.eval::<bool>("document.scrollingElement.scrollWidth <= innerWidth"), "{width}");
        let small: Vec<String> = phone.eval(
            "[...document.querySelectorAll('button, summary, .ask-links a')].filter(b => b.offsetWidth > 0)\
             .map(b => [b, b.getBoundingClientRect()]).filter(([, r]) => r.height < 44 || r.width < 44)\
             .map(([b]) => b.className + b.textContent)",
        );
        assert_eq!(small, Vec::<String>::new(), "{width}");
    }
    phone.set_size(390, 844, Device::Phone);
    for scheme in ["light", "dark"] {
        phone.prefer(&[("prefers-color-scheme", scheme)]);
        assert_accessible(&phone, &format!("the audience's page, {scheme}"));
    }
    assert_eq!(phone.errors(), Vec::<String>::new());
}

#[test]
fn the_queue_fits_and_can_be_read() {
    let room = asked("en");
    let deck = Chromium::visit(&room.server.speaker);
    let presenter = presenter(&room, &deck, "light");
    room.direct("/queue/mark", &json!({"id": "q1", "as": "shown"}));
    presenter.wait_until("document.querySelector('.is-shown') !== null");
    for (width, height) in [(1280, 720), (1440, 900), (1000, 700), (800, 600), (390, 844)] {
        presenter.set_size(width, height, Device::Desktop);
        presenter.wait_until(&format!("innerWidth === {width} && innerHeight === {height}"));
        let fits: bool = presenter.eval(
            "(r => r.x >= 0 && r.right <= innerWidth && r.y >= 0 && r.bottom <= innerHeight && r.height > 150)\
             (document.querySelector('.queue').getBoundingClientRect())",
        );
        assert!(fits, "{width} × {height}");
    }
    for scheme in ["light", "dark"] {
        presenter.prefer(&[("prefers-color-scheme", scheme)]);
        presenter.wait_until(&format!("document.querySelector('.presenter').dataset.scheme === '{scheme}'"));
        assert_accessible(&presenter, &format!("the queue, {scheme}"));
    }
    deck.wait_until("document.querySelector('.asked-large') !== null");
    assert_accessible(&deck, "a question on the screen");
    presenter.act("document.querySelector('.queue').querySelector('button').focus()");
    presenter.press("Escape");
    presenter.wait_until("document.querySelector('.queue').hidden && document.activeElement.matches('.is-queue')");
}

#[test]
#[ignore = "makes pictures"]
fn pictures_of_asking() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
    fs::create_dir_all(&folder).expect("a folder");
    for (lang, scheme) in [("en", "light"), ("zh-CN", "dark"), ("zh-CN", "light"), ("ja", "light"), ("en", "dark")] {
        let keep = |name: &str, page: &Page| {
            let path = folder.join(format!("ask-{lang}-{name}-{scheme}.png"));
            fs::write(path, page.screenshot()).expect("a picture");
        };
        let room = asked(lang);
        let phone = phone(&room, scheme);
        keep("phone", &phone);
        phone.act("document.querySelector('.ask-sign').open = true; scrollTo(0, 600)");
        keep("phone-list", &phone);
        phone.act("scrollTo(0, 99999)");
        keep("phone-end", &phone);
        phone.act("scrollTo(0, 0)");
        room.direct("/queue/round", &json!({"on": true}));
        phone.wait_until("!document.querySelector('.ask-round').hidden");
        keep("phone-round", &phone);
        phone.tap(".ask-round .ask-main");
        phone.wait_until("document.querySelector('.ask-round textarea') !== null");
        keep("phone-asked", &phone);
        phone.tap(".ask-round .ask-main");
        keep("phone-answer", &phone);
        let deck = Chromium::start();
        deck.prefer(&[("prefers-color-scheme", scheme)]);
        deck.go(&room.server.speaker);
        let presenter = presenter(&room, &deck, scheme);
        keep("queue", &presenter);
        room.direct("/queue/mark", &json!({"id": "q2", "as": "shown"}));
        deck.wait_until("document.querySelector('.asked-large') !== null");
        keep("screen", &deck);
        presenter.wait_until("document.querySelector('.is-shown') !== null");
        presenter.set_size(1000, 700, Device::Desktop);
        keep("queue-small", &presenter);
        room.direct("/queue/code", &json!({"on": true}));
        room.direct("/queue/mark", &json!({"id": "q2", "as": "open"}));
        deck.wait_until("document.querySelector('.is-code') !== null");
        keep("code", &deck);
        room.direct("/queue/code", &json!({"on": false}));
        deck.press("End");
        deck.wait_until("location.hash === '#turn' && document.querySelector('.asked-curtain').hidden");
        keep("qa", &deck);
        let viewer = deck.new_page(&format!("http://127.0.0.1:{}/follow", room.port()));
        viewer.set_size(390, 844, Device::Phone);
        viewer.wait_until("document.querySelector('.is-current .asked-live li') !== null");
        keep("viewer", &viewer);
    }
}
