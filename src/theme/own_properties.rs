//! The custom properties of a talk's own CSS, which hold for its papers too; rules made for slides would not fit there.

use std::fmt::Write as _;

use cssparser::{ParseError, Parser, Token};

use super::Theme;

impl Theme {
    /// Lets the custom properties that `css` sets for `:root` hold on sheet, handout and run sheet, where the theme sets
    /// none of its own for paper.
    pub fn take_properties(&mut self, css: &str) {
        let own = properties(css);
        if own.is_empty() {
            return;
        }
        for paper in [&mut self.sheet, &mut self.document] {
            // The first rule has the tokens of the theme; what follows is written for paper.
            let first = paper.find("}\n").map_or(0, |end| end + 2);
            paper.insert_str(first, &format!(":root{{{own}}}\n"));
        }
    }
}

/// The declarations of custom properties in the rules for `:root`; none that loads anything.
fn properties(css: &str) -> String {
    let mut input = Parser::new(css);
    let mut out = String::new();
    let mut start = input.position();
    while let Ok(token) = input.next() {
        match token {
            Token::CurlyBracketBlock => {
                let selectors = input.slice_from(start).trim_end_matches('{');
                let is_root = selectors.rsplit(['}', ';']).next().is_some_and(|last| {
                    last.split(',').any(|selector| selector.trim().ends_with(":root") || selector.trim() == "html")
                });
                let read = input.parse_nested_block(|block| {
                    if is_root {
                        declarations(block, &mut out);
                    }
                    while block.next().is_ok() {}
                    Ok::<(), ParseError<()>>(())
                });
                if read.is_err() {
                    return out;
                }
                start = input.position();
            }
            Token::Semicolon => start = input.position(),
            _ => {}
        }
    }
    out
}

/// Adds the custom properties among the declarations of a block.
fn declarations(block: &mut Parser<'_>, out: &mut String) {
    while !block.is_exhausted() {
        let declaration = block.parse_until_after(cssparser::Delimiter::Semicolon, |one| {
            let name = one.expect_ident()?.to_string();
            one.expect_colon()?;
            let start = one.position();
            while one.next().is_ok() {}
            Ok::<_, ParseError<()>>((name, one.slice_from(start).trim().to_owned()))
        });
        let Ok((name, value)) = declaration else { continue };
        let loads = ["url(", "image-set(", "image("].iter().any(|call| value.to_ascii_lowercase().contains(call));
        if name.starts_with("--") && !loads && !value.contains(['<', '}']) {
            let _ = write!(out, "{name}:{value};");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_properties_of_the_root_are_taken() {
        for (css, own) in [
            (":root { --accent: #a00; color: red; --rule: 1px solid }", "--accent:#a00;--rule:1px solid;"),
            ("h1 { --accent: red }", ""),
            ("@charset 'x'; html, :root{--a:b}", "--a:b;"),
            ("/* } */ :root{--a:rgb(1, 2, 3)} .x{} :root{--b:url(http://x);--c:d}", "--a:rgb(1, 2, 3);--c:d;"),
            ("@media print { :root { --a: b } }", ""),
            (":root{--a", ""),
            (":root{--a:b", "--a:b;"),
            ("", ""),
        ] {
            assert_eq!(properties(css), own, "{css}");
        }
    }

    #[test]
    fn what_a_theme_says_of_paper_comes_after() {
        let mut theme = Theme { sheet: ":root{--a:1;}\nrest".to_owned(), ..Theme::default() };
        theme.take_properties(":root{--a:2}");
        assert_eq!(theme.sheet, ":root{--a:1;}\n:root{--a:2;}\nrest");
    }
}
