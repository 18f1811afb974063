//! The model as a whole: known talks, and what holds for any talk.

use std::time::Duration;

use proptest::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::source::{MemoryLoader, Sources};
use crate::talk::Talk;
use crate::timing::{Basis, Budget, Estimate, Load, Practice, Speed, plan};

/// A talk with these lines in its front matter and these slides.
pub(super) fn talk(front: &str, slides: &str) -> Talk {
    let text = format!("---\ntitle: T\nlang: en\n{front}---\n\n{slides}");
    let mut sources = Sources::default();
    crate::parse::parse(&mut sources, "talk.md", text.as_bytes(), &MemoryLoader::default(), &mut Diagnostics::default())
}

fn estimate(talk: &Talk) -> Estimate {
    crate::timing::estimate(talk, &Practice::default())
}

fn seconds(times: impl IntoIterator<Item = Duration>) -> Vec<u64> {
    times.into_iter().map(|time| (time + Duration::from_millis(500)).as_secs()).collect()
}

fn slide_seconds(front: &str, slides: &str) -> Vec<u64> {
    seconds(estimate(&talk(front, slides)).slides.iter().map(|slide| slide.load.time()))
}

/// A slide whose notes are this many words.
fn noted(words: usize) -> String {
    format!("# A\n\n<!--\n{}\n-->\n", "word ".repeat(words))
}

const SCRIPT: &str = "timing: {notes: script}\n";

#[test]
fn a_slide_takes_its_speech_and_what_it_shows() {
    let slides = [
        noted(140),                                           // 60 + 2
        noted(140).replace("# A", "# A\n\n![a](a.png)"),      // 60 + 2 + 12
        noted(140).replace("# A", "<!-- time: 90s -->\n# A"), // its own figure
        noted(140).replace("# A", "<!-- demo: 2m -->\n# A"),  // 60 + 2 + 120
        noted(1).replace("# A", "<!-- layout: title -->\n# A"),
        noted(1).replace("# A", "<!-- layout: section -->\n# A"),
        noted(1).replace("# A", "# A\n\n| a | b |\n|---|---|\n| x | 17 |\n"),
        "# A\n".to_owned(),
        format!("# A\n\n{}\n", "word ".repeat(140)),
        format!("# A\n\n{}\n", "word ".repeat(900)),
        "<!-- layout: end -->\n# Thanks\n".to_owned(),
        "<!-- backup -->\n# B\n".to_owned(),
        "<!-- hidden -->\n# C\n".to_owned(),
    ]
    .join("\n---\n\n");
    assert_eq!(slide_seconds(SCRIPT, &slides), [62, 74, 90, 182, 25, 10, 60, 45, 91, 120, 10]);
}

#[test]
fn builds_of_several_slides_count_what_they_add() {
    let build = |items: &str| format!("# Why\n\nThree reasons:\n\n{items}");
    let slides = [build("- one\n"), build("- one\n- two and more\n"), "# Else\n\n- one\n".to_owned()].join("\n---\n\n");
    // Three words at 1.5 × 140 a minute.
    assert_eq!(slide_seconds("", &slides), [45, 2, 45]);
}

#[test]
fn notes_are_read_as_what_they_look_like() {
    let cues = |front: &str, note: &str| {
        let found = estimate(&talk(front, &format!("# A\n\n<!--\n{note}\n-->\n")));
        (found.cues, found.guessed)
    };
    let sentence = "This is how people write when they mean to speak it word by word.";
    assert_eq!(cues("", sentence), (false, true));
    assert_eq!(cues("", "wait events\n\nthen locks"), (true, true));
    assert_eq!(cues("", &format!("- {sentence}\n- {sentence}")), (true, true));
    assert_eq!(cues("", "先讲一个故事，某个周二早上九点二十七分，运营活动开始了。"), (false, true));
    assert_eq!(cues("", "周二的故事。先看图。"), (true, true));
    assert_eq!(cues("timing: {notes: cues}\n", sentence), (true, false));
    assert_eq!(cues(SCRIPT, "wait events"), (false, false));
    let words = "one two three four five six seven eight nine ten. ".repeat(14);
    let note = format!("# A\n\n<!--\n{words}\n-->\n");
    assert_eq!(slide_seconds(SCRIPT, &note), [62]);
    assert_eq!(slide_seconds("timing: {notes: cues}\n", &note), [98], "1.6 × 60 + 2");
}

#[test]
fn the_band_is_wide_for_demos_and_narrow_for_speech() {
    let load = |front: &str, slides: &str| estimate(&talk(front, slides)).total;
    let band = |load: Load| seconds([load.shortest(), load.time(), load.longest()]);
    assert_eq!(band(load(SCRIPT, &noted(1400))), [441, 602, 763], "1.28 × 21 % of 600");
    let demo = band(load(SCRIPT, "<!-- layout: end -->\n<!-- demo: 10m -->\n# A\n"));
    assert_eq!(demo, [490, 610, 910], "0.8 to 1.5 times the demo");
    let total = load(SCRIPT, &noted(1400));
    assert!((total.chance_within(total.time()) - 0.5).abs() < 1e-6);
    assert!((total.chance_within(total.longest()) - 0.9).abs() < 1e-3);
    assert!((total.chance_within(total.shortest()) - 0.1).abs() < 1e-3);
    assert!((Load::default().chance_within(Duration::ZERO) - 1.0).abs() < 1e-9);
}

#[test]
fn slides_share_by_weight_what_declared_times_and_sections_leave() {
    let slides = [
        noted(138), // 61.1 s
        format!("<!-- time: 2m -->\n{}", noted(500)),
        format!("<!-- section: S 6m -->\n{}", noted(30)),
        format!("<!-- demo: 4m -->\n{}", noted(30)),
        format!("<!-- section: T -->\n{}", noted(281)), // twice the first, changes included
        "<!-- backup -->\n# F\n".to_owned(),
    ]
    .join("\n---\n\n");
    let plans = |front: &str| {
        let talk = talk(&format!("{SCRIPT}{front}"), &slides);
        let plans = plan(&talk, &estimate(&talk));
        plans.into_iter().map(|plan| plan.map(|plan| plan.as_secs())).collect::<Vec<_>>()
    };
    // 30 − 6 (20 %) − 1 = 23 minutes; 6 of them are the section's, 2 a slide's own.
    let expected = [Some(299), Some(120), Some(60), Some(300), Some(600), None];
    assert_eq!(plans("duration: 30m\n"), expected);
    assert_eq!(plans(""), [None; 6]);
    let short = plans("duration: 5m\n");
    assert_eq!(short, [Some(0), Some(120), Some(60), Some(300), Some(0), None], "less than nothing is nothing");
}

#[test]
fn a_speakers_own_speed_scales_speech_alone_and_rehearsals_narrow_the_band() {
    let speed = Speed { factor: 1.2, rehearsals: 3, second_language: false };
    let practice = Practice { speed, ..Practice::default() };
    let load = |talk: &Talk, practice: &Practice| crate::timing::estimate(talk, practice).total;
    let noted_talk = talk(SCRIPT, &noted(1400));
    let own = load(&noted_talk, &practice);
    assert_eq!(seconds([own.shortest(), own.time(), own.longest()]), [639, 722, 805], "1.28 × 9 % of 720");
    // Rates that the talk gives are the speaker's own word; the usual ones, written down, are still the usual ones.
    let given = |rate: u32| talk(&format!("timing: {{notes: script, rates: {{word: {rate}}}}}\n"), &noted(1400));
    assert_eq!(seconds([load(&given(70), &practice).time(), load(&given(140), &practice).time()]), [1202, 722]);
    let english = Speed { factor: 1.0, rehearsals: 0, second_language: true };
    assert_eq!(seconds([load(&noted_talk, &Practice { speed: english, ..Practice::default() }).time()]), [702]);
}

#[test]
fn slides_without_notes_take_what_they_took() {
    let talk = talk(SCRIPT, "# A\n\n---\n\n# B {#b}\n\n---\n\n<!-- time: 10s -->\n# C {#c}\n");
    let times = ["b", "c"].map(|id| (id.to_owned(), Duration::from_secs(70)));
    let practice = Practice { times: times.into_iter().collect(), ..Practice::default() };
    let found = crate::timing::estimate(&talk, &practice);
    assert_eq!(seconds(found.slides.iter().map(|slide| slide.load.time())), [45, 70, 10]);
    assert_eq!(found.slides[1].basis, Basis::Rehearsal);
}

#[test]
fn clicks_in_the_notes_cut_a_slide_into_steps() {
    let steps = |notes: &str| {
        let slides = format!("# A\n\n- a\n\n<!-- pause -->\n\n- b\n\n<!--\n{notes}\n-->\n");
        seconds(estimate(&talk(SCRIPT, &slides)).slides[0].steps.iter().copied())
    };
    let words = "word ".repeat(70);
    assert_eq!(steps(&format!("{words}[click] {words}")), [32, 31]);
    assert_eq!(steps(&words), [33]);
    assert_eq!(steps(&format!("[click] {words}")), [2, 31]);
}

#[test]
fn questions_keep_their_part_of_the_slot() {
    let questions = |timing: &str| {
        Budget::of(&talk(timing, "# A\n").meta).map(|budget| (budget.questions.as_secs(), budget.speaking().as_secs()))
    };
    assert_eq!(questions("duration: 10m\n"), Some((0, 540)));
    assert_eq!(questions("duration: 15m\n"), Some((180, 660)));
    assert_eq!(questions("duration: 20m\n"), Some((300, 840)));
    assert_eq!(questions("duration: 45m\n"), Some((540, 2100)));
    assert_eq!(questions("duration: 45m\ntiming: {qa: 10m, setup: 2m}\n"), Some((600, 1980)));
    assert_eq!(questions(""), None);
}

/// Pieces of notes and slides.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,9}",
        "[A-Z]{1,6}",
        "[0-9]{1,4}",
        "[先看等待事件，再。]{1,12}",
        "[サーバがー]{1,6}",
        "[먼저대기]{1,6}",
        Just("innodb_buffer_pool".to_owned()),
        Just("`SELECT a FROM b`".to_owned()),
        Just("[pause]".to_owned()),
        Just("https://example.com/a".to_owned()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 1..12).prop_map(|pieces| pieces.join(" "))
}

fn lang() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("en"), Just("zh-CN"), Just("ja"), Just("ko")]
}

fn slide(note: &str) -> String {
    format!("# A\n\nWords\n\n<!--\nSo {note}\n-->\n")
}

fn of(lang: &str, rates: &str, slides: &[String]) -> Estimate {
    let front = format!("lang: {lang}\ntiming:\n  notes: script\n{rates}");
    let text = format!("---\ntitle: T\n{front}---\n\n{}", slides.join("\n---\n\n"));
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    let talk = crate::parse::parse(&mut sources, "talk.md", text.as_bytes(), &MemoryLoader::default(), &mut found);
    assert!(!found.has_errors(), "{text}\n{found:?}");
    estimate(&talk)
}

fn close(one: Duration, other: Duration) -> bool {
    one.abs_diff(other) < Duration::from_millis(1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_text_never_takes_less(lang in lang(), before in text(), after in text()) {
        let short = of(lang, "", &[slide(&before)]);
        let long = of(lang, "", &[slide(&format!("{before} {after}"))]);
        prop_assert!(long.total.time() >= short.total.time());
        prop_assert!(long.total.longest() >= short.total.longest());
        prop_assert_eq!(long.slides[0].basis, Basis::Notes);
    }

    #[test]
    fn slides_add_up_in_any_order(lang in lang(), notes in proptest::collection::vec(text(), 1..6), at in 0_usize..6) {
        let mut slides: Vec<String> = notes.iter().map(|note| slide(note)).collect();
        let whole = of(lang, "", &slides).total;
        let mut sum = Duration::ZERO;
        for slide in &slides {
            sum += of(lang, "", std::slice::from_ref(slide)).total.time();
        }
        prop_assert!(close(whole.time(), sum), "{:?} and {sum:?}", whole.time());
        let length = slides.len();
        slides.rotate_left(at % length);
        slides.reverse();
        let other = of(lang, "", &slides).total;
        prop_assert!(close(whole.time(), other.time()) && close(whole.longest(), other.longest()));
    }

    #[test]
    fn speaking_twice_as_fast_takes_half_the_speech(lang in lang(), note in text(), factor in 1_u32..5) {
        let rates = |factor: u32| {
            let rate = |usual: u32| usual * factor;
            let (han, word, kana, hangul) = (rate(200), rate(140), rate(280), rate(270));
            format!("  rates: {{han: {han}, word: {word}, kana: {kana}, hangul: {hangul}}}\n")
        };
        let slow = of(lang, &rates(1), &[slide(&note)]).total;
        let fast = of(lang, &rates(factor), &[slide(&note)]).total;
        prop_assert!(close(slow.speech_time(), fast.speech_time() * factor));
        prop_assert!(close(slow.time() + fast.speech_time(), fast.time() + slow.speech_time()));
    }

    #[test]
    fn a_plan_uses_the_budget_whole(notes in proptest::collection::vec(text(), 1..6), slot in 5_u64..90) {
        let slides: Vec<String> = notes.iter().map(|note| slide(note)).collect();
        let talk = talk(&format!("duration: {slot}m\n"), &slides.join("\n---\n\n"));
        let planned: Duration = plan(&talk, &estimate(&talk)).into_iter().flatten().sum();
        let budget = Budget::of(&talk.meta).map(|budget| budget.speaking()).unwrap_or_default();
        prop_assert!(close(planned, budget), "{planned:?} of {budget:?}");
    }
}
