//! Fonts: which glyphs are used and what they stand for, subsets of them, and their dictionaries.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, Stream, dictionary};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::content::deflate;
use super::unicode::to_unicode;
use crate::layout::{Command, FontFile, Page};

/// The width that the other widths are exceptions from: most Chinese glyphs have it.
const COMMON_WIDTH: u16 = 1000;

/// The fonts of a document, numbered in the order in which they first appear.
pub(super) struct Fonts<'a> {
    numbers: BTreeMap<u64, usize>,
    fonts: Vec<Font<'a>>,
}

/// A font, its used glyphs numbered anew.
pub(super) struct Font<'a> {
    file: &'a FontFile,
    remapper: GlyphRemapper,
    /// For each glyph's new number, the texts that it stands for and how often.
    texts: Vec<Vec<(&'a str, u32)>>,
    /// For each glyph's new number, thousandths of an em.
    widths: Vec<u16>,
}

impl<'a> Fonts<'a> {
    /// Returns the fonts that are used on `pages`.
    pub(super) fn collect(pages: impl Iterator<Item = &'a Page>) -> Self {
        let mut all = Self { numbers: BTreeMap::new(), fonts: Vec::new() };
        for command in pages.flat_map(|page| &page.commands) {
            let Command::Glyphs(run) = command else { continue };
            let number = *all.numbers.entry(run.font.key).or_insert(all.fonts.len());
            if number == all.fonts.len() {
                all.fonts.push(Font::new(&run.font));
            }
            if let Some(font) = all.fonts.get_mut(number) {
                for glyph in &run.glyphs {
                    font.count(glyph.id, &glyph.text);
                }
            }
        }
        for font in &mut all.fonts {
            font.settle();
        }
        all
    }

    /// Returns a font and its number.
    pub(super) fn get(&self, file: &FontFile) -> Option<(usize, &Font<'a>)> {
        let number = *self.numbers.get(&file.key)?;
        Some((number, self.fonts.get(number)?))
    }

    /// Returns what the PDF holds of each font.
    pub(super) fn programs(&self) -> Result<Vec<Program>, PdfError> {
        self.fonts.par_iter().map(Font::program).collect()
    }
}

impl<'a> Font<'a> {
    fn new(file: &'a FontFile) -> Self {
        Self { file, remapper: GlyphRemapper::new(), texts: vec![Vec::new()], widths: Vec::new() }
    }

    fn count(&mut self, id: u16, text: &'a str) {
        // Number 65,535 is no glyph, and one glyph fewer keeps the renumbering within bounds.
        let code = if id == u16::MAX { 0 } else { self.remapper.remap(id) };
        let code = usize::from(code);
        if code >= self.texts.len() {
            self.texts.resize(code + 1, Vec::new());
        }
        let Some(texts) = self.texts.get_mut(code) else { return };
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => texts.push((text, 1)),
        }
    }

    /// Puts the text that a glyph most often stands for first, and looks up the widths.
    fn settle(&mut self) {
        for texts in &mut self.texts {
            texts.sort_by(|(a, a_count), (b, b_count)| (a.is_empty(), b_count, a).cmp(&(b.is_empty(), a_count, b)));
        }
        let Ok(font) = FontRef::from_index(self.file.data.as_ref(), self.file.index) else { return };
        let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em).max(1.0);
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
        let width = |id: u16| {
            let advance = metrics.advance_width(GlyphId::new(id.into())).unwrap_or_default();
            (advance * 1000.0 / units).round().clamp(0.0, 65_535.0) as u16
        };
        self.widths = self.remapper.remapped_gids().map(width).collect();
    }

    /// Returns the code that shows a glyph.
    pub(super) fn code(&self, id: u16) -> u16 {
        self.remapper.get(id).unwrap_or(0)
    }

    /// Returns the text that a glyph's code stands for.
    pub(super) fn text(&self, id: u16) -> &'a str {
        self.text_of(usize::from(self.code(id)))
    }

    /// Returns a glyph's width as the PDF tells it, in thousandths of an em.
    pub(super) fn width(&self, id: u16) -> u16 {
        self.widths.get(usize::from(self.code(id))).copied().unwrap_or(COMMON_WIDTH)
    }

    fn text_of(&self, code: usize) -> &'a str {
        self.texts.get(code).and_then(|texts| texts.first()).map_or("", |(text, _)| text)
    }

    fn program(&self) -> Result<Program, PdfError> {
        let data = self.file.data.as_ref();
        let font = FontRef::from_index(data, self.file.index);
        let name = font.as_ref().ok().and_then(postscript_name).unwrap_or_else(|| "Unnamed".to_owned());
        let unusable = |reason: String| PdfError::Font { name: name.clone(), reason };
        let font = font.as_ref().map_err(|error| unusable(error.to_string()))?;
        let subset = subsetter::subset(data, self.file.index, &self.remapper)
            .map_err(|error| unusable(format!("its outlines are unreadable or of an unknown kind ({error})")))?;
        let name = format!("{}+{name}", tag(&subset));
        let compact = table(&subset, *b"CFF ");
        let file = match compact {
            Some(outlines) => stream(dictionary! { "Subtype" => "CIDFontType0C" }, outlines),
            None => stream(dictionary! { "Length1" => i64::try_from(subset.len()).unwrap_or(i64::MAX) }, &subset),
        };
        let texts: Vec<&str> = (0..self.texts.len()).map(|code| self.text_of(code)).collect();
        Ok(Program {
            descriptor: descriptor(font, &name),
            widths: self.width_array(),
            to_unicode: stream(Dictionary::new(), to_unicode(&texts).as_bytes()),
            compact: compact.is_some(),
            name,
            file,
        })
    }

    /// Returns the widths that are not the common one.
    fn width_array(&self) -> Object {
        let mut array: Vec<Object> = Vec::new();
        let mut run: Vec<Object> = Vec::new();
        for (code, width) in self.widths.iter().enumerate() {
            if *width == COMMON_WIDTH {
                if !run.is_empty() {
                    array.push(Object::Array(std::mem::take(&mut run)));
                }
                continue;
            }
            if run.is_empty() {
                array.push(i64::try_from(code).unwrap_or_default().into());
            }
            run.push(i64::from(*width).into());
        }
        if !run.is_empty() {
            array.push(Object::Array(run));
        }
        Object::Array(array)
    }
}

/// What the PDF holds of a font.
pub(super) struct Program {
    name: String,
    descriptor: Dictionary,
    file: Stream,
    to_unicode: Stream,
    widths: Object,
    /// Whether the outlines are CFF.
    compact: bool,
}

impl Program {
    /// Adds the font to a document and returns its number there.
    pub(super) fn add(&self, document: &mut lopdf::Document) -> lopdf::ObjectId {
        let file = document.add_object(self.file.clone());
        let to_unicode = document.add_object(self.to_unicode.clone());
        let mut descriptor = self.descriptor.clone();
        descriptor.set(if self.compact { "FontFile3" } else { "FontFile2" }, file);
        let descriptor = document.add_object(descriptor);
        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => if self.compact { "CIDFontType0" } else { "CIDFontType2" },
            "BaseFont" => self.name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => i64::from(COMMON_WIDTH),
            "W" => self.widths.clone(),
        };
        if !self.compact {
            descendant.set("CIDToGIDMap", "Identity");
        }
        let descendant = document.add_object(descendant);
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => self.name.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        })
    }
}

fn stream(mut dict: Dictionary, bytes: &[u8]) -> Stream {
    dict.set("Filter", "FlateDecode");
    Stream::new(dict, deflate(bytes))
}

/// Returns six capital letters that differ from subset to subset.
fn tag(subset: &[u8]) -> String {
    Sha256::digest(subset).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn postscript_name(font: &FontRef<'_>) -> Option<String> {
    let names = [StringId::POSTSCRIPT_NAME, StringId::FULL_NAME, StringId::FAMILY_NAME];
    let name = names.into_iter().find_map(|id| font.localized_strings(id).english_or_first())?;
    let letters: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(63).collect();
    (!letters.is_empty()).then_some(letters)
}

/// Returns a table of a font file.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let number = |at: usize| font.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let record = (0..count).map(|index| 12 + index * 16).find(|at| font.get(*at..at + 4) == Some(&tag))?;
    let start = usize::try_from(number(record + 8)?).ok()?;
    let length = usize::try_from(number(record + 12)?).ok()?;
    font.get(start..start.checked_add(length)?)
}

/// Returns a font's measures, in thousandths of an em; see PDF 32000-1, 9.8.
#[allow(clippy::cast_possible_truncation, reason = "font units are small")]
fn descriptor(font: &FontRef<'_>, name: &str) -> Dictionary {
    const FIXED_PITCH: i64 = 1;
    const SYMBOLIC: i64 = 4;
    const ITALIC: i64 = 64;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let units = f32::from(metrics.units_per_em).max(1.0);
    let scaled = |length: f32| (length * 1000.0 / units).round() as i64;
    let weight = font.attributes().weight.value();
    let mut flags = SYMBOLIC;
    if metrics.is_monospace {
        flags |= FIXED_PITCH;
    }
    if metrics.italic_angle != 0.0 {
        flags |= ITALIC;
    }
    let bounds = metrics
        .bounds
        .map_or([0, 0, 1000, 1000], |bounds| [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled));
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name,
        "Flags" => flags,
        "FontBBox" => bounds.map(Object::from).to_vec(),
        "ItalicAngle" => metrics.italic_angle.round() as i64,
        "Ascent" => scaled(metrics.ascent),
        "Descent" => scaled(metrics.descent),
        "CapHeight" => scaled(metrics.cap_height.unwrap_or(metrics.ascent)),
        // PDF asks for a stem width that few fonts tell; this follows their weight.
        "StemV" => (10.0 + 220.0 * (weight - 50.0) / 900.0).round() as i64,
    }
}
