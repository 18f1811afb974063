//! The language of a passage that is written in another script than the text around it.

/// Words of Latin letters from which on a passage in Chinese, Japanese or Korean text is taken to be English: single words
/// are names and terms, which speakers of those languages read as their own.
const LEAST_WORDS: usize = 4;

/// Greek letters from which on a passage is Greek, not a sign of mathematics.
const LEAST_GREEK: usize = 4;

/// The language of `text` in a text of the language `lang` (BCP 47); `None` where it is the same or nothing tells.
pub(super) fn foreign_language(text: &str, lang: &str) -> Option<&'static str> {
    let around = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let is_east_asian = matches!(around.as_str(), "zh" | "ja" | "ko");
    let found = if text.is_ascii() {
        let is_word = |word: &&str| word.bytes().filter(u8::is_ascii_alphabetic).count() >= 2;
        (is_east_asian && text.split_ascii_whitespace().filter(is_word).count() >= LEAST_WORDS).then_some("en")
    } else {
        by_script(text).filter(|found| !(is_east_asian && *found == "zh"))
    };
    found.filter(|found| *found != around)
}

/// The language that letters of its own script tell.
fn by_script(text: &str) -> Option<&'static str> {
    let (mut greek, mut found) = (0, None);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            c if is_kana(c) => return Some("ja"),
            c if is_hangul(c) => return Some("ko"),
            c if is_han(c) => found = Some("zh"),
            '\u{e00}'..='\u{e7f}' => found = found.or(Some("th")),
            '\u{590}'..='\u{5ff}' => found = found.or(Some("he")),
            '\u{370}'..='\u{3ff}' => greek += 1,
            _ => {}
        }
    }
    found.or((greek >= LEAST_GREEK).then_some("el"))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(c: char) -> bool {
    // The middle dot and the long mark stand in Chinese text too.
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{31f0}'..='\u{31ff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::foreign_language;

    #[test]
    fn a_passage_in_another_script_has_its_language() {
        for (text, lang, expected) in [
            ("索引", "en", Some("zh")),
            ("ひらがな", "zh-CN", Some("ja")),
            ("漢字", "ja", None),
            ("p99 と CPU", "ja", None),
            ("buffer pool", "zh-CN", None),
            ("measure first and then change", "zh-CN", Some("en")),
            ("measure first and then change", "en-GB", None),
            ("α + β", "en", None),
            ("한국어", "en", Some("ko")),
        ] {
            assert_eq!(foreign_language(text, lang), expected, "{text} in {lang}");
        }
    }
}
