use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// What a term is worth beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, or two neighbouring characters of a script without blanks.
    Word,
    /// One such character among others.
    Character,
    /// One such character alone.
    Single,
    /// A number: in the text of an error they differ from one time to the next.
    Number,
    /// A word in which `#` stands for each number, as `p#` for `p99`.
    Shape,
}

/// Cuts a text into terms that compare alike however they were written, in order.
///
/// Width and compatibility forms fold (Unicode NFKC), case folds, `lockWaitTimeout` and `lock_wait_timeout` fall into
/// their parts, English endings go. Chinese, Japanese and Korean give each pair of neighbouring characters, and each
/// character, since they have no blanks between words, or endings that vary.
pub(super) struct Cutter<F: FnMut(&str, Kind)> {
    each: F,
    /// The word that is being read, folded, and where its parts start.
    word: String,
    parts: Vec<usize>,
    was_lower: bool,
    last_character: Option<char>,
    is_first: bool,
    term: String,
}

impl<F: FnMut(&str, Kind)> Cutter<F> {
    pub(super) fn new(each: F) -> Self {
        let (word, term) = (String::new(), String::new());
        Self { each, word, parts: Vec::new(), was_lower: false, last_character: None, is_first: true, term }
    }

    /// Gives the terms of one text.
    pub(super) fn cut(&mut self, text: &str) {
        for c in folded_width(text).chars() {
            self.take(c);
        }
        self.end_word();
        self.end_characters();
    }

    fn take(&mut self, c: char) {
        if is_unspaced(c) {
            self.end_word();
            self.character(c);
            return;
        }
        self.end_characters();
        // Width is folded by now, but not these.
        let c = full_width_as_ascii(c);
        if !c.is_alphanumeric() {
            self.end_word();
            return;
        }
        if self.was_lower && c.is_uppercase() {
            self.parts.push(self.word.len());
        }
        self.was_lower = c.is_lowercase();
        if c.is_ascii() { self.word.push(c.to_ascii_lowercase()) } else { self.word.extend(c.to_lowercase()) }
    }

    fn character(&mut self, c: char) {
        let Some(last) = self.last_character.replace(c) else {
            self.is_first = true;
            return;
        };
        self.is_first = false;
        self.give(&[last, c], Kind::Word);
        self.give(&[last], Kind::Character);
    }

    fn end_characters(&mut self) {
        if let Some(last) = self.last_character.take() {
            self.give(&[last], if self.is_first { Kind::Single } else { Kind::Character });
        }
    }

    fn give(&mut self, characters: &[char], kind: Kind) {
        self.term.clear();
        self.term.extend(characters);
        (self.each)(&self.term, kind);
    }

    fn end_word(&mut self) {
        self.was_lower = false;
        if self.word.is_empty() {
            return;
        }
        let has_digit = self.word.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit {
            let is_number = self.word.bytes().all(|byte| byte.is_ascii_digit());
            (self.each)(&self.word, if is_number { Kind::Number } else { Kind::Word });
            if !is_number {
                shape(&self.word, &mut self.term);
                (self.each)(&self.term, Kind::Shape);
            }
        } else {
            (self.each)(stem(&self.word, &mut self.term), Kind::Word);
        }
        if !self.parts.is_empty() {
            let mut start = 0;
            for end in self.parts.iter().copied().chain([self.word.len()]) {
                (self.each)(stem(&self.word[start..end], &mut self.term), Kind::Word);
                start = end;
            }
        }
        self.word.clear();
        self.parts.clear();
    }
}

/// Whether the character's script puts no blanks between words, or varies their endings.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The text in Unicode's form NFKC, but for full-width ASCII, which follows by [`full_width_as_ascii`]: almost every
/// Chinese text has nothing else to fold.
fn folded_width(text: &str) -> Cow<'_, str> {
    let stays = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3001}'..='\u{3002}'
                | '\u{300a}'..='\u{3011}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}' | '\u{2012}'..='\u{2022}')
    };
    if text.chars().all(stays) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

fn full_width_as_ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// `p99` as `p#`.
fn shape(word: &str, out: &mut String) {
    out.clear();
    for c in word.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
}

/// An English word without its ending: `waits`, `waited` and `waiting` are `wait`, `cache` and `caching` are `cach`.
/// Endings of few words are left alone; other languages lose little by it.
fn stem<'t>(word: &'t str, out: &'t mut String) -> &'t str {
    if !word.is_ascii() || word.len() < 4 {
        return word;
    }
    let mut rest = word;
    if let Some(short) = rest.strip_suffix('s').filter(|short| !short.ends_with(['s', 'u', 'i'])) {
        rest = short;
    }
    let ended = ["ing", "ed"].into_iter().find_map(|ending| rest.strip_suffix(ending).filter(|left| left.len() >= 3));
    if let Some(left) = ended.filter(|left| left.contains(['a', 'e', 'i', 'o', 'u', 'y'])) {
        rest = left;
        let bytes = rest.as_bytes();
        if let [.., a, b] = bytes
            && a == b
            && !matches!(b, b'l' | b's' | b'z')
        {
            rest = &rest[..rest.len() - 1];
        }
    }
    if rest.len() > 3 {
        rest = rest.strip_suffix('e').unwrap_or(rest);
    }
    out.clear();
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(String, Kind)> {
        let mut found = Vec::new();
        Cutter::new(|term, kind| found.push((term.to_owned(), kind))).cut(text);
        found
    }

    fn words(text: &str) -> Vec<String> {
        terms(text).into_iter().filter(|(_, kind)| *kind == Kind::Word).map(|(term, _)| term).collect()
    }

    #[test]
    fn case_width_and_endings_fold() {
        assert_eq!(words("Lock WAIT timeouts"), ["lock", "wait", "timeout"]);
        assert_eq!(words("ＥＲＲＯＲ： ｌｏｃｋ"), words("error: LOCK"));
        assert_eq!(words("ｻｰﾊﾞｰ"), words("サーバー"));
        assert_eq!(words("waiting waited waits wait"), ["wait"; 4]);
        assert_eq!(words("caches caching cached cache"), ["cach"; 4]);
        assert_eq!(words("running status class string"), ["run", "status", "class", "string"]);
        assert_eq!(words("Ölwechsel É"), ["ölwechsel", "é"]);
    }

    #[test]
    fn names_fall_into_their_parts() {
        assert_eq!(words("innodb_lock_wait_timeout"), ["innodb", "lock", "wait", "timeout"]);
        assert_eq!(words("BurstBalance"), ["burstbalanc", "burst", "balanc"]);
        assert_eq!(words("a.b-c/d"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn numbers_are_terms_of_their_own_and_shapes_ignore_them() {
        assert_eq!(terms("1205"), [("1205".to_owned(), Kind::Number)]);
        assert_eq!(terms("p99"), [("p99".to_owned(), Kind::Word), ("p#".to_owned(), Kind::Shape)]);
        assert_eq!(terms("k8s2").last(), Some(&("k#s#".to_owned(), Kind::Shape)));
    }

    #[test]
    fn scripts_without_blanks_give_pairs() {
        assert_eq!(words("锁等待"), ["锁等", "等待"]);
        assert_eq!(words("MySQL锁，等待"), ["mysql", "my", "sql", "等待"]);
        assert_eq!(terms("锁"), [("锁".to_owned(), Kind::Single)]);
        assert_eq!(terms("锁等").last(), Some(&("等".to_owned(), Kind::Character)));
    }
}
