//! What the wording of a prompt tells, in English, Chinese and Japanese: by words and marks, not by grammar.

/// A language whose words are looked for in a sentence, told by its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    English,
    Chinese,
    Japanese,
}

const ENGLISH_OPENERS: &[&str] = &[
    "is",
    "isn't",
    "are",
    "aren't",
    "am",
    "was",
    "wasn't",
    "were",
    "do",
    "don't",
    "does",
    "doesn't",
    "did",
    "didn't",
    "can",
    "can't",
    "could",
    "couldn't",
    "should",
    "shouldn't",
    "would",
    "wouldn't",
    "will",
    "won't",
    "has",
    "hasn't",
    "have",
    "haven't",
    "had",
    "may",
    "might",
    "must",
];
const ENGLISH_CONDITIONS: &[&str] =
    &["when", "if", "after", "given", "once", "while", "before", "so", "then", "suppose"];
const ENGLISH_ASKING: &[&str] = &["what", "which", "who", "whom", "whose", "where", "when", "how", "why"];

const CHINESE_YES_NO: &[&str] = &[
    "是否",
    "会不会",
    "能不能",
    "是不是",
    "要不要",
    "有没有",
    "可不可以",
    "该不该",
    "应不应该",
    "需不需要",
    "可否",
    "能否",
    "对不对",
    "行不行",
    "对吗",
    "好不好",
];
const CHINESE_ASKING: &[&str] =
    &["什么", "哪", "怎么", "怎样", "怎么样", "如何", "为何", "多少", "几", "谁", "多久", "何时"];
const CHINESE_JOINING: &[&str] = &["以及", "还有", "并且", "，并", "，又", "和", "及"];

const JAPANESE_YES_NO: &[&str] = &["ですか", "ますか", "でしょうか", "ませんか", "るか", "たか", "かどうか", "のか"];
const JAPANESE_ASKING: &[&str] = &[
    "何",
    "なに",
    "なん",
    "どう",
    "どこ",
    "どれ",
    "どの",
    "どんな",
    "どちら",
    "なぜ",
    "いつ",
    "誰",
    "だれ",
    "いくつ",
    "いくら",
];
const JAPANESE_JOINING: &[&str] = &["そして", "また", "および", "それと", "、かつ"];

/// Words that point at something which is not there when the question comes back.
const POINTING: &[&str] = &[
    "as shown",
    "shown above",
    "shown below",
    "shown here",
    "see above",
    "see below",
    "the above",
    "figure above",
    "chart above",
    "mentioned above",
    "mentioned earlier",
    "as discussed",
    "as we saw",
    "we just saw",
    "previous slide",
    "last slide",
    "next slide",
    "this slide",
    "that slide",
    "these slides",
    "on the slide",
    "this tool",
    "this chart",
    "this diagram",
    "this figure",
    "this graph",
    "this picture",
    "this image",
    "this screenshot",
    "this example",
    "this approach",
    "this talk",
    "in the talk",
    "the speaker",
    "上图",
    "下图",
    "如图",
    "左图",
    "右图",
    "图中",
    "这张图",
    "那张图",
    "这个图",
    "上述",
    "如上",
    "前述",
    "前面提到",
    "上面提到",
    "上文",
    "前文",
    "下文",
    "本页",
    "这一页",
    "上一页",
    "下一页",
    "这页",
    "这个工具",
    "该工具",
    "本工具",
    "这个方法",
    "该方法",
    "这个例子",
    "刚才",
    "刚刚提到",
    "本次分享",
    "这次分享",
    "讲者",
    "上の図",
    "下の図",
    "この図",
    "上記",
    "前述",
    "先ほど",
    "このツール",
    "このスライド",
    "前のスライド",
    "この方法",
    "この例",
];

/// Words by which a question asks what to do.
const ACTING: &[&str] = &[
    "first",
    "next step",
    "do you",
    "would you",
    "should you",
    "what now",
    "check",
    "look at",
    "start with",
    "begin with",
    "第一步",
    "第一眼",
    "第一条",
    "第一个动作",
    "首先",
    "先",
    "怎么办",
    "怎么做",
    "怎么处理",
    "如何处理",
    "做什么",
    "查什么",
    "看什么",
    "看哪",
    "查哪",
    "找什么",
    "改哪",
    "止血",
    "最初",
    "まず",
    "どうする",
    "どうしま",
    "何をする",
    "何をしま",
    "何を確認",
    "何を見",
    "どこを見",
    "何を調べ",
];
/// Words that hold a word of [`ACTING`] and mean something else.
const NOT_ACTING: &[&str] = &["预先", "优先", "原先", "先进", "领先", "先前", "事先", "first-", "at first"];

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

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
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
    let opens = |clause: &str| words(clause).into_iter().next().filter(|word| ENGLISH_OPENERS.contains(&word.as_str()));
    let first = words(sentence).into_iter().next()?;
    let conditional = ENGLISH_CONDITIONS.contains(&first.as_str());
    let after = conditional.then(|| sentence.split_once(',')).flatten().and_then(|(_, clause)| opens(clause));
    opens(sentence).or(after)
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

/// How long an answer is: 1.0 at 40 words, at 60 Han characters or Hangul syllables, at 120 kana.
pub(super) fn length(text: &str) -> f64 {
    let (mut length, mut in_word) = (0.0, false);
    for c in text.chars() {
        let was_in_word = std::mem::replace(&mut in_word, false);
        match c {
            _ if is_han(c) => length += 1.0 / 60.0,
            '\u{ac00}'..='\u{d7a3}' => length += 1.0 / 60.0,
            '\u{3041}'..='\u{30ff}' => length += 1.0 / 120.0,
            _ if c.is_alphanumeric() || (was_in_word && matches!(c, '_' | '-' | '.' | '\'' | '’' | ',' | '/')) => {
                length += if was_in_word { 0.0 } else { 1.0 / 40.0 };
                in_word = true;
            }
            _ => {}
        }
    }
    length
}

/// How many things an answer lists: the parts between `、`, `;`, numbers, or commas with few words between them.
pub(super) fn listed(text: &str) -> usize {
    let parts = |marks: &[char]| text.split(marks).filter(|part| !part.trim().is_empty()).count();
    let short = |part: &str| (1..=4).contains(&part.split_whitespace().count()) && length(part) < 0.2;
    let comma: Vec<&str> = text.split([',', '，']).collect();
    // Figures as 3,000 are no list.
    let figures =
        text.as_bytes().windows(3).any(|at| at[0].is_ascii_digit() && at[1] == b',' && at[2].is_ascii_digit());
    let by_comma = if !figures && comma.iter().all(|part| short(part)) { comma.len() } else { 1 };
    let numbered =
        (1..10).take_while(|n| [".", ")", "）", "、"].iter().any(|mark| text.contains(&format!("{n}{mark}")))).count();
    let dashes = text.matches(" - ").count() + usize::from(text.starts_with("- "));
    [parts(&['、']), parts(&[';', '；']), by_comma, numbered, dashes].into_iter().max().unwrap_or(1)
}

/// The words of `text` to be compared: runs of letters and digits in lower case, each Han character and kana for itself.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.to_lowercase().chars() {
        let alone = is_han(c) || matches!(c, '\u{3041}'..='\u{30ff}');
        if in_word && c.is_alphanumeric() && !alone {
            if let Some(word) = out.last_mut() {
                word.push(c);
            }
        } else if c.is_alphanumeric() {
            out.push(c.to_string());
        }
        in_word = c.is_alphanumeric() && !alone;
    }
    out
}

/// Whether the answer, or its first sentence, stands word for word in the question.
pub(super) fn gives_away(ask: &str, answer: &str) -> bool {
    let asked = tokens(ask);
    let first = answer.split(['。', '；', ';', '！', '!', '?', '？']).next().unwrap_or_default();
    let first = first.split(". ").next().unwrap_or_default();
    [answer, first].into_iter().map(tokens).any(|answer| {
        let letters: usize = answer.iter().map(|token| token.chars().count()).sum();
        let is_telling = answer.len() >= 2 || letters >= 3;
        is_telling && asked.windows(answer.len()).any(|window| window == answer)
    })
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

    #[test]
    fn answers_are_measured_in_any_mix() {
        assert!(length(&"word ".repeat(40)) <= 1.000_001 && length(&"word ".repeat(41)) > 1.0);
        assert!(length(&"字".repeat(60)) <= 1.000_001 && length(&"字".repeat(61)) > 1.01);
        assert_eq!((listed("a, b, c and d"), listed("a, b, c, d"), listed("甲、乙、丙、丁")), (3, 4, 4));
        assert_eq!(listed("1. stop it 2. look 3. wait 4. go"), 4);
        assert_eq!(listed("IOPS fall from 3,000 to 600, then the queue grows, and all wait, and wait"), 1);
    }

    #[test]
    fn an_answer_in_its_question_is_found_word_for_word() {
        assert!(gives_away("Is the connection pool cold after a deploy?", "The connection pool"));
        assert!(gives_away("BurstBalance 归零时先查什么？", "`BurstBalance`。它归零了。"));
        assert!(!gives_away("Which spooler waits?", "pool"));
        assert!(!gives_away("p99 从 40 ms 涨到 2.6 s，先看什么？", "DB load"));
        assert!(!gives_away("What is 2 of 3?", "2"));
    }
}
