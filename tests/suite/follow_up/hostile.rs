//! Text in every field that would do something in some program: formulas, tags, marks of the formats, writing from right
//! to left, line ends and tabs, and a very long answer.

use super::{built, column, entries, import, read, talk};
use crate::project::Project;

pub(super) fn hostile() -> Project {
    let words = "word ".repeat(2_000);
    built(&talk("hostile").replace("LONG LONG", words.trim()))
}

/// What a reader of HTML shows of a text without tags.
fn shown(html: &str) -> String {
    let mut text = html.to_owned();
    for (entity, mark) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#91;", "["), ("&#123;", "{"), ("&amp;", "&")]
    {
        text = text.replace(entity, mark);
    }
    text
}

#[test]
fn cards_hold_the_text_and_nothing_that_acts() {
    let found = import(&hostile());
    let notes = found["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 3, "the probe has none");
    for note in notes {
        assert_eq!(note["fields"].as_array().unwrap().len(), 2);
        assert_eq!(note["decks"][0], "=HYPERLINK(\"https://evil.example\"):sub </script> 🙈 \u{202e}ltr, a;b\\c x");
        assert_eq!(note["tags"], serde_json::json!(["retell::-id---script---"]));
        for field in note["fields"].as_array().unwrap() {
            let field = field.as_str().unwrap();
            for active in ["<script", "</script", "onclick", "<img", "javascript:", "[sound:", "[latex]", "{{"] {
                assert!(!field.contains(active), "{active} in {field}");
            }
        }
    }
    let field = |note: usize, at: usize| shown(notes[note]["fields"][at].as_str().unwrap());
    assert!(
        field(0, 0).starts_with(
            "=cmd|' /C calc'!A0 what <code></script></code> first <script>alert(1)</script>, [sound:x.mp3]"
        )
    );
    assert!(field(0, 1).contains("~50%=%100%wrong#feedback:colon"), "{}", field(0, 1));
    assert!(field(0, 1).contains("第二行、𠮷 \u{202e}abc"));
    assert!(field(1, 0).contains("שלום") && field(1, 0).contains("مرحبا"));
    assert!(field(2, 1).matches("word").count() >= 4_000, "nothing is cut off");
}

#[test]
fn tables_hold_the_text_and_no_formula() {
    let found = read("csv", &[hostile().path("dist/t/questions.csv")]);
    let rows = found.as_array().unwrap();
    assert_eq!(column(rows, "id").len(), 4);
    for row in rows {
        for (name, cell) in row.as_object().unwrap() {
            let cell = cell.as_str().unwrap();
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{name}: {cell}");
            assert!(!cell.contains(['\n', '\r', '\t']), "{name}: {cell}");
        }
    }
    assert!(rows[0]["question"].as_str().unwrap().starts_with("'=cmd|' /C calc'!A0 what </script> first <script>"));
    assert!(rows[0]["why"].as_str().unwrap().starts_with("'@SUM(1+1)*cmd|"));
    assert_eq!(rows[2]["answer"].as_str().unwrap().split(' ').count(), 2_000);
    assert_eq!(rows[3]["answer"], "\"quoted, with a comma\" and `ticks` a`b");
    assert!(rows[3]["tags"].as_str().unwrap().ends_with(" probe"));
}

#[test]
fn a_page_of_questions_shows_the_text_and_makes_no_tags() {
    let found = read("markdown", &[hostile().path("dist/t/questions.md")]);
    let html = found.as_str().unwrap();
    for active in ["<script", "</script", "<b ", "<img", "<a ", "<h3"] {
        assert!(!html.contains(active), "{active} in {html}");
    }
    assert_eq!(html.matches("<h1>").count(), 1);
    assert_eq!(html.matches("<ol>").count(), 2, "no list within a list:\n{html}");
    assert_eq!(html.matches("<li>").count(), 8);
    assert!(html.contains("# no heading, 1. no list, &#36;CATEGORY: x, ::name::"), "{html}");
    assert!(html.contains("<code>a`b</code>"));
}

/// Marks of GIFT that are not hidden by a backslash.
fn marks(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '~' | '=' | '#' | '{' | '}' | ':' => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn a_quiz_has_only_the_marks_that_are_its_own() {
    let text = hostile().read("dist/t/questions.gift");
    let blocks: Vec<&str> = text.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    let (categories, questions): (Vec<&str>, Vec<&str>) =
        blocks.iter().partition(|block| block.starts_with("$CATEGORY: "));
    assert_eq!((categories.len(), questions.len()), (2, 4));
    assert!(categories.iter().all(|line| line.lines().count() == 1));
    assert_eq!(marks(questions[0]), "::::{=~~####}", "one right and two wrong answers:\n{}", questions[0]);
    for question in &questions[1..] {
        assert_eq!(marks(question), "::::{####}", "{question}");
    }
    let questions = questions.join("\n");
    assert!(!questions.contains('%'), "no answer gives its worth");
    assert!(!questions.replace("<br>", "").contains('<'), "{questions}");
}

#[test]
fn an_entry_holds_the_text_of_a_few_lines() {
    let found = entries(&hostile());
    assert_eq!(found.len(), 1);
    let (summary, words) = (found[0]["summary"].as_str().unwrap(), found[0]["description"].as_str().unwrap());
    assert_eq!(summary, "Recall: =HYPERLINK(\"https://evil.example\")::sub </script> 🙈 \u{202e}ltr, a;b\\c x (day 2)");
    assert!(
        words.contains("\n• =cmd|' /C calc'!A0 what </script> first <script>alert(1)</script>, [sound:x.mp3]"),
        "{words}"
    );
    assert!(words.ends_with("\nAsk @contact; a, b\\ </script>"), "{words}");
    assert!(words.chars().count() < 1_000);
}

#[test]
fn hostile_talks_build_twice_to_the_same_bytes() {
    let project = hostile();
    let text = ["cards.txt", "follow-up.ics", "questions.csv", "questions.md", "questions.gift", "pack.json"];
    let names = text.into_iter().chain(["follow-up.html", "follow-up.pdf"]);
    let read = || {
        names
            .clone()
            .map(|name| std::fs::read(project.path(&format!("dist/t/{name}"))).expect(name))
            .collect::<Vec<_>>()
    };
    let first = read();
    project.run(["build", "t"]).exit(0);
    assert!(first == read(), "the files differ");
}
