//! Pictures that fill one side of the slide to its edges, in the layouts that have a picture beside the text.

use crate::deck::pictures::{lone_image, side};
use crate::deck::slide::is_picture;
use crate::deck::writer::{Context, Writer};
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::talk::{self, Aspect, Block, BlockKind, Side, Slide};

/// The most and the least of the slide's width that a picture takes by its shape.
const PARTS: (f32, f32) = (0.25, 0.5);

/// The most of a photo, of its width or its height, that is cut off although nobody asked for it.
const LOST: f32 = 0.05;

/// How many of a photo's own pixels must stand for one of the slide, or it is not made as large.
const SHARP: f32 = 2.0 / 3.0;

/// The height of a caption of one line.
const CAPTION: f32 = 56.0;

/// A picture that fills its side.
pub(super) struct Photo<'a> {
    block: &'a Block,
    image: &'a talk::Image,
    at: Span,
    side: Side,
    /// CSS pixels.
    pub(super) width: f32,
}

impl<'a> Photo<'a> {
    /// The first picture of a slide with this layout, if it is to fill its side: it says `cover`, or it is a photo that
    /// loses next to nothing.
    ///
    /// It is as wide as its shape asks at the slide's full height, up to half of the slide.
    pub(super) fn of(context: &Context<'_>, slide: &'a Slide, layout: &str, aspect: Aspect) -> Option<Self> {
        let side = match layout {
            "image-right" => Side::Right,
            "image-left" => Side::Left,
            _ => return None,
        };
        let block = slide.blocks.iter().find(|block| is_picture(block))?;
        let BlockKind::Paragraph(content) = &block.kind else { return None };
        let (image, at) = lone_image(content)?;
        let says = |word: &str| {
            let classes = || image.attributes.classes.iter().chain(&block.attributes.classes);
            classes().any(|class| class == word)
        };
        if says("contain") || says("fit") || has_side(slide) {
            return None;
        }
        // A wrong path is reported when the picture is written.
        let file = context.images.get(&image.source, at, &mut Diagnostics::default())?;
        let (width, height) = area(image, aspect);
        let shape = file.width / file.height;
        let own = (height * shape).clamp(width * PARTS.0, width * PARTS.1).round();
        let is_asked_for = says("cover");
        let is_sized = image.width.is_some() || image.height.is_some();
        if !is_asked_for && (is_sized || !file.is_photo() || lost(shape, own / height) > LOST) {
            return None;
        }
        if !is_asked_for && file.height < height * SHARP {
            return None;
        }
        let given = image.width.as_deref().and_then(|given| in_pixels(given, (width, height)));
        Some(Self { block, image, at, side, width: given.unwrap_or(own) })
    }

    /// Whether `block` is what is shown at the side.
    pub(super) fn is_of(&self, block: &Block) -> bool {
        std::ptr::eq(self.block, block)
    }

    /// The class by which style sheets keep the text off.
    pub(super) fn class(&self) -> &'static str {
        match self.side {
            Side::Left => "has-side-left",
            Side::Right => "has-side-right",
        }
    }

    /// Its HTML, with its caption.
    pub(super) fn html(&self, writer: &mut Writer<'_>) -> String {
        let class = match self.side {
            Side::Left => "slide-background side-left photo",
            Side::Right => "slide-background side-right photo",
        };
        let unsized_image = talk::Image { width: None, height: None, ..self.image.clone() };
        let style = format!("width:{}px", self.width);
        writer.apart(|writer| writer.figure(&unsized_image, self.at, self.block, (class, Some(&style))))
    }
}

/// The room of a picture with its caption: the slide's width, and what is left of its height.
#[allow(clippy::cast_precision_loss, reason = "a slide is some thousand pixels wide")]
fn area(image: &talk::Image, aspect: Aspect) -> (f32, f32) {
    let (width, height) = aspect.size();
    (width as f32, height as f32 - if image.title.is_some() { CAPTION } else { 0.0 })
}

/// Whether the talk itself put something at a side.
fn has_side(slide: &Slide) -> bool {
    !side(&slide.backgrounds).0.is_empty()
}

/// The part of a picture that is cut off in a box of another shape.
fn lost(shape: f32, boxed: f32) -> f32 {
    1.0 - (shape / boxed).min(boxed / shape)
}

/// A length that somebody wrote, in CSS pixels of a slide of this size, at most all of its width.
fn in_pixels(length: &str, (width, height): (f32, f32)) -> Option<f32> {
    let length = length.trim();
    let (number, unit) =
        length.split_at(length.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(length.len()));
    let one = match unit.to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "%" | "vw" => width / 100.0,
        "vh" => height / 100.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "pt" => 96.0 / 72.0,
        "rem" => 16.0,
        "em" => 30.0,
        _ => return None,
    };
    let pixels = number.parse::<f32>().ok()? * one;
    (pixels >= 1.0).then(|| pixels.min(width).round())
}

#[cfg(test)]
mod tests {
    use super::{in_pixels, lost};

    #[test]
    fn lengths_are_told_in_pixels_of_the_slide() {
        let slide = (1280.0, 720.0);
        for (length, pixels) in [
            ("40%", Some(512.0)),
            ("300", Some(300.0)),
            ("5000px", Some(1280.0)),
            ("0%", None),
            ("x", None),
            ("-3px", None),
        ] {
            assert_eq!(in_pixels(length, slide), pixels, "{length}");
        }
    }

    #[test]
    fn what_is_cut_off_is_a_part_of_one_side() {
        assert!((lost(1.5, 0.75) - 0.5).abs() < 1e-6);
        assert!((lost(0.75, 1.5) - 0.5).abs() < 1e-6);
        assert!(lost(0.75, 0.75).abs() < 1e-6);
    }
}
