use std::collections::BTreeMap;

use comrak::nodes::{AstNode, Node, NodeValue};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::fragment::Fragment;
use crate::parse::ids::WrittenId;
use crate::parse::prepare::{MAX_DEPTH, too_deep};
use crate::parse::steps::Steps;
use crate::source::{Loader, Sources, Span, Spanned};
use crate::talk::{Edition, Footnote, Slide};

/// What all files of one talk share while they are read.
pub(super) struct Shared<'s> {
    pub(super) sources: &'s mut Sources,
    pub(super) loader: &'s dyn Loader,
    pub(super) diagnostics: &'s mut Diagnostics,
    /// Whether Marp's rules hold.
    pub(super) marp: bool,
    /// Whom the talk is read for.
    pub(super) edition: Edition,
    /// Classes that the front matter gives to the first slide alone.
    pub(super) first_classes: Vec<String>,
    /// How many footnotes have a number.
    pub(super) footnotes: u32,
    /// How many files were included.
    pub(super) included: usize,
    /// How many slides were read.
    pub(super) slides: usize,
    /// Ids of headings and other blocks.
    pub(super) ids: Vec<WrittenId>,
    /// Ids of recall items, triggers and adoptions.
    pub(super) item_ids: Vec<WrittenId>,
}

impl<'s> Shared<'s> {
    /// What is shared at the start.
    pub(super) fn new(sources: &'s mut Sources, loader: &'s dyn Loader, diagnostics: &'s mut Diagnostics) -> Self {
        Self {
            sources,
            loader,
            diagnostics,
            marp: false,
            edition: Edition::default(),
            first_classes: Vec::new(),
            footnotes: 0,
            included: 0,
            slides: 0,
            ids: Vec::new(),
            item_ids: Vec::new(),
        }
    }
}

/// Where the text being read stands; only slides take directives, steps and data blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Slide,
    Note,
    Footnote,
}

/// Turns comrak's nodes of one file into slides.
pub(super) struct Reader<'r, 'n, 's> {
    pub(super) fragment: &'r Fragment<'r>,
    pub(super) shared: &'r mut Shared<'s>,
    pub(super) place: Place,
    /// The slide being read.
    pub(super) slide: Slide,
    pub(super) steps: Steps,
    /// The files to include after the slide being read.
    pub(super) includes: Vec<Spanned<String>>,
    /// What Marp's directives without an underscore have set for the slides to come.
    pub(super) carried: Carried,
    definitions: BTreeMap<String, Node<'n>>,
    numbers: BTreeMap<String, u32>,
    /// The footnotes that the slide refers to, with the place of the first reference.
    referenced: Vec<(String, Span)>,
    /// The place of everything while comrak's own places are unusable.
    pinned: Option<Span>,
    depth: usize,
    /// Whether the block at the top level was reported to nest too deeply.
    is_too_deep: bool,
}

/// Settings that go on from slide to slide in Marp.
#[derive(Clone, Default)]
pub(super) struct Carried {
    pub(super) classes: Vec<String>,
    pub(super) paginate: Option<bool>,
    pub(super) header: Option<String>,
    pub(super) footer: Option<String>,
    pub(super) background: Option<Spanned<crate::talk::Background>>,
}

impl<'r, 'n, 's> Reader<'r, 'n, 's> {
    /// A reader of the document `root`, which was made from `fragment`.
    pub(super) fn new(fragment: &'r Fragment<'r>, root: Node<'n>, place: Place, shared: &'r mut Shared<'s>) -> Self {
        let definitions = root.descendants().filter_map(|node| match &node.data().value {
            NodeValue::FootnoteDefinition(found) => Some((found.name.clone(), node)),
            _ => None,
        });
        Self {
            fragment,
            definitions: definitions.collect(),
            shared,
            place,
            slide: Slide::empty(fragment.whole()),
            steps: Steps::default(),
            includes: Vec::new(),
            carried: Carried::default(),
            numbers: BTreeMap::new(),
            referenced: Vec::new(),
            pinned: None,
            depth: 0,
            is_too_deep: false,
        }
    }

    /// Adds a finding.
    pub(super) fn report(&mut self, found: Diagnostic) {
        self.shared.diagnostics.push(found);
    }

    /// Where `node` was written, which is `within` its parent.
    pub(super) fn span(&self, node: &AstNode<'_>, within: Span) -> Span {
        let data = node.data();
        let is_part = !data.value.block() || matches!(data.value, NodeValue::TableCell);
        self.pinned.unwrap_or_else(|| {
            if is_part {
                self.fragment.span(data.sourcepos, within)
            } else {
                self.fragment.block_span(data.sourcepos, within)
            }
        })
    }

    /// Whether places in the file can be worked out from lines.
    pub(super) fn has_places(&self) -> bool {
        self.pinned.is_none()
    }

    /// Runs `read` one level deeper; beyond [`MAX_DEPTH`] reports the place instead.
    pub(super) fn deeper<T: Default>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            if !std::mem::replace(&mut self.is_too_deep, true) {
                self.report(too_deep(span));
            }
            return T::default();
        }
        self.depth += 1;
        let out = read(self);
        self.depth -= 1;
        self.is_too_deep &= self.depth > 0;
        out
    }

    /// The number of the footnote called `name`, in the order of first references.
    pub(super) fn footnote_number(&mut self, name: &str, span: Span) -> u32 {
        if !self.referenced.iter().any(|(known, _)| known == name) {
            self.referenced.push((name.to_owned(), span));
        }
        *self.numbers.entry(name.to_owned()).or_insert_with(|| {
            self.shared.footnotes += 1;
            self.shared.footnotes
        })
    }

    /// The footnotes referred to since the last call, and those that they refer to.
    pub(super) fn take_footnotes(&mut self) -> Vec<Footnote> {
        let mut out = Vec::new();
        let place = std::mem::replace(&mut self.place, Place::Footnote);
        let mut next = 0;
        while let Some((name, reference)) = self.referenced.get(next).cloned() {
            next += 1;
            let Some(&node) = self.definitions.get(&name) else { continue };
            let number = self.footnote_number(&name, reference);
            let whole = self.fragment.whole();
            // comrak counts the lines of `^[…]` from 1 within the brackets.
            self.pinned = name.starts_with("__inline_").then_some(reference);
            let within = self.span(node, whole);
            let blocks = self.blocks(node, within);
            self.pinned = None;
            out.push(Footnote { number, blocks });
        }
        self.referenced.clear();
        self.place = place;
        out.sort_by_key(|footnote| footnote.number);
        out
    }
}
