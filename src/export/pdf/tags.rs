//! Which pieces of content streams and which links belong to which part of the document.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Object, ObjectId, dictionary};

use super::Document;
use crate::layout::{PartOf, Placed, Structure};

/// The structure of a page or column, and what was drawn of it.
pub(super) struct Tree {
    pub(super) structure: Arc<Structure>,
    /// The tree and the part of it that it stands in; that tree comes before it.
    pub(super) within: Option<PartOf>,
    /// What was drawn of each part, in the order in which it was drawn.
    pub(super) content: BTreeMap<usize, Vec<Piece>>,
}

/// Something that was drawn of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The page that it is on.
    pub(super) page: ObjectId,
    pub(super) kind: PieceKind,
}

/// What it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum PieceKind {
    /// A piece of the content of the page or of a form on it, by its number there.
    Marked { form: Option<ObjectId>, number: i64 },
    /// An annotation.
    Annotation(ObjectId),
}

/// All trees of a document.
#[derive(Default)]
pub(super) struct Tags {
    pub(super) trees: Vec<Tree>,
    /// For each page, the trees of its structures.
    pages: Vec<Vec<usize>>,
    /// What each content stream with marked pieces, and each annotation, belongs to, by the numbers that they have.
    pub(super) parents: Vec<Parents>,
}

/// What belongs to which part, for the way back from content to structure; a part is one of a tree.
pub(super) enum Parents {
    /// The parts of the marked pieces of a content stream.
    Pieces(Vec<PartOf>),
    /// The part of an annotation.
    Annotation(PartOf),
}

impl Tags {
    /// Returns the trees of a document; a structure that goes on from page to page is one tree.
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut tags = Self::default();
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        for page in &document.pages {
            let mut trees: Vec<usize> = Vec::new();
            for Placed { structure, within } in &page.page.structures {
                let tree = *known.entry(Arc::as_ptr(structure).addr()).or_insert_with(|| {
                    let within = within.and_then(|within| {
                        Some(PartOf { structure: *trees.get(within.structure)?, part: within.part })
                    });
                    tags.trees.push(Tree { structure: Arc::clone(structure), within, content: BTreeMap::new() });
                    tags.trees.len() - 1
                });
                trees.push(tree);
            }
            tags.pages.push(trees);
        }
        tags
    }

    /// Whether there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// Notes a content stream with marked pieces: that of page `number`, or of a form on it. Returns its number.
    pub(super) fn stream(
        &mut self,
        (number, page): (usize, ObjectId),
        form: Option<ObjectId>,
        parts: &[PartOf],
    ) -> Option<Object> {
        if parts.is_empty() {
            return None;
        }
        let mut parents = Vec::with_capacity(parts.len());
        for (mark, part) in (0..).zip(parts) {
            let part = self.settled(number, *part)?;
            self.add(part, Piece { page, kind: PieceKind::Marked { form, number: mark } });
            parents.push(part);
        }
        Some(self.parent(Parents::Pieces(parents)))
    }

    /// Notes an annotation of page `number`; returns its number, and what it says.
    pub(super) fn annotation(
        &mut self,
        (number, page): (usize, ObjectId),
        annotation: ObjectId,
        part: PartOf,
    ) -> Option<(Object, Option<String>)> {
        let part = self.settled(number, part)?;
        self.add(part, Piece { page, kind: PieceKind::Annotation(annotation) });
        let words = self.trees.get(part.structure)?.structure.parts.get(part.part)?.words.clone();
        Some((self.parent(Parents::Annotation(part)), words))
    }

    fn parent(&mut self, parents: Parents) -> Object {
        self.parents.push(parents);
        i64::try_from(self.parents.len() - 1).unwrap_or_default().into()
    }

    /// A part of a page as one of a tree.
    fn settled(&self, page: usize, part: PartOf) -> Option<PartOf> {
        Some(PartOf { structure: *self.pages.get(page)?.get(part.structure)?, part: part.part })
    }

    fn add(&mut self, part: PartOf, piece: Piece) {
        if let Some(tree) = self.trees.get_mut(part.structure) {
            tree.content.entry(part.part).or_default().push(piece);
        }
    }
}

impl Piece {
    /// Returns the piece as a child of an element of `page`.
    pub(super) fn child(&self, page: Option<ObjectId>) -> Object {
        let elsewhere = (page != Some(self.page)).then_some(self.page);
        let mut dict = match self.kind {
            PieceKind::Marked { form: None, number } if elsewhere.is_none() => return number.into(),
            PieceKind::Marked { form, number } => {
                let mut dict = dictionary! { "Type" => "MCR", "MCID" => number };
                if let Some(form) = form {
                    dict.set("Stm", form);
                }
                dict
            }
            PieceKind::Annotation(annotation) => dictionary! { "Type" => "OBJR", "Obj" => annotation },
        };
        if let Some(page) = elsewhere {
            dict.set("Pg", page);
        }
        dict.into()
    }
}
