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
    /// Every file made.
    pub files: Vec<PackedFile<'a>>,
}

/// A file of a pack.
#[derive(Clone, Copy, Debug)]
pub struct PackedFile<'a> {
    /// Its path in the pack.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// The id of the slide that it is a picture of.
    pub slide: Option<&'a str>,
    /// After how many clicks it shows that, where each has a picture.
    pub step: Option<u32>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    slide: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
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
        sources: pack.sources.iter().map(|(name, content)| entry(name, content)).collect(),
        files: pack.files.iter().map(packed).collect(),
    };
    // Only a map with keys that are no strings could fail, and there is none.
    let mut json = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    json.push('\n');
    json
}

fn packed<'a>(file: &PackedFile<'a>) -> Entry<'a> {
    Entry { slide: file.slide, step: file.step, ..entry(file.name, file.bytes) }
}

fn entry<'a>(name: &'a str, content: &'a [u8]) -> Entry<'a> {
    let digest = Sha256::digest(content);
    let mut sha256 = String::with_capacity(64);
    for byte in digest {
        let _ = write!(sha256, "{byte:02x}");
    }
    Entry { name, bytes: content.len(), sha256, slide: None, step: None }
}
