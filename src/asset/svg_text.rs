//! Each script of a drawing's texts in a font made for it.
//!
//! usvg takes one font for a whole run of text. Where that lacks a character it takes the first other font that has all of the
//! run, so a Chinese word would lose its weight, and make the Latin beside it lose its typeface.

use std::fmt::Write as _;

use unicode_script::{Script, UnicodeScript as _};
use usvg::roxmltree::{Document, Node};
use usvg::{FallbackSelectionFn, FontResolver};

/// The family for Chinese and Japanese.
const HAN_FAMILY: &str = "Noto Sans SC";

/// The SVG text with every run of Chinese or Japanese in an element of its own; `None` where there is none, or where the
/// drawing's own rules or entities are in the way.
pub(super) fn parted_by_script(svg: &str, document: &Document<'_>) -> Option<String> {
    // Rules for the drawing's own parts of text would reach the new elements.
    let has_rules = document.descendants().any(|node| {
        node.has_tag_name("style")
            && node.descendants().filter_map(|child| child.text()).any(|css| css.contains("tspan"))
    });
    let in_text = |node: &Node<'_, '_>| node.ancestors().any(|above| above.tag_name().name() == "text");
    let has_han = |node: &Node<'_, '_>| node.text().is_some_and(|text| text.contains(is_han));
    let mut out = String::new();
    let mut copied = 0;
    for text in document.descendants().filter(|node| node.is_text() && has_han(node) && in_text(node)) {
        let range = text.range();
        let written = svg.get(range.clone()).filter(|written| {
            let han = |text: &str| text.chars().filter(|c| is_han(*c)).collect::<String>();
            !has_rules && text.text().is_some_and(|text| han(text) == han(written))
        })?;
        out.push_str(svg.get(copied..range.start)?);
        part(written, &mut out);
        copied = range.end;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(svg.get(copied..)?);
    Some(out)
}

/// Fonts for characters that a run's own font lacks, in a drawing that is parted by script: to look for Chinese beside
/// Latin would only change the Latin.
pub(super) fn fallback() -> FallbackSelectionFn<'static> {
    let any = FontResolver::default_fallback_selector();
    Box::new(move |character, used, database| {
        let base = used.first().and_then(|id| database.face(*id));
        let is_for_han = base.is_some_and(|face| face.families.iter().any(|(name, _)| name == HAN_FAMILY));
        if is_han(character) && !is_for_han { None } else { any(character, used, database) }
    })
}

fn part(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(from.find(|c| !is_han(c)).unwrap_or(from.len()));
        let _ = write!(out, "{before}<tspan font-family=\"{HAN_FAMILY}\">{run}</tspan>");
        rest = after;
    }
    out.push_str(rest);
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
        || matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
}

#[cfg(test)]
mod tests {
    use usvg::roxmltree::{Document, ParsingOptions};

    use super::parted_by_script;

    fn parted(svg: &str) -> Option<String> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        parted_by_script(svg, &Document::parse_with_options(svg, options).unwrap())
    }

    #[test]
    fn scripts_are_parted_in_texts() {
        assert_eq!(
            parted("<svg><text>TLS 握手，then</text><text>握手</text><desc>TLS 握手</desc></svg>").unwrap(),
            "<svg><text>TLS <tspan font-family=\"Noto Sans SC\">握手，</tspan>then</text>\
             <text><tspan font-family=\"Noto Sans SC\">握手</tspan></text><desc>TLS 握手</desc></svg>"
        );
        assert_eq!(parted("<svg><text>TLS</text></svg>"), None);
        assert!(parted("<svg><text>a &lt; 握</text></svg>").unwrap().contains("a &lt; <tspan"));
        assert_eq!(parted("<!DOCTYPE svg [<!ENTITY h '握'>]><svg><text>a &h; 手</text></svg>"), None);
        assert_eq!(parted("<svg><style>tspan{fill:red}</style><text>TLS 握手</text></svg>"), None);
    }
}
