//! HTML to [`Page`]s.
//!
//! In: one HTML document per slide or paper page. Out: everything that is painted, and every box.
//! The only home of Blitz and anyrender; it knows nothing of talks, themes or output formats.

mod page;

pub use page::{
    Blend, Command, ElementBox, Extend, FillRule, FontBytes, FontFile, Glyph, GlyphRun, Gradient, GradientShape,
    ImagePaint, LinkArea, MissingGlyph, Page, Paint, Raster, Rgba, TextLine,
};
