//! Laid-out pages to PNG pictures.
//!
//! In: [`Page`]s, each with the size in pixels that its picture is to have. Out: the bytes of the files, the same for the
//! same input on however many threads. Everything of a page is painted by tiny-skia, glyphs as outlines; it knows
//! nothing of talks, HTML or files.

mod canvas;
mod crop;
mod glyphs;
mod page;
mod paint;
mod picture;
mod shadow;
mod shape;

use std::fmt;

use rayon::prelude::*;

use crate::asset;
use crate::layout::Page;

/// A page and the size of its picture.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// What is on it.
    pub page: &'a Page,
    /// Width and height in pixels, over which the page is spread.
    pub size: (u32, u32),
}

/// Why a page has no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PngError {
    /// A font has no outlines that can be painted.
    Font {
        /// The font's name, as far as its file tells it.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The picture is empty, or too large for the memory.
    Size((u32, u32)),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font { name, reason } => write!(f, "cannot paint the font `{name}`: {reason}"),
            Self::Size((width, height)) => write!(f, "cannot paint a picture of {width} × {height} pixels"),
        }
    }
}

impl std::error::Error for PngError {}

/// Returns each picture as a PNG file without opacity, several painted at a time.
///
/// # Errors
///
/// A font without outlines, or a size that no picture can have; the first in the order of the pictures.
pub fn pngs(pictures: &[Picture<'_>]) -> Result<Vec<Vec<u8>>, PngError> {
    let shelf = picture::Shelf::new(pictures.iter().map(|picture| picture.page));
    let painted: Vec<_> = pictures.par_iter().map(|picture| png(picture, &shelf)).collect();
    painted.into_iter().collect()
}

fn png(picture: &Picture<'_>, shelf: &picture::Shelf) -> Result<Vec<u8>, PngError> {
    let (width, height) = picture.size;
    let failed = || PngError::Size(picture.size);
    glyphs::check_fonts(picture.page)?;
    let rgba = page::paint(picture.page, picture.size, shelf).ok_or_else(failed)?;
    asset::png_file(width, height, rgba).ok_or_else(failed)
}
