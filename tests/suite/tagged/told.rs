use std::path::Path;

use crate::built::ask;

/// The tree as poppler tells it.
pub(super) fn structure(pdf: &Path) -> String {
    let told = ask("pdfinfo", &["-struct-text", pdf.file_name().unwrap().to_str().unwrap()], pdf);
    // The numbers of objects are no matter.
    let lines = told.lines().filter(|line| !line.trim_start().starts_with("Object "));
    lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// All text of the tree, its pieces as lines.
pub(super) fn text(pdf: &Path) -> String {
    structure(pdf).lines().filter_map(piece).collect::<Vec<_>>().join("\n")
}

/// The text of each slide without spaces, and without what is no text of the HTML: numbers, bullets, and the words in
/// drawings.
pub(super) fn without_labels(pdf: &Path) -> Vec<String> {
    let mut slides: Vec<String> = Vec::new();
    // How far what is left out is indented.
    let mut left_out: Option<usize> = None;
    for line in structure(pdf).lines() {
        let indent = line.len() - line.trim_start().len();
        if line == "  Sect" {
            slides.push(String::new());
        }
        match (piece(line), slides.last_mut()) {
            (Some(piece), Some(slide)) if left_out.is_none_or(|role| indent <= role) => slide.push_str(&bare(piece)),
            (Some(_), _) => {}
            (None, _) => {
                let is_left_out = ["Lbl", "Figure"].iter().any(|role| line.trim_start().starts_with(role));
                left_out = is_left_out.then_some(indent);
            }
        }
    }
    slides
}

/// The text of a line that is one.
fn piece(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('"')?.strip_suffix('"')
}

/// The text of each slide of a deck without spaces: all that is not in pictures, footers or notes.
pub(super) fn slides(html: &str) -> Vec<String> {
    let sections = html.split("<section class=\"slide ").skip(1);
    sections.map(|section| bare(&text_of(section.split_once('>').unwrap().1))).collect()
}

/// The text of a slide's HTML, up to its end.
fn text_of(html: &str) -> String {
    let html = html.split("</section>").next().unwrap();
    let (mut text, mut rest) = (String::new(), html);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let end = ["svg", "footer"].into_iter().find(|name| after.starts_with(name)).map(|name| format!("</{name}>"));
        rest = match end {
            Some(end) => after.split_once(end.as_str()).unwrap().1,
            None => tag_end(after),
        };
    }
    text.push_str(rest);
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text
}

/// What stands behind a tag, in whose attributes `>` may stand.
fn tag_end(tag: &str) -> &str {
    let mut quoted = false;
    let end = tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    &tag[end.unwrap() + 1..]
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{2060}')).collect()
}
