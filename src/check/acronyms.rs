//! Abbreviations in a text.

use std::ops::Range;

use crate::check::known_words::is_word;

/// In a text without small letters, a word of so many capitals is no abbreviation, and so the text is shouted.
const SHOUTED_LETTERS: usize = 7;

/// The abbreviations in `text`, each as the bytes where it stands: two to six capitals, some of them digits, and perhaps a
/// small `s` for many.
pub(super) fn abbreviations(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    if is_shouted(text, &words) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in words {
        let written = &text[word.clone()];
        let length = written.strip_suffix('s').unwrap_or(written).len();
        if is_abbreviation(&written[..length]) && !is_part_of_name(text, &word) {
            found.push(word.start..word.start + length);
        }
    }
    found
}

/// The Latin words of a text and its numbers; identifiers are one word.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = character.is_ascii_alphanumeric() || character == '_';
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                found.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether all of a text is written in capitals, as headings are: then they say nothing about its words.
fn is_shouted(text: &str, words: &[Range<usize>]) -> bool {
    let is_plain =
        |word: &str| word.bytes().all(|b| b.is_ascii_uppercase()) && (word.len() >= SHOUTED_LETTERS || is_word(word));
    words.len() > 1
        && !text.bytes().any(|b| b.is_ascii_lowercase())
        && words.iter().any(|word| is_plain(&text[word.clone()]))
}

fn is_abbreviation(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (2..=6).contains(&word.len())
        && capitals >= 2
        && capitals > digits
        && capitals + digits == word.len()
        && word.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Whether the word belongs to a path, an address, a file's name, or a name of several parts (`Qwen-VL`, `CVE-2021-44228`).
fn is_part_of_name(text: &str, word: &Range<usize>) -> bool {
    let before = &text[..word.start];
    let mut after = text[word.end..].chars();
    let (next, then) = (after.next(), after.next());
    let goes_on = then.is_some_and(|c| c.is_ascii_alphanumeric());
    before.ends_with(|c| "#@$%\\.&;".contains(c))
        || (next == Some('-') && then.is_some_and(|c| c.is_ascii_digit()))
        || (next.is_some_and(|c| ".@&;".contains(c)) && goes_on)
        || before.strip_suffix('-').is_some_and(ends_with_name)
}

/// Whether the last word is a name or a single letter: then what is joined to it by a hyphen is part of that name.
fn ends_with_name(text: &str) -> bool {
    let is_outside = |c: char| !c.is_ascii_alphanumeric() && c != '.';
    let word = text.rsplit(is_outside).next().unwrap_or(text);
    let is_capitalised = word.starts_with(|first: char| first.is_ascii_uppercase());
    is_capitalised && (word.len() == 1 || word.bytes().any(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        abbreviations(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_are_words_of_capitals() {
        assert_eq!(found("MVCC 和 TLS1 的 LBs，Redis 7.4 RSALv2, a B-tree"), ["MVCC", "TLS1", "LB"]);
        assert_eq!(found("MAX_CONN A1B2C3 X IPv6 README.md #FFAA00 ABCDEFGH 2FA"), Vec::<&str>::new());
        assert_eq!(found("TCP/IP, SSL-VPN"), ["TCP", "IP", "SSL", "VPN"]);
    }

    #[test]
    fn parts_of_names_are_none() {
        assert_eq!(found("TL;DR: Qwen2.5-VL, C-LOOK, CVE-2021-44228, AT&T; LLM-based"), ["LLM"]);
    }

    #[test]
    fn a_text_in_capitals_has_none() {
        assert_eq!(found("WHY WE MOVED TO ARGO CD"), Vec::<&str>::new());
        assert_eq!(found("TLS / QUIC / DTLS"), ["TLS", "QUIC", "DTLS"]);
    }
}
