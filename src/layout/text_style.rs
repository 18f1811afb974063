use blitz_dom::util::ToColorColor as _;
use blitz_dom::{BaseDocument, NodeId};

use crate::layout::page::Rgba;

/// The style of a piece of text.
pub(super) struct TextStyle {
    pub(super) color: Rgba,
    pub(super) bold: bool,
    pub(super) tag: String,
}

pub(super) fn text_style(doc: &BaseDocument, id: NodeId) -> TextStyle {
    let node = doc.get_node(id);
    let tag = node.and_then(|node| node.element_data()).map_or_else(String::new, |data| data.name.local.to_string());
    let styles = node.and_then(|node| node.primary_styles());
    let Some(styles) = styles else {
        return TextStyle { color: Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 }, bold: false, tag };
    };
    let [red, green, blue, alpha] = styles.get_inherited_text().color.as_color_color().components;
    let bold = styles.get_font().font_weight.value() >= 700.0;
    TextStyle { color: Rgba { red, green, blue, alpha }, bold, tag }
}
