//! How the last line of a title or paragraph is kept from being one lonely character or short word.

use std::ops::RangeInclusive;

use unicode_width::UnicodeWidthChar as _;

use crate::deck::ends::{BOX, HTML};
use crate::deck::line_breaks::{
    BREAK, guided, halves, is_bound, is_closing, is_ideograph, is_opening, may_part, normalize, push_escaped,
};
use crate::deck::words;
use crate::escape;

/// The least and most of a heading that stays on one line at its end, in halves of an em.
const TAIL: (usize, usize) = (6, 22);

/// The most of a line in a narrow place that stays together.
const SHORT_TAIL: usize = 12;

/// The least of a heading that breaks between words, in halves of an em; a shorter one has one line.
const LEAST_HEADING: usize = 12;

/// `text` as HTML, its last words kept on one line.
pub(super) fn kept_together(text: &str, for_layout: bool) -> String {
    let at = tail_up_to(SHORT_TAIL, "", text);
    let mut breaks = heading_breaks(text);
    let has_words = !breaks.is_empty();
    breaks.retain(|place| *place != at);
    let (head, tail) = text.split_at(at);
    let part = |text: &str, from: usize| {
        let mut out = String::new();
        push_escaped(&normalize(&with_breaks(text, from, &breaks)), &mut out);
        out
    };
    let mut out = match tail {
        "" => part(head, 0),
        tail if !has_words || head.ends_with(' ') => {
            format!("{}<span class=\"keep\">{}</span>", part(head, 0), part(tail, at))
        }
        tail => format!("{}{BREAK}<span class=\"keep\">{}</span>", part(head, 0), part(tail, at)),
    };
    if has_words {
        out = format!("<span class=\"words\">{out}</span>");
    }
    guided(out, for_layout)
}

/// `text` as HTML of a page of paper, whose last line is never one character or short word alone.
#[must_use]
pub fn kept_at_end(text: &str) -> String {
    let (head, tail) = text.split_at(leftover("", text, WIDE));
    match tail {
        "" => escape::html(head),
        tail => format!("{}<span class=\"keep\">{}</span>", escape::html(head), escape::html(tail)),
    }
}

/// Where a heading may break within Chinese and Japanese; none where any place is as good.
pub(super) fn heading_breaks(text: &str) -> Vec<usize> {
    if halves(text) < LEAST_HEADING { Vec::new() } else { words::breaks(text) }
}

/// `text`, which starts at the byte `from` of a heading, with marks at the heading's `breaks`.
pub(super) fn with_breaks(text: &str, from: usize, breaks: &[usize]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for at in breaks.iter().filter_map(|at| at.checked_sub(from)).take_while(|at| *at < text.len()) {
        if let Some(part) = text.get(done..at) {
            out.push_str(part);
            out.push(BREAK);
            done = at;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The place in `text` whose rest is within `room` and best set apart: where marks or spaces are, at about `wanted`.
fn best_break(text: &str, room: RangeInclusive<usize>, wanted: usize) -> usize {
    let words = words::breaks(text);
    let parts_words = |at: usize, character: char| {
        !is_ideograph(character) || !text[..at].ends_with(is_ideograph) || words.contains(&at)
    };
    let mut best = (usize::MAX, text.len());
    let mut rest = halves(text);
    for (at, character) in text.char_indices() {
        let is_more_than_a_word = |_: &usize| text[at..].trim_end().contains(|c| c == ' ' || is_ideograph(c));
        let cost = break_cost(&text[..at], character).filter(|_| room.contains(&rest) && parts_words(at, character));
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

/// Whether the end of a heading stays on one line in narrow places, too.
pub(super) fn fits_anywhere(tail: &str) -> bool {
    halves(tail) <= SHORT_TAIL
}

/// How much of a paragraph's end stays together, in halves of an em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// The most of Chinese or Japanese.
    signs: usize,
    /// The least that words of letters have on a line of their own.
    least: usize,
    /// The most of words.
    words: usize,
}

/// Where lines are long.
pub(super) const WIDE: Room = Room { signs: 16, least: 8, words: 20 };
/// Where they are short.
pub(super) const NARROW: Room = Room { signs: 6, least: 5, words: 12 };

impl Room {
    /// The same, but never more than `most`.
    pub(super) fn within(self, most: usize) -> Self {
        Self { signs: self.signs.min(most), words: self.words.min(most), ..self }
    }
}

/// Two characters.
const LEAST_SIGNS: usize = 4;
/// A Latin word after Chinese.
const LEAST_WORD: usize = 5;
/// How far from the end of a paragraph the part may begin, in characters.
const FURTHEST: usize = 24;

/// Where in `last`, the end of a paragraph that starts with `before`, the part begins that must not be torn apart, so
/// that no character or short word stands alone on the last line. The end of `last` where nothing need be done.
pub(super) fn leftover(before: &str, last: &str, room: Room) -> usize {
    let trimmed =
        last.trim_end().trim_end_matches(|c| is_closing(c) || c.is_ascii_punctuation() || "？！”’…".contains(c));
    let (marks, none) = (halves(&last[trimmed.len()..]), last.len());
    let is_short = halves(before) + halves(last) < if room == WIDE { 14 } else { 10 };
    if is_short || trimmed.is_empty() {
        return none;
    }
    let region = trimmed.char_indices().rev().nth(FURTHEST).map_or(0, |(at, _)| at);
    let words = words::breaks(&trimmed[region..]);
    let mut torn = none;
    for (at, character) in trimmed[region..].char_indices().rev().map(|(at, character)| (at + region, character)) {
        if matches!(character, HTML | '\n') || last[..at].ends_with([HTML, '\n']) {
            break;
        }
        if !can_break(&last[..at], character) {
            continue;
        }
        let width = halves(&last[at..]) - marks;
        let (fewest, most) = match last[..at].trim_end().ends_with(|c: char| c.is_ascii()) {
            true if !is_ideograph(character) => (room.least, room.words),
            _ if character.is_ascii() || character == BOX => (LEAST_WORD, room.words),
            _ => (LEAST_SIGNS, room.signs),
        };
        if width > most {
            break;
        }
        let tears = is_ideograph(character)
            && last[..at].ends_with(is_ideograph)
            && !words.contains(&(at.saturating_sub(region)));
        if width >= fewest && is_breakable(&last[at..]) {
            if !tears {
                return at;
            }
            torn = if torn == none { at } else { torn };
        } else if width >= fewest {
            return none;
        }
    }
    torn
}

/// Whether a line could break within `text`.
fn is_breakable(text: &str) -> bool {
    text.char_indices().skip(1).any(|(at, character)| can_break(&text[..at], character))
}

/// Whether a line may break between a text and what follows it.
fn can_break(text: &str, after: char) -> bool {
    let Some(before) = text.chars().next_back() else { return false };
    match before {
        _ if is_bound(after) => false,
        ' ' => true,
        BOX => after != BOX && is_ideograph(after),
        _ => may_part(before, after) && before != '“' || after == BOX && is_ideograph(before),
    }
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

#[cfg(test)]
mod tests {
    use super::{NARROW, WIDE, leftover, tail};

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
            ("看两次打不打架？", "不打架？"),
            ("Words keep to their side, and the footer with them.", "with them."),
            ("you are the easiest person to fool.", "person to fool."),
            ("A long line of text about replication", ""),
            ("平均活跃会话，4 vCPU", "4 vCPU"),
            ("先看等待事件，再看 SQL。", "再看 SQL。"),
            ("短句", ""),
            ("再跑多少次都没用", "都没用"),
            ("慢查询都来自同一个数据库。", "数据库。"),
            ("一点也不影响绩效的 SQL 吧。", "SQL 吧。"),
            ("ここで待っているロックを見る", "見る"),
            ("Everyone who has tried to do it knows how to debug it.", "debug it."),
            ("", ""),
            ("。。。。。。。。。。", ""),
        ] {
            assert_eq!(&text[leftover("", text, WIDE)..], kept, "{text}");
        }
        assert_eq!(&"时，等待变长。"[leftover("到达率接近处理率", "时，等待变长。", WIDE)..], "变长。");
        assert_eq!(leftover("", "One parameter at a time", NARROW), 17);
    }
}
