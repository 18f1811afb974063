use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript as _};

use crate::talk::Rates;
use crate::timing::constants::{
    DIGIT, HAN, HANGUL, KANA, LONGEST_SPELLED, Rate, SPELLED_LETTER, WORDS, WORDS_AS_SECOND_LANGUAGE,
};

/// Acronyms that are spoken as words.
const SAID_AS_WORDS: &[&str] = &[
    "ACID", "AJAX", "ANSI", "ASCII", "BASE", "BIOS", "CAP", "CORS", "CRAN", "CRUD", "DORA", "DRAM", "GAN", "GIF",
    "GUI", "IOPS", "JPEG", "JSON", "JWT", "LAMP", "LAN", "LIFO", "FIFO", "NASA", "NAT", "NUMA", "OK", "PIN", "RAID",
    "RAM", "REST", "ROM", "SAAS", "SIM", "SOAP", "SOLID", "SQL", "SRAM", "TOML", "WAN", "YAML", "ZIP",
];

/// What is spoken, in units that each have a rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Han characters.
    pub han: u32,
    /// Kana, and the kanji of Japanese talks.
    pub kana: u32,
    /// Hangul syllables.
    pub hangul: u32,
    /// Words of alphabetic scripts.
    pub words: u32,
    /// Letters of spelled acronyms.
    pub letters: u32,
    /// Digits.
    pub digits: u32,
}

impl Counts {
    /// Whether nothing is spoken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Han characters, kana and Hangul syllables together.
    #[must_use]
    pub fn characters(&self) -> u32 {
        self.han.saturating_add(self.kana).saturating_add(self.hangul)
    }

    /// Adds what another text has.
    pub fn add(&mut self, other: Self) {
        self.han = self.han.saturating_add(other.han);
        self.kana = self.kana.saturating_add(other.kana);
        self.hangul = self.hangul.saturating_add(other.hangul);
        self.words = self.words.saturating_add(other.words);
        self.letters = self.letters.saturating_add(other.letters);
        self.digits = self.digits.saturating_add(other.digits);
    }
}

/// Speaking rates in units a minute, each filled in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeakingRates {
    /// Han characters.
    pub han: f64,
    /// Kana and kanji of Japanese.
    pub kana: f64,
    /// Hangul syllables.
    pub hangul: f64,
    /// Words of alphabetic scripts.
    pub word: f64,
    /// The language that digits are read in.
    digits: Option<Digits>,
}

/// The East Asian language in which digits are read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Digits {
    Han,
    Kana,
    Hangul,
}

impl SpeakingRates {
    /// The rates that a talk in the language `lang` gives; those left out are the usual ones.
    ///
    /// A digit is read in the language of the talk, whatever stands around it.
    #[must_use]
    pub fn new(given: &Rates, lang: &str) -> Self {
        let rate = |given: Option<f64>, rate: Rate| given.filter(|rate| *rate > 0.0).unwrap_or(rate.usual);
        let digits = match language(lang) {
            "zh" | "yue" => Some(Digits::Han),
            "ja" => Some(Digits::Kana),
            "ko" => Some(Digits::Hangul),
            _ => None,
        };
        Self {
            han: rate(given.han, HAN),
            kana: rate(given.kana, KANA),
            hangul: rate(given.hangul, HANGUL),
            word: rate(given.word, WORDS),
            digits,
        }
    }

    /// The same for a speaker whose first language is not `lang`; a difference is known for English alone.
    #[must_use]
    pub fn in_second_language(self, lang: &str) -> Self {
        let word = if language(lang) == "en" { WORDS_AS_SECOND_LANGUAGE.usual } else { self.word };
        Self { word, ..self }
    }

    /// How many seconds it takes to say what was counted.
    #[must_use]
    pub fn seconds(&self, counts: &Counts) -> f64 {
        let digits = f64::from(counts.digits);
        let spoken_digits = match self.digits {
            None => digits * DIGIT / self.word,
            Some(Digits::Han) => digits / self.han,
            Some(Digits::Kana) => digits / self.kana,
            Some(Digits::Hangul) => digits / self.hangul,
        };
        let words = f64::from(counts.words) + SPELLED_LETTER * f64::from(counts.letters);
        let minutes = f64::from(counts.han) / self.han
            + f64::from(counts.kana) / self.kana
            + f64::from(counts.hangul) / self.hangul
            + words / self.word
            + spoken_digits;
        60.0 * minutes
    }
}

/// The first part of a language tag.
#[must_use]
pub fn language(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or_default()
}

/// Counts texts of one talk.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Whether Han characters are kanji.
    japanese: bool,
    /// Terms of `timing.say` by their first character, longest first, and what saying them counts.
    say: BTreeMap<char, Vec<(String, Counts)>>,
}

impl Counter {
    /// A counter for a talk in the language `lang` in which the terms of `say` are spoken as their values.
    #[must_use]
    pub fn new(lang: &str, say: &BTreeMap<String, String>) -> Self {
        let mut counter = Self { japanese: language(lang) == "ja", say: BTreeMap::new() };
        let mut terms: BTreeMap<char, Vec<(String, Counts)>> = BTreeMap::new();
        for (term, spoken) in say {
            if let Some(first) = term.chars().next() {
                terms.entry(first).or_default().push((term.clone(), counter.count(spoken)));
            }
        }
        for terms in terms.values_mut() {
            terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        }
        counter.say = terms;
        counter
    }

    /// What saying `text` counts.
    ///
    /// A Han character, a kana and a Hangul syllable are one each. Alphabetic words are parted at `_ - . /`, before a
    /// capital behind a small letter, and between letter and digit; capitals up to five are spelled unless people say
    /// them as a word. Of an address only the host is spoken.
    #[must_use]
    pub fn count(&self, text: &str) -> Counts {
        let mut counts = Counts::default();
        let mut rest = text;
        let mut before = None;
        while let Some(first) = rest.chars().next() {
            let starts_word = !before.is_some_and(is_word_part) || !is_word_part(first);
            let taken = if starts_word && let Some((length, said)) = self.said(first, rest) {
                counts.add(said);
                length
            } else if starts_word && let Some((host, length)) = address(rest) {
                word_parts(host, &mut counts);
                length
            } else if is_word_part(first) {
                let length = word_length(rest);
                word_parts(&rest[..length], &mut counts);
                length
            } else {
                self.character(first, &mut counts);
                first.len_utf8()
            };
            before = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
        counts
    }

    /// The term of `timing.say` that `rest` starts with.
    fn said(&self, first: char, rest: &str) -> Option<(usize, Counts)> {
        let terms = self.say.get(&first)?;
        let found = terms.iter().find(|(term, _)| {
            let ends_in_word = term.chars().next_back().is_some_and(is_word_part);
            let goes_on = || rest[term.len()..].chars().next().is_some_and(is_word_part);
            rest.starts_with(term.as_str()) && !(ends_in_word && goes_on())
        });
        found.map(|(term, counts)| (term.len(), *counts))
    }

    /// A character that stands for itself.
    fn character(&self, c: char, counts: &mut Counts) {
        match unit(c) {
            Some(Unit::Han) if self.japanese => counts.kana = counts.kana.saturating_add(1),
            Some(Unit::Han) => counts.han = counts.han.saturating_add(1),
            Some(Unit::Kana) => counts.kana = counts.kana.saturating_add(1),
            Some(Unit::Hangul) => counts.hangul = counts.hangul.saturating_add(1),
            None => {}
        }
    }
}

/// A character that is a unit of speech by itself.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Han,
    Kana,
    Hangul,
}

fn unit(c: char) -> Option<Unit> {
    if c < '\u{1100}' {
        return None;
    }
    match c.script() {
        Script::Han | Script::Bopomofo if c.is_alphanumeric() => Some(Unit::Han),
        Script::Hiragana | Script::Katakana => Some(Unit::Kana),
        // The mark that lengthens a vowel belongs to both syllabaries.
        _ if matches!(c, 'ー' | 'ｰ') => Some(Unit::Kana),
        // Text that is not composed has one leading letter a syllable.
        Script::Hangul if matches!(c, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}') => None,
        Script::Hangul if c.is_alphabetic() => Some(Unit::Hangul),
        _ => None,
    }
}

/// Whether `c` belongs to a word or number of an alphabetic script.
fn is_word_part(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || c.script() == Script::Inherited)
        && unit(c).is_none()
        && !matches!(c.script(), Script::Hangul | Script::Han | Script::Hiragana | Script::Katakana)
}

/// The length of the word that `text` starts with; an apostrophe within belongs to it.
fn word_length(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let within = matches!(c, '\'' | '’') && characters.peek().is_some_and(|(_, next)| is_word_part(*next));
        if !is_word_part(c) && !within {
            return at;
        }
    }
    text.len()
}

/// Counts the parts of one word.
fn word_parts(word: &str, counts: &mut Counts) {
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in word.char_indices() {
        let parts = before.is_some_and(|before| {
            let is_letter = |c: char| !c.is_numeric() && is_word_part(c);
            (before.is_lowercase() && c.is_uppercase())
                || (is_letter(before) && c.is_numeric())
                || (before.is_numeric() && is_letter(c))
                || matches!(c, '.' | '-' | '_' | '/')
                || matches!(before, '.' | '-' | '_' | '/')
        });
        if parts {
            part(&word[start..at], counts);
            start = at;
        }
        before = Some(c);
    }
    part(&word[start..], counts);
}

/// Counts a part without a border in it.
fn part(text: &str, counts: &mut Counts) {
    let Some(first) = text.chars().next().filter(|first| is_word_part(*first)) else { return };
    let length = text.chars().count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    if first.is_numeric() {
        counts.digits = counts.digits.saturating_add(number(length));
    } else if (2..=LONGEST_SPELLED).contains(&length)
        && text.chars().all(char::is_uppercase)
        && !SAID_AS_WORDS.contains(&text)
    {
        counts.letters = counts.letters.saturating_add(number(length));
    } else if text.chars().any(char::is_alphabetic) {
        counts.words = counts.words.saturating_add(1);
    }
}

/// The host of the address that `text` starts with, and the address's length.
fn address(text: &str) -> Option<(&str, usize)> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let ends = |c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, '<' | '>' | '"' | ')' | ']');
    let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    Some((host.strip_prefix("www.").unwrap_or(host), text.len() - rest.len() + address.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Counts {
        Counter::new("en", &BTreeMap::new()).count(text)
    }

    fn words(words: u32) -> Counts {
        Counts { words, ..Counts::default() }
    }

    #[test]
    fn each_script_has_its_own_unit() {
        assert_eq!(count("先看等待事件，再看 SQL。"), Counts { han: 8, words: 1, ..Counts::default() });
        assert_eq!(count("サーバーが重い"), Counts { kana: 6, han: 1, ..Counts::default() });
        let japanese = Counter::new("ja-JP", &BTreeMap::new());
        assert_eq!(japanese.count("サーバーが重い"), Counts { kana: 7, ..Counts::default() });
        assert_eq!(count("먼저 대기 이벤트"), Counts { hangul: 7, ..Counts::default() });
        assert_eq!(count("don't panic, Zoë’s naïve café"), words(5));
    }

    #[test]
    fn how_a_letter_is_encoded_does_not_matter() {
        assert_eq!(count("cafe\u{301}s"), words(1));
        assert_eq!(count("\u{1112}\u{1161}\u{11ab}"), Counts { hangul: 1, ..Counts::default() });
        assert_eq!(count("か\u{3099}"), count("が"));
    }

    #[test]
    fn words_are_parted_where_speakers_part_them() {
        assert_eq!(count("innodb_buffer_pool"), words(3));
        assert_eq!(count("maxLifetime and/or well-known example.com"), words(8));
        assert_eq!(count("t2.medium"), Counts { words: 2, digits: 1, ..Counts::default() });
        assert_eq!(count("p99 is 2.6 s"), Counts { words: 3, digits: 4, ..Counts::default() });
    }

    #[test]
    fn acronyms_are_spelled_unless_people_say_them() {
        assert_eq!(count("CPU"), Counts { letters: 3, ..Counts::default() });
        assert_eq!(count("vCPU"), Counts { words: 1, letters: 3, ..Counts::default() });
        assert_eq!(count("JSON, MySQL, I"), words(4));
        assert_eq!(count("HIKARI"), words(1));
    }

    #[test]
    fn what_the_talk_says_is_said() {
        let say = [("k8s", "kubernetes"), ("IOPS", "I O per second"), ("ms", "毫秒"), ("C++", "see plus plus")];
        let say = say.map(|(term, spoken)| (term.to_owned(), spoken.to_owned())).into_iter().collect();
        let counter = Counter::new("en", &say);
        assert_eq!(counter.count("k8s"), words(1));
        assert_eq!(counter.count("on k8s: C++"), words(5));
        assert_eq!(counter.count("40ms"), Counts { words: 1, digits: 2, ..Counts::default() });
        assert_eq!(counter.count("40 ms"), Counts { han: 2, digits: 2, ..Counts::default() });
        assert_eq!(counter.count("items, IOPS"), words(5));
    }

    #[test]
    fn of_an_address_the_host_is_spoken() {
        assert_eq!(count("see https://docs.example.com/a/b?c=d, please"), words(5));
        assert_eq!(count("见https://www.example.com/手册"), Counts { han: 3, words: 2, ..Counts::default() });
        assert_eq!(count("https://"), Counts::default());
    }

    #[test]
    fn speech_takes_its_time() {
        let rates = |lang: &str| SpeakingRates::new(&Rates::default(), lang);
        let close = |seconds: f64, expected: f64| assert!((seconds - expected).abs() < 1e-9, "{seconds}");
        close(rates("en").seconds(&words(140)), 60.0);
        close(rates("zh-CN").seconds(&Counts { han: 100, digits: 100, ..Counts::default() }), 60.0);
        close(rates("en").seconds(&Counts { digits: 200, ..Counts::default() }), 60.0);
        close(rates("en").seconds(&Counts { letters: 70, words: 98, ..Counts::default() }), 60.0);
    }
}
