//! The questions as cards for Anki, by its text import.
//!
//! In: a [`FollowUp`]. Out: the text of `cards.txt`: lines that say what the columns are, then a line a question with
//! tabs between its columns. Anki knows a note by its GUID, which is made of the names of talk and question: who imports
//! the file again has new words on the same card, and keeps what they have learnt. The probe has no card, as it is not to
//! be practised. The note type is not named, since Anki translates the names; any with two fields will do.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::escape::push_entity;
use crate::recall::{FollowUp, Item, fill};
use crate::talk::{Inline, InlineKind};

/// How many characters of the digest name a note; Anki's own have ten.
const GUID_LENGTH: usize = 10;

/// The text of `cards.txt`.
#[must_use]
pub fn cards(follow_up: &FollowUp) -> String {
    let deck = deck_name(&follow_up.title);
    let mut out = format!("#separator:Tab\n#html:true\n#deck:{deck}\n#guid column:1\n#tags column:4\n");
    let tag = format!("retell::{}", tag(&follow_up.id));
    for item in follow_up.practised() {
        let columns = [guid(&follow_up.id, &item.id), html(&item.ask), back(item, follow_up), tag.clone()];
        out.push_str(&columns.join("\t"));
        out.push('\n');
    }
    out
}

/// What Anki knows the note by.
fn guid(talk: &str, item: &str) -> String {
    let mut guid = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{talk}/{item}")));
    guid.truncate(GUID_LENGTH);
    guid
}

/// The title on one line; two colons would make a deck below another.
fn deck_name(title: &str) -> String {
    let mut name = title.split_whitespace().collect::<Vec<_>>().join(" ");
    while name.contains("::") {
        name = name.replace("::", ":");
    }
    if name.is_empty() { "Retell".to_owned() } else { name }
}

/// A tag is one word.
fn tag(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}

/// The answer, its reason, and where it stands in the talk.
fn back(item: &Item, follow_up: &FollowUp) -> String {
    let labels = follow_up.labels();
    let mut out = html(&item.answer);
    if let Some(why) = &item.why {
        out.push_str("<br><br><b>");
        push_escaped(&labels.why, &mut out);
        out.push_str("</b> ");
        out.push_str(&html(why));
    }
    let slide = fill(&labels.slide, &[("n", &item.slide.number.to_string())]);
    out.push_str("<br><br><small>");
    push_escaped(&format!("{slide} · {}", item.slide.title), &mut out);
    out.push_str("</small>");
    out
}

/// Running text as HTML on one line.
fn html(content: &[Inline]) -> String {
    let mut out = String::new();
    push_html(content, &mut out);
    out
}

fn push_html(content: &[Inline], out: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) => push_escaped(text, out),
            InlineKind::Code(text, _) => push_element("code", out, |out| push_escaped(text, out)),
            InlineKind::Emphasis(content) => push_element("i", out, |out| push_html(content, out)),
            InlineKind::Strong(content) => push_element("b", out, |out| push_html(content, out)),
            InlineKind::Strikethrough(content) => push_element("s", out, |out| push_html(content, out)),
            InlineKind::Highlight(content) => push_element("mark", out, |out| push_html(content, out)),
            InlineKind::Superscript(content) => push_element("sup", out, |out| push_html(content, out)),
            InlineKind::Subscript(content) => push_element("sub", out, |out| push_html(content, out)),
            InlineKind::Link { content, target, .. } => push_link(content, target, out),
            InlineKind::Image(image) => push_escaped(&image.alt, out),
            InlineKind::Math { source, .. } => {
                // Anki sets what stands between these marks as a formula.
                out.push_str("\\(");
                push_escaped(source, out);
                out.push_str("\\)");
            }
            InlineKind::LineBreak => out.push_str("<br>"),
            InlineKind::FootnoteReference(_) | InlineKind::Html(_) => {}
        }
    }
}

fn push_element(name: &str, out: &mut String, content: impl FnOnce(&mut String)) {
    out.extend(["<", name, ">"]);
    content(out);
    out.extend(["</", name, ">"]);
}

/// A link that leads somewhere from a card, else its text: a slide or a file of the talk is not there.
fn push_link(content: &[Inline], target: &str, out: &mut String) {
    if !["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return push_html(content, out);
    }
    out.push_str("<a href=\"");
    push_escaped(target, out);
    out.push_str("\">");
    push_html(content, out);
    out.push_str("</a>");
}

/// Text as HTML without line ends and tabs, which part lines and columns; nor is a quotation mark left to open a quoted
/// column, or a bracket to begin one of Anki's own tags, `[sound:…]` or `[latex]`.
fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '[' => out.push_str("&#91;"),
            '{' => out.push_str("&#123;"),
            _ if c.is_control() => out.push(' '),
            _ => push_entity(c, out),
        }
    }
}
