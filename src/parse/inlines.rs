use comrak::nodes::{Node, NodeValue};

use crate::parse::attributes;
use crate::parse::blocks::comment_text;
use crate::parse::reader::{Place, Reader};
use crate::source::Span;
use crate::talk::{Inline, InlineKind, plain_text};

impl<'n> Reader<'_, 'n, '_> {
    /// The running text in `parent`, which was written at `within`.
    pub(super) fn inlines(&mut self, parent: Node<'n>, within: Span) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        let keeps_lines = self.place == Place::Note && has_sentence_a_line(parent);
        let mut nodes = parent.children().peekable();
        while let Some(node) = nodes.next() {
            let span = self.span(node, within);
            if matches!(node.data().value, NodeValue::SoftBreak) {
                let before = plain_text(&out).chars().next_back();
                let after = nodes.peek().and_then(|next| first_char(next));
                let end = out.last().map_or(span.start, |last| last.span.end);
                let here = Span::new(span.source, end, end);
                if keeps_lines {
                    out.push(Inline { kind: InlineKind::LineBreak, span: here });
                } else if !joins(before, after) {
                    push_text(&mut out, " ", here);
                }
                continue;
            }
            let kind = self.deeper(span, |reader| reader.inline(node, span));
            match kind {
                Some(InlineKind::Text(text)) => push_text(&mut out, &text, span),
                Some(kind) => out.push(Inline { kind, span }),
                None => {}
            }
        }
        out
    }

    /// One piece of text; `None` for what is not shown here.
    fn inline(&mut self, node: Node<'n>, span: Span) -> Option<InlineKind> {
        let attributes = attributes::from_comrak(node.data().attrs.as_deref());
        let value = node.data().value.clone();
        Some(match value {
            NodeValue::Text(text) => InlineKind::Text(text.into_owned()),
            NodeValue::Code(code) => {
                attributes::warn_unused(&attributes, &[], "inline code", span, self.shared.diagnostics);
                InlineKind::Code(code.literal, attributes)
            }
            NodeValue::Emph => InlineKind::Emphasis(self.inlines(node, span)),
            NodeValue::Strong => InlineKind::Strong(self.inlines(node, span)),
            NodeValue::Strikethrough => InlineKind::Strikethrough(self.inlines(node, span)),
            NodeValue::Highlight => InlineKind::Highlight(self.inlines(node, span)),
            NodeValue::Superscript => InlineKind::Superscript(self.inlines(node, span)),
            NodeValue::Subscript => InlineKind::Subscript(self.inlines(node, span)),
            NodeValue::Link(link) => {
                attributes::warn_unused(&attributes, &[], "a link", span, self.shared.diagnostics);
                InlineKind::Link {
                    target: link.url,
                    title: Some(link.title).filter(|title| !title.is_empty()),
                    content: self.inlines(node, span),
                    attributes,
                }
            }
            NodeValue::Image(link) => {
                let alt = plain_text(&self.inlines(node, span));
                return self.image(*link, &alt, attributes, span);
            }
            NodeValue::Math(math) => {
                InlineKind::Math { source: math.literal.trim().to_owned(), display: math.display_math }
            }
            NodeValue::FootnoteReference(reference) => {
                InlineKind::FootnoteReference(self.footnote_number(&reference.name, span))
            }
            NodeValue::LineBreak => InlineKind::LineBreak,
            NodeValue::HtmlInline(html) => {
                if let Some(text) = comment_text(&html) {
                    if self.place == Place::Slide && text.trim() != "fit" {
                        let start = node.data().sourcepos.start.line;
                        self.comment(&html, start, span);
                    }
                    return None;
                }
                InlineKind::Html(html)
            }
            _ => return None,
        })
    }
}

/// Adds text, in one piece with text right before it.
fn push_text(out: &mut Vec<Inline>, text: &str, span: Span) {
    if let Some(Inline { kind: InlineKind::Text(before), span: place }) = out.last_mut() {
        before.push_str(text);
        *place = place.to(span);
    } else {
        out.push(Inline { kind: InlineKind::Text(text.to_owned()), span });
    }
}

/// The first character that `node` shows.
fn first_char(node: Node<'_>) -> Option<char> {
    node.descendants().take(16).find_map(|node| match &node.data().value {
        NodeValue::Text(text) => text.chars().next(),
        NodeValue::Code(code) => code.literal.chars().next(),
        _ => None,
    })
}

/// Whether each line of the paragraph ends a sentence: a script that is written to be spoken line by line keeps its lines.
fn has_sentence_a_line(paragraph: Node<'_>) -> bool {
    let mut breaks = paragraph.children().filter(|node| matches!(node.data().value, NodeValue::SoftBreak)).peekable();
    breaks.peek().is_some()
        && breaks.all(|soft| match soft.previous_sibling().map(|before| before.data().value.clone()) {
            Some(NodeValue::Text(text)) => ends_sentence(&text),
            _ => false,
        })
}

/// Whether `text` ends with the mark of a sentence, a quote or bracket behind it, or with a cue.
fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | '）' | '」' | '』');
    text.trim_end().trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', ']'])
}

/// Whether a line break between these characters stands for nothing rather than for a blank.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return true;
    };
    before.is_whitespace() || is_wide_mark(before) || is_wide_mark(after) || (is_unspaced(before) && is_unspaced(after))
}

/// Full-width punctuation, which brings its own space.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff65}')
}

/// A character of a script that is written without blanks between words.
fn is_unspaced(c: char) -> bool {
    use unicode_script::{Script, UnicodeScript as _};
    matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | 'ー' | '・')
}

#[cfg(test)]
mod tests {
    use super::{ends_sentence, joins};

    #[test]
    fn sentences_end_with_a_mark() {
        for (text, ends) in
            [("It holds.", true), ("“为什么？”", true), ("等一下 [pause]", true), ("先看 A，", false), ("so", false)]
        {
            assert_eq!(ends_sentence(text), ends, "{text}");
        }
    }

    #[test]
    fn joins_lines_of_scripts_without_blanks() {
        for (before, after, joined) in [
            ('事', '件', true),
            ('，', 'M', true),
            ('は', '待', true),
            ('事', 'M', false),
            ('a', 'b', false),
            ('이', '벤', false),
        ] {
            assert_eq!(joins(Some(before), Some(after)), joined, "{before}{after}");
        }
    }
}
