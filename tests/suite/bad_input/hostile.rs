//! Talks that want to run something on the reader's machine.

use super::{build, project, talk};

/// What no page of ours may hold, in lower case.
const ACTIVE: [&str; 9] =
    ["alert(", "<iframe", "<form", "<input", "<base", "http-equiv=\"refresh", "<link", "javascript:", "onerror"];

fn assert_inert(body: &str, findings: &[&str]) {
    let project = project(talk(body));
    let run = build(&project).exit(0);
    for finding in findings {
        assert!(run.stderr().contains(finding), "{finding} of {body}: {}", run.stderr());
    }
    // What the player itself says comes after the slides.
    let page = project.read("dist/t/index.html").to_ascii_lowercase();
    let slides = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    for word in ACTIVE {
        assert!(!slides.contains(word), "{word} in {slides}");
    }
}

#[test]
fn raw_html_is_left_out_and_named() {
    for (html, finding) in [
        ("<script>alert(1)</script>\n\nx", "`<script>` is left out"),
        ("a <b onclick=alert(1)>x</b>", "`onclick` of `<b>` is left out"),
        ("<svg onload=alert(1)><a href=javascript:alert(1)><text>x</text></a></svg>\n\nx", "`<svg>` is left out"),
        ("<iframe src=//evil.example></iframe>\n\nx", "`<iframe>` is left out"),
        ("<form action=//evil.example><input></form>\n\nx", "`<form>` is left out"),
        ("<meta http-equiv=refresh content=0>\n\nx", "`<meta>` is left out"),
        ("<base href=//evil.example>\n\nx", "`<base>` is left out"),
        ("<link rel=stylesheet href=//evil.example>\n\nx", "`<link>` is left out"),
        ("<style>@import '//evil.example'</style>\n\nx", "`<style>` is left out"),
        ("<div style=\"position:fixed;inset:0\">x</div>", "`style` of `<div>` is left out"),
        ("<div style=\"background:url(//evil.example)\">x</div>", "`style` of `<div>` is left out"),
        ("<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "html-removed"),
        ("<b id=retell-data>x</b>", "`id` of `<b>` is left out"),
    ] {
        assert_inert(html, &["warning[html-removed]: ", finding]);
    }
}

#[test]
fn broken_comments_and_tags_hide_nothing() {
    for html in [
        "x <!-- --!><b onmouseover=alert(1)>y</b> -->",
        "x <b title='</section><script>alert(1)</script>'>y</b>".replace("alert(1)", "a()").as_str(),
        "x <!--><script>alert(1)</script>-->",
        "x <b/onmouseover=alert(1)>y</b>",
        "x <b <script>alert(1)</script>",
        "x &lt;script>a()&lt;/script>",
        "x <math><mtext><table><mglyph><style><!--</style><b title=\"--&gt;&lt;b onerror=1&gt;\">",
    ] {
        let project = project(talk(html));
        let _ = build(&project);
        if !project.path("dist/t/index.html").exists() {
            continue;
        }
        let page = project.read("dist/t/index.html").to_ascii_lowercase();
        let slides = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        assert!(!slides.contains("<script") && !slides.contains("<style"), "{slides}");
        let mut tags = slides.split('<').map(|rest| rest.split('>').next().unwrap_or_default());
        assert!(tags.all(|tag| !tag.contains("onmouseover")), "{slides}");
        assert_eq!(slides.matches("<section").count(), 1, "{slides}");
    }
}

#[test]
fn links_that_run_something_are_dropped() {
    for target in ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
    {
        assert_inert(&format!("[x]({target})"), &["t/talk.md:8:1: warning[html-removed]: the link to `"]);
    }
    build(&project(talk("[a](https://a.example) [b](mailto:a@b.example) [c](http://[) [d](tel:1) [e](#s)")))
        .exit(0)
        .stderr_is("");
}

#[test]
fn texts_of_the_front_matter_are_only_texts() {
    let text = "---\ntitle: '</title><script>alert(1)</script>'\nlang: en\nsubtitle: '\"><img src=x onerror=alert(1)>'\n\
        speaker: '<b onclick=alert(1)>A</b>'\nfooter: '{{ 7 * 7 }}</footer><script>alert(1)</script>'\n---\n\n# A {{ 7 * 7 }}\n\nx\n";
    let project = project(text);
    build(&project).exit(0);
    let page = project.read("dist/t/index.html");
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("<b onclick"));
    assert!(page.contains("{{ 7 * 7 }}") && !page.contains("A 49"));
}
