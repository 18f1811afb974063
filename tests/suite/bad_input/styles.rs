//! What the talk's own CSS loads.

use super::{build, project, refused, talk};

#[test]
fn remote_css_is_refused_at_its_place() {
    for (css, finding) in [
        ("@import url(https://evil.example/a.css);", "t/style.css:1:1: error[remote-url]: "),
        ("@import \"b.css\";", "t/style.css:1:1: error[invalid-value]: "),
        ("\n p { background: u\\72l(\"//evil.example/a.png\") }", "t/style.css:2:18: error[remote-url]: "),
        ("p { --x: url(http://evil.example) }", "t/style.css:1:10: error[remote-url]: "),
        ("p { background: image-set(\"https://evil.example/a.png\" 1x) }", "t/style.css:1:27: error[remote-url]: "),
        ("@font-face { font-family: a; src: url(//evil.example/a.ttf) }", "t/style.css:1:35: error[remote-url]: "),
        ("p { background: url(../a.png) }", "t/style.css:1:17: error[path-outside-talk]: "),
        ("p { background: url(no.png) }", "t/style.css:1:17: error[missing-image]: "),
        ("@font-face { font-family: a; src: url(no.ttf) }", "t/style.css:1:35: error[unreadable-font]: "),
        ("@font-face { font-family: a; src: url(style.css) }", "t/style.css:1:35: error[unreadable-font]: "),
    ] {
        refused(&project(talk("x")).file("t/style.css", css), finding);
    }
    let front_matter = talk("x").replace("lang: en", "lang: en\nstyle: 'p { background: url(//evil.example/a) }'");
    refused(&project(front_matter), "t/talk.md:4:8: error[remote-url]: ");
    refused(&project(talk("x")).file("t/style.css", b"p{}\xff"), "t/style.css:1:4: error[not-utf8]: ");
}

#[test]
fn files_of_the_folder_travel_in_both_outputs() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let font = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/fonts/jetbrains-mono-bold.ttf")).unwrap();
    let css = "@font-face { font-family: 'Own Face'; font-weight: bold; src: local(x), url(own.ttf) }\n\
        p { font: bold 30px 'Own Face'; background: url(\"a.svg\") /* url(https://evil.example) */ }\n\
        h1::before { content: \"url(https://evil.example)\" }";
    let project = project(talk("Words.")).file("t/style.css", css).file("t/a.svg", svg).file("t/own.ttf", font);
    build(&project).exit(0).stderr_is("");
    let page = project.read("dist/t/index.html");
    assert!(page.contains("background: url(\"data:image/svg+xml;base64,"));
    assert!(page.contains("@font-face{font-family:\"Own Face\";font-weight:700;"));
    assert!(!page.contains("local(x)") && !page.contains("own.ttf"));
    let fonts = std::process::Command::new("pdffonts").arg(project.path("dist/t/slides.pdf")).output().unwrap();
    let fonts = String::from_utf8(fonts.stdout).unwrap();
    assert!(fonts.contains("JetBrainsMono-Bold"), "{fonts}");
}

#[test]
fn css_can_not_end_its_element() {
    let css = "p{}</style><script>alert(1)</script><!-- --> </STYLE >";
    let project = project(talk("x")).file("t/style.css", css);
    build(&project).exit(0);
    let page = project.read("dist/t/index.html").to_ascii_lowercase();
    assert!(!page.contains("<script>alert") || !page.contains("</style><script>alert"), "the style element was left");
    assert_eq!(page.matches("</style").count(), page.matches("<style").count());
}

#[test]
fn absurd_values_are_laid_out_or_refused_but_never_crash() {
    for css in [
        "p{width:1e38px;height:1e38px;border:1e38px solid red;border-radius:1e38px;transform:scale(1e38) rotate(1e38deg)}",
        ".slide{display:grid;grid-template-columns:repeat(1000000,1px)}p{grid-column:1/99999999;grid-row:2147483647}",
        "p{background:repeating-linear-gradient(red 0,blue 0.00001px);outline:1e9px dotted red}",
        "p{background:url(#a);font-size:1e38px;letter-spacing:-1e38px;line-height:0}",
        "p{width:calc(1px / 0);margin:calc(0px / 0);aspect-ratio:0/0;flex:1e38;order:-2147483648;z-index:2147483647}",
        ".slide,.slide *{position:absolute;display:table;float:left;writing-mode:vertical-rl;columns:9}",
        ".slide,.slide *{display:inline-block;position:sticky;overflow:hidden;contain:strict;all:revert}",
        "*{display:none}",
        "*{display:contents}",
        "*{display:inline}",
        "*{display:table-cell}",
    ] {
        let run =
            build(&project(talk("Words.\n\n- a\n- b\n\n| a | b |\n|---|---|\n| c | d |")).file("t/style.css", css));
        assert!(
            !run.stderr().contains("internal-error") && !run.stderr().contains("panicked"),
            "{css}: {}",
            run.stderr()
        );
    }
}
