//! Which part of a page an element is, or stands in.

use blitz_dom::{BaseDocument, Node, NodeId};

use crate::layout::reading::Reader;
use crate::layout::roles::{Meaning, attribute, holds_text, is_picture, meaning, words_of};
use crate::layout::structure::{Part, Role};

/// Where something stands in the structure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// In no part yet.
    Top,
    /// In a part, by its number.
    In(usize),
    /// Among what is there to be looked at.
    Aside,
}

impl<'d> Reader<'d> {
    /// Where an element stands.
    pub(super) fn place(&mut self, id: NodeId) -> Place {
        if let Some(known) = self.places.get(&id) {
            return *known;
        }
        let base = self.base(id);
        self.place_in(id, base)
    }

    /// Where that stands which an element lies in.
    fn base(&mut self, id: NodeId) -> Place {
        if let Some(base) = self.bases.get(&id) {
            return *base;
        }
        let parent = self.doc.get_node(id).and_then(|node| node.parent);
        parent.map_or(Place::Top, |parent| self.place(parent))
    }

    /// Where an element stands in what is around it; makes its part.
    pub(super) fn place_in(&mut self, id: NodeId, base: Place) -> Place {
        let place = self.place_of(id, base);
        self.places.insert(id, place);
        place
    }

    fn place_of(&mut self, id: NodeId, base: Place) -> Place {
        let Some(node) = self.doc.get_node(id) else { return base };
        let around = match base {
            Place::Aside => return Place::Aside,
            Place::Top => None,
            Place::In(part) => Some(part),
        };
        let meaning = meaning(self.doc, node);
        let role_around = around.map(|part| &self.read.structure.parts[part].role);
        if role_around == Some(&Role::Figure) {
            // Its words stand for all that is in a figure.
            return match meaning {
                Meaning::Part(Role::Caption) => Place::In(self.part(Role::Caption, around)),
                _ => base,
            };
        }
        let in_list = matches!(role_around, Some(Role::List { .. }));
        match meaning {
            // What stands before an item became its number when the item was read.
            Meaning::Decoration | Meaning::Generated => Place::Aside,
            Meaning::Nothing => self.with_language(node, base),
            Meaning::Item { note } if in_list => match self.item(id) {
                Some(item) => {
                    if let Some(before) = node.before() {
                        let label = self.part(Role::Label, Some(item));
                        self.places.insert(before, Place::In(label));
                    }
                    let body = self.part(Role::ItemBody, Some(item));
                    Place::In(if note { self.part(Role::Note, Some(body)) } else { body })
                }
                None => base,
            },
            Meaning::Term if in_list => {
                let item = self.part(Role::Item, around);
                self.items.insert((None, around.unwrap_or_default()), item);
                Place::In(self.part(Role::Label, Some(item)))
            }
            Meaning::Explanation if in_list => {
                let known = self.items.get(&(None, around.unwrap_or_default())).copied();
                let item = known.unwrap_or_else(|| self.part(Role::Item, around));
                Place::In(self.part(Role::ItemBody, Some(item)))
            }
            Meaning::Item { .. } | Meaning::Term | Meaning::Explanation => {
                Place::In(self.part_of(node, Role::Paragraph, around))
            }
            Meaning::Part(role) => self.part_in(node, role, around),
        }
    }

    /// Makes the part of an element, as far as it may stand there.
    fn part_in(&mut self, node: &'d Node, role: Role, around: Option<usize>) -> Place {
        let role_around = around.map(|part| &self.read.structure.parts[part].role);
        if role == Role::Group && is_named(node, "figure") && !self.children(node).any(|it| is_named(it, "figcaption"))
        {
            return around.map_or(Place::Top, Place::In);
        }
        let role = match role {
            Role::Row if role_around != Some(&Role::Table) => Role::Group,
            Role::Cell(_) if role_around != Some(&Role::Row) => Role::Paragraph,
            // One paragraph or line does not lie in another.
            Role::Paragraph if matches!(role_around, Some(Role::Paragraph | Role::Heading(_))) => Role::Span,
            Role::Caption if role_around != Some(&Role::Table) => Role::Paragraph,
            Role::Group => match self.captioned_words(node) {
                Some(words) => {
                    let figure = self.part_of(node, Role::Figure, around);
                    self.read.structure.parts[figure].words = Some(words);
                    return Place::In(figure);
                }
                None => Role::Group,
            },
            role => role,
        };
        Place::In(self.part_of(node, role, around))
    }

    fn children(&self, node: &'d Node) -> impl Iterator<Item = &'d Node> {
        let doc = self.doc;
        node.children.iter().filter_map(|id| doc.get_node(*id))
    }

    /// The words of the one picture in a `<figure>` with a caption.
    fn captioned_words(&self, node: &'d Node) -> Option<String> {
        if !is_named(node, "figure") || !self.children(node).any(|child| is_named(child, "figcaption")) {
            return None;
        }
        let mut pictures = self.children(node).filter(|child| is_picture(child));
        let picture = pictures.next().filter(|_| pictures.next().is_none())?;
        words_of(picture)
    }

    /// The item of an `<li>`, made when its number or its text is read.
    pub(super) fn item(&mut self, id: NodeId) -> Option<usize> {
        let node = self.doc.get_node(id)?;
        if !matches!(meaning(self.doc, node), Meaning::Item { .. }) {
            return None;
        }
        let Place::In(list) = self.base(id) else { return None };
        if !matches!(self.read.structure.parts[list].role, Role::List { .. }) {
            return None;
        }
        if let Some(known) = self.items.get(&(Some(id), list)) {
            return Some(*known);
        }
        let item = self.part_of(node, Role::Item, Some(list));
        self.items.insert((Some(id), list), item);
        Some(item)
    }

    /// An element that only says in which language it is.
    fn with_language(&mut self, node: &Node, base: Place) -> Place {
        let around = if let Place::In(part) = base { Some(part) } else { None };
        let Some(lang) = attribute(node, "lang").filter(|lang| !lang.is_empty()) else { return base };
        let outer = around.map_or(self.lang, |part| self.lang_of(part));
        if lang == outer {
            return base;
        }
        let in_text = around.is_some_and(|part| holds_text(&self.read.structure.parts[part].role));
        Place::In(self.part_of(node, if in_text { Role::Span } else { Role::Group }, around))
    }

    pub(super) fn part_of(&mut self, node: &Node, role: Role, within: Option<usize>) -> usize {
        let words = match role {
            Role::Figure => words_of(node),
            Role::Link => attribute(node, "aria-label").map(str::to_owned).or_else(|| Some(text_of(self.doc, node))),
            _ => None,
        };
        let outer = within.map_or(self.lang, |part| self.lang_of(part));
        let lang = attribute(node, "lang").filter(|lang| !lang.is_empty() && *lang != outer).map(str::to_owned);
        let is_link = role == Role::Link;
        let part = self.part(role, within);
        self.read.structure.parts[part].words = words;
        self.read.structure.parts[part].lang = lang;
        if is_link {
            self.read.links.insert(node.id, part);
        }
        part
    }

    pub(super) fn part(&mut self, role: Role, within: Option<usize>) -> usize {
        self.last = None;
        self.read.structure.parts.push(Part { role, within, lang: None, words: None });
        self.read.structure.parts.len() - 1
    }

    /// The passage that goes on in a part, or a new one.
    pub(super) fn passage(&mut self, within: usize) -> usize {
        if let Some(last) = self.last.filter(|last| self.read.structure.parts[*last].within == Some(within)) {
            return last;
        }
        let passage = self.part(Role::Passage, Some(within));
        self.last = Some(passage);
        passage
    }

    pub(super) fn lang_of(&self, part: usize) -> &str {
        let mut next = Some(part);
        while let Some(part) = next.and_then(|part| self.read.structure.parts.get(part)) {
            if let Some(lang) = &part.lang {
                return lang;
            }
            next = part.within;
        }
        self.lang
    }
}

fn is_named(node: &Node, name: &str) -> bool {
    node.element_data().is_some_and(|element| &*element.name.local == name)
}

/// The text of an element.
fn text_of(doc: &BaseDocument, node: &Node) -> String {
    const MOST: usize = 400;
    let mut text = String::new();
    let mut open = vec![node.id];
    while let Some(node) = open.pop().and_then(|id| doc.get_node(id)) {
        if text.len() > MOST {
            break;
        }
        match node.text_data() {
            Some(own) => text.push_str(&own.content),
            None => text.extend(is_picture(node).then(|| words_of(node)).flatten()),
        }
        open.extend(node.children.iter().rev());
    }
    text.retain(|c| !matches!(c, '\u{200b}' | '\u{2060}' | '\u{2061}'));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
