//! Reads a laid-out document from its beginning to its end: what its parts are, and which part each line of text and
//! each picture belongs to.

use std::collections::BTreeMap;

use blitz_dom::node::{ListItemLayoutPosition, Marker, TextBrush};
use blitz_dom::{BaseDocument, Node, NodeId, local_name};
use kurbo::{Point, Rect};
use parley::{GlyphRun, PositionedLayoutItem};

use crate::layout::language::foreign_language;
use crate::layout::places::Place;
use crate::layout::roles::{Meaning, holds_text, is_picture, meaning};
use crate::layout::run_style::run_style;
use crate::layout::runs::{Runs, ShapedRun};
use crate::layout::structure::{Role, Structure};
use crate::layout::text::{RunTexts, inline_layout};

/// A box whose content is clipped to it; for a picture with the part that it is.
#[derive(Clone, Debug)]
pub(super) struct ClipBox {
    /// Its padding box, where it would stand without transforms.
    pub(super) rect: Rect,
    /// The picture that it is.
    pub(super) part: Option<usize>,
    /// A picture's place in reading order.
    pub(super) place: Option<usize>,
}

/// What was read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) structure: Structure,
    pub(super) runs: Runs,
    pub(super) clips: Vec<ClipBox>,
    pub(super) links: BTreeMap<NodeId, usize>,
}

impl Reading {
    /// The part that a link is.
    pub(super) fn link(&self, id: NodeId) -> Option<usize> {
        self.links.get(&id).copied()
    }
}

/// Reads a document whose boxes are computed; `lang` is its language.
pub(super) fn read(doc: &BaseDocument, lang: &str) -> Reading {
    let mut reader = Reader {
        doc,
        lang,
        read: Reading::default(),
        places: BTreeMap::new(),
        bases: BTreeMap::new(),
        items: BTreeMap::new(),
        last: None,
        in_lines: false,
    };
    reader.visit(doc.root_element().id);
    reader.links();
    reader.read
}

/// What is known while a document is read.
pub(super) struct Reader<'d> {
    pub(super) doc: &'d BaseDocument,
    pub(super) lang: &'d str,
    pub(super) read: Reading,
    pub(super) places: BTreeMap<NodeId, Place>,
    /// Where boxes within lines stand, for which that does not follow from their parents.
    pub(super) bases: BTreeMap<NodeId, Place>,
    /// The items of lists by their elements, and the last item of each list by the list's part.
    pub(super) items: BTreeMap<(Option<NodeId>, usize), usize>,
    /// The passage that was read last.
    pub(super) last: Option<usize>,
    /// Whether a paragraph is being read, or a box within its lines.
    in_lines: bool,
}

impl<'d> Reader<'d> {
    fn visit(&mut self, id: NodeId) {
        let Some(node) = self.doc.get_node(id).filter(|node| is_shown(node)) else { return };
        self.marker(node);
        let meaning = meaning(self.doc, node);
        // A row must have its empty cells too.
        if matches!(meaning, Meaning::Part(Role::Cell(_) | Role::Place(_))) {
            self.place(id);
        }
        self.clip(node);
        if node.flags.is_inline_root() {
            self.lines(id);
        } else {
            let children = node.layout_children.borrow().clone();
            for child in children.into_iter().flatten() {
                self.visit(child);
            }
        }
    }

    /// Notes the clip of a box; a picture becomes a passage.
    fn clip(&mut self, node: &'d Node) {
        let picture = is_picture(node);
        if !picture && !clips(node) {
            return;
        }
        let Some(outer) = self.doc.get_client_bounding_rect(node.id) else { return };
        let part = match picture.then(|| self.place(node.id)) {
            Some(Place::In(part)) => Some(self.passage(part)),
            _ => None,
        };
        let layout = node.final_layout();
        let (border, size) = (layout.border, layout.size);
        let origin = Point::new(outer.x + f64::from(border.left), outer.y + f64::from(border.top));
        let inner = (size.width - border.left - border.right, size.height - border.top - border.bottom);
        let rect = Rect::from_origin_size(origin, (f64::from(inner.0), f64::from(inner.1)));
        let place = picture.then(|| self.read.runs.next_place());
        self.read.clips.push(ClipBox { rect, part, place });
    }

    /// The number or bullet that stands outside of an item.
    fn marker(&mut self, node: &'d Node) {
        let Some(item) = node.element_data().and_then(|element| element.list_item_data.as_deref()) else { return };
        let ListItemLayoutPosition::Outside(layout) = &item.position else { return };
        let text = match &item.marker {
            Marker::Char(bullet) => bullet.to_string(),
            Marker::String(number) => number.clone(),
        };
        let part = self.item(node.id).map(|item| self.part(Role::Label, Some(item))).map(|label| self.passage(label));
        let origin = self.doc.get_client_bounding_rect(node.id).map(|rect| Point::new(rect.x, rect.y));
        for line in layout.lines() {
            let mut texts = RunTexts::default();
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else { continue };
                let texts = texts.of(&text, &run);
                self.read.runs.add(&run, ShapedRun::new(origin.unwrap_or_default(), texts, part, None));
            }
        }
    }

    /// Reads the lines of a node, and the boxes within them where they stand.
    fn lines(&mut self, root: NodeId) {
        let Some((origin, layout)) = inline_layout(self.doc, root) else { return };
        let Some(node) = self.doc.get_node(root) else { return };
        let stop = if node.is_anonymous() { node.parent.unwrap_or(root) } else { root };
        let outermost = !self.in_lines;
        if outermost {
            self.in_lines = true;
            self.last = None;
        }
        let mut lines = Lines { stop, around: self.place(stop), settled: false };
        for line in layout.layout.lines() {
            let mut texts = RunTexts::default();
            for item in line.items() {
                match item {
                    PositionedLayoutItem::GlyphRun(run) => {
                        let texts = texts.of(&layout.text, &run);
                        let text: String = texts.iter().map(|glyph| glyph.text.as_str()).collect();
                        let part = self.run_part(&mut lines, &run, &text, layout.text.trim().is_empty());
                        let style = run_style(self.doc, root, run.style().brush.id);
                        self.read.runs.add(&run, ShapedRun::new(origin, texts, part, Some(style)));
                    }
                    PositionedLayoutItem::InlineBox(inner) => {
                        let inner = NodeId::from_u64(inner.id);
                        if let Some(parent) = self.doc.get_node(inner).and_then(|node| node.parent) {
                            self.settle(&mut lines, Some(inner));
                            let base = self.inline_place(&lines, parent);
                            self.bases.insert(inner, base);
                        }
                        self.visit(inner);
                    }
                }
            }
        }
        if outermost {
            self.in_lines = false;
        }
    }

    /// The passage that a run of glyphs belongs to.
    fn run_part(
        &mut self,
        lines: &mut Lines,
        run: &GlyphRun<'_, TextBrush>,
        text: &str,
        all_blank: bool,
    ) -> Option<usize> {
        if all_blank || text.is_empty() {
            return None;
        }
        self.settle(lines, None);
        let Place::In(part) = self.inline_place(lines, run.style().brush.id) else { return None };
        let spoken = !text.trim().is_empty();
        let is_code = self.read.structure.parts[part].role == Role::Code;
        let foreign = spoken.then(|| foreign_language(text, self.lang_of(part))).flatten();
        // Code is in no language, but its comments may be.
        let foreign = foreign.filter(|lang| !is_code || *lang != "en");
        if let Some(lang) = foreign {
            // Runs of one passage in another language follow one another.
            let last = self.last.and_then(|last| self.read.structure.parts.get(last)?.within);
            let goes_on = last.filter(|last| {
                let part_of_last = &self.read.structure.parts[*last];
                part_of_last.within == Some(part) && part_of_last.lang.as_deref() == Some(lang)
            });
            let span = goes_on.unwrap_or_else(|| {
                let span = self.part(Role::Span, Some(part));
                self.read.structure.parts[span].lang = Some(lang.to_owned());
                span
            });
            return Some(self.passage(span));
        }
        Some(self.passage(part))
    }

    /// Puts a paragraph around lines that stand in no part that holds text; a lone figure needs none.
    fn settle(&mut self, lines: &mut Lines, inner: Option<NodeId>) {
        if lines.settled || lines.around == Place::Aside {
            return;
        }
        let within = match lines.around {
            Place::In(part) if holds_text(&self.read.structure.parts[part].role) => {
                lines.settled = true;
                return;
            }
            Place::In(part) => Some(part),
            _ => None,
        };
        let alone = inner.and_then(|inner| self.doc.get_node(inner)).is_some_and(|node| {
            is_picture(node) || matches!(meaning(self.doc, node), Meaning::Decoration) || !node.flags.is_inline_root()
        });
        if !alone {
            lines.around = Place::In(self.part(Role::Paragraph, within));
            lines.settled = true;
        }
    }

    /// Where an element within lines stands.
    fn inline_place(&mut self, lines: &Lines, id: NodeId) -> Place {
        let mut path = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| *id != lines.stop) {
            path.push(id);
            next = self.doc.get_node(id).and_then(|node| node.parent);
        }
        let mut place = lines.around;
        for id in path.into_iter().rev() {
            place = match self.places.get(&id) {
                Some(known) => *known,
                None => self.place_in(id, place),
            };
        }
        place
    }

    /// Links that hold nothing that is read are parts too: they can be followed.
    fn links(&mut self) {
        for id in crate::layout::tree::descendants(self.doc) {
            let Some(node) = self.doc.get_node(id) else { continue };
            let is_link = node.data.is_element_with_tag_name(&local_name!("a"));
            if !is_link || node.attr(local_name!("href")).is_none() || self.read.links.contains_key(&id) {
                continue;
            }
            if !matches!(self.place(id), Place::In(part) if self.read.structure.parts[part].role == Role::Link) {
                let part = self.part_of(node, Role::Link, None);
                self.read.links.insert(id, part);
            }
        }
    }
}

/// The lines of a node.
struct Lines {
    /// The element that they stand in.
    stop: NodeId,
    /// Where its text stands.
    around: Place,
    /// Whether that is a part that holds text.
    settled: bool,
}

/// Whether an element is painted, as far as it says itself.
fn is_shown(node: &Node) -> bool {
    use style::properties::generated::longhands::visibility::computed_value::T as Visibility;
    node.primary_styles().is_some_and(|styles| {
        !styles.clone_display().is_none()
            && styles.get_inherited_box().visibility == Visibility::Visible
            && styles.get_effects().opacity > 0.0
    })
}

/// Whether an element cuts off what lies beyond it.
fn clips(node: &Node) -> bool {
    use style::values::computed::Overflow;
    node.primary_styles().is_some_and(|styles| {
        let style = styles.get_box();
        !matches!(style.overflow_x, Overflow::Visible) || !matches!(style.overflow_y, Overflow::Visible)
    })
}
