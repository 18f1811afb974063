//! How high the parts of a slide are, an estimate from their text and the theme's sizes, rather too high than too low.

use unicode_width::UnicodeWidthChar as _;

use crate::deck::blocks::{across, rows};
use crate::deck::code::{expand_tabs, longest_line};
use crate::deck::slide::{is_picture, split};
use crate::deck::table;
use crate::talk::{Aspect, Block, BlockKind, CodeBlock, Inline, List, Question, Slide, Table, plain_text};
use crate::theme::Theme;

/// Lines of text, in em.
const LEADING: f32 = 1.6;

/// The theme's sizes in CSS pixels.
#[derive(Clone, Copy)]
pub(super) struct Sizes {
    /// The width of the slide.
    pub(super) slide: u32,
    pub(super) margin: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) text: f32,
    pub(super) small: f32,
    pub(super) heading: f32,
    pub(super) subheading: f32,
    pub(super) table: f32,
    pub(super) code: f32,
    pub(super) quote: f32,
    /// What code is tried in; without it, the style sheet's own type.
    pub(super) code_type: Option<CodeType>,
}

/// How code is set, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CodeType {
    /// The size of its type.
    pub(super) size: u16,
    /// From line to line.
    pub(super) line: u16,
    /// Whether the room around it is small, too.
    pub(super) is_dense: bool,
}

impl CodeType {
    /// The border and padding of a block above and below its lines, as the style sheet has them.
    fn around(self) -> f32 {
        if self.is_dense { 18.0 } else { 26.0 }
    }
}

impl Sizes {
    /// `None` for a theme that does not give all of them in pixels.
    pub(super) fn of(theme: &Theme, aspect: Aspect) -> Option<Self> {
        let size = |name: &str| theme.tokens.get(name)?.trim().strip_suffix("px")?.trim().parse::<f32>().ok();
        Some(Self {
            slide: aspect.size().0,
            margin: size("margin")?,
            top: size("top")?,
            bottom: size("bottom")?,
            text: size("text-size")?,
            small: size("text-small")?,
            heading: size("h2-size")?,
            subheading: size("h3-size")?,
            table: size("table-size")?,
            code: size("code-size")?,
            quote: size("quote-size")?,
            code_type: None,
        })
    }

    pub(super) fn grown(self, growth: f32) -> Self {
        Self {
            text: (self.text * growth / 5.0).round() * 5.0,
            small: (self.small * growth / 5.0).round() * 5.0,
            subheading: self.subheading * growth,
            table: self.table * growth,
            code: self.code * growth,
            quote: self.quote * growth,
            ..self
        }
    }

    pub(super) fn heading(&self, block: &Block, width: f32) -> f32 {
        let BlockKind::Heading { content, .. } = &block.kind else { return 0.0 };
        lines(&plain_text(content), self.heading, width) * self.heading * 1.25
    }

    /// The height of the slide's text below its heading; `None` where it can't be told.
    pub(super) fn layout(&self, layout: &str, blocks: &[&Block], width: f32) -> Option<f32> {
        let has_columns =
            blocks.iter().any(|block| matches!(&block.kind, BlockKind::Container { name, .. } if name == "columns"));
        match layout {
            "two-columns" if !has_columns => {
                let halves = split(blocks, |block| &block.kind);
                let width = if halves.len() < 2 { width } else { (width - 48.0) / 2.0 };
                halves.into_iter().map(|half| self.stack(half.iter().copied(), width)).try_fold(0.0, tallest)
            }
            "image-right" | "image-left" => {
                let picture = blocks.iter().position(|block| is_picture(block));
                let text = blocks.iter().enumerate().filter(|(at, _)| Some(*at) != picture).map(|(_, block)| *block);
                self.stack(text, (width - 48.0) * 0.45)
            }
            "quote" => blocks
                .iter()
                .map(|block| match &block.kind {
                    BlockKind::Quote(inside) => Self { text: self.quote, ..*self }.stack(inside, width),
                    _ => self.block(block, width),
                })
                .try_fold(96.0, |sum, height| Some(sum + height?)),
            _ => self.stack(blocks.iter().copied(), width),
        }
    }

    /// Questions, each in a row of its own.
    pub(super) fn prompts(&self, slide: &Slide, blocks: &[&Block], questions: &[&Question], width: f32) -> Option<f32> {
        let asked: Vec<String> = match blocks {
            [Block { kind: BlockKind::List(list), .. }] => list
                .items
                .iter()
                .map(|item| match item.blocks.as_slice() {
                    [Block { kind: BlockKind::Paragraph(text), .. }] => Some(plain_text(text)),
                    _ => None,
                })
                .collect::<Option<_>>()?,
            [] if slide.questions.is_empty() => questions.iter().map(|question| plain_text(&question.ask)).collect(),
            [] => slide.questions.iter().map(|question| plain_text(&question.ask)).collect(),
            _ => return None,
        };
        let size = self.text * 1.2;
        Some(asked.iter().map(|text| lines(text, size, width - 104.0) * size * 1.4 + 72.0).sum())
    }

    fn stack<'b>(&self, blocks: impl IntoIterator<Item = &'b Block>, width: f32) -> Option<f32> {
        let gap = self.text * 0.8;
        let height = blocks.into_iter().try_fold(0.0, |sum, block| Some(sum + gap + self.block(block, width)?))?;
        Some((height - gap).max(0.0))
    }

    fn block(&self, block: &Block, width: f32) -> Option<f32> {
        if is_picture(block) {
            return None;
        }
        Some(match &block.kind {
            BlockKind::Heading { content, .. } => {
                lines(&plain_text(content), self.subheading, width) * self.subheading * 1.25
            }
            BlockKind::Paragraph(content) => self.text(content, width),
            BlockKind::List(list) => self.list(list, width)?,
            BlockKind::Descriptions(items) => items
                .iter()
                .map(|item| {
                    let detail = item.details.iter().map(|detail| self.stack(detail, width * 0.7)).sum::<Option<f32>>();
                    tallest(self.text(&item.term, width * 0.22), detail)
                })
                .sum::<Option<f32>>()?,
            BlockKind::Quote(blocks) => self.stack(blocks, width - 32.0)?,
            BlockKind::Alert { blocks, .. } => {
                Self { text: self.small, ..*self }.stack(blocks, width - 58.0)? + 40.0 + self.small * 1.12
            }
            BlockKind::Code(code) => self.code(code, width)?,
            BlockKind::Math(_) => self.text * 4.5,
            BlockKind::Table(table) => self.table(table, width)?,
            BlockKind::Container { name, blocks } => self.container(name, blocks, width)?,
            BlockKind::Rule | BlockKind::Diagram(_) | BlockKind::Html(_) => return None,
        })
    }

    fn text(&self, content: &[Inline], width: f32) -> f32 {
        lines(&plain_text(content), self.text, width) * self.text * LEADING
    }

    fn list(&self, list: &List, width: f32) -> Option<f32> {
        let inside = width - self.text * 1.85;
        list.items
            .iter()
            .map(|item| {
                let [first, nested @ ..] = item.blocks.as_slice() else { return Some(0.0) };
                let nested = Self { text: self.small, ..*self }.stack(nested, inside)?;
                let gaps = if nested > 0.0 { 22.0 } else { 14.0 };
                Some(self.block(first, inside)? + nested + gaps)
            })
            .sum()
    }

    fn container(&self, name: &str, blocks: &[Block], width: f32) -> Option<f32> {
        match name {
            "columns" => columns(blocks, width)?
                .into_iter()
                .zip(blocks)
                .map(|(width, column)| self.block(column, width))
                .try_fold(0.0, tallest),
            "cards" => {
                let items: Vec<&[Block]> = match blocks {
                    [Block { kind: BlockKind::List(list), .. }] => {
                        list.items.iter().map(|item| item.blocks.as_slice()).collect()
                    }
                    _ => blocks.iter().map(std::slice::from_ref).collect(),
                };
                let width = (width + 24.0) / pixels(across(items.len())) - 80.0;
                // A title takes a line more and is wider.
                let card = Self { text: self.small * 1.08, ..*self };
                let tallest = items.iter().map(|item| card.stack(*item, width)).try_fold(0.0, tallest)?;
                Some((tallest + self.text * 1.4 + 72.0) * pixels(rows(items.len())))
            }
            "card" | "center" | "column" | "decision" | "steps" => self.stack(blocks, width),
            // Numbers fill the slide by themselves; what the talk's own style sheet does to its containers is not known.
            _ => None,
        }
    }

    /// The style sheet sets code as large as its longest line allows.
    fn code(&self, code: &CodeBlock, width: f32) -> Option<f32> {
        let count = code.text.lines().count();
        let longest = longest_line(code, &expand_tabs(&code.text));
        let widest = (width - 56.0) / (pixels(longest) * 0.6);
        let title = if code.title.is_some() { 44.0 } else { 0.0 };
        if let Some(tried) = self.code_type {
            let size = widest.min(f32::from(tried.size)).max(18.0);
            return Some(pixels(count) * f32::from(tried.line).min(size * 1.5) + tried.around() + title);
        }
        let size = widest.min(self.code).max(18.0);
        (count <= 11).then(|| pixels(count) * size * 1.5 + 34.0 + title)
    }

    /// A table grows only as long as no word of it is cut.
    fn table(&self, table: &Table, width: f32) -> Option<f32> {
        let shares: Vec<f32> = table::shares(table, self.slide).into_iter().map(pixels).collect();
        let whole: f32 = shares.iter().sum::<f32>().max(1.0);
        let mut height = 0.0;
        for row in std::iter::once(&table.header).chain(&table.rows) {
            let mut most = 1.0_f32;
            for (cell, share) in row.iter().zip(&shares) {
                let room = width * share / whole - 24.0;
                let text = plain_text(cell);
                let word = text.split(' ').map(|word| longest_word(word) * self.table).fold(0.0, f32::max);
                if word > room {
                    return None;
                }
                most = most.max(lines(&text, self.table, room));
            }
            height += most * self.table * 1.4 + 24.0 * self.table / 24.0;
        }
        Some(height)
    }
}

/// The widths of columns; `None` where one has a length of its own.
fn columns(blocks: &[Block], width: f32) -> Option<Vec<f32>> {
    let share = |column: &Block| match column.attributes.get("width") {
        None => Some(1.0),
        Some(width) => width.trim().strip_suffix('%')?.trim().parse::<f32>().ok().filter(|share| *share >= 1.0),
    };
    let shares = blocks.iter().map(share).collect::<Option<Vec<f32>>>()?;
    let whole: f32 = shares.iter().sum::<f32>().max(1.0);
    let room = width - 48.0 * (pixels(blocks.len()) - 1.0);
    Some(shares.into_iter().map(|share| room * share / whole).collect())
}

#[allow(clippy::unnecessary_wraps, reason = "folds over heights that can't all be told")]
fn tallest(most: f32, height: Option<f32>) -> Option<f32> {
    height.map(|height| most.max(height))
}

/// How many lines `text` takes, a little more than it should.
pub(super) fn lines(text: &str, size: f32, width: f32) -> f32 {
    (ems(text, 0.56, 1.0) * size * 1.06 / width.max(size)).ceil().max(1.0)
}

/// The width of the longest run without a break in `word`, in em.
fn longest_word(word: &str) -> f32 {
    word.split(|c: char| c.width() == Some(2)).map(|run| ems(run, 0.6, 1.0)).fold(0.0, f32::max)
}

/// The width of `text` in em, by the widths of narrow and wide characters.
fn ems(text: &str, narrow: f32, wide: f32) -> f32 {
    let width = |character: char| match character.width() {
        Some(2) => wide,
        Some(0) | None => 0.0,
        Some(_) if character.is_uppercase() => narrow.max(0.66),
        Some(_) => narrow,
    };
    text.chars().map(width).sum()
}

#[allow(clippy::cast_precision_loss, reason = "counts and sizes of slides are small")]
pub(super) fn pixels(count: impl TryInto<u32>) -> f32 {
    count.try_into().unwrap_or(u32::MAX) as f32
}
