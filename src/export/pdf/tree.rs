//! The structure tree of a tagged PDF; see PDF 32000-1, 14.7 and 14.8.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::tags::{Parents, Tags, Tree};
use super::unicode::text_string;
use crate::layout::{Heads, Part, PartOf, Role};

/// Entries of one node of a number tree.
const MOST_ENTRIES: usize = 256;

/// Adds the tree to `file`; returns its root.
pub(super) fn add(file: &mut lopdf::Document, tags: &Tags) -> ObjectId {
    let root = file.new_object_id();
    let document = file.new_object_id();
    let mut elements = Elements::new(file, tags, document);
    let mut kids: Vec<Object> = Vec::new();
    for (number, tree) in tags.trees.iter().enumerate() {
        if tree.within.is_none() {
            kids.extend(elements.roots(number));
            elements.add(file, number);
        }
    }
    let notes = std::mem::take(&mut elements.notes);
    file.set_object(document, dictionary! { "Type" => "StructElem", "S" => "Document", "P" => root, "K" => kids });
    let mut dict = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![document.into()],
        "ParentTree" => elements.parent_tree(file),
        "ParentTreeNextKey" => i64::try_from(tags.parents.len()).unwrap_or_default(),
    };
    if !notes.is_empty() {
        let names = notes.into_iter().flat_map(|(name, id)| [Object::string_literal(name), id.into()]);
        dict.set("IDTree", file_names(file, names.collect()));
    }
    file.set_object(root, dict);
    root
}

/// Returns a name tree of one leaf.
fn file_names(file: &mut lopdf::Document, names: Vec<Object>) -> Object {
    let ends = [names.first().cloned(), names.iter().rev().nth(1).cloned()];
    let limits: Vec<Object> = ends.into_iter().flatten().collect();
    let leaf = file.add_object(dictionary! { "Names" => names, "Limits" => limits });
    dictionary! { "Kids" => vec![leaf.into()] }.into()
}

/// The elements that parts become.
struct Elements<'a> {
    tags: &'a Tags,
    document: ObjectId,
    /// For each part of each tree, its children.
    children: Vec<Vec<Vec<usize>>>,
    /// The trees that stand in a part.
    guests: BTreeMap<PartOf, Vec<usize>>,
    /// For each part of each tree, its element; parts of which nothing is drawn have none.
    ids: Vec<Vec<Option<ObjectId>>>,
    /// The levels of the headings that the next one lies below.
    headings: Vec<u8>,
    notes: Vec<(String, ObjectId)>,
}

impl<'a> Elements<'a> {
    fn new(file: &mut lopdf::Document, tags: &'a Tags, document: ObjectId) -> Self {
        let mut guests: BTreeMap<PartOf, Vec<usize>> = BTreeMap::new();
        for (number, tree) in tags.trees.iter().enumerate() {
            if let Some(within) = tree.within {
                guests.entry(within).or_default().push(number);
            }
        }
        let mut elements = Self {
            tags,
            document,
            children: tags.trees.iter().map(children).collect(),
            ids: Vec::new(),
            guests,
            headings: Vec::new(),
            notes: Vec::new(),
        };
        let used = elements.used();
        for (tree, used) in tags.trees.iter().zip(used) {
            let is_element = |(part, used): (&Part, bool)| used && part.role != Role::Passage;
            let ids = tree.structure.parts.iter().zip(used);
            elements.ids.push(ids.map(|part| is_element(part).then(|| file.new_object_id())).collect());
        }
        elements
    }

    /// For each part of each tree, whether anything of it is drawn.
    fn used(&self) -> Vec<Vec<bool>> {
        let mut all: Vec<Vec<bool>> = Vec::new();
        // Trees come after those that they stand in, and parts after those that they lie in.
        for (number, tree) in self.tags.trees.iter().enumerate().rev() {
            let parts = &tree.structure.parts;
            let mut used: Vec<bool> = (0..parts.len()).map(|part| tree.content.contains_key(&part)).collect();
            for (within, guests) in self.guests.range(first_of(number)..first_of(number + 1)) {
                let is_used =
                    |guest: &usize| all.get(self.tags.trees.len() - 1 - guest).is_some_and(|it| it.contains(&true));
                if let Some(used) = used.get_mut(within.part) {
                    *used |= guests.iter().any(is_used);
                }
            }
            for (part, content) in parts.iter().enumerate().rev() {
                let own = used.get(part).copied().unwrap_or_default();
                if let Some(outer) = content.within.and_then(|outer| used.get_mut(outer)) {
                    *outer |= own;
                }
            }
            // A row has its empty cells, too.
            for (part, content) in parts.iter().enumerate() {
                let outer = content.within.and_then(|outer| used.get(outer)).copied().unwrap_or_default();
                if let (Role::Cell(_), Some(used)) = (&content.role, used.get_mut(part)) {
                    *used |= outer;
                }
            }
            all.push(used);
        }
        all.reverse();
        all
    }

    fn id(&self, part: PartOf) -> Option<ObjectId> {
        *self.ids.get(part.structure)?.get(part.part)?
    }

    /// Returns the elements of a tree that lie in no other.
    fn roots(&self, tree: usize) -> Vec<Object> {
        let parts = self.tags.trees.get(tree).map_or(&[][..], |tree| &tree.structure.parts);
        let roots = parts.iter().enumerate().filter(|(_, part)| part.within.is_none());
        roots.filter_map(|(part, _)| self.id(PartOf { structure: tree, part })).map(Object::from).collect()
    }

    /// Adds the elements of a tree and of those that stand in it, in reading order.
    fn add(&mut self, file: &mut lopdf::Document, tree: usize) {
        let Some(parts) = self.tags.trees.get(tree).map(|tree| &tree.structure.parts) else { return };
        for (number, part) in parts.iter().enumerate() {
            let of = PartOf { structure: tree, part: number };
            let Some(id) = self.id(of) else { continue };
            let dict = self.element(of, part, id);
            file.set_object(id, dict);
            for guest in self.guests.get(&of).cloned().unwrap_or_default() {
                self.add(file, guest);
            }
        }
    }

    fn element(&mut self, of: PartOf, part: &Part, id: ObjectId) -> Dictionary {
        let parent = self.parent(of, part).unwrap_or(self.document);
        let kids = self.kids(of);
        let mut dict = dictionary! { "S" => self.name(&part.role), "P" => parent };
        if let Some(page) = self.page(of) {
            dict.set("Pg", page);
        }
        if !kids.is_empty() {
            dict.set("K", kids);
        }
        if let Some(lang) = &part.lang {
            dict.set("Lang", text_string(lang));
        }
        match &part.role {
            Role::Figure => dict.set("Alt", text_string(part.words.as_deref().unwrap_or_default())),
            Role::List { numbered: true } => {
                dict.set("A", dictionary! { "O" => "List", "ListNumbering" => "Decimal" });
            }
            Role::Cell(cell) => {
                let mut attributes = dictionary! { "O" => "Table" };
                if let Some(heads) = cell.heads {
                    attributes.set("Scope", if heads == Heads::Row { "Row" } else { "Column" });
                }
                for (name, span) in [("ColSpan", cell.spans.0), ("RowSpan", cell.spans.1)] {
                    if span > 1 {
                        attributes.set(name, i64::from(span));
                    }
                }
                if attributes.len() > 1 {
                    dict.set("A", attributes);
                }
            }
            Role::Note => {
                // Names are sorted in their tree.
                let name = format!("note-{:06}", self.notes.len() + 1);
                dict.set("ID", Object::string_literal(name.as_str()));
                self.notes.push((name, id));
            }
            _ => {}
        }
        dict
    }

    fn parent(&self, of: PartOf, part: &Part) -> Option<ObjectId> {
        match part.within {
            Some(within) => self.id(PartOf { part: within, ..of }),
            None => self.id(self.tags.trees.get(of.structure)?.within?),
        }
    }

    /// Returns the page of the first piece that is a child of a part itself.
    fn page(&self, of: PartOf) -> Option<ObjectId> {
        let content = &self.tags.trees.get(of.structure)?.content;
        let passages = self.children(of).iter().chain([&of.part]);
        passages.filter_map(|part| content.get(part)?.first()).map(|piece| piece.page).next()
    }

    fn children(&self, of: PartOf) -> &[usize] {
        self.children.get(of.structure).and_then(|parts| parts.get(of.part)).map_or(&[], Vec::as_slice)
    }

    /// Returns what an element holds: passages as what was drawn of them, other elements, and its annotations.
    fn kids(&self, of: PartOf) -> Vec<Object> {
        let Some(tree) = self.tags.trees.get(of.structure) else { return Vec::new() };
        let page = self.page(of);
        let mut kids = Vec::new();
        for child in self.children(of) {
            match self.id(PartOf { part: *child, ..of }) {
                Some(id) => kids.push(id.into()),
                None => kids.extend(tree.content.get(child).into_iter().flatten().map(|piece| piece.child(page))),
            }
        }
        for guest in self.guests.get(&of).into_iter().flatten() {
            kids.extend(self.roots(*guest));
        }
        kids.extend(tree.content.get(&of.part).into_iter().flatten().map(|piece| piece.child(page)));
        kids
    }

    /// Returns the standard structure type of a role. A heading is one level below the heading that it belongs to.
    fn name(&mut self, role: &Role) -> String {
        let name = match role {
            Role::Passage | Role::Span => "Span",
            Role::Section => "Sect",
            Role::Group | Role::Place(_) => "Div",
            Role::Heading(level) => {
                while self.headings.last().is_some_and(|last| last >= level) {
                    self.headings.pop();
                }
                self.headings.push(*level);
                return format!("H{}", self.headings.len().min(6));
            }
            Role::Paragraph => "P",
            Role::List { .. } => "L",
            Role::Item => "LI",
            Role::Label => "Lbl",
            Role::ItemBody => "LBody",
            Role::Table => "Table",
            Role::Row => "TR",
            Role::Cell(cell) => {
                if cell.heads.is_some() {
                    "TH"
                } else {
                    "TD"
                }
            }
            Role::Figure => "Figure",
            Role::Caption => "Caption",
            Role::Code => "Code",
            Role::Link => "Link",
            Role::Quote => "BlockQuote",
            Role::Note => "Note",
        };
        name.to_owned()
    }

    /// Returns the way back from content and annotations to elements.
    fn parent_tree(&self, file: &mut lopdf::Document) -> ObjectId {
        let mut leaves: Vec<Object> = Vec::new();
        for (number, entries) in self.tags.parents.chunks(MOST_ENTRIES).enumerate() {
            let first = number * MOST_ENTRIES;
            let mut nums: Vec<Object> = Vec::new();
            for (number, parents) in (first..).zip(entries) {
                let value = match parents {
                    Parents::Pieces(parts) => {
                        let parents = parts.iter().map(|part| self.owner(*part).map_or(Object::Null, Object::from));
                        file.add_object(parents.collect::<Vec<Object>>()).into()
                    }
                    Parents::Annotation(part) => self.id(*part).map_or(Object::Null, Object::from),
                };
                nums.extend([integer(number), value]);
            }
            let limits = vec![integer(first), integer(first + entries.len() - 1)];
            leaves.push(file.add_object(dictionary! { "Nums" => nums, "Limits" => limits }).into());
        }
        file.add_object(dictionary! { "Kids" => leaves })
    }

    /// Returns the element that a passage is drawn for.
    fn owner(&self, passage: PartOf) -> Option<ObjectId> {
        let part = self.tags.trees.get(passage.structure)?.structure.parts.get(passage.part)?;
        self.id(PartOf { part: part.within?, ..passage })
    }
}

fn first_of(tree: usize) -> PartOf {
    PartOf { structure: tree, part: 0 }
}

/// Returns for each part of a tree those that lie in it.
fn children(tree: &Tree) -> Vec<Vec<usize>> {
    let parts = &tree.structure.parts;
    let mut children = vec![Vec::new(); parts.len()];
    for (number, part) in parts.iter().enumerate() {
        if let Some(children) = part.within.and_then(|within| children.get_mut(within)) {
            children.push(number);
        }
    }
    children
}

fn integer(number: usize) -> Object {
    i64::try_from(number).unwrap_or_default().into()
}
