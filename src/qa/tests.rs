use proptest::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::parse::kept_questions;
use crate::qa::{NewQuestion, Room, append};
use crate::source::Sources;
use crate::talk::{KeptQuestion, QuestionState};

fn read(text: &str) -> Vec<KeptQuestion> {
    let mut found = Diagnostics::default();
    let kept = kept_questions(&mut Sources::default(), "qa.yaml", text.as_bytes(), &mut found);
    let found: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert!(found.is_empty(), "{found:?} in\n{text}");
    kept
}

fn entry(ask: &str) -> NewQuestion {
    NewQuestion { ask: ask.to_owned(), ..NewQuestion::default() }.cleaned()
}

/// Each text once as the question, once as the name, in one file.
fn survives(texts: &[&str]) {
    let entries: Vec<NewQuestion> = texts
        .iter()
        .map(|text| {
            NewQuestion { by: Some((*text).to_owned()), slide: Some((*text).to_owned()), ..entry(text) }.cleaned()
        })
        .filter(|entry| !entry.ask.is_empty())
        // An id has no mark before it.
        .map(|entry| NewQuestion { slide: entry.slide.filter(|id| !id.starts_with('#')), ..entry })
        .collect();
    let text = append("", &[], &entries, "en");
    let kept = read(&text);
    assert_eq!(kept.len(), entries.len(), "{text}");
    for (entry, kept) in entries.iter().zip(&kept) {
        assert!(entry.reads_as(kept), "{entry:?} became {kept:?} in\n{text}");
    }
}

const HOSTILE: [&str; 48] = [
    "\"",
    "'",
    "\"a\" 'b'",
    "it's",
    "a: b",
    "a:b",
    ": a",
    "a:",
    "#",
    "a # b",
    "# a",
    "- a",
    "-a",
    "-",
    "--- ",
    "...",
    "? a",
    "?",
    "! a",
    "!!str x",
    "!",
    "& a",
    "&a b",
    "*a",
    "@a",
    "`a`",
    "|",
    "> a",
    "%a",
    "{{ x }}",
    "{% x %}",
    "[",
    "[[[[[[[[[[[[",
    "{a: b}",
    "]",
    ",",
    "</script><b>",
    "=cmd|' /C calc'!A0",
    "\\",
    "\\n",
    "a\nb",
    "a\n- ask: b",
    "\u{202e}txt",
    "👩‍👩‍👧 为什么？",
    "null",
    "~",
    "2026-12-04",
    "0x1F",
];

#[test]
fn hostile_texts_read_back_as_they_were() {
    survives(&HOSTILE);
    for text in HOSTILE {
        survives(&[text]);
    }
}

#[test]
fn many_brackets_hinder_nobody() {
    let entries: Vec<NewQuestion> = (0..200).map(|n| entry(&format!("{n}: [ {{ [why {{ ( [\" ' \\"))).collect();
    let kept = read(&append("", &[], &entries, "en"));
    assert!(entries.iter().zip(&kept).all(|(entry, kept)| entry.reads_as(kept)));
    assert_eq!(kept.len(), 200);
}

#[test]
fn texts_that_need_no_quotes_have_none() {
    let new = NewQuestion {
        slide: Some("compare".into()),
        from: Some("room/2026-12-04.jsonl#q7".into()),
        support: 7,
        state: Some(QuestionState::Later),
        asked: "2026-12-04".parse().ok(),
        ..entry("为什么不直接上 Aurora？")
    };
    assert_eq!(
        append("", &[], &[new], "de"),
        "# Questions asked about this talk. Answer them here; `retell build` carries them into the follow-up sheet.\n\
         - ask: 为什么不直接上 Aurora？\n  answer:\n  slide: compare\n  support: 7\n  asked: 2026-12-04\n  state: later\n  \
         from: room/2026-12-04.jsonl#q7\n"
    );
}

#[test]
fn what_a_person_wrote_stays_as_it_is() {
    for old in [
        "- ask: A\n",
        "- ask: A",
        "\u{feff}# mine\r\n- ask: A  # why\r\n  answer: |\r\n    one\r\n\r\n    two\r\n",
        "  - ask: A\n    answer: >-\n      folded\n      text",
        "-\n  ask: A\n# at the end\n\n",
        "---\n- {ask: A, answer: B}\n",
    ] {
        let kept = read(old);
        let new = append(old, &kept, &[entry("B: b"), entry("C")], "en");
        assert!(new.starts_with(old), "{new}");
        let again = read(&new);
        assert_eq!(again.len(), 3, "{new}");
        assert!(kept[0].says_the_same(&again[0]), "{new}");
        assert_eq!(old.contains('\r'), !new.replace("\r\n", "").contains('\n') && new.contains('\r'), "{new:?}");
    }
}

#[test]
fn the_last_mark_and_each_supporter_counts() {
    let text = concat!(
        "{\"event\":\"room\",\"format\":\"retell-room/1\",\"at\":\"2026-12-04T10:00:00Z\"}\n",
        "{\"event\":\"ask\",\"id\":\"q1\",\"text\":\" Why? \",\"at\":\"2026-12-04T10:01:00+08:00\"}\n",
        "{\"event\":\"support\",\"id\":\"q1\",\"by\":\"aa\"}\n{\"event\":\"support\",\"id\":\"q1\",\"by\":\"aa\"}\n",
        "{\"event\":\"support\",\"id\":\"q1\",\"by\":\"bb\"}\n{\"event\":\"mark\",\"id\":\"q1\",\"as\":\"answered\"}\n",
        "{\"event\":\"mark\",\"id\":\"q1\",\"as\":\"later\"}\n{\"event\":\"mark\",\"id\":\"q1\",\"as\":\"shown\"}\n",
    );
    let room = Room::read("r.jsonl", "room/r.jsonl", text.as_bytes());
    assert_eq!((room.faults.len(), room.asked.len()), (0, 1), "{:?}", room.faults);
    let asked = &room.asked[0];
    assert_eq!((asked.support, asked.mark, asked.text.as_str()), (2, Some(QuestionState::Later), "Why?"));
    assert_eq!(asked.day.map(|day| day.to_string()).as_deref(), Some("2026-12-04"));
}

proptest! {
    #[test]
    fn any_text_reads_back(texts in prop::collection::vec("\\PC{0,40}|[\\s\\PC]{0,20}|[-?!:#'\"\\\\\\[{}&*|>%@`,. a\n\t]{0,12}", 1..6)) {
        survives(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_are_read_as_a_room(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let room = Room::read("r.jsonl", "room/r.jsonl", &bytes);
        prop_assert!(room.fault_count <= bytes.split(|byte| *byte == b'\n').count());
    }
}
