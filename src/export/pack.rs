//! What a pack holds and what it was made from, as `pack.json`.
//!
//! In: the names and bytes of the other files, and of the sources. Out: JSON without a date, equal for equal packs.

use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// A pack to describe.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    /// The talk's title.
    pub title: &'a str,
    /// The talk's language.
    pub lang: &'a str,
    /// The theme's name.
    pub theme: &'a str,
    /// How many slides it shows.
    pub slides: usize,
    /// Name and content of every text that was read.
    pub sources: Vec<(&'a str, &'a [u8])>,
    /// Name and content of every file made.
    pub files: Vec<(&'a str, &'a [u8])>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'static str,
    title: &'a str,
    lang: &'a str,
    theme: &'a str,
    slides: usize,
    sources: Vec<Entry<'a>>,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    bytes: usize,
    sha256: String,
}

/// The text of `pack.json`.
#[must_use]
pub fn pack(pack: &Pack<'_>) -> String {
    let manifest = Manifest {
        generator: concat!("retell ", env!("CARGO_PKG_VERSION")),
        title: pack.title,
        lang: pack.lang,
        theme: pack.theme,
        slides: pack.slides,
        sources: pack.sources.iter().map(entry).collect(),
        files: pack.files.iter().map(entry).collect(),
    };
    // Only a map with keys that are no strings could fail, and there is none.
    let mut json = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    json.push('\n');
    json
}

fn entry<'a>((name, content): &(&'a str, &'a [u8])) -> Entry<'a> {
    let digest = Sha256::digest(content);
    let mut sha256 = String::with_capacity(64);
    for byte in digest {
        let _ = write!(sha256, "{byte:02x}");
    }
    Entry { name, bytes: content.len(), sha256 }
}
