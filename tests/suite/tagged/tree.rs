use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// An element of the structure tree.
pub(super) struct Element {
    pub(super) kind: String,
    pub(super) alt: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) has_annotation: bool,
    name: Option<String>,
    scope: Option<String>,
    spans: (i64, i64),
    parent: Option<usize>,
    children: Vec<usize>,
}

/// The structure tree of a file, in reading order.
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    /// The elements that hold a piece, by the page or form and its number.
    pub(super) pieces: BTreeMap<(ObjectId, i64), Vec<usize>>,
    /// The elements that hold an annotation.
    pub(super) annotations: BTreeMap<ObjectId, Vec<usize>>,
    numbers: BTreeMap<ObjectId, usize>,
    parents: BTreeMap<i64, Object>,
    next: i64,
}

/// What may lie in what, for the types that ask for it.
const CHILDREN: [(&str, &[&str]); 5] = [
    ("L", &["LI", "L"]),
    ("LI", &["Lbl", "LBody"]),
    ("Table", &["TR", "Caption"]),
    ("TR", &["TH", "TD"]),
    ("Document", &["Sect", "Div", "P", "Link", "L", "Table", "Figure", "H1", "H2", "H3", "BlockQuote"]),
];

/// The types that we use; all of them are standard ones.
const KINDS: [&str; 26] = [
    "Document",
    "Sect",
    "Div",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "P",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "Figure",
    "Caption",
    "Code",
    "Link",
    "BlockQuote",
    "Note",
    "Span",
    "StructTreeRoot",
];

impl Tree {
    pub(super) fn read(document: &Document) -> Self {
        let root = document.catalog().unwrap().get(b"StructTreeRoot").and_then(Object::as_reference).expect("a tree");
        let dict = document.get_dictionary(root).unwrap();
        assert!(dict.get(b"RoleMap").is_err(), "types of our own");
        let mut parents = BTreeMap::new();
        let numbers = dict.get(b"ParentTree").and_then(Object::as_reference).expect("a way back");
        for leaf in document.get_dictionary(numbers).unwrap().get(b"Kids").unwrap().as_array().unwrap() {
            let leaf = document.get_dictionary(leaf.as_reference().unwrap()).unwrap();
            for pair in leaf.get(b"Nums").unwrap().as_array().unwrap().chunks(2) {
                let value = document.dereference(&pair[1]).unwrap().1;
                // An array is the parents of a stream's pieces; else it is an annotation's.
                let value = if value.as_array().is_ok() { value.clone() } else { pair[1].clone() };
                assert!(parents.insert(pair[0].as_i64().unwrap(), value).is_none(), "a number twice");
            }
        }
        let next = dict.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap();
        let mut tree = Self {
            elements: Vec::new(),
            pieces: BTreeMap::new(),
            annotations: BTreeMap::new(),
            numbers: BTreeMap::new(),
            parents,
            next,
        };
        for kid in dict.get(b"K").unwrap().as_array().unwrap() {
            tree.element(document, kid.as_reference().unwrap(), None, root);
        }
        assert_eq!(tree.elements.iter().filter(|element| element.parent.is_none()).count(), 1, "one root");
        assert_eq!(tree.parents.keys().copied().collect::<Vec<_>>(), (0..tree.next).collect::<Vec<_>>());
        tree
    }

    fn element(&mut self, document: &Document, id: ObjectId, parent: Option<usize>, above: ObjectId) {
        let dict = document.get_dictionary(id).expect("an element");
        assert_eq!(dict.get(b"P").and_then(Object::as_reference).unwrap(), above, "the parent of an element");
        let number = self.elements.len();
        assert!(self.numbers.insert(id, number).is_none(), "an element stands in the tree twice");
        let text = |key: &[u8]| dict.get(key).ok().map(|it| decode_text_string(it).expect("a text"));
        let attributes = dict.get(b"A").and_then(Object::as_dict).ok();
        let attribute = |key: &[u8]| attributes.and_then(|it| it.get(key).ok());
        self.elements.push(Element {
            kind: String::from_utf8_lossy(dict.get(b"S").unwrap().as_name().unwrap()).into_owned(),
            alt: text(b"Alt"),
            lang: text(b"Lang"),
            has_annotation: false,
            name: text(b"ID"),
            scope: attribute(b"Scope").map(|it| String::from_utf8_lossy(it.as_name().unwrap()).into_owned()),
            spans: (span(attribute(b"ColSpan")), span(attribute(b"RowSpan"))),
            parent,
            children: Vec::new(),
        });
        if let Some(parent) = parent {
            self.elements[parent].children.push(number);
        }
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok();
        for kid in dict.get(b"K").and_then(Object::as_array).map_or(&[][..], Vec::as_slice) {
            match kid {
                Object::Integer(piece) => self.piece(page.expect("a page"), *piece, number),
                Object::Reference(kid) => self.element(document, *kid, Some(number), id),
                Object::Dictionary(kid) => self.reference(kid, page, number),
                other => panic!("{other:?} in an element"),
            }
        }
    }

    fn reference(&mut self, kid: &Dictionary, page: Option<ObjectId>, number: usize) {
        let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page).expect("a page");
        if let Ok(annotation) = kid.get(b"Obj").and_then(Object::as_reference) {
            self.elements[number].has_annotation = true;
            self.annotations.entry(annotation).or_default().push(number);
            return;
        }
        let stream = kid.get(b"Stm").and_then(Object::as_reference).unwrap_or(page);
        self.piece(stream, kid.get(b"MCID").unwrap().as_i64().unwrap(), number);
    }

    fn piece(&mut self, stream: ObjectId, piece: i64, number: usize) {
        self.pieces.entry((stream, piece)).or_default().push(number);
    }

    /// The elements of a stream's pieces, as the way back has them.
    pub(super) fn parents(&self, number: i64) -> Vec<usize> {
        let parents = self.parents.get(&number).and_then(|it| it.as_array().ok()).expect("a stream's entry");
        parents.iter().map(|parent| self.numbers[&parent.as_reference().expect("an element")]).collect()
    }

    /// The element of an annotation, as the way back has it.
    pub(super) fn parent(&self, number: i64) -> usize {
        self.numbers[&self.parents[&number].as_reference().expect("an annotation's entry")]
    }

    pub(super) fn count(&self, kind: &str) -> usize {
        self.elements.iter().filter(|element| element.kind == kind).count()
    }

    /// Conditions 02, 09: standard types only, and lists and tables made of what they are made of.
    pub(super) fn assert_nesting(&self, name: &str) {
        for element in &self.elements {
            assert!(KINDS.contains(&element.kind.as_str()), "{name}: {}", element.kind);
            let within = element.parent.map(|parent| self.elements[parent].kind.as_str());
            let expected = match element.kind.as_str() {
                "LI" => Some("L"),
                "Lbl" | "LBody" => Some("LI"),
                "TR" => Some("Table"),
                "TH" | "TD" => Some("TR"),
                _ => within,
            };
            assert_eq!(within, expected, "{name}: where {} stands", element.kind);
            let Some((_, allowed)) = CHILDREN.iter().find(|(kind, _)| *kind == element.kind) else { continue };
            for child in &element.children {
                let kind = self.elements[*child].kind.as_str();
                assert!(allowed.contains(&kind), "{name}: {kind} in {}", element.kind);
            }
        }
    }

    /// Condition 14: the first heading is an H1, and none is more than one level below the one before it.
    pub(super) fn assert_headings(&self, name: &str) {
        let levels = self.elements.iter().filter_map(|element| element.kind.strip_prefix('H')?.parse::<u8>().ok());
        let mut last = 0;
        for level in levels {
            assert!(level <= last + 1, "{name}: H{level} after H{last}");
            last = level;
        }
    }

    /// Condition 15: heads say what they are the head of, and all rows are as wide.
    pub(super) fn assert_tables(&self, name: &str) {
        for table in self.elements.iter().filter(|element| element.kind == "Table") {
            let rows = table.children.iter().filter(|row| self.elements[**row].kind == "TR");
            let widths: BTreeSet<i64> = rows
                .map(|row| self.elements[*row].children.iter().map(|cell| self.elements[*cell].spans.0).sum())
                .collect();
            assert_eq!(widths.len(), 1, "{name}: the widths of a table's rows");
        }
        for head in self.elements.iter().filter(|element| element.kind == "TH") {
            assert!(matches!(head.scope.as_deref(), Some("Column" | "Row")), "{name}: {:?}", head.scope);
        }
    }

    /// Condition 13: every figure has words.
    pub(super) fn assert_words(&self, name: &str) {
        for figure in self.elements.iter().filter(|element| element.kind == "Figure") {
            assert!(figure.alt.as_deref().is_some_and(|alt| !alt.trim().is_empty()), "{name}: a figure without words");
        }
    }

    /// Condition 19: notes have names of their own.
    pub(super) fn assert_notes(&self, name: &str) {
        let notes: Vec<&Element> = self.elements.iter().filter(|element| element.kind == "Note").collect();
        let names: BTreeSet<&str> = notes.iter().filter_map(|note| note.name.as_deref()).collect();
        assert_eq!(names.len(), notes.len(), "{name}: the names of notes");
    }
}

fn span(attribute: Option<&Object>) -> i64 {
    attribute.map_or(1, |it| it.as_i64().expect("a number"))
}
