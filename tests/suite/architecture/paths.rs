//! The paths that a Rust file names, `use` trees spread out.

use super::rust_text::line_of;

/// A path as written, with the line it stands on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedPath {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    PathSeparator,
    Other(char),
}

/// Every path of two or more segments and every `use` in `code`, which has no comments or strings.
pub(super) fn named_paths(code: &str) -> Vec<NamedPath> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts_path = matches!(tokens[at].1, Token::Word(_))
            && !matches!(at.checked_sub(1).map(|before| tokens[before].1), Some(Token::PathSeparator));
        if !starts_path {
            at += 1;
            continue;
        }
        let in_use = at > 0 && tokens[at - 1].1 == Token::Word("use");
        let is_path = matches!(tokens.get(at + 1), Some((_, Token::PathSeparator)));
        if !in_use && !is_path {
            at += 1;
            continue;
        }
        let mut tree = Tree { code, tokens: &tokens, at, found: &mut found };
        tree.spread(&mut Vec::new());
        at = tree.at.max(at + 1);
    }
    found
}

/// A walk over one path or `use` tree.
struct Tree<'a, 'found> {
    code: &'a str,
    tokens: &'a [(usize, Token<'a>)],
    at: usize,
    found: &'found mut Vec<NamedPath>,
}

impl Tree<'_, '_> {
    /// Reads `a::b::{c, d::*}` behind `prefix` and adds each leaf.
    fn spread(&mut self, prefix: &mut Vec<String>) {
        let depth = prefix.len();
        let mut line = self.tokens.get(self.at).map_or(1, |&(offset, _)| line_of(self.code, offset));
        while let Some(&(offset, Token::Word(word))) = self.tokens.get(self.at) {
            line = line_of(self.code, offset);
            prefix.push(word.to_owned());
            self.at += 1;
            if !matches!(self.tokens.get(self.at), Some((_, Token::PathSeparator))) {
                break;
            }
            self.at += 1;
        }
        if matches!(self.tokens.get(self.at), Some((_, Token::Other('{')))) && self.after_separator() {
            self.group(prefix);
        } else {
            self.found.push(NamedPath { segments: prefix.clone(), line });
        }
        prefix.truncate(depth);
    }

    fn group(&mut self, prefix: &mut Vec<String>) {
        self.at += 1;
        while let Some(&(_, token)) = self.tokens.get(self.at) {
            match token {
                Token::Other('}') => {
                    self.at += 1;
                    return;
                }
                Token::Word("as") => self.at += 2,
                Token::Word(_) => self.spread(prefix),
                _ => self.at += 1,
            }
        }
    }

    fn after_separator(&self) -> bool {
        self.at > 0 && self.tokens[self.at - 1].1 == Token::PathSeparator
    }
}

fn tokens(code: &str) -> Vec<(usize, Token<'_>)> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(character) = code[at..].chars().next() {
        let length = if is_word(character) {
            let word: &str = &code[at..][..code[at..].find(|c| !is_word(c)).unwrap_or(code.len() - at)];
            out.push((at, Token::Word(word)));
            word.len()
        } else if code[at..].starts_with("::") {
            out.push((at, Token::PathSeparator));
            2
        } else {
            if !character.is_whitespace() {
                out.push((at, Token::Other(character)));
            }
            character.len_utf8()
        };
        at += length;
    }
    out
}
