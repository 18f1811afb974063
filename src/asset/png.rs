//! PNG files whose compressed rows a PDF can hold as they are.

use crate::asset::Mime;
use crate::asset::raster::{png_chunks, sniff};

/// An opaque PNG that stores its rows from top to bottom, of at most 8 bits a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Png<'a> {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Bits a channel: 1, 2, 4 or 8.
    pub bits: u8,
    /// Red, green and blue of each colour, where pixels are numbers of colours.
    pub palette: Option<&'a [u8]>,
    /// Whether a pixel is red, green and blue.
    is_rgb: bool,
    /// The parts of one zlib stream of filtered rows.
    pub data: Vec<&'a [u8]>,
}

impl<'a> Png<'a> {
    /// Reads the chunks of a PNG; `None` for any other file, and for a PNG with transparency, interlacing or 16 bits.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        sniff(bytes).filter(|mime| *mime == Mime::Png)?;
        let mut chunks = png_chunks(bytes);
        let (name, header) = chunks.next()?;
        let (&[w3, w2, w1, w0, h3, h2, h1, h0, bits, color, 0, 0, 0], b"IHDR") = (header, &name) else { return None };
        let mut png = Self {
            width: u32::from_be_bytes([w3, w2, w1, w0]),
            height: u32::from_be_bytes([h3, h2, h1, h0]),
            bits,
            palette: None,
            is_rgb: color == 2,
            data: Vec::new(),
        };
        if bits > 8 || !matches!(color, 0 | 2 | 3) {
            return None;
        }
        for (name, data) in chunks {
            match &name {
                b"tRNS" => return None,
                b"PLTE" if color == 3 => png.palette = Some(data),
                b"IDAT" => png.data.push(data),
                _ => {}
            }
        }
        let is_palette = |palette: &[u8]| (3..=768).contains(&palette.len()) && palette.len().is_multiple_of(3);
        let has_colors = color != 3 || png.palette.is_some_and(is_palette);
        (has_colors && !png.data.is_empty()).then_some(png)
    }

    /// How many numbers a pixel has.
    #[must_use]
    pub fn channels(&self) -> usize {
        if self.is_rgb { 3 } else { 1 }
    }
}
