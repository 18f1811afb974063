use crate::diagnostic::Diagnostics;
use crate::parse::parse;
use crate::recall::due::due;
use crate::recall::{Deadline, FollowUp};
use crate::source::{MemoryLoader, Sources};
use crate::talk::plain_text;

fn follow_up(front: &str, slides: &str) -> Option<FollowUp> {
    with_kept("", front, slides)
}

/// The follow-up of a talk with a `qa.yaml` beside it.
fn with_kept(kept: &str, front: &str, slides: &str) -> Option<FollowUp> {
    let text = format!("---\ntitle: Slow pools\nlang: en\n{front}---\n\n{slides}");
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    let loader = MemoryLoader::default().with("qa.yaml", kept);
    let talk = parse(&mut sources, "t/talk.md", text.as_bytes(), &loader, &mut found);
    FollowUp::of(&talk)
}

/// A slide with a question of that id; none when it is empty.
fn question(id: &str, ask: &str, more: &str) -> String {
    let id = if id.is_empty() { String::new() } else { format!(" #{id}") };
    format!("## About {ask}\n\n```recall{id}\nask: {ask}\nanswer: So.\n{more}```\n\n---\n\n")
}

#[test]
fn a_talk_without_recall_data_has_none() {
    assert_eq!(follow_up("", "# A slide\n\n```qa\nask: Why?\n```\n"), None);
    let hidden = format!("<!-- hidden -->\n\n{}# Shown\n", question("a", "What?", ""));
    assert_eq!(follow_up("", &hidden), None, "hidden slides are left out");
}

#[test]
fn back_links_count_slides_as_shown() {
    let slides = format!(
        "# Start\n\n---\n\n<!-- hidden -->\n\n# Hidden\n\n---\n\n<!-- backup -->\n\n{}{}",
        question("late", "Late?", ""),
        question("early", "Early?", "")
    );
    let made = follow_up("", &slides).unwrap();
    let links: Vec<_> = made.items.iter().map(|item| (item.id.as_str(), item.slide.number, &*item.slide.id)).collect();
    assert_eq!(links, [("early", 2, "about-early"), ("late", 3, "about-late")], "backup slides come last");
    assert_eq!(made.items[0].slide.title, "About Early?");
}

#[test]
fn ids_are_the_authors_or_follow_the_words() {
    let ids = |slides: &str| follow_up("", slides).unwrap().items.into_iter().map(|item| item.id).collect::<Vec<_>>();
    let first = ids(&(question("", "What  first?", "") + &question("", "What first?", "")));
    assert_eq!(first, [first[0].clone(), format!("{}-2", first[0])], "each once");
    assert!(first[0].starts_with("q-") && first[0].len() == 10, "{first:?}");
    assert_eq!(ids(&question("", "what first?", "why: So.\n"))[0], first[0], "only the words count");
    assert_ne!(ids(&question("", "What second?", ""))[0], first[0]);
    assert_eq!(follow_up("", &question("a", "?", "")).unwrap().id, "slow-pools");
    assert_eq!(follow_up("recall: {id: pools 2026}\n", &question("a", "?", "")).unwrap().id, "pools-2026");
}

#[test]
fn deadlines_are_dates_when_the_talk_has_one() {
    let adopt = |by: &str| format!("# A\n\n```adopt\ntool: k6\ndecide-by: {by}\n```\n");
    let by = |front: &str, by: &str| follow_up(front, &adopt(by)).unwrap().adoptions[0].decide_by;
    let on = |date: &str| Some(Deadline::On(date.parse().unwrap()));
    assert_eq!(by("date: 2026-12-04\n", "+14d"), on("2026-12-18"));
    assert_eq!(by("date: 2026-12-04\n", "+2w"), on("2026-12-18"));
    assert_eq!(by("", "+14d"), Some(Deadline::After(14)));
    assert_eq!(by("", "2026-12-24"), on("2026-12-24"));
    assert_eq!(by("date: 9999-12-30\n", "+14d"), None);
}

#[test]
fn the_probe_and_other_wordings_come_in_the_last_round() {
    let slides: String = (1..=6)
        .map(|n| {
            question(
                &format!("q{n}"),
                &format!("Wording {n}?"),
                if n == 2 { "probe: true\n" } else { "variant: Other?\n" },
            )
        })
        .collect();
    let made = follow_up("date: 2026-12-04\nrecall: {schedule: [30d, 7d]}\n", &slides).unwrap();
    let days: Vec<_> = made.rounds.iter().map(|round| (round.day, round.is_last, round.asks_behaviour())).collect();
    assert_eq!(days, [(7, false, false), (30, true, true)]);
    let ids = |round| made.asked_in(round).iter().map(|asked| asked.item.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids(&made.rounds[0]), ["q1", "q3", "q4", "q5", "q6"]);
    assert_eq!(ids(&made.rounds[1]), ["q1", "q2", "q3", "q4", "q5", "q6"]);
    assert_eq!(plain_text(made.asked_in(&made.rounds[0])[0].ask), "Wording 1?");
    assert_eq!(plain_text(made.asked_in(&made.rounds[1])[0].ask), "Other?");
    let talk: Vec<_> = made.asked_at_the_talk().iter().map(|item| item.id.as_str()).collect();
    assert_eq!(talk, ["q1", "q3", "q5"], "spread over the talk, without the probe");
    let invited =
        |at: usize| made.invitation(&made.rounds[at]).iter().map(|asked| asked.item.id.as_str()).collect::<Vec<_>>();
    assert_eq!((invited(0), invited(1)), (vec!["q1", "q3"], vec!["q4", "q5"]));
}

#[test]
fn a_question_links_to_its_slide_or_stays_where_it_was_asked() {
    let front = "qa: [{ask: A?, slide: there}, {ask: B?}, {ask: C?, slide: nowhere}]\n";
    let slides = format!("{}## There {{#there}}\n\n```qa\nask: D?\n```\n", question("q", "Q?", ""));
    let made = follow_up(front, &slides).unwrap();
    let links: Vec<_> = made.questions.iter().map(|asked| asked.slide.as_ref().map(|link| link.number)).collect();
    assert_eq!(links, [Some(2), None, None, Some(2)]);
}

#[test]
fn what_the_audience_asked_follows_what_was_prepared_and_comes_once() {
    let kept = "- {ask: rude, state: hidden}\n- {ask: 'Is *it* safe?', slide: there}\n- {ask: why  NOT?, answer: '*So.*'}\n\
                - {ask: is *it* safe?, answer: Yes.}\n- {ask: Later?, state: later, slide: nowhere}\n";
    let slides = format!("{}## There {{#there}}\n\n```qa\nask: D?\n```\n", question("q", "Q?", ""));
    let made = with_kept(kept, "qa: [{ask: Why not?}]\n", &slides).unwrap();
    let said = |text: &Option<Vec<_>>| text.as_ref().map(|text| plain_text(text)).unwrap_or_default();
    let told: Vec<_> = made
        .questions
        .iter()
        .map(|asked| (plain_text(&asked.ask), said(&asked.answer), asked.from_audience, asked.slide.is_some()))
        .collect();
    let expected = [
        ("Why not?", "So.", false, false),
        ("D?", "", false, true),
        ("is *it* safe?", "Yes.", true, false),
        ("Later?", "", true, false),
    ];
    assert_eq!(told, expected.map(|(ask, answer, from, slide)| (ask.to_owned(), answer.to_owned(), from, slide)));
}

#[test]
fn links_lead_to_a_round() {
    let link = |link: &str| {
        let made = follow_up(&format!("recall: {{link: '{link}'}}\n"), &question("q", "Q?", "")).unwrap();
        made.link_to(&made.rounds[1])
    };
    assert_eq!(link("https://a.example/f.html").as_deref(), Some("https://a.example/f.html?d=7"));
    assert_eq!(link("https://a.example/?p=1#top").as_deref(), Some("https://a.example/?p=1&d=7#top"));
    for wrong in ["follow-up.html", "file:///f.html", "https://", "javascript:alert(1)", "https://a b"] {
        assert_eq!(link(wrong), None, "{wrong}");
    }
}

#[test]
fn a_round_is_due_for_a_week_and_the_next_one_is_named() {
    let slides =
        question("a", "What first?", "") + "## T\n\n```adopt #k6\ntool: k6\ndecide-by: 2026-12-10\nowner: db\n```\n";
    let made = follow_up("date: 2026-12-04\nrecall: {schedule: [2d, 7d, 30d]}\n", &slides).unwrap();
    let on = |day: &str| due(&made, day.parse().unwrap());
    let now = |day: &str| on(day).now.map(|round| (round.day, round.late));
    let next = |day: &str| on(day).next.map(|round| (round.day, round.ahead));
    // Two days after a Friday is a Sunday, so Monday.
    assert_eq!((now("2026-12-04"), next("2026-12-04")), (None, Some((2, 3))));
    assert_eq!((now("2026-12-07"), next("2026-12-07")), (Some((2, 0)), Some((7, 4))));
    assert_eq!(now("2026-12-10"), Some((2, 3)));
    assert_eq!(now("2026-12-11"), Some((7, 0)), "the last round that has come");
    assert_eq!((now("2026-12-18"), now("2026-12-19")), (Some((7, 7)), None));
    assert_eq!((now("2027-01-05"), next("2027-01-05")), (Some((30, 1)), None));
    let late = |day: &str| on(day).decisions.first().map(|decision| decision.late);
    assert_eq!((late("2026-12-09"), late("2026-12-10"), late("2027-03-10")), (None, Some(0), Some(90)));
    assert_eq!(late("2027-03-11"), None, "nobody will decide any more");
}

#[test]
fn a_message_asks_and_does_not_answer() {
    let slides = question("a", "What\n  first?", "") + &question("b", "What then?", "probe: true\n");
    let front = "date: 2026-12-04\nrecall: {link: 'https://talks.example/follow-up.html'}\n";
    let made = follow_up(front, &slides).unwrap();
    let message = due(&made, "2026-12-11".parse().unwrap()).now.unwrap().message;
    assert_eq!(
        message,
        "Recall: Slow pools (day 7)\nFive minutes. Answer first, then check.\n\n1. What first?\n\n\
         Check here https://talks.example/follow-up.html?d=7\n"
    );
    let undated = due(&follow_up("", &slides).unwrap(), "2026-12-11".parse().unwrap());
    assert_eq!((undated.now, undated.next), (None, None));
}
