//! A content stream being drawn: its operations, and the resources that it names.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kurbo::{Affine, Rect};
use printpdf::{
    Color, CurTransMat, DictItem, ExtendedGraphicsStateId, Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rgb,
    ShadingId, TextRenderingMode,
};

use super::marks::Marks;
use super::shadow::Shadow;
use crate::layout::{Blend, PartOf, Raster, Rgba};

/// A finished content stream.
#[derive(Debug)]
pub(super) struct Content {
    /// Its operators, Flate-compressed.
    pub(super) bytes: Vec<u8>,
    /// What they name.
    pub(super) resources: Resources,
    /// The part that each of its marked pieces belongs to, by their numbers.
    pub(super) parts: Vec<PartOf>,
}

/// What a content stream names; names are a letter and the place in these lists.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Numbers of fonts of the document: `T0`.
    pub(super) fonts: BTreeSet<usize>,
    /// Graphics states: `G0`.
    pub(super) states: Vec<GraphicsState>,
    /// Shadings: `S0`.
    pub(super) shadings: Vec<lopdf::Dictionary>,
    /// Pictures and groups: `X0`.
    pub(super) objects: Vec<Object>,
}

/// How what follows mixes with what is below.
#[derive(Debug)]
pub(super) enum GraphicsState {
    /// The opacity, in thousandths.
    Alpha(u16),
    /// The blend mode.
    Blend(Blend),
    /// The luminosity of a group is the opacity.
    Mask(Group),
    /// The opacity of a group is the opacity.
    Stencil(Group),
}

/// Something drawn by name.
#[derive(Debug)]
pub(super) enum Object {
    /// Pixels.
    Raster(Arc<Raster>),
    /// A blurred rectangle.
    Shadow(Shadow),
    /// A content stream painted as one.
    Group(Group),
    /// What several pages draw alike, by its number.
    Drawing(usize),
}

/// A content stream painted as one.
#[derive(Debug)]
pub(super) struct Group {
    /// What is in it.
    pub(super) content: Content,
    /// The area beyond which nothing of it shows.
    pub(super) bounds: Rect,
}

/// The graphics state that is in force, as far as this stream has set it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct InForce {
    alpha: u16,
    fill: Option<[u16; 3]>,
    stroke: Option<[u16; 3]>,
    font: Option<(usize, u32)>,
    text_mode: TextRenderingMode,
}

/// A content stream being drawn.
#[derive(Debug)]
pub(super) struct Canvas {
    /// The area that can show anything, in pixels.
    pub(super) bounds: Rect,
    pub(super) ops: Vec<Op>,
    resources: Resources,
    in_force: InForce,
    saved: Vec<InForce>,
    /// What is said of its pieces; `None` where it belongs to something as a whole.
    pub(super) marks: Option<Marks>,
}

impl Canvas {
    /// Returns an empty canvas.
    pub(super) fn new(bounds: Rect) -> Self {
        let in_force =
            InForce { alpha: 1000, fill: None, stroke: None, font: None, text_mode: TextRenderingMode::Fill };
        Self { bounds, ops: Vec::new(), resources: Resources::default(), in_force, saved: Vec::new(), marks: None }
    }

    /// Adds an operation that changes nothing that the canvas keeps track of.
    pub(super) fn op(&mut self, op: Op) {
        self.ops.push(op);
    }

    /// Adds an operator with numbers before it.
    pub(super) fn operator(&mut self, operator: &str, numbers: &[f64]) {
        let value = numbers.iter().map(|number| DictItem::Real(coordinate(*number))).collect();
        self.ops.push(Op::Unknown { key: operator.to_owned(), value });
    }

    /// Remembers the graphics state.
    pub(super) fn save(&mut self) {
        self.saved.push(self.in_force);
        self.ops.push(Op::SaveGraphicsState);
    }

    /// Returns to the graphics state last remembered.
    pub(super) fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.in_force = state;
            self.ops.push(Op::RestoreGraphicsState);
        }
    }

    /// Changes the coordinate system; belongs between `save` and `restore`.
    pub(super) fn transform(&mut self, transform: Affine) {
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix(transform)) });
    }

    /// Sets the colour and opacity of what is filled.
    pub(super) fn fill_color(&mut self, color: Rgba) {
        self.alpha(color.alpha);
        let rgb = thousandths(color);
        if self.in_force.fill != Some(rgb) {
            self.in_force.fill = Some(rgb);
            self.ops.push(Op::SetFillColor { col: color_of(rgb) });
        }
    }

    /// Sets the colour and opacity of what is stroked.
    pub(super) fn stroke_color(&mut self, color: Rgba) {
        self.alpha(color.alpha);
        let rgb = thousandths(color);
        if self.in_force.stroke != Some(rgb) {
            self.in_force.stroke = Some(rgb);
            self.ops.push(Op::SetOutlineColor { col: color_of(rgb) });
        }
    }

    /// Sets the opacity of everything.
    pub(super) fn alpha(&mut self, alpha: f32) {
        let alpha = thousandth(alpha);
        if self.in_force.alpha == alpha {
            return;
        }
        self.in_force.alpha = alpha;
        let known =
            self.resources.states.iter().position(|state| matches!(state, GraphicsState::Alpha(a) if *a == alpha));
        match known {
            Some(number) => self.load(number),
            None => self.state(GraphicsState::Alpha(alpha)),
        }
    }

    /// Puts a graphics state in force; belongs between `save` and `restore`.
    pub(super) fn state(&mut self, state: GraphicsState) {
        self.resources.states.push(state);
        self.load(self.resources.states.len() - 1);
    }

    fn load(&mut self, number: usize) {
        self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(format!("G{number}")) });
    }

    /// Sets whether glyphs are filled, stroked or clip.
    pub(super) fn text_mode(&mut self, mode: TextRenderingMode) {
        if self.in_force.text_mode != mode {
            self.in_force.text_mode = mode;
            self.ops.push(Op::SetTextRenderingMode { mode });
        }
    }

    /// Sets the font by its number, and its size in pixels.
    pub(super) fn font(&mut self, number: usize, size: f32) {
        if self.in_force.font != Some((number, size.to_bits())) {
            self.in_force.font = Some((number, size.to_bits()));
            self.resources.fonts.insert(number);
            let font = printpdf::PdfFontHandle::External(printpdf::FontId(format!("T{number}")));
            self.ops.push(Op::SetFont { font, size: Pt(size) });
        }
    }

    /// Paints a shading over all that is not clipped.
    pub(super) fn shading(&mut self, shading: lopdf::Dictionary) {
        let number = self.resources.shadings.len();
        self.resources.shadings.push(shading);
        self.ops.push(Op::PaintShading { id: ShadingId(format!("S{number}")) });
    }

    /// Draws an object.
    pub(super) fn object(&mut self, object: Object) {
        // A group begins with the text state that is in force where it is drawn, and takes it to be the first one.
        self.text_mode(TextRenderingMode::Fill);
        let number = self.resources.objects.len();
        self.resources.objects.push(object);
        self.draw(number);
    }

    /// Draws an object again, by its number.
    pub(super) fn draw(&mut self, number: usize) {
        let value = vec![DictItem::Name(format!("X{number}").into_bytes())];
        self.ops.push(Op::Unknown { key: "Do".to_owned(), value });
    }

    /// Returns how many objects were drawn for the first time: the number of the next.
    pub(super) fn objects(&self) -> usize {
        self.resources.objects.len()
    }

    /// Returns the finished stream.
    pub(super) fn finish(mut self) -> Content {
        self.let_go();
        while !self.saved.is_empty() {
            self.restore();
        }
        let parts = self.marks.map_or_else(Vec::new, Marks::into_parts);
        Content { bytes: deflate(&operators(self.ops)), resources: self.resources, parts }
    }

    /// Returns the finished stream as a group.
    pub(super) fn into_group(self) -> Group {
        Group { bounds: self.bounds, content: self.finish() }
    }
}

/// Returns the options that printpdf writes with: operators that it has no name for are kept.
pub(super) fn options() -> PdfSaveOptions {
    PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None }
}

/// Returns operations as the operators of a content stream.
fn operators(ops: Vec<Op>) -> Vec<u8> {
    let mut document = PdfDocument::new("");
    let area = printpdf::Rect::from_wh(Pt(1.0), Pt(1.0));
    document.pages = vec![PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops }];
    let written = document.to_lopdf_document(&options(), &mut Vec::new());
    written
        .page_iter()
        .next()
        .and_then(|page| written.get_page_contents(page).first().copied())
        .and_then(|id| written.get_object(id).ok()?.as_stream().ok().map(|stream| stream.content.clone()))
        .unwrap_or_default()
}

/// Returns bytes Flate-compressed.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Returns a length or place to a thousandth of a pixel; what is not a number becomes 0.
pub(super) fn coordinate(number: f64) -> f32 {
    rounded(number, 1e3)
}

/// Returns a matrix as PDF writes it.
pub(super) fn matrix(transform: Affine) -> [f32; 6] {
    let [xx, xy, yx, yy, x, y] = transform.as_coeffs();
    let part = |factor: f64| rounded(factor, 1e6);
    [part(xx), part(xy), part(yx), part(yy), coordinate(x), coordinate(y)]
}

#[allow(clippy::cast_possible_truncation, reason = "a PDF number has no more than single precision")]
fn rounded(number: f64, steps: f64) -> f32 {
    const FARTHEST: f64 = 1e6;
    if number.is_nan() {
        return 0.0;
    }
    // Adding zero turns -0 into 0.
    ((number.clamp(-FARTHEST, FARTHEST) * steps).round() / steps + 0.0) as f32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first; NaN becomes 0")]
fn thousandth(part: f32) -> u16 {
    (part.clamp(0.0, 1.0) * 1000.0).round() as u16
}

fn thousandths(color: Rgba) -> [u16; 3] {
    [thousandth(color.red), thousandth(color.green), thousandth(color.blue)]
}

fn color_of([red, green, blue]: [u16; 3]) -> Color {
    let part = |thousandths: u16| f32::from(thousandths) / 1000.0;
    Color::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}
