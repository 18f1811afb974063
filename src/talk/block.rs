use crate::source::Span;
use crate::talk::Inline;

/// One block of a slide or note.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// `{#id .class key=value}` written on it.
    pub attributes: Attributes,
    /// The click on which it appears, from 1; `None` when it is there from the start.
    pub step: Option<u32>,
    /// Where it was written.
    pub span: Span,
}

/// Attributes written in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attributes {
    /// `#id`.
    pub id: Option<String>,
    /// `.class`, in order.
    pub classes: Vec<String>,
    /// `key=value`, in order.
    pub pairs: Vec<(String, String)>,
}

impl Attributes {
    /// The value of `key`, the last one if repeated.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6; `fit` makes it as large as its line allows.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Written with `<!-- fit -->`.
        fit: bool,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// Terms and their descriptions.
    Descriptions(Vec<DescriptionItem>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A GitHub alert.
    Alert {
        /// Which.
        kind: AlertKind,
        /// A title that replaces the kind's own.
        title: Option<String>,
        /// The content.
        blocks: Vec<Block>,
    },
    /// Source code.
    Code(CodeBlock),
    /// A Mermaid diagram: its source.
    Diagram(String),
    /// Display math: its LaTeX source.
    Math(String),
    /// A table.
    Table(Table),
    /// A horizontal rule.
    Rule,
    /// Raw HTML as written, not yet sanitised.
    Html(String),
    /// `::: name`: a container; `columns`, `column`, `steps`, `cards`, `center`, `internal` or any other class.
    Container {
        /// The name as written.
        name: String,
        /// The content.
        blocks: Vec<Block>,
    },
}

/// A bullet or numbered list.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct List {
    /// Bullets or numbers.
    pub marker: Marker,
    /// Whether items are set without space between them.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// What stands before list items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// Bullets.
    Bullet,
    /// Numbers from the given one.
    Number(u64),
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct ListItem {
    /// A task's state; `None` for a plain item.
    pub done: Option<bool>,
    /// The content.
    pub blocks: Vec<Block>,
    /// The click on which it appears, from 1.
    pub step: Option<u32>,
    /// Where it was written.
    pub span: Span,
}

/// A term and its descriptions.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct DescriptionItem {
    /// The term.
    pub term: Vec<Inline>,
    /// The descriptions.
    pub details: Vec<Vec<Block>>,
}

/// The kinds of GitHub alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// A fence of source code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// The language word of the fence.
    pub language: Option<String>,
    /// The code, without the last line ending.
    pub text: String,
    /// `title="slow.sql"`.
    pub title: Option<String>,
    /// The number of the first line when lines are numbered (`lines`, `start=10`).
    pub first_number: Option<u64>,
    /// `{1,3-5|7}`: the lines lit at each step; the first entry holds from the start, each further one from the next click.
    pub highlights: Vec<Vec<LineRange>>,
    /// The click that lights the first entry of `highlights`; 0 for from the start.
    pub first_lit: u32,
    /// The click at which the second entry of `highlights` takes over; 0 when there is none.
    pub first_step: u32,
}

/// Lines of a code block, both ends included, from 1; `None` stands for all lines (`all` or `*`).
pub type LineRange = Option<(usize, usize)>;

/// A table.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Table {
    /// A column's alignment, one for each column.
    pub alignments: Vec<ColumnAlignment>,
    /// The header row.
    pub header: Vec<Cell>,
    /// The body rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

/// The text of one cell.
pub type Cell = Vec<Inline>;

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ColumnAlignment {
    None,
    Left,
    Center,
    Right,
}

/// A footnote, shown at the foot of the slide that refers to it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Footnote {
    /// Its number in the talk, from 1.
    pub number: u32,
    /// The content.
    pub blocks: Vec<Block>,
}
