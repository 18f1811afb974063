//! How pages and all that is on them are written down.

use std::sync::Arc;

use crate::layout::kept::bytes::{Packed, Packer, Unpacker, packed_enum, packed_struct};
use crate::layout::page::{
    Blend, Command, ElementBox, Extend, FillRule, FontFile, Glyph, GlyphRun, Gradient, GradientShape, ImagePaint,
    LinkArea, Page, Paint, PixelSource, Raster, Rgba, TextLine,
};
use crate::layout::structure::{Cell, Heads, Part, PartOf, Placed, Role, Structure};

/// More bytes of pixels than this are not written down: the page is laid out each time.
const MOST_PIXELS: usize = 1024 * 1024;

impl Packed for Page {
    fn pack(&self, to: &mut Packer<'_>) {
        let Self { size, commands, links, boxes, missing, not_painted, structures } = self;
        // What is missing here, the system's fonts may have tomorrow.
        to.whole &= missing.is_empty();
        size.pack(to);
        commands.pack(to);
        links.pack(to);
        boxes.pack(to);
        not_painted.pack(to);
        structures.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            size: Packed::unpack(from)?,
            commands: Packed::unpack(from)?,
            links: Packed::unpack(from)?,
            boxes: Packed::unpack(from)?,
            missing: Vec::new(),
            not_painted: Packed::unpack(from)?,
            structures: Packed::unpack(from)?,
        })
    }
}

packed_enum!(Command {
    0 PushClip { path, rule },
    1 PushGroup { path, alpha, blend },
    2 PushMask { path },
    3 PushPart(part: PartOf),
    4 Pop,
    5 Fill { path, rule, paint },
    6 Stroke { path, stroke, transform, paint },
    7 Glyphs(run: GlyphRun),
    8 Shadow { rect, radius, deviation, color, transform },
});
packed_enum!(FillRule { 0 NonZero, 1 EvenOdd });
packed_enum!(Blend {
    0 Normal, 1 Multiply, 2 Screen, 3 Overlay, 4 Darken, 5 Lighten, 6 ColorDodge, 7 ColorBurn, 8 HardLight,
    9 SoftLight, 10 Difference, 11 Exclusion, 12 Hue, 13 Saturation, 14 Color, 15 Luminosity,
});
packed_struct!(Rgba { red, green, blue, alpha });
packed_enum!(Paint { 0 Solid(color: Rgba), 1 Gradient(gradient: Gradient), 2 Image(image: ImagePaint) });
packed_struct!(Gradient { shape, stops, extend, transform });
packed_enum!(GradientShape {
    0 Linear { start, end },
    1 Radial { start_center, start_radius, end_center, end_radius },
    2 Sweep { center, start_angle, end_angle },
});
packed_enum!(Extend { 0 Pad, 1 Repeat, 2 Reflect });
packed_struct!(ImagePaint { image, transform, alpha, extend });
packed_struct!(GlyphRun { font, font_size, glyphs, transform, glyph_transform, paint, stroke, part, in_drawing });
packed_struct!(Glyph { id, x, y, text });
packed_struct!(LinkArea { rect, target, part });
packed_struct!(ElementBox { tag, classes, data, parent, rect, clips, room, is_free, replaced, lines });
packed_struct!(TextLine { rect, text, font_size, bold, color, owner_tag });
packed_struct!(Placed { structure, within });
packed_struct!(PartOf { structure, part });
packed_struct!(Structure { parts });
packed_struct!(Part { role, within, lang, words });
packed_enum!(Role {
    0 Passage, 1 Section, 2 Group, 3 Heading(level: u8), 4 Paragraph, 5 List { numbered }, 6 Item, 7 Label, 8 ItemBody,
    9 Table, 10 Row, 11 Cell(cell: Cell), 12 Figure, 13 Caption, 14 Code, 15 Link, 16 Quote, 17 Note, 18 Span,
    19 Place(name: String),
});
packed_struct!(Cell { heads, spans });
packed_enum!(Heads { 0 Column, 1 Row });

impl Packed for Arc<Structure> {
    fn pack(&self, to: &mut Packer<'_>) {
        (**self).pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Structure::unpack(from).map(Self::new)
    }
}

/// A font is its number among those that the page may use.
impl Packed for Arc<FontFile> {
    fn pack(&self, to: &mut Packer<'_>) {
        match to.layouter.fonts.number(self) {
            Some(number) => (number, self.index).pack(to),
            None => to.whole = false,
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (number, index) = Packed::unpack(from)?;
        from.layouter.fonts.numbered(number, index)
    }
}

/// A picture of the talk is its address; what is made for one page alone is its pixels.
impl Packed for Arc<Raster> {
    fn pack(&self, to: &mut Packer<'_>) {
        let url = to.layouter.pictures.url_of(self).map(str::to_owned);
        url.pack(to);
        if url.is_some() {
            return;
        }
        (self.width, self.height).pack(to);
        let (is_file, bytes) = match &self.pixels {
            PixelSource::Rgba(rgba) => (false, rgba.as_slice()),
            PixelSource::File(file) => (true, &**file),
        };
        if to.bytes.len() + bytes.len() > MOST_PIXELS {
            to.whole = false;
            return;
        }
        is_file.pack(to);
        bytes.len().pack(to);
        to.bytes.extend_from_slice(bytes);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if let Some(url) = Option::<String>::unpack(from)? {
            return from.layouter.pictures.raster(&url);
        }
        let (width, height): (u32, u32) = Packed::unpack(from)?;
        let is_file = bool::unpack(from)?;
        let length = usize::unpack(from)?;
        let bytes = from.take(length)?;
        let pixels = if is_file { PixelSource::File(bytes.into()) } else { PixelSource::Rgba(bytes.to_vec()) };
        Some(Self::new(Raster { width, height, pixels }))
    }
}
