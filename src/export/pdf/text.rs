//! Glyph runs as text that can be selected and copied as it was typed.

use kurbo::{Affine, Rect, Vec2};
use printpdf::{Codepoint, DictItem, Op, TextItem, TextMatrix, TextRenderingMode};

use super::content::{Canvas, matrix};
use super::font::{Font, Fonts};
use super::marks::actual_text;
use super::{paint, shape};
use crate::layout::{GlyphRun, Paint, PartOf, Rgba};

/// Thousandths of an em.
const PER_EM: f64 = 1000.0;

/// Draws a run.
pub(super) fn draw(canvas: &mut Canvas, run: &GlyphRun, fonts: &Fonts<'_>) {
    let Some((number, font)) = fonts.get(&run.font) else { return };
    if !(run.font_size > 0.0 && run.font_size.is_finite()) || run.glyphs.is_empty() {
        return;
    }
    match (&run.paint, &run.stroke) {
        (Paint::Solid(color), None) => {
            canvas.text_mode(mode_for(*color, TextRenderingMode::Fill));
            canvas.fill_color(*color);
            show(canvas, run, (number, font));
        }
        (Paint::Solid(color), Some(style)) => {
            canvas.save();
            canvas.text_mode(mode_for(*color, TextRenderingMode::Stroke));
            canvas.stroke_color(*color);
            shape::set_style(canvas, style);
            show(canvas, run, (number, font));
            canvas.restore();
        }
        (paint, _) => {
            canvas.save();
            canvas.text_mode(TextRenderingMode::Clip);
            show(canvas, run, (number, font));
            let area = reach(run).intersect(canvas.bounds);
            paint::flood(canvas, area, paint);
            canvas.restore();
        }
    }
}

/// Text without colour is there to be found and copied.
fn mode_for(color: Rgba, mode: TextRenderingMode) -> TextRenderingMode {
    if color.alpha > 0.0 { mode } else { TextRenderingMode::Invisible }
}

/// Returns an area that all glyphs lie in.
fn reach(run: &GlyphRun) -> Rect {
    let em = f64::from(run.font_size);
    let boxes = run
        .glyphs
        .iter()
        .map(|glyph| Rect::from_center_size((f64::from(glyph.x), f64::from(glyph.y)), (em * 4.0, em * 4.0)));
    let all = boxes.reduce(|all, one| all.union(one)).unwrap_or_default();
    run.transform.transform_rect_bbox(all)
}

/// Adds the text object of a run.
fn show(canvas: &mut Canvas, run: &GlyphRun, (number, font): (usize, &Font<'_>)) {
    canvas.op(Op::StartTextSection);
    canvas.font(number, run.font_size);
    let mut line = Line::new(canvas, run, font);
    let mut rest = run.glyphs.as_slice();
    while let Some(first) = rest.first() {
        // Later glyphs of a cluster have no text of their own.
        let length = 1 + rest.iter().skip(1).take_while(|glyph| glyph.text.is_empty()).count();
        let (cluster, after) = rest.split_at(length);
        rest = after;
        let plain = length == 1 && font.text(first.id) == &*first.text && !first.text.is_empty();
        if plain {
            line.go_on();
        } else {
            line.begin_span(&first.text);
        }
        for glyph in cluster {
            line.glyph(glyph.id, Vec2::new(glyph.x.into(), glyph.y.into()));
        }
        if !plain {
            line.end_span();
        }
    }
    line.flush();
    canvas.op(Op::EndTextSection);
}

/// Glyphs on their way to the page.
struct Line<'a, 'b> {
    canvas: &'a mut Canvas,
    font: &'a Font<'b>,
    transform: Affine,
    glyph_transform: Affine,
    /// Pixels of the run per thousandth of an em of the text, along the line.
    scale: f64,
    /// Where the line that the pen is on begins; unknown at first.
    start: Option<Vec2>,
    /// How far the pen is from there, in thousandths of an em.
    pen: f64,
    items: Vec<TextItem>,
    /// The part that the piece belongs to which is being drawn.
    part: Option<PartOf>,
}

impl<'a, 'b> Line<'a, 'b> {
    fn new(canvas: &'a mut Canvas, run: &GlyphRun, font: &'a Font<'b>) -> Self {
        let glyph_transform = run.glyph_transform.filter(Affine::is_finite).unwrap_or_default();
        let [along, aside, ..] = glyph_transform.as_coeffs();
        // A pen that leaves the line is set down anew for each glyph.
        let scale = if aside == 0.0 { along * f64::from(run.font_size) / PER_EM } else { 0.0 };
        let transform = run.transform;
        let part = canvas.marked_part();
        Self { canvas, font, transform, glyph_transform, scale, start: None, pen: 0.0, items: Vec::new(), part }
    }

    #[allow(clippy::float_cmp, reason = "glyphs of one line have the same height exactly")]
    #[allow(clippy::cast_possible_truncation, reason = "a PDF number has no more than single precision")]
    fn glyph(&mut self, id: u16, at: Vec2) {
        const FARTHEST: f64 = 30_000.0;
        let away =
            self.start.filter(|start| start.y == at.y && self.scale > 0.0).map(|start| (at.x - start.x) / self.scale);
        match away.map(|away| (self.pen - away).round()).filter(|kern| kern.abs() < FARTHEST) {
            Some(kern) => {
                if kern != 0.0 {
                    self.items.push(TextItem::Offset(kern as f32));
                    self.pen -= kern;
                }
            }
            None => self.set_down(at),
        }
        let code = self.font.code(id);
        self.pen += f64::from(self.font.width(id));
        let glyph = Codepoint::new(code, 0.0);
        if let Some(TextItem::GlyphIds(glyphs)) = self.items.last_mut() {
            glyphs.push(glyph);
        } else {
            self.items.push(TextItem::GlyphIds(vec![glyph]));
        }
    }

    fn set_down(&mut self, at: Vec2) {
        self.flush();
        let upright = self.transform * Affine::translate(at) * self.glyph_transform * Affine::FLIP_Y;
        self.canvas.op(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix(upright)) });
        self.start = Some(at);
        self.pen = 0.0;
    }

    /// What follows stands for what its glyphs mostly stand for.
    fn go_on(&mut self) {
        if self.part.is_some() && self.canvas.stands_for_text() {
            self.flush();
            self.mark(None);
        }
    }

    fn flush(&mut self) {
        if !self.items.is_empty() {
            let items = std::mem::take(&mut self.items);
            self.canvas.op(Op::ShowText { items });
        }
    }

    /// What follows stands for `text`, whatever its glyphs mostly stand for.
    ///
    /// Within a piece of a part that is a piece of its own: some readers take the end of one within it for its end.
    fn begin_span(&mut self, text: &str) {
        self.flush();
        if self.part.is_some() {
            self.mark(Some(text));
            return;
        }
        let properties = DictItem::Dict { map: [("ActualText".to_owned(), actual_text(text))].into() };
        self.canvas.op(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
    }

    fn end_span(&mut self) {
        self.flush();
        if self.part.is_none() {
            self.canvas.op(Op::EndMarkedContent);
        }
    }

    /// Begins a new piece of the part, which cannot be within a text object that began before it.
    fn mark(&mut self, text: Option<&str>) {
        self.canvas.op(Op::EndTextSection);
        self.canvas.mark_as(self.part, text);
        self.canvas.op(Op::StartTextSection);
        self.start = None;
    }
}
