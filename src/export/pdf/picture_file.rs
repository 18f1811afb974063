//! Files that a PDF can hold as they are: JPEG, and PNG without transparency.

use kurbo::Affine;
use lopdf::{Object, Stream, StringFormat};

use super::picture::{head, predictor};
use crate::asset::{Jpeg, Png};
use crate::layout::{PixelSource, Raster};

/// A file whose bytes go into the PDF unchanged.
pub(super) enum Kept<'a> {
    /// A JPEG and its header.
    Jpeg(Jpeg, &'a [u8]),
    /// The parts of a PNG.
    Png(Png<'a>),
}

/// Returns the file of a picture when a PDF can hold it as it is.
pub(super) fn kept(raster: &Raster) -> Option<Kept<'_>> {
    let PixelSource::File(bytes) = &raster.pixels else { return None };
    if let Some(jpeg) = Jpeg::read(bytes) {
        return matches!(jpeg.channels, 1 | 3).then_some(Kept::Jpeg(jpeg, bytes));
    }
    Png::read(bytes).map(Kept::Png)
}

/// Returns the transform within the unit square that turns what is stored upright; y points down. Exif 2.32, 4.6.4, tag 274.
pub(super) fn upright(orientation: u8) -> Affine {
    Affine::new(match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        6 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        7 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        8 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    })
}

impl Kept<'_> {
    /// Returns the image stream.
    pub(super) fn stream(&self) -> Stream {
        match self {
            Self::Jpeg(jpeg, bytes) => {
                let mut dict = head((jpeg.width, jpeg.height));
                dict.set("ColorSpace", if jpeg.channels == 1 { "DeviceGray" } else { "DeviceRGB" });
                dict.set("BitsPerComponent", 8);
                dict.set("Filter", "DCTDecode");
                Stream::new(dict, bytes.to_vec())
            }
            Self::Png(png) => {
                let mut dict = head((png.width, png.height));
                dict.set("ColorSpace", color_space(png));
                dict.set("BitsPerComponent", i64::from(png.bits));
                dict.set("Filter", "FlateDecode");
                dict.set("DecodeParms", predictor(png.width, png.channels(), png.bits));
                Stream::new(dict, png.data.concat())
            }
        }
    }
}

fn color_space(png: &Png<'_>) -> Object {
    let Some(palette) = png.palette else {
        return if png.channels() == 1 { "DeviceGray" } else { "DeviceRGB" }.into();
    };
    let last = i64::try_from(palette.len() / 3).unwrap_or(1) - 1;
    let colors = Object::String(palette.to_vec(), StringFormat::Hexadecimal);
    vec!["Indexed".into(), "DeviceRGB".into(), last.into(), colors].into()
}
