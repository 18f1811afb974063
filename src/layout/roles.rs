//! What an element means, by its name and its ARIA role.

use blitz_dom::{BaseDocument, LocalName, Node, local_name};

use crate::layout::structure::{Cell, Heads, Role};

/// What an element means.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// Nothing: what is in it belongs to what is around it.
    Nothing,
    /// It is there to be looked at.
    Decoration,
    /// A part.
    Part(Role),
    /// An item of a list, and whether it is a footnote.
    Item { note: bool },
    /// A term that the next [`Meaning::Explanation`] explains.
    Term,
    /// What a term means.
    Explanation,
    /// What a style sheet writes before or after an element.
    Generated,
}

/// What a node means.
pub(super) fn meaning(doc: &BaseDocument, node: &Node) -> Meaning {
    let Some(element) = node.element_data() else { return Meaning::Nothing };
    let parent = node.parent.and_then(|parent| doc.get_node(parent));
    if parent.is_some_and(|parent| parent.before() == Some(node.id) || parent.after() == Some(node.id)) {
        return Meaning::Generated;
    }
    let is_set = |name: &str| attribute(node, name).is_some();
    if attribute(node, "aria-hidden") == Some("true") || is_set("data-running") || is_set("hidden") {
        return Meaning::Decoration;
    }
    if let Some(slide) = attribute(node, "data-slide") {
        return Meaning::Part(Role::Place(slide.to_owned()));
    }
    if let Some(meaning) = attribute(node, "role").and_then(|role| by_role(node, role)) {
        return meaning;
    }
    by_name(node, &element.name.local)
}

/// What an ARIA role says, where it says something of paper.
fn by_role(node: &Node, role: &str) -> Option<Meaning> {
    let level = || attribute(node, "aria-level").and_then(|level| level.parse().ok()).unwrap_or(2_u8);
    Some(Meaning::Part(match role {
        "img" | "math" | "graphics-document" if words_of(node).is_some() => Role::Figure,
        "presentation" | "none" if is_picture(node) => return Some(Meaning::Decoration),
        "presentation" | "none" => return Some(Meaning::Nothing),
        "heading" => Role::Heading(level().clamp(1, 6)),
        "list" => Role::List { numbered: false },
        "listitem" => return Some(Meaning::Item { note: false }),
        "table" | "grid" => Role::Table,
        "row" => Role::Row,
        "columnheader" => cell(node, Some(Heads::Column)),
        "rowheader" => cell(node, Some(Heads::Row)),
        "cell" | "gridcell" => cell(node, None),
        "note" => Role::Group,
        "paragraph" => Role::Paragraph,
        "link" => Role::Link,
        _ => return None,
    }))
}

fn by_name(node: &Node, name: &LocalName) -> Meaning {
    let has_words = || words_of(node).is_some();
    let role = match &**name {
        "section" | "article" => Role::Section,
        "aside" | "figure" => Role::Group,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" | "pre" | "summary" | "address" => Role::Paragraph,
        "ul" | "menu" | "dl" => Role::List { numbered: false },
        "ol" => Role::List { numbered: true },
        "li" => return Meaning::Item { note: attribute(node, "data-note").is_some() },
        "dt" => return Meaning::Term,
        "dd" => return Meaning::Explanation,
        "table" => Role::Table,
        "tr" => Role::Row,
        "th" => cell(node, Some(if attribute(node, "scope") == Some("row") { Heads::Row } else { Heads::Column })),
        "td" => cell(node, None),
        "caption" | "figcaption" => Role::Caption,
        "code" | "samp" | "kbd" => Role::Code,
        "blockquote" => Role::Quote,
        "a" if node.attr(local_name!("href")).is_some() => Role::Link,
        "img" | "svg" if has_words() => Role::Figure,
        "img" | "svg" | "hr" => return Meaning::Decoration,
        _ => return Meaning::Nothing,
    };
    Meaning::Part(role)
}

fn cell(node: &Node, heads: Option<Heads>) -> Role {
    let span = |name: &str| attribute(node, name).and_then(|count| count.parse().ok()).unwrap_or(1_u16).clamp(1, 1000);
    Role::Cell(Cell { heads, spans: (span("colspan"), span("rowspan")) })
}

/// Whether an element is a picture or a drawing.
pub(super) fn is_picture(node: &Node) -> bool {
    node.element_data().is_some_and(|element| element.svg_data().is_some() || element.raster_image_data().is_some())
}

/// What stands for an element in words.
pub(super) fn words_of(node: &Node) -> Option<String> {
    let words = ["aria-label", "alt", "title"].into_iter().filter_map(|name| attribute(node, name));
    words.map(str::trim).find(|words| !words.is_empty()).map(str::to_owned)
}

/// An attribute by its name.
pub(super) fn attribute<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    let attributes = node.element_data()?.attrs();
    attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.as_str())
}

/// Whether text may stand in a part without a paragraph around it.
pub(super) fn holds_text(role: &Role) -> bool {
    match role {
        Role::Heading(_)
        | Role::Paragraph
        | Role::Label
        | Role::ItemBody
        | Role::Cell(_)
        | Role::Figure
        | Role::Caption
        | Role::Code
        | Role::Link
        | Role::Span => true,
        Role::Passage
        | Role::Section
        | Role::Group
        | Role::List { .. }
        | Role::Item
        | Role::Table
        | Role::Row
        | Role::Quote
        | Role::Note
        | Role::Place(_) => false,
    }
}
