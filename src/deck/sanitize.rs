//! Raw HTML of the author: what may stay, and what is reported as left out.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use ammonia::{Builder, UrlRelative};

use crate::deck::inlines::is_safe_target;
use crate::deck::writer::{Writer, is_reserved_id};
use crate::diagnostic::{Diagnostic, code};
use crate::escape::html as escaped;
use crate::source::Span;

/// Elements that may stay.
const TAGS: [&str; 66] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
];

/// Attributes that any element may have, besides those that begin with `data-` and `aria-`.
const ATTRIBUTES: [&str; 15] = [
    "class", "id", "style", "title", "lang", "dir", "role", "align", "width", "height", "start", "colspan", "rowspan",
    "open", "datetime",
];

/// Elements whose content goes with them.
const WITH_CONTENT: [&str; 9] =
    ["script", "style", "iframe", "object", "template", "noscript", "svg", "math", "textarea"];

impl Writer<'_> {
    /// HTML as the author wrote it; what the sanitiser will take out of it is reported.
    pub(super) fn html(&mut self, html: &str, span: Span) {
        self.has_html = true;
        if !self.context.options.trust_html {
            for what in removed(html) {
                let found = Diagnostic::new(&code::HTML_REMOVED, span, format!("{what} is left out"));
                self.diagnostics.push(found.hint(if what == "`<style>`" {
                    "put its rules into a file `style.css` beside the talk"
                } else {
                    "use Markdown, or build with `--trust-html` if you trust the talk"
                }));
            }
        }
        self.out.extend(html.chars().filter(|character| !matches!(character, '\u{fdd0}'..='\u{fdef}' | '\0')));
    }

    /// `html` without what could run, load or cover anything; unchanged when no raw HTML is in the slide.
    pub(super) fn sanitized(&mut self, html: &str) -> String {
        if !self.has_html || self.context.options.trust_html || html.is_empty() {
            return html.to_owned();
        }
        let sources = Arc::new(Mutex::new(Vec::new()));
        let clean = builder(Arc::clone(&sources)).clean(html).to_string();
        let sources = std::mem::take(&mut *sources.lock().unwrap_or_else(PoisonError::into_inner));
        let mut out = clean;
        for (number, source) in sources.iter().enumerate() {
            let url = self.image_url(source, self.slide.span).unwrap_or_default();
            out = out.replace(&format!("src=\"{}\"", marker(number)), &format!("src=\"{}\"", escaped(&url)));
        }
        out
    }
}

/// Stands for the source of the picture of this number.
fn marker(number: usize) -> String {
    format!("#retell-picture-{number}")
}

fn builder(sources: Arc<Mutex<Vec<String>>>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(WITH_CONTENT))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .generic_attribute_prefixes(HashSet::from(["data-", "aria-"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "target"])),
            ("img", HashSet::from(["src", "alt"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") => {
                let mut sources = sources.lock().unwrap_or_else(PoisonError::into_inner);
                sources.push(value.to_owned());
                Some(Cow::Owned(marker(sources.len() - 1)))
            }
            ("a", "href") if !is_safe_target(value) => None,
            (_, "id") if is_reserved_id(value) => None,
            (_, "style") => {
                let style = safe_style(value);
                (!style.is_empty()).then_some(Cow::Owned(style))
            }
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

/// The declarations that load nothing and stay within the slide.
fn safe_style(style: &str) -> String {
    style.split(';').map(str::trim).filter(|part| is_safe_declaration(part)).collect::<Vec<_>>().join(";")
}

fn is_safe_declaration(declaration: &str) -> bool {
    let lower: String = declaration.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    // An escape or a comment could hide any of the words.
    let hides = lower.contains(['\\', '@', '<', '{', '}']) || lower.contains("/*");
    let loads = ["url(", "image(", "image-set(", "expression(", "src(", "behavior:", "-moz-binding"]
        .iter()
        .any(|word| lower.contains(word));
    let covers = lower.starts_with("position:") && (lower.contains("fixed") || lower.contains("sticky"));
    lower.contains(':') && !hides && !loads && !covers
}

/// What of `html` will be taken out, in words, each once.
fn removed(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut add = |what: String| {
        if !out.contains(&what) {
            out.push(what);
        }
    };
    for tag in tags(html) {
        if !TAGS.contains(&tag.name.as_str()) {
            if tag.name != "wbr" {
                add(format!("`<{}>`", tag.name));
            }
            continue;
        }
        for (name, value) in tag.attributes {
            let known = ATTRIBUTES.contains(&name.as_str())
                || name.starts_with("data-")
                || name.starts_with("aria-")
                || matches!(
                    (tag.name.as_str(), name.as_str()),
                    ("a", "href" | "target" | "rel") | ("img", "src" | "alt")
                );
            let safe = match name.as_str() {
                "href" => is_safe_target(&decoded(&value)),
                "id" => !is_reserved_id(&value),
                "style" => value.split(';').map(str::trim).filter(|part| !part.is_empty()).all(is_safe_declaration),
                _ => true,
            };
            if !known || !safe {
                add(format!("`{name}` of `<{}>`", tag.name));
            }
        }
    }
    out
}

/// `value` with the references filled in that could hide a scheme.
fn decoded(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(after.len());
        let name = after[..end].to_ascii_lowercase();
        let number = match name.strip_prefix('#').map(|digits| digits.strip_prefix('x').ok_or(digits)) {
            Some(Ok(digits)) => u32::from_str_radix(digits, 16).ok().and_then(char::from_u32),
            Some(Err(digits)) => digits.parse().ok().and_then(char::from_u32),
            None => [("colon", ':'), ("tab", '\t'), ("newline", '\n')]
                .iter()
                .find(|known| known.0 == name)
                .map(|known| known.1),
        };
        out.push(number.unwrap_or('&'));
        rest = if number.is_some() { after[end..].trim_start_matches(';') } else { after };
    }
    out + rest
}

/// An opening tag as written.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// The opening tags of `html`, read the way a browser does, roughly: this only words messages.
fn tags(html: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            let (attributes, after) = attributes(&rest[end..]);
            out.push(Tag { name, attributes });
            rest = after;
        }
    }
    out
}

/// Names and values up to the tag's end, and what follows it.
fn attributes(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut out = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (out, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (out, after);
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |at| at + first);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(after.len())),
            };
        }
        out.push((name, value.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{builder, removed};

    fn clean(html: &str) -> String {
        builder(Arc::new(Mutex::new(Vec::new()))).clean(html).to_string()
    }

    #[test]
    fn what_could_run_load_or_cover_is_gone() {
        for (html, expected) in [
            ("<b onclick=x()>a</b>", "<b>a</b>"),
            ("a<script>x()</script>b", "ab"),
            ("<a href='java\nscript:x()'>a</a>", "<a rel=\"noopener\">a</a>"),
            ("<div style='color:red;background:url(x);position: fixed'>a</div>", "<div style=\"color:red\">a</div>"),
            ("<div style='background:u\\72l(x)'>a</div>", "<div>a</div>"),
            ("<div id=retell-data>a</div>", "<div>a</div>"),
            ("<iframe src=x>a</iframe>", ""),
            ("<svg><a xlink:href='javascript:x()'>a</a></svg>", ""),
            ("<div class=x data-step=1>a</div>", "<div class=\"x\" data-step=\"1\">a</div>"),
            ("\u{fdd0}0\u{fdd1}", "\u{fdd0}0\u{fdd1}"),
        ] {
            assert_eq!(clean(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_gone_is_named() {
        assert_eq!(removed("<b onclick=x()>a</b><script>"), ["`onclick` of `<b>`", "`<script>`"]);
        assert_eq!(removed("<!-- <script> --><br/><kbd>x</kbd>"), Vec::<String>::new());
        assert_eq!(removed("<p style=\"position:fixed\">"), ["`style` of `<p>`"]);
        assert_eq!(removed("< a <b"), Vec::<String>::new());
        assert_eq!(removed("<a href='jav&#x09;ascript&colon;x()'>a</a>"), ["`href` of `<a>`"]);
        assert_eq!(removed("<a href='https://x.org/?a=1&amp;b=2&c'>a</a>"), Vec::<String>::new());
    }
}
