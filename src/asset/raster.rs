//! Headers of PNG, JPEG, GIF and WebP files: size and completeness, without decoding a pixel.

use crate::asset::Mime;

/// The longest side of a picture, in pixels.
const MAX_SIDE: usize = 20_000;
/// The largest picture, in pixels.
const MAX_PIXELS: usize = 50_000_000;

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
            "it has {width} × {height} pixels, the limit is {} million in all",
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

/// Whether the chunks of a PNG follow each other to `IEND` and pixels are among them.
fn png_is_complete(bytes: &[u8]) -> bool {
    let mut at = 8;
    let mut has_pixels = false;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        // Length, name and checksum stand around the data.
        let Some(end) = at.checked_add(length).and_then(|end| end.checked_add(12)) else { return false };
        if end > bytes.len() {
            return false;
        }
        match &head[4..8] {
            b"IDAT" => has_pixels = true,
            b"IEND" => return has_pixels,
            _ => {}
        }
        at = end;
    }
    false
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
    use super::{check, sniff};
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
    fn a_png_that_is_cut_off_says_so() {
        let whole = png(3, 2);
        for length in 33..whole.len() {
            assert_eq!(check(Mime::Png, &whole[..length]), Err("the file is cut off".to_owned()), "{length}");
        }
    }

    #[test]
    fn a_huge_header_is_refused() {
        let message = check(Mime::Png, &png(20_000, 20_000)).unwrap_err();
        assert!(message.contains("20000 × 20000"), "{message}");
    }
}
