//! Where lines may break and what room marks take, alike in browsers and in the layout engine.
//!
//! Text carries [`BREAK`], [`GUIDE`] and [`JOIN`] until it is finished; [`guided`] makes of them what its reader knows.

use unicode_script::{Script, UnicodeScript as _};
use unicode_width::UnicodeWidthChar as _;

use crate::escape;

/// Forbids a line break.
const WORD_JOINER: char = '\u{2060}';
/// Allows a line break in the layout engine, which knows no `<wbr>`.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Allows a line break; text can't hold it.
pub(super) const BREAK: char = '\u{fdd2}';
/// Allows a line break where browsers allow one by themselves.
pub(super) const GUIDE: char = '\u{fdd3}';
/// The start of what stays together, when that is a box: the layout engine breaks after it as the character before asks.
pub(super) const JOIN: char = '\u{fdd4}';
/// A sign that shows nothing and breaks as letters do.
const INVISIBLE: char = '\u{2061}';

/// `html` with its marks as browsers, or else the layout engine, read them; what is copied in browsers has none of them.
pub(super) fn guided(html: String, for_layout: bool) -> String {
    if !html.contains([BREAK, GUIDE, JOIN]) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 32);
    for character in html.chars() {
        match character {
            BREAK if !for_layout => out.push_str("<wbr>"),
            BREAK | GUIDE if for_layout => out.push(ZERO_WIDTH_SPACE),
            JOIN if for_layout => out.push(INVISIBLE),
            GUIDE | JOIN => {}
            _ => out.push(character),
        }
    }
    out
}

/// `text` as HTML, with its marks, which other text can't hold.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    for part in text.split_inclusive(BREAK) {
        escape::push_html(part.trim_end_matches(BREAK), out);
        out.extend(part.ends_with(BREAK).then_some(BREAK));
    }
}

/// `text` with marks where browsers and the layout engine differ: no break within `I/O`, `C++`, `a|b` and `--flag`, one
/// on the outer side of curly quotes that touch Chinese or Japanese, and one between a full-width mark and a sign that
/// belongs to a number.
pub(super) fn normalize(text: &str) -> String {
    if !text.contains(['/', '“', '”', '+', '|', '!', '-', '$', '￥', '¥', '€', '£', '±', '−', '%', '\\', '№'])
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        let is_wide = |side: Option<char>| side.is_some_and(|side| is_ideograph(side) || is_full_stop(side));
        if (character == '“' && is_wide(before))
            || ("+$￥¥€£±−%\\№".contains(character) && before.is_some_and(is_full_stop))
        {
            out.push(BREAK);
        }
        out.push(character);
        let in_word = |side: Option<char>| side.is_some_and(|side| side.is_ascii_graphic());
        let is_joint = match character {
            '/' | '|' | '!' => in_word(before) && in_word(after),
            '+' | '-' => after == Some(character),
            _ => false,
        };
        if is_joint {
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
pub(super) fn is_closing(character: char) -> bool {
    matches!(character, '，' | '。' | '、' | '；' | '：' | '）' | '】' | '》' | '」' | '』' | '〉' | '〕')
}

/// Full-width marks whose ink is in the right half.
pub(super) fn is_opening(character: char) -> bool {
    matches!(character, '（' | '【' | '《' | '「' | '『' | '〈' | '〔')
}

/// Full-width marks after which a line may break.
fn is_full_stop(character: char) -> bool {
    is_closing(character) || matches!(character, '？' | '！')
}

/// Whether a line can't start with `character`.
pub(super) fn is_bound(character: char) -> bool {
    is_full_stop(character) || character.is_whitespace() || "”’…—·,.;:!?)]}%％‰々ー".contains(character)
}

/// How much of the start of `text` belongs to a box before it: marks that no line starts with, and an ending as in
/// "`x`s".
pub(super) fn lead(text: &str) -> usize {
    let marks = text.find(|c: char| c.is_whitespace() || !(is_bound(c) || "\"'/".contains(c))).unwrap_or(text.len());
    let ending = text[marks..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len() - marks);
    if ending <= 2 && (marks == 0 || text[..marks].ends_with(['’', '\''])) { marks + ending } else { marks }
}

/// Where in `text` the end begins that belongs to a box after it: marks that no line ends with.
pub(super) fn trail(text: &str) -> usize {
    text.trim_end_matches(|c: char| is_opening(c) || "“‘([{$#@~<".contains(c)).len()
}

/// Whether a line may break between `before` and `after` by what they are.
pub(super) fn may_part(before: char, after: char) -> bool {
    !is_bound(after)
        && !is_opening(before)
        && (is_full_stop(before) || is_ideograph(before) || is_ideograph(after) || is_opening(after))
}

/// The width of `text` in halves of an em.
pub(super) fn halves(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

pub(super) fn is_ideograph(character: char) -> bool {
    matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul)
}

#[cfg(test)]
mod tests {
    use super::{guided, lead, normalize, squeezed, trail};

    #[test]
    fn marks_bind_and_part_as_in_browsers() {
        for (text, expected) in [
            ("I/O", "I/\u{2060}O"),
            ("读/写", "读/写"),
            ("a / b", "a / b"),
            ("C++ --flag a-b", "C+\u{2060}+ -\u{2060}-flag a-b"),
            ("a|b! c", "a|\u{2060}b! c"),
            ("他说“好”吗：“嗯”", "他说<wbr>“好”<wbr>吗：<wbr>“嗯”"),
            ("“好”，", "“好”，"),
            ("五元，￥100，+3", "五元，<wbr>￥100，<wbr>+3"),
        ] {
            assert_eq!(guided(normalize(text), false), expected);
        }
        assert_eq!(guided(normalize("好“吗”"), true), "好\u{200b}“吗”");
    }

    #[test]
    fn boxes_hold_the_marks_that_touch_them() {
        for (before, after, held) in [
            ("看（", "），再", "（），"),
            ("先运行", "，再看", "，"),
            ("an (", ").", "()."),
            ("all ", "s in it", "s"),
            ("all ", "’s name", "’s"),
            ("和 ", " and more", ""),
            ("和", "、", "、"),
            ("说“", "”。", "“”。"),
        ] {
            assert_eq!(format!("{}{}", &before[trail(before)..], &after[..lead(after)]), held, "{before}{after}");
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
}
