//! What the form of a question tells, by words and marks, not by grammar.

use crate::check::recall_answers::is_han;
use crate::check::recall_words::{
    ACTING, CHINESE_ASKING, CHINESE_JOINING, CHINESE_YES_NO, ENGLISH_ASKING, ENGLISH_CONDITIONS, ENGLISH_LEADING_UP,
    ENGLISH_OPENERS, JAPANESE_ASKING, JAPANESE_JOINING, JAPANESE_YES_NO, NOT_ACTING, POINTING,
};

/// A language whose words are looked for in a sentence, told by its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    English,
    Chinese,
    Japanese,
}

/// The sentences of `text`, each with the mark that ends it.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let parts = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if matches!(c, '?' | '？' | '。' | '！' | '\n') || (matches!(c, '.' | '!') && parts) {
            out.push(text[start..at + c.len_utf8()].trim());
            start = at + c.len_utf8();
        }
    }
    out.push(text[start..].trim());
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// The sentences that ask: those with a question mark, else the last.
fn asking(text: &str) -> Vec<&str> {
    let all = sentences(text);
    let asking: Vec<&str> = all.iter().copied().filter(|sentence| sentence.ends_with(['?', '？'])).collect();
    if asking.is_empty() { all.last().copied().into_iter().collect() } else { asking }
}

fn tongue(sentence: &str) -> Tongue {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}');
    if sentence.chars().any(is_kana) {
        Tongue::Japanese
    } else if sentence.chars().any(is_han) {
        Tongue::Chinese
    } else {
        Tongue::English
    }
}

/// The words of a sentence in lower case, without marks at their ends.
fn words(sentence: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
    sentence.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

fn holds(text: &str, any: &[&str]) -> bool {
    any.iter().any(|word| text.contains(word))
}

/// The part of a question that makes it one of yes or no, if it is.
pub(super) fn yes_no(text: &str) -> Option<String> {
    asking(text).into_iter().find_map(|sentence| match tongue(sentence) {
        Tongue::English => english_opener(sentence),
        Tongue::Chinese => {
            let end = sentence.trim_end_matches(['?', '？', '。', ' ']);
            if end.ends_with('吗') {
                return Some("吗".to_owned());
            }
            let found = CHINESE_YES_NO.iter().find(|word| sentence.contains(**word))?;
            (!holds(sentence, CHINESE_ASKING) && !sentence.contains("为什么")).then(|| (*found).to_owned())
        }
        Tongue::Japanese => {
            let end = sentence.trim_end_matches(['?', '？', '。', ' ']);
            let found = JAPANESE_YES_NO.iter().find(|ending| end.ends_with(**ending))?;
            (!holds(sentence, JAPANESE_ASKING)).then(|| (*found).to_owned())
        }
    })
}

/// The opener of an English question of yes or no; behind a condition, that of the clause after its comma.
fn english_opener(sentence: &str) -> Option<String> {
    let first_word = |clause: &str| words(clause).into_iter().next();
    let opens = |clause: &str| first_word(clause).filter(|word| ENGLISH_OPENERS.contains(&word.as_str()));
    let first = first_word(sentence)?;
    if ENGLISH_CONDITIONS.contains(&first.as_str()) {
        return sentence.split_once(',').and_then(|(_, clause)| opens(clause));
    }
    // `Should it fail, what …`, `Have a look: which …` only lead up to the question.
    let leads_up = ENGLISH_LEADING_UP.contains(&first.as_str());
    let asks = |clause: &str| first_word(clause).is_some_and(|word| ENGLISH_ASKING.contains(&word.as_str()));
    if leads_up && sentence.split([',', ':']).skip(1).any(asks) { None } else { opens(sentence) }
}

/// Whether a text asks for two things. A `why` beside the question is not a second thing: it is asked for.
pub(super) fn asks_twice(text: &str) -> bool {
    let asking = asking(text);
    let others = asking.iter().skip(1).filter(|sentence| sentence.ends_with(['?', '？']) && !only_asks_why(sentence));
    others.count() > 0 || asking.iter().any(|sentence| joins_questions(sentence))
}

fn only_asks_why(sentence: &str) -> bool {
    let bare: String = sentence.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    [
        "why",
        "whyso",
        "whynot",
        "andwhy",
        "whythat",
        "为什么",
        "为何",
        "原因是什么",
        "なぜ",
        "なぜですか",
        "それはなぜ",
        "それはなぜですか",
    ]
    .contains(&bare.as_str())
}

/// Whether one sentence has an asking word, a joining word and another asking word behind it.
fn joins_questions(sentence: &str) -> bool {
    let both = |joining: &[&str], asking: &[&str], why: &[&str]| {
        let bare = why.iter().fold(sentence.to_owned(), |text, why| text.replace(why, ""));
        joining.iter().any(|word| {
            bare.match_indices(word)
                .any(|(at, _)| holds(&bare[..at], asking) && holds(&bare[at + word.len()..], asking))
        })
    };
    match tongue(sentence) {
        Tongue::Chinese => both(CHINESE_JOINING, CHINESE_ASKING, &["为什么", "为何"]),
        Tongue::Japanese => both(JAPANESE_JOINING, JAPANESE_ASKING, &["なぜ"]),
        Tongue::English => {
            let words = words(sentence);
            let asks = |word: &String| ENGLISH_ASKING.contains(&word.as_str());
            // Right behind the joining word, or behind a preposition: `and in which pool`.
            words.iter().enumerate().any(|(at, word)| {
                let next = words[at + 1..].iter().take(2).find(|word| asks(word));
                word == "and" && words[..at].iter().any(asks) && next.is_some_and(|next| next != "why")
            })
        }
    }
}

/// The words in `text` that point at something outside it.
pub(super) fn pointing(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    POINTING.iter().copied().find(|phrase| {
        lower.match_indices(phrase).any(|(at, _)| {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let ascii = phrase.is_ascii();
            let (before, behind) = (lower[..at].chars().next_back(), lower[at + phrase.len()..].chars().next());
            !(ascii && (latin(before) || latin(behind)))
        })
    })
}

/// Whether a question is about what to do.
pub(super) fn asks_for_action(text: &str) -> bool {
    let lower = NOT_ACTING.iter().fold(text.to_lowercase(), |text, other| text.replace(other, " "));
    holds(&lower, ACTING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_no_questions_are_told_by_their_form() {
        for text in [
            "Is the pool cold?",
            "p99 triples after a deploy. Do you check the pool?",
            "When p99 triples, is it the pool?",
            "Should the pool be larger?",
            "Is it clear what to do first?",
            "连接数暴涨时，是否应该调大上限？",
            "BurstBalance 归零会不会影响延迟？",
            "你会先看 CPU 吗？",
            "接続プールは冷えていますか？",
            "再起動するべきでしょうか",
        ] {
            assert!(yes_no(text).is_some(), "{text}");
        }
        for text in [
            "What do you check first, and why?",
            "The pool is cold and p99 triples. What first?",
            "The pool was cold. Which graph shows it?",
            "Should the pool run dry, what does the client do?",
            "Have a look at the graph: which band is highest?",
            "怎么判断是否还有没提交的事务？",
            "有没有提交的事务怎么查？",
            "最初に何を確認しますか？",
            "p99 が急に上がったとき、どこを見ますか",
            "",
        ] {
            assert_eq!(yes_no(text), None, "{text}");
        }
    }

    #[test]
    fn why_is_no_second_question() {
        for text in [
            "What do you check first? Which setting do you change?",
            "What is slow and which graph shows it?",
            "What fails and in which pool?",
            "先看什么，以及怎么处理？",
            "先查哪个指标？怎么处理？",
            "最初に何を見て、そしてどこを直しますか？",
        ] {
            assert!(asks_twice(text), "{text}");
        }
        for text in [
            "CPU and memory are idle. What do you check first, and why?",
            "What first? Why?",
            "CPU 以及内存都正常，先看什么，为什么？",
            "先停哪条语句？为什么？",
            "まず何を確認しますか？なぜですか？",
        ] {
            assert!(!asks_twice(text), "{text}");
        }
    }

    #[test]
    fn what_points_outside_is_found_as_whole_words() {
        assert_eq!(pointing("As shown above, what is slow?"), Some("as shown"));
        assert_eq!(pointing("上图里哪一项最高？"), Some("上图"));
        assert_eq!(pointing("このツールで何を見ますか"), Some("このツール"));
        assert_eq!(pointing("Which of the abovementioned?"), None);
        assert_eq!(pointing("Is this toolchain slow"), None);
    }
}
