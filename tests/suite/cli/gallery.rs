use crate::project::Project;

fn talk(front_matter: &str) -> String {
    format!("---\n{front_matter}\n---\n\n<!-- layout: title -->\n\n# One\n\n<!-- secretnote -->\n")
}

/// Three talks, one deeper and in Chinese, and what is no talk.
fn project() -> Project {
    Project::new()
        .file(
            "talks/a&b <i>/talk.md",
            talk("title: '<script>alert(1)</script> & \"x\"'\nlang: en\nspeaker: '<b>Eve</b>'\ndate: 2026-01-02"),
        )
        .file(
            "talks/db/慢查询/talk.md",
            talk(
                "title: 数据库为什么慢\nsubtitle: 一次排查\nspeaker: [{name: 林}, {name: 沈}]\ndate: 2026-12-04\nlang: zh-CN\n\
                 duration: 45m\naudience: {who: 后端团队, level: mixed}",
            ),
        )
        .file("talks/later/talk.md", talk("title: No day yet\nlang: en\naudience: company"))
        .file("talks/notes.txt", "no talk")
}

#[test]
fn a_gallery_shows_all_talks_below_a_folder() {
    let project = project();
    let run = project.run(["gallery", "talks"]).exit(0);
    assert!(run.stdout().ends_with("dist/index.html: 3 talks\n"), "{}", run.stdout());
    let page = project.read("dist/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no `{text}` in {page}"));
    assert!(at("数据库为什么慢") < at("&lt;script&gt;alert(1)") && at("alert(1)") < at("No day yet"), "latest first");
    for part in [
        "<html lang=\"en\">",
        "<h1>Talks</h1>\n<p>3 talks</p>",
        "<article lang=\"zh-CN\">",
        "<p class=\"subtitle\">一次排查</p>",
        "林、沈 · <time datetime=\"2026-12-04\">2026-12-04</time>",
        "45 分钟 · 1 页 · <span lang=\"zh-CN\">中文</span>",
        "后端团队 · 有人熟悉，有人不熟",
        "the whole company · no technical knowledge needed",
        "&lt;b&gt;Eve&lt;/b&gt;",
    ] {
        at(part);
    }
    assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("://"), "{page}");
    // What the page names is there, and a talk without questions has no sheet to name.
    let files = project.files();
    for link in
        page.split(&[' ', '>'][..]).filter_map(|part| part.strip_prefix("href=\"").or(part.strip_prefix("src=\"")))
    {
        let link = link.trim_end_matches('"');
        let path = link.replace("%26", "&").replace("%20", " ").replace("%3C", "<").replace("%3E", ">");
        let path = path.replace("%E6%85%A2%E6%9F%A5%E8%AF%A2", "慢查询");
        assert!(link == "data:," || files.contains(&format!("dist/{path}")), "{link}");
    }
    assert_eq!(page.matches("/cover.png\"").count(), 3);
    assert_eq!(page.matches("/handout.pdf\"").count(), 3);
    assert!(!page.contains("follow-up"));
    project.run(["gallery", "talks", "-o", "again"]).exit(0);
    assert_eq!(project.read("again/index.html"), page, "the same talks give the same page");
}

#[test]
fn a_gallery_has_a_heading_of_its_own_and_no_notes() {
    let project = project();
    project.run(["gallery", "talks", "-o", "public", "--title", "Us & <them>", "--without-notes"]).exit(0);
    assert!(project.read("public/index.html").contains("<h1>Us &amp; &lt;them&gt;</h1>"));
    assert!(!project.read("public/later/index.html").contains("secretnote"));
    assert!(!project.files().contains(&"public/later/notes.md".to_owned()));
}

#[test]
fn a_gallery_of_a_talk_with_errors_stays_as_it_was() {
    let project = project();
    project.run(["gallery", "talks"]).exit(0);
    let page = project.read("dist/index.html");
    let project = project.file("talks/later/talk.md", talk("title: Broken\nlang: en\ntheme: nowhere"));
    project.run(["gallery", "talks"]).exit(1).stderr_contains("later: not built");
    assert_eq!(project.read("dist/index.html"), page);
    let empty = Project::new().folder("none");
    empty.run(["gallery", "none"]).exit(1).stdout_is("").stderr_contains("no folder in `none` holds a `talk.md`");
    empty.run(["gallery", "gone"]).exit(1).stdout_is("").stderr_contains("= help: ");
    assert_eq!(empty.files(), Vec::<String>::new());
}
