use crate::deck::bonds::bonds;
use crate::deck::ends::{BOX, flat, is_box, split};
use crate::deck::line_breaks::{BREAK, GUIDE, JOIN, lead, may_part, normalize, push_escaped, squeezed, trail};
use crate::deck::math;
use crate::deck::tails::{NARROW, Room, WIDE, fits_anywhere, heading_breaks, leftover, tail, with_breaks};
use crate::deck::writer::{Measure, Writer};
use crate::diagnostic::code;
use crate::source::Span;
use crate::talk::{Attributes, Inline, InlineKind, plain_text};

/// How deep emphasis may nest before the rest is written as plain text.
const MAX_DEPTH: usize = 100;

/// What stays on one line.
const KEEP: &str = "<span class=\"keep\">";

/// The places where the heading that is being written may break, and how far it is written.
pub(super) struct Words {
    breaks: Vec<usize>,
    /// A place in the heading's flat text.
    at: usize,
}

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
        for (index, inline) in inlines.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| inlines.get(before));
            let after = inlines.get(index + 1);
            match &inline.kind {
                InlineKind::Text(text) => {
                    let from = before.filter(|before| is_box(before)).map_or(0, |_| lead(text));
                    let to = after.filter(|after| is_box(after)).map_or(text.len(), |_| trail(text).max(from));
                    self.leaf(&text[from..to]);
                }
                _ if is_box(inline) => self.boxed(inline, before, after, depth),
                _ => self.inline(inline, depth),
            }
        }
    }

    /// A box with the marks around it that must not part from it: a line may break before and after boxes, whatever
    /// stands there.
    fn boxed(&mut self, inline: &Inline, before: Option<&Inline>, after: Option<&Inline>, depth: usize) {
        let text = |inline: Option<&Inline>| match inline.map(|inline| &inline.kind) {
            Some(InlineKind::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let (before, after) = (text(before), text(after));
        // Text between two boxes belongs to the first of them as far as it can.
        let opening = &before[trail(&before)..];
        let closing = &after[..lead(&after)];
        if opening.is_empty() && closing.is_empty() {
            return self.inline(inline, depth);
        }
        self.part_words(false);
        self.raw(KEEP);
        self.out.extend(opening.is_empty().then_some(JOIN));
        let is_outermost = !std::mem::replace(&mut self.is_kept, true);
        self.leaf(opening);
        self.inline(inline, depth);
        self.leaf(closing);
        self.is_kept = !is_outermost;
        self.raw("</span>");
        let next = after[closing.len()..].chars().next();
        if next.is_some_and(|next| may_part(BOX, next)) {
            self.out.push(GUIDE);
        }
    }

    fn inline(&mut self, inline: &Inline, depth: usize) {
        let deeper = depth + 1;
        if let Some(words) = self.words.as_mut().filter(|_| inline.kind.content().is_empty()) {
            words.at += flat(std::slice::from_ref(inline)).len();
        }
        match &inline.kind {
            InlineKind::Text(text) => self.leaf(text),
            InlineKind::Code(text, attributes) => {
                self.raw("<code");
                self.attributes("", attributes, None);
                self.raw(">");
                self.text(text);
                self.raw("</code>");
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
            _ => self.element(inline, deeper),
        }
    }

    /// A piece of text; in notes, with its cues.
    fn leaf(&mut self, text: &str) {
        match self.clicks {
            Some(_) => self.text_with_cues(text),
            None => self.running_text(text),
        }
    }

    /// Text whose numbers stay with their units.
    pub(super) fn running_text(&mut self, text: &str) {
        let mut done = 0;
        let bonds = if self.is_kept { Vec::new() } else { bonds(text) };
        for bond in bonds {
            let next = text[bond.end..].chars().next();
            self.marked_text(&text[done..bond.start]);
            self.part_words(false);
            self.raw(KEEP);
            self.marked_text(&text[bond.clone()]);
            self.raw("</span>");
            if next.is_some_and(|next| may_part(BOX, next)) {
                self.out.push(GUIDE);
            }
            done = bond.end;
        }
        self.marked_text(&text[done..]);
    }

    /// Text with the places where it may break, whose adjoining full-width marks share the room of one.
    fn marked_text(&mut self, text: &str) {
        let text = match &mut self.words {
            None => normalize(text),
            Some(words) => {
                let from = words.at;
                words.at += text.len();
                normalize(&with_breaks(text, from, &words.breaks))
            }
        };
        for (part, is_squeezed) in squeezed(&text) {
            self.raw(if is_squeezed { "<span class=\"squeeze\">" } else { "" });
            push_escaped(part, &mut self.out);
            self.raw(if is_squeezed { "</span>" } else { "" });
        }
    }

    /// The text of a heading, which breaks between words and whose last words stay on one line: a second line never
    /// holds one word alone.
    pub(super) fn heading(&mut self, content: &[Inline]) {
        self.in_words(content, |writer| {
            let (last, before) = match content {
                [before @ .., Inline { kind: InlineKind::Text(last), .. }] if !before.last().is_some_and(is_box) => {
                    (last, before)
                }
                _ => return writer.inlines(content),
            };
            let (head, tail) = last.split_at(tail(&plain_text(before), last));
            writer.inlines(before);
            writer.leaf(head);
            if !tail.is_empty() {
                writer.part_words(!head.ends_with(' '));
                writer.raw(if fits_anywhere(tail) { KEEP } else { "<span class=\"tail\">" });
                writer.leaf(tail);
                writer.raw("</span>");
            }
        });
    }

    /// The title of a card, which breaks between words, too.
    pub(super) fn card_title(&mut self, content: &[Inline]) {
        self.in_words(content, |writer| writer.ending(content, NARROW));
    }

    /// Lets the line break before what stays on one line, where the heading may break there, or `always`; within, it
    /// would not.
    fn part_words(&mut self, always: bool) {
        let Some(words) = &mut self.words else { return };
        let here = words.breaks.binary_search(&words.at).map(|index| words.breaks.remove(index));
        self.out.extend((always || here.is_ok()).then_some(BREAK));
    }

    fn in_words(&mut self, content: &[Inline], write: impl FnOnce(&mut Self)) {
        let breaks = heading_breaks(&flat(content));
        if breaks.is_empty() {
            return write(self);
        }
        self.raw("<span class=\"words\">");
        self.words = Some(Words { breaks, at: 0 });
        write(self);
        self.words = None;
        self.raw("</span>");
    }

    /// The text of a paragraph, whose last line is never one character or short word alone.
    pub(super) fn paragraph(&mut self, content: &[Inline]) {
        // Each line that ends by force ends well.
        for line in content.split_inclusive(|inline| matches!(inline.kind, InlineKind::LineBreak)) {
            self.ending(line, if self.measure == Measure::Narrow { NARROW } else { WIDE });
        }
    }

    /// The same where lines are as short as `most` halves of an em.
    pub(super) fn paragraph_within(&mut self, content: &[Inline], most: usize) {
        self.ending(content, NARROW.within(most));
    }

    fn ending(&mut self, content: &[Inline], room: Room) {
        let text = flat(content);
        let line = text.trim_end_matches('\n');
        let line = if self.clicks.is_some() { before_cues(line) } else { line };
        let at = leftover("", line, room);
        if at < line.len() && !cuts_cue(&text[..at], self.clicks.is_some()) {
            self.kept_from(content, at, 0);
        } else {
            self.inlines(content);
        }
    }

    /// Running text that stays on one line from the byte `at` of its flat text on.
    fn kept_from(&mut self, content: &[Inline], at: usize, depth: usize) {
        if let [before @ .., last] = content
            && let within @ [_, ..] = last.kind.content()
            && let Some(at) = at.checked_sub(flat(before).len()).filter(|at| *at > 0 && depth < MAX_DEPTH)
        {
            self.inlines_at(before, depth);
            let closing = self.open_element(last);
            self.kept_from(within, at, depth + 1);
            return self.raw(closing);
        }
        let Some((head, tail)) = split(content, at) else { return self.inlines_at(content, depth) };
        self.inlines_at(&head, depth);
        // At the end of a line a space takes no room, unless something stands behind it.
        if !head.is_empty() && !flat(&head).ends_with(' ') {
            self.out.extend(self.words.is_none().then_some(GUIDE));
            self.part_words(true);
        }
        self.raw(KEEP);
        self.out.extend(tail.first().is_some_and(is_box).then_some(JOIN));
        self.is_kept = true;
        self.inlines_at(&tail, depth);
        self.is_kept = false;
        self.raw("</span>");
    }

    fn element(&mut self, inline: &Inline, depth: usize) {
        let closing = self.open_element(inline);
        self.inlines_at(inline.kind.content(), depth);
        self.raw(closing);
    }

    /// Opens an element, and returns what closes it.
    fn open_element(&mut self, inline: &Inline) -> &'static str {
        let (opening, closing) = match &inline.kind {
            InlineKind::Emphasis(_) => ("<em>", "</em>"),
            InlineKind::Strong(_) => ("<strong>", "</strong>"),
            InlineKind::Strikethrough(_) => ("<del>", "</del>"),
            InlineKind::Highlight(_) => ("<mark>", "</mark>"),
            InlineKind::Superscript(_) => ("<sup>", "</sup>"),
            InlineKind::Subscript(_) => ("<sub>", "</sub>"),
            InlineKind::Link { target, title, attributes, .. } => {
                let opened = self.open_link(target, title.as_deref(), attributes, inline.span);
                return if opened { "</a>" } else { "" };
            }
            _ => ("", ""),
        };
        self.raw(opening);
        closing
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

/// `line` of a note without the short cues at its end.
fn before_cues(line: &str) -> &str {
    const MOST: usize = 16;
    let mut rest = line;
    while let Some(open) = rest.trim_end().strip_suffix(']').and_then(|inside| inside.rfind('[')) {
        rest = &rest[..open];
    }
    if line.len() - rest.len() > MOST { line } else { rest }
}

/// Whether what follows `head` in a note is within a cue.
fn cuts_cue(head: &str, is_note: bool) -> bool {
    is_note && head.rfind('[').is_some_and(|open| !head[open..].contains(']'))
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
