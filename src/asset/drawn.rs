//! Drawings as pixels: filters, masks, patterns and clips of several shapes, which have no paths to be painted with.

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::filter::Kind;
use usvg::{Group, ImageKind, Node, Paint, Path, Tree};

/// The most pixels that a drawing is painted with; more than most screens have.
const MOST_PIXELS: f64 = 4e6;

/// How often a pixel may be worked on in all: effects one after the other over a large drawing take too long.
const MOST_WORK: f64 = 3e8;

/// The most pixels of a picture within a drawing with effects: each is decoded anew.
const HUGE: f64 = 25e6;

/// What a drawing needs to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effects {
    /// How often each pixel is worked on; nothing means that paths do.
    work: f64,
    /// Whether it holds pictures too large to be decoded along with it.
    has_huge_pictures: bool,
}

impl Effects {
    /// What of `tree` paths can't show.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let mut effects = Self::default();
        effects.add(tree.root());
        effects
    }

    /// Whether the drawing has to be painted as pixels.
    #[must_use]
    pub fn need_pixels(self) -> bool {
        self.work > 0.0
    }

    fn add(&mut self, group: &Group) {
        self.work +=
            group.filters().iter().flat_map(|filter| filter.primitives()).map(|part| work(part.kind())).sum::<f64>();
        let mut mask = group.mask();
        while let Some(one) = mask {
            self.work += 3.0;
            self.add(one.root());
            mask = one.mask();
        }
        if let Some(clip) = group.clip_path() {
            let is_one_path =
                matches!(clip.root().children(), [Node::Path(path)] if path.abs_transform().is_identity());
            if !is_one_path || !clip.transform().is_identity() || clip.clip_path().is_some() {
                self.work += 3.0;
            }
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.add(inner),
                Node::Path(path) => self.add_patterns(path),
                Node::Text(text) => self.add(text.flattened()),
                Node::Image(image) => {
                    if let ImageKind::SVG(tree) = image.kind() {
                        self.add(tree.root());
                    } else {
                        let size = image.size();
                        self.has_huge_pictures |= f64::from(size.width()) * f64::from(size.height()) > HUGE;
                    }
                }
            }
        }
    }

    fn add_patterns(&mut self, path: &Path) {
        let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
        for paint in paints.into_iter().flatten() {
            if let Paint::Pattern(pattern) = paint {
                self.work += 2.0;
                self.add(pattern.root());
            }
        }
    }

    /// The size in pixels to paint a drawing with that is shown in `shown` of them; smaller where that takes too long, and
    /// `None` where even a small one does.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few million pixels")]
    #[must_use]
    pub fn size(self, (width, height): (f64, f64)) -> Option<(u32, u32)> {
        const LEAST: f64 = 2500.0;
        let pixels = width * height;
        let most = MOST_PIXELS.min(MOST_WORK / self.work.max(1.0));
        if !(pixels > 0.0 && pixels.is_finite()) || most < LEAST || self.has_huge_pictures {
            return None;
        }
        let smaller = (most / pixels).sqrt().min(1.0);
        let side = |length: f64| (length * smaller).round().clamp(1.0, 16_384.0) as u32;
        Some((side(width), side(height)))
    }
}

/// How often a part of a filter works on each pixel.
fn work(kind: &Kind) -> f64 {
    match kind {
        Kind::Turbulence(noise) => 20.0 * f64::from(noise.num_octaves()).max(1.0),
        Kind::ConvolveMatrix(kernel) => f64::from(kernel.matrix().columns()) * f64::from(kernel.matrix().rows()),
        Kind::Morphology(spread) => {
            4.0 * f64::from(spread.radius_x().get()).max(1.0) * f64::from(spread.radius_y().get()).max(1.0)
        }
        Kind::GaussianBlur(_) | Kind::DropShadow(_) | Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 6.0,
        _ => 2.0,
    }
}

/// The pixels of a drawing: 8 bits each of red, green, blue and alpha, not premultiplied; `None` for a size that is none.
#[allow(clippy::cast_precision_loss, reason = "some thousand pixels")]
#[must_use]
pub fn drawn(tree: &Tree, (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let mut pixels = Pixmap::new(width, height)?;
    let scale = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(tree, scale, &mut pixels.as_mut());
    Some(pixels.take_demultiplied())
}

#[cfg(test)]
mod tests {
    use usvg::{Options, Tree};

    use super::{Effects, drawn};

    fn tree(body: &str) -> Tree {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{body}</svg>");
        Tree::from_str(&svg, &Options::default()).unwrap()
    }

    #[test]
    fn only_what_paths_cannot_show_needs_pixels() {
        let rect = "<rect width='9' height='9' fill='red' ATTRIBUTES/>";
        let shapes = "<clipPath id='one'><rect width='5' height='5'/></clipPath>\
            <clipPath id='two'><rect width='5' height='5'/><circle r='9'/></clipPath>\
            <mask id='mask'><rect width='5' height='5' fill='#fff'/></mask>\
            <pattern id='dots' width='4' height='4' patternUnits='userSpaceOnUse'><circle r='1'/></pattern>\
            <filter id='blur'><feGaussianBlur stdDeviation='1'/></filter>";
        for (attributes, needed) in [
            ("", false),
            ("opacity='0.5'", false),
            ("style='mix-blend-mode:multiply'", false),
            ("clip-path='url(#one)'", false),
            ("clip-path='url(#two)'", true),
            ("mask='url(#mask)'", true),
            ("stroke='url(#dots)'", true),
            ("filter='url(#blur)'", true),
        ] {
            let tree = tree(&format!("<defs>{shapes}</defs>{}", rect.replace("ATTRIBUTES", attributes)));
            assert_eq!(Effects::of(&tree).need_pixels(), needed, "{attributes}");
        }
    }

    #[test]
    fn a_blur_has_soft_edges_at_the_size_asked_for() {
        let tree = tree(
            "<filter id='b'><feGaussianBlur stdDeviation='2'/></filter>\
            <rect x='10' y='5' width='20' height='10' fill='#f00' filter='url(#b)'/>",
        );
        let pixels = drawn(&tree, (80, 40)).unwrap();
        let alpha = |x: usize, y: usize| pixels[(y * 80 + x) * 4 + 3];
        assert_eq!(pixels.len(), 80 * 40 * 4);
        assert!(alpha(40, 20) > 230 && (40..220).contains(&alpha(20, 20)) && alpha(2, 2) == 0);
    }

    #[test]
    fn pictures_within_a_drawing_are_painted() {
        let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
        let tree = tree(&format!(
            "<filter id='b'><feGaussianBlur stdDeviation='1'/></filter>\
            <image x='10' y='5' width='20' height='10' filter='url(#b)' href='data:image/png;base64,{png}'/>"
        ));
        let pixels = drawn(&tree, (40, 20)).unwrap();
        let middle = &pixels[(10 * 40 + 20) * 4..][..4];
        assert!(middle[0] > 200 && middle[1] < 30 && middle[3] > 200, "{middle:?}");
        assert!(!Effects::of(&tree).has_huge_pictures);
    }

    #[test]
    fn much_work_makes_the_picture_smaller() {
        let noise = |octaves: u32| {
            tree(&format!(
                "<filter id='n'><feTurbulence baseFrequency='.1' numOctaves='{octaves}'/></filter>\
                <rect width='40' height='20' filter='url(#n)'/>"
            ))
        };
        assert_eq!(Effects::of(&noise(1)).size((4000.0, 2000.0)), Some((2828, 1414)));
        assert_eq!(Effects::of(&noise(100)).size((4000.0, 2000.0)), Some((548, 274)));
        assert_eq!(Effects::of(&noise(1_000_000)).size((4000.0, 2000.0)), None);
    }
}
