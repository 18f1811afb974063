//! What the presenter view says of time: clocks, pace, agenda, questions, slides to drop, and the record.

use super::presenter::{Presenter, TALK};
use super::windows::arrives;
use crate::project::Project;

#[test]
fn the_clocks_say_how_the_talk_stands() {
    let view = Presenter::open("");
    view.shows(".is-talk", "not started");
    view.press("ArrowRight");
    view.shows(".is-talk", "running");
    view.shows(".is-pace", "Ahead 2:00");
    view.pass(1.0);
    view.shows(".is-talk", "1:00");
    view.shows(".is-left", "9:00");
    view.shows(".presenter-slide-time", "1:00 / 2:00");
    assert!(view.texts(".is-pace")[0].contains("Ahead 2:00"), "the verdict stays as long as the slide has time");
    assert_eq!(view.eval::<String>("document.querySelector('.presenter-slide-time').dataset.full"), "");
    view.pass(0.7);
    view.wait_until("document.querySelector('.presenter-slide-time').dataset.full === 'near'");
    // The time of the slide runs out: the verdict is made anew, on track until the planned end of the slide.
    view.pass(0.5);
    view.shows(".is-pace", "On track");
    view.wait_until("document.querySelector('.presenter-slide-time').dataset.full === 'over'");
    view.pass(2.0);
    view.shows(".is-pace", "Behind 0:12");
    view.wait_until("[...document.querySelectorAll('[role=status]')].some(e => e.textContent.includes('Behind'))");
    view.pass(4.0);
    view.wait_until("document.querySelector('.is-left').dataset.full === 'near'");
    view.pass(2.0);
    view.shows(".is-left", "−0:12");
    view.wait_until("document.querySelector('.is-left').dataset.full === 'over'");
}

#[test]
fn a_question_stops_the_talk_and_shows_all_answers() {
    let view = Presenter::open("#steps");
    view.press("t");
    view.pass(1.0);
    view.shows(".presenter-questions button", "This slide 0");
    view.press("q");
    view.shows(".is-qa.is-running", "Question");
    view.shows(".presenter-questions summary", "Why not Aurora?");
    view.pass(2.0);
    view.shows(".is-qa", "2:00");
    view.shows(".is-qa", "of 5:00");
    view.shows(".is-talk", "1:00");
    view.shows(".is-talk", "paused");
    view.click(".presenter-questions summary");
    view.shows(".presenter-answer", "It moves the disk.");
    view.click(".presenter-questions details button");
    arrives(&view, "spare");
    view.shows(".presenter-questions button", "This slide 1");
    view.press("q");
    view.shows(".is-talk", "running");
    view.wait_until(
        "document.querySelector('.presenter-control.is-question').getAttribute('aria-pressed') === 'false'",
    );
}

#[test]
fn what_the_audience_asked_stands_among_the_prepared_questions() {
    let kept = "- ask: Is it <b>safe?\n  answer: With *care*.\n  slide: middle\n- {ask: rude, state: hidden}\n";
    let project = Project::new().file("x/talk.md", TALK).file("x/qa.yaml", kept);
    let view = Presenter::open_project(project, "#middle");
    view.shows(".presenter-questions button", "This slide 1");
    view.shows(".presenter-questions button", "All 2");
    assert_eq!(view.texts(".presenter-questions summary"), ["Is it <b>safe? Asked by the audience"]);
    view.press("q");
    view.shows(".presenter-questions summary", "Why not Aurora?");
    assert_eq!(view.texts(".presenter-questions summary small"), ["Asked by the audience"]);
    view.click(".presenter-questions summary");
    view.shows(".presenter-answer", "With care.");
}

#[test]
fn the_agenda_puts_the_plan_beside_what_it_took() {
    let view = Presenter::open("");
    assert_eq!(view.texts(".presenter-agenda tbody th"), ["One", "Two"]);
    assert_eq!(view.texts(".presenter-agenda tbody td"), ["4:00", "–", "6:00", "–"]);
    view.press("t");
    view.pass(3.0);
    view.press("End");
    view.pass(1.0);
    view.shows(".presenter-agenda tbody td", "3:00");
    view.shows(".presenter-agenda tbody td", "1:00");
    assert_eq!(view.texts(".presenter-agenda [aria-current] th"), ["Two"]);
}

#[test]
fn optional_slides_are_dropped_when_it_gets_late() {
    let view = Presenter::open("");
    view.shows(".presenter-cuts li", "Detour");
    assert!(view.eval::<bool>("document.querySelector('.presenter-advice').hidden"));
    view.press("t");
    view.pass(4.0);
    view.press("ArrowRight");
    view.shows(".presenter-advice", "over");
    view.click(".presenter-advice button");
    view.shows(".presenter-cuts li.is-skipped", "Detour");
    view.wait_until("document.querySelector('.presenter-advice').hidden");
    assert_eq!(view.texts(".presenter-agenda tbody td")[2], "4:00");
    view.press("ArrowRight");
    view.press("ArrowRight");
    view.shows(".presenter-next h2", "Middle");
    view.press("ArrowRight");
    arrives(&view, "middle");
    view.press("ArrowLeft");
    arrives(&view, "steps/2");
    view.reload();
    view.shows(".presenter-cuts li.is-skipped", "Detour");
    view.click(".presenter-cuts li button");
    view.press("ArrowRight");
    arrives(&view, "detour");
}

#[test]
fn a_talk_without_a_duration_has_clocks_and_no_pace() {
    let talk = TALK.replace("duration: 15m\n", "");
    let view = Presenter::open_talk(&talk, "", "");
    view.press("t");
    view.shows(".is-talk", "running");
    for part in [".is-pace", ".is-left", ".presenter-track"] {
        assert!(view.eval::<bool>(&format!("document.querySelector('{part}').offsetWidth === 0")), "{part}");
    }
    assert_eq!(view.errors(), Vec::<String>::new());
}

#[test]
fn the_record_is_said_switched_off_and_saved() {
    let view = Presenter::open("");
    view.act(
        "URL.createObjectURL = blob => { blob.text().then(text => { window.saved = JSON.parse(text); }); return '#'; }",
    );
    view.shows(".is-record", "Recording times");
    assert!(view.eval::<bool>("document.querySelector('.is-download').disabled"), "there is nothing yet");
    view.press("ArrowRight");
    view.wait_until("!document.querySelector('.is-download').disabled");
    view.click(".is-record");
    view.shows(".is-record", "Record times");
    view.press("End");
    view.click(".is-download");
    view.wait_until("window.saved?.format === 'retell-rehearsal/1'");
    let entered = "saved.events.filter(({ event }) => event === 'enter').map(({ slide }) => slide)";
    assert_eq!(view.eval::<Vec<String>>(entered), ["steps"]);
}
