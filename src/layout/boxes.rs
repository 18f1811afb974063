//! The boxes of a laid-out document, as rules see them.

use std::collections::BTreeMap;

use blitz_dom::{BaseDocument, Node, NodeId, local_name};
use kurbo::Rect;
use style::computed_values::visibility::T as Visibility;
use style::properties::ComputedValues;
use style::values::computed::{Overflow, PositionProperty};
use style::values::generics::image::GenericImage;

use crate::layout::not_painted::has_border;
use crate::layout::page::{ElementBox, LinkArea};
use crate::layout::reading::Reading;
use crate::layout::structure::PartOf;
use crate::layout::text::text_lines;
use crate::layout::tree::descendants;

/// The boxes and the nodes they belong to.
pub(super) struct Boxes {
    pub(super) boxes: Vec<ElementBox>,
    index: BTreeMap<NodeId, usize>,
}

impl Boxes {
    /// The `data-at` of the innermost element with one that contains the node.
    pub(super) fn position_of(&self, doc: &BaseDocument, id: NodeId) -> Option<String> {
        let mut next = Some(id);
        while let Some(id) = next {
            let at = self.index.get(&id).and_then(|index| self.boxes[*index].data.get("at"));
            if let Some(at) = at {
                return Some(at.clone());
            }
            next = doc.get_node(id)?.parent;
        }
        None
    }
}

/// Every element that has a box of its own.
pub(super) fn element_boxes(doc: &BaseDocument) -> Boxes {
    let mut found = Boxes { boxes: Vec::new(), index: BTreeMap::new() };
    for id in descendants(doc) {
        let Some(node) = doc.get_node(id) else { continue };
        let (Some(element), Some(rect)) = (node.element_data(), own_rect(doc, node)) else { continue };
        let data = element.attrs().iter().filter_map(|attribute| {
            let name = attribute.name.local.strip_prefix("data-")?;
            Some((name.to_owned(), attribute.value.clone()))
        });
        let mut lines = text_lines(doc, id);
        for anonymous in &node.anonymous_blocks {
            lines.extend(text_lines(doc, *anonymous));
        }
        let is_generated = node
            .parent
            .and_then(|parent| doc.get_node(parent))
            .is_some_and(|parent| parent.before() == Some(id) || parent.after() == Some(id));
        found.index.insert(id, found.boxes.len());
        found.boxes.push(ElementBox {
            tag: if is_generated { "::before".to_owned() } else { element.name.local.to_string() },
            classes: classes(node),
            data: data.collect(),
            parent: parent_box(doc, node, &found.index),
            rect,
            clips: clips(node),
            room: (clips(node) || is_seen(node)).then(|| room(node, rect)),
            is_free: is_free(node),
            replaced: element.svg_data().is_some() || element.raster_image_data().is_some(),
            lines,
        });
    }
    found
}

/// The border box of an element with a box of its own; `None` for inline and hidden ones.
fn own_rect(doc: &BaseDocument, node: &Node) -> Option<Rect> {
    if !node.is_element() || node.inline_fragment_boxes().is_some() {
        return None;
    }
    let styles = node.primary_styles()?;
    if styles.clone_display().is_none() {
        return None;
    }
    drop(styles);
    let rect = doc.get_client_bounding_rect(node.id)?;
    Some(Rect::from_origin_size((rect.x, rect.y), (rect.width, rect.height)))
}

fn classes(node: &Node) -> Vec<String> {
    let value = node.attr(local_name!("class")).unwrap_or_default();
    value.split_ascii_whitespace().map(str::to_owned).collect()
}

fn parent_box(doc: &BaseDocument, node: &Node, index: &BTreeMap<NodeId, usize>) -> Option<usize> {
    let mut next = node.parent;
    while let Some(id) = next {
        if let Some(found) = index.get(&id) {
            return Some(*found);
        }
        next = doc.get_node(id)?.parent;
    }
    None
}

fn clips(node: &Node) -> bool {
    node.primary_styles().is_some_and(|styles| {
        let style = styles.get_box();
        !matches!(style.overflow_x, Overflow::Visible) || !matches!(style.overflow_y, Overflow::Visible)
    })
}

/// The area of a box within its padding.
fn room(node: &Node, rect: Rect) -> Rect {
    let inner = node.final_layout();
    let (border, padding) = (inner.border, inner.padding);
    Rect::new(
        rect.x0 + f64::from(border.left + padding.left),
        rect.y0 + f64::from(border.top + padding.top),
        rect.x1 - f64::from(border.right + padding.right),
        rect.y1 - f64::from(border.bottom + padding.bottom),
    )
}

/// Whether one sees where the box ends: by its ground, its border or its shadow.
fn is_seen(node: &Node) -> bool {
    node.primary_styles().is_some_and(|styles| {
        let background = styles.get_background();
        let has_ground = background.background_color.as_absolute().is_none_or(|color| !color.is_transparent())
            || background.background_image.0.iter().any(|image| !matches!(image, GenericImage::None));
        has_ground || has_border(&styles) || !styles.get_effects().box_shadow.0.is_empty()
    })
}

fn is_free(node: &Node) -> bool {
    node.primary_styles().is_some_and(|styles| {
        styles.clone_position() != PositionProperty::Static && styles.clone_position() != PositionProperty::Relative
            || !styles.get_box().transform.0.is_empty()
            || styles.clone_position() == PositionProperty::Relative && has_inset(&styles)
    })
}

fn has_inset(styles: &ComputedValues) -> bool {
    let position = styles.get_position();
    [&position.top, &position.right, &position.bottom, &position.left].into_iter().any(|inset| !inset.is_auto())
}

/// Whether nothing of it shows, though it keeps its room.
fn is_hidden(node: &Node) -> bool {
    node.primary_styles().is_some_and(|styles| styles.clone_visibility() != Visibility::Visible)
}

/// The areas of all links that show; a link over several lines has one for each.
pub(super) fn link_areas(doc: &BaseDocument, reading: &Reading) -> Vec<LinkArea> {
    let mut areas = Vec::new();
    for id in descendants(doc) {
        let Some(node) = doc.get_node(id) else { continue };
        if !node.data.is_element_with_tag_name(&local_name!("a")) {
            continue;
        }
        let Some(target) = node.attr(local_name!("href")) else { continue };
        if is_hidden(node) {
            continue;
        }
        for rect in doc.node_client_rects(id) {
            if rect.width > 0.0 && rect.height > 0.0 {
                let rect = Rect::from_origin_size((rect.x, rect.y), (rect.width, rect.height));
                let part = reading.link(id).map(|part| PartOf { structure: 0, part });
                areas.push(LinkArea { rect, target: target.to_owned(), part });
            }
        }
    }
    areas
}
