//! What the parts of a page mean to somebody who does not see it: headings, lists, tables, pictures with their texts.

use std::sync::Arc;

/// The parts of a page in reading order, parents before children.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// All parts; they are referred to by their place in this list.
    pub parts: Vec<Part>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The part that it lies in, by its number; `None` for the outermost.
    pub within: Option<usize>,
    /// Its language, where that differs from what is around it.
    pub lang: Option<String>,
    /// What stands for it in words: of a figure what it shows, of a link what it says.
    pub words: Option<String>,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text or a picture that is painted; has no parts.
    Passage,
    /// A slide, an article, a section.
    Section,
    /// What belongs together.
    Group,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list; whether its items are numbered.
    List {
        /// Whether its items are numbered.
        numbered: bool,
    },
    /// An item of a list.
    Item,
    /// The number or bullet of an item, or the term that it explains.
    Label,
    /// What an item says.
    ItemBody,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell(Cell),
    /// A figure; its words say what it shows.
    Figure,
    /// What is written below a figure or above a table.
    Caption,
    /// Code, within a line or by itself.
    Code,
    /// A link.
    Link,
    /// A quotation that stands by itself.
    Quote,
    /// A footnote.
    Note,
    /// A piece of a line.
    Span,
    /// Where another page is drawn, by what `data-slide` says.
    Place(String),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is the head of; `None` for a cell that is no head.
    pub heads: Option<Heads>,
    /// How many columns and rows it spans.
    pub spans: (u16, u16),
}

/// What a table's head cell is the head of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heads {
    /// What stands below.
    Column,
    /// What stands beside.
    Row,
}

/// A part of one of a page's structures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartOf {
    /// Which structure.
    pub structure: usize,
    /// Which part of it.
    pub part: usize,
}

/// A structure of a page, and where it lies.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The structure; one that goes on from page to page is the same on all of them.
    pub structure: Arc<Structure>,
    /// The part of another structure of the page that it stands in.
    pub within: Option<PartOf>,
}
