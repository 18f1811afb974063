use ratex_layout::{LayoutOptions, layout, to_display_list, validate_layout};
use ratex_svg::{SvgOptions, render_to_svg};
use ratex_types::math_style::MathStyle;
use unicode_script::{Script, UnicodeScript as _};

use crate::deck::writer::{Writer, escaped};
use crate::diagnostic::{code, contain};
use crate::source::Span;

/// The longest formula, in bytes.
const MAX_BYTES: usize = 8_000;
/// Units of the drawing per em.
const UNITS: f64 = 100.0;
/// The formula's em in the text's: the math fonts' letters are smaller than those of the text fonts.
const SCALE: f64 = 1.12;

/// A formula as a drawing in `tag`; the source itself when it can't be read, with an error.
pub(super) fn math(writer: &mut Writer<'_>, source: &str, display: bool, span: Span, tag: &str) -> String {
    let class = if display { "math math-display" } else { "math" };
    match drawing(source, display) {
        Ok((svg, style)) => {
            let svg = writer.drawing(&svg, &style);
            format!("<{tag} class=\"{class}\" role=\"img\" aria-label=\"{}\">{svg}</{tag}>", escaped(source.trim()))
        }
        Err(why) => {
            writer.report(&code::MATH_SYNTAX, span, why, "the formula is read as LaTeX math, as KaTeX reads it");
            format!("<code>{}</code>", escaped(source))
        }
    }
}

/// The drawing, and the CSS that sets it on the line.
fn drawing(source: &str, display: bool) -> Result<(String, String), String> {
    if source.len() > MAX_BYTES {
        return Err(format!("the formula has {} bytes, the limit is {MAX_BYTES}", source.len()));
    }
    // The math fonts have no such letters, and what the system has differs from machine to machine.
    let foreign = |c: &char| matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul);
    if let Some(character) = source.chars().find(foreign) {
        return Err(format!("the math fonts have no `{character}`; write such words outside of the formula"));
    }
    // A defect of the formula reader must not end the program.
    contain(|| render(source, display)).unwrap_or_else(|_| Err("this formula can't be laid out".to_owned()))
}

fn render(source: &str, display: bool) -> Result<(String, String), String> {
    let nodes = ratex_parser::parse(source).map_err(|error| lower_first(&error.message))?;
    let style = if display { MathStyle::Display } else { MathStyle::Text };
    let root = layout(&nodes, &LayoutOptions { style, ..LayoutOptions::default() });
    validate_layout(&root)?;
    let list = to_display_list(&root);
    let options = SvgOptions {
        font_size: UNITS,
        padding: 0.0,
        stroke_width: UNITS * 0.04,
        embed_glyphs: true,
        font_dir: String::new(),
    };
    let svg = render_to_svg(&list, &options);
    let body = svg.split_once('>').map(|(_, body)| body).ok_or("this formula is empty")?;
    let body = body.replace("rgba(0,0,0,1)", "currentColor");
    let (width, height, depth) = (list.width, list.height + list.depth, list.depth);
    if !(width > 0.0 && height > 0.0) {
        return Err("this formula is empty".to_owned());
    }
    let (across, down) = (width * UNITS, height * UNITS);
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across:.1} {down:.1}\">{body}");
    let style =
        format!("width:{:.3}em;height:{:.3}em;vertical-align:{:.3}em", width * SCALE, height * SCALE, -depth * SCALE);
    Ok((svg, style))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let rest = characters.as_str();
    let keep = rest.starts_with(|c: char| c.is_uppercase());
    let first = if keep { first.to_string() } else { first.to_lowercase().to_string() };
    format!("{first}{}", rest.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn formulas_are_outlines_in_the_text_colour() {
        let (svg, _) = drawing("\\frac{a}{b} = \\lambda W", false).unwrap();
        assert!(svg.contains("<path") && svg.contains("currentColor"), "{svg}");
        assert!(!svg.contains("<text") && !svg.contains("rgba"), "{svg}");
    }

    #[test]
    fn mistakes_are_told() {
        assert!(drawing("\\frac{a", false).is_err());
        assert!(drawing("\\nosuch", false).is_err());
        assert!(drawing("", false).is_err());
        assert!(drawing("x_{连接}", false).unwrap_err().contains('连'));
    }
}
