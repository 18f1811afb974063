//! Notes as readers have them: without the stage directions of the speaker.

use std::borrow::Cow;

/// What opens a stage direction in the HTML of notes, and what ends it.
const CUE: (&str, &str) = ("<span class=\"cue\"", "</span>");

/// Elements that mean nothing when nothing is in them.
const HOLDERS: [&str; 11] = ["strong", "em", "del", "mark", "sup", "sub", "p", "li", "ul", "ol", "blockquote"];

/// Notes without stage directions, and without what these leave behind: empty paragraphs, line breaks and double blanks.
pub(super) fn for_readers(notes: &str) -> Cow<'_, str> {
    if !notes.contains(CUE.0) {
        return Cow::Borrowed(notes);
    }
    let mut out = String::with_capacity(notes.len());
    let mut rest = notes;
    while let Some((before, after)) = rest.split_once(CUE.0) {
        out.push_str(before);
        rest = join(&mut out, after.split_once(CUE.1).map_or("", |(_, after)| after));
    }
    out.push_str(rest);
    Cow::Owned(without_empty(out))
}

/// Leaves between what stands before a direction and what follows it the blank that belongs there.
fn join<'r>(out: &mut String, after: &'r str) -> &'r str {
    let before = out.trim_end();
    let rest = after.trim_start();
    let blank = before.len() < out.len() || rest.len() < after.len();
    out.truncate(before.len());
    if rest.starts_with(CUE.0) {
        // The next direction is looked at with the blank that this one had.
        out.push_str(if blank { " " } else { "" });
        return rest;
    }
    if ends_line(rest) {
        while let Some(shorter) = out.trim_end().strip_suffix("<br>") {
            out.truncate(shorter.trim_end().len());
        }
        return rest;
    }
    if begins_line(out) {
        return rest.strip_prefix("<br>").unwrap_or(rest).trim_start();
    }
    if rest.starts_with("<br>") {
        return rest;
    }
    let neighbours = last_shown(out).zip(first_shown(rest));
    if blank && neighbours.is_some_and(|(left, right)| are_apart(left, right)) {
        out.push(' ');
    }
    rest
}

/// Whether nothing of a line stands behind `text` yet.
fn begins_line(text: &str) -> bool {
    text.is_empty() || ["<p>", "<li>", "<br>", "<blockquote>", "<ul>", "<ol>"].iter().any(|tag| text.ends_with(tag))
}

fn ends_line(text: &str) -> bool {
    text.is_empty() || ["</p>", "</li>", "</blockquote>"].iter().any(|tag| text.starts_with(tag))
}

/// The last character outside tags.
fn last_shown(text: &str) -> Option<char> {
    let mut text = text;
    while text.ends_with('>') {
        text = &text[..text.rfind('<')?];
    }
    text.chars().next_back()
}

/// The first character outside tags.
fn first_shown(text: &str) -> Option<char> {
    let mut text = text;
    while text.starts_with('<') {
        text = &text[text.find('>')? + 1..];
    }
    text.chars().next()
}

/// Whether a blank stands between two characters: never beside full-width marks, between Chinese characters, or
/// before a mark that ends something.
fn are_apart(left: char, right: char) -> bool {
    let is_mark = |c: char| is_wide(c) && !c.is_alphanumeric();
    !(is_wide(left) && is_wide(right)
        || is_mark(left)
        || is_mark(right)
        || left.is_whitespace()
        || right.is_whitespace()
        || matches!(right, '.' | ',' | ';' | ':' | '!' | '?' | ')'))
}

/// Whether a character is as wide as it is high, with the curly quotes and dashes that Chinese text shares.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}')
}

/// The same without elements that hold nothing.
fn without_empty(mut html: String) -> String {
    loop {
        let before = html.len();
        for tag in HOLDERS {
            let end = format!("</{tag}>");
            let mut from = 0;
            while let Some(at) = html[from..].find(&end).map(|at| from + at) {
                let holds = html[..at].trim_end();
                let open = holds.strip_suffix('>').and_then(|_| holds.rfind('<'));
                match open.filter(|open| opens(&holds[*open..], tag)) {
                    Some(open) => {
                        let after = html.split_off(at + end.len());
                        html.truncate(open);
                        let after = join(&mut html, &after);
                        from = html.len();
                        html.push_str(after);
                    }
                    None => from = at + end.len(),
                }
            }
        }
        if html.len() == before {
            return html;
        }
    }
}

/// Whether `tag` opens an element of this name.
fn opens(tag: &str, name: &str) -> bool {
    tag.strip_prefix('<').and_then(|tag| tag.strip_prefix(name)).is_some_and(|rest| rest.starts_with([' ', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_leave_nothing_behind() {
        let cases = [
            ("问题？ [pause 5s] 请记住", "问题？请记住"),
            ("看左边 [click] 再看", "看左边再看"),
            ("再看 [click] Redis。[click]然后", "再看 Redis。然后"),
            ("先看。 [click] Redis", "先看。Redis"),
            ("Look left. [click] Then right [click].", "Look left. Then right."),
            ("One [click] [pause 3s] two", "One two"),
            ("一 [click] [pause 3s] 二", "一二"),
            ("<p>[来源]</p><p>text</p>", "<p>text</p>"),
            ("<p>[click] text [pause]</p>", "<p>text</p>"),
            ("<p>text<br>[来源：A &amp; B]</p>", "<p>text</p>"),
            ("<p>[a]<br>text</p>", "<p>text</p>"),
            ("<p>one<br>[a]<br>[b]<br>two</p>", "<p>one<br>two</p>"),
            ("<p>one<br>two [a]<br>[b]</p>", "<p>one<br>two</p>"),
            ("看 <strong>[click]</strong> 这里", "看这里"),
            ("<strong>右边</strong> [click] 是", "<strong>右边</strong>是"),
            ("<ul class=\"tight\"><li>[a]</li></ul><p> [b] </p>", ""),
            ("<ul><li>[a]</li><li>b</li></ul>", "<ul><li>b</li></ul>"),
            ("no <p></p> directions", "no <p></p> directions"),
        ];
        for (said, read) in cases {
            let marked = said.replace('[', "<span class=\"cue\" data-click=\"1\">[").replace(']', "]</span>");
            assert_eq!(for_readers(&marked), read, "{said}");
        }
    }
}
