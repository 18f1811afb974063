//! What the layout of one page amounts to: everything painted, in order, and every box that a rule
//! may ask about. All coordinates are CSS pixels from the page's top left corner, y downwards.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use kurbo::{Affine, BezPath, Rect, Size};

use crate::asset;
use crate::layout::structure::{PartOf, Placed};

/// One laid-out page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Width and height.
    pub size: Size,
    /// What is painted, bottom first.
    pub commands: Vec<Command>,
    /// Areas that lead somewhere.
    pub links: Vec<LinkArea>,
    /// Every box that was laid out, parents before children.
    pub boxes: Vec<ElementBox>,
    /// Characters that no font has, in reading order, each once.
    pub missing: Vec<MissingGlyph>,
    /// What could not be painted, in words.
    pub not_painted: Vec<String>,
    /// What the parts of the page mean; empty where nobody has told.
    pub structures: Vec<Placed>,
}

impl Page {
    /// A page with nothing on it.
    #[must_use]
    pub fn empty(size: Size) -> Self {
        Self {
            size,
            commands: Vec::new(),
            links: Vec::new(),
            boxes: Vec::new(),
            missing: Vec::new(),
            not_painted: Vec::new(),
            structures: Vec::new(),
        }
    }
}

/// One painting step.
#[derive(Clone, Debug)]
pub enum Command {
    /// Everything up to the matching [`Command::Pop`] is clipped to `path`.
    PushClip {
        /// The area that stays visible.
        path: BezPath,
        /// How the path is filled.
        rule: FillRule,
    },
    /// Everything up to the matching [`Command::Pop`] is painted as one group.
    PushGroup {
        /// The area that stays visible.
        path: BezPath,
        /// 0 (invisible) to 1.
        alpha: f32,
        /// How the group mixes with what is below.
        blend: Blend,
    },
    /// Everything up to the matching [`Command::Pop`] is not seen: of what the group around it has painted so far, as much
    /// stays visible as this has opacity there.
    PushMask {
        /// The area beyond which nothing stays visible.
        path: BezPath,
    },
    /// Everything up to the matching [`Command::Pop`] is one picture, and belongs to this part.
    PushPart(PartOf),
    /// Ends the last clip, group, mask or picture.
    Pop,
    /// Fills an area.
    Fill {
        /// The area.
        path: BezPath,
        /// How the path is filled.
        rule: FillRule,
        /// With what.
        paint: Paint,
    },
    /// Draws along a path.
    Stroke {
        /// The path before `transform`.
        path: BezPath,
        /// Width, joins, caps and dashes, before `transform`.
        stroke: kurbo::Stroke,
        /// From the path's space to the page's.
        transform: Affine,
        /// With what; in page space.
        paint: Paint,
    },
    /// Draws glyphs.
    Glyphs(GlyphRun),
    /// Draws a rounded rectangle blurred by a Gaussian.
    Shadow {
        /// The rectangle before blurring and before `transform`.
        rect: Rect,
        /// Corner radius.
        radius: f64,
        /// The Gaussian's standard deviation.
        deviation: f64,
        /// Its colour.
        color: Rgba,
        /// From the rectangle's space to the page's.
        transform: Affine,
    },
}

/// How a self-crossing path is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard ones")]
pub enum FillRule {
    NonZero,
    EvenOdd,
}

/// How a group mixes with what is below, by the names of PDF and CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard ones")]
pub enum Blend {
    Normal,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Hue,
    Saturation,
    Color,
    Luminosity,
}

/// A colour of the sRGB space, not premultiplied; each part 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Rgba {
    pub red: f32,
    pub green: f32,
    pub blue: f32,
    pub alpha: f32,
}

/// What an area is painted with.
#[derive(Clone, Debug)]
pub enum Paint {
    /// One colour.
    Solid(Rgba),
    /// A gradient.
    Gradient(Gradient),
    /// A picture.
    Image(ImagePaint),
}

/// A gradient.
#[derive(Clone, Debug)]
pub struct Gradient {
    /// Its shape, before `transform`.
    pub shape: GradientShape,
    /// Offsets (0 to 1, not decreasing) and colours.
    pub stops: Vec<(f32, Rgba)>,
    /// What lies beyond the ends.
    pub extend: Extend,
    /// From the gradient's space to the page's.
    pub transform: Affine,
}

/// The shape of a gradient.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are the standard ones")]
pub enum GradientShape {
    Linear {
        start: kurbo::Point,
        end: kurbo::Point,
    },
    Radial {
        start_center: kurbo::Point,
        start_radius: f64,
        end_center: kurbo::Point,
        end_radius: f64,
    },
    /// Angles in radians, clockwise from the positive x axis.
    Sweep {
        center: kurbo::Point,
        start_angle: f64,
        end_angle: f64,
    },
}

/// What lies beyond the ends of a gradient or picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard ones")]
pub enum Extend {
    Pad,
    Repeat,
    Reflect,
}

/// A picture as paint.
#[derive(Clone, Debug)]
pub struct ImagePaint {
    /// The pixels.
    pub image: Arc<Raster>,
    /// From pixel space (y downwards) to the page's.
    pub transform: Affine,
    /// 0 (invisible) to 1.
    pub alpha: f32,
    /// What lies beyond the picture's edges, across and down.
    pub extend: (Extend, Extend),
}

/// A raster picture, standing upright.
#[derive(Debug)]
pub struct Raster {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its pixels.
    pub pixels: PixelSource,
}

/// Where the pixels of a picture are.
#[derive(Debug)]
pub enum PixelSource {
    /// `width * height * 4` bytes, row by row, 8 bits each of red, green, blue and alpha, not premultiplied.
    Rgba(Vec<u8>),
    /// A PNG, JPEG, GIF or WebP file, known to be readable; a JPEG may have to be turned by its Exif header.
    File(Arc<[u8]>),
}

impl Raster {
    /// The pixels as [`PixelSource::Rgba`] has them; takes the time to decode a file. Empty for a file that is none.
    #[must_use]
    pub fn rgba(&self) -> Cow<'_, [u8]> {
        match &self.pixels {
            PixelSource::Rgba(rgba) => Cow::Borrowed(rgba),
            PixelSource::File(bytes) => Cow::Owned(asset::pixels(bytes).map(|pixels| pixels.rgba).unwrap_or_default()),
        }
    }
}

/// Glyphs of one font and size on one line.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// The font.
    pub font: Arc<FontFile>,
    /// Pixels per em, before `transform`.
    pub font_size: f32,
    /// Glyphs and their places, before `transform`.
    pub glyphs: Vec<Glyph>,
    /// From the run's space to the page's.
    pub transform: Affine,
    /// Applied to each glyph's outline about its origin, for synthetic slant.
    pub glyph_transform: Option<Affine>,
    /// With what.
    pub paint: Paint,
    /// Outlines only, when text is stroked.
    pub stroke: Option<kurbo::Stroke>,
    /// The passage that it belongs to; `None` for what is only there to be looked at.
    pub part: Option<PartOf>,
    /// Whether it is text of a drawing, which decks have as shapes.
    pub in_drawing: bool,
}

/// One glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// The glyph's number in its font.
    pub id: u16,
    /// Distance from the run's origin.
    pub x: f32,
    /// Distance from the run's origin, downwards.
    pub y: f32,
    /// The text that this glyph stands for, empty for the later glyphs of one cluster.
    pub text: Box<str>,
}

/// A font as it lies in its file.
#[derive(Debug)]
pub struct FontFile {
    /// Equal for equal files: a hash of the bytes and the face's index.
    pub key: u64,
    /// The family that style sheets call it by; `None` for a font of the system that fills in.
    pub family: Option<String>,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The bytes of the file.
    pub data: FontBytes,
    /// The face within a collection.
    pub index: u32,
}

/// Bytes of a font, shared.
#[derive(Clone)]
pub struct FontBytes(pub Arc<dyn AsRef<[u8]> + Send + Sync>);

impl AsRef<[u8]> for FontBytes {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl std::fmt::Debug for FontBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontBytes({})", self.as_ref().len())
    }
}

/// An area that leads somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    /// The area.
    pub rect: Rect,
    /// Where to: a URL, or `#id` of a slide.
    pub target: String,
    /// The part that the link is.
    pub part: Option<PartOf>,
}

/// One laid-out element, or one line of text in it.
#[derive(Clone, Debug)]
pub struct ElementBox {
    /// The element's name, as `li`.
    pub tag: String,
    /// Its classes.
    pub classes: Vec<String>,
    /// Its attributes that begin with `data-`, without that prefix.
    pub data: BTreeMap<String, String>,
    /// The number of the box it lies in; `None` for the outermost.
    pub parent: Option<usize>,
    /// Border box.
    pub rect: Rect,
    /// Whether content beyond `rect` is cut off.
    pub clips: bool,
    /// The area within the padding, of a box that is seen or cuts off: with a ground, a border or a shadow.
    pub room: Option<Rect>,
    /// Whether it stands where its style puts it: out of the flow, or moved.
    pub is_free: bool,
    /// Whether it is a picture or drawing.
    pub replaced: bool,
    /// Lines of text that stand directly in it.
    pub lines: Vec<TextLine>,
}

/// Text of one style on one line.
#[derive(Clone, Debug)]
pub struct TextLine {
    /// The area from ascent to descent.
    pub rect: Rect,
    /// The text.
    pub text: String,
    /// Pixels per em.
    pub font_size: f32,
    /// Whether the weight is 700 or more.
    pub bold: bool,
    /// Its colour.
    pub color: Rgba,
    /// The number of the box whose style it has (an inline element's own box may be missing).
    pub owner_tag: String,
}

/// A character that no font has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The text around it.
    pub context: String,
    /// The byte range of the block it stands in, as `data-at` gives it.
    pub at: Option<String>,
}
