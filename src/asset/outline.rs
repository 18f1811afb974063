//! Single characters as shapes, for formulas whose own fonts lack them.

use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider as _};

use crate::asset::fonts::BUNDLED;

/// The shape of a character.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// SVG path data, the baseline's start at 0 0, y downwards, 100 units per em.
    pub path: String,
    /// How far the text moves on, in ems.
    pub advance: f64,
    /// The family of the font.
    pub family: &'static str,
}

/// The character in the first bundled font that has it, upright and of regular weight.
#[must_use]
pub fn outline(character: char) -> Option<Outline> {
    let regular = BUNDLED.iter().filter(|font| font.weight == 400 && !font.italic);
    regular.filter_map(|bundled| Some((bundled.family, FontRef::new(bundled.bytes).ok()?))).find_map(
        |(family, font)| {
            let glyph = font.charmap().map(character).filter(|glyph| glyph.to_u32() != 0)?;
            let size = Size::new(100.0);
            let mut pen = Pen(String::new());
            let settings = DrawSettings::unhinted(size, LocationRef::default());
            font.outline_glyphs().get(glyph)?.draw(settings, &mut pen).ok()?;
            let advance = font.glyph_metrics(size, LocationRef::default()).advance_width(glyph)?;
            Some(Outline { path: pen.0, advance: f64::from(advance) / 100.0, family })
        },
    )
}

/// Writes SVG path data.
struct Pen(String);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x:.2} {:.2}", -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x:.2} {:.2}", -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{cx:.2} {:.2} {x:.2} {:.2}", -cy, -y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{ax:.2} {:.2} {bx:.2} {:.2} {x:.2} {:.2}", -ay, -by, -y);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn bundled_fonts_give_shapes() {
        let connect = outline('连').unwrap();
        assert!(connect.path.starts_with('M') && connect.path.ends_with('Z'));
        assert!((connect.advance - 1.0).abs() < 0.01);
        assert!(outline('ш').unwrap().advance < 1.2);
        assert_eq!(outline('\u{10fffd}'), None);
    }
}
