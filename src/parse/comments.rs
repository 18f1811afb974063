use comrak::nodes::Node;

use crate::diagnostic::{Diagnostic, code, did_you_mean};
use crate::parse::directives::{self, BARE};
use crate::parse::fragment::Fragment;
use crate::parse::reader::{Place, Reader};
use crate::parse::words;
use crate::source::Span;
use crate::talk::{Attributes, Block, BlockKind};

impl<'r, 'n> Reader<'r, 'n, '_> {
    /// Takes a block of raw HTML apart: comments are directives or notes, the rest stays.
    pub(super) fn html(&mut self, literal: &str, node: Node<'n>, span: Span, out: &mut Vec<Block>) {
        let first_line = node.data().sourcepos.start.line;
        let is_verbatim =
            matches!(crate::parse::lines::html_end(literal), Some(crate::parse::lines::HtmlEnd::Words(_)));
        let mut rest = literal;
        let mut line = first_line;
        while let Some(at) = rest.find("<!--").filter(|_| !is_verbatim) {
            self.raw(&rest[..at], span, out);
            line += rest[..at].matches('\n').count();
            let end = rest[at + 4..].find("-->").map_or(rest.len(), |end| at + 4 + end + 3);
            let comment = &rest[at..end];
            if self.place == Place::Slide {
                self.comment(comment, line, span);
            }
            line += comment.matches('\n').count();
            rest = &rest[end..];
        }
        self.raw(rest, span, out);
    }

    fn raw(&mut self, html: &str, span: Span, out: &mut Vec<Block>) {
        if !html.trim().is_empty() {
            let kind = BlockKind::Html(html.trim_end().to_owned());
            out.push(Block { kind, attributes: Attributes::default(), step: self.step(), span });
        }
    }

    /// Takes in a comment, marks included, that starts in line `line` of the text.
    pub(super) fn comment(&mut self, comment: &str, line: usize, span: Span) {
        let content = self.comment_lines(comment, line, span);
        let text = content.text().trim().to_owned();
        let whole = self.trimmed(content.whole());
        if text.is_empty() || text == "fit" {
            return;
        }
        if !text.contains('\n') {
            if self.one_line(&text, whole) {
                return;
            }
        } else if self.shared.marp && directives::all_are_marp(&text) {
            for index in 1..=content.line_count() {
                let line = content.line(index).trim();
                if !line.is_empty() {
                    self.one_line(line, self.place_of(line, whole));
                }
            }
            return;
        }
        let note = self.note(&content, whole);
        self.slide.notes.push(note);
    }

    /// Takes in a one-line comment if it is a directive. One that only looks like it is reported, and
    /// stays a note.
    fn one_line(&mut self, text: &str, span: Span) -> bool {
        let known = directives::names(self.shared.marp);
        let Some((name, value)) = text.split_once(':') else {
            if text.split_whitespace().count() != 1 {
                return false;
            }
            if BARE.contains(&text) {
                return self.directive(text, "", span);
            }
            if text == "end_slide" {
                let message = "`end_slide` is presenterm's, and ends no slide here";
                let found = Diagnostic::new(&code::UNSUPPORTED_DIALECT, span, message);
                self.report(found.hint("write `---` between blank lines where a slide starts"));
                return true;
            }
            if let Some(near) = did_you_mean(text, BARE) {
                self.unknown_directive(text, near, span);
            }
            return false;
        };
        let name = name.trim();
        if name == ".slide" || name == ".element" {
            let found = Diagnostic::new(&code::UNSUPPORTED_DIALECT, span, "this looks like a reveal.js talk");
            self.report(found.hint("`retell` and `marp` talks can be read; write classes as `<!-- class: … -->`"));
            return true;
        }
        if known.contains(&name) {
            return self.directive(name, value.trim(), span);
        }
        if name == "note" {
            return false;
        }
        let is_word =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let is_lower = name.bytes().all(|byte| !byte.is_ascii_uppercase());
        let near = did_you_mean(name, known.iter().copied()).filter(|_| is_word);
        match near {
            Some(near) => self.unknown_directive(name, near, span),
            None if is_word && is_lower && (value.is_empty() || value.starts_with(' ')) => {
                let found = Diagnostic::new(&code::UNKNOWN_DIRECTIVE, span, format!("`{name}` is no directive"));
                self.report(found.hint(format!("for a note, write `<!-- note: {} -->`", words::shorten(text))));
            }
            None => {}
        }
        false
    }

    fn unknown_directive(&mut self, name: &str, near: &str, span: Span) {
        self.report(
            Diagnostic::new(&code::UNKNOWN_DIRECTIVE, span, format!("`{name}` is no directive"))
                .hint(format!("did you mean `{near}`?"))
                .hint("for a note, start it with `note:`"),
        );
    }

    /// The lines within a comment's marks, each with its place.
    fn comment_lines(&self, comment: &str, line: usize, span: Span) -> Fragment<'r> {
        let inside = comment.strip_prefix("<!--").unwrap_or(comment);
        let inside = inside.strip_suffix("-->").unwrap_or(inside);
        let mut content = Fragment::new(self.fragment.source(), self.fragment.file());
        let (start, end) = self.fragment.origin(line);
        let mut from = start.max(span.start);
        let written = self.fragment.file().get(from..end).unwrap_or_default();
        from += written.find("<!--").map_or(0, |at| at + 4);
        for (index, text) in inside.lines().enumerate() {
            let (start, end) = self.fragment.origin(line + index);
            let written = self.fragment.file().get(start.max(from)..end).unwrap_or_default();
            match written.find(text).filter(|_| self.has_places()) {
                Some(at) => {
                    let start = start.max(from) + at;
                    content.push(start, start + text.len());
                    from = start + text.len();
                }
                None => content.push_as(text, span.start, span.end),
            }
        }
        content
    }

    /// `span` without the blanks at both ends.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.fragment.file().get(span.start..span.end).unwrap_or_default();
        let start = span.start + (text.len() - text.trim_start().len());
        Span::new(span.source, start, start + text.trim().len())
    }

    /// Where `text` stands within `span`.
    pub(super) fn place_of(&self, text: &str, span: Span) -> Span {
        let written = self.fragment.file().get(span.start..span.end).unwrap_or_default();
        match written.find(text) {
            Some(at) if !text.is_empty() => Span::new(span.source, span.start + at, span.start + at + text.len()),
            _ => span,
        }
    }
}
