//! The fonts of drawings: the bundled ones, and those of the system behind them for characters that they lack.

use std::sync::{Arc, OnceLock};

use skrifa::{FontRef, MetadataProvider as _};
use usvg::fontdb;

use crate::asset::fonts;

/// The fonts to draw `text` with, and the characters that not even the system's have, each once.
///
/// Searching the system's fonts takes tens of milliseconds, once, and only where a bundled font lacks a character.
pub(super) fn choose(text: &str) -> (Arc<fontdb::Database>, Vec<char>) {
    static BUNDLED: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    static WITH_SYSTEM: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let bundled = BUNDLED.get_or_init(|| Arc::new(database()));
    let missing = lacking(bundled, text.chars().filter(|character| is_visible(*character)));
    if missing.is_empty() {
        return (Arc::clone(bundled), missing);
    }
    let with_system = WITH_SYSTEM.get_or_init(|| {
        let mut database = database();
        database.load_system_fonts();
        Arc::new(database)
    });
    (Arc::clone(with_system), lacking(with_system, missing.into_iter()))
}

fn database() -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for font in fonts::BUNDLED {
        database.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
    }
    database.set_sans_serif_family("Inter");
    database.set_serif_family("Inter");
    database.set_cursive_family("Inter");
    database.set_fantasy_family("Inter");
    database.set_monospace_family("JetBrains Mono");
    database
}

/// The characters that no font of `database` has, each once.
fn lacking(database: &fontdb::Database, characters: impl Iterator<Item = char>) -> Vec<char> {
    let mut wanted: Vec<char> = Vec::new();
    for character in characters {
        if !wanted.contains(&character) {
            wanted.push(character);
        }
    }
    for face in database.faces() {
        if wanted.is_empty() {
            break;
        }
        database.with_face_data(face.id, |bytes, index| {
            if let Ok(font) = FontRef::from_index(bytes, index) {
                let characters = font.charmap();
                wanted.retain(|character| characters.map(*character).is_none_or(|glyph| glyph.to_u32() == 0));
            }
        });
    }
    wanted
}

/// Whether a character should leave a mark: controls, joiners and variation selectors need no glyph.
fn is_visible(character: char) -> bool {
    !character.is_control()
        && !character.is_whitespace()
        && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        && !matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}
