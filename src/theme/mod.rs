//! Theme folder to [`Theme`].
//!
//! In: `theme.yaml`, `theme.css`, `print/*.css` and `layouts/*.html` of a built-in theme or of a folder, and of every
//! theme it extends. Out: one resolved [`Theme`]. It knows nothing of slides; what the CSS and the
//! templates say is read by the browser, the layout engine and [`crate::deck`]; only [`examine`] looks for CSS that the
//! two don't draw alike.

mod examine;
mod file;
mod folder;
mod ink;
mod own_properties;
mod preview;
mod registry;
mod resolve;
mod safe_css;
mod start;
#[cfg(test)]
mod tests;
mod twin;
mod unsafe_css;

pub use examine::{Examined, examine};
pub use preview::preview;
pub use registry::{Listed, Registry};
pub use start::start;

use std::collections::BTreeMap;

/// A theme with everything it inherits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// The name by which talks ask for it.
    pub name: String,
    /// One line on what it looks like.
    pub description: String,
    /// Custom properties of the deck without their leading `--`, and their values.
    pub tokens: BTreeMap<String, String>,
    /// The whole CSS: the custom properties, then the oldest ancestor's CSS, then each descendant's.
    pub css: String,
    /// The CSS of the follow-up sheet: the custom properties, then `sheet.css` and `paper.css` of the oldest
    /// ancestor, then of each descendant.
    pub sheet: String,
    /// The CSS of handouts and run sheets, put together from `print/document.css` in the same way.
    pub document: String,
    /// Rules that make slides spare of ink, from `print/ink.css` in the same way but without the custom properties.
    pub ink: String,
    /// Templates by file name without `.html`; layouts and the pieces that they include.
    pub layouts: BTreeMap<String, String>,
    /// Font families by use.
    pub fonts: FontStacks,
    /// Further fonts that the theme brings.
    pub font_files: Vec<FontFile>,
}

/// Font families by use, the preferred one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontStacks {
    /// Running text.
    pub body: Vec<String>,
    /// Headings.
    pub heading: Vec<String>,
    /// Code.
    pub mono: Vec<String>,
}

/// The family, last in every stack, by which a deck carries system fonts for characters that no other font has.
pub const FALLBACK_FAMILY: &str = "Retell Fallback";

/// The bundled families that fill in what a theme's own lack, in the order in which the layout asks them.
const BUNDLED_FALLBACKS: [&str; 3] = ["Inter", "Noto Sans SC", "Noto Emoji"];

/// A font that a theme brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontFile {
    /// The file's name in the theme folder.
    pub name: String,
    /// The bytes of the file: TrueType, OpenType or WOFF2.
    pub bytes: Vec<u8>,
}

/// Layouts that a theme folder may hold without naming them in `theme.yaml`.
pub const LAYOUTS: [&str; 12] = [
    "title",
    "section",
    "default",
    "two-columns",
    "image-right",
    "image-left",
    "quote",
    "big-number",
    "code",
    "full-image",
    "qa",
    "end",
];
