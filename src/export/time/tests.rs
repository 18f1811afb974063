use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::figures::{cut, escape, standing};
use super::labels::Words;
use super::time;
use crate::parse::parse;
use crate::source::{MemoryLoader, Sources};
use crate::timing::{Practice, Sheet, SheetRun};

const HOSTILE: &str = "</title></script><!--<img src=x onerror=alert(1)>\\\" & `'";

/// Two sections of slides of each kind.
fn talk(front: &str) -> String {
    let words = "These words make a sentence for the talk. ".repeat(20);
    format!(
        "---\ntitle: {title}\n{front}---\n\n<!-- section: {HOSTILE} 3m -->\n\n# {HOSTILE} {{#one}}\n\n::: steps\n- A\n- B\n:::\n\n\
         <!-- {words}\n[click] {words}\n[click] {words} -->\n\n---\n\n<!-- section: Two -->\n<!-- optional -->\n\n## Guessed\n\n---\n\n\
         ## Own\n\n<!-- time: 90s -->\n\n---\n\n## Demo\n\n![a](a.png)\n\n<!-- demo: 1m -->\n<!-- {words} -->\n",
        title = serde_json::to_string(HOSTILE).unwrap(),
    )
}

fn sheet(front: &str, last: Option<SheetRun>) -> Sheet {
    let (mut sources, mut found) = (Sources::default(), crate::diagnostic::Diagnostics::default());
    let talk = parse(&mut sources, "talk.md", talk(front).as_bytes(), &MemoryLoader::default(), &mut found);
    Sheet::new(&talk, &Practice::default(), last)
}

fn run() -> SheetRun {
    let slides = BTreeMap::from([("one".to_owned(), 200.0), ("own".to_owned(), 100.0)]);
    SheetRun { recording: "r".into(), started: "2026-03-01T10:00:00Z".into(), live: false, time: 300.0, slides }
}

fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    page.rsplit_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn titles_cannot_leave_their_place() {
    let page = time(&sheet("lang: en\nduration: 9m\n", Some(run())));
    assert!(!page.contains("<img") && !page.contains("<!--<"));
    assert_eq!(page.matches("</title").count(), 1, "the title of the page, and none of a slide");
    assert_eq!(page.matches("</script").count(), 2, "the data and the script");
    let data: serde_json::Value =
        serde_json::from_str(between(&page, "<script type=\"application/json\">", "</script>")).unwrap();
    assert!(data[0]["heading"].as_str().unwrap().contains("</script><!--<img"), "{data}");
    assert_eq!(data.as_array().unwrap().len(), page.matches("data-item=").count());
}

#[test]
fn the_policy_names_script_and_style_as_they_stand_in_the_page() {
    let page = time(&sheet("lang: en\n", None));
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; "));
    assert!(policy.contains(&format!("script-src {};", hash(between(&page, "<script>", "</script>")))));
    assert!(policy.contains(&format!("style-src {};", hash(between(&page, "<style>", "</style>")))));
    assert!(!page.contains(" style=\""), "the policy refuses styles in attributes");
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing is fetched");
}

#[test]
fn a_bar_tells_what_its_time_is_made_of() {
    let sheet = sheet("lang: en\nduration: 9m\n", Some(run()));
    let page = time(&sheet);
    let data: serde_json::Value =
        serde_json::from_str(between(&page, "<script type=\"application/json\">", "</script>")).unwrap();
    let rows = |item: usize| -> Vec<String> {
        let rows = data[item]["rows"].as_array().unwrap();
        rows.iter()
            .map(|row| format!("{}={}", row["label"].as_str().unwrap(), row["value"].as_str().unwrap()))
            .collect()
    };
    let first = rows(1);
    assert!(first.iter().any(|row| row.starts_with("Speech (480 words)=")), "{first:?}");
    assert!(first.iter().any(|row| row.starts_with("Steps=") && row.matches(" + ").count() == 2), "{first:?}");
    assert!(
        first.contains(&"Rehearsed=3:20".to_owned()) && first.contains(&"Taken from=notes".to_owned()),
        "{first:?}"
    );
    let guessed = rows(3);
    assert!(guessed.contains(&"guessed: no notes (1 word)=0:43".to_owned()), "{guessed:?}");
    assert!(guessed.contains(&"optional=".to_owned()), "{guessed:?}");
    assert!(rows(4).contains(&"Its own time=1:30".to_owned()));
    assert!(rows(5).contains(&"Demo=1:00".to_owned()) && rows(5).contains(&"Picture=0:12".to_owned()));
    // Parts are what they are parts of.
    for slide in &sheet.slides {
        let parts = slide.speech + slide.declared + slide.floor;
        let extras: f64 = slide.extras.iter().map(|extra| extra.time).sum();
        let sum = if slide.basis == "time" { slide.declared } else { parts + extras };
        assert!((sum - slide.estimate.p50).abs() < 0.3, "{slide:?}");
    }
}

#[test]
fn what_there_is_nothing_of_is_not_shown() {
    let bare = time(&sheet("lang: en\n", None));
    for absent in ["Planned end", "Rehearsed", "questions", "likely to fit", "NaN", "inf"] {
        assert!(!between(&bare, "<main>", "</main>").contains(absent), "{absent}");
    }
    assert!(bare.contains("The talk has no <code>duration</code>"));
    let full = time(&sheet("lang: en\nduration: 40m\n", Some(run())));
    for shown in ["Planned end", "class=\"rehearsed\"", "Last rehearsal", "block questions", "% likely to fit"] {
        assert!(full.contains(shown), "{shown}");
    }
}

#[test]
fn the_page_speaks_the_language_of_the_talk() {
    for (lang, word) in [("zh-CN", "组成"), ("ja", "内訳"), ("en-GB", "Made of"), ("fr", "Made of")] {
        let page = time(&sheet(&format!("lang: {lang}\nduration: 9m\n"), None));
        assert!(page.contains(word), "{lang}");
    }
    for words in ["en", "zh", "ja"].map(Words::of) {
        for name in ["change", "clicks", "picture", "table", "code", "pause", "poll", "question"] {
            assert_ne!(words.name(name), name, "{} has no word for `{name}`", words.lang);
        }
    }
}

#[test]
fn texts_and_figures_stay_in_bounds() {
    assert_eq!(escape("a\u{202e}b\u{7}<\">&"), "ab&lt;&quot;&gt;&amp;");
    assert_eq!(cut("先看等待事件", 5), ("先看", true));
    assert_eq!(cut("ab", 2), ("ab", false));
    assert_eq!(standing(100.4, Some(100.0)), "within");
    assert_eq!(standing(110.0, Some(100.0)), "near");
    assert_eq!(standing(111.0, Some(100.0)), "over");
    // A week in a slot of a second.
    let page = time(&Sheet { slides: Vec::new(), sections: Vec::new(), ..sheet("lang: en\nduration: 1s\n", None) });
    assert!(page.contains("</html>") && !page.contains("NaN"));
}
