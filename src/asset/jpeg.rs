//! Headers of JPEG files: what a PDF must know to hold one as it is.

/// How a JPEG file holds its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jpeg {
    /// In pixels, as stored.
    pub width: u32,
    /// In pixels, as stored.
    pub height: u32,
    /// 1 for gray, 3 for colours of screens, 4 for those of print.
    pub channels: u8,
    /// How it is to be turned to stand upright, 1 to 8 as Exif counts.
    pub orientation: u8,
    /// Whether every viewer of PDF reads it: 8 bits, Huffman-coded, not lossless.
    pub(super) is_common: bool,
}

impl Jpeg {
    /// Reads the header of a JPEG file; `None` for any other.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut orientation = 1;
        let mut at = 2;
        bytes.starts_with(&[0xff, 0xd8]).then_some(())?;
        while let Some(&[0xff, marker, ref rest @ ..]) = bytes.get(at..) {
            match marker {
                0xff => at += 1,
                0x01 | 0xd0..=0xd8 => at += 2,
                0xda => break,
                _ => {
                    let [high, low, ..] = *rest else { break };
                    let length = usize::from(u16::from_be_bytes([high, low])).max(2);
                    let body = rest.get(2..length).unwrap_or_default();
                    match marker {
                        0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => found = frame(marker, body),
                        0xe1 => orientation = exif_orientation(body).unwrap_or(orientation),
                        _ => {}
                    }
                    at += 2 + length;
                }
            }
        }
        found.map(|jpeg| Self { orientation, ..jpeg })
    }

    /// Whether it is stored lying on its side.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        self.orientation >= 5
    }
}

/// Reads a frame header; ITU-T T.81, B.2.2.
fn frame(marker: u8, body: &[u8]) -> Option<Jpeg> {
    let &[bits, h1, h0, w1, w0, channels, ..] = body else { return None };
    Some(Jpeg {
        width: u16::from_be_bytes([w1, w0]).into(),
        height: u16::from_be_bytes([h1, h0]).into(),
        channels,
        orientation: 1,
        is_common: bits == 8 && matches!(marker, 0xc0..=0xc2),
    })
}

fn exif_orientation(body: &[u8]) -> Option<u8> {
    let exif = body.strip_prefix(b"Exif\0\0")?;
    image::metadata::Orientation::from_exif_chunk(exif).map(image::metadata::Orientation::to_exif)
}
