//! Every recording `tests/cases/rehearsal/NAME.json`, or `NAME.one.json` and so on together, is imported for the talk
//! beside it and listed; what was said is kept in `tests/snapshots/rehearsal`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;

/// The files of each case.
fn cases() -> BTreeMap<String, Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rehearsal");
    let mut cases: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "json") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            cases.entry(name.split('.').next().unwrap_or_default().to_owned()).or_default().push(path);
        }
    }
    for files in cases.values_mut() {
        files.sort();
    }
    cases
}

/// A folder with the talk.
fn project() -> Project {
    let talk = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rehearsal/talk.md");
    Project::new().file("talk/talk.md", fs::read(talk).expect("the talk"))
}

/// The folder with one recording, imported.
fn rehearsed(name: &str) -> Project {
    let recording = &cases()[name][0];
    let project = project().file("in.json", fs::read(recording).expect("a recording"));
    project.run(["rehearse", "import", "in.json", "--talk", "talk"]).exit(0);
    project
}

#[test]
fn recordings_are_kept_judged_and_listed() {
    let cases = cases();
    assert!(cases.len() > 12, "the cases are gone");
    insta::with_settings!({ snapshot_path => "../snapshots/rehearsal", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, files) in &cases {
            let mut project = project();
            let mut told = String::new();
            for (number, file) in files.iter().enumerate() {
                let place = format!("in-{}.json", number + 1);
                project = project.file(&place, fs::read(file).expect("a recording"));
                let run = project.run(["rehearse", "import", &place, "--talk", "talk"]);
                let _ = write!(told, "{}{}exit code {}\n\n", run.stdout(), run.stderr(), run.code());
            }
            let home = project.path(".retell/rehearsals").display().to_string();
            told += &project.run(["rehearse", "list"]).exit(0).stdout();
            let shown = project.run(["rehearse", "show", "talk"]);
            let _ = write!(told, "\n{}{}exit code {}\n", shown.stdout(), shown.stderr(), shown.code());
            insta::assert_snapshot!(name.as_str(), told.replace(&home, "RECORDINGS"));
            for (number, file) in files.iter().enumerate() {
                let place = format!("in-{}.json", number + 1);
                assert_eq!(project.read(&place).as_bytes(), fs::read(file).expect("a recording"), "{name} was changed");
            }
        }
    });
}

#[test]
fn the_next_estimate_moves_as_the_formula_says() {
    let time = |project: &Project| -> serde_json::Value {
        serde_json::from_str(&project.run(["time", "talk", "--json"]).stdout()).expect("JSON")
    };
    let before = time(&project());
    let after = time(&rehearsed("aloud"));
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    // 192.9 seconds of speech were expected of the four slides, 231.4 spoken; five minutes of speech are the prior.
    let (expected, spoken) = (42.9 + 60.0 + 60.0 + 30.0, 51.4 + 72.0 + 72.0 + 36.0);
    let factor: f64 = 1.1 * (expected / (expected + 300.0) * f64::ln(spoken / expected)).exp();
    assert!((number(&after["speed"]["factor"]) - factor).abs() < 2e-3, "{factor} {}", after["speed"]);
    for (before, after) in before["slides"].as_array().unwrap().iter().zip(after["slides"].as_array().unwrap()) {
        let expected = number(&before["speech"]) * factor;
        assert!((number(&after["speech"]) - expected).abs() < 0.11, "{before} {after}");
    }
    let moved = number(&after["estimate"]["p50"]) - number(&before["estimate"]["p50"]);
    assert!((moved - 192.9 * (factor - 1.0)).abs() < 0.3, "{moved}");
    assert_eq!(before["rehearsal"], serde_json::Value::Null);
    assert!((number(&after["rehearsal"]["time"]) - 239.4).abs() < 0.1, "{}", after["rehearsal"]);
}

#[test]
fn a_pack_is_the_same_whoever_builds_it() {
    let (one, other) = (project(), rehearsed("aloud"));
    for project in [&one, &other] {
        project.run(["build", "talk"]).exit(0);
    }
    for file in ["index.html", "slides.pdf", "handout.pdf", "notes.md", "pack.json"] {
        let path = format!("dist/talk/{file}");
        assert_eq!(fs::read(one.path(&path)).unwrap(), fs::read(other.path(&path)).unwrap(), "{file}");
    }
}

#[test]
fn speed_is_shown_reset_and_told_for_second_languages() {
    let project = rehearsed("aloud");
    project.run(["rehearse", "speed"]).exit(0).stdout_contains("en  18 % slower than usual").stdout_contains("×1.20");
    let reset = project.run(["rehearse", "speed", "--lang", "en", "--reset"]).exit(0);
    reset.stdout_contains("no recording counts yet");
    project.run(["rehearse", "list"]).exit(0).stdout_contains("not used: before your speed was reset");
    let plain = project.run(["time", "talk", "--json"]).stdout();
    assert!(plain.contains("\"factor\": 1.0"), "{plain}");
    project.run(["rehearse", "speed", "--lang", "en-GB", "--second-language", "yes"]).exit(0);
    let slower = project.run(["time", "talk", "--json"]).stdout();
    assert!(slower.contains("\"word\": 120.0") && slower.contains("\"second_language\": true"), "{slower}");
    project.run(["rehearse", "speed", "--lang", "english", "--reset"]).exit(2);
    project.run(["rehearse", "speed", "--second-language", "yes"]).exit(2);
}

#[test]
fn a_speed_file_that_cant_be_read_is_told_and_written_anew() {
    let project = rehearsed("aloud").file(".retell/speed.json", "{\"format\": \"retell-speed/1\"");
    project.run(["rehearse", "speed"]).exit(1).stderr_contains("`retell rehearse speed --reset`");
    project.run(["check", "talk"]).exit(0).stderr_contains("warning[unreadable-rehearsals]");
    project.run(["rehearse", "speed", "--reset"]).exit(0);
    project.run(["rehearse", "speed"]).exit(0).stdout_contains("en  ");
}

#[test]
fn what_is_forgotten_no_longer_counts() {
    let project = rehearsed("aloud");
    let name = project.files().iter().find_map(|file| file.strip_prefix(".retell/rehearsals/")).unwrap().to_owned();
    project.run(["rehearse", "forget", "2025", "nothing-like-it"]).exit(1).stderr_contains("no recording is called");
    assert!(project.path(&format!(".retell/rehearsals/{name}")).exists(), "one slip of the pen forgets nothing");
    project.run(["rehearse", "forget", "2025-12-01"]).exit(0).stdout_contains("forgot 2025-12-01T10-00-00");
    project.run(["rehearse", "list"]).exit(0).stdout_is("").stderr_contains("no recordings in");
    project.run(["rehearse", "show", "talk"]).exit(1).stderr_contains("no rehearsal of `Pools and locks` is known");
    project.run(["rehearse", "forget"]).exit(2);
}

#[test]
fn times_are_written_and_every_other_byte_stays() {
    let project = rehearsed("aloud");
    let before = project.read("talk/talk.md");
    let applied = project.run(["rehearse", "apply", "talk", "--slides", "pools,4"]).exit(0);
    applied.stdout_contains("slide 2: Pools").stdout_contains("1:15");
    let after = project.read("talk/talk.md");
    assert_eq!(after.matches("<!-- time: 75s -->\n# Pools").count(), 1, "{after}");
    assert_eq!(after.matches("<!-- time: 40s -->\n# End Of It").count(), 1, "{after}");
    assert_eq!(after.replace("<!-- time: 75s -->\n", "").replace("<!-- time: 40s -->\n", ""), before);
    project.run(["rehearse", "apply", "talk", "--slides", "2"]).exit(0);
    assert_eq!(project.read("talk/talk.md"), after, "a time that is there is replaced by the same");
    for (slides, why) in [("nowhere", "no slide `nowhere`"), ("9", "no slide 9"), ("5", "slide 5 did not come")] {
        project.run(["rehearse", "apply", "talk", "--slides", slides]).exit(2).stderr_contains(why);
    }
    project.run(["rehearse", "apply", "talk"]).exit(2).stderr_contains("which slides?");
    assert_eq!(project.read("talk/talk.md"), after);
}
