//! Which text each glyph stands for: Blitz paints glyphs only, so their texts are taken from the shaped lines.

use std::collections::BTreeMap;

use blitz_dom::node::{TextBrush, TextLayout};
use blitz_dom::{BaseDocument, NodeId};
use kurbo::Point;
use parley::{GlyphRun, PositionedLayoutItem};

use crate::layout::page::TextLine;
use crate::layout::text_style::text_style;
use crate::layout::tree::descendants;

/// Where each glyph of a page stands and what it stands for.
#[derive(Default)]
pub(super) struct ShapedText {
    glyphs: BTreeMap<(u64, u32, u32), Meanings>,
}

/// What one glyph stands for on a page.
#[derive(Default)]
struct Meanings {
    /// The texts, and where each first stands.
    texts: Vec<(Box<str>, Point)>,
    /// All places by the cell they lie in, with the number of their text.
    places: BTreeMap<(i32, i32), Vec<(Point, usize)>>,
}

/// The side of a cell in CSS pixels: glyphs are painted where they were shaped, but for rounding.
const CELL: f64 = 16.0;

impl ShapedText {
    /// The text of glyph `id` of the font, at a place of the page.
    ///
    /// A glyph that stands for several texts on the page (面 and the radical ⾯ share one in many fonts) gets that of
    /// the nearest place.
    pub(super) fn text(&self, font: &parley::FontData, id: u32, at: Point) -> &str {
        self.glyphs.get(&(font.data.id(), font.index, id)).map_or("", |meanings| meanings.nearest(at))
    }
}

impl Meanings {
    fn add(&mut self, text: &str, at: Point) {
        let known = self.texts.iter().position(|(other, _)| other.as_ref() == text);
        let number = known.unwrap_or(self.texts.len());
        if known.is_none() {
            self.texts.push((text.into(), at));
        }
        self.places.entry(cell(at)).or_default().push((at, number));
    }

    fn nearest(&self, at: Point) -> &str {
        if let [(only, _)] = self.texts.as_slice() {
            return only;
        }
        let (column, row) = cell(at);
        let around = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (column.saturating_add(x), row.saturating_add(y))));
        let near = around.filter_map(|cell| self.places.get(&cell)).flatten().map(|(place, number)| (*place, *number));
        let nearer =
            |a: &(Point, usize), b: &(Point, usize)| a.0.distance_squared(at).total_cmp(&b.0.distance_squared(at));
        // Transformed text is painted elsewhere; then the first places have to do.
        let first = || self.texts.iter().enumerate().map(|(number, (_, place))| (*place, number)).min_by(nearer);
        let found = near.min_by(nearer).or_else(first);
        found.and_then(|(_, number)| self.texts.get(number)).map_or("", |(text, _)| text)
    }
}

fn cell(at: Point) -> (i32, i32) {
    #[allow(clippy::cast_possible_truncation, reason = "a float too large for an integer becomes the largest one")]
    ((at.x / CELL).floor() as i32, (at.y / CELL).floor() as i32)
}

/// Reads the shaped lines of the whole document.
pub(super) fn shaped_text(doc: &BaseDocument) -> ShapedText {
    let mut shaped = ShapedText::default();
    for id in inline_roots(doc) {
        let Some((origin, layout)) = inline_layout(doc, id) else { continue };
        for_each_run(layout, |run, texts| {
            let font = run.run().font();
            for (glyph, text) in run.positioned_glyphs().zip(texts) {
                let at = origin + kurbo::Vec2::new(glyph.x.into(), glyph.y.into());
                let key = (font.data.id(), font.index, glyph.id);
                shaped.glyphs.entry(key).or_default().add(&text.text, at);
            }
        });
    }
    shaped
}

/// The nodes that hold lines of text: elements and the anonymous blocks in them.
pub(super) fn inline_roots(doc: &BaseDocument) -> Vec<NodeId> {
    let mut roots = Vec::new();
    for id in descendants(doc) {
        roots.push(id);
        if let Some(node) = doc.get_node(id) {
            roots.extend(node.anonymous_blocks.iter().copied());
        }
    }
    roots.retain(|id| doc.get_node(*id).is_some_and(|node| node.flags.is_inline_root()));
    roots
}

/// The lines of a node and the place of the page that their positions start from.
pub(super) fn inline_layout(doc: &BaseDocument, id: NodeId) -> Option<(Point, &TextLayout)> {
    let node = doc.get_node(id)?;
    let layout = node.element_data()?.inline_layout_data.as_deref()?;
    let rect = doc.get_client_bounding_rect(id)?;
    let inner = node.final_layout();
    let x = rect.x + f64::from(inner.padding.left + inner.border.left);
    let y = rect.y + f64::from(inner.padding.top + inner.border.top + layout.block_offset);
    Some((Point::new(x, y), layout))
}

/// Zero-width space and word joiner.
const LINE_BREAK_GUIDES: [char; 2] = ['\u{200b}', '\u{2060}'];

/// A glyph's share of the text.
pub(super) struct ShapedGlyph {
    /// What it stands for; empty for the later glyphs of a cluster.
    pub(super) text: String,
    /// How far it moves on.
    pub(super) advance: f32,
    /// Whether the font lacks the character.
    pub(super) missing: bool,
}

/// Calls `visit` with every run of one font and style, and the texts of its glyphs in their order.
pub(super) fn for_each_run(layout: &TextLayout, mut visit: impl FnMut(&GlyphRun<'_, TextBrush>, &[ShapedGlyph])) {
    for line in layout.layout.lines() {
        let mut current = None;
        let mut glyphs: std::vec::IntoIter<ShapedGlyph> = Vec::new().into_iter();
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            // A run is cut where the style changes; its pieces follow one another.
            if current != Some(run.run().index()) {
                current = Some(run.run().index());
                glyphs = run_glyphs(&layout.text, run.run()).into_iter();
            }
            let count = run.glyphs().count();
            let piece: Vec<ShapedGlyph> = glyphs.by_ref().take(count).collect();
            visit(&run, &piece);
        }
    }
}

fn run_glyphs(text: &str, run: &parley::Run<'_, TextBrush>) -> Vec<ShapedGlyph> {
    let mut glyphs: Vec<ShapedGlyph> = Vec::new();
    // The start of a ligature carries the glyphs; in right-to-left text its other parts come before it.
    let mut pending = String::new();
    for cluster in run.visual_clusters() {
        // What only guides line breaks is no text that anybody typed or wants to copy.
        let part = text.get(cluster.text_range()).unwrap_or_default().replace(LINE_BREAK_GUIDES, "");
        if cluster.is_ligature_continuation() {
            match glyphs.iter_mut().rev().find(|glyph| !glyph.text.is_empty()) {
                Some(glyph) if !cluster.is_rtl() => glyph.text.push_str(&part),
                _ => pending.insert_str(0, &part),
            }
            continue;
        }
        let mut own = part;
        own.push_str(&std::mem::take(&mut pending));
        for glyph in cluster.glyphs() {
            glyphs.push(ShapedGlyph { text: std::mem::take(&mut own), advance: glyph.advance, missing: glyph.id == 0 });
        }
    }
    glyphs
}

/// The lines of a node as rules see them: pieces of one style, without the spaces at their ends.
pub(super) fn text_lines(doc: &BaseDocument, id: NodeId) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let Some((origin, layout)) = inline_layout(doc, id) else { return lines };
    for_each_run(layout, |run, glyphs| {
        let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        if text.trim().is_empty() {
            return;
        }
        let is_space = |glyph: &&ShapedGlyph| glyph.text.trim().is_empty();
        let leading: f32 = glyphs.iter().take_while(is_space).map(|glyph| glyph.advance).sum();
        let trailing: f32 = glyphs.iter().rev().take_while(is_space).map(|glyph| glyph.advance).sum();
        let (size, baseline) = (run.run().font_size(), f64::from(run.baseline()));
        let metrics = run.run().font_metrics();
        // Fonts for Chinese declare far more room than their signs take.
        let ascent = f64::from(metrics.ascent.min(0.9 * size));
        let descent = f64::from(metrics.descent.min(0.22 * size));
        let x0 = origin.x + f64::from(run.offset() + leading);
        let x1 = origin.x + f64::from(run.offset() + run.advance() - trailing);
        let y = origin.y + baseline;
        let style = text_style(doc, run.style().brush.id);
        lines.push(TextLine {
            rect: kurbo::Rect::new(x0, y - ascent, x1.max(x0), y + descent),
            text: text.trim().to_owned(),
            font_size: size,
            bold: style.bold,
            color: style.color,
            owner_tag: style.tag,
        });
    });
    lines
}
