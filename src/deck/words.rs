//! Where large type may break: between the words of Chinese and Japanese, which are written without spaces.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_script::{Script, UnicodeScript as _};

use crate::deck::line_breaks::{halves, is_closing, is_ideograph, is_opening};

/// Words of one sign that no line starts with, and words that begin with them.
const PARTICLES: &str = "的了着过吗呢吧啊么地得们之";
/// What numbers count.
const COUNTERS: &str = "个条次年月日天秒分倍种位台页章行列点层步张项轮周元块岁号人件家篇句段份组道套遍名万亿千百";
/// Words of one sign that belong to what stands behind them; others belong to what stands before them, as the last sign
/// of words that the dictionary does not know.
const PREFIXES: &str = "不没很太更最都也就才再又还只别先能会要可却已正在从把被让给对向跟和与或及比为用按将是有\
                        该这那每各第几两一二三四五六七八九十怎谁何新旧大小多少高低快慢全半";

/// How long a part of words that belong together gets, in halves of an em.
const LONG: usize = 10;

/// The places in `text` where a line of large type may break besides those that spaces and marks give.
pub(super) fn breaks(text: &str) -> Vec<usize> {
    if !text.contains(is_ideograph) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut part = 0;
    let words = words(text);
    for pair in words.windows(2) {
        let [before, after] = [&text[pair[0].clone()], &text[pair[1].clone()]];
        part += halves(before);
        let at = pair[1].start;
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { continue };
        if !is_letter(last) {
            part = 0;
        } else if is_opening(first) || (is_letter(first) && may_part(before, after, part)) {
            found.push(at);
            part = 0;
        }
    }
    // Browsers part words at their hyphens; the layout engine does not where other signs hold together.
    let is_within = |at: &usize| text[..*at].ends_with(is_word) && text[at + 1..].starts_with(is_word);
    found.extend(text.match_indices('-').map(|(at, _)| at).filter(is_within).map(|at| at + 1));
    found.sort_unstable();
    found
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphabetic()
}

fn words(text: &str) -> Vec<Range<usize>> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let places: Vec<usize> = segmenter.segment_str(text).collect();
    places.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Whether a line may break between two words that touch, the first of which ends a part of this width.
fn may_part(before: &str, after: &str, part: usize) -> bool {
    let (last, first) = (before.chars().next_back(), after.chars().next());
    let is_plain = |side: Option<char>| side.is_some_and(|side| !is_ideograph(side));
    if is_plain(last) && is_plain(first) {
        return false;
    }
    let counts = last.is_some_and(char::is_numeric) && first.is_some_and(|first| COUNTERS.contains(first));
    if counts || first.is_some_and(|first| PARTICLES.contains(first)) {
        return false;
    }
    // Endings and particles of Japanese.
    if after.starts_with(|c: char| c.script() == Script::Hiragana) && last.is_some_and(is_ideograph) {
        return false;
    }
    let ends_word = is_one(after) && first.is_some_and(|first| !PREFIXES.contains(first)) && !is_plain(last);
    let begins_word = is_one(before) && last.is_some_and(|last| PREFIXES.contains(last));
    part >= LONG || !(ends_word || begins_word)
}

fn is_one(word: &str) -> bool {
    word.starts_with(is_ideograph) && word.chars().count() == 1
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !is_closing(character)
}

#[cfg(test)]
mod tests {
    use super::breaks;

    #[test]
    fn lines_part_words_and_not_their_signs() {
        for (text, parts) in [
            ("为什么数据库很闲，接口却慢了六十倍之多", "为什么|数据库|很闲，接口|却慢了|六十倍之多"),
            ("RDS 疑难杂症：怎么看报表", "RDS 疑难杂症：怎么看|报表"),
            ("先看等待事件，再看SQL", "先看|等待|事件，再看|SQL"),
            ("共12个连接池", "共|12个|连接池"),
            ("データベースのロックを待っている間", "データベースの|ロックを待っている|間"),
            ("值on-call的班 x - y", "值|on-|call的班 x - y"),
            ("Why it waits, on-call", "Why it waits, on-call"),
            ("", ""),
        ] {
            let mut shown = String::new();
            let mut from = 0;
            for at in breaks(text) {
                shown.push_str(&text[from..at]);
                shown.push('|');
                from = at;
            }
            shown.push_str(&text[from..]);
            assert_eq!(shown, parts);
        }
    }
}
