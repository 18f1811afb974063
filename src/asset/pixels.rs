//! Raster files to pixels, and to files that every output can take as they are.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageResult};

use crate::asset::jpeg::Jpeg;
use crate::asset::{Mime, raster};

/// More pixels than this are made fewer: no slide shows them.
const MOST_KEPT: f64 = 25e6;

/// What 300 dots an inch are on the largest usual slide, 1280 × 720 CSS pixels at 96 an inch.
const SLIDE_AT_300_DPI: (f64, f64) = (4000.0, 2250.0);

/// The most memory that the pixels of one file may take.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// How well a JPEG is kept that had to be made anew, of 100.
const QUALITY: u8 = 92;

/// Pixels, row by row, standing upright.
#[derive(Debug)]
pub struct Pixels {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// 8 bits each of red, green, blue and alpha, not premultiplied.
    pub rgba: Vec<u8>,
}

/// A raster file that every output can take.
pub(super) struct Admitted<'a> {
    /// The file: as it came, or made anew. Only a JPEG may still be turned by its Exif header.
    pub(super) bytes: Cow<'a, [u8]>,
    /// What kind it is now.
    pub(super) mime: Mime,
    /// In pixels, standing upright.
    pub(super) size: (u32, u32),
    /// What is different from what the author might expect, in words.
    pub(super) changes: Vec<String>,
}

impl Admitted<'_> {
    /// The file, if it is not as it came.
    pub(super) fn made_anew(self) -> Option<Vec<u8>> {
        match self.bytes {
            Cow::Owned(made) => Some(made),
            Cow::Borrowed(_) => None,
        }
    }
}

/// Returns the pixels of a PNG, JPEG, GIF or WebP file, the first picture of one that moves.
///
/// # Errors
/// In words, when it can't be read or is too large.
pub fn pixels(bytes: &[u8]) -> Result<Pixels, String> {
    let mime = raster::sniff(bytes).ok_or("it is no PNG, JPEG, GIF or WebP")?;
    raster::check(mime, bytes)?;
    let (image, orientation) = decode(mime, bytes)?;
    let image = upright(image, orientation);
    Ok(Pixels { width: image.width(), height: image.height(), rgba: image.into_rgba8().into_raw() })
}

/// Returns a raster file that every output can take, and its size in pixels as it is shown.
///
/// # Errors
/// In words, when it can't be shown.
pub fn raster_file(bytes: Vec<u8>) -> Result<(Vec<u8>, (u32, u32)), String> {
    let mime = raster::sniff(&bytes).ok_or("it is no PNG, JPEG, GIF or WebP")?;
    let admitted = admit(mime, &bytes)?;
    let size = admitted.size;
    Ok((admitted.made_anew().unwrap_or(bytes), size))
}

/// Reads every pixel of a file once, so that nothing is found broken later, and makes it anew where an output could not
/// take it: when it is much larger than a slide shows, has the colours of print, or lies on its side.
///
/// # Errors
/// In words, when it can't be shown.
pub(super) fn admit(mime: Mime, bytes: &[u8]) -> Result<Admitted<'_>, String> {
    // Pictures that take much memory are read one at a time.
    static LARGE: Mutex<()> = Mutex::new(());
    let (width, height) = raster::check(mime, bytes)?;
    let count = f64::from(width) * f64::from(height);
    let is_large = count > MOST_KEPT;
    let _turn = is_large.then(|| LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    let (image, orientation) = decode(mime, bytes)?;
    let mut changes = Vec::new();
    if raster::moves(mime, bytes) {
        changes.push("moves in the deck; the PDF shows its first picture".to_owned());
    }
    let jpeg = Jpeg::read(bytes);
    let is_for_print = jpeg.is_some_and(|jpeg| jpeg.channels == 4);
    let is_common = jpeg.is_none_or(|jpeg| jpeg.is_common && matches!(jpeg.channels, 1 | 3));
    let turned = orientation != Orientation::NoTransforms && mime != Mime::Jpeg;
    if !is_large && is_common && !turned {
        let swap = jpeg.is_some_and(|jpeg| jpeg.is_turned());
        let size = if swap { (image.height(), image.width()) } else { (image.width(), image.height()) };
        return Ok(Admitted { bytes: Cow::Borrowed(bytes), mime, size, changes });
    }
    if is_for_print {
        changes.push("has the colours of print (CMYK); they are turned into those of screens".to_owned());
    }
    let mut image = upright(image, orientation);
    if is_large {
        image = shrunk(&image);
        let millions = (count / 1e6).round();
        let (width, height) = (image.width(), image.height());
        changes.push(format!(
            "has {millions} million pixels; it is made smaller, {width} × {height}, all that a slide shows at 300 dpi"
        ));
    }
    let (bytes, mime) = encoded(&image, mime)?;
    Ok(Admitted { bytes: Cow::Owned(bytes), mime, size: (image.width(), image.height()), changes })
}

/// The pixels as stored, and how they are to be turned.
fn decode(mime: Mime, bytes: &[u8]) -> Result<(DynamicImage, Orientation), String> {
    let input = Cursor::new(bytes);
    let decoded = match mime {
        Mime::Png => PngDecoder::new(input).and_then(read),
        Mime::Jpeg => JpegDecoder::new(input).and_then(read),
        Mime::Gif => GifDecoder::new(input).and_then(read),
        Mime::WebP => WebPDecoder::new(input).and_then(read),
        Mime::Svg => return Err("it is a drawing".to_owned()),
    };
    decoded.map_err(|error| match error {
        image::ImageError::Limits(_) => "its pixels take too much memory".to_owned(),
        image::ImageError::Unsupported(_) => "it is of a kind that is not read".to_owned(),
        _ => "its pixels are damaged".to_owned(),
    })
}

fn read(mut decoder: impl ImageDecoder) -> ImageResult<(DynamicImage, Orientation)> {
    if decoder.total_bytes() > MOST_BYTES {
        let kind = image::error::LimitErrorKind::InsufficientMemory;
        return Err(image::ImageError::Limits(image::error::LimitError::from_kind(kind)));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

fn upright(mut image: DynamicImage, orientation: Orientation) -> DynamicImage {
    image.apply_orientation(orientation);
    image
}

/// The picture with as many pixels as a slide that it fills shows; its longer side may be cut off there.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the picture's own size")]
fn shrunk(image: &DynamicImage) -> DynamicImage {
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let fills = (SLIDE_AT_300_DPI.0 / width).max(SLIDE_AT_300_DPI.1 / height);
    // A banner is so long that filling a slide would need all of it.
    let scale = fills.min((MOST_KEPT / (width * height)).sqrt());
    image.thumbnail_exact((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32)
}

/// A file of the same kind, or a PNG where that kind is not written.
fn encoded(image: &DynamicImage, mime: Mime) -> Result<(Vec<u8>, Mime), String> {
    let mut bytes = Vec::new();
    let (written, mime) = if mime == Mime::Jpeg {
        (image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)), Mime::Jpeg)
    } else {
        (image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png), Mime::Png)
    };
    written.map_err(|error| format!("it can't be made smaller ({error})"))?;
    Ok((bytes, mime))
}

/// Returns pixels made smaller: each the mean of those that it stands for. They are 8 bits each of red, green, blue and
/// alpha, premultiplied so that what is not seen does not count; `None` when there are not as many as `size` says.
#[must_use]
pub fn thumbnail(size: (u32, u32), rgba: Vec<u8>, smaller: (u32, u32)) -> Option<Vec<u8>> {
    let image = image::RgbaImage::from_raw(size.0, size.1, rgba)?;
    Some(image::imageops::thumbnail(&image, smaller.0.max(1), smaller.1.max(1)).into_raw())
}

/// Returns a PNG file without opacity of pixels that have 8 bits each of red, green, blue and alpha; `None` when there are
/// not as many as the size says.
#[must_use]
pub fn png_file(width: u32, height: u32, rgba: Vec<u8>) -> Option<Vec<u8>> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let image = image::RgbaImage::from_raw(width, height, rgba).filter(|_| width > 0 && height > 0)?;
    let rgb = DynamicImage::from(image).into_rgb8();
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    image::ImageEncoder::write_image(encoder, &rgb, width, height, image::ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, GrayImage, ImageFormat, Luma};

    use super::{admit, pixels};
    use crate::asset::Mime;

    fn gray(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = DynamicImage::ImageLuma8(GrayImage::from_pixel(width, height, Luma([90])));
        let mut bytes = Cursor::new(Vec::new());
        let picture = if format == ImageFormat::Gif { picture.to_rgba8().into() } else { picture };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_no_slide_shows_is_made_smaller() {
        for (size, expected) in [((5200, 5000), (4000, 3846)), ((30_000, 1000), (27_386, 913))] {
            let file = gray(size.0, size.1, ImageFormat::Png);
            let admitted = admit(Mime::Png, &file).unwrap();
            assert_eq!(admitted.size, expected, "{size:?}");
            assert!(admitted.changes[0].contains("million pixels"), "{:?}", admitted.changes);
            assert_eq!(pixels(&admitted.made_anew().unwrap()).unwrap().rgba[..4], [90, 90, 90, 255]);
        }
    }

    #[test]
    fn what_every_output_takes_stays_as_it_is() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let file = gray(30, 20, format);
            let mime = crate::asset::raster::sniff(&file).unwrap();
            let admitted = admit(mime, &file).unwrap();
            assert_eq!((admitted.size, admitted.changes.len()), ((30, 20), 0));
            assert_eq!(admitted.made_anew(), None);
        }
    }

    #[test]
    fn no_cut_or_changed_file_panics() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = gray(30, 20, format);
            let mime = crate::asset::raster::sniff(&whole).unwrap();
            for at in 0..whole.len() {
                let _ = admit(mime, &whole[..at]).map(|admitted| admitted.size);
                let mut changed = whole.clone();
                changed[at] ^= 0xff;
                let _ = admit(mime, &changed).map(|admitted| admitted.size);
            }
        }
    }
}
