use crate::talk::{Block, BlockKind, Inline};

/// Calls `visit` with every piece of running text in `blocks`, however deep it lies.
pub(super) fn each_inline<'t>(blocks: &'t [Block], visit: &mut dyn FnMut(&'t Inline)) {
    each_block(blocks, &mut |block| match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => inlines(content, visit),
        BlockKind::Descriptions(items) => items.iter().for_each(|item| inlines(&item.term, visit)),
        BlockKind::Table(table) => {
            table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| inlines(cell, visit));
        }
        _ => {}
    });
}

/// Calls `visit` with every block of `blocks` and then with those in it.
pub(super) fn each_block<'t>(blocks: &'t [Block], visit: &mut dyn FnMut(&'t Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List(list) => list.items.iter().for_each(|item| each_block(&item.blocks, visit)),
            BlockKind::Descriptions(items) => {
                items.iter().flat_map(|item| &item.details).for_each(|details| each_block(details, visit));
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                each_block(blocks, visit);
            }
            _ => {}
        }
    }
}

fn inlines<'t>(content: &'t [Inline], visit: &mut dyn FnMut(&'t Inline)) {
    for inline in content {
        visit(inline);
        inlines(inline.kind.content(), visit);
    }
}
