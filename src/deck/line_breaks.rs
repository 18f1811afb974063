//! Where lines may break and what room marks take, alike in browsers and in the layout engine.

use std::ops::RangeInclusive;

use unicode_script::{Script, UnicodeScript as _};
use unicode_width::UnicodeWidthChar as _;

use crate::escape;

/// Forbids a line break.
const WORD_JOINER: char = '\u{2060}';
/// Allows a line break.
const BREAK: char = '\u{200b}';

/// `text` with a word joiner after each slash within a word and a break opportunity on the outer side of
/// curly quotes that touch Chinese or Japanese.
pub(super) fn normalize(text: &str) -> String {
    if !text.contains(['/', '“', '”']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        if character == '“' && before.is_some_and(is_ideograph) {
            out.push(BREAK);
        }
        out.push(character);
        let in_word = |side: Option<char>| side.is_some_and(|side| side.is_ascii_graphic());
        if character == '/' && in_word(before) && in_word(after) {
            out.push(WORD_JOINER);
        }
        if character == '”' && after.is_some_and(is_ideograph) {
            out.push(BREAK);
        }
        before = Some(character);
    }
    out
}

/// `text` in parts; after a part that is to be squeezed, its last half em is empty and taken away.
///
/// Of two full-width marks side by side one keeps its room, as Chinese typesetting asks for; curly quotes come from
/// the Latin font, which has no room to take.
pub(super) fn squeezed(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is_pair = next.is_some_and(|next| {
            (is_closing(character) && (is_closing(next) || is_opening(next)))
                || (is_opening(character) && is_opening(next))
        });
        if is_pair {
            let end = at + character.len_utf8();
            parts.push((&text[from..at], false));
            parts.push((&text[at..end], true));
            from = end;
        }
    }
    parts.push((&text[from..], false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// Full-width marks whose ink is in the left half.
fn is_closing(character: char) -> bool {
    matches!(character, '，' | '。' | '、' | '；' | '：' | '）' | '】' | '》' | '」' | '』' | '〉' | '〕')
}

/// Full-width marks whose ink is in the right half.
fn is_opening(character: char) -> bool {
    matches!(character, '（' | '【' | '《' | '「' | '『' | '〈' | '〔')
}

/// The least and most of a heading that stays on one line at its end, in halves of an em.
const TAIL: (usize, usize) = (6, 22);

/// The most of a line in a narrow place that stays together.
const SHORT_TAIL: usize = 12;

/// `text` as HTML, its last words kept on one line.
pub(super) fn kept_together(text: &str) -> String {
    let (head, tail) = text.split_at(tail_up_to(SHORT_TAIL, "", text));
    match tail {
        "" => escape::html(head),
        tail => format!("{}<span class=\"keep\">{}</span>", escape::html(head), escape::html(tail)),
    }
}

/// The place in `text` whose rest is within `room` and best set apart: where marks or spaces are, at about `wanted`.
fn best_break(text: &str, room: RangeInclusive<usize>, wanted: usize) -> usize {
    let mut best = (usize::MAX, text.len());
    let mut rest = halves(text);
    for (at, character) in text.char_indices() {
        let is_more_than_a_word = |_: &usize| text[at..].trim_end().contains(|c| c == ' ' || is_ideograph(c));
        let cost = break_cost(&text[..at], character).filter(|_| room.contains(&rest));
        if let Some(cost) = cost.filter(is_more_than_a_word) {
            best = best.min((cost + rest.abs_diff(wanted), at));
        }
        rest = rest.saturating_sub(character.width().unwrap_or(0));
    }
    best.1
}

/// Where in `last`, the end of a heading that starts with `before`, the part begins that stays on one line: about a
/// third of the heading, from a mark or a space where there is one. The end of `last` for short headings.
pub(super) fn tail(before: &str, last: &str) -> usize {
    tail_up_to(TAIL.1, before, last)
}

/// The widths, in halves of an em, of what is left on a last line at the least: two characters, or words of some length.
const LEAST: (usize, usize) = (4, 8);
/// The most that stays together at the end of a paragraph, in halves of an em; less where it is narrow.
pub(super) const WIDE_LEFTOVER: usize = 16;
pub(super) const NARROW_LEFTOVER: usize = 6;

/// A Latin word after Chinese.
const LEAST_WORD: usize = 3;

/// Where in `last`, the end of a paragraph that starts with `before`, the part begins that must not be torn apart, so
/// that no character or short word stands alone on the last line. The end of `last` where nothing need be done.
pub(super) fn leftover(before: &str, last: &str, most: usize) -> usize {
    let trimmed =
        last.trim_end().trim_end_matches(|c| is_closing(c) || c.is_ascii_punctuation() || "？！”’…".contains(c));
    let marks = halves(&last[trimmed.len()..]);
    let none = last.len();
    if halves(before) + halves(last) < 14 || trimmed.is_empty() {
        return none;
    }
    for (at, character) in trimmed.char_indices().rev() {
        if break_cost(&last[..at], character).is_none() {
            continue;
        }
        let width = halves(&last[at..]) - marks;
        let fewest = match last[..at].trim_end().ends_with(|c: char| c.is_ascii()) {
            true => LEAST.1,
            false if character.is_ascii() => LEAST_WORD,
            false => LEAST.0,
        };
        if width > most {
            return none;
        }
        if width >= fewest {
            return if is_breakable(&last[at..]) { at } else { none };
        }
    }
    none
}

/// Whether a line could break within `text`.
fn is_breakable(text: &str) -> bool {
    text.char_indices().skip(1).any(|(at, character)| break_cost(&text[..at], character).is_some())
}

fn tail_up_to(most: usize, before: &str, last: &str) -> usize {
    let whole = halves(before) + halves(last);
    if whole < 18 {
        return last.len();
    }
    let wanted = (whole * 35 / 100).clamp(TAIL.0 + 1, most - 3);
    best_break(last, TAIL.0..=most, wanted)
}

/// How much a line should not break between a text and what follows it, in halves of an em of a worse length; `None`
/// where it can't.
fn break_cost(text: &str, after: char) -> Option<usize> {
    let before = text.chars().next_back()?;
    let word = text.trim_end().chars().next_back()?;
    let can_start = !is_closing(after) && !matches!(after, '？' | '！' | '”' | '’' | ' ' | '…' | '—' | '·');
    match before {
        _ if !can_start => None,
        ' ' if matches!(word, ':' | ',' | ';' | '.' | '–' | '—' | '?' | '!') || is_closing(word) => Some(0),
        ' ' => Some(7),
        _ if is_closing(before) || matches!(before, '？' | '！') => Some(0),
        _ if is_opening(before) || before == '“' => None,
        _ if is_ideograph(before) && (is_ideograph(after) || is_opening(after)) => Some(9),
        _ => None,
    }
}

/// The width of `text` in halves of an em.
fn halves(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

fn is_ideograph(character: char) -> bool {
    matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
}

#[cfg(test)]
mod tests {
    use super::{NARROW_LEFTOVER, WIDE_LEFTOVER, leftover, normalize, squeezed, tail};

    #[test]
    fn slashes_bind_and_quotes_part() {
        for (text, expected) in [
            ("I/O", "I/\u{2060}O"),
            ("读/写", "读/写"),
            ("a / b", "a / b"),
            ("他说“好”吗", "他说\u{200b}“好”\u{200b}吗"),
            ("“好”，", "“好”，"),
        ] {
            assert_eq!(normalize(text), expected);
        }
    }

    #[test]
    fn of_two_marks_side_by_side_the_first_is_squeezed() {
        assert_eq!(
            squeezed("（「好」，对）。"),
            [("（", true), ("「好", false), ("」", true), ("，对", false), ("）", true), ("。", false)]
        );
        assert_eq!(squeezed("一句。“好”"), [("一句。“好”", false)]);
        assert_eq!(squeezed(""), []);
    }

    #[test]
    fn the_last_line_of_a_heading_is_no_leftover() {
        for (heading, kept) in [
            ("RDS 疑难杂症", ""),
            ("Why an idle processor can still keep every request waiting", "every request waiting"),
            ("为什么 CPU 很闲，接口却慢了六十倍之多？", "接口却慢了六十倍之多？"),
            ("先看等待事件，再看慢查询，最后动手", "最后动手"),
            ("Donaudampfschifffahrtsgesellschaftskapitän", ""),
        ] {
            let (_, end) = heading.split_at(tail("", heading));
            assert_eq!(end, kept, "{heading}");
        }
        assert_eq!(tail("先看等待事件，再看", "慢查询日志里最慢的"), "慢查询".len());
    }

    #[test]
    fn the_last_line_of_a_paragraph_is_no_leftover() {
        for (text, kept) in [
            ("先有数字，再有意见", "意见"),
            ("没有变快，就改回去。", "回去。"),
            ("看两次打不打架？", "打架？"),
            ("Words keep to their side, and the footer with them.", "with them."),
            ("you are the easiest person to fool.", "person to fool."),
            ("A long line of text about replication", ""),
            ("平均活跃会话，4 vCPU", "4 vCPU"),
            ("先看等待事件，再看 SQL。", ""),
            ("短句", ""),
            ("", ""),
            ("。。。。。。。。。。", ""),
        ] {
            assert_eq!(&text[leftover("", text, WIDE_LEFTOVER)..], kept, "{text}");
        }
        assert_eq!(&"时，等待变长。"[leftover("到达率接近处理率", "时，等待变长。", WIDE_LEFTOVER)..], "变长。");
        assert_eq!(leftover("", "One parameter at a time", NARROW_LEFTOVER), 23);
    }
}
