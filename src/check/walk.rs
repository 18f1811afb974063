use crate::talk::{Block, BlockKind, Inline, InlineKind};

/// Calls `visit` with every piece of running text in `blocks`, however deep it lies.
pub(super) fn each_inline<'t>(blocks: &'t [Block], visit: &mut dyn FnMut(&'t Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => inlines(content, visit),
            BlockKind::List(list) => list.items.iter().for_each(|item| each_inline(&item.blocks, visit)),
            BlockKind::Descriptions(items) => {
                for item in items {
                    inlines(&item.term, visit);
                    item.details.iter().for_each(|details| each_inline(details, visit));
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                each_inline(blocks, visit);
            }
            BlockKind::Table(table) => {
                table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| inlines(cell, visit));
            }
            BlockKind::Code(_) | BlockKind::Diagram(_) | BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn inlines<'t>(content: &'t [Inline], visit: &mut dyn FnMut(&'t Inline)) {
    for inline in content {
        visit(inline);
        match &inline.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Highlight(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content)
            | InlineKind::Link { content, .. } => inlines(content, visit),
            _ => {}
        }
    }
}
