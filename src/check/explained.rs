//! The forms in which a line says what an abbreviation stands for.

use crate::check::acronyms::words;
use crate::check::heard::CELL;

/// In a table, a cell that describes the term before it has so many Latin words or twice as many Han characters.
const DESCRIBING_WORDS: usize = 3;

/// What may follow a term in the cell that names it, in bytes: `KV cache`.
const LONGEST_NAME: usize = 24;

/// What stands right behind a term that is being explained.
const EXPLAINING: &[&str] = &[
    "(",
    "（",
    "[",
    "【",
    "：",
    ":",
    "=",
    "＝",
    "—",
    "–",
    "- ",
    "is ",
    "are ",
    "was ",
    "means",
    "stands for",
    "refers to",
    ", or ",
    ", the ",
    ", a ",
    ", an ",
    ", which ",
    ", that is",
    ", i.e.",
    ", short for",
    "short for",
    "aka ",
    "是",
    "即",
    "指",
    "就是",
    "也就是",
    "全称",
    "的全称",
    "的意思",
    "意思是",
    "意为",
    "代表",
    "叫",
    "，也就是",
    "，就是",
    "，是",
    "，即",
    "，指",
    "，全称",
    "，意思是",
    "，又称",
    "，又叫",
    "，俗称",
    "，中文",
    "，英文",
    "とは",
    "は、",
];

/// What stands right before a term whose words came first.
const EXPLAINED: &[&str] = &[
    "也就是",
    "即",
    "叫",
    "叫做",
    "叫作",
    "称为",
    "称作",
    "称之为",
    "简称",
    "简称为",
    "缩写",
    "缩写为",
    "缩写是",
    "什么是",
    "什么叫",
    "何为",
    "called",
    "known as",
    "short:",
    "aka",
    "a.k.a.",
    "abbreviated",
    "abbreviated as",
    "what is",
    "what are",
    "what's",
    "what’s",
    "いわゆる",
    "略して",
];

/// The words came first, and the term follows in brackets: alone, or before more of its words.
const OPENING: [char; 4] = ['(', '（', '[', '【'];

/// What then stands behind it.
const CLOSING: [char; 12] = [')', '）', ']', '】', ',', '，', ';', '；', ':', '：', '/', '、'];

/// The name of a term has at least so many Han characters.
const SHORTEST_NAME: usize = 4;

/// Words that are in sentences about a term, not in its name.
const NO_NAME: &[&str] = &[
    "用",
    "为什么",
    "为何",
    "如何",
    "怎",
    "什么",
    "理解",
    "认识",
    "了解",
    "关于",
    "支持",
    "基于",
    "深入",
    "浅",
    "说",
    "看",
    "谈",
    "我",
    "你",
    "有",
    "没",
    "不",
    "和",
    "与",
    "的",
    "了",
    "从",
    "到",
    "在",
    "把",
    "给",
    "再",
];

/// Whether a line has an explaining word beside `term`.
pub(super) fn is_explained_in(line: &str, term: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(term).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + term.len()..]);
        let after = after.strip_prefix('s').filter(|after| !after.starts_with(is_letter)).unwrap_or(after);
        if before.ends_with(is_letter) || after.starts_with(is_letter) {
            return false;
        }
        let after = after_others(after);
        let is_first = before.trim_end_matches(' ').is_empty();
        let (before, rest) =
            (before.trim_end_matches([' ', '"', '“', '「']), after.trim_start_matches([' ', '"', '”', '」']));
        let before = before.to_lowercase();
        EXPLAINED.iter().any(|sign| before.ends_with(sign))
            || (before.ends_with(OPENING) && rest.starts_with(CLOSING))
            || EXPLAINING.iter().any(|sign| rest.starts_with(sign))
            || rest.strip_prefix("for short").is_some_and(|_| !before.is_empty())
            || (rest.is_empty() && is_name(&before))
            || (is_first
                && rest.split_once(CELL).is_some_and(|(name, row)| name.len() < LONGEST_NAME && describes(row)))
    })
}

/// Whether the Chinese text before a term, alone on its line, is its name: `多队列多处理器调度 MQMS`.
fn is_name(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_digit() || " .、".contains(c));
    name.chars().count() >= SHORTEST_NAME
        && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !NO_NAME.iter().any(|word| name.contains(word))
}

/// What stands behind other terms of a list: `/SBI/HBI：…`.
fn after_others(text: &str) -> &str {
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('/') {
        rest = inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    }
    rest
}

/// Whether the rest of a row has words enough to say what its first cell means.
fn describes(row: &str) -> bool {
    row.split(CELL).any(|cell| {
        let han = cell.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        let latin = words(cell).into_iter().filter(|word| cell[word.clone()].bytes().any(|b| b.is_ascii_lowercase()));
        latin.count() + han / 2 >= DESCRIBING_WORDS
    })
}
