//! Styles that a browser shows and Blitz does not paint, by the elements that have them.

use blitz_dom::{BaseDocument, Node};
use style::properties::ComputedValues;
use style::values::generics::image::GenericImage;

use crate::layout::tree::descendants;

/// More than this on one page say nothing more.
const MOST: usize = 12;

/// What a page loses, each once, in the words of messages: "`filter` of `img.photo`".
pub(super) fn lost_styles(doc: &BaseDocument) -> Vec<String> {
    let mut lost: Vec<String> = Vec::new();
    for id in descendants(doc) {
        let Some(node) = doc.get_node(id) else { continue };
        let Some(styles) = node.primary_styles() else { continue };
        let parent = node.parent.and_then(|parent| doc.get_node(parent));
        let above = parent.and_then(|parent| parent.primary_styles());
        for property in lost_by(&styles, above.as_ref().map(|above| &***above)) {
            let what = format!("`{property}` of `{}`", name(node, parent));
            if lost.len() < MOST && !lost.contains(&what) {
                lost.push(what);
            }
        }
    }
    lost
}

/// The properties of one element that are lost; what it has inherited is its parent's.
fn lost_by(styles: &ComputedValues, above: Option<&ComputedValues>) -> Vec<&'static str> {
    let mut lost = Vec::new();
    let effects = styles.get_effects();
    if effects.mix_blend_mode != style::computed_values::mix_blend_mode::T::Normal {
        lost.push("mix-blend-mode");
    }
    if !effects.filter.0.is_empty() {
        lost.push("filter");
    }
    if !effects.backdrop_filter.0.is_empty() {
        lost.push("backdrop-filter");
    }
    let shadow = &styles.get_inherited_text().text_shadow;
    if !shadow.0.is_empty() && above.is_none_or(|above| above.get_inherited_text().text_shadow != *shadow) {
        lost.push("text-shadow");
    }
    if !matches!(styles.get_border().border_image_source, GenericImage::None) {
        lost.push("border-image");
    }
    lost
}

/// An element as a style sheet would name it.
fn name(node: &Node, parent: Option<&Node>) -> String {
    let element = node.element_data();
    let Some(element) = element.or_else(|| parent.and_then(|parent| parent.element_data())) else {
        return "text".to_owned();
    };
    let mut name = element.name.local.to_string();
    for class in element.attr(blitz_dom::local_name!("class")).unwrap_or_default().split_whitespace().take(2) {
        name.push('.');
        name.extend(class.chars().take(40));
    }
    name
}
