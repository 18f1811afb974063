//! Pictures that are cut off, lie about themselves or reach out.

use super::{build, project, refused, talk};

fn chunk(name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    out.extend(name);
    out.extend(bytes);
    // Nobody looks at the checksum before the pixels are wanted.
    out.extend([0; 4]);
    out
}

/// A PNG file of which only the header is true.
fn header_only(side: u32) -> Vec<u8> {
    let mut header = [side.to_be_bytes(), side.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", b"x"), chunk(b"IEND", b"")].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts].concat()
}

fn whole() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 40, 40);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[200; 1600]).unwrap();
    bytes
}

#[test]
fn a_picture_that_is_cut_off_says_so() {
    let whole = whole();
    build(&project(talk("![a](a.png)")).file("t/a.png", &whole)).exit(0).stderr_is("");
    for length in [0, 8, 20, 33, whole.len() - 12, whole.len() - 1] {
        let project = project(talk("![a](a.png)")).file("t/a.png", &whole[..length]);
        refused(&project, "t/talk.md:8:1: error[unreadable-image]: `a.png` can't be shown: ");
    }
}

#[test]
fn huge_pictures_are_refused_by_their_header() {
    let project = project(talk("![a](a.png)")).file("t/a.png", header_only(20_000));
    refused(&project, "it has 20000 × 20000 pixels, the limit is 150 million in all and 65535 a side");
}

#[test]
fn drawings_load_and_run_nothing() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40' onload='evil()'>\
        <script>evil()</script><image href='https://evil.example/a.png' width='9' height='9'/>\
        <image href='file:///etc/passwd' width='9' height='9'/><use href='https://evil.example/b.svg#x'/>\
        <style>@import url(https://evil.example/c.css);</style><foreignObject><b>evil</b></foreignObject>\
        <a href='javascript:evil()'><rect width='90' height='40' fill='#123'/></a></svg>";
    let project = project(talk("![a](a.svg)")).file("t/a.svg", svg);
    let run = build(&project).exit(0);
    for part in ["svg-removed", "`onload`", "`script`", "`https://evil.example/a.png`", "`file:///etc/passwd`"] {
        assert!(run.stderr().contains(part), "{part}: {}", run.stderr());
    }
    assert!(!project.read("dist/t/index.html").contains("evil"));
}

#[test]
fn characters_that_no_font_has_are_found_in_drawings_too() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text y='20'>\u{10fffe}</text></svg>";
    let picture = project(talk("![a](a.svg)")).file("t/a.svg", svg);
    refused(&picture, "t/talk.md:8:1: error[missing-glyph]: no font has `");
    let diagram = project(talk("```mermaid\nflowchart LR\n  A[\u{10fffe}] --> B\n```"));
    refused(&diagram, "t/talk.md:8:1: error[missing-glyph]: no font has `");
    refused(&project(talk("$x_{\u{10fffe}}$")), "t/talk.md:8:1: error[math-syntax]: ");
    build(&project(talk("$\\text{平均} = 连$"))).exit(0).stderr_is("");
}

#[test]
fn drawings_that_explode_are_refused() {
    let entities: String = ('b'..='j')
        .zip('a'..)
        .map(|(name, of)| format!("<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10)))
        .collect();
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY a \"xxxxxxxxxx\">{entities}]>\
         <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&j;</text></svg>"
    );
    refused(&project(talk("![a](a.svg)")).file("t/a.svg", bomb), "error[unreadable-image]: ");
    let long = format!("<svg xmlns='http://www.w3.org/2000/svg'><text>{}</text></svg>", "面".repeat(300_000));
    refused(&project(talk("![a](a.svg)")).file("t/a.svg", long), "it holds a text of more than 10000 characters");
    let outer = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
        <svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text>&x;</text></svg>";
    refused(&project(talk("![a](a.svg)")).file("t/a.svg", outer), "error[unreadable-image]: ");
}

#[test]
fn paths_stay_in_the_talk_s_folder() {
    for path in [
        "../a.png",
        "/etc/passwd",
        "C:/a.png",
        "C:\\\\a.png",
        "sub/../../a.png",
        "%2e%2e/a.png",
        "\\\\\\\\host\\\\a.png",
    ] {
        let project = project(talk(&format!("![a]({path})"))).file("a.png", whole());
        refused(&project, "t/talk.md:8:1: error[path-outside-talk]: ");
    }
    for url in ["file:///etc/passwd", "https://evil.example/a.png", "//evil.example/a.png"] {
        refused(&project(talk(&format!("![a]({url})"))), "t/talk.md:8:1: error[");
    }
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_do_not_lead_out() {
    let project = project(talk("![a](a.png)")).file("secret.png", whole());
    std::os::unix::fs::symlink(project.path("secret.png"), project.path("t/a.png")).unwrap();
    refused(&project, "t/talk.md:8:1: error[path-outside-talk]: ");
}
