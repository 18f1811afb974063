//! Pictures: no finer than they are shown, and repeated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use kurbo::{Affine, Rect, Shape as _, Size};
use resvg::tiny_skia::{ColorU8, FilterQuality, IntSize, Pattern, Pixmap, SpreadMode};

use super::canvas::{Budget, Canvas};
use super::{paint, shape};
use crate::asset;
use crate::layout::{Command, Extend, FillRule, ImagePaint, Page, Paint, Raster};

/// A picture is not repeated more often than this where it can't be done at once.
const MOST_TILES: i64 = 10_000;

/// A picture and the size in pixels that it was made smaller to.
type Key = (usize, (u32, u32));

/// Pictures that several pages show, each decoded once.
pub(super) struct Shelf {
    several: BTreeSet<usize>,
    known: Mutex<BTreeMap<Key, Arc<Pixmap>>>,
}

impl Shelf {
    /// Returns the shelf of some pages; what only one of them shows is not kept.
    pub(super) fn new<'a>(pages: impl Iterator<Item = &'a Page>) -> Self {
        let mut uses: BTreeMap<usize, u32> = BTreeMap::new();
        for page in pages {
            let shown: BTreeSet<usize> = page.commands.iter().filter_map(picture).map(address).collect();
            for address in shown {
                *uses.entry(address).or_default() += 1;
            }
        }
        let several = uses.into_iter().filter(|(_, pages)| *pages > 1).map(|(address, _)| address).collect();
        Self { several, known: Mutex::default() }
    }

    /// Returns the pixels of a picture, made smaller to `size`.
    fn pixels(&self, raster: &Arc<Raster>, size: (u32, u32)) -> Option<Arc<Pixmap>> {
        let key = (address(raster), size);
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pixels) = known().get(&key) {
            return Some(Arc::clone(pixels));
        }
        let pixels = Arc::new(decode(raster, size)?);
        if self.several.contains(&key.0) {
            known().insert(key, Arc::clone(&pixels));
        }
        Some(pixels)
    }
}

fn picture(command: &Command) -> Option<&Arc<Raster>> {
    let paint = match command {
        Command::Fill { paint, .. } | Command::Stroke { paint, .. } => paint,
        Command::Glyphs(run) => &run.paint,
        _ => return None,
    };
    match paint {
        Paint::Image(image) => Some(&image.image),
        _ => None,
    }
}

fn address(raster: &Arc<Raster>) -> usize {
    Arc::as_ptr(raster).addr()
}

/// Returns premultiplied pixels, made smaller to `size`.
fn decode(raster: &Raster, size: (u32, u32)) -> Option<Pixmap> {
    let mut rgba = raster.rgba().into_owned();
    // A raster that is too short is transparent where it ends.
    rgba.resize(raster.width as usize * raster.height as usize * 4, 0);
    for pixel in rgba.as_chunks_mut::<4>().0 {
        let [red, green, blue, alpha] = *pixel;
        let color = ColorU8::from_rgba(red, green, blue, alpha).premultiply();
        *pixel = [color.red(), color.green(), color.blue(), color.alpha()];
    }
    let rgba = if size == (raster.width, raster.height) {
        rgba
    } else {
        asset::thumbnail((raster.width, raster.height), rgba, size)?
    };
    Pixmap::from_vec(rgba, IntSize::from_wh(size.0, size.1)?)
}

/// Paints a shape with a picture.
pub(super) fn pour(canvas: &mut Canvas, shape: &paint::Shape<'_>, image: &ImagePaint, shelf: &Shelf) {
    let raster = &image.image;
    let to_pixels = canvas.to_pixels * image.transform;
    let invertible = to_pixels.is_finite() && to_pixels.determinant().abs() > f64::MIN_POSITIVE;
    if raster.width == 0 || raster.height == 0 || !invertible || image.alpha <= 0.0 || image.alpha.is_nan() {
        return;
    }
    let size = shown_size(raster, to_pixels);
    let Some(pixels) = shelf.pixels(raster, size) else { return };
    let (across, down) = (f64::from(raster.width) / f64::from(size.0), f64::from(raster.height) / f64::from(size.1));
    let source = Source {
        pixels: &pixels,
        size: Size::new(raster.width.into(), raster.height.into()),
        // From the pixels on the shelf to those of the picture as it is.
        spread: Affine::scale_non_uniform(across, down),
        alpha: image.alpha.clamp(0.0, 1.0),
    };
    match image.extend {
        (Extend::Pad, Extend::Pad) => source.tile(canvas, shape, to_pixels),
        (Extend::Repeat, Extend::Repeat) => source.flood(canvas, shape, to_pixels, SpreadMode::Repeat),
        (Extend::Reflect, Extend::Reflect) => source.flood(canvas, shape, to_pixels, SpreadMode::Reflect),
        (across, down) => {
            let reach = to_pixels.inverse().transform_rect_bbox(shape.area);
            let across = Axis::new(source.size.width, across, reach.x0, reach.x1);
            let down = Axis::new(source.size.height, down, reach.y0, reach.y1);
            let tiles = down.tiles().flat_map(|row| across.tiles().map(move |column| (row, column)));
            for (row, column) in tiles.take(usize::try_from(MOST_TILES).unwrap_or(0)) {
                let (scale_x, x) = across.place(column);
                let (scale_y, y) = down.place(row);
                source.tile(canvas, shape, to_pixels * Affine::new([scale_x, 0.0, 0.0, scale_y, x, y]));
            }
        }
    }
}

/// Returns the size that a picture is to have so that no pixel of it is skipped where it is painted.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the picture's own size")]
fn shown_size(raster: &Raster, to_pixels: Affine) -> (u32, u32) {
    let [xx, yx, xy, yy, ..] = to_pixels.as_coeffs();
    let smaller = |side: u32, scale: f64| {
        // Two pixels are mixed into one by the painter itself.
        if scale > 0.75 { side } else { (f64::from(side) * scale).ceil().clamp(1.0, f64::from(side)) as u32 }
    };
    (smaller(raster.width, xx.hypot(yx)), smaller(raster.height, xy.hypot(yy)))
}

/// Pixels on their way into a shape.
struct Source<'a> {
    pixels: &'a Pixmap,
    /// Of the picture before it was made smaller.
    size: Size,
    spread: Affine,
    alpha: f32,
}

impl Source<'_> {
    fn shader(&self, to_pixels: Affine, spread: SpreadMode) -> resvg::tiny_skia::Shader<'_> {
        let place = shape::transform(to_pixels * self.spread);
        Pattern::new(self.pixels.as_ref(), spread, FilterQuality::Bilinear, self.alpha, place)
    }

    /// Paints the whole shape.
    fn flood(&self, canvas: &mut Canvas, shape: &paint::Shape<'_>, to_pixels: Affine, spread: SpreadMode) {
        paint::fill(canvas, shape, self.shader(to_pixels, spread));
    }

    /// Paints the picture once; of the shape, nothing beyond its edges.
    fn tile(&self, canvas: &mut Canvas, shape: &paint::Shape<'_>, to_pixels: Affine) {
        let edges = to_pixels * self.size.to_rect().to_path(0.1);
        let reach = edges.bounding_box();
        if reach.intersect(shape.area).area() <= 0.0 {
            return;
        }
        let turned = shape::as_rect(&edges).is_none();
        if !turned && reach.inflate(0.5, 0.5).contains_rect(bounds(shape)) {
            self.flood(canvas, shape, to_pixels, SpreadMode::Pad);
            return;
        }
        let page = canvas.to_pixels.inverse() * edges;
        canvas.clip(&page, FillRule::NonZero, &mut Budget::new());
        self.flood(canvas, shape, to_pixels, SpreadMode::Pad);
        canvas.unclip(&mut Budget::new());
    }
}

fn bounds(shape: &paint::Shape<'_>) -> Rect {
    let bounds = shape.outline.bounds();
    Rect::new(bounds.left().into(), bounds.top().into(), bounds.right().into(), bounds.bottom().into())
}

/// How a picture repeats in one direction.
struct Axis {
    size: f64,
    /// The first tile, and the one after the last.
    tiles: (i64, i64),
    mirrored: bool,
}

impl Axis {
    #[allow(clippy::cast_possible_truncation, reason = "clamped first")]
    fn new(size: f64, extend: Extend, from: f64, to: f64) -> Self {
        if extend == Extend::Pad {
            return Self { size, tiles: (0, 1), mirrored: false };
        }
        let limit = 1e6;
        let first = (from / size).floor().clamp(-limit, limit) as i64;
        let after = (to / size).ceil().clamp(-limit, limit) as i64;
        Self { size, tiles: (first, after), mirrored: extend == Extend::Reflect }
    }

    fn tiles(&self) -> std::ops::Range<i64> {
        self.tiles.0..self.tiles.1.min(self.tiles.0.saturating_add(MOST_TILES))
    }

    /// Returns the scale and the place of a tile.
    #[allow(clippy::cast_precision_loss, reason = "at most a million")]
    fn place(&self, tile: i64) -> (f64, f64) {
        if self.mirrored && tile.rem_euclid(2) == 1 {
            (-1.0, (tile + 1) as f64 * self.size)
        } else {
            (1.0, tile as f64 * self.size)
        }
    }
}
