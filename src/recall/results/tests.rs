use proptest::prelude::*;

use super::*;

fn read(texts: &[&str]) -> Collected {
    let mut collected = Collected::new(None);
    for (at, text) in texts.iter().enumerate() {
        collected.read(&format!("{at}.txt"), text.as_bytes());
    }
    collected
}

fn flaw(text: &str) -> Option<Flaw> {
    read(&[text]).flaws().iter().next().map(|(flaw, _)| flaw)
}

#[test]
fn a_line_is_written_as_it_is_read() {
    for text in [
        "RT1 rds-2026 d7 first-check=2,pool=1 m1r1a0 ~x7Qk",
        "RT1 rds-2026 d90 m0r0a0 ~x7Qk",
        "RT1 %E9%94%81 d0 a%2Cb%3Dc=2,%E7%AD%89%E5%BE%85=0 +k6=tried,%E5%BA%93=dropped ~abcdef0123",
    ] {
        assert_eq!(ResultLine::read(text).unwrap().to_string(), text);
    }
    let line = ResultLine::read("RT1 %e9%94%81 d0 a%2Cb%3Dc=2 +k6=decided ~x7Qk").unwrap();
    assert_eq!((line.talk.as_str(), line.answers["a,b=c"]), ("锁", 2));
    assert_eq!(line.decisions["k6"], Decision::Decided);
}

#[test]
fn lines_are_found_with_any_text_around_them() {
    let line = "RT1 rds d7 a=2,b_c=1 m1r1a0 ~x7Qk";
    for text in [
        format!("{line}\r\n"),
        format!("> > {line}  \nthanks!"),
        format!("[09:12] 林：{line}，谢谢"),
        format!("**{line}**"),
        format!("`{line}`"),
        format!("- [x] {line}."),
        format!("{{\"text\":\"hi\\n{line}\\nbye\"}}"),
        format!("<p>{line}</p>"),
        "RT1\u{a0}rds  d7 a=2,b\\_c=1\tm1r1a0 \\~x7Qk".to_owned(),
        format!("{{\"v\":1,\"event\":\"result\",\"line\":\"{line}\"}}"),
        format!("\u{feff}{line}"),
    ] {
        let found = read(&[&text]);
        let person = found.talks.get("rds").and_then(|people| people.get("x7Qk")).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(person[0].to_string(), line, "{text}");
        assert_eq!(found.flaws().iter().count(), 0, "{text}");
    }
    assert_eq!(read(&["RT1 rds d0 a=1 ~aaaa RT1 rds d0 a=2 ~bbbb"]).count(), 2);
}

#[test]
fn texts_of_other_systems_are_read() {
    let line = "RT1 rds d7 a=2 ~x7Qk\r\n";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(line.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut collected = Collected::new(None);
    collected.read("wide.txt", &wide);
    collected.read("gbk.txt", b"\xc1\xd6\xa3\xba RT1 rds d7 a=2 ~y8Rm \xd0\xbb\nRT1 rds d7 \xd0=1 ~zzzz\n");
    assert_eq!(collected.count(), 2);
    assert_eq!(collected.not_utf8(), ["gbk.txt"]);
}

#[test]
fn what_is_wrong_is_told() {
    let cases = [
        ("RT1 rds d7 a=2", Flaw::CutOff),
        ("RT1 rds d7 a=", Flaw::CutOff),
        ("see RT1", Flaw::CutOff),
        ("RT2 rds d7 a=2 ~x7Qk", Flaw::OtherVersion),
        ("RT1 r%zz d7 a=2 ~x7Qk", Flaw::Id),
        ("RT1 r%0As d7 a=2 ~x7Qk", Flaw::Id),
        ("RT1 rds d7 =2 ~x7Qk", Flaw::Id),
        ("RT1 rds d9999 a=2 ~x7Qk", Flaw::Day),
        ("RT1 rds d-1 a=2 ~x7Qk", Flaw::Day),
        ("RT1 rds 7 a=2 ~x7Qk", Flaw::Day),
        ("RT1 rds d7 a=3 ~x7Qk", Flaw::Score),
        ("RT1 rds d7 a=1.5 ~x7Qk", Flaw::Score),
        ("RT1 rds d7 m0r1a0 ~x7Qk", Flaw::Behaviour),
        ("RT1 rds d7 m2r0a0 ~x7Qk", Flaw::Behaviour),
        ("RT1 rds d7 +k6=loved ~x7Qk", Flaw::Decision),
        ("RT1 rds d7 a=2,a=0 ~x7Qk", Flaw::Repeated),
        ("RT1 rds d7 m1r1a1 a=2 ~x7Qk", Flaw::Field),
        ("RT1 rds d7 a ~x7Qk", Flaw::Field),
        ("RT1 rds d7 a=2 ~x7", Flaw::Token),
        ("RT1 rds d7 ~x7Qk", Flaw::Nothing),
        ("{\"event\":\"result\"}", Flaw::RoomEntry),
    ];
    for (text, expected) in cases {
        let found = read(&[text]);
        assert_eq!(flaw(text), Some(expected), "{text}");
        assert_eq!(found.count(), 0, "{text}");
    }
    for text in ["RT2 is a road", "ART1 rds", "RT12 trains", "{\"event\":\"question\",\"text\":\"RT1 what\"}", "RT1."] {
        assert_eq!(flaw(text), None, "{text}");
    }
}

#[test]
fn of_two_goes_the_first_counts_whichever_comes_first() {
    let (first, second) = ("RT1 rds d7 a=0,b=1 ~x7Qk", "RT1 rds d7 a=2,b=2 ~x7Qk");
    for texts in [[first, second], [second, first]] {
        let found = read(&texts);
        assert_eq!(found.talks["rds"]["x7Qk"][0].answers["a"], 0);
        assert_eq!(found.flaws().iter().next().unwrap().0, Flaw::Contradiction);
    }
}

/// `count` people with the same answers on day 0 and others on day 7.
fn group(count: usize, talk: &str) -> String {
    let line = |n: usize, day: usize| {
        let (a, b) = if day == 0 { (2, 1) } else { (n % 3, 1) };
        format!("RT1 {talk} d{day} a={a},b={b} m1r1a{} +k6=tried ~tok{n}x\n", n % 2)
    };
    (0..count).flat_map(|n| [line(n, 0), line(n, 7)]).collect()
}

#[test]
fn nothing_is_shown_of_fewer_than_five() {
    let four = Results::new(&read(&[&group(4, "rds")]), None);
    assert_eq!((four.talks.len(), four.other_talks), (0, 1));
    let both = Results::new(&read(&[&group(5, "rds"), &group(4, "k8s"), "RT1 rds d30 c=0 ~tok0x\n"]), None);
    let talk = &both.talks[0];
    assert_eq!((talk.id.as_str(), talk.other_questions), ("rds", 1));
    let later = &talk.overall[1];
    assert_eq!((later.day, later.people, later.mean), (7, 5, Some(0.45)));
    assert_eq!(talk.rounds[2].people, 1);
    assert_eq!(talk.overall[2].mean, None);
    assert_eq!(talk.behaviour[1].recognised, Some(1.0));
    assert_eq!(talk.proposals[0].told, Some(Told { tried: 5, decided: 0, dropped: 0 }));
}

#[test]
fn changes_are_those_of_people_who_answered_both_ends() {
    let late = "RT1 rds d7 a=0,b=0 ~late\nRT1 rds d0 a=2 ~soon\n";
    let results = Results::new(&read(&[&group(6, "rds"), late]), None);
    let a = &results.talks[0].questions[0].rounds[1];
    assert_eq!((a.people, a.mean), (7, Some(0.4286)));
    let change = a.change.as_ref().unwrap();
    let figures = change.figures.unwrap();
    assert_eq!((change.since, change.people), (0, 6));
    assert_eq!((figures.before, figures.after, figures.difference), (1.0, 0.5, -0.5));
    assert!(figures.interval.0 < -0.5 && figures.interval.1 > -0.5, "{figures:?}");
    assert_eq!(results.talks[0].rounds[1].rate, Some(1.0));
    assert_eq!(results.talks[0].weakest.iter().map(|weak| weak.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

fn any_line() -> impl Strategy<Value = ResultLine> {
    let answers = prop::collection::btree_map("[a-c锁, %=~+]{1,4}", 0..3_u8, 1..4);
    let behaviour = prop::option::of((any::<bool>(), any::<bool>(), any::<bool>()));
    let decision = prop::sample::select(vec![Decision::Tried, Decision::Decided, Decision::Dropped]);
    let decisions = prop::collection::btree_map("[a-z\\-+~]{1,3}", decision, 0..3);
    let ids = ("[ab]", prop::sample::select(vec![0_u16, 7, 30]), "[ab]{2}[0-9]{2}");
    (ids, answers, behaviour, decisions).prop_map(|((talk, day, token), answers, behaviour, decisions)| ResultLine {
        talk,
        day,
        answers: answers.into_iter().map(|(id, score)| (id.replace(' ', "_"), score)).collect(),
        behaviour: behaviour.map(|(met, recognised, acted)| Behaviour {
            met,
            recognised: met && recognised,
            acted: met && acted,
        }),
        decisions,
        token,
    })
}

proptest! {
    #[test]
    fn every_line_comes_back(line in any_line()) {
        let text = line.to_string();
        prop_assert!(text.is_ascii());
        prop_assert_eq!(ResultLine::read(&text), Ok(line));
    }

    #[test]
    fn order_and_doubling_change_nothing(
        lines in prop::collection::vec(any_line(), 0..60).prop_flat_map(|lines| {
            let all = lines.clone();
            (Just(lines), Just(all).prop_shuffle(), any::<prop::sample::Index>())
        })
    ) {
        let (lines, shuffled, at) = lines;
        let text = |lines: &[ResultLine]| lines.iter().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n") + "\n";
        let figures = |texts: &[&str]| Results::new(&read(texts), None).talks;
        let once = figures(&[&text(&lines)]);
        let twice = text(&shuffled[at.index(shuffled.len() + 1).min(shuffled.len())..]);
        prop_assert_eq!(once, figures(&[&text(&shuffled), &twice]));
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in 0..60_usize) {
        let mut collected = Collected::new(Some(Expected::default()));
        collected.read("bytes", &bytes);
        let mut damaged = b"RT1 rds-2026 d7 first-check=2,pool=1 m1r1a0 +k6=tried ~x7Qk"[..].to_vec();
        damaged.splice(cut.min(damaged.len())..cut.min(damaged.len()), bytes);
        collected.read("damaged", &damaged);
        let _ = Results::new(&collected, None);
    }
}
