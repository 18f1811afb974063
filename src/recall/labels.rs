use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

/// One file a language, named like its tag in lower case: `ja.json`, or `zh-tw.json` beside `zh.json`.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/recall/labels");

/// Every language that has a file.
static ALL: LazyLock<BTreeMap<String, Labels>> = LazyLock::new(|| {
    let read = |file: &include_dir::File<'_>| {
        let tag = file.path().file_stem()?.to_str()?.to_owned();
        Some((tag, serde_json::from_slice(file.contents()).ok()?))
    };
    FILES.files().filter_map(read).collect()
});

/// Only stands in for a missing `en.json`, which a test rules out.
static NONE: LazyLock<Labels> = LazyLock::new(Labels::default);

/// The words that all outputs of the follow-up use, in one language.
///
/// `{n}`, `{total}`, `{title}` and `{blank}` are places for [`fill`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "`labels/en.json` says each in words")]
pub struct Labels {
    // The sheet and its parts.
    pub follow_up: String,
    pub takeaway: String,
    pub contact: String,
    pub slides: String,
    pub slide: String,
    pub when_you_see: String,
    pub symptom: String,
    pub means: String,
    pub first_action: String,
    pub read_on: String,
    pub recall: String,
    pub question: String,
    pub answer: String,
    pub answers: String,
    pub why: String,
    pub my_if_then: String,
    pub if_then: String,
    pub muddiest: String,
    pub adopt_or_drop: String,
    pub replaces: String,
    pub trial: String,
    pub owner: String,
    pub decide_by: String,
    pub days_after: String,
    pub revisit: String,
    pub tried: String,
    pub decided: String,
    pub dropped: String,
    pub questions_kept: String,
    pub next_checks: String,
    pub day: String,
    pub at_the_talk: String,
    // The self-test.
    pub self_test: String,
    pub answer_first: String,
    pub your_answer: String,
    pub choices: String,
    pub reveal: String,
    pub how_was_it: String,
    pub missed: String,
    pub partly: String,
    pub got_it: String,
    pub start: String,
    pub next: String,
    pub back: String,
    pub progress: String,
    pub score: String,
    pub finished: String,
    pub again: String,
    pub result: String,
    pub copy_result: String,
    pub copied: String,
    pub print: String,
    pub round: String,
    pub yes: String,
    pub no: String,
    pub met: String,
    pub recognised: String,
    pub acted: String,
    pub privacy: String,
    pub since_the_talk: String,
    pub not_yet: String,
    pub look_again: String,
    pub more_kept: String,
    /// Lines for notes of one's own.
    pub own_notes: String,
    pub answers_behind: String,
    pub send_result: String,
    pub remember: String,
    pub remember_why: String,
    pub lines_deleted: String,
    // Results and symptoms.
    pub results: String,
    pub lines: String,
    pub people: String,
    pub response: String,
    pub rate: String,
    pub mean: String,
    pub change: String,
    pub interval: String,
    pub both: String,
    pub too_few: String,
    pub all_questions: String,
    pub weakest: String,
    pub probe_effect: String,
    pub held_back: String,
    pub practised: String,
    pub in_practice: String,
    pub met_it: String,
    pub recognised_it: String,
    pub acted_on_it: String,
    pub not_counted: String,
    pub how: String,
    pub symptoms: String,
    pub search: String,
    pub nothing_found: String,
    // Calendar, cards and messages.
    pub invitation: String,
    pub invitation_text: String,
    pub invitation_link: String,
    pub invitation_file: String,
    pub tags: String,
}

impl Labels {
    /// The labels for a BCP 47 tag: of the tag itself, else of its language, else English.
    #[must_use]
    pub fn of(lang: &str) -> &'static Self {
        let tag = lang.to_ascii_lowercase().replace('_', "-");
        let language = tag.split('-').next().unwrap_or_default();
        [tag.as_str(), language, "en"].into_iter().find_map(|tag| ALL.get(tag)).unwrap_or(&NONE)
    }
}

/// `label` with a value at each of its places: `fill("Slide {n}", &[("n", "3")])` is `Slide 3`.
///
/// What stands in a value is never taken for a place.
#[must_use]
pub fn fill(label: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(label.len());
    let mut rest = label;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}').and_then(|(name, behind)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, behind))
        });
        if let Some((value, behind)) = place {
            out.push_str(value);
            rest = behind;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a label, in order of their names.
    fn places(label: &str) -> Vec<&str> {
        let mut places: Vec<&str> =
            label.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
        places.sort_unstable();
        places
    }

    #[test]
    fn every_file_has_every_label_with_the_same_places() {
        let english = serde_json::to_value(Labels::of("en")).unwrap();
        assert!(FILES.files().count() >= 3);
        for file in FILES.files() {
            let name = file.path().display();
            let read: Result<Labels, _> = serde_json::from_slice(file.contents());
            let labels = serde_json::to_value(read.unwrap_or_else(|error| panic!("{name}: {error}"))).unwrap();
            for (key, text) in english.as_object().unwrap() {
                let (here, there) = (labels[key].as_str().unwrap(), text.as_str().unwrap());
                assert!(!here.trim().is_empty(), "{name}: `{key}` is empty");
                assert_eq!(places(here), places(there), "{name}: `{key}`");
            }
        }
    }

    #[test]
    fn a_language_without_a_file_is_english() {
        assert_eq!(Labels::of("zh-CN").answer, "答案");
        assert_eq!(Labels::of("ja_JP").answer, "答え");
        assert_eq!(Labels::of("de").answer, "Answer");
        assert_eq!(Labels::of(""), Labels::of("en"));
    }

    #[test]
    fn values_are_filled_in_once() {
        assert_eq!(fill("{title}, day {n}", &[("n", "2"), ("title", "{n} {odd")]), "{n} {odd, day 2");
        assert_eq!(fill("{unknown} {", &[("n", "2")]), "{unknown} {");
    }
}
