//! Running text as one string, and cut in two at a place of that string.

use unicode_width::UnicodeWidthStr as _;

use crate::talk::{Inline, InlineKind, plain_text};

/// Stands for what is set as one box, once for each half of an em that it takes.
pub(super) const BOX: char = '\u{fffc}';
/// Stands for HTML of the author, which can't be cut.
pub(super) const HTML: char = '\u{fdd5}';

/// `inlines` as text whose boxes are [`BOX`]es.
pub(super) fn flat(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, &mut out);
    out
}

fn push(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(text),
            InlineKind::LineBreak => out.push('\n'),
            InlineKind::Html(_) => out.push(HTML),
            InlineKind::FootnoteReference(_) => out.push(BOX),
            InlineKind::Code(..) | InlineKind::Math { .. } | InlineKind::Image(_) => {
                let width = plain_text(std::slice::from_ref(inline)).width().clamp(1, 1000);
                out.extend(std::iter::repeat_n(BOX, width));
            }
            kind => push(kind.content(), out),
        }
    }
}

/// Whether an inline is set as a box, before and after which lines break whatever stands there.
pub(super) fn is_box(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Code(..) | InlineKind::Math { display: false, .. } | InlineKind::Image(_))
}

/// `inlines` in two parts, the second of which starts at the byte `at` of their [`flat`] text; elements become two.
/// `None` where what can't be two is there, as a link.
pub(super) fn split(inlines: &[Inline], mut at: usize) -> Option<(Vec<Inline>, Vec<Inline>)> {
    for (index, inline) in inlines.iter().enumerate() {
        let length = flat(std::slice::from_ref(inline)).len();
        if at == 0 {
            return Some((inlines[..index].to_vec(), inlines[index..].to_vec()));
        }
        if at < length {
            let (head, tail) = split_one(&inline.kind, at)?;
            let of = |kind| Inline { kind, span: inline.span };
            let mut before = inlines[..index].to_vec();
            before.push(of(head));
            let mut after = vec![of(tail)];
            after.extend_from_slice(&inlines[index + 1..]);
            return Some((before, after));
        }
        at -= length;
    }
    None
}

fn split_one(kind: &InlineKind, at: usize) -> Option<(InlineKind, InlineKind)> {
    let in_two = |content: &[Inline], of: fn(Vec<Inline>) -> InlineKind| {
        let (head, tail) = split(content, at)?;
        Some((of(head), of(tail)))
    };
    match kind {
        InlineKind::Text(text) => {
            let (head, tail) = text.split_at_checked(at)?;
            Some((InlineKind::Text(head.to_owned()), InlineKind::Text(tail.to_owned())))
        }
        InlineKind::Strong(content) => in_two(content, InlineKind::Strong),
        InlineKind::Emphasis(content) => in_two(content, InlineKind::Emphasis),
        InlineKind::Highlight(content) => in_two(content, InlineKind::Highlight),
        _ => None,
    }
}
