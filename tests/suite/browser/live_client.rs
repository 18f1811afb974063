//! The page in the live preview: takes changes in place, shows what is wrong, and finds its server again.

use serde_json::{Value, json};

use super::chromium::Chromium;
use super::preview_server::PreviewServer;

const PLACE: &str = "decodeURIComponent(location.hash.slice(1))";
const ORDER: &str = "[...document.querySelectorAll('main > .slide')].map(e => e.id)";
/// How the talk's clock runs; nothing is kept of one that never ran.
const CLOCK: &str = "(JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('retell:clock:'))?.[1] ?? 'null')?.mode) ?? 'idle'";
/// Keeps what is said below the deck, for however short.
const HEAR: &str = "window.said = []; \
    new MutationObserver(() => said.push(document.querySelector('.live-note').textContent))\
    .observe(document.querySelector('.live-note'), { childList: true })";
const SLIDES: [&str; 7] = ["intro", "steps", "code", "field", "总结", "end", "compare"];

fn preview(fragment: &str) -> (Chromium, PreviewServer) {
    let server = PreviewServer::start();
    let deck = Chromium::visit(&server.url(fragment));
    server.wait_for_listener(1);
    (deck, server)
}

/// Slides by id, title and steps, as the page's data has them.
fn data(slides: &[(&str, &str, u32)]) -> Value {
    let entries: Vec<Value> = slides
        .iter()
        .map(|(id, title, steps)| json!({ "id": id, "title": title, "steps": steps, "backup": *id == "compare" }))
        .collect();
    json!({ "title": "changed", "lang": "zh-CN", "labels": {}, "slides": entries })
}

/// What the server sends after a save that changed some slides.
fn deck_event(revision: &str, slides: &[(&str, &str, u32)], changed: &[(&str, &str)]) -> Value {
    let order: Vec<&str> = slides.iter().map(|(id, ..)| *id).collect();
    let html = |(id, inner): &(&str, &str)| {
        ((*id).to_owned(), json!(format!("<section class=\"slide layout-default\" id=\"{id}\">{inner}</section>")))
    };
    let sections: serde_json::Map<String, Value> = changed.iter().map(html).collect();
    json!({ "revision": revision, "data": data(slides), "order": order, "slides": sections, "edited": null })
}

/// The slides of the page as they are at first.
fn unchanged() -> Vec<(&'static str, &'static str, u32)> {
    let steps = |id| match id {
        "steps" => 3,
        "code" => 2,
        _ => 0,
    };
    SLIDES.iter().map(|id| (*id, *id, steps(*id))).collect()
}

#[test]
fn only_changed_slides_are_replaced_and_the_talk_stays_where_it_is() {
    let (deck, server) = preview("#steps/2");
    deck.act("for (const slide of document.querySelectorAll('.slide')) slide.wasHere = true");
    let mut event = deck_event("r2", &unchanged(), &[("code", "<h2>Faster SQL</h2>")]);
    event["css"] = json!(".slide { color: rgb(1, 2, 3); }");
    server.send("deck", &event);
    deck.wait_until("document.querySelector('#code').textContent === 'Faster SQL'");
    assert_eq!(deck.eval::<u32>("document.querySelector('#code').offsetWidth"), 0, "it is not the one in sight");
    assert_eq!(deck.eval::<String>(PLACE), "steps/2");
    assert_eq!(deck.eval::<Vec<String>>(ORDER), SLIDES);
    assert_eq!(
        deck.eval::<Vec<String>>("[...document.querySelectorAll('.slide')].filter(e => !e.wasHere).map(e => e.id)"),
        ["code"]
    );
    assert_eq!(deck.eval::<String>("getComputedStyle(document.querySelector('#steps')).color"), "rgb(1, 2, 3)");
    assert_eq!(deck.eval::<String>("document.title"), "changed");
    // The slide in sight, with a step that is there no more.
    let mut slides = unchanged();
    slides[1].2 = 1;
    let steps = "<h2>Look</h2><p data-step=\"1\">first</p>";
    server.send("deck", &deck_event("r3", &slides, &[("steps", steps)]));
    deck.wait_until("document.querySelector('#steps').innerText.includes('first')");
    assert_eq!(deck.eval::<String>(PLACE), "steps/1");
    assert!(deck.eval::<bool>("document.querySelector('#steps').classList.contains('is-current')"));
    deck.press("ArrowLeft");
    assert_eq!(deck.eval::<String>("getComputedStyle(document.querySelector('#steps p')).visibility"), "hidden");
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn slides_come_and_go_and_change_their_names() {
    let (deck, server) = preview("#code");
    let send = |revision: &str, slides: &[(&str, &str, u32)], changed: &[(&str, &str)]| {
        server.send("deck", &deck_event(revision, slides, changed));
        let ids: Vec<_> = slides.iter().map(|(id, ..)| *id).collect();
        deck.wait_until(&format!("JSON.stringify({ORDER}) === {:?}", json!(ids).to_string()));
    };
    let mut slides = unchanged();
    slides.insert(1, ("new", "New", 0));
    send("r2", &slides, &[("new", "<h2>New</h2>")]);
    assert_eq!(deck.eval::<String>(PLACE), "code", "a slide before it moves nothing");
    slides[3] = ("slower-sql", "Slower", 1);
    send("r3", &slides, &[("slower-sql", "<h2>Slower</h2><p data-step=\"1\">x</p>")]);
    assert_eq!(deck.eval::<String>(PLACE), "slower-sql", "a new heading is the same slide");
    slides.remove(3);
    send("r4", &slides, &[]);
    assert_eq!(deck.eval::<String>(PLACE), "field", "the next slide comes where one was taken out");
    slides.swap(3, 4);
    send("r5", &slides, &[]);
    assert_eq!(deck.eval::<String>(PLACE), "field", "it is followed to its new place");
    slides.truncate(1);
    send("r6", &slides, &[]);
    assert_eq!(deck.eval::<String>(PLACE), "intro");
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(PLACE), "intro");
    deck.wait_until("document.querySelector('.is-current').getAttribute('aria-label').includes('1 / 1')");
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn the_deck_goes_to_the_edited_slide_until_that_is_switched_off() {
    let (deck, server) = preview("#intro");
    let edit = |id: &str, text: &str| {
        let mut event = deck_event(text, &unchanged(), &[(id, &format!("<h2>{text}</h2>"))]);
        event["edited"] = json!(id);
        server.send("deck", &event);
        deck.wait_until(&format!("document.getElementById({id:?}).textContent === {text:?}"));
    };
    edit("code", "one");
    assert_eq!(deck.eval::<String>(CLOCK), "idle", "writing is not speaking");
    assert_eq!(deck.eval::<String>(PLACE), "code/2", "with all that it shows");
    deck.press("ArrowLeft");
    edit("code", "two");
    assert_eq!(deck.eval::<String>(PLACE), "code/1", "the slide in sight keeps its step");
    deck.act(HEAR);
    deck.press("e");
    deck.wait_until("said.some(text => text.endsWith('关'))");
    edit("field", "three");
    assert_eq!(deck.eval::<String>(PLACE), "code/1");
    deck.reload();
    server.wait_for_listener(2);
    let pressed = "document.querySelector('.toolbar [data-command=followEdits]').getAttribute('aria-pressed')";
    assert_eq!(deck.eval::<String>(pressed), "false", "it is kept");
    edit("field", "four");
    assert_eq!(deck.eval::<String>(PLACE), "code/1");
    deck.press("e");
    assert_eq!(deck.eval::<String>(pressed), "true");
    edit("field", "five");
    assert_eq!(deck.eval::<String>(PLACE), "field");
}

#[test]
fn the_presenter_view_takes_new_notes_and_errors() {
    let (view, server) = preview("?presenter#code");
    let mut event = deck_event("r2", &unchanged(), &[("code", "<h2>Faster SQL</h2>")]);
    event["data"]["slides"][2]["notes"] = json!("<p>Say it slowly</p>");
    event["data"]["slides"][2]["title"] = json!("Faster SQL");
    server.send("deck", &event);
    view.wait_until(
        "document.body.innerText.includes('Say it slowly') && document.body.innerText.includes('Faster SQL')",
    );
    let mut slides = unchanged();
    slides.remove(2);
    server.send("deck", &deck_event("r3", &slides, &[]));
    view.wait_until(&format!("{PLACE} === 'field' && !document.body.innerText.includes('Say it slowly')"));
    server.send("problems", &problems(8));
    view.wait_until(SHOWN);
    view.press("ArrowLeft");
    view.wait_until(&format!("{PLACE} === 'steps/3'"));
    assert_eq!(view.errors(), Vec::<String>::new());
}

#[test]
fn an_open_overview_and_drawings_follow_the_change() {
    let (deck, server) = preview("#intro");
    deck.press("d");
    deck.drag(&[(200.0, 200.0), (400.0, 300.0), (600.0, 200.0)]);
    deck.press("o");
    let mut slides = unchanged();
    slides[2].1 = "Faster";
    slides.remove(3);
    let changed = [("intro", "<h1>Hello</h1>"), ("code", "<h2>Faster</h2>")];
    server.send("deck", &deck_event("r2", &slides, &changed));
    deck.wait_until("document.querySelectorAll('.overview-frame > .slide').length === 6");
    let titles: Vec<String> = deck.eval("[...document.querySelectorAll('.overview-title')].map(e => e.textContent)");
    assert_eq!(titles, ["intro", "steps", "Faster", "总结", "end", "compare"]);
    assert!(deck.eval::<bool>("document.querySelector('.overview-frame > #intro + .ink path') !== null"));
    assert!(deck.eval::<bool>("document.activeElement.matches('.overview-card > button')"));
    deck.press("o");
    assert_eq!(deck.eval::<Vec<String>>(ORDER), ["intro", "steps", "code", "总结", "end", "compare"]);
    assert_eq!(deck.eval::<usize>("document.querySelectorAll('.ink-layer path').length"), 1);
    assert!(deck.eval::<bool>("document.querySelector('#intro').innerText === 'Hello'"));
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn broken_news_leave_the_deck_and_all_is_asked_for_again() {
    let (deck, server) = preview("#code/1");
    let mut unknown = deck_event("r2", &unchanged(), &[]);
    unknown["order"][1] = json!("nowhere");
    let mut other_id = deck_event("r2", &unchanged(), &[]);
    other_id["slides"] = json!({ "intro": "<p>no slide</p>" });
    other_id["order"][0] = json!("missing");
    let mut twice = deck_event("r2", &unchanged(), &[]);
    twice["order"][1] = json!("intro");
    let broken = [
        "{oops".to_owned(),
        "null".to_owned(),
        "{}".to_owned(),
        unknown.to_string(),
        other_id.to_string(),
        twice.to_string(),
        json!({ "order": "intro", "slides": 3, "data": [] }).to_string(),
    ];
    for (index, news) in broken.iter().enumerate() {
        server.send_text("deck", news);
        assert_eq!(server.wait_for_listener(index + 2), "/events?revision=", "after {news}");
        assert_eq!(deck.eval::<String>(PLACE), "code/1");
        assert_eq!(deck.eval::<Vec<String>>(ORDER), SLIDES);
    }
    server.send("deck", &deck_event("r9", &unchanged(), &[("code", "<h2>Whole again</h2>")]));
    deck.wait_until("document.querySelector('#code').innerText === 'Whole again'");
    assert_eq!(deck.eval::<String>(PLACE), "code/1");
    server.hang_up();
    assert_eq!(server.wait_for_listener(broken.len() + 2), "/events?revision=r9");
}

#[test]
fn a_lost_server_is_said_and_found_again() {
    let (deck, server) = preview("#code");
    assert!(deck.eval::<bool>("document.querySelector('.live-note').textContent === ''"));
    deck.act(HEAR);
    server.hang_up();
    assert_eq!(server.wait_for_listener(2), "/events?revision=r1");
    deck.wait_until("said.join('|') === '正在重新连接…|'");
    server.send("deck", &deck_event("r2", &unchanged(), &[("code", "<h2>After the break</h2>")]));
    deck.wait_until("document.querySelector('#code').innerText === 'After the break'");
}

/// Two errors of a talk; `column` makes them another set.
fn problems(column: u32) -> Value {
    json!({ "errors": 1, "warnings": 1, "problems": [
        { "severity": "warning", "code": "picture-no-alt", "message": "图片没有说明文字", "file": "talk.md", "line": 9,
          "column": 1, "excerpt": ["![](a.svg)"], "mark": [0, 0, 10], "hints": [] },
        { "severity": "error", "code": "theme-unknown", "message": "there is no theme `<b>slatee`", "file": "talk.md",
          "line": 3, "column": column, "excerpt": ["---", "theme: 慢slatee", "---"], "mark": [1, 7, 7],
          "hints": ["did you mean `slate`?"] } ] })
}

const SHOWN: &str = "!document.querySelector('.problems').hidden";

#[test]
fn errors_lie_over_the_last_good_deck_until_they_are_gone() {
    let (deck, server) = preview("#steps");
    server.send("problems", &problems(8));
    deck.wait_until(SHOWN);
    let text: String = deck.eval("document.querySelector('.problems').innerText");
    for part in
        ["1 个错误 · 1 个警告", "there is no theme <b>slatee", "talk.md:3:8", "theme-unknown", "did you mean slate?"]
    {
        assert!(text.contains(part), "`{part}` in {text}");
    }
    assert!(text.find("slatee") < text.find("图片"), "errors come first");
    assert_eq!(deck.eval::<String>("document.querySelector('.is-error mark').textContent"), "慢slatee");
    assert_eq!(
        deck.eval::<Vec<String>>("[...document.querySelectorAll('.is-error .problem-number')].map(e => e.textContent)"),
        ["2", "3", "4"]
    );
    assert!(deck.eval::<bool>("document.querySelector('.problems').getBoundingClientRect().bottom <= innerHeight"));
    deck.press("ArrowRight");
    assert_eq!(deck.eval::<String>(PLACE), "steps/1", "the deck keeps its keys");
    deck.press("Escape");
    assert!(!deck.eval::<bool>(SHOWN));
    assert!(deck.eval::<bool>("!document.querySelector('.problem-badge').hidden"));
    server.send("problems", &problems(8));
    server.send("problems", &problems(9));
    deck.wait_until(SHOWN);
    assert!(deck.eval::<bool>("document.querySelector('.problem-place').textContent.startsWith('talk.md:3:9')"));
    server.send("problems", &json!({ "errors": 0, "warnings": 0, "problems": [] }));
    deck.wait_until(&format!("!({SHOWN}) && document.querySelector('.problem-badge').hidden"));
    assert_eq!(deck.eval::<String>(PLACE), "steps/1");
    assert_eq!(deck.errors(), Vec::<String>::new());
}

#[test]
fn closed_errors_come_back_only_when_they_are_others() {
    let (deck, server) = preview("#steps");
    server.send("problems", &problems(8));
    deck.wait_until(SHOWN);
    deck.click(".problems .panel-close");
    server.send("problems", &problems(8));
    // Events come in order: what follows this one has seen the one before.
    server.send("deck", &deck_event("r2", &unchanged(), &[("end", "<h2>later</h2>")]));
    deck.wait_until("document.querySelector('#end').textContent === 'later'");
    assert!(!deck.eval::<bool>(SHOWN));
    deck.click(".problem-badge");
    assert!(deck.eval::<bool>(SHOWN), "the badge opens them again");
    deck.press("ArrowDown");
    assert_eq!(deck.eval::<String>(PLACE), "steps", "arrows scroll a list in focus");
}

#[test]
fn warnings_alone_are_a_badge() {
    let (deck, server) = preview("#steps");
    let mut warnings = problems(8);
    warnings["problems"].as_array_mut().expect("a list").pop();
    server.send("problems", &warnings);
    deck.wait_until("document.querySelector('.problem-badge').offsetWidth > 0");
    assert!(!deck.eval::<bool>(SHOWN));
    assert_eq!(deck.eval::<String>("document.querySelector('.problem-badge').innerText"), "1 个警告");
    deck.click(".problem-badge");
    assert!(deck.eval::<String>("document.querySelector('.problems').innerText").contains("图片没有说明文字"));
    server.send_text(
        "problems",
        "{\"problems\": [null, 3, {\"excerpt\": [1, null], \"mark\": [0, 99, -4], \"hints\": 3}]}",
    );
    deck.wait_until("document.querySelectorAll('.problem').length === 1");
    server.send("problems", &json!({ "problems": [] }));
    deck.wait_until(&format!("!({SHOWN}) && document.querySelector('.problem-badge').hidden"));
    assert_eq!(deck.errors(), Vec::<String>::new());
}
