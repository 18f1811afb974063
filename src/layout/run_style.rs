//! What the styles of inline elements do to their glyphs and Blitz leaves out: shadows, opacity, visibility.

use blitz_dom::util::ToColorColor as _;
use blitz_dom::{BaseDocument, NodeId};
use kurbo::Vec2;
use style::properties::ComputedValues;
use style::properties::longhands::visibility::computed_value::T as Visibility;

use crate::layout::page::Rgba;

/// One shadow of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextShadow {
    /// How far from the text.
    pub(super) offset: Vec2,
    /// The Gaussian's standard deviation.
    pub(super) deviation: f64,
    /// Its colour.
    pub(super) color: Rgba,
}

/// What is done to the glyphs of one run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RunStyle {
    /// The product of the opacities of the inline elements around it.
    pub(super) opacity: f32,
    /// Whether it leaves its place empty.
    pub(super) hidden: bool,
    /// Its shadows, topmost first.
    pub(super) shadows: Vec<TextShadow>,
}

/// What the element `id` and the inline elements between it and `root` do to their text.
pub(super) fn run_style(doc: &BaseDocument, root: NodeId, id: NodeId) -> RunStyle {
    let mut style = RunStyle { opacity: 1.0, hidden: false, shadows: Vec::new() };
    if let Some(own) = doc.get_node(id).and_then(|node| node.primary_styles()) {
        style.hidden = own.get_inherited_box().visibility != Visibility::Visible && id != root;
        style.shadows = shadows(&own);
    }
    let mut next = id;
    while next != root {
        let Some(node) = doc.get_node(next) else { break };
        if let Some(styles) = node.primary_styles() {
            style.opacity *= styles.get_effects().opacity;
        }
        let Some(parent) = node.parent else { break };
        next = parent;
    }
    style
}

fn shadows(styles: &ComputedValues) -> Vec<TextShadow> {
    let text = styles.get_inherited_text();
    let shadows = text.text_shadow.0.iter().map(|shadow| {
        let color = shadow.color.resolve_to_absolute(&text.color).as_color_color();
        let [red, green, blue, alpha] = color.components.map(|part| part.clamp(0.0, 1.0));
        TextShadow {
            offset: Vec2::new(shadow.horizontal.px().into(), shadow.vertical.px().into()),
            // The radius of a blur is two deviations; CSS Backgrounds and Borders 3, 7.1.1.
            deviation: f64::from(shadow.blur.0.px()) / 2.0,
            color: Rgba { red, green, blue, alpha },
        }
    });
    shadows.filter(|shadow| shadow.color.alpha > 0.0).collect()
}
