use crate::deck::line_breaks::{NARROW_LEFTOVER, WIDE_LEFTOVER, leftover, normalize, squeezed, tail};
use crate::deck::math;
use crate::deck::writer::Writer;
use crate::diagnostic::code;
use crate::source::Span;
use crate::talk::{Attributes, Inline, InlineKind, plain_text};

/// How deep emphasis may nest before the rest is written as plain text.
const MAX_DEPTH: usize = 100;

impl Writer<'_> {
    /// Running text.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        self.inlines_at(inlines, 0);
    }

    fn inlines_at(&mut self, inlines: &[Inline], depth: usize) {
        if depth > MAX_DEPTH {
            let text = crate::talk::plain_text(inlines);
            self.text(&text);
            return;
        }
        for inline in inlines {
            self.inline(inline, depth);
        }
    }

    fn inline(&mut self, inline: &Inline, depth: usize) {
        let deeper = depth + 1;
        match &inline.kind {
            InlineKind::Text(text) if self.clicks.is_some() => self.text_with_cues(text),
            InlineKind::Text(text) => self.running_text(text),
            InlineKind::Code(text, attributes) => {
                self.raw("<code");
                self.attributes("", attributes, None);
                self.raw(">");
                self.text(text);
                self.raw("</code>");
            }
            InlineKind::Emphasis(content) => self.element("em", content, deeper),
            InlineKind::Strong(content) => self.element("strong", content, deeper),
            InlineKind::Strikethrough(content) => self.element("del", content, deeper),
            InlineKind::Highlight(content) => self.element("mark", content, deeper),
            InlineKind::Superscript(content) => self.element("sup", content, deeper),
            InlineKind::Subscript(content) => self.element("sub", content, deeper),
            InlineKind::Link { target, title, content, attributes } => {
                let opened = self.open_link(target, title.as_deref(), attributes, inline.span);
                self.inlines_at(content, deeper);
                if opened {
                    self.raw("</a>");
                }
            }
            InlineKind::Image(image) => self.image(image, inline.span),
            InlineKind::Math { source, display } => {
                let html = math::math(self, source, *display, inline.span, "span");
                self.trust(html);
            }
            InlineKind::FootnoteReference(number) => {
                self.raw("<sup class=\"footnote-ref\">");
                self.raw(&number.to_string());
                self.raw("</sup>");
            }
            InlineKind::LineBreak => self.raw("<br>"),
            InlineKind::Html(html) => self.html(html, inline.span),
        }
    }

    /// Text whose adjoining full-width marks share the room of one.
    fn running_text(&mut self, text: &str) {
        for (part, is_squeezed) in squeezed(&normalize(text)) {
            self.raw(if is_squeezed { "<span class=\"squeeze\">" } else { "" });
            self.text(part);
            self.raw(if is_squeezed { "</span>" } else { "" });
        }
    }

    /// The text of a heading, whose last words stay on one line: a second line never holds one word alone.
    pub(super) fn heading(&mut self, content: &[Inline]) {
        let (last, before) = match content {
            [before @ .., Inline { kind: InlineKind::Text(last), .. }] if self.clicks.is_none() => (last, before),
            _ => return self.inlines(content),
        };
        self.inlines(before);
        let (head, tail) = last.split_at(tail(&plain_text(before), last));
        self.running_text(head);
        self.raw(if tail.is_empty() { "" } else { "<span class=\"keep\">" });
        self.running_text(tail);
        self.raw(if tail.is_empty() { "" } else { "</span>" });
    }

    /// The text of a paragraph, whose last line is never one character or short word alone.
    pub(super) fn paragraph(&mut self, content: &[Inline]) {
        self.ending(content, WIDE_LEFTOVER, 0);
    }

    /// The same where lines are short.
    pub(super) fn narrow_paragraph(&mut self, content: &[Inline]) {
        self.ending(content, NARROW_LEFTOVER, 0);
    }

    fn ending(&mut self, content: &[Inline], most: usize, depth: usize) {
        let [before @ .., last] = content else { return };
        let tag = match &last.kind {
            InlineKind::Strong(_) => "strong",
            InlineKind::Emphasis(_) => "em",
            InlineKind::Highlight(_) => "mark",
            InlineKind::Text(_) if self.clicks.is_none() => "",
            _ => return self.inlines_at(content, depth),
        };
        if depth > MAX_DEPTH {
            return self.inlines_at(content, depth);
        }
        self.inlines_at(before, depth);
        match &last.kind {
            InlineKind::Text(text) => {
                let (head, tail) = text.split_at(leftover(&plain_text(before), text, most));
                self.running_text(head);
                self.raw(if tail.is_empty() { "" } else { "<span class=\"keep\">" });
                self.running_text(tail);
                self.raw(if tail.is_empty() { "" } else { "</span>" });
            }
            InlineKind::Strong(inside) | InlineKind::Emphasis(inside) | InlineKind::Highlight(inside) => {
                self.raw(&format!("<{tag}>"));
                self.ending(inside, most, depth + 1);
                self.raw(&format!("</{tag}>"));
            }
            _ => {}
        }
    }

    fn element(&mut self, tag: &str, content: &[Inline], depth: usize) {
        self.raw(&format!("<{tag}>"));
        self.inlines_at(content, depth);
        self.raw(&format!("</{tag}>"));
    }

    /// Whether a link was opened: a target that could run something is left out.
    fn open_link(&mut self, target: &str, title: Option<&str>, attributes: &Attributes, span: Span) -> bool {
        if !is_safe_target(target) {
            let message = format!("the link to `{target}` is left out");
            self.report(&code::HTML_REMOVED, span, message, "link to `https:`, `mailto:`, `tel:` or `#slide-id`");
            return false;
        }
        self.raw("<a");
        self.attribute("href", target);
        if !target.starts_with('#') {
            self.raw(" target=\"_blank\" rel=\"noopener\"");
        }
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.attributes("", attributes, None);
        self.raw(">");
        true
    }
}

/// Whether following `target` can't run anything: a relative path, a fragment or one of a few schemes.
pub(super) fn is_safe_target(target: &str) -> bool {
    // Browsers skip these within a scheme.
    let compact: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let head = compact.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}
