//! Text: glyphs as outlines.

use kurbo::Affine;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

use super::PngError;
use super::canvas::Canvas;
use super::picture::Shelf;
use super::shape;
use crate::layout::{Command, FillRule, FontFile, GlyphRun, Page, Paint, outline};

/// Finds fonts that nothing could be painted of: of bitmaps, or damaged.
pub(super) fn check_fonts(page: &Page) -> Result<(), PngError> {
    let mut sound: Vec<u64> = Vec::new();
    for command in &page.commands {
        let Command::Glyphs(run) = command else { continue };
        if !sound.contains(&run.font.key) {
            check_font(&run.font)?;
            sound.push(run.font.key);
        }
    }
    Ok(())
}

fn check_font(file: &FontFile) -> Result<(), PngError> {
    let font = FontRef::from_index(file.data.as_ref(), file.index)
        .map_err(|error| PngError::Font { name: "Unnamed".to_owned(), reason: error.to_string() })?;
    if font.outline_glyphs().format().is_some() {
        return Ok(());
    }
    let name = font.localized_strings(StringId::FULL_NAME).english_or_first();
    let name = name.map_or_else(|| "Unnamed".to_owned(), |name| name.to_string());
    Err(PngError::Font { name, reason: "it has no outlines".to_owned() })
}

/// Draws a run.
pub(super) fn draw(canvas: &mut Canvas, run: &GlyphRun, shelf: &Shelf) {
    if matches!(run.paint, Paint::Solid(color) if color.alpha <= 0.0) {
        return;
    }
    let Some(path) = outline(run).map(|outline| run.transform * outline) else { return };
    match &run.stroke {
        None => shape::fill(canvas, &path, FillRule::NonZero, &run.paint, shelf),
        Some(style) => shape::stroke(canvas, (&path, Affine::IDENTITY), style, &run.paint, shelf),
    }
}
