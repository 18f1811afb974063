use std::borrow::Cow;

use merman::{Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};
use serde_json::json;

use crate::asset::svg::{Drawing, flatten};
use crate::deck::writer::Writer;
use crate::diagnostic::{code, contain};
use crate::escape::html as escaped;
use crate::talk::Block;
use crate::theme::Theme;

/// The longest source of a diagram, in bytes.
const MAX_BYTES: usize = 50_000;

/// How much a diagram may grow to fill the slide: to words a little larger than the slide's text.
const GROWTH: f32 = 1.6;

/// The size of arrow heads as Mermaid sets it, and one that goes with lines of 2 px.
const FINE_HEAD: &str = "markerWidth=\"8\" markerHeight=\"8\"";
const HEAD: &str = "markerWidth=\"11\" markerHeight=\"11\"";

/// A Mermaid diagram as a drawing; its source as code when it can't be read, with an error.
pub(super) fn block(writer: &mut Writer<'_>, source: &str, block: &Block) {
    writer.drawings += 1;
    let prefix = format!("d{}-{}-", writer.number, writer.drawings);
    #[allow(clippy::cast_precision_loss, reason = "a slide is some thousand pixels wide")]
    let width = writer.context.slide_width as f32;
    let theme = writer.context.theme;
    let is_inverted = writer.context.classes.iter().chain(&writer.slide.classes).any(|class| class == "invert");
    let theme = if is_inverted { Cow::Owned(theme.inverted()) } else { Cow::Borrowed(theme) };
    match drawing(source, &theme, &prefix, (width * 0.84, width * 0.33)) {
        Ok(drawing) => {
            for character in drawing.missing {
                let message = format!("no font has `{}`, which this diagram shows", character.escape_debug());
                writer.report(&code::MISSING_GLYPH, block.span, message, "write it with other characters");
            }
            let drawn = writer.drawing(&drawing.svg, Some(drawing.shapes), "");
            writer.raw("<figure");
            writer.attributes("diagram", &block.attributes, Some(block.span));
            writer.step(block.step);
            writer.attribute("role", "img");
            writer.attribute("aria-label", source.trim());
            writer.raw(">");
            writer.trust(drawn);
            writer.raw("</figure>");
        }
        Err(why) => {
            writer.report(&code::DIAGRAM_SYNTAX, block.span, why, "the diagram is read as Mermaid 11 reads it");
            writer.trust(format!("<pre><code>{}</code></pre>", escaped(source)));
        }
    }
}

/// The diagram with its SVG text as an element, grown into `room`, a width and a height in pixels; a larger one keeps its
/// size.
fn drawing(source: &str, theme: &Theme, prefix: &str, room: (f32, f32)) -> Result<Drawing, String> {
    if source.len() > MAX_BYTES {
        return Err(format!("the diagram's source has {} bytes, the limit is {MAX_BYTES}", source.len()));
    }
    // A defect of the diagram library must not end the program.
    let svg = contain(|| render(source, theme)).unwrap_or_else(|_| Err("this diagram can't be laid out".to_owned()))?;
    let drawing = flatten(&svg, Some(prefix)).map_err(|why| format!("the diagram can't be drawn: {why}"))?;
    let body = drawing.svg.split_once("<svg").map(|(_, body)| body).ok_or("the diagram is empty")?;
    let (width, height) = (drawing.width, drawing.height);
    let growth = (room.0 / width).min(room.1 / height).clamp(1.0, GROWTH);
    let attributes =
        format!("viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\"", width * growth, height * growth);
    let body = body.split_once("xmlns=").map(|(_, body)| body).ok_or("the diagram has no size")?;
    Ok(Drawing { svg: format!("<svg {attributes} xmlns={body}"), ..drawing })
}

fn render(source: &str, theme: &Theme) -> Result<String, String> {
    // The diagram library loses this sign from the words of a box.
    let source = &source.replace(" > ", " #gt; ").replace(" >= ", " #gt;= ");
    let engine = Engine::new().with_site_config(MermaidConfig::from_value(config(theme)));
    let renderer = Renderer::new().with_engine(engine);
    let request = SvgRequest { pipeline: Some(merman::svg::SvgPipeline::resvg_safe()), ..SvgRequest::default() };
    let output = renderer
        .render(RenderRequest::svg(source, OperationControl::new(), request))
        .map_err(|error| first_line(&error.to_string()))?;
    match output {
        RenderOutput::Svg(Some(svg)) => Ok(svg.svg().replacen("</style>", &style(theme), 1).replace(FINE_HEAD, HEAD)),
        _ => Err("the first line names no kind of diagram".to_owned()),
    }
}

/// The end of the drawing's style sheet, for what Mermaid's own rules leave too faint for a screen across a room: lines
/// are thicker, and words on them have a ground that hides the line.
fn style(theme: &Theme) -> String {
    let ground = plain(theme, "background", "#ffffff");
    format!(
        "#merman .edgeLabel rect{{opacity:1;stroke:{ground};stroke-width:8px;transform:scale(1.14,1)}}\
         #merman .edge-thickness-normal{{stroke-width:2px}}#merman .edge-pattern-dotted{{stroke-dasharray:4 4}}\
         #merman .node rect,#merman .node circle,#merman .node ellipse,#merman .node polygon,#merman .node path\
         {{stroke-width:2px}}</style>"
    )
}

/// The theme's colour `name`; Mermaid computes with colours and knows only plain ones.
fn plain(theme: &Theme, name: &str, fallback: &str) -> String {
    let value = theme.tokens.get(name).map_or(fallback, String::as_str);
    if value.starts_with('#') { value.to_owned() } else { fallback.to_owned() }
}

/// Mermaid's colours from the theme's.
fn config(theme: &Theme) -> serde_json::Value {
    let token = |name: &str, fallback: &str| plain(theme, name, fallback);
    let (background, ink) = (token("background", "#ffffff"), token("ink", "#1f2430"));
    let (surface, soft) = (token("surface", "#f3f1ea"), token("accent-soft", "#e0efec"));
    let (accent, muted) = (token("accent", "#0f766e"), token("muted", "#585f6d"));
    json!({
        "theme": "base",
        "htmlLabels": false,
        "look": "classic",
        // Ranks stand closer than Mermaid sets them: a long row of boxes keeps its type large.
        "flowchart": {"htmlLabels": false, "rankSpacing": 44, "nodeSpacing": 40},
        "themeVariables": {
            "fontFamily": "Inter, Noto Sans SC",
            "fontSize": "20px",
            "useGradient": false,
            "darkMode": theme.is_dark(),
            "background": background,
            "primaryColor": soft,
            "primaryTextColor": ink,
            "primaryBorderColor": accent,
            "secondaryColor": surface,
            "secondaryTextColor": ink,
            "secondaryBorderColor": muted,
            "tertiaryColor": surface,
            "tertiaryTextColor": ink,
            "tertiaryBorderColor": muted,
            "lineColor": muted,
            "textColor": ink,
            "titleColor": ink,
            "noteBkgColor": surface,
            "noteTextColor": ink,
            "noteBorderColor": muted,
            "edgeLabelBackground": background,
            "clusterBkg": surface,
            "clusterBorder": muted,
        }
    })
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::drawing;
    use crate::theme::Theme;

    const ROOM: (f32, f32) = (1000.0, 400.0);

    #[test]
    fn a_flowchart_is_shapes_with_ids_of_its_own() {
        let svg = drawing("flowchart LR\n  A[连接池] --> B[Database]", &Theme::default(), "d1-1-", ROOM).unwrap().svg;
        assert!(svg.contains("<path") && !svg.contains("<text"), "{svg}");
        assert!(svg.split("id=\"").skip(1).all(|id| id.starts_with("d1-1-")), "{svg}");
        assert_eq!(
            svg,
            drawing("flowchart LR\n  A[连接池] --> B[Database]", &Theme::default(), "d1-1-", ROOM).unwrap().svg
        );
    }

    #[test]
    fn words_keep_their_signs() {
        let drawn = |words: &str| {
            drawing(&format!("flowchart LR\n  A{{{words}}} --> B"), &Theme::default(), "d", ROOM).unwrap().svg
        };
        assert_ne!(drawn("load > vCPU"), drawn("load vCPU"));
    }

    #[test]
    fn mistakes_are_told() {
        assert!(drawing("flowchart LR\n  A[", &Theme::default(), "d", ROOM).is_err());
        assert!(drawing("hello", &Theme::default(), "d", ROOM).is_err());
    }
}
