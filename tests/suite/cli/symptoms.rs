use retell::pipeline::{search_symptoms, search_symptoms_slowly, symptom_query};

use crate::project::Project;

const LOCKS: &str = "\
---
title: Locks
lang: en
qa:
  - ask: Why not Aurora?
    answer: It has locks too.
---

# Who waits {#who}

```trigger #t-lock
when: \"ERROR 1205 (HY000): Lock wait timeout exceeded\"
means: somebody holds the row
do: look at `innodb_trx`
see: runbook/locks
```

<!-- include: more.md -->
";

const MORE: &str =
    "## 连接池 {#pool}\n\n```trigger\nwhen: 发布后 p99 涨了三倍\nmeans: 冷的连接池\ndo: 设 `minIdle=20`\n```\n";

const HIDDEN: &str = "# Shown\n\n---\n\n<!-- hidden -->\n\n## Hidden\n\n```trigger\nwhen: lock wait timeout in secret\ndo: nothing\n```\n";

const KEPT: &str = "# Asked\n- ask: 主从延迟多久会报警？\n  answer: 超过 30 秒，看 `Seconds_Behind_Source`。\n  slide: who\n  by: 小林\n  \
    state: answered\n- ask: Is the pager loud?\n- ask: Who was rude about failover?\n  state: hidden\n";

fn talks() -> Project {
    let other = |n: usize| {
        format!(
            "# Talk {n}\n\n```recall #q\nask: How long does replica {n} lag behind after the timeout?\nanswer: See the heartbeat.\n```\n"
        )
    };
    let mut project = Project::new()
        .file("talks/locks/talk.md", LOCKS)
        .file("talks/locks/more.md", MORE)
        .file("talks/locks/qa.yaml", KEPT)
        .file("talks/2025/hidden/talk.md", HIDDEN)
        .file("talks/2025/node_modules/x/talk.md", LOCKS)
        .file("talks/.git/talk.md", LOCKS);
    for n in 0..30 {
        project = project.file(&format!("talks/t{n:02}/talk.md"), other(n));
    }
    project
}

#[test]
fn an_error_is_found_by_its_text() {
    let project = talks();
    let run =
        project.run(["symptoms", "error 1213: LOCK WAITS timed out", "talks", "--limit", "1"]).exit(0).stderr_is("");
    run.stdout_is(
        "ERROR 1205 (HY000): Lock wait timeout exceeded\n  means     somebody holds the row\n  \
         do first  look at innodb_trx\n  read on   runbook/locks\n  talk      Locks (talks/locks), slide 1: Who waits\n",
    );
    let run = project.run(["symptoms", "ｐ９５ 涨了", "talks", "--json", "--limit", "1"]).exit(0);
    let found: serde_json::Value = serde_json::from_str(&run.stdout()).unwrap();
    assert_eq!(found["talks"], 32, "hidden folders and made ones are left out");
    let best = &found["found"][0];
    assert_eq!((&best["when"], &best["slide"]["number"]), (&"发布后 p99 涨了三倍".into(), &2.into()));
    assert_eq!((&best["origin"], &best["talk"]), (&"trigger".into(), &"talks/locks".into()));
}

#[test]
fn the_quick_search_finds_what_reading_every_talk_finds() {
    let project = talks();
    for text in [
        "lock wait timeout",
        "replica lag",
        "p99",
        "连接池",
        "aurora",
        "heartbeat after 3 timeouts",
        "secret",
        "主从延迟报警",
        "pager",
    ] {
        let query = symptom_query(text).unwrap();
        let (quick, slow) = (
            search_symptoms(&project.path("talks"), &query, 5),
            search_symptoms_slowly(&project.path("talks"), &query, 5),
        );
        let names = |search: retell::pipeline::Search| {
            search.found.into_iter().map(|found| (found.talk, found.entry.when)).collect::<Vec<_>>()
        };
        assert_eq!(names(quick), names(slow), "{text}");
    }
}

#[test]
fn what_the_audience_asked_is_found_unless_it_is_hidden() {
    let project = talks();
    let found = project.run(["symptoms", "主从延迟报警", "talks", "--limit", "1"]).exit(0);
    found.stdout_contains("主从延迟多久会报警").stdout_contains("Seconds_Behind_Source").stdout_contains("Who waits");
    project.run(["symptoms", "rude failover", "talks"]).exit(0).stdout_is("");
}

#[test]
fn what_is_not_there_is_said() {
    let project = talks().folder("empty");
    project.run(["symptoms", "kubernetes", "talks"]).exit(0).stdout_is("").stderr_contains("nothing in 32 talks fits");
    project.run(["symptoms", "lock", "empty"]).exit(0).stderr_contains("no talk in `empty`");
    project.run(["symptoms", "lock", "gone"]).exit(1).stderr_contains("error: there is no `gone`");
    project.run(["symptoms", "?!"]).exit(2).stderr_contains("there is no word to search for");
    project.run(["symptoms"]).exit(2);
}

#[test]
fn the_page_lists_every_entry_once() {
    let project = talks();
    project
        .run(["symptoms", "--html", "out/symptoms.html", "talks"])
        .exit(0)
        .stdout_is("")
        .stderr_contains("35 answers of 32 talks");
    let page = project.read("out/symptoms.html");
    assert_eq!(page.matches("<li ").count(), 35);
    assert!(page.contains("<h2>发布后 p99 涨了三倍</h2>") && !page.contains("in secret"));
    project.run(["symptoms", "lock wait", "talks", "--html", "q.html"]).exit(0).stdout_contains("Lock wait timeout");
    assert!(project.read("q.html").contains("value=\"lock wait\""));
}
