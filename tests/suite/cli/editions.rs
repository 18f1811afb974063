//! `--edition`: what is for colleagues only is in no file of a public pack.

use std::path::Path;
use std::process::Command;

use crate::project::Project;

const TALK: &str = r#"---
title: Why db-prod-3.corp was slow
lang: en
date: 2026-12-04
duration: 20m
takeaway: Look at db-prod-3.corp first
redact: {"db-prod-3.corp": "<db host>", "db-prod": "<db>"}
recall: {id: x}
qa:
  - ask: Is db-prod-3.corp back?
    answer: It is
---

# db-prod-3.corp was slow

`ping db-prod-3.corp`, and db-prod-7.

![db-prod-3.corp over a day](load.svg)

<!-- Say db-prod-3.corp aloud. -->

---

<!-- edition: internal -->
<!-- section: Names 5m -->

## Confidential: who was on call {#oncall}

---

<!-- edition: public -->

## For everybody

---

## The fix {#fix}

::: steps
- one

::: internal
- Confidential step
:::

- two
:::

```sql
-- db-prod-3.corp
SELECT 1;
```

```recall #first
ask: db-prod-3.corp is slow. What do you look at first, and why?
answer: the pool
why: because
```

::: notes
Said to all.

::: internal
Confidential words
:::

Said to the end.
:::
"#;

const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">
<text x="10" y="40" font-size="30">db-prod-3.corp</text></svg>"#;

/// All words of the pack in `folder`: of its PDFs as poppler reads them, of the rest as it is.
fn words(project: &Project, folder: &str) -> String {
    let mut all = String::new();
    for file in project.files().iter().filter(|file| file.starts_with(folder)) {
        if Path::new(file).extension().is_some_and(|ending| ending == "pdf") {
            let told = Command::new("pdftotext").arg(project.path(file)).arg("-").output().expect("pdftotext");
            all += &String::from_utf8_lossy(&told.stdout);
        } else {
            all += &String::from_utf8_lossy(&std::fs::read(project.path(file)).expect("a file of the pack"));
        }
    }
    all
}

#[test]
fn a_public_pack_holds_nothing_that_is_internal() {
    let project = Project::new().file("talk/talk.md", TALK).file("talk/load.svg", PICTURE);
    project.run(["build", "talk", "--edition", "public", "-o", "public"]).exit(0);
    project.run(["build", "talk", "-o", "internal"]).exit(0);
    let (public, internal) = (words(&project, "public"), words(&project, "internal"));
    for secret in ["db-prod", "Confidential"] {
        assert!(!public.contains(secret), "`{secret}` is in the public pack");
        assert!(internal.contains(secret), "`{secret}` is for colleagues");
    }
    assert!(public.contains("‹db host› was slow") && public.contains("‹db›-7"), "what is replaced has a name");
    assert!(public.contains("Said to the end.") && public.contains("**Names** (5 min)"), "the rest stays");
    assert!(public.contains("For everybody") && !internal.contains("For everybody"));
    // What is left out leaves no click that shows nothing.
    assert!(public.contains("data-steps=\"2\"") && internal.contains("data-steps=\"3\""));
}

#[test]
fn a_file_is_redacted_whatever_its_name_is() {
    let talk = TALK.replace("load.svg", "load");
    let project = Project::new().file("talk/talk.markdown", &talk).file("talk/load", PICTURE);
    project.run(["build", "talk/talk.markdown", "--edition", "public", "-o", "public"]).exit(0);
    let public = words(&project, "public");
    assert!(public.contains("‹db host› was slow") && !public.contains("db-prod"), "{:?}", project.files());
}

#[test]
fn a_link_to_a_slide_of_another_edition_is_found() {
    let talk = "---\ntitle: T\nlang: en\n---\n\n# A\n\n[b](#b)\n\n---\n\n<!-- edition: internal -->\n\n# B {#b}\n\nx\n";
    let project = Project::new().file("talk/talk.md", talk);
    project.run(["check", "talk"]).exit(0);
    let told = project.run(["check", "talk", "--edition", "public", "--format", "short"]).exit(1).stderr();
    assert!(told.contains("error[dead-link]"), "{told}");
}

#[test]
fn a_gallery_of_public_packs_tells_no_more_than_they_do() {
    let project = Project::new().file("talks/a/talk.md", TALK).file("talks/a/load.svg", PICTURE);
    project.run(["gallery", "talks", "--edition", "public"]).exit(0);
    let page = std::fs::read_to_string(project.path("dist/index.html")).expect("the page");
    assert!(page.contains("Why ‹db host› was slow") && !page.contains("db-prod"), "{page}");
}
