//! The pictures: a chart of bars as SVG, a map of cells as PNG.

use std::fmt::Write as _;

use super::Language;
use super::chance::Chance;
use super::phrases::STEPS;
use super::slides::{Picture, PictureKind};

const MAP_WIDTH: u32 = 720;
const MAP_HEIGHT: u32 = 405;
const CELL: u32 = 15;

/// The file of `picture`.
pub(crate) fn bytes(picture: &Picture, language: Language) -> Vec<u8> {
    match picture.kind {
        PictureKind::Svg => chart(picture.number, language).into_bytes(),
        PictureKind::Png => map(picture.number).unwrap_or_default(),
    }
}

fn chart(number: u32, language: Language) -> String {
    let mut chance = Chance::new("chart", number);
    let chinese = language == Language::Zh || (language == Language::Mixed && number % 2 == 1);
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"400\" viewBox=\"0 0 760 400\" \
         font-family=\"sans-serif\" font-size=\"20\">\n<rect width=\"760\" height=\"400\" rx=\"8\" fill=\"#f4f6f5\"/>\n",
    );
    for line in 0..7 {
        let x = 130 + 100 * line;
        let _ = writeln!(out, "<path d=\"M{x} 24V376\" stroke=\"#d5dcd9\"/>");
    }
    for (at, step) in (0_u32..).zip(STEPS) {
        let (y, width) = (36 + 56 * at, chance.between(50, 520));
        let name = if chinese { step.1 } else { step.0 };
        let _ = writeln!(
            out,
            "<text x=\"118\" y=\"{}\" text-anchor=\"end\" fill=\"#22302c\">{name}</text>\n\
             <rect x=\"130\" y=\"{y}\" width=\"{width}\" height=\"36\" rx=\"5\" fill=\"hsl({} 55% 42%)\"/>\n\
             <text x=\"{}\" y=\"{}\" fill=\"#4a5a55\">{} ms</text>",
            y + 25,
            165 + 9 * at,
            140 + width,
            y + 25,
            width / 4
        );
    }
    let points: Vec<_> = (0..13).map(|at| format!("{},{}", 130 + 50 * at, chance.between(50, 360))).collect();
    let _ = writeln!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#b4532a\" stroke-width=\"2\" opacity=\".55\"/>\n</svg>",
        points.join(" ")
    );
    out
}

fn map(number: u32) -> Result<Vec<u8>, png::EncodingError> {
    let mut chance = Chance::new("map", number);
    let columns = MAP_WIDTH / CELL;
    let cells: Vec<u32> = (0..columns * MAP_HEIGHT / CELL).map(|_| chance.between(0, 200)).collect();
    let mut pixels = Vec::with_capacity((MAP_WIDTH * MAP_HEIGHT * 3) as usize);
    for y in 0..MAP_HEIGHT {
        for x in 0..MAP_WIDTH {
            let cell = cells[(y / CELL * columns + x / CELL) as usize];
            // Grain, so that the file weighs as much as a screenshot does.
            let value = cell + chance.between(0, 7);
            pixels
                .extend([value + 40, 230 - value / 2, 210 - value].map(|channel| u8::try_from(channel).unwrap_or(255)));
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, MAP_WIDTH, MAP_HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(out)
}
