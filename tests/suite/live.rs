//! A talk that is written again after each change must be what it would be when written for the first time.

use std::fs;
use std::path::Path;
use std::time::Duration;

use retell::diagnostic::print::{Format, print};
use retell::pipeline::{Edition, Frames, Job, Live, Outputs, Preview, Print, check};

use crate::project::Project;

fn job(folder: &Path) -> Job {
    Job {
        talk: folder.to_path_buf(),
        output: folder.join("dist"),
        only: Outputs::default(),
        theme: None,
        trust_html: false,
        without_notes: false,
        edition: Edition::default(),
        print: Print::default(),
        frames: Frames::default(),
        speaker: None,
        cache: None,
    }
}

const TALK: &str = "---\ntitle: Pools\nduration: 20m\ntheme: paper\nqa:\n  - ask: Why?\n---\n\n# Pools\n\n---\n\n\
    ## One\n\n- a\n- b\n\n<!-- say [click] this -->\n\n---\n\n## Two\n\n![a pool](img/pool.svg)\n\n---\n\n\
    <!-- section: Deep 5m -->\n## Three\n\n```sql\nSELECT 1;\n```\n\n$x^2$\n\n---\n\n<!-- include: more.md -->\n\n---\n\n\
    ## Too long\n\n```text\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nend\n```\n";

fn drawing(color: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"40\"><rect width=\"80\" height=\"40\" \
         fill=\"{color}\"/></svg>"
    )
}

fn project() -> Project {
    Project::new()
        .file("t/talk.md", TALK)
        .file("t/more.md", "## From another file\n\nHere.\n")
        .file("t/img/pool.svg", drawing("red"))
        .file("t/style.css", ".slide p { color: #123; }")
}

/// What a browser is sent, in one text.
fn sent(preview: &Preview) -> String {
    let slides: Vec<String> = preview.slides().iter().map(|slide| format!("{}: {}", slide.id, slide.html)).collect();
    let pictures =
        slides.iter().flat_map(|slide| slide.match_indices("asset/").map(move |(at, _)| &slide[at..at + 38]));
    for picture in pictures {
        assert!(preview.file(picture).is_some(), "{picture} is not served");
    }
    format!("{}\n{}\n{}\n{}", preview.revision(), preview.css(), preview.data(), slides.join("\n"))
}

/// Compares a talk that was watched all along with the same talk read for the first time.
#[track_caller]
fn compare(live: &mut Live, folder: &Path, after: &str) {
    let (again, fresh) = (live.refresh(), Live::new(job(folder)).refresh());
    let (again, fresh) = match (again, fresh) {
        (Ok(again), Ok(fresh)) => (again, fresh),
        (Err(again), Err(fresh)) => return assert_eq!(again.message, fresh.message, "after {after}"),
        _ => panic!("only one of them can be read after {after}"),
    };
    assert_eq!(sent(&again), sent(&fresh), "after {after}");
    let report = check(&job(folder), &|| Duration::ZERO);
    let told = print(&report.diagnostics, &report.sources, Format::Human, false);
    let found = live.findings(&again);
    assert_eq!(print(&found, again.found().1, Format::Human, false), told, "after {after}");
}

#[test]
fn a_watched_talk_is_what_a_fresh_one_is() {
    let project = project();
    let folder = project.path("t");
    let talk = folder.join("talk.md");
    let mut live = Live::new(job(&folder));
    compare(&mut live, &folder, "the start");
    assert!(live.findings(&live_again(&folder)).iter().any(|found| found.code.name == "overflow"));
    let edit = |from: &str, to: &str| {
        let text = fs::read_to_string(&talk).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&talk, text.replacen(from, to, 1)).unwrap();
    };
    for (from, to) in [
        ("- a\n", "- changed\n"),
        ("## One", "\n\n\n## One"),
        ("say [click] this", "say that [click] [click]"),
        ("## Two\n", "## Two words\n\nMore.\n"),
        ("---\n\n## Two", "---\n\n## New\n\n---\n\n## Two"),
        ("## New\n\n---\n\n", ""),
        ("$x^2$", "$y^3$ and $\\frac{1}{2}$"),
        ("title: Pools", "title: Other pools"),
        ("ask: Why?", "ask: Why not?"),
        ("Deep 5m", "Deeper 6m"),
        ("img/pool.svg", "img/none.svg"),
        ("img/none.svg", "img/pool.svg"),
        ("theme: paper", "theme: night"),
        ("theme: night", "theme: nigth"),
        ("theme: nigth", "theme: paper"),
        ("## Too long\n\n", "Not\n\n## Too long\n\n"),
        ("```text\n", "```text\n\n\n"),
        ("## Too long", "<!-- check: ignore overflow -->\n## Too long"),
    ] {
        edit(from, to);
        compare(&mut live, &folder, &format!("{from:?} became {to:?}"));
    }
}

fn live_again(folder: &Path) -> Preview {
    Live::new(job(folder)).refresh().unwrap()
}

#[test]
fn files_beside_the_talk_count() {
    let project = project();
    let folder = project.path("t");
    let mut live = Live::new(job(&folder));
    compare(&mut live, &folder, "the start");
    let first = live.refresh().unwrap();
    assert_eq!(live.pictures().collect::<Vec<_>>(), ["img/pool.svg"]);
    fs::write(folder.join("img/pool.svg"), drawing("rebeccapurple")).unwrap();
    compare(&mut live, &folder, "the picture changed");
    let second = live.refresh().unwrap();
    assert_ne!(first.revision(), second.revision());
    fs::write(folder.join("more.md"), "## From another file\n\nThere.\n\n---\n\n## And one more\n").unwrap();
    compare(&mut live, &folder, "the included file changed");
    fs::write(folder.join("style.css"), ".slide p { color: #456; }").unwrap();
    compare(&mut live, &folder, "the style sheet changed");
    let before = live.refresh().unwrap().revision().to_owned();
    fs::write(folder.join("qa.yaml"), "- ask: Asked in the room?\n").unwrap();
    compare(&mut live, &folder, "somebody asked");
    assert_ne!(live.refresh().unwrap().revision(), before, "the presenter view is to show it");
    fs::write(folder.join("qa.yaml"), "- ask: Asked in the room?\n  slide: nowhere\n  anser: Yes.\n").unwrap();
    compare(&mut live, &folder, "the answer has mistakes");
    fs::remove_file(folder.join("img/pool.svg")).unwrap();
    compare(&mut live, &folder, "the picture went");
    fs::remove_file(folder.join("talk.md")).unwrap();
    compare(&mut live, &folder, "the talk went");
    fs::write(folder.join("talk.md"), TALK).unwrap();
    fs::write(folder.join("img/pool.svg"), drawing("red")).unwrap();
    compare(&mut live, &folder, "all came back");
}

#[test]
fn one_edit_changes_one_slide() {
    let project = project();
    let folder = project.path("t");
    let mut live = Live::new(job(&folder));
    let before = live.refresh().unwrap();
    let text = fs::read_to_string(folder.join("talk.md")).unwrap();
    fs::write(folder.join("talk.md"), text.replace("- b\n", "- b, at length\n")).unwrap();
    let after = live.refresh().unwrap();
    let differ: Vec<&str> = before
        .slides()
        .iter()
        .zip(after.slides())
        .filter(|(before, after)| before != after)
        .map(|(_, after)| after.id.as_str())
        .collect();
    assert_eq!(differ, ["one"]);
    assert_eq!(before.css(), after.css());
}

#[test]
fn a_sheet_without_room_is_found_while_writing() {
    let case = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check/sheet-overflow.md"));
    let project = Project::new().file("t/talk.md", case.expect("the case"));
    let folder = project.path("t");
    let mut live = Live::new(job(&folder));
    compare(&mut live, &folder, "the start");
    assert!(live.findings(&live_again(&folder)).iter().any(|found| found.code.name == "sheet-overflow"));
    let text = fs::read_to_string(folder.join("talk.md")).unwrap();
    let moved = text.replacen("# The pool", "One line more.\n\n# The pool", 1);
    fs::write(folder.join("talk.md"), &moved).unwrap();
    compare(&mut live, &folder, "the sheet is what it was, its places are not");
    fs::write(folder.join("talk.md"), moved.replace("three times", "thrice").replace("p99 triples", "p99 doubles"))
        .unwrap();
    compare(&mut live, &folder, "the sheet changed");
}
