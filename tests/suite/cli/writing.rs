use std::fs;

use retell::pipeline::write_pack;

use crate::project::Project;

#[test]
fn a_new_talk_comes_with_its_next_commands() {
    for (lang, tag) in [("en", "lang: en\n"), ("zh", "lang: zh-CN\n")] {
        let project = Project::new();
        project.run(["new", "talks/my-talk", "--lang", lang, "--theme", "paper"]).exit(0).stderr_is("").stdout_is(
            "made talks/my-talk/talk.md\n\nnext:\n  retell check talks/my-talk\n  retell build talks/my-talk\n",
        );
        let files = ["talks/my-talk/img/flow.svg", "talks/my-talk/style.css", "talks/my-talk/talk.md"];
        assert_eq!(project.files(), files);
        let talk = project.read("talks/my-talk/talk.md");
        assert!(talk.starts_with("---\ntitle: my-talk\n") && talk.contains(tag), "{talk}");
        assert!((8..=11).contains(&talk.matches("\n\n---\n\n").count()), "the number of slides");
    }
}

#[test]
fn a_new_talk_speaks_the_language_of_the_environment() {
    let chinese = Project::new().env("LANG", "zh_CN.UTF-8");
    chinese.run(["new", "a"]).exit(0);
    assert!(chinese.read("a/talk.md").contains("lang: zh-CN\n"));
    let neither = Project::new().env("LANG", "fr_FR.UTF-8");
    neither.run(["new", "a"]).exit(0);
    assert!(neither.read("a/talk.md").contains("lang: en\n"));
}

#[test]
fn new_overwrites_nothing() {
    let project = Project::new().file("full/notes.txt", "mine").file("file", "mine").folder("empty");
    let before = project.files();
    for name in ["full", "file"] {
        project
            .run(["new", name])
            .exit(1)
            .stdout_is("")
            .stderr_contains(&format!("error: `{name}` is already there\n"));
    }
    project.run(["new", ".."]).exit(2);
    assert_eq!(project.files(), before);
    project.run(["new", "empty"]).exit(0);
}

#[test]
fn new_says_why_it_can_not_write() {
    let project = Project::new().file("file", "mine");
    project.run(["new", "file/talk"]).exit(1).stderr_contains("not a directory").stderr_contains("= help: ");
    assert_eq!(project.files(), ["file"]);
}

/// Needs a small file system of its own, which only root may mount.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_pack() {
    let project = Project::new().folder("disk");
    let disk = project.path("disk");
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(&disk)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mount {
        eprintln!("skipped: a small file system can't be mounted here");
        return;
    }
    let disk = Unmounting(disk);
    let pack = |size: usize| vec![("a.txt".to_owned(), vec![b'x'; size]), ("b.txt".to_owned(), vec![b'y'; size])];
    write_pack(&disk.0.join("pack"), &pack(40_000)).unwrap();
    let found = write_pack(&disk.0.join("pack"), &pack(100_000)).unwrap_err();
    assert!(found.message.ends_with("no space left on device"), "{}", found.message);
    assert_eq!(found.hints, ["make room on the disk and try again"]);
    let left: Vec<_> = fs::read_dir(disk.0.join("pack")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(fs::read(disk.0.join("pack/a.txt")).unwrap().len(), 40_000);
}

#[cfg(target_os = "linux")]
struct Unmounting(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Drop for Unmounting {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn a_pack_without_notes_tells_nothing_of_them() {
    let talk = "---\ntitle: T\nduration: 30m\nqa:\n  - ask: secret ask\n    answer: secret answer\n---\n\n# One\n\n\
        text <!-- secret word --> more\n\n<!-- secret note ![secret picture](n.svg) -->\n\n\
        <div>raw <!-- secret raw --></div>\n\n---\n\n| a |\n|---|\n| b <!-- secret cell --> |\n\n\
        ```recall #q\nask: When the pool is full, what first?\nanswer: Look at the waits.\nwhy: They tell.\n```\n";
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";
    let project = Project::new().file("talk/talk.md", talk).file("talk/n.svg", drawing);
    project.run(["build", "talk", "-o", "with"]).exit(0);
    assert!(project.read("with/talk/index.html").contains("secret note"), "the test looks for the right thing");
    assert!(project.read("with/talk/pack.json").contains("\"talk.md\""));
    project.run(["build", "talk", "-o", "without", "--without-notes"]).exit(0);
    assert!(project.read("with/talk/follow-up.html").contains("secret answer"));
    assert!(!project.read("without/talk/follow-up.html").contains("secret"), "what was prepared is for the room");
    let page = project.read("without/talk/index.html");
    for part in ["secret", "\"notes\":\"\\u003c", "\"key\":\"", "\"plan\":", "\"speaker\":"] {
        assert!(!page.contains(part), "{part}");
    }
    // A hash of the text shows whether a guess at the notes is right.
    let told = project.read("without/talk/pack.json");
    assert!(!told.contains("talk.md") && told.contains("index.html"), "{told}");
    assert!(!project.files().iter().any(|file| file.ends_with("without/talk/notes.md")));
}

const OUTLINES: [&str; 7] = ["team", "engineering", "company", "case-study", "comparison", "qa-session", "live-stream"];

#[test]
fn each_outline_is_a_whole_talk_that_builds_without_a_finding() {
    let project = Project::new().env("SOURCE_DATE_EPOCH", "1795996800");
    let mut talks = Vec::new();
    for outline in OUTLINES {
        for (lang, tag) in [("en", "lang: en\n"), ("zh", "lang: zh-CN\n")] {
            let name = format!("{outline}-{lang}");
            project.run(["new", &name, "--template", outline, "--lang", lang]).exit(0).stderr_is("");
            let talk = project.read(&format!("{name}/talk.md"));
            assert!(talk.contains(tag) && talk.contains("\ndate: 2026-12-14 #"), "{name}: two weeks from that day");
            for part in ["```recall #", "```trigger #", "<!-- class: scene -->", "<!-- layout: qa -->", "\nqa:\n"] {
                assert!(talk.contains(part), "{name} has no `{part}`");
            }
            let slides = talk.split("\n\n---\n\n").skip(1);
            assert!((10..=16).contains(&slides.clone().count()), "{name}: the number of slides");
            for slide in slides {
                let notes = slide.rsplit_once("<!--\n").map_or("", |(_, notes)| notes);
                assert!(notes.chars().count() > 20, "{name} leaves the speaker alone: {slide}");
            }
            talks.push(name);
        }
    }
    let arguments: Vec<&str> = ["build", "--strict"].into_iter().chain(talks.iter().map(String::as_str)).collect();
    let built = project.run_all(&arguments).exit(0);
    for finding in ["info[", "warning["] {
        assert!(!built.stderr().contains(finding), "{}", built.stderr());
    }
}

#[test]
fn an_outline_takes_its_language_and_theme_and_says_what_is_there() {
    let project = Project::new();
    project.run(["new", "下午茶: a *talk*", "--template", "company", "--lang", "zh", "--theme", "night"]).exit(0);
    let talk = project.read("下午茶: a *talk*/talk.md");
    assert!(talk.contains("\ntitle: \"下午茶: a *talk*\"\n") && talk.contains("\n# 下午茶: a \\*talk\\*\n"), "{talk}");
    assert!(talk.contains("\ntheme: night\n"));
    project.run(["new", "b", "--template", "company"]).exit(0);
    assert!(project.read("b/talk.md").contains("\ntheme: bold\n"));
    project.run(["new", "c", "--template", "casestudy"]).exit(2).stderr_contains("'case-study'");
    let help = project.run(["new", "--help"]).exit(0);
    for outline in OUTLINES {
        assert!(help.stdout().contains(&format!("- {outline}:")), "{outline}");
    }
}
