//! The shaped lines of a document, and which text each of their glyphs stands for.

use blitz_dom::node::{TextBrush, TextLayout};
use blitz_dom::{BaseDocument, NodeId};
use kurbo::Point;
use parley::{GlyphRun, PositionedLayoutItem};

use crate::layout::page::TextLine;
use crate::layout::text_style::text_style;
use crate::layout::tree::descendants;

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

/// Zero-width space, word joiner, and the sign that begins what stays with a box.
const LINE_BREAK_GUIDES: [char; 3] = ['\u{200b}', '\u{2060}', '\u{2061}'];

/// A glyph's share of the text.
pub(super) struct ShapedGlyph {
    /// What it stands for; empty for the later glyphs of a cluster.
    pub(super) text: String,
    /// How far it moves on.
    pub(super) advance: f32,
    /// Whether the font lacks the character.
    pub(super) missing: bool,
    /// Whether it only guides line breaks, and shows nothing.
    pub(super) guide: bool,
}

/// The texts of the runs of one line, asked for in their order.
///
/// A run is cut where the style changes; its pieces follow one another.
#[derive(Default)]
pub(super) struct RunTexts {
    current: Option<usize>,
    glyphs: std::vec::IntoIter<ShapedGlyph>,
}

impl RunTexts {
    /// What the glyphs of the next run stand for; `text` is what was shaped.
    pub(super) fn of(&mut self, text: &str, run: &GlyphRun<'_, TextBrush>) -> Vec<ShapedGlyph> {
        if self.current != Some(run.run().index()) {
            self.current = Some(run.run().index());
            self.glyphs = run_glyphs(text, run.run()).into_iter();
        }
        self.glyphs.by_ref().take(run.glyphs().count()).collect()
    }
}

/// Calls `visit` with every run of one font and style, and the texts of its glyphs in their order.
pub(super) fn for_each_run(layout: &TextLayout, mut visit: impl FnMut(&GlyphRun<'_, TextBrush>, &[ShapedGlyph])) {
    for line in layout.layout.lines() {
        let mut texts = RunTexts::default();
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let piece = texts.of(&layout.text, &run);
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
        let source = text.get(cluster.text_range()).unwrap_or_default();
        let part = source.replace(LINE_BREAK_GUIDES, "");
        let guide = part.is_empty() && !source.is_empty();
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
            let text = std::mem::take(&mut own);
            glyphs.push(ShapedGlyph { text, advance: glyph.advance, missing: glyph.id == 0, guide });
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
