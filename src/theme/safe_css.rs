//! Rules of a style sheet that browsers and the layout engine don't draw alike.

use cssparser::{Parser, Token};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{SourceId, Span};
use crate::theme::unsafe_css::{AT_RULES, PROPERTIES, SELECTORS, UNITS, VALUES};

/// At-rules whose block holds rules.
const WITH_RULES: [&str; 6] = ["media", "supports", "layer", "scope", "container", "starting-style"];

/// Elements within text, which have no box in the layout engine unless they are inline blocks.
const INLINE: [&str; 13] = ["a", "abbr", "b", "del", "em", "i", "ins", "mark", "small", "span", "strong", "sub", "sup"];

/// Reports what `text`, the style sheet `source`, says that is not drawn alike everywhere.
pub(super) fn check(source: SourceId, text: &str, diagnostics: &mut Diagnostics) {
    let mut reader = Reader { source, text, diagnostics, depth: 0 };
    reader.statements(&mut Parser::new(text), None);
}

/// The rule that declarations stand in.
struct Block<'t> {
    selector: &'t str,
    declarations: Vec<(String, String, Span)>,
}

struct Reader<'a, 'd> {
    source: SourceId,
    text: &'a str,
    diagnostics: &'d mut Diagnostics,
    /// How many blocks are open.
    depth: usize,
}

/// Blocks nested deeper are not looked into.
const MAX_DEPTH: usize = 100;

impl<'a> Reader<'a, '_> {
    /// Goes through rules and, within a block, declarations.
    fn statements(&mut self, input: &mut Parser<'_>, mut block: Option<&mut Block<'a>>) {
        let mut start = None;
        let mut at_rule = None;
        loop {
            let at = input.position().byte_index();
            let Ok(token) = input.next_including_whitespace_and_comments().cloned() else { break };
            match token {
                Token::WhiteSpace(_) | Token::Comment(_) => {}
                Token::AtKeyword(name) if start.is_none() => {
                    let name = name.to_ascii_lowercase();
                    self.match_rules(AT_RULES, &name, at, at + 1 + name.len());
                    at_rule = Some(name);
                    start = Some(at);
                }
                Token::Semicolon => {
                    if let (Some(from), Some(block), None) = (start, block.as_deref_mut(), &at_rule) {
                        self.declaration(from, at, block);
                    }
                    (start, at_rule) = (None, None);
                }
                Token::CurlyBracketBlock => {
                    let from = start.unwrap_or(at);
                    let rule = at_rule.take();
                    self.braces(input, rule.as_deref(), from, at, block.as_ref().map(|block| block.selector));
                    start = None;
                }
                token => {
                    start = start.or(Some(at));
                    if matches!(token, Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock) {
                        // The next token is to start behind the bracket that closes this one.
                        let _ = input.parse_nested_block(|inner| {
                            while inner.next().is_ok() {}
                            Ok::<(), cssparser::ParseError<()>>(())
                        });
                    }
                }
            }
        }
        if let (Some(from), Some(block), None) = (start, block, at_rule) {
            self.declaration(from, self.end_of(input), block);
        }
    }

    fn end_of(&self, input: &Parser<'_>) -> usize {
        input.position().byte_index().min(self.text.len())
    }

    /// What stands in braces after the prelude `from..at`.
    fn braces(
        &mut self,
        input: &mut Parser<'_>,
        at_rule: Option<&str>,
        from: usize,
        at: usize,
        outer: Option<&'a str>,
    ) {
        let prelude = self.text.get(from..at).unwrap_or_default();
        let holds_rules = at_rule.is_some_and(|name| WITH_RULES.contains(&name));
        if at_rule.is_none() {
            self.selector(prelude, from);
        }
        let selector = match (outer, holds_rules) {
            (Some(outer), true) => outer,
            _ => prelude.trim(),
        };
        let mut block = Block { selector, declarations: Vec::new() };
        let wants_rules = holds_rules && outer.is_none();
        self.depth += 1;
        let _ = input.parse_nested_block(|inner| {
            if self.depth < MAX_DEPTH {
                self.statements(inner, (!wants_rules).then_some(&mut block));
            }
            Ok::<(), cssparser::ParseError<()>>(())
        });
        self.depth -= 1;
        self.whole(&block, at_rule);
    }

    fn selector(&mut self, prelude: &str, from: usize) {
        let lower = prelude.to_ascii_lowercase();
        for rule in SELECTORS {
            if let Some(at) = lower.find(rule.what) {
                self.report(rule.what, rule.hint, from + at, from + at + rule.what.len());
            }
        }
    }

    fn declaration(&mut self, from: usize, to: usize, block: &mut Block<'a>) {
        let text = self.text.get(from..to).unwrap_or_default();
        let Some((name, value)) = text.split_once(':') else { return };
        let name = name.trim().to_ascii_lowercase();
        let value_at = from + text.len() - value.len();
        let lower = value.to_ascii_lowercase();
        if !name.starts_with("--") {
            self.match_rules(PROPERTIES, &name, from, to);
        }
        for rule in VALUES.iter().filter(|rule| rule.property.is_empty() || name.starts_with(rule.property)) {
            if let Some(at) = lower.find(rule.what) {
                let shown = if rule.property.is_empty() {
                    rule.what.trim().to_owned()
                } else {
                    format!("{name}: {}", rule.what.trim())
                };
                self.report(&shown, rule.hint, value_at + at, value_at + at + rule.what.len());
            }
        }
        self.units(&lower, value_at);
        self.addresses(&lower, value_at, name == "src");
        self.stops(&lower, value_at);
        block.declarations.push((name, lower.trim().to_owned(), Span::new(self.source, from, to)));
    }

    fn match_rules(&mut self, rules: &[crate::theme::unsafe_css::Rule], name: &str, from: usize, to: usize) {
        for rule in rules {
            let is_it = rule.what.strip_suffix('*').map_or(name == rule.what, |start| name.starts_with(start));
            if is_it {
                self.report(name, rule.hint, from, to);
            }
        }
    }

    fn units(&mut self, value: &str, value_at: usize) {
        for word in value.split(|c: char| !c.is_ascii_alphanumeric() && c != '.') {
            let digits = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
            if digits > 0 && UNITS.contains(&&word[digits..]) {
                let at = value_at + (word.as_ptr() as usize - value.as_ptr() as usize);
                self.report(&word[digits..], "use px, em or a part of `var(--slide-width)`", at, at + word.len());
            }
        }
    }

    /// Files that the style sheet names: only fonts of the theme travel, by `fonts.files`.
    fn addresses(&mut self, value: &str, value_at: usize, is_font: bool) {
        for (at, _) in value.match_indices("url(") {
            let address = value[at + 4..].trim_start().trim_start_matches(['"', '\'']);
            if address.starts_with("data:") || address.starts_with('#') {
                continue;
            }
            let close = value[at..].find(')').map_or(value.len(), |close| at + close + 1);
            let hint = if is_font {
                "name the file in `fonts.files` of `theme.yaml`"
            } else {
                "write the picture as a `data:` URL; a theme's style sheet reads no other files"
            };
            self.report(&value[at..close], hint, value_at + at, value_at + close);
        }
    }

    /// Hard stops with one position, as `red 50%, blue 0`.
    fn stops(&mut self, value: &str, value_at: usize) {
        if !value.contains("gradient(") {
            return;
        }
        for (at, stop) in value.match_indices(" 0") {
            let after = value[at + stop.len()..].trim_start();
            let before = value[..at].rsplit([',', '(']).next().unwrap_or_default();
            let is_first = !value[..at].rsplit("gradient(").next().unwrap_or_default().contains(',');
            if (after.starts_with(',') || after.starts_with(')'))
                && !is_first
                && !before.contains(" at ")
                && !before.trim().contains(' ')
            {
                self.report(
                    "a colour stop at 0",
                    "write both positions: `red 0 50%, blue 50% 100%`",
                    value_at + at,
                    value_at + at + 2,
                );
            }
        }
    }

    /// What only a block as a whole shows.
    fn whole(&mut self, block: &Block<'_>, at_rule: Option<&str>) {
        let find = |name: &str| block.declarations.iter().find(|(key, ..)| key == name);
        let has = |start: &str| block.declarations.iter().any(|(key, ..)| key.starts_with(start));
        if at_rule.is_none()
            && let (Some((_, _, span)), Some((_, radius, _))) = (find("border-left"), find("border-radius"))
            && !has("border-top")
            && !has("border-bottom")
            && find("border").is_none()
            && !radius.starts_with('0')
        {
            let hint = "write the radius as `0 12px 12px 0`, or the bar as `box-shadow: inset 8px 0 0`";
            self.report("border-left with a radius on its side", hint, span.start, span.end);
        }
        let last = |selector: &str| {
            selector
                .rsplit([' ', '>', '+', '~'])
                .next()
                .unwrap_or_default()
                .trim_matches([')', '('])
                .to_ascii_lowercase()
        };
        let is_inline = !block.selector.is_empty()
            && block.selector.split(',').any(|selector| INLINE.contains(&last(selector.trim()).as_str()));
        if is_inline && at_rule.is_none() && find("display").is_none() && find("position").is_none() {
            for (name, value, span) in &block.declarations {
                let is_box = ["padding", "border", "margin"].iter().any(|start| name.starts_with(start));
                if is_box && value != "0" && value != "none" {
                    let hint = "add `display: inline-block; line-height: 1.35`";
                    self.report(&format!("{name} of an inline element"), hint, span.start, span.end);
                }
            }
        }
    }

    fn report(&mut self, what: &str, hint: &str, from: usize, to: usize) {
        let message = format!("`{}` is not drawn alike in browsers and in the PDF", what.trim());
        let span = Span::new(self.source, from, to);
        self.diagnostics.push(Diagnostic::new(&code::UNSUPPORTED_CSS, span, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::theme::folder::{Folder, built_in_names};

    fn found(css: &str) -> Vec<String> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let source = sources.add("theme.css", css);
        check(source, css, &mut diagnostics);
        let place = |found: &Diagnostic| found.span.map_or("-", |span| sources.snippet(span)).to_owned();
        diagnostics.iter().map(|found| format!("{}: {}", place(found), found.hints.join("; "))).collect()
    }

    #[test]
    fn each_rule_is_found_at_its_place() {
        for (css, place) in [
            ("h2::marker { color: red }", "::marker"),
            (".a { text-shadow: 0 1px red }", "text-shadow: 0 1px red "),
            ("@media print { .a { filter: blur(2px); } }", "filter: blur(2px)"),
            (".a { &:hover { mix-blend-mode: screen } }", "mix-blend-mode: screen "),
            ("@container (width > 1px) { .a { color: red } }", "@container"),
            (".a { color: red; position : fixed }", "fixed"),
            (".a { background: linear-gradient(to bottom right, red, blue); }", "to bottom right"),
            (".a { background: linear-gradient(90deg, red 50%, blue 0); }", " 0"),
            (".a { background: url( \"../x.png\" ) }", "url( \"../x.png\" )"),
            (".a { width: 30cqw }", "30cqw"),
            (".a { border-left: 3px solid; border-radius: 8px }", "border-left: 3px solid"),
            (".slide a, p { padding: 0 8px }", "padding: 0 8px "),
            ("@import \"x.css\";", "@import"),
        ] {
            let found = found(css);
            assert!(found.len() == 1 && found[0].starts_with(&format!("{place}: ")), "{css}: {found:?}");
        }
    }

    #[test]
    fn safe_forms_pass() {
        for css in [
            "/* text-shadow: 0 1px red */ .a::before { content: \"filter: x\"; }",
            ".a { background: linear-gradient(90deg, red 0 50%, blue 50% 100%), url(data:image/png;base64,AA==); }",
            ".a { border-left: 6px solid; border-radius: 0 8px 8px 0 }",
            ".a { border: 1px solid; border-left: 6px solid; border-radius: 8px }",
            ".slide a { display: inline-block; padding: 0 8px }",
            "@media (min-width: 10px) { .a { color: red } }",
            "",
            "}}} { ; : @",
        ] {
            assert_eq!(found(css), Vec::<String>::new(), "{css}");
        }
    }

    #[test]
    fn the_built_in_themes_keep_to_it() {
        for name in built_in_names() {
            let folder = Folder::built_in(name).unwrap();
            for sheet in [
                "structure.css",
                "text.css",
                "blocks.css",
                "data.css",
                "code.css",
                "openings.css",
                "layouts.css",
                "print.css",
                "theme.css",
            ] {
                let Ok(bytes) = folder.load(sheet) else { continue };
                let css = String::from_utf8(bytes).unwrap();
                assert_eq!(found(&css), Vec::<String>::new(), "{name}/{sheet}");
            }
        }
    }
}
