use comrak::nodes::Node;
use comrak::{Arena, Options, parse_document};

/// Reads `text` with the extensions of the talk format.
pub(super) fn read<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    parse_document(arena, text, &options(text))
}

/// The extensions of the talk format.
fn options(text: &str) -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.strikethrough = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.inline_footnotes = inline_footnotes_are_affordable(text);
    extension.description_lists = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.cjk_friendly_emphasis = true;
    extension.block_directive = true;
    extension.header_attributes = true;
    extension.inline_code_attributes = true;
    extension.link_attributes = true;
    extension.highlight = true;
    extension.superscript = true;
    extension.subscript = true;
    options
}

/// comrak looks for the end of each `^[` up to the end of its paragraph, so many of them in one long
/// paragraph take quadratic time; such a text has them left as written.
fn inline_footnotes_are_affordable(text: &str) -> bool {
    let marks = text.matches("^[").count();
    marks < 1_000 || marks.saturating_mul(text.len()) < 1_000_000_000
}
