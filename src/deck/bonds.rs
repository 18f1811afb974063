//! What stays on one line within running text: a number and its unit.

use std::ops::Range;

use crate::deck::line_breaks::is_ideograph;

/// Units that stand behind a space; what is counted in whole words, as "3 days", may part from its number.
const UNITS: [&str; 64] = [
    "%", "°C", "°F", "A", "B", "Bps", "EB", "G", "GB", "GHz", "Gb", "Gbit", "Gbps", "GiB", "Hz", "IOPS", "K", "KB",
    "KiB", "M", "MB", "MHz", "Mb", "Mbit", "Mbps", "MiB", "PB", "QPS", "RPS", "TB", "TPS", "TiB", "V", "W", "cm", "d",
    "dB", "fps", "g", "h", "kB", "kHz", "kW", "kWh", "kb", "kbps", "kg", "km", "m", "min", "mm", "ms", "ns", "pt",
    "px", "qps", "rps", "s", "tps", "vCPU", "×", "μs", "µs", "℃",
];
/// What is counted in Chinese and Japanese, with or without a space.
const COUNTERS: &str =
    "个個条條次年月日天秒分倍种種位台页頁章行列点點层層步张張项項轮周元块円回件本人度番号级岁家篇句段份组組道套遍名";
/// Between a number and its counter.
const SCALES: &str = "万亿千百萬億";

/// The numbers of `text` with what they count, where a line could part the two.
pub(super) fn bonds(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let number = text[start..].find(|c: char| !is_of_number(c)).unwrap_or(text.len() - start);
        let end = start + text[start..start + number].trim_end_matches(['.', ',', ':', '-', '–', '/']).len();
        let begins_word = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || is_ideograph(c));
        match counted(&text[end..]).filter(|_| begins_word) {
            Some(length) => {
                from = end + length;
                found.push(before(text, start)..from);
            }
            None => from = start + number,
        }
    }
    found
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || ".,:-–/".contains(character)
}

/// The length of what a number counts, at the start of `rest`, with the space before it.
fn counted(rest: &str) -> Option<usize> {
    let word = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
    let space = rest.len() - word.len();
    let unit = word.split([' ', '\u{a0}']).next().unwrap_or_default();
    let unit = &unit[..unit.find(|c: char| is_ideograph(c) || !is_of_unit(c)).unwrap_or(unit.len())];
    let name = unit.split('/').next().unwrap_or_default();
    if space > 0 && UNITS.contains(&name) {
        return Some(space + unit.len());
    }
    let scale = word.chars().next().filter(|c| SCALES.contains(*c)).map_or(0, char::len_utf8);
    let counter = word[scale..].chars().next().filter(|c| COUNTERS.contains(*c)).map_or(0, char::len_utf8);
    (scale + counter > 0).then_some(space + scale + counter)
}

fn is_of_unit(character: char) -> bool {
    character.is_alphabetic() || "%°℃/×".contains(character)
}

/// Where a number at `start` begins with the sign before it, as "第 3".
fn before(text: &str, start: usize) -> usize {
    let head = &text[..start];
    let word = head.trim_end_matches(' ');
    match word.strip_suffix('第') {
        Some(rest) if head.len() - word.len() < 2 => rest.len(),
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::bonds;

    #[test]
    fn numbers_stay_with_what_they_count() {
        for (text, kept) in [
            ("内存 100 MB，延迟 2.6 s", vec!["100 MB", "2.6 s"]),
            ("共 3 个，12个，第 4 章，300万行", vec!["3 个", "12个", "第 4 章", "300万行"]),
            ("2026年11月21日", vec!["2026年", "11月", "21日"]),
            ("写 5 MB/s，用 8 vCPU", vec!["5 MB/s", "8 vCPU"]),
            ("8.0.36 和 P50 与 50%，3 天", vec!["3 天"]),
            ("MySQL 8 in 3 days, page 5. Then", vec![]),
            ("db2 个案", vec![]),
            ("1", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = bonds(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, kept, "{text}");
        }
    }
}
