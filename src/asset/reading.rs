//! Bytes of a file to a picture that can be shown, and what is said about it.

use crate::asset::{Image, hash, pixels, raster, svg};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;

/// What a picture lost on the way in.
#[derive(Clone, Debug, Default)]
pub(super) struct Losses {
    /// What was taken out of a drawing, in the user's words.
    removed: Vec<String>,
    /// Characters of a drawing that no font has.
    missing: Vec<char>,
    /// What is different from the file, as the rest of a sentence that begins with its name.
    changes: Vec<String>,
}

impl Losses {
    /// Reports all of it for the picture that `source` names, at `span`.
    pub(super) fn report(&self, source: &str, span: Span, diagnostics: &mut Diagnostics) {
        for character in &self.missing {
            let message = format!("no font has `{}`, which this drawing shows", character.escape_debug());
            diagnostics.push(
                Diagnostic::new(&code::MISSING_GLYPH, span, message)
                    .hint("turn the text of the drawing into paths, or write it with other characters"),
            );
        }
        if !self.removed.is_empty() {
            let message = format!("{} {} left out of this drawing", list(&self.removed), were(self.removed.len()));
            diagnostics.push(
                Diagnostic::new(&code::SVG_REMOVED, span, message)
                    .hint("a drawing may hold shapes, text and pictures as `data:` URLs"),
            );
        }
        for change in &self.changes {
            let message = format!("{} {change}", named(source));
            diagnostics.push(Diagnostic::new(&code::PICTURE_CHANGED, span, message));
        }
    }
}

/// What messages call the picture that `source` names.
pub(super) fn named(source: &str) -> String {
    if source.len() > 120 { "this picture".to_owned() } else { format!("`{source}`") }
}

/// Reads every pixel of a picture, or a whole drawing.
pub(super) fn read(bytes: Vec<u8>) -> Result<(Image, Losses), String> {
    if let Some(mime) = raster::sniff(&bytes) {
        let admitted = pixels::admit(mime, &bytes)?;
        #[allow(clippy::cast_precision_loss, reason = "a side has at most 65,535 pixels")]
        let (width, height) = (admitted.size.0 as f32, admitted.size.1 as f32);
        let mime = admitted.mime;
        let losses = Losses { changes: admitted.changes.clone(), ..Losses::default() };
        let bytes = admitted.made_anew().unwrap_or(bytes);
        let hash = hash(&bytes);
        return Ok((Image { bytes, mime, width, height, hash, shapes: None }, losses));
    }
    let text = std::str::from_utf8(&bytes).ok().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = text.filter(|text| text.trim_start().starts_with('<'));
    let text = text.ok_or_else(|| {
        let kind = if bytes.is_empty() { "the file is empty" } else { "it is no PNG, JPEG, GIF, WebP or SVG" };
        kind.to_owned()
    })?;
    let drawing = svg::flatten(text, None)?;
    let mut losses = Losses { removed: drawing.removed, missing: drawing.missing, ..Losses::default() };
    if drawing.text_needs_pixels {
        let change = "has a filter, a mask or a pattern; where no browser shows it, its text is drawn as pixels";
        losses.changes.push(change.to_owned());
    }
    let size = (drawing.width, drawing.height);
    Ok((Image::of_drawing(drawing.svg, Some(drawing.shapes), size), losses))
}

/// `a`, `a and b`, `a, b and c`.
fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn were(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}
