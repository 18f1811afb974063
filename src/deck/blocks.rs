use std::slice::from_ref;

use crate::deck::pictures::{lone_image, no_attributes};
use crate::deck::writer::{Measure, Writer};
use crate::deck::{code, diagram, fit, math, table};
use crate::talk::{AlertKind, Block, BlockKind, DescriptionItem, Inline, InlineKind, List, Marker, plain_text};

/// How deep blocks may nest; the parser refuses deeper ones.
const MAX_DEPTH: usize = 100;

impl Writer<'_> {
    /// Several blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        self.blocks_at(blocks, 0);
    }

    fn blocks_at(&mut self, blocks: &[Block], depth: usize) {
        if depth < MAX_DEPTH {
            for block in blocks {
                self.block_at(block, depth);
            }
        }
    }

    fn quote(&mut self, blocks: &[Block], block: &Block, depth: usize) {
        let is_large = self.slide.layout.as_ref().is_some_and(|layout| layout.value == "quote");
        self.open("blockquote", "", block, None);
        match blocks {
            [paragraph @ Block { kind: BlockKind::Paragraph(words), .. }] if is_large => {
                self.open("p", "", paragraph, None);
                self.heading(words);
                self.raw("</p>");
            }
            blocks => self.blocks_at(blocks, depth),
        }
        self.raw("</blockquote>");
    }

    /// One block.
    pub(super) fn block(&mut self, block: &Block) {
        self.block_at(block, 0);
    }

    fn block_at(&mut self, block: &Block, depth: usize) {
        let deeper = depth + 1;
        match &block.kind {
            BlockKind::Heading { level, fit, content } => self.heading_block(*level, *fit, content, block),
            BlockKind::Paragraph(content) => {
                if let Some((image, at)) = lone_image(content) {
                    self.figure(image, at, block, ("picture", None));
                } else {
                    self.open("p", "", block, None);
                    // Large words break as a heading does.
                    if self.measure == Measure::Large {
                        self.heading(content);
                    } else {
                        self.paragraph(content);
                    }
                    self.raw("</p>");
                }
            }
            BlockKind::List(list) => self.list(list, block, deeper),
            BlockKind::Descriptions(items) => self.descriptions(items, block, deeper),
            BlockKind::Quote(blocks) => self.quote(blocks, block, deeper),
            BlockKind::Alert { kind, title, blocks } => {
                let name = alert_name(*kind);
                self.open("aside", &format!("alert alert-{name}"), block, None);
                self.raw("<p class=\"alert-title\">");
                let label = self.context.label(name);
                self.text(title.as_deref().unwrap_or(label));
                self.raw("</p>");
                self.blocks_at(blocks, deeper);
                self.raw("</aside>");
            }
            BlockKind::Code(source) => code::block(self, source, block),
            BlockKind::Diagram(source) => diagram::block(self, source, block),
            BlockKind::Math(source) => {
                let math = math::math(self, source, true, block.span, "div");
                self.open("div", "math-block", block, None);
                self.trust(math);
                self.raw("</div>");
            }
            BlockKind::Table(source) => table::block(self, source, block),
            BlockKind::Rule => {
                self.open("hr", "", block, None);
            }
            BlockKind::Html(html) => self.html(html, block.span),
            BlockKind::Container { name, blocks } => self.container(name, blocks, block, deeper),
        }
    }

    fn heading_block(&mut self, level: u8, fit: bool, content: &[Inline], block: &Block) {
        let tag = format!("h{}", level.clamp(1, 6));
        if fit {
            let size = fit::font_size(&plain_text(content), self.context.slide_width);
            self.open(&tag, "fit", block, Some(&format!("font-size:{size}px")));
            self.raw("<span>");
            self.inlines(content);
            self.raw("</span>");
        } else {
            self.open(&tag, "", block, None);
            self.heading(content);
        }
        self.raw(&format!("</{tag}>"));
    }

    /// `<tag class id data-at data-step style>`.
    pub(super) fn open(&mut self, tag: &str, class: &str, block: &Block, style: Option<&str>) {
        self.out.push('<');
        self.raw(tag);
        self.attributes(class, &block.attributes, Some(block.span));
        self.step(block.step);
        if let Some(style) = style {
            self.attribute("style", style);
        }
        self.raw(">");
    }

    fn list(&mut self, list: &List, block: &Block, depth: usize) {
        let class = if list.tight { "tight" } else { "" };
        let first = match list.marker {
            Marker::Bullet => None,
            Marker::Number(first) => Some(first),
        };
        let tag = if first.is_some() { "ol" } else { "ul" };
        self.raw("<");
        self.raw(tag);
        self.attributes(class, &block.attributes, Some(block.span));
        self.step(block.step);
        if let Some(first) = first.filter(|first| *first != 1) {
            self.attribute("start", &first.to_string());
        }
        self.raw(">");
        for (item, number) in list.items.iter().zip(first.unwrap_or(1)..) {
            self.raw("<li");
            let class = match item.done {
                Some(true) => "task done",
                Some(false) => "task",
                None => "",
            };
            self.attributes(class, no_attributes(), Some(item.span));
            if first.is_some() {
                self.attribute("data-n", &format!("{number}."));
            }
            self.step(item.step);
            self.raw(">");
            self.item(&item.blocks, list.tight, depth);
            self.raw("</li>");
        }
        self.raw(&format!("</{tag}>"));
    }

    /// Blocks of a list item or description; paragraphs of tight ones have no element of their own.
    fn item(&mut self, blocks: &[Block], tight: bool, depth: usize) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content) if tight && block.step.is_none() && lone_image(content).is_none() => {
                    self.paragraph(content);
                }
                _ if depth < MAX_DEPTH => self.block_at(block, depth),
                _ => {}
            }
        }
    }

    fn descriptions(&mut self, items: &[DescriptionItem], block: &Block, depth: usize) {
        self.open("dl", "", block, None);
        for item in items {
            self.raw("<dt>");
            self.paragraph_within(&item.term, 6);
            self.raw("</dt>");
            for detail in &item.details {
                self.raw("<dd>");
                self.item(detail, true, depth);
                self.raw("</dd>");
            }
        }
        self.raw("</dl>");
    }

    fn container(&mut self, name: &str, blocks: &[Block], block: &Block, depth: usize) {
        match name {
            // Steps show in the numbers of the children alone.
            "steps" if block.attributes == *no_attributes() => self.blocks_at(blocks, depth),
            "columns" => self.columns(blocks, block, depth),
            "cards" => self.cards(blocks, block, depth),
            _ => {
                // How wide its own style sheet makes it is not known.
                let measure = if matches!(name, "center" | "decision") { self.measure } else { Measure::Narrow };
                let around = std::mem::replace(&mut self.measure, measure);
                let style = if name == "numbers" { figures(blocks) } else { None };
                self.open("div", name, block, style.as_deref());
                self.blocks_at(blocks, depth);
                self.raw("</div>");
                self.measure = around;
            }
        }
    }

    /// A card for each block; a list that stands alone gives one for each of its items.
    fn cards(&mut self, blocks: &[Block], block: &Block, depth: usize) {
        let items = match blocks {
            [Block { kind: BlockKind::List(list), .. }] => Some(&list.items),
            _ => None,
        };
        let style = format!("--cards:{}", across(items.map_or(blocks.len(), Vec::len)));
        self.open("div", "cards", block, Some(&style));
        for item in items.into_iter().flatten() {
            self.card(item.step, &item.blocks, depth + 2);
        }
        for card in blocks.iter().filter(|_| items.is_none()) {
            match &card.kind {
                BlockKind::Container { name, blocks } if name == "card" => self.card(card.step, blocks, depth + 1),
                _ => self.card(card.step, from_ref(card), depth),
            }
        }
        self.raw("</div>");
    }

    /// Strong words at the start are the card's title.
    fn card(&mut self, step: Option<u32>, blocks: &[Block], depth: usize) {
        let around = std::mem::replace(&mut self.measure, Measure::Narrow);
        self.raw("<div class=\"card\"");
        self.step(step);
        self.raw(">");
        let (title, text, rest) = match blocks {
            [Block { kind: BlockKind::Paragraph(text), step: None, .. }, rest @ ..] => match text.as_slice() {
                [title @ Inline { kind: InlineKind::Strong(_), .. }, text @ ..] => (Some(title), text, rest),
                _ => (None, [].as_slice(), blocks),
            },
            _ => (None, [].as_slice(), blocks),
        };
        if let Some(title) = title {
            self.raw("<p class=\"card-title\">");
            self.card_title(from_ref(title));
            self.raw("</p>");
        }
        if !text.is_empty() {
            self.raw("<p>");
            self.paragraph(text);
            self.raw("</p>");
        }
        self.blocks_at(rest, depth);
        self.raw("</div>");
        self.measure = around;
    }

    fn columns(&mut self, blocks: &[Block], block: &Block, depth: usize) {
        let tracks: Vec<String> = blocks.iter().map(|column| self.track(column)).collect();
        let style = format!("--columns:{}", tracks.join(" "));
        self.open("div", "columns", block, Some(&style));
        let around = self.measure;
        self.measure = if blocks.len() > 2 { Measure::Narrow } else { around };
        for column in blocks {
            match &column.kind {
                BlockKind::Container { name, blocks } if name == "column" => {
                    self.open("div", "column", column, None);
                    self.blocks_at(blocks, depth + 1);
                }
                _ => {
                    self.raw("<div class=\"column\">");
                    self.block_at(column, depth);
                }
            }
            self.raw("</div>");
        }
        self.raw("</div>");
        self.measure = around;
    }

    /// The grid track of a column: its percentage as a share, else a fixed length.
    fn track(&mut self, column: &Block) -> String {
        let Some(width) = column.attributes.get("width") else { return "minmax(0,1fr)".to_owned() };
        let share = width.trim().strip_suffix('%').and_then(|part| part.trim().parse::<f32>().ok());
        match share.filter(|share| (1.0..=100.0).contains(share)) {
            Some(share) => format!("minmax(0,{share}fr)"),
            None => self.length(width, column.span).unwrap_or_else(|| "minmax(0,1fr)".to_owned()),
        }
    }
}

/// How many numbers stand side by side, and how wide the widest is in em.
fn figures(blocks: &[Block]) -> Option<String> {
    let items = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::List(list) => Some(&list.items),
        _ => None,
    })?;
    let widest = items.iter().filter_map(|item| match &item.blocks.first()?.kind {
        BlockKind::Paragraph(text) => match text.first()? {
            number @ Inline { kind: InlineKind::Strong(_), .. } => Some(fit::width(&plain_text(from_ref(number)))),
            _ => None,
        },
        _ => None,
    });
    Some(format!("--numbers:{};--ems:{:.2}", items.len().max(1), widest.fold(1.0, f32::max)))
}

/// How many rows cards take.
pub(super) fn rows(cards: usize) -> usize {
    cards.div_ceil(4).max(1)
}

/// How many cards stand side by side: rows as even as they can be, of at most four.
pub(super) fn across(cards: usize) -> usize {
    cards.div_ceil(rows(cards)).max(1)
}

fn alert_name(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Warning => "warning",
        AlertKind::Caution => "caution",
    }
}
