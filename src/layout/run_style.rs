//! What the styles of inline elements do to their glyphs and Blitz leaves out: shadows, opacity, visibility.
//!
//! Blitz paints glyph runs without saying whose they are, so each is found again by its glyphs and their places.

use std::collections::{BTreeMap, BTreeSet};

use blitz_dom::util::ToColorColor as _;
use blitz_dom::{BaseDocument, NodeId};
use kurbo::{Point, Vec2};
use parley::PositionedLayoutItem;
use style::properties::ComputedValues;
use style::properties::longhands::visibility::computed_value::T as Visibility;

use crate::layout::page::Rgba;
use crate::layout::text::{inline_layout, inline_roots};

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
    /// Its place among all runs of the document.
    pub(super) place: usize,
    /// The product of the opacities of the inline elements around it.
    pub(super) opacity: f32,
    /// Whether it leaves its place empty.
    pub(super) hidden: bool,
    /// Its shadows, topmost first.
    pub(super) shadows: Vec<TextShadow>,
}

/// The font, its face, and of the first glyph the number and the place within its block of text; how many there are.
type Key = (u64, u32, u32, u32, u32, usize);

/// The styles of all runs of a page.
#[derive(Default)]
pub(super) struct RunStyles {
    runs: BTreeMap<Key, Vec<(Point, RunStyle)>>,
    /// How many there are.
    count: usize,
}

impl RunStyles {
    /// Reads the styles of every shaped run.
    pub(super) fn of(doc: &BaseDocument) -> Self {
        let mut all = Self::default();
        let (outer, mut within) = roots_by_box(doc);
        for root in outer {
            all.add(doc, root, &mut within);
        }
        all
    }

    /// Adds the runs of a root, and where a box stands in its lines, those in the box.
    fn add(&mut self, doc: &BaseDocument, root: NodeId, within: &mut BTreeMap<u64, Vec<NodeId>>) {
        let Some((origin, layout)) = inline_layout(doc, root) else { return };
        for item in layout.layout.lines().flat_map(|line| line.items()) {
            let run = match item {
                PositionedLayoutItem::GlyphRun(run) => run,
                PositionedLayoutItem::InlineBox(inner) => {
                    for root in within.remove(&inner.id).unwrap_or_default() {
                        self.add(doc, root, within);
                    }
                    continue;
                }
            };
            let Some(first) = run.positioned_glyphs().next() else { continue };
            let font = run.run().font();
            let count = run.glyphs().count();
            let key = (font.data.id(), font.index, first.id, first.x.to_bits(), first.y.to_bits(), count);
            let style = RunStyle { place: self.count, ..run_style(doc, root, run.style().brush.id) };
            self.count += 1;
            let at = origin + Vec2::new(first.x.into(), first.y.into());
            self.runs.entry(key).or_default().push((at, style));
        }
    }

    /// The style of the run that has these glyphs and begins at this place of the page; of several alike, the nearest.
    pub(super) fn get(&self, font: &parley::FontData, glyphs: &[anyrender::Glyph], at: Point) -> Option<&RunStyle> {
        let first = glyphs.first()?;
        let key = (font.data.id(), font.index, first.id, first.x.to_bits(), first.y.to_bits(), glyphs.len());
        let runs = self.runs.get(&key)?;
        let nearest = runs.iter().min_by(|a, b| a.0.distance_squared(at).total_cmp(&b.0.distance_squared(at)));
        nearest.map(|(_, style)| style)
    }
}

/// What holds lines of text: what stands on its own, and by their number the boxes within lines with what is in them.
fn roots_by_box(doc: &BaseDocument) -> (Vec<NodeId>, BTreeMap<u64, Vec<NodeId>>) {
    let roots = roots_as_read(doc);
    let layouts = roots.iter().filter_map(|root| inline_layout(doc, *root));
    let items = layouts.flat_map(|(_, layout)| layout.layout.lines().flat_map(|line| line.items()));
    let boxes = items.filter_map(|item| match item {
        PositionedLayoutItem::InlineBox(inner) => Some(inner.id),
        PositionedLayoutItem::GlyphRun(_) => None,
    });
    let boxes: BTreeSet<u64> = boxes.collect();
    let (mut outer, mut within) = (Vec::new(), BTreeMap::<u64, Vec<NodeId>>::new());
    for root in roots {
        let parents = std::iter::successors(Some(root), |id| doc.get_node(*id)?.parent);
        match parents.map(NodeId::as_u64).find(|id| boxes.contains(id)) {
            Some(inner) => within.entry(inner).or_default().push(root),
            None => outer.push(root),
        }
    }
    (outer, within)
}

/// What holds lines of text, with that of a `::before` in a box of its own before that of its element.
fn roots_as_read(doc: &BaseDocument) -> Vec<NodeId> {
    let mut roots = inline_roots(doc);
    for index in 0..roots.len() {
        let id = roots[index];
        let parent = doc.get_node(id).and_then(|node| doc.get_node(node.parent?));
        let Some(parent) = parent.filter(|parent| parent.before() == Some(id)) else { continue };
        let is_of_parent = |root: &NodeId| *root == parent.id || parent.anonymous_blocks.contains(root);
        if let Some(first) = roots[..index].iter().position(is_of_parent) {
            roots[first..=index].rotate_right(1);
        }
    }
    roots
}

/// What the element `id` and the inline elements between it and `root` do to their text.
fn run_style(doc: &BaseDocument, root: NodeId, id: NodeId) -> RunStyle {
    let mut style = RunStyle { place: 0, opacity: 1.0, hidden: false, shadows: Vec::new() };
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
