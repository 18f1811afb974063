//! Headers of PNG, JPEG, GIF and WebP files: size and completeness, without decoding a pixel.

use crate::asset::Mime;

/// The longest side of a picture, in pixels.
const MAX_SIDE: usize = 65_535;
/// The largest picture, in pixels.
const MAX_PIXELS: usize = 150_000_000;

/// The kind of picture that `bytes` begin like.
pub(super) fn sniff(bytes: &[u8]) -> Option<Mime> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Mime::Png)
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(Mime::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(Mime::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Mime::WebP)
    } else {
        None
    }
}

/// Width and height in pixels.
///
/// # Errors
/// In words, when the header is damaged, the picture is too large or the file is cut off.
pub(super) fn check(mime: Mime, bytes: &[u8]) -> Result<(u32, u32), String> {
    let size = imagesize::blob_size(bytes).map_err(|_| "its header is damaged".to_owned())?;
    let (width, height) = (size.width, size.height);
    if width == 0 || height == 0 {
        return Err("it has no pixels".to_owned());
    }
    if width > MAX_SIDE || height > MAX_SIDE || width.saturating_mul(height) > MAX_PIXELS {
        return Err(format!(
            "it has {width} × {height} pixels, the limit is {} million in all and {MAX_SIDE} a side",
            MAX_PIXELS / 1_000_000
        ));
    }
    let complete = match mime {
        Mime::Png => png_is_complete(bytes),
        Mime::Jpeg => jpeg_is_complete(bytes),
        Mime::Gif => bytes.iter().rev().find(|byte| **byte != 0) == Some(&0x3b),
        Mime::WebP => bytes
            .get(4..8)
            .and_then(|size| <[u8; 4]>::try_from(size).ok())
            .is_some_and(|size| u64::from(u32::from_le_bytes(size)) + 8 <= bytes.len() as u64),
        Mime::Svg => true,
    };
    if !complete {
        return Err("the file is cut off".to_owned());
    }
    let pixels = |length: usize| u32::try_from(length).map_err(|_| "its header is damaged".to_owned());
    Ok((pixels(width)?, pixels(height)?))
}

/// Whether a file is packed as photographs are: some of it lost, none of it transparent.
pub(super) fn is_photo(mime: Mime, bytes: &[u8]) -> bool {
    /// The flags of a WebP file that is transparent or moves.
    const ALPHA_OR_MOVES: u8 = 0x12;
    if mime != Mime::WebP {
        return mime == Mime::Jpeg;
    }
    match bytes.get(12..16) {
        Some(b"VP8 ") => true,
        Some(b"VP8X") => {
            bytes.get(20).is_some_and(|flags| flags & ALPHA_OR_MOVES == 0)
                && webp_chunks(bytes).any(|kind| kind == b"VP8 ")
        }
        _ => false,
    }
}

/// The kinds of the chunks of a WebP file.
fn webp_chunks(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (rest.get(..4)?, rest.get(4..8)?);
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        rest = rest.get(8..)?.get(length.checked_add(length % 2)?..).unwrap_or_default();
        Some(kind)
    })
}

/// Whether it holds more than one picture, shown one after another.
pub(super) fn moves(mime: Mime, bytes: &[u8]) -> bool {
    match mime {
        Mime::Png => png_chunks(bytes).take_while(|(name, _)| name != b"IDAT").any(|(name, _)| &name == b"acTL"),
        Mime::Gif => gif_pictures(bytes) > 1,
        // The flags of the extended header; RFC 9649, 2.7.1.
        Mime::WebP => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0),
        Mime::Jpeg | Mime::Svg => false,
    }
}

/// How many pictures the blocks of a GIF hold; `GIF89a`, appendix A.
fn gif_pictures(bytes: &[u8]) -> usize {
    let colors = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut pictures = 0;
    let mut at = 13 + bytes.get(10).map_or(0, |flags| colors(*flags));
    loop {
        match bytes.get(at..) {
            Some([0x2c, rest @ ..]) => {
                pictures += 1;
                at += 11 + rest.get(8).map_or(0, |flags| colors(*flags));
            }
            Some([0x21, ..]) => at += 2,
            _ => return pictures,
        }
        while let Some(&length @ 1..) = bytes.get(at) {
            at += 1 + usize::from(length);
        }
        at += 1;
    }
}

/// Whether the chunks of a PNG follow each other to `IEND` and pixels are among them.
fn png_is_complete(bytes: &[u8]) -> bool {
    let mut has_pixels = false;
    for (name, _) in png_chunks(bytes) {
        match &name {
            b"IDAT" => has_pixels = true,
            b"IEND" => return has_pixels,
            _ => {}
        }
    }
    false
}

/// The whole chunks of a PNG: their names and what is in them.
pub(super) fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        // A checksum ends each chunk.
        rest = after.get(length.checked_add(4)?..)?;
        Some((*name, data))
    })
}

/// Whether an end mark follows the first scan of a JPEG.
fn jpeg_is_complete(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, marker, ref rest @ ..]) = bytes.get(at..) {
        match marker {
            0xff => at += 1,
            0xda => return bytes[at..].windows(2).rev().any(|pair| pair == [0xff, 0xd9]),
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => match rest {
                [high, low, ..] => at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2),
                _ => return false,
            },
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{check, is_photo, sniff};
    use crate::asset::Mime;

    /// A PNG of the given size with `rows` of pixel data that no test decodes.
    pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        for (name, data) in [(b"IHDR", &header[..]), (b"IDAT", &[0; 40]), (b"IEND", &[])] {
            out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
            out.extend(name);
            out.extend(data);
            out.extend([0; 4]);
        }
        out
    }

    #[test]
    fn a_png_gives_its_size() {
        assert_eq!(sniff(&png(3, 2)), Some(Mime::Png));
        assert_eq!(check(Mime::Png, &png(3, 2)), Ok((3, 2)));
    }

    #[test]
    fn photos_are_told_by_how_their_file_is_packed() {
        let webp = |chunks: &[u8]| [b"RIFF\0\0\0\0WEBP", chunks].concat();
        let extended = |flags: u8| [b"VP8X\x0a\0\0\0".as_slice(), &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
        for (bytes, expected) in [
            (webp(b"VP8 \x02\0\0\0ab"), true),
            (webp(b"VP8L\x02\0\0\0ab"), false),
            (webp(&[extended(8), b"ICCP\x01\0\0\0a\0VP8 \x02\0\0\0ab".to_vec()].concat()), true),
            (webp(&[extended(8), b"ICCP\xff\xff\xff\xffa\0VP8 ".to_vec()].concat()), false),
            (webp(&[extended(0x10), b"VP8 \x02\0\0\0ab".to_vec()].concat()), false),
            (webp(b""), false),
        ] {
            assert_eq!(is_photo(Mime::WebP, &bytes), expected, "{bytes:?}");
        }
        assert!(is_photo(Mime::Jpeg, b"") && !is_photo(Mime::Png, b""));
    }

    #[test]
    fn a_png_that_is_cut_off_says_so() {
        let whole = png(3, 2);
        for length in 33..whole.len() {
            assert_eq!(check(Mime::Png, &whole[..length]), Err("the file is cut off".to_owned()), "{length}");
        }
    }

    #[test]
    fn a_huge_header_is_refused() {
        let message = check(Mime::Png, &png(20_000, 20_001)).unwrap_err();
        assert!(message.contains("20000 × 20001"), "{message}");
    }
}
