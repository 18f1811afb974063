//! The talk's own CSS: what it loads becomes part of the deck, and what lies elsewhere is reported.

use cssparser::{Delimiter, Parser, Token};

use crate::asset::Images;
use crate::deck::ImageMode;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Span, Spanned};

/// A font that the talk's CSS brings by `@font-face`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFont {
    /// The family that the CSS calls it by.
    pub family: String,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The bytes of the file: TrueType, OpenType, WOFF or WOFF2.
    pub bytes: Vec<u8>,
    /// The `@font-face` rule.
    pub span: Span,
}

/// CSS that loads nothing any more.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// The CSS without `@font-face` and `@import`, its pictures as the deck refers to them.
    pub(super) css: String,
    /// The fonts of the `@font-face` rules.
    pub(super) fonts: Vec<OwnFont>,
    /// What is wrong with it.
    pub(super) diagnostics: Diagnostics,
}

/// Reads the files that `css` asks for.
pub(super) fn resolve(css: &Spanned<String>, images: &Images<'_>, mode: ImageMode) -> Resolved {
    let mut reader = Reader { css, images, mode, copied: 0, is_too_deep: false, resolved: Resolved::default() };
    let mut input = Parser::new(&css.value);
    reader.walk(&mut input, false);
    reader.replace(css.value.len(), css.value.len(), "");
    reader.resolved
}

struct Reader<'a> {
    css: &'a Spanned<String>,
    images: &'a Images<'a>,
    mode: ImageMode,
    /// How far the CSS is in the result.
    copied: usize,
    is_too_deep: bool,
    resolved: Resolved,
}

impl Reader<'_> {
    /// Goes through one block; `in_set` says whether a plain string in it names a file.
    fn walk(&mut self, input: &mut Parser<'_>, in_set: bool) {
        loop {
            let start = input.position().byte_index();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { return };
            match token {
                Token::UnquotedUrl(url) => self.url(&url, start, end(input)),
                Token::QuotedString(url) if in_set => self.url(&url, start, end(input)),
                Token::Function(name) if is_url(&name) => {
                    let url = quoted(input);
                    self.url(&url, start, end(input));
                }
                Token::Function(name) => {
                    let name = name.to_ascii_lowercase();
                    let takes_strings = name.ends_with("image-set") || name == "image" || name == "cross-fade";
                    self.block(input, start, takes_strings);
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    self.block(input, start, in_set);
                }
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => self.import(input, start),
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("font-face") => self.font_face(input, start),
                _ => {}
            }
        }
    }

    fn block(&mut self, input: &mut Parser<'_>, start: usize, in_set: bool) {
        let read = input.parse_nested_block(|inner| {
            self.walk(inner, in_set);
            Ok::<(), cssparser::ParseError<()>>(())
        });
        if read.is_err() && !std::mem::replace(&mut self.is_too_deep, true) {
            let found =
                Diagnostic::new(&code::NESTING_TOO_DEEP, self.span(start, start + 1), "this CSS nests too deeply");
            self.resolved.diagnostics.push(found.hint("close the brackets before, or write it flatter"));
        }
        if read.is_err() {
            self.replace(start, end(input), "");
        }
    }

    /// Puts the picture's address in the place of `start..end`.
    fn url(&mut self, url: &str, start: usize, end: usize) {
        let url = url.trim();
        if url.is_empty() || url.starts_with('#') {
            return;
        }
        let span = self.span(start, end);
        let address = match self.images.get(url, span, &mut self.resolved.diagnostics) {
            Some(image) => match self.mode {
                ImageMode::DataUri => format!("url(\"{}\")", image.data_uri()),
                ImageMode::Path => format!("url(\"asset/{}\")", image.hash),
                ImageMode::Reference => format!("url(\"asset:///{}?background\")", image.hash),
            },
            None => "none".to_owned(),
        };
        self.replace(start, end, &address);
    }

    /// Leaves an `@import` out.
    fn import(&mut self, input: &mut Parser<'_>, start: usize) {
        let target = input.parse_until_after(Delimiter::Semicolon, |inner| {
            let target = inner.expect_url_or_string().map(|target| target.to_string()).unwrap_or_default();
            while inner.next().is_ok() {}
            Ok::<String, cssparser::ParseError<()>>(target)
        });
        let (target, end) = (target.unwrap_or_default(), end(input));
        let span = self.span(start, end);
        let found = if target.contains("//") {
            Diagnostic::new(&code::REMOTE_URL, span, format!("`{target}` is not in the talk's folder"))
                .hint("copy the rules into `style.css`, so that the talk works without a network")
        } else {
            Diagnostic::new(&code::INVALID_VALUE, span, "`@import` is not read")
                .hint("copy the rules into `style.css` itself")
        };
        self.resolved.diagnostics.push(found);
        self.replace(start, end, "");
    }

    /// Reads the file of an `@font-face` rule, which leaves the CSS: the deck brings its fonts itself.
    fn font_face(&mut self, input: &mut Parser<'_>, start: usize) {
        let mut face = Face { family: String::new(), weight: 400, italic: false, source: None };
        while let Ok(token) = input.next().cloned() {
            match token {
                Token::CurlyBracketBlock => {
                    let _ = input.parse_nested_block(|inner| {
                        face.read(inner);
                        Ok::<(), cssparser::ParseError<()>>(())
                    });
                    break;
                }
                Token::Semicolon => break,
                _ => {}
            }
        }
        let end = end(input);
        let rule = self.span(start, end);
        self.replace(start, end, "");
        let Some((source, from, to)) = face.source.filter(|_| !face.family.is_empty()) else {
            let found = Diagnostic::new(&code::UNREADABLE_FONT, rule, "this `@font-face` names no file or no family");
            self.resolved.diagnostics.push(found.hint("write `font-family: \"Name\"; src: url(\"name.woff2\")`"));
            return;
        };
        let at = self.span(from, to);
        if let Some(bytes) = self.images.font(&source, at, &mut self.resolved.diagnostics) {
            let Face { family, weight, italic, .. } = face;
            self.resolved.fonts.push(OwnFont { family, weight, italic, bytes, span: at });
        }
    }

    /// Copies up to `start` and puts `text` in the place of what goes on to `end`.
    fn replace(&mut self, start: usize, end: usize, text: &str) {
        // What lies in a part that was already left out stays out.
        if start >= self.copied {
            self.resolved.css.push_str(self.css.value.get(self.copied..start).unwrap_or_default());
            self.resolved.css.push_str(text);
            self.copied = end;
        }
    }

    /// The place of `start..end`; that of the whole CSS where the source holds it in another form.
    fn span(&self, start: usize, end: usize) -> Span {
        let whole = self.css.span;
        if whole.end - whole.start == self.css.value.len() {
            Span::new(whole.source, whole.start + start, whole.start + end)
        } else {
            whole
        }
    }
}

/// What an `@font-face` rule says.
struct Face {
    family: String,
    weight: u16,
    italic: bool,
    /// The first file, and where it is named.
    source: Option<(String, usize, usize)>,
}

impl Face {
    fn read(&mut self, input: &mut Parser<'_>) {
        let mut name = String::new();
        let mut in_value = false;
        loop {
            let start = input.position().byte_index();
            let Ok(token) = input.next_including_whitespace().cloned() else { return };
            match token {
                Token::Semicolon => in_value = false,
                Token::Colon => in_value = true,
                Token::Ident(word) if !in_value => name = word.to_ascii_lowercase(),
                Token::UnquotedUrl(url) => self.source(&name, url.to_string(), start, end(input)),
                Token::Function(function) if is_url(&function) => {
                    let url = quoted(input);
                    self.source(&name, url, start, end(input));
                }
                value => self.value(&name, &value),
            }
        }
    }

    fn source(&mut self, name: &str, url: String, start: usize, end: usize) {
        if name == "src" && self.source.is_none() {
            self.source = Some((url, start, end));
        }
    }

    fn value(&mut self, name: &str, value: &Token<'_>) {
        match (name, value) {
            ("font-family", Token::QuotedString(word) | Token::Ident(word)) => {
                if !self.family.is_empty() {
                    self.family.push(' ');
                }
                self.family.push_str(word);
            }
            ("font-weight", Token::Number { int_value: Some(weight), .. }) => {
                self.weight = u16::try_from(*weight).unwrap_or(400).clamp(1, 1000);
            }
            ("font-weight", Token::Ident(word)) if word.eq_ignore_ascii_case("bold") => self.weight = 700,
            ("font-style", Token::Ident(word)) => self.italic = !word.eq_ignore_ascii_case("normal"),
            _ => {}
        }
    }
}

fn end(input: &Parser<'_>) -> usize {
    input.position().byte_index()
}

fn is_url(function: &str) -> bool {
    function.eq_ignore_ascii_case("url") || function.eq_ignore_ascii_case("src")
}

/// The string in the parentheses of a function.
fn quoted(input: &mut Parser<'_>) -> String {
    let read = input.parse_nested_block(|inner| {
        let text = inner.expect_string().map(ToString::to_string).unwrap_or_default();
        while inner.next().is_ok() {}
        Ok::<String, cssparser::ParseError<()>>(text)
    });
    read.unwrap_or_default()
}
