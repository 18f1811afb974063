//! The bundled fonts, and subsets of fonts for the deck.

use std::collections::BTreeSet;

use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider as _};
use skera::{Plan, SubsetFlags};

/// A font that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct BundledFont {
    /// The family's name.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

macro_rules! bundled {
    ($family:literal $weight:literal $italic:literal $file:literal) => {
        BundledFont {
            family: $family,
            weight: $weight,
            italic: $italic,
            bytes: include_bytes!(concat!("../../themes/fonts/", $file)),
        }
    };
}

/// Every bundled font; Latin families first, so that a fallback finds Latin characters there.
pub static BUNDLED: &[BundledFont] = &[
    bundled!("Inter" 400 false "inter-regular.ttf"),
    bundled!("Inter" 400 true "inter-italic.ttf"),
    bundled!("Inter" 700 false "inter-bold.ttf"),
    bundled!("Inter" 700 true "inter-bold-italic.ttf"),
    bundled!("JetBrains Mono" 400 false "jetbrains-mono-regular.ttf"),
    bundled!("JetBrains Mono" 700 false "jetbrains-mono-bold.ttf"),
    bundled!("Noto Sans SC" 400 false "noto-sans-sc-regular.ttf"),
    bundled!("Noto Sans SC" 700 false "noto-sans-sc-bold.ttf"),
    bundled!("Noto Serif SC" 600 false "noto-serif-sc-semibold.ttf"),
    bundled!("Noto Emoji" 400 false "noto-emoji-regular.ttf"),
];

/// Brotli's effort: of its levels the one beyond which a subset of 600 Han characters shrinks by less than
/// 3 % a level while the time doubles.
const BROTLI_LEVEL: u8 = 5;

/// What shapes text the way the layout shapes it: kerning, marks, ligatures, and the figures and forms that CSS asks
/// for by name. Without kerning, lines would break elsewhere than in the PDF.
const FEATURES: [&[u8; 4]; 14] = [
    b"kern", b"mark", b"mkmk", b"ccmp", b"liga", b"clig", b"calt", b"locl", b"rlig", b"tnum", b"zero", b"case",
    b"sups", b"subs",
];

/// The characters of `characters` that face `index` of `font` has, as a WOFF2 file; `None` when it has none of them.
///
/// # Errors
/// In words, when `font` can't be read.
pub fn subset_for_web(font: &[u8], index: u32, characters: &BTreeSet<char>) -> Result<Option<Vec<u8>>, String> {
    let Some(subset) = subset(font, index, characters)? else { return Ok(None) };
    let packed =
        ttf2woff2::encode(&subset, BROTLI_LEVEL.into()).map_err(|error| format!("can't be packed: {error}"))?;
    Ok(Some(packed))
}

/// The same as a TrueType or OpenType file.
fn subset(font: &[u8], index: u32, characters: &BTreeSet<char>) -> Result<Option<Vec<u8>>, String> {
    let font = FontRef::from_index(font, index).map_err(|error| format!("not a font: {error}"))?;
    let cmap = font.cmap().map_err(|error| format!("not a font: {error}"))?;
    let has = |character: &u32| cmap.map_codepoint(*character).is_some_and(|glyph| glyph.to_u32() != 0);
    let unicodes: IntSet<u32> = characters.iter().map(|character| u32::from(*character)).filter(has).collect();
    if unicodes.is_empty() {
        return Ok(None);
    }
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        &[b"DSIG", b"STAT", b"gasp", b"VORG", b"vhea", b"vmtx"].into_iter().map(Tag::new).collect(),
        &IntSet::all(),
        &FEATURES.into_iter().map(Tag::new).collect(),
        &(0..=2).chain([13, 14]).map(NameId::new).collect(),
        &[0x409].into_iter().collect(),
    );
    skera::subset_font(&font, &plan).map(Some).map_err(|error| format!("can't be subset: {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use read_fonts::{FontRef, TableProvider as _};

    use super::{BUNDLED, subset, subset_for_web};

    #[test]
    fn a_subset_has_the_characters_asked_for_and_no_others() {
        let wanted: BTreeSet<char> = "连接池warm-up，".chars().collect();
        for font in BUNDLED.iter().filter(|font| font.family == "Noto Sans SC") {
            let packed = subset_for_web(font.bytes, 0, &wanted).unwrap().unwrap();
            assert_eq!(packed, subset_for_web(font.bytes, 0, &wanted).unwrap().unwrap());
            assert!(packed.len() < 20_000, "{}", packed.len());
            let subset = subset(font.bytes, 0, &wanted).unwrap().unwrap();
            let cmap = FontRef::new(&subset).unwrap().cmap().unwrap();
            let has = |character| cmap.map_codepoint(character).is_some();
            assert!(wanted.iter().all(|character| has(*character)));
            assert!(!has('面'));
        }
    }

    #[test]
    fn a_font_without_the_characters_gives_no_file() {
        assert_eq!(subset_for_web(BUNDLED[0].bytes, 0, &BTreeSet::from(['连'])), Ok(None));
        assert!(subset_for_web(b"no font", 0, &BTreeSet::from(['a'])).is_err());
    }
}
