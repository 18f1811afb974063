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
        .stdout_contains("slot 5:00 · Q&A 0:00 · set-up 1:00 · budget 4:00\n")
        .stdout_contains("to fit, drop\n   −2:19  slide 2: 没有控制台时，自己数一遍，看看谁在等 (optional)\n")
        .stdout_contains("then it takes 3:38 and fits\n")
        .exit(0)
        .stderr_is("");
    project.run(["time", "--slot", "3m"]).exit(0).stdout_contains("without them it still takes 3:38: 1:38 too long\n");
    project.run(["time", "--slot", "soon"]).exit(2).stdout_is("").stderr_contains("write a length of time as");
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
