use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::talk::{Slide, slug};

/// An id that the author wrote.
pub(super) struct WrittenId {
    pub(super) id: String,
    pub(super) span: Span,
}

/// Gives every slide an id of its own: the one written on its heading (already in `slide.id`), else a
/// slug of its title, else its number. `written` lists the ids of the whole talk in source order.
pub(super) fn assign(slides: &mut [Slide], written: &[WrittenId], diagnostics: &mut Diagnostics) {
    report_repeats(written, diagnostics);
    let reserved: BTreeSet<&str> = written.iter().map(|written| written.id.as_str()).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for (index, slide) in slides.iter_mut().enumerate() {
        let is_written = !slide.id.is_empty();
        let base = if is_written { slide.id.clone() } else { slug(slide.title.as_deref().unwrap_or_default()) };
        let base = if base.is_empty() { format!("slide-{}", index + 1) } else { base };
        let mut id = base.clone();
        let count = next.entry(base.clone()).or_insert(1);
        while used.contains(&id) || (!is_written && reserved.contains(id.as_str())) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        used.insert(id.clone());
        slide.id = id;
    }
}

/// Reports every id that was written before.
pub(super) fn report_repeats(written: &[WrittenId], diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for WrittenId { id, span } in written {
        if let Some(&before) = first.get(id.as_str()) {
            diagnostics.push(
                Diagnostic::new(&code::DUPLICATE_ID, *span, format!("the id `{id}` is already taken"))
                    .label(before, "first used here")
                    .hint("give each of the two an id of its own"),
            );
        } else {
            first.insert(id, *span);
        }
    }
}
