use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use ratex_layout::{
    FallbackGlyphMetrics, LayoutOptions, layout_with_fallback_metrics, to_display_list, validate_layout,
};
use ratex_svg::{SvgOptions, render_to_svg};
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::math_style::MathStyle;
use unicode_script::{Script, UnicodeScript as _};

use crate::asset::outline::{Outline, outline};
use crate::asset::{Shapes, TEXT_COLOR, formula};
use crate::deck::ImageMode;
use crate::deck::writer::Writer;
use crate::diagnostic::{code, contain};
use crate::escape::html as escaped;
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
    // Decks show the outlines.
    let with_letters = writer.context.options.images == ImageMode::Reference;
    match drawing(source, display, with_letters) {
        Ok(drawn) => {
            let svg = writer.drawing(&drawn.svg, drawn.shapes, &drawn.style);
            format!("<{tag} class=\"{class}\" role=\"img\" aria-label=\"{}\">{svg}</{tag}>", escaped(source.trim()))
        }
        Err(why) => {
            writer.report(&code::MATH_SYNTAX, span, why, "the formula is read as LaTeX math, as KaTeX reads it");
            format!("<code>{}</code>", escaped(source))
        }
    }
}

/// A formula that is laid out.
struct Drawn {
    /// Its SVG text, its letters as outlines.
    svg: String,
    /// The same with its letters as text, where that was asked for and its fonts have them.
    shapes: Option<Shapes>,
    /// The CSS that sets it on the line.
    style: String,
}

/// The drawing of a formula.
fn drawing(source: &str, display: bool, with_letters: bool) -> Result<Drawn, String> {
    if source.len() > MAX_BYTES {
        return Err(format!("the formula has {} bytes, the limit is {MAX_BYTES}", source.len()));
    }
    // A defect of the formula reader must not end the program.
    contain(|| render(source, display, with_letters))
        .unwrap_or_else(|_| Err("this formula can't be laid out".to_owned()))
}

/// The shapes of the characters that the math fonts lack: what the system has differs from machine to machine.
fn foreign(source: &str) -> Result<HashMap<char, Outline>, String> {
    let mut out = HashMap::new();
    for character in source.chars().filter(|character| is_foreign(*character)) {
        let shape = outline(character)
            .ok_or_else(|| format!("no font has `{character}`; write it outside of the formula, or as a picture"))?;
        out.insert(character, shape);
    }
    Ok(out)
}

fn is_foreign(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..='\u{1faff}')
        || !matches!(character.script(), Script::Latin | Script::Greek | Script::Common | Script::Inherited)
}

/// Characters as SVG: outlines, and the same as text.
#[derive(Default)]
struct Foreign {
    paths: String,
    texts: String,
}

/// Takes the foreign characters out of `list`.
fn draw_foreign(list: &mut DisplayList, shapes: &HashMap<char, Outline>) -> Foreign {
    let mut out = Foreign::default();
    list.items.retain(|item| {
        let DisplayItem::GlyphPath { x, y, scale, char_code, color, .. } = item else { return true };
        let Some(character) = char::from_u32(*char_code) else { return true };
        let Some(shape) = shapes.get(&character) else { return true };
        let level = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round();
        let fill = format!("rgba({},{},{},{})", level(color.r), level(color.g), level(color.b), color.a);
        let (x, y) = (x * UNITS, y * UNITS);
        let _ = write!(
            out.paths,
            "<path transform=\"translate({x:.2} {y:.2}) scale({scale:.4})\" fill=\"{fill}\" d=\"{}\"/>",
            shape.path
        );
        let (size, family, character) = (scale * UNITS, shape.family, escaped(&character.to_string()));
        let _ = write!(
            out.texts,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" font-family=\"{family}\" fill=\"{fill}\">\
             {character}</text>"
        );
        false
    });
    out
}

fn render(source: &str, display: bool, with_letters: bool) -> Result<Drawn, String> {
    let outlines = foreign(source)?;
    let metrics = outlines.iter().map(|(character, shape)| {
        // The ideographic em box; letters of other scripts lie within it.
        (*character, FallbackGlyphMetrics { width: shape.advance, height: 0.88, depth: 0.12 })
    });
    let nodes = ratex_parser::parse(source).map_err(|error| lower_first(&error.message))?;
    let style = if display { MathStyle::Display } else { MathStyle::Text };
    let root = layout_with_fallback_metrics(
        &nodes,
        &LayoutOptions { style, ..LayoutOptions::default() },
        Arc::new(metrics.collect()),
    );
    validate_layout(&root)?;
    let mut list = to_display_list(&root);
    let (width, height, depth) = (list.width, list.height + list.depth, list.depth);
    if !(width > 0.0 && height > 0.0) {
        return Err("this formula is empty".to_owned());
    }
    let drawn = draw_foreign(&mut list, &outlines);
    let svg = svg(&list, true, &drawn.paths).ok_or("this formula is empty")?.replace(INK, "currentColor");
    let style =
        format!("width:{:.3}em;height:{:.3}em;vertical-align:{:.3}em", width * SCALE, height * SCALE, -depth * SCALE);
    let shapes = with_letters.then(|| lettered(&list, &drawn.texts)).flatten();
    Ok(Drawn { svg, shapes, style })
}

/// A formula with its letters as text, `more` of them from fonts for text.
fn lettered(list: &DisplayList, more: &str) -> Option<Shapes> {
    let [red, green, blue] = TEXT_COLOR;
    let svg = svg(list, false, more)?.replace(INK, &format!("rgb({red},{green},{blue})"));
    let blank = svg.matches("> </text>").count();
    formula(&svg, svg.matches("<text ").count() - blank)
}

/// The colour of a formula that says none.
const INK: &str = "rgba(0,0,0,1)";

/// A formula as SVG, its letters as outlines or as text, with `more` in it.
fn svg(list: &DisplayList, outlined: bool, more: &str) -> Option<String> {
    let options = SvgOptions {
        font_size: UNITS,
        padding: 0.0,
        stroke_width: UNITS * 0.04,
        embed_glyphs: outlined,
        font_dir: String::new(),
    };
    let svg = render_to_svg(list, &options);
    let (_, body) = svg.split_once('>')?;
    let body = body.replacen("</svg>", &format!("{more}</svg>"), 1);
    let (across, down) = (list.width * UNITS, (list.height + list.depth) * UNITS);
    Some(format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across:.1} {down:.1}\">{body}"))
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
        let svg = drawing("\\frac{a}{b} = \\lambda W", false, false).unwrap().svg;
        assert!(svg.contains("<path") && svg.contains("currentColor"), "{svg}");
        assert!(!svg.contains("<text") && !svg.contains("rgba"), "{svg}");
    }

    #[test]
    fn words_of_other_scripts_come_from_the_text_fonts() {
        for formula in ["x_{连接}", "\\text{平均，连接数} = \\lambda", "\\text{сумма}", "连"] {
            let svg = drawing(formula, false, false).unwrap().svg;
            let foreign = formula.chars().filter(|c| super::is_foreign(*c)).count();
            assert_eq!(svg.matches("<path transform=\"translate(").count(), foreign, "{svg}");
            assert!(!svg.contains("<text") && svg.ends_with("</svg>"), "{svg}");
        }
    }

    #[test]
    fn letters_are_text_where_the_fonts_of_formulas_have_them() {
        for (source, has_letters) in [
            ("\\frac{a}{b} = \\lambda W_{连接}", true),
            ("\\hat{x} \\vec{v} \\not= \\left(\\sum_0^n x\\right) \\text{a < b}", true),
            ("\\mathbb{R} \\mathfrak{g} \\mathcal{L} \\mathsf{S} \\mathtt{t} \\boldsymbol{\\beta}", true),
        ] {
            let drawn = drawing(source, true, true).unwrap();
            assert_eq!(drawn.shapes.is_some(), has_letters, "{source}");
            assert!(!drawn.svg.contains("<text") && drawing(source, true, false).unwrap().shapes.is_none());
        }
    }

    #[test]
    fn mistakes_are_told() {
        assert!(drawing("\\frac{a", false, true).is_err());
        assert!(drawing("\\nosuch", false, true).is_err());
        assert!(drawing("", false, true).is_err());
        assert!(drawing("x_{\u{10fffd}}", false, true).is_err());
    }
}
