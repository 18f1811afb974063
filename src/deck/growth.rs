//! How much larger a slide's type may be than the theme's, so that few words fill the slide.
//!
//! An estimate from the text and the theme's sizes, kept low: a slide that is not surely roomy keeps the theme's type.

use unicode_width::UnicodeWidthChar as _;

use crate::deck::blocks::{across, rows};
use crate::deck::code::{expand_tabs, longest_line};
use crate::deck::slide::{is_picture, split};
use crate::deck::table;
use crate::talk::{Block, BlockKind, CodeBlock, Inline, List, Meta, Question, Slide, Table, plain_text};
use crate::theme::Theme;

/// The classes, the growth that base gives them, and the most of the slide's room that text may take with it.
const STEPS: [(&str, f32, f32); 3] = [("grow-3", 1.5, 0.6), ("grow-2", 1.3, 0.82), ("grow-1", 1.15, 0.9)];

/// Lines of text, in em.
const LEADING: f32 = 1.6;

/// The class that makes the type of `slide` larger, if its text leaves room for that.
///
/// `questions` are those of the talk, which a slide of questions shows when it says none itself.
pub(super) fn class(
    slide: &Slide,
    layout: &str,
    meta: &Meta,
    theme: &Theme,
    questions: &[&Question],
) -> Option<&'static str> {
    if matches!(layout, "title" | "section" | "end" | "full-image" | "big-number") {
        return None;
    }
    let sizes = Sizes::of(theme)?;
    let heading = slide.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let blocks = slide.blocks.iter().enumerate().filter(|(at, _)| Some(*at) != heading).map(|(_, block)| block);
    let blocks: Vec<&Block> = blocks.collect();
    let (width, height) = meta.aspect.size();
    let area = (pixels(width) - 2.0 * sizes.margin, pixels(height) - sizes.top - sizes.bottom);
    let title = heading.and_then(|at| slide.blocks.get(at)).map_or(0.0, |block| sizes.heading(block, area.0) + 32.0);
    let room = area.1 - title - pixels(slide.footnotes.len()) * 60.0;
    let is_statement = blocks.len() <= 2 && blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    STEPS
        .into_iter()
        .filter(|(_, growth, _)| *growth < 1.4 || is_statement)
        .find(|(_, growth, share)| {
            let sizes = sizes.grown(*growth);
            let height = match layout {
                "qa" => sizes.prompts(slide, &blocks, questions, area.0),
                _ => sizes.layout(layout, &blocks, area.0),
            };
            height.is_some_and(|height| height > 0.0 && height <= room * share)
        })
        .map(|(class, ..)| class)
}

/// The most lines of a statement, and the size up to which they are counted: themes of larger type take one more.
const STATEMENT: (f32, f32) = (3.0, 60.0);

/// Whether `slide` says one thing: a lone paragraph, short enough to be set as large as a quote.
pub(super) fn is_statement(slide: &Slide, layout: &str, meta: &Meta, theme: &Theme) -> bool {
    let heading = slide.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let mut blocks = slide.blocks.iter().enumerate().filter(|(at, _)| Some(*at) != heading).map(|(_, block)| block);
    let (Some(block), None, "default") = (blocks.next(), blocks.next(), layout) else { return false };
    let (BlockKind::Paragraph(content), Some(sizes)) = (&block.kind, Sizes::of(theme)) else { return false };
    let text = plain_text(content);
    let width = pixels(meta.aspect.size().0) - 2.0 * sizes.margin;
    !is_picture(block) && !text.trim().is_empty() && lines(&text, sizes.quote.min(STATEMENT.1), width) <= STATEMENT.0
}

/// The theme's sizes in CSS pixels.
#[derive(Clone, Copy)]
struct Sizes {
    margin: f32,
    top: f32,
    bottom: f32,
    text: f32,
    small: f32,
    heading: f32,
    subheading: f32,
    table: f32,
    code: f32,
    quote: f32,
}

impl Sizes {
    /// `None` for a theme that does not give all of them in pixels.
    fn of(theme: &Theme) -> Option<Self> {
        let size = |name: &str| theme.tokens.get(name)?.trim().strip_suffix("px")?.trim().parse::<f32>().ok();
        Some(Self {
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
        })
    }

    fn grown(self, growth: f32) -> Self {
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

    fn heading(&self, block: &Block, width: f32) -> f32 {
        let BlockKind::Heading { content, .. } = &block.kind else { return 0.0 };
        lines(&plain_text(content), self.heading, width) * self.heading * 1.25
    }

    /// The height of the slide's text below its heading; `None` where it can't be told.
    fn layout(&self, layout: &str, blocks: &[&Block], width: f32) -> Option<f32> {
        let has_columns =
            blocks.iter().any(|block| matches!(&block.kind, BlockKind::Container { name, .. } if name == "columns"));
        match layout {
            "two-columns" if !has_columns => {
                let halves = split(blocks, |block| &block.kind);
                let width = if halves.len() < 2 { width } else { (width - 48.0) / 2.0 };
                halves.into_iter().map(|half| self.stack(half.iter().copied(), width)).try_fold(0.0, tallest)
            }
            "image-right" => {
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
    fn prompts(&self, slide: &Slide, blocks: &[&Block], questions: &[&Question], width: f32) -> Option<f32> {
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
        if count > 11 {
            return None;
        }
        let longest = longest_line(code, &expand_tabs(&code.text));
        let size = ((width - 56.0) / (pixels(longest) * 0.6)).min(self.code).max(18.0);
        Some(pixels(count) * size * 1.5 + 34.0 + if code.title.is_some() { 44.0 } else { 0.0 })
    }

    /// A table grows only as long as no word of it is cut.
    fn table(&self, table: &Table, width: f32) -> Option<f32> {
        let shares: Vec<f32> = (0..table.header.len()).map(|column| pixels(table::share(table, column))).collect();
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
fn lines(text: &str, size: f32, width: f32) -> f32 {
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
fn pixels(count: impl TryInto<u32>) -> f32 {
    count.try_into().unwrap_or(u32::MAX) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::{MemoryLoader, Sources};
    use crate::theme::Registry;

    /// The class of the only slide of `talk`, and whether it is a statement.
    fn judged(talk: &str) -> (Option<&'static str>, bool) {
        let (mut sources, mut found, loader) = (Sources::default(), Diagnostics::default(), MemoryLoader::default());
        let talk = crate::parse::parse(&mut sources, "talk.md", talk.as_bytes(), &loader, &mut found);
        let theme = Registry.load(None, &loader, &mut sources, &mut found);
        let slide = &talk.slides[0];
        let layout = slide.layout.as_ref().map_or("default", |layout| layout.value.as_str());
        let questions = talk.meta.questions.iter().collect::<Vec<_>>();
        let class = class(slide, layout, &talk.meta, &theme, &questions);
        (class, is_statement(slide, layout, &talk.meta, &theme))
    }

    fn grown(talk: &str) -> Option<&'static str> {
        judged(talk).0
    }

    #[test]
    fn a_lone_short_paragraph_is_a_statement() {
        let long = "A sentence that goes on and on, and says less with every word. ".repeat(3);
        for (slide, expected) in [
            ("## One\n\nA single thought, said in one sentence.", true),
            ("线程在等，不在算。", true),
            ("## Two\n\nFirst.\n\nSecond.", false),
            (long.as_str(), false),
            ("## List\n\n- one", false),
            ("## Picture\n\n![a](a.svg)", false),
            ("## Title only", false),
            ("<!-- layout: big-number -->\n\n# 65×\n\nSlower.", false),
        ] {
            assert_eq!(judged(&format!("---\ntitle: T\n---\n\n{slide}\n")).1, expected, "{slide}");
        }
    }

    #[test]
    fn few_words_grow_and_many_do_not() {
        for (slide, expected) in [
            ("## 三点\n\n- 一\n- 二\n- three", Some("grow-2")),
            ("## One\n\nA single thought, said in one sentence.", Some("grow-3")),
            ("<!-- layout: quote -->\n\n> 先看等待事件", Some("grow-2")),
            ("<!-- layout: title -->\n\n# T\n\nx", None),
            ("<!-- layout: qa -->\n\n## Talk\n\n- 哪一次？\n- Which one?", Some("grow-2")),
            ("<!-- layout: qa -->\n\n## Talk\n\nfirst\n\n- Which one?", None),
            ("## Empty", None),
            ("## A box of the talk's own\n\n::: tight\nwords\n:::", None),
            ("## Picture\n\ntext\n\n![a](a.svg)", None),
            (
                "## Columns\n\n:::: columns\n::: column {width=50%}\n- a\n:::\n::: column {width=50%}\n- b\n:::\n::::",
                Some("grow-2"),
            ),
        ] {
            let talk = format!("---\ntitle: T\n---\n\n{slide}\n");
            assert_eq!(grown(&talk), expected, "{slide}");
        }
        let long = "- a point of some ten words that takes most of a line\n".repeat(9);
        assert_eq!(grown(&format!("---\ntitle: T\n---\n\n## Long\n\n{long}")), None);
    }
}
