use unicode_width::UnicodeWidthStr as _;

use crate::project::Project;

/// Eight words to a sentence, a hundred of them: almost six minutes of speech.
fn talk(front: &str) -> String {
    let words = "These words make a sentence for the talk. ";
    format!(
        "---\ntitle: 锁与 I/O\nlang: zh-CN\ntiming: {{notes: script}}\n{front}---\n\n<!-- section: 症状 3m -->\n\n# 为什么慢 {{#why}}\n\n\
         <!-- {} -->\n\n---\n\n<!-- optional -->\n\n## 没有控制台时，自己数一遍，看看谁在等\n\n<!-- {} -->\n\n---\n\n\
         <!-- section: Locks -->\n\n## Locks\n\n```sql\nSELECT 1;\n```\n\n<!-- {} -->\n\n---\n\n<!-- backup -->\n\n## More\n",
        words.repeat(20),
        words.repeat(40),
        words.repeat(40)
    )
}

#[test]
fn the_time_of_a_talk_is_told_slide_by_slide() {
    let project = Project::new().file("talk.md", talk("duration: 9m\n"));
    let run = project.run(["time"]).exit(0).stderr_is("");
    insta::with_settings!({ snapshot_path => "../../snapshots/cli", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("time", run.stdout());
    });
    let stdout = run.stdout();
    let columns = stdout.lines().filter(|line| line.contains("words")).filter_map(|line| {
        let at = ["160 words", "320 words"].iter().find_map(|words| line.find(words))?;
        Some(line[..at].width())
    });
    let columns: Vec<usize> = columns.collect();
    assert!(columns.len() == 3 && columns.windows(2).all(|two| two[0] == two[1]), "{columns:?}");
}

#[test]
fn a_shorter_slot_names_what_to_drop() {
    let project = Project::new().file("talk.md", talk("duration: 9m\n"));
    project
        .run(["time", ".", "--slot", "5m"])
        .stdout_contains("slot 5:00 · Q&A 0:00 · set-up 1:00 · budget 4:00 · estimate 5:57 (")
        .stdout_contains("to fit, drop\n   −2:19  slide 2: 没有控制台时，自己数一遍，看看谁在等 (optional)\n")
        .stdout_contains("then it takes 3:38 and fits\n")
        .exit(0)
        .stderr_is("");
    project.run(["time", "--slot", "3m"]).exit(0).stdout_contains("without them it still takes 3:38: 1:38 too long\n");
    project.run(["time", "--slot", "1h30"]).exit(0).stdout_contains("slot 1:30:00 · ");
    for slot in ["soon", "0", "-5m", "1e9h", ""] {
        let slot = format!("--slot={slot}");
        project.run(["time", &slot]).exit(2).stdout_is("").stderr_contains("write a length of time as");
    }
}

#[test]
fn what_does_not_fit_fails_the_run() {
    let project = Project::new().file("talk.md", talk("duration: 5m\n"));
    project.run(["time"]).exit(1).stderr_contains("error[timing-over-budget]: ").stderr_contains("\n1 error\n");
    // An estimate hinders nobody: the pack is there all the same.
    let run = project.run(["build", "--only", "notes"]).exit(1).stderr_contains("error[timing-over-budget]: ");
    run.stdout_contains("notes.md");
}

#[test]
fn json_has_the_same_figures() {
    let project = Project::new().file("talk.md", talk("duration: 9m\n"));
    let run = project.run(["time", "--json"]).exit(0).stderr_is("");
    let sheet: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(sheet["budget"]["speaking"], 480.0);
    assert_eq!(sheet["slides"].as_array().unwrap().len(), 3, "backup slides are not part of it");
    assert_eq!(sheet["slides"][0]["words"], 160);
    assert_eq!(sheet["slides"][0]["estimate"]["p50"], 70.6);
    assert_eq!(sheet["sections"][0]["planned"], 180.0);
    assert_eq!(sheet["cuts"][0]["why"], "optional");
    let open = Project::new().file("talk.md", talk("")).run(["time", "--json"]).exit(0);
    let sheet: serde_json::Value = serde_json::from_str(&open.stdout()).unwrap();
    assert!(sheet["budget"].is_null() && sheet["fits"].is_null() && sheet["drop"].is_null());
}

#[test]
fn a_talk_that_is_not_there_has_no_time() {
    Project::new().run(["time", "nowhere"]).exit(1).stdout_is("").stderr_contains("error[unreadable-file]: ");
}

/// A run of the talk above in which the first slide took a while, and a speaker who is slow.
fn rehearsed(talk: String) -> Project {
    let project = Project::new().file("talk.md", talk);
    let built = project.run(["build", ".", "--only", "html", "--output", "deck"]);
    let deck = project
        .files()
        .into_iter()
        .find(|file| file.ends_with("index.html"))
        .unwrap_or_else(|| panic!("{}", built.stderr()));
    let deck = project.read(&deck);
    let data = deck.rsplit_once("application/json\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let slides: Vec<_> = data["slides"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slide| serde_json::json!({ "id": slide["id"], "key": slide["key"] }))
        .collect();
    let event =
        |at: f64, slide: usize| serde_json::json!({ "at": at, "event": "enter", "slide": data["slides"][slide]["id"] });
    let recording = serde_json::json!({
        "format": "retell-rehearsal/1", "talk": { "title": "锁与 I/O" }, "lang": "zh-CN", "started": "2026-03-01T10:00:00+08:00",
        "slides": slides, "events": [event(0.0, 0), event(260.0, 1), event(400.0, 2), { "at": 560.0, "event": "end" }],
    });
    let taught = serde_json::json!({ "recording": "r", "title": "T", "started": "2026-03-01T10:00:00+08:00", "expected": 600.0,
        "spoken": 636.0, "live": false, "weight": 1.0 });
    let speed = serde_json::json!({ "format": "retell-speed/1",
        "languages": { "zh": { "factor": 1.06, "taught": [taught, taught] } } });
    project.file(".retell/rehearsals/r.json", recording.to_string()).file(".retell/speed.json", speed.to_string())
}

#[test]
fn the_last_rehearsal_stands_beside_the_estimate() {
    let project = rehearsed(talk("duration: 9m\n"));
    let run = project.run(["time", "--color", "always"]);
    let stdout = run.stdout();
    insta::with_settings!({ snapshot_path => "../../snapshots/cli", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("time-rehearsed", project.run(["time"]).stdout());
    });
    for shown in [
        "last rehearsed on 2026-03-01: \x1b[31m9:20\x1b[0m, 1:20 over the budget\n",
        "at your own speed: 6 % slower than usual, from 2 rehearsals\n",
        "\x1b[31m     4:20\x1b[0m",
        "◆ last rehearsal",
        "\x1b[33myellow\x1b[0m up to a tenth over",
    ] {
        assert!(stdout.contains(shown), "{shown:?}\n{stdout}");
    }
    let sheet: serde_json::Value = serde_json::from_str(&project.run(["time", "--json"]).stdout()).unwrap();
    assert_eq!((&sheet["rehearsal"]["time"], &sheet["speed"]["factor"]), (&560.0.into(), &1.06.into()));
    assert_eq!(sheet["slides"][0]["rehearsed"], 260.0);
    assert_eq!(sheet["sections"][0]["rehearsed"], 400.0);
    project.run(["time", "--html", "a.html"]);
    assert!(project.read("a.html").contains("class=\"rehearsed\""));
}

#[test]
fn no_line_is_longer_than_a_terminal() {
    let long = "<!-- section: 一个很长很长很长很长很长很长很长很长的章节名 3m -->\n<!-- optional -->\n<!-- check: ignore overflow -->\n\n# 一个很长很长很长很长很长很长很长很长很长的标题\n\n";
    let code = "```\nx\n```\n".repeat(4) + "| a |\n|---|\n| 1 |\n\n::: steps\n- a\n- b\n:::\n\n";
    let notes = format!("<!-- {} [pause 5s] [poll] [question] [demo] -->\n", "字 word ".repeat(400));
    let talk = format!(
        "---\ntitle: T\nlang: zh\nduration: 26h\n---\n\n{long}{code}{notes}\n---\n\n{long}<!-- time: 25h -->\n"
    );
    let project = rehearsed(talk);
    let run = project.run(["time"]);
    let stdout = run.stdout();
    let widest = stdout.lines().max_by_key(|line| line.width()).unwrap();
    assert!(widest.width() <= 110 && stdout.contains("! demo without time"), "{widest}\n{stdout}");
}

#[test]
fn a_page_is_written_whole_and_over_nothing_else() {
    let project = Project::new().file("talk.md", talk("duration: 9m\n")).folder("taken.html");
    project.run(["time", ".", "--html", "out/times.html"]).exit(0).stderr_is("").stdout_is("out/times.html\n");
    let page = project.read("out/times.html");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    project.run(["time", "--html", "-"]).exit(0).stdout_is(&page);
    project.run(["time", "--html", "b.HTM"]).exit(0).stdout_is("b.HTM\n");
    assert_eq!(project.read("b.HTM"), page, "the same bytes each time");
    project
        .run(["time", "--html", "taken.html"])
        .exit(1)
        .stdout_is("")
        .stderr_contains("error[not-written]: can't write `taken.html`: is a directory")
        .stderr_contains("choose another place for the file");
    project.run(["time", "--html", "talk.md/a.html"]).exit(1).stderr_contains("error[not-written]: ");
    for wrong in ["talk.md", "out", ""] {
        project.run(["time", "--html", wrong]).exit(2).stderr_contains("name a file that ends in `.html`");
    }
    project.run(["time", "--html", "a.html", "--json"]).exit(2);
    project.run(["time", "nowhere", "--html", "none.html"]).exit(1).stdout_is("").stderr_contains("unreadable-file");
    assert_eq!(project.files(), ["b.HTM", "out/times.html", "talk.md"]);
    assert!(project.read("talk.md").starts_with("---"));
}

#[cfg(unix)]
#[test]
fn a_place_that_takes_no_file_is_named() {
    let project = Project::new().file("talk.md", talk("duration: 9m\n"));
    // No user may make files here, not even the first.
    project
        .run(["time", "--html", "/proc/times.html"])
        .exit(1)
        .stdout_is("")
        .stderr_contains("error[not-written]: can't write `/proc/times.html`: ");
}

#[test]
fn what_is_found_on_a_slide_is_flagged_there() {
    let words = "These words make a sentence for the talk. ".repeat(60);
    let talk = format!("---\ntitle: T\nlang: en\nduration: 6m\n---\n\n# Long\n\n<!-- {words} -->\n");
    let project = Project::new().file("talk.md", talk);
    project.run(["time"]).stdout_contains("480 words, ! long slide\n");
    let sheet: serde_json::Value = serde_json::from_str(&project.run(["time", "--json"]).stdout()).unwrap();
    assert_eq!(sheet["slides"][0]["flags"], serde_json::json!(["timing-long-slide"]));
    assert_eq!(sheet["slides"][0]["end"]["p90"], sheet["estimate"]["p90"]);
}
