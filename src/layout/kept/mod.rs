//! Pages of an earlier run, used again.
//!
//! In: the bytes that an earlier run left, and what a page would be made from. Out: the same page without laying it
//! out, and the bytes to leave for the next run. A page is found by the hash of everything that it depends on, so it
//! can't be out of date; what is broken or foreign is not found. Knows nothing of files.

mod bytes;
mod forms;
mod page;
mod store;

pub use store::Kept;

use sha2::{Digest as _, Sha256};

use crate::layout::document::Html;
use crate::layout::{Fonts, Layouter, Pictures};

/// The hash of everything that a page depends on.
pub(super) type Key = [u8; 32];

/// What pages with this style sheet have in common: the sheet, and which pictures it finds.
pub(super) fn look(css: &str, pictures: &Pictures) -> Key {
    let mut hash = Sha256::new();
    add(&mut hash, css.as_bytes());
    add_pictures(&mut hash, css, pictures);
    hash.finalize().into()
}

/// The same and the fonts.
pub(super) fn look_with_fonts(look: &Key, fonts: &Fonts) -> Key {
    let mut hash = Sha256::new();
    add(&mut hash, look);
    for source in fonts.sources() {
        add(&mut hash, source.family.as_bytes());
        add(&mut hash, &source.weight.to_le_bytes());
        add(&mut hash, &[u8::from(source.italic), u8::from(source.in_program)]);
        // Fonts of the program change with the program only, and are many megabytes.
        add(&mut hash, if source.in_program { &[] } else { (*source.data).as_ref() });
    }
    hash.finalize().into()
}

/// All that the page of `html` depends on.
pub(super) fn key(layouter: &Layouter, html: &Html<'_>, kept: &Kept) -> Key {
    let mut hash = Sha256::new();
    add(&mut hash, kept.program().as_bytes());
    add(&mut hash, &layouter.look);
    add(&mut hash, &layouter.size.width.to_le_bytes());
    add(&mut hash, &layouter.size.height.to_le_bytes());
    add(&mut hash, &[u8::from(layouter.on_paper)]);
    add(&mut hash, html.lang.as_bytes());
    add(&mut hash, &html.step.map_or(-1, i64::from).to_le_bytes());
    add(&mut hash, html.body.as_bytes());
    add_pictures(&mut hash, html.body, &layouter.pictures);
    hash.finalize().into()
}

/// Adds which of the pictures a text names: their addresses hold the hashes of their bytes.
fn add_pictures(hash: &mut Sha256, text: &str, pictures: &Pictures) {
    for url in pictures.named_in(text) {
        add(hash, url.as_bytes());
    }
}

/// Adds a value so that no two lists of values give the same bytes.
fn add(hash: &mut Sha256, value: &[u8]) {
    hash.update((value.len() as u64).to_le_bytes());
    hash.update(value);
}
