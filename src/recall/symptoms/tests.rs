use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::parse::parse;
use crate::source::{MemoryLoader, Sources};

const TALK: &str = "\
---
title: Locks
qa:
  - ask: 为什么不直接上 Aurora？
    answer: 先会诊断，再谈迁移。
  - ask: Why not a bigger instance?
    answer: It waits; it does not compute.
---

# Why {#why}

```trigger #t-lock
when: \"ERROR 1205 (HY000): Lock wait timeout exceeded\"
means: somebody holds the row
do: look at `innodb_trx`
```

```recall #pool
ask: p99 triples after every
  deploy. What first?
answer: Pool warm-up.
why: New pods open connections.
wrong: The slow query log
variant: Latency jumps after a rollout.
```

---

## 元数据锁 {#mdl}

- in a list
  ```trigger
  when: 大量会话卡在 Waiting for table metadata lock
  do: 先停掉排队的 DDL
  ```

````md
```trigger
when: only shown as code
do: nothing
```
````
";

fn entries(source: &str) -> Vec<Entry> {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    Entry::of(&parse(&mut sources, "talk.md", source.as_bytes(), &MemoryLoader::default(), &mut found))
}

/// The best entry for a query.
fn best(text: &str) -> Option<String> {
    let entries = entries(TALK);
    let query = Query::new(text)?;
    let hits: Vec<Hits> = entries.iter().map(|entry| query.hits(&entry.passage())).collect();
    let mut all = Statistics::default();
    for hits in &hits {
        all.add(hits);
    }
    let scored = entries.iter().zip(&hits).filter_map(|(entry, hits)| Some((query.score(hits, &all)?, entry)));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(best.1.when.chars().take(14).collect())
}

#[test]
fn a_symptom_is_found_however_it_is_written() {
    for (text, expected) in [
        ("ERROR 1205 lock wait timeout", "ERROR 1205 (HY"),
        ("error 1213: LOCK WAITS timed out", "ERROR 1205 (HY"),
        ("ｌｏｃｋ　ｗａｉｔ　ｔｉｍｅｏｕｔ", "ERROR 1205 (HY"),
        ("p95 doubled after a deploy", "p99 triples af"),
        ("rollouts make latency jump", "p99 triples af"),
        ("innodb trx", "ERROR 1205 (HY"),
        ("要不要换成 aurora", "为什么不直接上 Aurora"),
        ("会话都卡住了", "大量会话卡在 Waiting"),
        ("metadata_lock", "大量会话卡在 Waiting"),
        ("bigger instances", "Why not a bigg"),
    ] {
        assert_eq!(best(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_fits_nothing_finds_nothing() {
    for text in ["kubernetes eviction", "42", "咖啡"] {
        assert_eq!(best(text), None, "{text}");
    }
    for text in ["", "  ", "?!…", "，。"] {
        assert!(Query::new(text).is_none(), "{text}");
    }
}

#[test]
fn a_scan_finds_every_entry_of_a_talk() {
    let scanned = scan(TALK.as_bytes());
    let flat = |passage: &Passage| {
        let mut rest: Vec<String> = passage.rest.clone();
        rest.sort();
        [passage.main.join(" "), rest.join(" ")].join(" | ").replace(['`', '"'], "")
    };
    let seen: Vec<String> = scanned.passages.iter().map(flat).collect();
    for entry in entries(TALK) {
        let wanted = flat(&entry.passage());
        assert!(seen.contains(&wanted), "{wanted}\n{seen:#?}");
    }
    let included = scan(b"# A\n\n<!-- include: more.md -->\n<!-- included by nobody -->\n");
    assert_eq!(included.includes, ["more.md"]);
    for ending in ["\r\n", "\r"] {
        assert_eq!(scan(TALK.replace('\n', ending).as_bytes()), scanned, "{ending:?}");
    }
}

#[test]
fn wrong_answers_are_not_searched() {
    assert_eq!(best("slow query log"), None);
}

#[test]
fn front_matter_in_another_style_is_searched_too() {
    let found = scan(b"---\ntitle: A\nqa: [{ask: Why not Aurora?, answer: Later.}]\n---\n").passages;
    assert!(found[0].main[0].contains("Aurora"), "{found:?}");
    assert!(scan(b"# No front matter\n\nqa: no\n").passages.is_empty());
}

proptest! {
    #[test]
    fn nothing_breaks_a_scan_or_a_query(text in "(\\PC|[\\r\\n`:~>-]|```trigger\nwhen: |qa:\n){0,80}") {
        let scanned = scan(text.as_bytes());
        if let Some(query) = Query::new(&text) {
            let mut all = Statistics::default();
            let hits: Vec<Hits> = scanned.passages.iter().map(|passage| query.hits(passage)).collect();
            for hits in &hits {
                all.add(hits);
            }
            for hits in &hits {
                prop_assert!(query.score(hits, &all).is_none_or(f64::is_finite));
            }
        }
    }
}
