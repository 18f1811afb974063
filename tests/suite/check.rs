//! Every talk `tests/cases/check/NAME.md`, its other files in the folder `NAME` beside it, goes through `retell check`;
//! what was said is kept in `tests/snapshots/check`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use retell::diagnostic::{Code, code};

use crate::project::Project;

fn cases() -> (PathBuf, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let entries = fs::read_dir(&folder).expect("the folder of cases").map(|entry| entry.expect("an entry").path());
    let mut names: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    (folder, names)
}

/// The talk of a case in a folder of its own, with what belongs to it.
fn project(folder: &Path, name: &str) -> Project {
    let mut project = Project::new().file("talk/talk.md", read(&folder.join(format!("{name}.md"))));
    let assets = folder.join(name);
    let mut waiting = vec![assets.clone()];
    while let Some(below) = waiting.pop().filter(|below| below.is_dir()) {
        for entry in fs::read_dir(&below).expect("the case's files").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else {
                let inner = entry.strip_prefix(&assets).expect("a path below the case").to_string_lossy().into_owned();
                // What the speaker has rehearsed lies outside the talk.
                let outside = inner.starts_with(".retell");
                project = project.file(&if outside { inner } else { format!("talk/{inner}") }, read(&entry));
            }
        }
    }
    // What talks must not reach is really there.
    project.file("secret.png", "")
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn findings_are_as_kept() {
    let (folder, names) = cases();
    assert!(names.len() > 12, "the cases are gone");
    insta::with_settings!({ snapshot_path => "../snapshots/check", prepend_module_to_snapshot => false, omit_expression => true }, {
        for name in &names {
            let project = project(&folder, name);
            let run = project.run(["check", "talk"]);
            // What the speaker has lies at a path of its own in each run.
            let mut told = (run.stdout() + &run.stderr()).replace(&project.path("").display().to_string(), "…/");
            let _ = writeln!(told, "exit code {}", run.code());
            insta::assert_snapshot!(name.as_str(), told);
            assert_eq!(project.files().iter().filter(|file| file.contains("dist")).count(), 0, "a check writes nothing");
        }
    });
}

/// What the rules about time and audience have nothing to say about, often by a little.
#[test]
fn what_fits_is_not_found() {
    let (folder, _) = cases();
    for name in [
        "timing-fits",
        "timing-no-slot",
        "timing-demo-with-time",
        "timing-sections-within",
        "timing-long-slide-with-clicks",
        "timing-code-that-fits",
        "timing-few-fast-slides",
        "timing-enough-notes",
        "timing-fresh-rehearsal",
        "timing-usual-speed",
        "audience-fits",
        "audience-text",
        "terms-explained",
        "terms-explained-zh",
        "click-marks-fit",
        "emoji-fits",
    ] {
        project(&folder, name).run(["check", "talk", "--format", "short"]).exit(0).stderr_is("");
    }
}

/// Every rule about slides.
const RULES: &[&Code] = &[
    &code::OVERFLOW,
    &code::MISSING_GLYPH,
    &code::SMALL_TEXT,
    &code::LOW_CONTRAST,
    &code::EMPTY_SLIDE,
    &code::UNTITLED_SLIDE,
    &code::CLICK_MARKS,
    &code::TIMING_OVER_BUDGET,
    &code::TIMING_QUESTIONS_AT_RISK,
    &code::TIMING_SHORT,
    &code::TIMING_SECTIONS_OVER_SLOT,
    &code::TIMING_SECTION_OFF_PLAN,
    &code::TIMING_DEMO_WITHOUT_TIME,
    &code::TIMING_LONG_SLIDE,
    &code::TIMING_LONG_CODE,
    &code::TIMING_FAST_SLIDES,
    &code::TIMING_FEW_NOTES,
    &code::TIMING_STALE_REHEARSAL,
    &code::TIMING_UNUSUAL_SPEED,
    &code::UNREADABLE_REHEARSALS,
    &code::UNEXPLAINED_TERM,
    &code::AUDIENCE_CODE,
    &code::AUDIENCE_LONG_CODE,
    &code::AUDIENCE_NO_SCENE,
    &code::ADOPT_NO_COSTS,
    &code::RECALL_NO_DATA,
    &code::RECALL_MISSING_TAKEAWAY,
    &code::RECALL_NO_TRIGGER,
    &code::RECALL_ITEM_COUNT,
    &code::RECALL_NO_ACTION,
    &code::RECALL_NO_PROBE,
    &code::RECALL_NO_DATE,
    &code::RECALL_SCHEDULE,
    &code::RECALL_NO_ID,
    &code::RECALL_YES_NO,
    &code::RECALL_TWO_ASKS,
    &code::RECALL_ANSWER_GIVEN,
    &code::RECALL_OUT_OF_CONTEXT,
    &code::RECALL_LONG_ANSWER,
    &code::RECALL_SAME_ANSWER,
    &code::RECALL_NO_WHY,
    &code::SHEET_OVERFLOW,
    &code::QA_NONE_PREPARED,
    &code::QA_NO_SLIDE,
    &code::DEAD_LINK,
    &code::MISSING_IMAGE,
    &code::MISSING_ALT,
    &code::DUPLICATE_ID,
    &code::REMOTE_URL,
    &code::PATH_OUTSIDE_TALK,
];

/// A case named like a code shows that code; so every rule about slides has one.
#[test]
fn every_rule_about_slides_has_a_case() {
    let (folder, names) = cases();
    for rule in RULES {
        assert!(names.iter().any(|name| name == rule.name), "no case `{}`", rule.name);
        finds_only(&folder, rule.name, rule.name);
        // Rules about wording know languages one by one.
        let chinese = format!("{}-zh", rule.name);
        if ["recall-", "qa-", "unexplained-", "adopt-"].iter().any(|kind| rule.name.starts_with(kind)) {
            finds_only(&folder, &chinese, rule.name);
        }
    }
}

fn finds_only(folder: &Path, case: &str, code: &str) {
    let told = project(folder, case).run(["check", "talk", "--format", "short"]).stderr();
    assert!(told.lines().all(|line| line.contains(&format!("[{code}]"))), "{case}: {told}");
    assert!(!told.is_empty(), "{case}: `{code}` was not found");
}
