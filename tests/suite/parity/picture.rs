//! Pictures in memory, and how much two of them differ.

use std::io::Cursor;

/// How far, in steps of grey of 255, blurred pixels may lie apart.
const APART: u32 = 32;

/// How far the blur reaches from a pixel to each side.
const REACH: usize = 2;

/// A picture of red, green and blue bytes.
pub(crate) struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    /// Reads what pdftoppm writes: three numbers in text, then the pixels.
    pub(crate) fn from_ppm(bytes: &[u8]) -> Self {
        let mut head = bytes.splitn(4, u8::is_ascii_whitespace).skip(1);
        let mut number = || std::str::from_utf8(head.next()?).ok()?.parse::<usize>().ok();
        let (width, height) = (number().expect("a width"), number().expect("a height"));
        Self { width, height, rgb: bytes[bytes.len() - width * height * 3..].to_vec() }
    }

    /// Reads a PNG of eight bits, with or without alpha.
    pub(crate) fn from_png(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("its pixels");
        let channels = info.color_type.samples();
        assert!(channels >= 3, "a screenshot has colours");
        let rgb = pixels[..info.buffer_size()].chunks_exact(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
        Self { width: info.width as usize, height: info.height as usize, rgb: rgb.collect() }
    }

    /// A picture of these bytes, width and height in pixels.
    pub(crate) fn from_rgb((width, height): (u32, u32), rgb: Vec<u8>) -> Self {
        Self { width: width as usize, height: height as usize, rgb }
    }

    pub(crate) fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let size = |side: usize| u32::try_from(side).expect("a small picture");
        let mut encoder = png::Encoder::new(&mut bytes, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.rgb)).expect("a PNG");
        bytes
    }

    /// Luma by ITU-R BT.601, each pixel the mean of the pixels around it.
    fn blurred_grey(&self) -> Vec<u32> {
        let luma =
            |pixel: &[u8]| (299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2])) / 1000;
        let grey: Vec<u32> = self.rgb.chunks_exact(3).map(luma).collect();
        let across = blurred_rows(&grey, self.width);
        let turned = blurred_rows(&transposed(&across, self.width), self.height);
        transposed(&turned, self.height)
    }
}

/// Each value the mean of those to its left and right in its row.
fn blurred_rows(values: &[u32], width: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(values.len());
    for row in values.chunks_exact(width) {
        let mut sum: u32 = row.iter().take(REACH).sum();
        let mut count = u32::try_from(REACH).expect("a small number");
        for at in 0..width {
            if let Some(entering) = row.get(at + REACH) {
                sum += entering;
                count += 1;
            }
            if let Some(leaving) = at.checked_sub(REACH + 1) {
                sum -= row[leaving];
                count -= 1;
            }
            out.push(sum / count);
        }
    }
    out
}

fn transposed(values: &[u32], width: usize) -> Vec<u32> {
    (0..width).flat_map(|x| values.iter().skip(x).step_by(width).copied()).collect()
}

/// The share of pixels that differ, in percent, and a picture of where: red on the faint first picture.
pub(crate) fn difference(first: &Picture, second: &Picture) -> (f64, Picture) {
    assert_eq!((first.width, first.height), (second.width, second.height), "pictures of one size");
    let (a, b) = (first.blurred_grey(), second.blurred_grey());
    let mut differing = 0_u32;
    let mut rgb = Vec::with_capacity(first.rgb.len());
    for (a, b) in a.iter().zip(&b) {
        if a.abs_diff(*b) > APART {
            differing += 1;
            rgb.extend([220, 0, 0]);
        } else {
            let faint = u8::try_from(192 + a / 4).unwrap_or(u8::MAX);
            rgb.extend([faint; 3]);
        }
    }
    let all = u32::try_from(a.len()).expect("a small picture");
    let map = Picture { width: first.width, height: first.height, rgb };
    (100.0 * f64::from(differing) / f64::from(all), map)
}

#[test]
fn only_what_stays_after_the_blur_counts() {
    let plain = |grey: u8| Picture { width: 40, height: 30, rgb: vec![grey; 40 * 30 * 3] };
    assert!(difference(&plain(100), &plain(130)).0 < f64::EPSILON);
    assert!((difference(&plain(100), &plain(140)).0 - 100.0).abs() < f64::EPSILON);
    let mut dot = plain(100);
    dot.rgb[300..303].fill(255);
    assert!(difference(&plain(100), &dot).0 < f64::EPSILON, "one pixel is blurred away");
    let mut block = plain(100);
    for row in 10..16 {
        block.rgb[row * 120 + 30..row * 120 + 54].fill(255);
    }
    let (share, _) = difference(&plain(100), &block);
    assert!((share - 100.0 * 48.0 / 1200.0).abs() < 4.0, "{share}");
    let read = Picture::from_png(&block.to_png());
    assert_eq!((read.width, read.height, &read.rgb), (40, 30, &block.rgb));
}
