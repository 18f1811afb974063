use usvg::{Options, Tree};

use crate::asset::{Image, Mime, drawn, pixels};

/// How wide drawings are painted to look at their edges, in pixels.
const PAINTED: f32 = 128.0;
/// A picture's edge is one part of this many.
const PART: usize = 48;

/// The mean colours along the edges of a picture, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edges {
    /// Along the top.
    pub top: [u8; 3],
    /// Along the right side.
    pub right: [u8; 3],
    /// Along the bottom.
    pub bottom: [u8; 3],
    /// Along the left side.
    pub left: [u8; 3],
}

impl Edges {
    /// The edges of `image`; `None` where they are not opaque or it can't be read.
    #[must_use]
    pub fn of(image: &Image) -> Option<Self> {
        let (width, height, rgba) = painted(image)?;
        let (across, down) = ((width / PART).max(1), (height / PART).max(1));
        let mean = |columns: (usize, usize), rows: (usize, usize)| mean(&rgba, width, columns, rows);
        Some(Self {
            top: mean((0, width), (0, down))?,
            right: mean((width - across, width), (0, height))?,
            bottom: mean((0, width), (height - down, height))?,
            left: mean((0, across), (0, height))?,
        })
    }
}

/// The pixels of `image`, drawings small.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the sizes of small drawings")]
fn painted(image: &Image) -> Option<(usize, usize, Vec<u8>)> {
    if image.mime != Mime::Svg {
        let pixels = pixels(&image.bytes).ok()?;
        return Some((pixels.width as usize, pixels.height as usize, pixels.rgba));
    }
    let tree = Tree::from_data(&image.bytes, &Options::default()).ok()?;
    let height = (PAINTED * image.height / image.width).clamp(1.0, PAINTED * 4.0).round();
    Some((PAINTED as usize, height as usize, drawn(&tree, (PAINTED as u32, height as u32))?))
}

/// The mean colour of a part of a picture that is `width` pixels wide; `None` where it is not opaque.
fn mean(rgba: &[u8], width: usize, columns: (usize, usize), rows: (usize, usize)) -> Option<[u8; 3]> {
    let (mut sums, mut count) = ([0_u64; 4], 0_u64);
    for row in rows.0..rows.1 {
        let line = rgba.get((row * width + columns.0) * 4..(row * width + columns.1) * 4)?;
        for pixel in line.chunks_exact(4) {
            sums.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += u64::from(*part));
            count += 1;
        }
    }
    let [red, green, blue, alpha] = sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    (alpha > 250).then_some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::Edges;
    use crate::asset::{Images, png_file};
    use crate::diagnostic::Diagnostics;
    use crate::source::{MemoryLoader, Sources, Span};

    #[test]
    fn the_edges_of_pictures_have_the_colours_that_stand_there() {
        let body = "<rect width='80' height='40' fill='#102030'/><rect y='20' width='80' height='20' fill='#a0b0c0'/>";
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40'>{body}</svg>");
        let clear = "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='40'><circle r='9'/></svg>";
        let red = png_file(2, 2, [200, 0, 0, 255].repeat(4)).unwrap();
        let loader = MemoryLoader::default().with("a.svg", svg).with("b.svg", clear).with("c.png", red);
        let mut sources = Sources::default();
        let at = Span::new(sources.add("talk.md", String::new()), 0, 0);
        let images = Images::new(&loader);
        let edges = |name| Edges::of(&images.get(name, at, &mut Diagnostics::default()).unwrap());
        let drawing = edges("a.svg").unwrap();
        assert_eq!((drawing.top, drawing.bottom), ([16, 32, 48], [160, 176, 192]));
        assert_eq!(edges("b.svg"), None);
        assert_eq!(edges("c.png").map(|edges| edges.left), Some([200, 0, 0]));
    }
}
