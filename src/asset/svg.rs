//! Drawings: read, rid of everything active or external, and written back with text as outlines, so that they look the
//! same in every browser; and kept as they were read, so that their text is text on pages.

use std::sync::Arc;

use usvg::roxmltree::{self, Document, Node};
use usvg::{ImageHrefResolver, ImageKind, Options, Tree, WriteOptions, fontdb};

use crate::asset::{Effects, Shapes, raster, svg_fonts, svg_text};

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";
/// The longest drawing that is read, in bytes.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most elements and texts of a drawing.
const MAX_NODES: u32 = 200_000;
/// The longest text of a drawing, in characters: usvg's time grows with its square.
const MAX_TEXT: usize = 10_000;
/// The deepest nesting of elements.
const MAX_DEPTH: usize = 128;

/// A drawing that is safe to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The SVG text: shapes only.
    pub svg: String,
    /// The same with its texts.
    pub shapes: Shapes,
    /// CSS pixels.
    pub width: f32,
    /// CSS pixels.
    pub height: f32,
    /// What was taken out, each once, in the user's words.
    pub removed: Vec<String>,
    /// Characters of its texts that no font has, each once.
    pub missing: Vec<char>,
    /// Whether text in it becomes pixels where a page is not shown by a browser.
    pub text_needs_pixels: bool,
}

/// Reads an SVG text and writes it back as shapes.
///
/// Every `id` in the result begins with `prefix`, so that several drawings can stand in one page.
///
/// # Errors
/// In words, when `text` is no drawing or passes a limit.
pub fn flatten(text: &str, prefix: Option<&str>) -> Result<Drawing, String> {
    if text.len() > MAX_BYTES {
        return Err(format!("the drawing has {} MiB, the limit is 8 MiB", text.len().div_ceil(1024 * 1024)));
    }
    let document = read(text)?;
    if document.root_element().tag_name().name() != "svg" {
        return Err("its outermost element is not `svg`".to_owned());
    }
    if deepest(&document) > MAX_DEPTH {
        return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
    }
    let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let longest = texts.map(|node| own_text(node).chars().count()).max();
    if longest.is_some_and(|length| length > MAX_TEXT) {
        return Err(format!("it holds a text of more than {MAX_TEXT} characters"));
    }
    let removed = removed(&document);
    let drawn = drawn_text(&document);
    let (database, missing) = svg_fonts::choose(&drawn);
    let parted = svg_text::parted_by_script(text, &document);
    let document = parted.as_deref().map(read).transpose()?.unwrap_or(document);
    let mut options = options(database);
    if parted.is_some() {
        options.font_resolver.select_fallback = svg_text::fallback();
    }
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| error.to_string())?;
    let text_needs_pixels = !drawn.trim().is_empty() && Effects::of(&tree).need_pixels();
    let size = tree.size();
    let writing = WriteOptions {
        id_prefix: prefix.map(str::to_owned),
        preserve_text: false,
        // A hundredth of a pixel in a large drawing; small ones may be shown much enlarged.
        coordinates_precision: if size.width() >= 200.0 { 2 } else { 4 },
        transforms_precision: 5,
        indent: usvg::Indent::None,
        attributes_indent: usvg::Indent::None,
        ..WriteOptions::default()
    };
    let svg = tree.to_string(&writing);
    let shapes = Shapes::new(tree);
    Ok(Drawing { svg, shapes, width: size.width(), height: size.height(), removed, missing, text_needs_pixels })
}

fn read(text: &str) -> Result<Document<'_>, String> {
    let parsing = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    Document::parse_with_options(text, parsing).map_err(|error| format!("not well-formed: {error}"))
}

fn options(fontdb: Arc<fontdb::Database>) -> Options<'static> {
    Options {
        font_family: "Inter".to_owned(),
        fontdb,
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, data, _| {
                let mime = raster::sniff(&data)?;
                raster::check(mime, &data).ok()?;
                Some(match mime {
                    crate::asset::Mime::Png => ImageKind::PNG(data),
                    crate::asset::Mime::Jpeg => ImageKind::JPEG(data),
                    crate::asset::Mime::Gif => ImageKind::GIF(data),
                    crate::asset::Mime::WebP => ImageKind::WEBP(data),
                    crate::asset::Mime::Svg => return None,
                })
            }),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

/// The text of all `text` elements.
fn drawn_text(document: &Document<'_>) -> String {
    document.descendants().filter(|node| node.has_tag_name((SVG, "text"))).map(own_text).collect()
}

fn own_text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

fn deepest(document: &Document<'_>) -> usize {
    let mut deepest = 0;
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(node.children().map(|child| (child, depth + 1)));
    }
    deepest
}

/// Elements that run, load or move something, or hold HTML.
const ACTIVE: [&str; 13] = [
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "animate",
    "animateTransform",
    "animateMotion",
    "set",
    "handler",
];

/// What usvg leaves out and an author would miss or should know of.
fn removed(document: &Document<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut add = |what: String| {
        if !out.contains(&what) && out.len() < 20 {
            out.push(what);
        }
    };
    for node in document.descendants().filter(Node::is_element) {
        let tag = node.tag_name().name();
        if ACTIVE.contains(&tag) {
            add(format!("`{tag}`"));
        }
        for attribute in node.attributes() {
            let name = attribute.name();
            if name.len() > 2 && name.to_ascii_lowercase().starts_with("on") {
                add(format!("`{name}`"));
            }
            if name == "href" && tag != "a" && is_external(attribute.value()) {
                add(format!("`{}`", shortened(attribute.value())));
            }
            if name == "style" && loads(attribute.value()) {
                add("a `url()` in a `style`".to_owned());
            }
        }
        if tag == "style" && node.descendants().filter_map(|child| child.text()).any(loads) {
            add("a `url()` or `@import` in `<style>`".to_owned());
        }
    }
    out
}

/// Whether a reference leads out of the drawing; pictures within it may be `data:` URLs.
fn is_external(target: &str) -> bool {
    let target = target.trim();
    !target.is_empty() && !target.starts_with('#') && !target.starts_with("data:image/")
}

/// Whether CSS asks for a file.
fn loads(css: &str) -> bool {
    let lower = css.to_ascii_lowercase();
    lower.contains("@import")
        || lower.match_indices("url(").any(|(at, _)| {
            let inner = lower[at + 4..].trim_start_matches([' ', '"', '\'']);
            is_external(inner.split(')').next().unwrap_or_default())
        })
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::flatten;

    #[test]
    fn text_becomes_outlines_and_active_parts_are_named() {
        let drawing = flatten(
            "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' onload='x()'><script>y()</script>\
             <text x='0' y='15'>A面</text><image href='https://x.org/a.png' width='9' height='9'/></svg>",
            Some("d1-"),
        )
        .unwrap();
        assert_eq!(drawing.missing, Vec::<char>::new());
        assert_eq!((drawing.width, drawing.height), (40.0, 20.0));
        assert_eq!(drawing.removed, ["`onload`", "`script`", "`https://x.org/a.png`"]);
        assert!(drawing.svg.contains("<path"), "{}", drawing.svg);
        for word in ["<text", "script", "onload", "x.org", "y()"] {
            assert!(!drawing.svg.contains(word), "{word} in {}", drawing.svg);
        }
    }

    #[test]
    fn latin_keeps_its_face_beside_chinese_and_chinese_its_weight() {
        let drawn =
            |text: &str| flatten(&format!("<svg xmlns='http://www.w3.org/2000/svg'>{text}</svg>"), None).unwrap().svg;
        assert_ne!(drawn("<text font-weight='700'>握</text>"), drawn("<text>握</text>"));
        // The outlines of the Latin letters come first, and are those of the same letters alone.
        let shapes = |svg: &str| svg.split("d=\"").nth(1).unwrap().split('Z').take(2).collect::<Vec<_>>().join("Z");
        let mono = "font-family='JetBrains Mono' font-weight='700'";
        let beside = drawn(&format!("<text {mono}>xx握</text>"));
        assert_eq!(shapes(&beside), shapes(&drawn(&format!("<text {mono}>xx</text>"))));
    }

    #[test]
    fn characters_that_no_font_has_are_told() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><title>\u{10fffd}</title>\
            <text>a\u{10fffe}<tspan>\u{10fffe} \u{200d}面\u{fe0f}</tspan></text></svg>";
        assert_eq!(flatten(svg, None).unwrap().missing, ['\u{10fffe}']);
    }

    #[test]
    fn bombs_and_non_drawings_are_refused() {
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
            <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]>\
            <svg xmlns='http://www.w3.org/2000/svg'><text>&d;</text></svg>";
        assert!(flatten(bomb, None).is_err());
        let deep =
            format!("<svg xmlns='http://www.w3.org/2000/svg'>{}{}</svg>", "<g>".repeat(5000), "</g>".repeat(5000));
        assert!(flatten(&deep, None).unwrap_err().contains("nested"));
        assert!(flatten("<html/>", None).is_err());
        assert!(flatten("<svg", None).is_err());
    }
}
