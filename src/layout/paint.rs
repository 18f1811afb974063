//! What Blitz paints, as our own commands in page space.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyrender::recording::{FillCommand, GlyphRunCommand, RenderCommand, Scene};
use blitz_dom::BaseDocument;
use kurbo::{Affine, Shape as _};
use peniko::color::Srgb;

use crate::layout::Layouter;
use crate::layout::document_order::in_document_order;
use crate::layout::drawing;
use crate::layout::gradient::settled_stops;
use crate::layout::inset_shadow::inset_shadow;
use crate::layout::not_painted::lost_styles;
use crate::layout::page::{
    Blend, Command, Extend, FillRule, FontFile, Glyph, GlyphRun, Gradient, GradientShape, ImagePaint, Paint,
    PixelSource, Raster, Rgba,
};
use crate::layout::picture_clips::Clips;
use crate::layout::pictures::Stood;
use crate::layout::reading::Reading;
use crate::layout::run_style::TextShadow;
use crate::layout::runs::{Runs, ShapedRun};
use crate::layout::structure::PartOf;
use crate::layout::text_shadow::text_shadow;

/// More shapes than this on one page are left out: a small drawing repeated over a large area.
const MOST_FILLS: usize = 100_000;

/// Paints one page; the second value names what has no command.
pub(super) fn commands(
    doc: &mut BaseDocument,
    layouter: &Layouter,
    reading: &mut Reading,
) -> (Vec<Command>, Vec<String>) {
    let mut scene = Scene::new();
    let size = layouter.size;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "page sizes are small and positive")]
    let (width, height) = (size.width.ceil() as u32, size.height.ceil() as u32);
    blitz_paint::paint_scene(&mut scene, doc, 1.0, width, height, 0, 0);
    for command in &mut scene.commands {
        if let RenderCommand::BoxShadow(shadow) = command {
            // Blitz gives the radius of the blur, which is two deviations; CSS Backgrounds and Borders 3, 7.1.1.
            shadow.std_dev /= 2.0;
        }
    }
    let Reading { runs, clips, .. } = reading;
    let mut painter = Painter { runs, layouter, rasters: BTreeMap::new(), fills: 0, not_painted: lost_styles(doc) };
    let mut clips = Clips::new(clips);
    let mut commands = Vec::with_capacity(scene.commands.len().min(MOST_FILLS));
    let mut rest = scene.commands.as_slice();
    while let [command, after @ ..] = rest {
        if let Some((rings, length)) = inset_shadow(rest, color) {
            commands.extend(rings.into_iter().map(|ring| (ring, None)));
            rest = &rest[length..];
        } else {
            let (begins, ends) = clips.pass(command);
            commands.extend(begins.map(|part| (Command::PushPart(PartOf { structure: 0, part }), None)));
            match command {
                RenderCommand::GlyphRun(run) => painter.text(run, &mut commands),
                RenderCommand::Fill(fill) if drawing::marked(&fill.shape).is_some() => {
                    painter.drawing(fill, clips.place(), &mut commands);
                }
                other => commands.extend(painter.command(other.clone()).map(|command| (command, None))),
            }
            commands.extend(ends.then_some((Command::Pop, None)));
            rest = after;
        }
    }
    let commands = in_document_order(commands);
    (commands, painter.not_painted)
}

struct Painter<'a> {
    runs: &'a mut Runs,
    layouter: &'a Layouter,
    rasters: BTreeMap<u64, Arc<Raster>>,
    fills: usize,
    not_painted: Vec<String>,
}

impl Painter<'_> {
    fn command(&mut self, command: RenderCommand) -> Option<Command> {
        Some(match command {
            RenderCommand::PushClipLayer(clip) => {
                Command::PushClip { path: clip.transform * clip.clip, rule: rule(clip.fill) }
            }
            RenderCommand::PushLayer(layer) => {
                let path = layer.transform * layer.clip;
                if layer.blend.compose == peniko::Compose::DestIn {
                    return Some(Command::PushMask { path });
                }
                Command::PushGroup { path, alpha: layer.alpha, blend: self.blend(layer.blend) }
            }
            RenderCommand::PopLayer => Command::Pop,
            RenderCommand::Fill(fill) => {
                let to_page = fill.transform * fill.brush_transform.unwrap_or_default();
                let path = fill.transform * fill.shape;
                let page = self.layouter.size.to_rect();
                if !path.bounding_box().overlaps(page) && path.is_finite() {
                    return None;
                }
                self.fills += 1;
                if self.fills > MOST_FILLS {
                    self.note("more than a hundred thousand shapes");
                    return None;
                }
                let paint = self.paint(fill.brush, to_page)?;
                Command::Fill { path, rule: rule(fill.fill), paint }
            }
            RenderCommand::Stroke(stroke) => {
                let to_page = stroke.transform * stroke.brush_transform.unwrap_or_default();
                let paint = self.paint(stroke.brush, to_page)?;
                Command::Stroke { path: stroke.shape, stroke: stroke.style, transform: stroke.transform, paint }
            }
            // Painted by `text`, with its shadows.
            RenderCommand::GlyphRun(_) => return None,
            RenderCommand::BoxShadow(shadow) => Command::Shadow {
                rect: shadow.rect,
                radius: shadow.radius,
                deviation: shadow.std_dev,
                color: color(shadow.brush),
                transform: shadow.transform,
            },
        })
    }

    /// Adds the drawing that a shape stands for, its texts with their place in the document.
    fn drawing(&mut self, mark: &FillCommand, place: Option<usize>, commands: &mut Vec<(Command, Option<usize>)>) {
        let stand_in = drawing::marked(&mark.shape).and_then(|number| self.layouter.pictures.numbered(number));
        let Some(stand_in) = stand_in else { return };
        let to_page = stand_in.to_page(mark.transform);
        let (page, room) = (self.layouter.size.to_rect(), MOST_FILLS.saturating_sub(self.fills));
        let drawn = drawing::draw(&stand_in, to_page, &self.layouter.fonts, page, room);
        self.fills += drawn.fills;
        if drawn.is_cut {
            self.note("more than a hundred thousand shapes");
        }
        commands.extend(drawn.commands.into_iter().map(|command| {
            let place = place.filter(|_| matches!(command, Command::Glyphs(_)));
            (command, place)
        }));
    }

    /// Adds a run and its place in the document, over its shadows.
    fn text(&mut self, run: &GlyphRunCommand, commands: &mut Vec<(Command, Option<usize>)>) {
        let Some(paint) = self.paint(run.brush.clone(), run.transform) else { return };
        let shaped = self.runs.find(run);
        let mut glyphs = glyphs(run, shaped, self.layouter.fonts.file(&run.font_data), paint);
        if let Some(style) = shaped.and_then(|shaped| shaped.style.as_ref()) {
            if style.hidden {
                return;
            }
            let page = self.layouter.size.to_rect();
            for shadow in style.shadows.iter().rev() {
                let color = Rgba { alpha: shadow.color.alpha * style.opacity, ..shadow.color };
                let shadow = text_shadow(&glyphs, &TextShadow { color, ..shadow.clone() }, page);
                commands.extend(shadow.map(|shadow| (shadow, None)));
            }
            glyphs.paint = with_alpha(glyphs.paint, style.opacity);
        }
        commands.push((Command::Glyphs(glyphs), shaped.map(|shaped| shaped.place)));
    }

    fn paint(&mut self, paint: anyrender::Paint, to_page: Affine) -> Option<Paint> {
        match paint {
            anyrender::Paint::Solid(solid) => Some(Paint::Solid(color(solid))),
            anyrender::Paint::Gradient(gradient) => Some(Paint::Gradient(convert_gradient(&gradient, to_page))),
            anyrender::Paint::Image(brush) => {
                let (image, spread) = self.raster(&brush.image, to_page)?;
                Some(Paint::Image(ImagePaint {
                    image,
                    transform: to_page * spread,
                    alpha: brush.sampler.alpha,
                    extend: (extend(brush.sampler.x_extend), extend(brush.sampler.y_extend)),
                }))
            }
            anyrender::Paint::Resource(_) | anyrender::Paint::Custom(_) => {
                self.note("a canvas or widget");
                None
            }
        }
    }

    /// The pixels, and what brings them to those that `image` has.
    fn raster(&mut self, image: &peniko::ImageData, to_page: Affine) -> Option<(Arc<Raster>, Affine)> {
        let id = image.data.id();
        match self.layouter.pictures.stands_for(id, to_page) {
            Stood::For(shown) => {
                return Some((shown.raster, shown.spread));
            }
            Stood::ForTooMuch => {
                self.note("a drawing whose effects take too long");
                return None;
            }
            Stood::ForNothing => {}
        }
        // A picture within a drawing.
        let make = || {
            let pixels = PixelSource::Rgba(straight_rgba(image));
            Arc::new(Raster { width: image.width, height: image.height, pixels })
        };
        Some((Arc::clone(self.rasters.entry(id).or_insert_with(make)), Affine::IDENTITY))
    }

    fn blend(&mut self, blend: peniko::BlendMode) -> Blend {
        use peniko::Mix;
        if blend.compose != peniko::Compose::SrcOver {
            self.note("a compositing mode");
        }
        match blend.mix {
            Mix::Normal => Blend::Normal,
            Mix::Multiply => Blend::Multiply,
            Mix::Screen => Blend::Screen,
            Mix::Overlay => Blend::Overlay,
            Mix::Darken => Blend::Darken,
            Mix::Lighten => Blend::Lighten,
            Mix::ColorDodge => Blend::ColorDodge,
            Mix::ColorBurn => Blend::ColorBurn,
            Mix::HardLight => Blend::HardLight,
            Mix::SoftLight => Blend::SoftLight,
            Mix::Difference => Blend::Difference,
            Mix::Exclusion => Blend::Exclusion,
            Mix::Hue => Blend::Hue,
            Mix::Saturation => Blend::Saturation,
            Mix::Color => Blend::Color,
            Mix::Luminosity => Blend::Luminosity,
        }
    }

    fn note(&mut self, what: &str) {
        if !self.not_painted.iter().any(|other| other == what) {
            self.not_painted.push(what.to_owned());
        }
    }
}

fn rule(fill: peniko::Fill) -> FillRule {
    match fill {
        peniko::Fill::NonZero => FillRule::NonZero,
        peniko::Fill::EvenOdd => FillRule::EvenOdd,
    }
}

fn extend(extend: peniko::Extend) -> Extend {
    match extend {
        peniko::Extend::Pad => Extend::Pad,
        peniko::Extend::Repeat => Extend::Repeat,
        peniko::Extend::Reflect => Extend::Reflect,
    }
}

fn color(color: peniko::Color) -> Rgba {
    let [red, green, blue, alpha] = color.components.map(|part| part.clamp(0.0, 1.0));
    Rgba { red, green, blue, alpha }
}

/// A painted run with what is known of it.
fn glyphs(run: &GlyphRunCommand, shaped: Option<&ShapedRun>, font: Arc<FontFile>, paint: Paint) -> GlyphRun {
    let glyphs = run.glyphs.iter().enumerate().filter_map(|(number, glyph)| {
        let text = match shaped.and_then(|shaped| shaped.texts.get(number)) {
            Some(text) => text.clone()?,
            None => Box::default(),
        };
        Some(Glyph { id: u16::try_from(glyph.id).ok()?, x: glyph.x, y: glyph.y, text })
    });
    GlyphRun {
        font,
        font_size: run.font_size,
        glyphs: glyphs.collect(),
        transform: run.transform,
        // Slides say `font-synthesis: none`, which Blitz does not know: a face that has no slant stays upright.
        glyph_transform: None,
        paint: with_alpha(paint, run.brush_alpha),
        stroke: match &run.style {
            peniko::Style::Fill(_) => None,
            peniko::Style::Stroke(stroke) => Some(stroke.clone()),
        },
        part: shaped.and_then(|shaped| shaped.part).map(|part| PartOf { structure: 0, part }),
        in_drawing: false,
    }
}

fn with_alpha(paint: Paint, alpha: f32) -> Paint {
    match paint {
        Paint::Solid(color) => Paint::Solid(Rgba { alpha: color.alpha * alpha, ..color }),
        other => other,
    }
}

fn convert_gradient(gradient: &peniko::Gradient, transform: Affine) -> Gradient {
    let shape = match &gradient.kind {
        peniko::GradientKind::Linear(line) => GradientShape::Linear { start: line.start, end: line.end },
        peniko::GradientKind::Radial(circles) => GradientShape::Radial {
            start_center: circles.start_center,
            start_radius: circles.start_radius.into(),
            end_center: circles.end_center,
            end_radius: circles.end_radius.into(),
        },
        peniko::GradientKind::Sweep(sweep) => GradientShape::Sweep {
            center: sweep.center,
            start_angle: sweep.start_angle.into(),
            end_angle: sweep.end_angle.into(),
        },
    };
    let stops = gradient.stops.iter().map(|stop| (stop.offset, color(stop.color.to_alpha_color::<Srgb>())));
    Gradient { shape, stops: settled_stops(stops), extend: extend(gradient.extend), transform }
}

/// The pixels as red, green, blue and straight alpha.
fn straight_rgba(image: &peniko::ImageData) -> Vec<u8> {
    let mut rgba = image.data.data().to_vec();
    let swap = image.format == peniko::ImageFormat::Bgra8;
    let divide = image.alpha_type == peniko::ImageAlphaType::AlphaPremultiplied;
    if swap || divide {
        for pixel in rgba.chunks_exact_mut(4) {
            if swap {
                pixel.swap(0, 2);
            }
            if divide && pixel[3] != 0 {
                let alpha = u32::from(pixel[3]);
                for part in &mut pixel[..3] {
                    *part = u8::try_from((u32::from(*part) * 255 / alpha).min(255)).unwrap_or(255);
                }
            }
        }
    }
    rgba
}
