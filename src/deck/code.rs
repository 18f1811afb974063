use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use crate::deck::highlight;
use crate::deck::writer::Writer;
use crate::diagnostic::{Diagnostic, code, did_you_mean};
use crate::escape::html as escaped;
use crate::talk::{Block, CodeBlock, LineRange};

/// Spaces that a tab goes to the next multiple of.
const TAB: usize = 4;

/// A block of source code.
pub(super) fn block(writer: &mut Writer<'_>, source: &CodeBlock, block: &Block) {
    let text = expand_tabs(&source.text);
    let lines = highlight::highlight(source.language.as_deref(), &text).unwrap_or_else(|| {
        let language = source.language.as_deref().unwrap_or_default();
        let found =
            Diagnostic::new(&code::UNKNOWN_LANGUAGE, block.span, format!("no colours are known for `{language}`"));
        let found = match did_you_mean(language, highlight::languages()) {
            Some(near) => found.hint(format!("did you mean `{near}`?")),
            None => found.hint("write `text` for plain text"),
        };
        writer.diagnostics.push(found);
        highlight::plain(&text)
    });
    let stages = &source.highlights;
    let whole = whole_states(source, &text);
    writer.raw("<figure");
    writer.attributes(
        if stages.is_empty() || whole.contains(&AT_REST.to_owned()) {
            "code-block"
        } else {
            "code-block has-highlights"
        },
        &block.attributes,
        Some(block.span),
    );
    writer.step(block.step);
    writer.attribute("style", &format!("--longest:{}", longest_line(source, &text)));
    if let Some(language) = &source.language {
        writer.attribute("data-language", language);
    }
    if !stages.is_empty() {
        writer.attribute("data-stages", &stages.len().to_string());
        writer.attribute("data-first-step", &source.first_step.to_string());
        if source.first_lit > 0 {
            writer.attribute("data-first-lit", &source.first_lit.to_string());
        }
        if !whole.is_empty() {
            writer.attribute("data-whole", &whole.join(" "));
        }
    }
    writer.raw(">");
    if let Some(title) = &source.title {
        writer.raw("<figcaption class=\"code-title\">");
        writer.text(title);
        writer.raw("</figcaption>");
    }
    let html = body(source, &lines);
    writer.trust(html);
    writer.raw("</figure>");
}

/// What `data-whole` calls code without clicks, in which the lines of all stages are lit.
const AT_REST: &str = "rest";

/// The stages that light every line, by number, and whether all stages together do: then no line is more than another, and
/// all look as if none was lit.
fn whole_states(source: &CodeBlock, text: &str) -> Vec<String> {
    let numbers = || text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at + 1);
    let lights = |ranges: &[LineRange], line| ranges.iter().any(|range| covers(*range, line));
    let stages = source.highlights.iter().enumerate();
    let whole =
        stages.filter(|(_, ranges)| numbers().all(|line| lights(ranges, line))).map(|(stage, _)| stage.to_string());
    let is_rest_whole = !source.highlights.is_empty()
        && numbers().all(|line| source.highlights.iter().any(|ranges| lights(ranges, line)));
    whole.chain(is_rest_whole.then(|| AT_REST.to_owned())).collect()
}

fn body(source: &CodeBlock, lines: &[String]) -> String {
    let mut out = String::from("<pre><code");
    if let Some(language) = &source.language {
        let _ = write!(out, " class=\"language-{}\"", escaped(&language.replace(char::is_whitespace, "-")));
    }
    out.push('>');
    for (index, html) in lines.iter().enumerate() {
        let lit: Vec<String> = source
            .highlights
            .iter()
            .enumerate()
            .filter(|(_, ranges)| ranges.iter().any(|range| covers(*range, index + 1)))
            .map(|(stage, _)| stage.to_string())
            .collect();
        out.push_str(if lit.is_empty() { "<span class=\"line\"" } else { "<span class=\"line lit\"" });
        if !lit.is_empty() {
            let _ = write!(out, " data-lit=\"{}\"", lit.join(" "));
        }
        out.push('>');
        if let Some(first) = source.first_number {
            let number = first.saturating_add(index as u64);
            let _ = write!(out, "<span class=\"line-number\" data-n=\"{number}\"></span>");
        }
        // A line needs a character to keep its height.
        out.push_str(if html.is_empty() { "\u{200b}" } else { html });
        out.push_str("</span>");
    }
    out.push_str("</code></pre>");
    out
}

/// The longest line in characters of the mono font, with what its number takes.
pub(super) fn longest_line(source: &CodeBlock, text: &str) -> usize {
    // A wide character is as wide as one and two thirds of the narrow ones.
    let thirds = |line: &str| line.chars().map(|c| [0, 3, 5][c.width().unwrap_or(0).min(2)]).sum::<usize>();
    let longest = text.lines().map(thirds).max().unwrap_or(0).div_ceil(3).max(1);
    longest + if source.first_number.is_some() { 6 } else { 0 }
}

fn covers(range: LineRange, line: usize) -> bool {
    range.is_none_or(|(first, last)| (first..=last).contains(&line))
}

pub(super) fn expand_tabs(text: &str) -> String {
    if !text.contains('\t') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let spaces = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' => {
                out.push('\n');
                column = 0;
            }
            other => {
                out.push(other);
                column += 1;
            }
        }
    }
    out
}
