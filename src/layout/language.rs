//! The language of a passage that is written in another script than the text around it.

/// Words of Latin letters from which on a passage in Chinese, Japanese or Korean text is taken to be English: single words
/// are names and terms, which speakers of those languages read as their own.
const LEAST_WORDS: usize = 4;

/// Greek letters from which on a passage is Greek, not a sign of mathematics.
const LEAST_GREEK: usize = 4;

/// The language of `text` in a text of the language `lang` (BCP 47); `None` where it is the same or nothing tells.
pub(super) fn foreign_language(text: &str, lang: &str) -> Option<&'static str> {
    let around = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let count = |wanted: fn(char) -> bool| text.chars().filter(|c| wanted(*c)).count();
    let is_east_asian = matches!(around.as_str(), "zh" | "ja" | "ko");
    let found = if count(is_kana) > 0 {
        "ja"
    } else if count(is_hangul) > 0 {
        "ko"
    } else if count(is_han) > 0 {
        if is_east_asian { return None } else { "zh" }
    } else if count(|c| matches!(c, '\u{e00}'..='\u{e7f}')) > 0 {
        "th"
    } else if count(|c| matches!(c, '\u{590}'..='\u{5ff}')) > 0 {
        "he"
    } else if count(|c| matches!(c, '\u{370}'..='\u{3ff}')) >= LEAST_GREEK {
        "el"
    } else {
        let is_word = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() >= 2;
        if !is_east_asian || text.split_whitespace().filter(is_word).count() < LEAST_WORDS {
            return None;
        }
        "en"
    };
    (found != around).then_some(found)
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
