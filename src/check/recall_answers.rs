//! How long an answer is, what it lists, and whether its question holds it.

/// How long an answer is: 1.0 at 40 words, at 60 Han characters or Hangul syllables, at 120 kana.
pub(super) fn length(text: &str) -> f64 {
    length_in(text, 40.0, 60.0)
}

/// How long a text is: 1.0 at that many words, at that many Han characters or Hangul syllables, at twice as many kana.
pub(super) fn length_in(text: &str, words: f64, han: f64) -> f64 {
    let (mut length, mut in_word) = (0.0, false);
    for c in text.chars() {
        let was_in_word = std::mem::replace(&mut in_word, false);
        match c {
            _ if is_han(c) => length += 1.0 / han,
            '\u{ac00}'..='\u{d7a3}' => length += 1.0 / han,
            '\u{3041}'..='\u{30ff}' => length += 0.5 / han,
            _ if c.is_alphanumeric() || (was_in_word && matches!(c, '_' | '-' | '.' | '\'' | '’' | ',' | '/')) => {
                length += if was_in_word { 0.0 } else { 1.0 / words };
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

/// Whether `c` is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
