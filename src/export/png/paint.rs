//! Paint poured into a shape: a colour, a gradient or a picture.

use kurbo::{Affine, Point, Rect};
use resvg::tiny_skia::{
    Color, ColorU8, FillRule, FilterQuality, GradientStop, LinearGradient, Paint as Brush, Path, Pattern, Pixmap,
    RadialGradient, Shader, SpreadMode, Transform,
};

use super::canvas::Canvas;
use super::picture::{self, Shelf};
use super::shape;
use crate::layout::{Extend, Gradient, GradientColors, GradientShape, Paint, Rgba};

/// What is painted, in pixels of the canvas.
pub(super) struct Shape<'a> {
    /// Its outline.
    pub(super) outline: &'a Path,
    /// How it is filled.
    pub(super) rule: FillRule,
    /// The part of the canvas that it can show.
    pub(super) area: Rect,
}

/// Paints a shape.
pub(super) fn pour(canvas: &mut Canvas, shape: &Shape<'_>, with: &Paint, shelf: &Shelf) {
    match with {
        Paint::Solid(color) => {
            if color.alpha > 0.0 {
                fill(canvas, shape, Shader::SolidColor(solid(*color)));
            }
        }
        Paint::Gradient(gradient) => pour_gradient(canvas, shape, gradient),
        Paint::Image(image) => picture::pour(canvas, shape, image, shelf),
    }
}

/// Fills a shape with what a shader gives.
pub(super) fn fill(canvas: &mut Canvas, shape: &Shape<'_>, shader: Shader<'_>) {
    let brush = Brush { shader, ..Brush::default() };
    let mask = canvas.mask();
    canvas.pixmap.fill_path(shape.outline, &brush, shape.rule, Transform::identity(), mask.as_deref());
}

fn solid(color: Rgba) -> Color {
    let part = |part: f32| if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
    let [red, green, blue, alpha] = [color.red, color.green, color.blue, color.alpha].map(part);
    Color::from_rgba(red, green, blue, alpha).unwrap_or(Color::TRANSPARENT)
}

/// Paints with what tiny-skia has for lines and circles, all else pixel by pixel.
fn pour_gradient(canvas: &mut Canvas, shape: &Shape<'_>, gradient: &Gradient) {
    match shader(gradient, canvas.to_pixels) {
        Some(shader) => fill(canvas, shape, shader),
        None => pour_colors(canvas, shape, gradient),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "pixels need no more than single precision")]
fn shader(gradient: &Gradient, to_pixels: Affine) -> Option<Shader<'static>> {
    if gradient.is_degenerate() {
        return None;
    }
    let stops = gradient.straight_stops().into_iter();
    let stops = stops.map(|(offset, color)| GradientStop::new(offset as f32, solid(color))).collect();
    let mode = match gradient.extend {
        Extend::Pad => SpreadMode::Pad,
        Extend::Repeat => SpreadMode::Repeat,
        Extend::Reflect => SpreadMode::Reflect,
    };
    let place = shape::transform(to_pixels * gradient.transform);
    let at = |point: Point| resvg::tiny_skia::Point::from_xy(point.x as f32, point.y as f32);
    match gradient.shape {
        GradientShape::Linear { start, end } => LinearGradient::new(at(start), at(end), stops, mode, place),
        GradientShape::Radial { start_center, start_radius, end_center, end_radius } => {
            let (from, to) = (start_radius as f32, end_radius as f32);
            RadialGradient::new(at(start_center), from, at(end_center), to, stops, mode, place)
        }
        GradientShape::Sweep { .. } => None,
    }
}

/// Paints every pixel that the shape can show for itself.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the canvas")]
fn pour_colors(canvas: &mut Canvas, shape: &Shape<'_>, gradient: &Gradient) {
    let Some(colors) = GradientColors::new(gradient) else { return };
    let area = shape.area.expand();
    let Some(mut pixels) = Pixmap::new(area.width() as u32, area.height() as u32) else { return };
    let to_page = canvas.to_pixels.inverse() * Affine::translate(area.origin().to_vec2());
    let width = pixels.width() as usize;
    for (row, line) in pixels.pixels_mut().chunks_exact_mut(width.max(1)).enumerate() {
        for (column, pixel) in line.iter_mut().enumerate() {
            #[allow(clippy::cast_precision_loss, reason = "some thousand pixels")]
            let place = Point::new(column as f64 + 0.5, row as f64 + 0.5);
            *pixel = byte_color(colors.at(to_page * place)).premultiply();
        }
    }
    let place = shape::transform(Affine::translate(area.origin().to_vec2()));
    fill(canvas, shape, Pattern::new(pixels.as_ref(), SpreadMode::Pad, FilterQuality::Nearest, 1.0, place));
}

/// Returns a colour in bytes, not premultiplied.
pub(super) fn byte_color(color: Rgba) -> ColorU8 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped; NaN becomes 0")]
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    ColorU8::from_rgba(byte(color.red), byte(color.green), byte(color.blue), byte(color.alpha))
}
