//! The outline: bookmarks nested by their levels.

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::Document;
use super::unicode::text_string;

/// An entry being placed.
struct Entry {
    id: ObjectId,
    dict: Dictionary,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Adds the outline and returns its number; `None` when there are no bookmarks.
pub(super) fn add(file: &mut lopdf::Document, document: &Document<'_>, pages: &[ObjectId]) -> Option<ObjectId> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut top: Vec<usize> = Vec::new();
    // The entries that the next one may lie in, outermost first.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let pages = document.pages.iter().zip(pages);
    for (bookmark, id) in pages.flat_map(|(page, id)| page.bookmarks.iter().map(move |bookmark| (bookmark, id))) {
        while open.last().is_some_and(|(level, _)| *level >= bookmark.level) {
            open.pop();
        }
        let number = entries.len();
        let parent = open.last().map(|(_, parent)| *parent);
        match parent.and_then(|parent| entries.get_mut(parent)) {
            Some(parent) => parent.children.push(number),
            None => top.push(number),
        }
        open.push((bookmark.level, number));
        let dest = vec![(*id).into(), "Fit".into()];
        let dict = dictionary! { "Title" => text_string(bookmark.title), "Dest" => dest };
        entries.push(Entry { id: file.new_object_id(), dict, parent, children: Vec::new() });
    }
    let ids: Vec<ObjectId> = entries.iter().map(|entry| entry.id).collect();
    let root = file.new_object_id();
    let mut dict = dictionary! { "Type" => "Outlines" };
    set_children(&mut dict, &top, &ids, ids.len())?;
    file.set_object(root, dict);
    let below = descendants(&entries);
    let siblings: Vec<(Option<ObjectId>, Option<ObjectId>)> = neighbours(&entries, &top, &ids);
    for ((mut entry, below), (before, after)) in entries.into_iter().zip(below).zip(siblings) {
        let parent = entry.parent.and_then(|parent| ids.get(parent)).copied().unwrap_or(root);
        entry.dict.set("Parent", parent);
        if let Some(before) = before {
            entry.dict.set("Prev", before);
        }
        if let Some(after) = after {
            entry.dict.set("Next", after);
        }
        set_children(&mut entry.dict, &entry.children, &ids, below);
        file.set_object(entry.id, Object::Dictionary(entry.dict));
    }
    Some(root)
}

/// Tells a dictionary what lies in it, all of it unfolded; `None` when nothing does.
fn set_children(dict: &mut Dictionary, children: &[usize], ids: &[ObjectId], below: usize) -> Option<()> {
    dict.set("First", *ids.get(*children.first()?)?);
    dict.set("Last", *ids.get(*children.last()?)?);
    dict.set("Count", i64::try_from(below).unwrap_or_default());
    Some(())
}

/// Returns how many entries lie in each entry, at any depth.
fn descendants(entries: &[Entry]) -> Vec<usize> {
    let mut below = vec![0; entries.len()];
    // Parents come before their children.
    for (number, entry) in entries.iter().enumerate().rev() {
        let own = below.get(number).copied().unwrap_or_default();
        if let Some(parent) = entry.parent.and_then(|parent| below.get_mut(parent)) {
            *parent += own + 1;
        }
    }
    below
}

/// Returns for each entry the ones before and after it in the same parent.
fn neighbours(entries: &[Entry], top: &[usize], ids: &[ObjectId]) -> Vec<(Option<ObjectId>, Option<ObjectId>)> {
    let mut result = vec![(None, None); entries.len()];
    for family in entries.iter().map(|entry| entry.children.as_slice()).chain([top]) {
        for pair in family.windows(2) {
            let [before, after] = pair else { continue };
            if let Some(entry) = result.get_mut(*before) {
                entry.1 = ids.get(*after).copied();
            }
            if let Some(entry) = result.get_mut(*after) {
                entry.0 = ids.get(*before).copied();
            }
        }
    }
    result
}
