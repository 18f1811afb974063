//! Styles that a browser shows and Blitz does not paint, by the elements that have them.

use blitz_dom::{BaseDocument, Node, local_name};
use style::properties::ComputedValues;
use style::properties::longhands::border_collapse::computed_value::T as BorderCollapse;
use style::values::computed::{BorderStyle, OutlineStyle};
use style::values::generics::counters::{GenericContent, GenericContentItem};
use style::values::generics::image::GenericImage;
use style::values::generics::transform::GenericTransformOperation;

use crate::layout::tree::descendants;
use crate::layout::unread;

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
        let above = above.as_ref().map(|above| &***above);
        let mut properties = lost_by(&styles);
        properties.extend(unread::lost(&styles, above, node.attr(local_name!("style")).unwrap_or_default()));
        if node.inline_fragment_boxes().is_some() && node.element_data().is_some() {
            properties.extend(lost_by_inline(&styles));
        }
        if styles.clone_border_collapse() == BorderCollapse::Collapse && has_border(&styles) && is_of_table(&styles) {
            properties.push("border-collapse");
        }
        for property in properties {
            let what = format!("`{property}` of `{}`", name(node, parent));
            if lost.len() < MOST && !lost.contains(&what) {
                lost.push(what);
            }
        }
    }
    lost
}

/// The properties of one element that are lost.
fn lost_by(styles: &ComputedValues) -> Vec<&'static str> {
    let (effects, background, frame) = (styles.get_effects(), styles.get_background(), styles.get_box());
    let has_picture = background.background_image.0.iter().any(|image| !matches!(image, GenericImage::None));
    let blends = background.background_blend_mode.0.iter().any(|mode| format!("{mode:?}") != "Normal");
    let border = styles.get_border();
    let rounded = !border.border_top_left_radius.0.width.0.is_zero_length()
        || !border.border_bottom_left_radius.0.width.0.is_zero_length();
    let [top, right, bottom, left] = border_widths(styles);
    let outline = styles.get_outline();
    let has_outline = outline.outline_width.0.0 > 0 && outline.outline_style != OutlineStyle::none();
    let is_solid = matches!(outline.outline_style, OutlineStyle::Auto | OutlineStyle::BorderStyle(BorderStyle::Solid));
    let solid = frame.transform.0.iter().any(turns_in_space);
    let content = matches!(&styles.get_counters().content, GenericContent::Items(content) if content
        .items
        .iter()
        .any(|item| !matches!(item, GenericContentItem::String(_))));
    let lost = [
        ("mix-blend-mode", effects.mix_blend_mode != style::computed_values::mix_blend_mode::T::Normal),
        ("filter", !effects.filter.0.is_empty()),
        ("backdrop-filter", !effects.backdrop_filter.0.is_empty()),
        ("border-image", !matches!(border.border_image_source, GenericImage::None)),
        ("background-blend-mode", has_picture && blends),
        ("border-left with border-radius", left > 0 && [top, right, bottom] == [0; 3] && rounded),
        ("outline-style", has_outline && !is_solid),
        ("outline-offset", has_outline && outline.outline_offset.0 != 0),
        ("transform in space", solid),
        ("content", content),
    ];
    lost.into_iter().filter(|(_, is_lost)| *is_lost).map(|(property, _)| property).collect()
}

/// What only boxes have: an element within a line gets none of it but the colour of its ground.
fn lost_by_inline(styles: &ComputedValues) -> Vec<&'static str> {
    let background = styles.get_background();
    let padding = styles.get_padding();
    let sides = [&padding.padding_top, &padding.padding_right, &padding.padding_bottom, &padding.padding_left];
    let outline = styles.get_outline();
    let lost = [
        ("padding", sides.iter().any(|side| !side.0.is_zero_length())),
        ("border", has_border(styles)),
        ("background-image", background.background_image.0.iter().any(|image| !matches!(image, GenericImage::None))),
        ("box-shadow", !styles.get_effects().box_shadow.0.is_empty()),
        ("outline", outline.outline_width.0.0 > 0 && outline.outline_style != OutlineStyle::none()),
    ];
    let lost = lost.into_iter().filter(|(_, is_lost)| *is_lost);
    lost.map(|(property, _)| property).collect()
}

/// Whether a length, known or a share of another, is nothing.
trait ZeroLength {
    fn is_zero_length(&self) -> bool;
}

impl ZeroLength for style::values::computed::LengthPercentage {
    fn is_zero_length(&self) -> bool {
        self.to_length().is_some_and(|length| length.px() <= 0.0)
            || self.to_percentage().is_some_and(|share| share.0 <= 0.0)
    }
}

fn turns_in_space<A, N: PartialEq, L, I, P>(operation: &GenericTransformOperation<A, N, L, I, P>) -> bool
where
    A: style::Zero,
    P: style::Zero + style::ZeroNoPercent,
{
    use GenericTransformOperation as Operation;
    matches!(
        operation,
        Operation::Matrix3D(_) | Operation::RotateX(_) | Operation::RotateY(_) | Operation::Rotate3D(..)
    )
}

/// Top, right, bottom and left, in sixtieths of a pixel.
fn border_widths(styles: &ComputedValues) -> [i32; 4] {
    let border = styles.get_border();
    let sides = [
        (&border.border_top_width, border.border_top_style),
        (&border.border_right_width, border.border_right_style),
        (&border.border_bottom_width, border.border_bottom_style),
        (&border.border_left_width, border.border_left_style),
    ];
    sides.map(|(width, style)| if style.none_or_hidden() { 0 } else { width.0.0 })
}

pub(super) fn has_border(styles: &ComputedValues) -> bool {
    border_widths(styles).iter().any(|width| *width > 0)
}

/// Whether the element is a row or cell of a table.
fn is_of_table(styles: &ComputedValues) -> bool {
    use style::values::computed::Display;
    let display = styles.clone_display();
    [Display::TableRow, Display::TableRowGroup, Display::TableHeaderGroup, Display::TableCell].contains(&display)
}

/// An element as a style sheet would name it.
fn name(node: &Node, parent: Option<&Node>) -> String {
    let element = node.element_data();
    let Some(element) = element.or_else(|| parent.and_then(|parent| parent.element_data())) else {
        return "text".to_owned();
    };
    let mut name = element.name.local.to_string();
    for class in element.attr(local_name!("class")).unwrap_or_default().split_whitespace().take(2) {
        name.push('.');
        name.extend(class.chars().take(40));
    }
    name
}
