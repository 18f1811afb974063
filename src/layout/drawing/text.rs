//! Texts of drawings as glyphs.
//!
//! What a run of glyphs can't say is drawn as outlines as before, and glyphs without colour above it let the text be found:
//! strokes, gradients, colour fonts and variable ones.

use std::sync::Arc;

use kurbo::Affine;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::OutlineGlyphFormat;
use skrifa::{FontRef, MetadataProvider as _};
use usvg::layout::{PositionedGlyph, Span};
use usvg::{Node, Text, fontdb};

use crate::layout::drawing::{Drawer, paint};
use crate::layout::fonts::Fonts;
use crate::layout::page::{Command, FontBytes, FontFile, Glyph, GlyphRun, Paint, Rgba};

/// What text has that is drawn as outlines and is there to be found.
const NO_COLOR: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 };

/// What covers less of a page than this for each unit of a text is not seen.
const FLAT: f64 = 1e-9;

/// A font of a drawing.
#[derive(Clone, Debug)]
pub(super) struct Face {
    file: Arc<FontFile>,
    /// Of its em.
    units: f64,
    /// Whether its shapes depend on weight, size or the like.
    is_variable: bool,
}

impl Face {
    /// A font of the database; `None` where its glyphs have no outlines, or such as no PDF can hold.
    pub(super) fn find(database: &fontdb::Database, id: fontdb::ID, fonts: &Fonts) -> Option<Self> {
        let (source, index) = database.face_source(id)?;
        let data = match source {
            fontdb::Source::Binary(data) => data,
            _ => Arc::new(database.with_face_data(id, |bytes, _| bytes.to_vec())?),
        };
        let file = fonts.of_bytes(FontBytes(data), index);
        let font = FontRef::from_index(file.data.as_ref(), index).ok()?;
        font.outline_glyphs().format().filter(|format| *format != OutlineGlyphFormat::Cff2)?;
        let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let is_variable = !font.axes().is_empty();
        Some(Self { file, units: f64::from(units.max(1)), is_variable })
    }
}

impl Drawer<'_> {
    /// Draws a text of the space that `to_page` brings to the page.
    pub(super) fn text(&mut self, text: &Text, to_page: Affine) {
        let shown: Vec<&Span> = text.layouted().iter().filter(|span| is_shown(span)).collect();
        let runs: Vec<Vec<GlyphRun>> = shown.iter().map(|span| self.runs(span, to_page)).collect();
        // Glyphs of colour fonts are groups.
        let has_outlines = text.flattened().children().iter().all(|node| matches!(node, Node::Path(_)));
        let is_whole = |(span, runs): (&&Span, &Vec<GlyphRun>)| {
            let glyphs: usize = runs.iter().map(|run| run.glyphs.len()).sum();
            glyphs == span.positioned_glyphs.len() && self.is_plain(span)
        };
        if !has_outlines || !shown.iter().zip(&runs).all(is_whole) {
            self.group(text.flattened(), to_page);
            for run in runs.into_iter().flatten() {
                self.run(GlyphRun { paint: Paint::Solid(NO_COLOR), ..run });
            }
            return;
        }
        for (span, runs) in shown.into_iter().zip(runs) {
            for line in [&span.overline, &span.underline].into_iter().flatten() {
                self.path(line, to_page);
            }
            for run in runs {
                self.run(run);
            }
            if let Some(line) = &span.line_through {
                self.path(line, to_page);
            }
        }
    }

    fn run(&mut self, run: GlyphRun) {
        if self.has_room() {
            self.drawn.commands.push(Command::Glyphs(run));
        }
    }

    /// The glyphs of a span, those of one font that lie alike in one run, without those that can't be shown so.
    fn runs(&mut self, span: &Span, to_page: Affine) -> Vec<GlyphRun> {
        let mut runs: Vec<GlyphRun> = Vec::new();
        let mut last = None;
        for (glyph, text) in span.positioned_glyphs.iter().zip(texts(&span.positioned_glyphs)) {
            let Some((face, form, placed)) = self.placed(glyph, text) else { continue };
            let transform = to_page * form;
            if !transform.is_finite() || transform.determinant().abs() < FLAT {
                continue;
            }
            let look = (glyph.font, glyph.font_size().to_bits(), form.as_coeffs().map(f64::to_bits));
            match runs.last_mut().filter(|_| last == Some(look)) {
                Some(run) => run.glyphs.push(placed),
                None => runs.push(GlyphRun {
                    font: face.file,
                    font_size: glyph.font_size(),
                    glyphs: vec![placed],
                    transform,
                    glyph_transform: None,
                    paint: Paint::Solid(self.color(span)),
                    stroke: None,
                    part: None,
                    in_drawing: true,
                }),
            }
            last = Some(look);
        }
        runs
    }

    /// A glyph of the text `text` in its font, and how it lies there.
    fn placed(&self, glyph: &PositionedGlyph, text: &str) -> Option<(Face, Affine, Glyph)> {
        let face = self.stand_in.face(glyph.font, self.fonts)?;
        let at = paint::affine(glyph.transform());
        let form = form(at, f64::from(glyph.font_size()) / face.units)?;
        let place = form.inverse() * at.translation().to_point();
        let id = u16::try_from(glyph.id.0).ok()?;
        Some((face, form, Glyph { id, x: rounded(place.x), y: rounded(place.y), text: text.into() }))
    }

    /// Whether runs of glyphs, and lines of one colour, say all that is seen of a span.
    fn is_plain(&self, span: &Span) -> bool {
        let is_color = |paint: &usvg::Paint| matches!(paint, usvg::Paint::Color(_));
        let is_filled = span.fill.as_ref().is_some_and(|fill| is_color(fill.paint()) && fill.opacity().get() > 0.0);
        let mut lines = [&span.underline, &span.overline, &span.line_through].into_iter().flatten();
        let has_plain_lines = lines.all(|line| {
            line.fill().is_none_or(|fill| is_color(fill.paint()))
                && line.stroke().is_none_or(|stroke| is_color(stroke.paint()))
        });
        let is_fixed =
            |glyph: &PositionedGlyph| self.stand_in.face(glyph.font, self.fonts).is_some_and(|face| !face.is_variable);
        is_filled && span.stroke.is_none() && has_plain_lines && span.positioned_glyphs.iter().all(is_fixed)
    }

    /// The colour that a span is filled with, where it is one.
    fn color(&self, span: &Span) -> Rgba {
        match span.fill.as_ref().map(|fill| (fill.paint(), fill.opacity())) {
            Some((usvg::Paint::Color(color), opacity)) => {
                paint::color(*color, opacity.get(), self.stand_in.text_color())
            }
            _ => NO_COLOR,
        }
    }
}

/// Whether anything of a span is seen.
fn is_shown(span: &Span) -> bool {
    let is_filled = span.fill.as_ref().is_some_and(|fill| fill.opacity().get() > 0.0);
    let is_stroked = span.stroke.as_ref().is_some_and(|stroke| stroke.opacity().get() > 0.0);
    let has_lines = span.underline.is_some() || span.overline.is_some() || span.line_through.is_some();
    span.visible && (is_filled || is_stroked || has_lines)
}

/// How glyphs lie that `at` brings from units of their font to the drawing, besides their size and place: upright is the
/// identity. `None` where they have no extent.
fn form(at: Affine, scale: f64) -> Option<Affine> {
    const STEPS: f64 = 1e6;
    let [xx, yx, xy, yy, ..] = at.as_coeffs().map(|factor| (factor / scale * STEPS).round() / STEPS);
    let form = Affine::new([xx, yx, xy, yy, 0.0, 0.0]);
    (form.is_finite() && form.determinant().abs() > FLAT).then_some(form)
}

/// A place to the ten-thousandth of a unit, so that what stands on one line does so exactly.
#[allow(clippy::cast_possible_truncation, reason = "places on a page need no more")]
fn rounded(place: f64) -> f32 {
    ((place * 1e4).round() / 1e4) as f32
}

/// What each glyph stands for: the first of a cluster for all of it. usvg tells it for the one that ends the cluster.
fn texts(glyphs: &[PositionedGlyph]) -> Vec<&str> {
    let mut texts = vec![""; glyphs.len()];
    // Where the cluster begins whose text is yet to come.
    let mut first = None;
    let mut before = "";
    for (number, glyph) in glyphs.iter().enumerate() {
        if !glyph.text.is_empty() {
            before = &glyph.text;
            if let Some(text) = texts.get_mut(first.take().unwrap_or(number)) {
                *text = before;
            }
        } else if !before.chars().any(is_right_to_left) {
            first = first.or(Some(number));
        }
    }
    texts
}

/// Whether a character is of a script that is written from right to left; there a cluster's text comes first.
fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}')
}
