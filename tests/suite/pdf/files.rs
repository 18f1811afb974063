//! Pictures that come as files: kept as they are where a PDF can hold them, upright, once.

use std::io::Cursor;
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kurbo::Affine;
use retell::layout::{Command, Extend, ImagePaint, Paint, PixelSource, Raster};

use super::made::{area, fill, page};
use super::{Pixels, Written};

/// 60 by 40 pixels: blue, with a red corner at the top left.
fn upright() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(60, 40, |x, y| {
        Rgb(if x < 24 && y < 16 { [255, 0, 0] } else { [0, 0, 255] })
    }))
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a file in memory");
    bytes.into_inner()
}

/// A JPEG of `stored` that says how to turn it.
fn turned(stored: &DynamicImage, orientation: u8) -> Vec<u8> {
    let entry = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
    let exif = [b"Exif\0\0MM\0*\0\0\0\x08".as_slice(), &entry].concat();
    let length = u16::try_from(exif.len() + 2).expect("a short header").to_be_bytes();
    let whole = file(stored, ImageFormat::Jpeg);
    [&whole[..2], &[0xff, 0xe1], &length, &exif, &whole[2..]].concat()
}

/// What is stored so that turning it by `orientation` gives the picture.
fn stored(orientation: u8) -> DynamicImage {
    let picture = upright();
    match orientation {
        2 => picture.fliph(),
        3 => picture.rotate180(),
        4 => picture.flipv(),
        5 => picture.rotate90().fliph(),
        6 => picture.rotate270(),
        7 => picture.rotate270().fliph(),
        8 => picture.rotate90(),
        _ => picture,
    }
}

fn shown(bytes: &[u8], (x, y): (f64, f64)) -> Command {
    let raster = Raster { width: 60, height: 40, pixels: PixelSource::File(bytes.into()) };
    let transform = Affine::translate((x, y)) * Affine::scale(2.0);
    let extend = (Extend::Pad, Extend::Pad);
    fill(
        area(x, y, x + 120.0, y + 80.0),
        Paint::Image(ImagePaint { image: Arc::new(raster), transform, alpha: 1.0, extend }),
    )
}

#[test]
fn photos_stand_upright_and_are_kept_as_they_are() {
    let files: Vec<Vec<u8>> = (1..=8).map(|orientation| turned(&stored(orientation), orientation)).collect();
    let places = (0..8).map(|index| (f64::from(index % 4) * 300.0 + 50.0, f64::from(index / 4) * 300.0 + 50.0));
    let commands: Vec<Command> = files.iter().zip(places.clone()).map(|(bytes, at)| shown(bytes, at)).collect();
    let written = Written::of_pages(&[page(commands.clone()), page(commands.clone())]);
    for pixels in [written.pixels(), written.pixels_by_mupdf(), Pixels::painted(&page(commands))] {
        for (x, y) in places.clone() {
            let at = |right: f64, down: f64| {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page")]
                ((x + right) as usize, (y + down) as usize)
            };
            pixels.assert_within(12, at(20.0, 12.0), [255, 0, 0]);
            pixels.assert_within(12, at(100.0, 12.0), [0, 0, 255]);
            pixels.assert_within(12, at(20.0, 68.0), [0, 0, 255]);
            pixels.assert((at(-6.0, 0.0).0, at(0.0, 20.0).1), [255; 3]);
        }
    }
    let whole = &written.bytes;
    for bytes in &files {
        assert_eq!(whole.windows(bytes.len()).filter(|part| part == bytes).count(), 1, "each file once, unchanged");
    }
}

#[test]
fn drawings_in_pixels_keep_their_compression() {
    let gray = DynamicImage::ImageLuma8(upright().to_luma8());
    let clear = DynamicImage::ImageRgba8(upright().to_rgba8());
    let deep = DynamicImage::ImageRgb16(upright().to_rgb16());
    let files = [upright(), gray, clear, deep].map(|picture| file(&picture, ImageFormat::Png));
    let at = [50.0, 250.0, 450.0, 650.0];
    let commands = files.iter().zip(at).map(|(bytes, x)| shown(bytes, (x, 50.0))).collect();
    let pages = [page(commands)];
    let written = Written::of_pages(&pages);
    for pixels in [written.pixels(), written.pixels_by_mupdf(), Pixels::painted(&pages[0])] {
        pixels.assert((70, 62), [255, 0, 0]);
        pixels.assert((150, 120), [0, 0, 255]);
        pixels.assert((270, 62), [54; 3]);
        pixels.assert((470, 62), [255, 0, 0]);
        pixels.assert((670, 62), [255, 0, 0]);
    }
    let kept = |png: &[u8]| {
        let name = png.windows(4).position(|name| name == b"IDAT").expect("a chunk of pixels");
        let length = u32::from_be_bytes(png[name - 4..name].try_into().expect("four bytes")) as usize;
        written.bytes.windows(length).any(|part| *part == png[name + 4..name + 4 + length])
    };
    assert_eq!([kept(&files[0]), kept(&files[1]), kept(&files[2])], [true, true, false]);
}

#[test]
fn a_file_that_is_none_is_transparent() {
    let commands = vec![shown(b"no picture", (50.0, 50.0)), shown(&[0xff, 0xd8, 0xff, 0xd9], (300.0, 50.0))];
    let pages = [page(commands)];
    Written::of_pages(&pages).pixels().assert((100, 100), [255; 3]);
    Pixels::painted(&pages[0]).assert((100, 100), [255; 3]);
}
