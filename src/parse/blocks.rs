use comrak::nodes::{AlertType, ListType, Node, NodeCodeBlock, NodeHeading, NodeList, NodeValue, TableAlignment};

use crate::parse::prepare::unclosed_fence;
use crate::parse::reader::{Place, Reader};
use crate::parse::{attributes, code_info};
use crate::source::Span;
use crate::talk::{
    AlertKind, Attributes, Block, BlockKind, Cell, CodeBlock, ColumnAlignment, DescriptionItem, Inline, InlineKind,
    List, ListItem, Marker, Table, plain_text,
};

impl<'n> Reader<'_, 'n, '_> {
    /// The blocks in `parent`, which was written at `within`.
    pub(super) fn blocks(&mut self, parent: Node<'n>, within: Span) -> Vec<Block> {
        let mut out = Vec::new();
        for node in parent.children() {
            self.block(node, within, &mut out);
        }
        out
    }

    /// Reads one block into `out`; comments and data blocks go to the slide instead.
    pub(super) fn block(&mut self, node: Node<'n>, within: Span, out: &mut Vec<Block>) {
        let span = self.span(node, within);
        self.deeper(span, |reader| reader.read_block(node, span, out));
    }

    fn read_block(&mut self, node: Node<'n>, span: Span, out: &mut Vec<Block>) {
        let step = self.step();
        let mut attributes = attributes::from_comrak(node.data().attrs.as_deref());
        let value = node.data().value.clone();
        if matches!(value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Table(_)) {
            self.warn_spaces(node, span);
        }
        let kind = match value {
            NodeValue::Paragraph => match self.paragraph(node, span) {
                Some(kind) => kind,
                None => return,
            },
            NodeValue::Heading(heading) => self.heading(heading, node, span, &mut attributes),
            NodeValue::List(list) => self.list(&list, node, (span, step)),
            NodeValue::DescriptionList => self.inside(step, |reader| reader.descriptions(node, span)),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                BlockKind::Quote(self.inside(step, |reader| reader.blocks(node, span)))
            }
            NodeValue::Alert(alert) => BlockKind::Alert {
                kind: alert_kind(alert.alert_type),
                title: alert.title,
                blocks: self.inside(step, |reader| reader.blocks(node, span)),
            },
            NodeValue::CodeBlock(code) => match self.code(&code, node, span, &mut attributes) {
                Some(kind) => kind,
                None => return,
            },
            NodeValue::HtmlBlock(html) => return self.html(&html.literal, node, span, out),
            NodeValue::Table(table) => BlockKind::Table(self.table(&table.alignments, node, span)),
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::BlockDirective(found) => return self.container(&found.info, node, span, out),
            // Footnotes are read where they are referred to; the rest comes from extensions that are off.
            _ => return,
        };
        out.push(Block { kind, attributes, step, span });
    }

    /// The click on which a block that starts here appears.
    pub(super) fn step(&self) -> Option<u32> {
        if self.place == Place::Slide { self.steps.here() } else { None }
    }

    /// Reads what stands in a block that appears on `step`.
    pub(super) fn inside<T>(&mut self, step: Option<u32>, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.steps.enter(step);
        let out = read(self);
        self.steps.leave(outer);
        out
    }

    fn paragraph(&mut self, node: Node<'n>, span: Span) -> Option<BlockKind> {
        self.warn_foreign(node, span);
        let mut content = self.inlines(node, span);
        trim(&mut content);
        match &content[..] {
            [] => None,
            [Inline { kind: InlineKind::Math { source, display: true }, .. }] => {
                Some(BlockKind::Math(source.trim().to_owned()))
            }
            _ => Some(BlockKind::Paragraph(content)),
        }
    }

    fn heading(&mut self, heading: NodeHeading, node: Node<'n>, span: Span, attributes: &mut Attributes) -> BlockKind {
        let fit = node.children().any(|child| match &child.data().value {
            NodeValue::HtmlInline(html) => comment_text(html).is_some_and(|text| text.trim() == "fit"),
            _ => false,
        });
        let mut content = self.inlines(node, span);
        if *attributes == Attributes::default() {
            // comrak takes ASCII ids only.
            if let Some(InlineKind::Text(text)) = content.last_mut().map(|last| &mut last.kind)
                && let (rest, Some(found)) = attributes::split_trailing(text)
            {
                *attributes = found;
                *text = rest.to_owned();
            }
        }
        trim(&mut content);
        if heading.setext && heading.level == 2 {
            self.warn_setext(node, span);
        }
        if self.place == Place::Slide {
            attributes::warn_unused(attributes, &[], "a heading", span, self.shared.diagnostics);
            if self.slide.title.is_none() {
                let title = plain_text(&content).trim().to_owned();
                if let Some(id) = attributes.id.clone() {
                    self.slide.id = id;
                }
                self.slide.title = Some(title);
            }
            self.write_id(attributes, span);
        }
        BlockKind::Heading { level: heading.level, fit, content }
    }

    /// Warns when `---` under a text was more likely meant to start a slide.
    fn warn_setext(&mut self, node: Node<'n>, span: Span) {
        let line = node.data().sourcepos.end.line;
        let underline = self.fragment.line(line).trim();
        let blank_after = self.fragment.line(line + 1).trim().is_empty() || line >= self.fragment.line_count();
        if underline == "---" && self.is_slide_front_matter((node.data().sourcepos.start.line, line), span) {
            let message = "front matter of a slide is Slidev's, and stands here as a heading";
            let found =
                crate::diagnostic::Diagnostic::new(&crate::diagnostic::code::UNSUPPORTED_DIALECT, span, message);
            self.report(found.hint("write it as comments on the slide, as `<!-- layout: two-columns -->`"));
        } else if underline == "---" && blank_after {
            self.report(
                crate::diagnostic::Diagnostic::new(
                    &crate::diagnostic::code::SETEXT_SEPARATOR,
                    span,
                    "`---` right beneath a text makes the text a heading and starts no slide",
                )
                .hint("put a blank line above `---` to start a slide, or write the heading as `## …`"),
            );
        }
    }

    fn list(&mut self, list: &NodeList, node: Node<'n>, (span, step): (Span, Option<u32>)) -> BlockKind {
        BlockKind::List(self.inside(step, |reader| reader.list_of(list, node, span, false)))
    }

    /// A list; `one_by_one` when each item takes a click.
    pub(super) fn list_of(&mut self, list: &NodeList, node: Node<'n>, within: Span, one_by_one: bool) -> List {
        let mut items = Vec::new();
        for item in node.children() {
            let span = self.span(item, within);
            let step = if one_by_one { Some(self.steps.next()) } else { self.step() };
            let done = match &item.data().value {
                NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
                _ => None,
            };
            let blocks = self.inside(step, |reader| reader.deeper(span, |reader| reader.blocks(item, span)));
            items.push(ListItem { done, blocks, step, span });
        }
        let marker = match list.list_type {
            ListType::Bullet => Marker::Bullet,
            ListType::Ordered => Marker::Number(list.start as u64),
        };
        List { marker, tight: list.tight, items }
    }

    fn descriptions(&mut self, node: Node<'n>, span: Span) -> BlockKind {
        let mut items: Vec<DescriptionItem> = Vec::new();
        for item in node.children() {
            for part in item.children() {
                let within = self.span(part, span);
                if matches!(part.data().value, NodeValue::DescriptionTerm) {
                    let mut term = Vec::new();
                    for paragraph in part.children() {
                        term.extend(self.inlines(paragraph, within));
                    }
                    items.push(DescriptionItem { term, details: Vec::new() });
                } else {
                    let blocks = self.blocks(part, within);
                    match items.last_mut() {
                        Some(item) => item.details.push(blocks),
                        None => items.push(DescriptionItem { term: Vec::new(), details: vec![blocks] }),
                    }
                }
            }
        }
        BlockKind::Descriptions(items)
    }

    fn table(&mut self, alignments: &[TableAlignment], node: Node<'n>, span: Span) -> Table {
        let mut table = Table {
            alignments: alignments.iter().copied().map(alignment).collect(),
            header: Vec::new(),
            rows: Vec::new(),
        };
        for row in node.children() {
            let within = self.span(row, span);
            let mut cells: Vec<Cell> = Vec::new();
            for cell in row.children().take(table.alignments.len()) {
                let within = self.span(cell, within);
                let mut content = self.inlines(cell, within);
                trim(&mut content);
                cells.push(content);
            }
            cells.resize(table.alignments.len(), Vec::new());
            if matches!(row.data().value, NodeValue::TableRow(true)) {
                table.header = cells;
            } else {
                table.rows.push(cells);
            }
        }
        table
    }

    fn code(
        &mut self,
        code: &NodeCodeBlock,
        node: Node<'n>,
        span: Span,
        attributes: &mut Attributes,
    ) -> Option<BlockKind> {
        let text = code.literal.strip_suffix('\n').unwrap_or(&code.literal).to_owned();
        if !code.fenced {
            return Some(BlockKind::Code(CodeBlock { text, ..CodeBlock::default() }));
        }
        let line = self.first_line(span);
        if !code.closed {
            self.report(unclosed_fence(line));
        }
        let info = code_info::read(&self.info_of(code, node), line, self.shared.diagnostics);
        let language = info.language.as_deref().unwrap_or_default();
        if self.place == Place::Slide && matches!(language, "recall" | "trigger" | "adopt" | "qa") {
            self.data_block(&info, code, node, span);
            return None;
        }
        info.check_lines(text.split('\n').count(), line, self.shared.diagnostics);
        *attributes = info.attributes;
        if self.place == Place::Slide {
            self.write_id(attributes, line);
        }
        match language {
            "mermaid" => return Some(BlockKind::Diagram(text)),
            "math" => return Some(BlockKind::Math(text.trim().to_owned())),
            _ => {}
        }
        let (mut first_lit, mut first_step) = (0, 0);
        if self.place == Place::Slide && info.highlights.len() > 1 {
            let begins_whole = info.highlights.first().is_some_and(|ranges| ranges.contains(&None));
            (first_lit, first_step) = self.steps.code(info.highlights.len(), begins_whole);
        }
        Some(BlockKind::Code(CodeBlock {
            language: info.language,
            text,
            title: info.title,
            first_number: info.first_number,
            highlights: info.highlights,
            first_lit,
            first_step,
        }))
    }

    /// The words after the marks of a fence; with their backslashes where there are any, which comrak takes away although
    /// quotes need them.
    fn info_of(&self, code: &NodeCodeBlock, node: Node<'n>) -> String {
        let place = node.data().sourcepos.start;
        let opening = self.fragment.line(place.line).get(place.column.saturating_sub(1)..).unwrap_or_default();
        let info = opening.trim_start_matches(char::from(code.fence_char)).trim();
        if info.len() < opening.len() && info.contains('\\') { info.to_owned() } else { code.info.clone() }
    }

    /// The first line of `span`.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let text = self.fragment.file().get(span.start..span.end).unwrap_or_default();
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        Span::new(span.source, span.start, span.start + length)
    }

    /// Keeps an id that the author wrote, to find repeats.
    pub(super) fn write_id(&mut self, attributes: &Attributes, span: Span) {
        if let Some(id) = attributes.id.clone() {
            self.shared.ids.push(crate::parse::ids::WrittenId { id, span });
        }
    }
}

/// What stands between the marks of a comment.
pub(super) fn comment_text(html: &str) -> Option<&str> {
    html.strip_prefix("<!--")?.strip_suffix("-->")
}

/// Takes blanks off both ends of a text.
pub(super) fn trim(content: &mut Vec<Inline>) {
    if let Some(InlineKind::Text(text)) = content.first_mut().map(|first| &mut first.kind) {
        *text = text.trim_start().to_owned();
    }
    if let Some(InlineKind::Text(text)) = content.last_mut().map(|last| &mut last.kind) {
        *text = text.trim_end().to_owned();
    }
    content.retain(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()));
}

fn alert_kind(kind: AlertType) -> AlertKind {
    match kind {
        AlertType::Note => AlertKind::Note,
        AlertType::Tip => AlertKind::Tip,
        AlertType::Important => AlertKind::Important,
        AlertType::Warning => AlertKind::Warning,
        AlertType::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: TableAlignment) -> ColumnAlignment {
    match alignment {
        TableAlignment::None => ColumnAlignment::None,
        TableAlignment::Left => ColumnAlignment::Left,
        TableAlignment::Center => ColumnAlignment::Center,
        TableAlignment::Right => ColumnAlignment::Right,
    }
}
