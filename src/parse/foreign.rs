//! Lines that another tool would have read, and that would be shown here as they are written.

use comrak::nodes::Node;

use crate::diagnostic::{Diagnostic, code};
use crate::parse::reader::{Place, Reader};
use crate::parse::words::shorten;
use crate::source::Span;

/// Lines that are a mark in another tool: the tool, what it does there, what to write here.
const MARKS: &[(&str, &str, &str, &str)] = &[
    ("???", "remark", "starts the notes", "write notes as a comment: `<!-- … -->`"),
    ("Note:", "reveal.js", "starts the notes", "write notes as a comment: `<!-- … -->`"),
    ("Notes:", "reveal.js", "starts the notes", "write notes as a comment: `<!-- … -->`"),
    ("note:", "reveal.js", "starts the notes", "write notes as a comment: `<!-- … -->`"),
    ("notes:", "reveal.js", "starts the notes", "write notes as a comment: `<!-- … -->`"),
    (". . .", "Pandoc", "waits for a click", "write `<!-- pause -->`"),
    ("::left::", "Slidev", "starts a column", "write `::: columns` with a `::: column` for each"),
    ("::right::", "Slidev", "starts a column", "write `::: columns` with a `::: column` for each"),
];

/// Endings of files that are shown as pictures.
const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

impl<'n> Reader<'_, 'n, '_> {
    /// Reports what a paragraph shows that was meant otherwise.
    pub(super) fn warn_foreign(&mut self, node: Node<'n>, span: Span) {
        if self.place != Place::Slide {
            return;
        }
        let lines = node.data().sourcepos;
        let first = self.fragment.line(lines.start.line).trim().to_owned();
        if let Some((mark, tool, meaning, hint)) = MARKS.iter().find(|(mark, ..)| *mark == first) {
            let message = format!("`{mark}` {meaning} in {tool}, and stands here as text");
            let found = Diagnostic::new(&code::UNSUPPORTED_DIALECT, self.first_line(span), message);
            self.report(found.hint(*hint));
        }
    }

    /// Reports pictures that Markdown takes for text.
    pub(super) fn warn_spaces(&mut self, node: Node<'n>, span: Span) {
        if self.place != Place::Slide {
            return;
        }
        let lines = node.data().sourcepos;
        for line in lines.start.line..=lines.end.line {
            let written = self.fragment.line(line).to_owned();
            if let Some((picture, path)) = picture_with_spaces(&written) {
                let message = format!("`{}` is no picture: its path has a space", shorten(picture));
                let at = if lines.start.line == lines.end.line { span } else { self.first_line(span) };
                let found = Diagnostic::new(&code::MISSING_IMAGE, at, message);
                self.report(found.hint(format!("put the path between `<` and `>`: `![…](<{path}>)`")));
            }
        }
    }

    /// Whether a heading that `---` makes is the front matter that Slidev has on each slide.
    pub(super) fn is_slide_front_matter(&self, lines: (usize, usize), span: Span) -> bool {
        let before = self.fragment.file().get(..span.start).unwrap_or_default().trim_end();
        let is_entry = |line: &str| {
            line.split_once(':').is_some_and(|(key, value)| {
                let is_key = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
                !key.is_empty() && key.chars().all(is_key) && (value.is_empty() || value.starts_with(' '))
            })
        };
        before.len() > 3
            && before.ends_with("\n---")
            && (lines.0..lines.1).all(|line| is_entry(self.fragment.line(line).trim()))
    }
}

/// `![…](a b.png)`, which Markdown takes for text, and its path.
fn picture_with_spaces(line: &str) -> Option<(&str, &str)> {
    line.match_indices("![").find_map(|(start, _)| {
        let middle = start + line[start..].find("](")?;
        let end = middle + line[middle..].find(')')?;
        let path = line[middle + 2..end].trim();
        let is_picture = PICTURES.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        let is_code = line[..start].matches('`').count() % 2 == 1;
        let has_space = path.contains(' ') && !path.starts_with('<') && !path.contains('"');
        (is_picture && has_space && !is_code).then(|| (&line[start..=end], path))
    })
}
