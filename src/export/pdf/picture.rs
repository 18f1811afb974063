//! Pictures: drawn, repeated, and as image objects with a soft mask for their opacity.

use std::sync::Arc;

use kurbo::{Affine, Rect};
use lopdf::{Dictionary, Stream, dictionary};

use super::content::{Canvas, Object, deflate};
use super::picture_file as file;
use crate::layout::{Extend, ImagePaint, PixelSource, Raster};

/// Small pictures that repeat are joined until they are this many pixels wide and high.
const JOINED: u32 = 256;

/// A picture is not repeated more often than this.
const MOST_TILES: i64 = 10_000;

/// Paints `area`, to which the caller has clipped; belongs between `save` and `restore`.
pub(super) fn flood(canvas: &mut Canvas, area: Rect, paint: &ImagePaint) {
    let raster = &paint.image;
    let invertible = paint.transform.is_finite() && paint.transform.determinant().abs() > f64::MIN_POSITIVE;
    if raster.width == 0 || raster.height == 0 || !invertible || paint.alpha <= 0.0 {
        return;
    }
    canvas.alpha(paint.alpha);
    let reach = paint.transform.inverse().transform_rect_bbox(area);
    let across = Axis::new(raster.width, paint.extend.0, reach.x0, reach.x1);
    let down = Axis::new(raster.height, paint.extend.1, reach.y0, reach.y1);
    let tile = if across.joined == 1 && down.joined == 1 { Arc::clone(raster) } else { join(raster, &across, &down) };
    let number = canvas.objects();
    let mut drawn = 0;
    for row in down.tiles() {
        for column in across.tiles() {
            if drawn == MOST_TILES {
                return;
            }
            canvas.save();
            canvas.transform(paint.transform * down.place(row, false) * across.place(column, true) * unit(&tile));
            if drawn == 0 {
                canvas.object(Object::Raster(Arc::clone(&tile)));
            } else {
                canvas.draw(number);
            }
            canvas.restore();
            drawn += 1;
        }
    }
}

/// Returns the transform from PDF's unit square, which stands upright, to the pixels; a JPEG that is kept as it is may lie
/// on its side.
fn unit(raster: &Raster) -> Affine {
    let (width, height) = (f64::from(raster.width), f64::from(raster.height));
    let upright = match file::kept(raster) {
        Some(file::Kept::Jpeg(jpeg, _)) => file::upright(jpeg.orientation),
        _ => Affine::IDENTITY,
    };
    Affine::scale_non_uniform(width, height) * upright * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0])
}

/// How a picture repeats in one direction.
struct Axis {
    /// How many pictures side by side make one tile.
    joined: u32,
    /// The tile's pixels.
    size: f64,
    /// The first tile, and the one after the last.
    tiles: (i64, i64),
    mirrored: bool,
}

impl Axis {
    #[allow(clippy::cast_possible_truncation, reason = "clamped first")]
    fn new(pixels: u32, extend: Extend, from: f64, to: f64) -> Self {
        let mirrored = extend == Extend::Reflect;
        if extend == Extend::Pad {
            return Self { joined: 1, size: f64::from(pixels), tiles: (0, 1), mirrored };
        }
        let needed = ((to - from) / f64::from(pixels)).abs();
        let joined = if needed > 4.0 && pixels < JOINED { JOINED.div_ceil(pixels).next_multiple_of(2) } else { 1 };
        let size = f64::from(pixels) * f64::from(joined);
        let limit = 1e6;
        // Less than a hundredth of a tile is a rounding error.
        let first = (from / size + 0.01).floor().clamp(-limit, limit);
        let after = (to / size - 0.01).ceil().clamp(-limit, limit);
        // An even number of mirrored pictures is one that repeats without a mirror.
        Self { joined, size, tiles: (first as i64, after as i64), mirrored: mirrored && joined == 1 }
    }

    fn tiles(&self) -> std::ops::Range<i64> {
        let most = self.tiles.0.saturating_add(MOST_TILES);
        self.tiles.0..self.tiles.1.min(most)
    }

    #[allow(clippy::cast_precision_loss, reason = "at most a million")]
    fn place(&self, tile: i64, across: bool) -> Affine {
        let mirror = self.mirrored && tile.rem_euclid(2) == 1;
        let at = if mirror { tile + 1 } else { tile } as f64 * self.size;
        let scale = if mirror { -1.0 } else { 1.0 };
        if across { Affine::new([scale, 0.0, 0.0, 1.0, at, 0.0]) } else { Affine::new([1.0, 0.0, 0.0, scale, 0.0, at]) }
    }
}

/// Returns one picture of several side by side.
fn join(raster: &Raster, across: &Axis, down: &Axis) -> Arc<Raster> {
    let (width, height) = (raster.width * across.joined, raster.height * down.joined);
    let pixels = raster.rgba();
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for y in 0..height {
        for x in 0..width {
            let at = u64::from(y % raster.height) * u64::from(raster.width) + u64::from(x % raster.width);
            let start = usize::try_from(at * 4).unwrap_or(usize::MAX);
            let pixel = start.checked_add(4).and_then(|end| pixels.get(start..end));
            rgba.extend(pixel.unwrap_or(&[0; 4]));
        }
    }
    Arc::new(Raster { width, height, pixels: PixelSource::Rgba(rgba) })
}

/// A picture as PDF keeps it.
pub(super) struct Encoded {
    /// The colours.
    pub(super) colors: Stream,
    /// The opacity, where any pixel has some transparency.
    pub(super) opacity: Option<Stream>,
}

/// Returns a picture's streams.
pub(super) fn encode(raster: &Raster) -> Encoded {
    if let Some(kept) = file::kept(raster) {
        return Encoded { colors: kept.stream(), opacity: None };
    }
    let pixels = raster.width as usize * raster.height as usize;
    let rgba = raster.rgba();
    let (whole, _) = rgba.as_chunks::<4>();
    // A raster that is too short is transparent where it ends.
    let all = whole.iter().copied().chain(std::iter::repeat([0; 4])).take(pixels);
    let gray = whole.iter().all(|[red, green, blue, _]| red == green && green == blue);
    let opaque = whole.len() >= pixels && whole.iter().all(|[.., alpha]| *alpha == 255);
    let colors: Vec<u8> = if gray {
        all.clone().map(|[red, ..]| red).collect()
    } else {
        all.clone().flat_map(|[red, green, blue, _]| [red, green, blue]).collect()
    };
    let space = if gray { "DeviceGray" } else { "DeviceRGB" };
    let size = (raster.width, raster.height);
    let opacity = (!opaque).then(|| {
        let bytes: Vec<u8> = all.map(|[.., alpha]| alpha).collect();
        stream(size, "DeviceGray", &bytes)
    });
    Encoded { colors: stream(size, space, &colors), opacity }
}

/// Returns an image stream of 8 bits a channel.
pub(super) fn stream(size: (u32, u32), space: &str, samples: &[u8]) -> Stream {
    let channels = if space == "DeviceGray" { 1 } else { 3 };
    let row = size.0 as usize * channels;
    let mut dict = head(size);
    dict.set("ColorSpace", space);
    dict.set("BitsPerComponent", 8);
    dict.set("Filter", "FlateDecode");
    let plain = deflate(samples);
    // Photographs become far smaller as differences, drawings do not.
    let differing = deflate(&differences(samples, row, channels));
    if differing.len() >= plain.len() {
        return Stream::new(dict, plain);
    }
    dict.set("DecodeParms", predictor(size.0, channels, 8));
    Stream::new(dict, differing)
}

/// Returns what every image stream says.
pub(super) fn head((width, height): (u32, u32)) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "Interpolate" => true,
    }
}

/// Returns how rows with the filters of PNG are read; PDF 32000-1, 7.4.4.4.
pub(super) fn predictor(width: u32, channels: usize, bits: u8) -> Dictionary {
    dictionary! {
        "Predictor" => 15,
        "Colors" => i64::try_from(channels).unwrap_or(1),
        "BitsPerComponent" => i64::from(bits),
        "Columns" => i64::from(width),
    }
}

/// Returns rows as PNG's filter `Paeth` has them; its differences are small in pictures of the real world.
fn differences(samples: &[u8], row: usize, channels: usize) -> Vec<u8> {
    const PAETH: u8 = 4;
    let mut result = Vec::with_capacity(samples.len() + samples.len() / row.max(1) + 1);
    let mut above: &[u8] = &[];
    for line in samples.chunks(row.max(1)) {
        result.push(PAETH);
        result.extend(line.iter().enumerate().map(|(at, sample)| {
            let before = |line: &[u8]| at.checked_sub(channels).and_then(|at| line.get(at)).copied().unwrap_or(0);
            let up = above.get(at).copied().unwrap_or(0);
            sample.wrapping_sub(paeth(before(line), up, before(above)))
        }));
        above = line;
    }
    result
}

/// Returns the neighbour that is nearest to the plane through all three; PNG, 9.4.
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let plane = i16::from(left) + i16::from(up) - i16::from(corner);
    let away = |neighbour: u8| (plane - i16::from(neighbour)).abs();
    if away(left) <= away(up) && away(left) <= away(corner) {
        left
    } else if away(up) <= away(corner) {
        up
    } else {
        corner
    }
}
