use std::fmt::Write as _;
use std::sync::Arc;

use crate::asset::Edges;
use crate::deck::ImageMode;
use crate::deck::memo::Shown;
use crate::deck::writer::{Context, Writer};
use crate::diagnostic::{Diagnostics, code};
use crate::escape::html as escaped;
use crate::source::Span;
use crate::talk::{Aspect, Attributes, Background, BackgroundFit, Block, BlockKind, Image, Inline, InlineKind, Side};

impl Writer<'_> {
    /// A picture within text; nothing when it can't be shown.
    pub(super) fn image(&mut self, image: &Image, span: Span) {
        let Some(url) = self.image_url(&image.source, span) else { return };
        let mut style = String::new();
        for (name, value) in [("width", &image.width), ("height", &image.height)] {
            if let Some(length) = value.as_ref().and_then(|value| self.length(value, span)) {
                let _ = write!(style, "{name}:{length};");
            }
        }
        let html = self.apart(|writer| {
            writer.raw("<img");
            writer.attribute("src", &url);
            writer.attribute("alt", &image.alt);
            if let Some(title) = &image.title {
                writer.attribute("title", title);
            }
            if !style.is_empty() {
                writer.attribute("style", style.trim_end_matches(';'));
            }
            writer.attributes("", &image.attributes, None);
            writer.raw(">");
        });
        self.trust(html);
    }

    /// A picture that stands alone in its paragraph, with its title as caption, in a box of this class and style.
    pub(super) fn figure(&mut self, image: &Image, at: Span, block: &Block, (class, style): (&str, Option<&str>)) {
        self.open("figure", class, block, style);
        let plain = Image { title: None, ..image.clone() };
        self.image(&plain, at);
        if let Some(title) = &image.title {
            self.raw("<figcaption>");
            self.text(title);
            self.raw("</figcaption>");
        }
        self.raw("</figure>");
    }

    /// Where the picture's bytes are to be found.
    pub(super) fn image_url(&mut self, source: &str, span: Span) -> Option<String> {
        let image: Arc<_> = self.context.images.get(source, span, &mut self.diagnostics)?;
        self.pictures.push(Shown { source: source.to_owned(), hash: image.hash.clone() });
        Some(match self.context.options.images {
            ImageMode::DataUri => image.data_uri(),
            ImageMode::Reference => format!("asset:///{}", image.hash),
            ImageMode::Path => format!("asset/{}", image.hash),
        })
    }

    /// What lies behind the slide's content.
    pub(super) fn backgrounds(&mut self) {
        for background in &self.slide.backgrounds {
            match &background.value {
                Background::Color(color) => self.color(color, background.span),
                Background::Image { source, alt, fit, side } => {
                    let Some(url) = self.image_url(source, background.span) else { continue };
                    let class = match side {
                        None => "",
                        Some((Side::Left, _)) => " side-left",
                        Some((Side::Right, _)) => " side-right",
                    };
                    let width = side.map(|(_, width)| format!(" style=\"width:{}%\"", width.clamp(1.0, 100.0)));
                    let fit = match fit {
                        BackgroundFit::Cover => "object-fit:cover".to_owned(),
                        BackgroundFit::Contain => "object-fit:contain".to_owned(),
                        BackgroundFit::Auto => "object-fit:none".to_owned(),
                        BackgroundFit::Percent(part) => {
                            let part = part.clamp(1.0, 1000.0);
                            format!("object-fit:contain;width:{part}%;height:{part}%;margin:auto")
                        }
                    };
                    self.raw(&format!(
                        "<div class=\"slide-background{class}\"{}><img src=\"{}\" alt=\"{}\" style=\"{fit}\"></div>",
                        width.unwrap_or_default(),
                        escaped(&url),
                        escaped(alt)
                    ));
                }
            }
        }
    }

    fn color(&mut self, color: &str, span: Span) {
        if is_paint(color) {
            self.raw("<div class=\"slide-background\"");
            self.attribute("style", &format!("background:{color}"));
            self.raw("></div>");
        } else {
            let message = format!("`{color}` is neither a colour nor a picture");
            self.report(&code::INVALID_VALUE, span, message, "write a CSS colour as `#123` or the path of a picture");
        }
    }
}

/// The picture of a paragraph that holds nothing else.
pub(super) fn lone_image(inlines: &[Inline]) -> Option<(&Image, Span)> {
    let mut found = None;
    for inline in inlines {
        match &inline.kind {
            InlineKind::Image(image) if found.is_none() => found = Some((image, inline.span)),
            InlineKind::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    found
}

/// A ground that carries the edges of a picture on where it has another shape than the slide, as a CSS gradient; `None`
/// for the same shape and for pictures whose edges one can see through.
pub(super) fn ground(context: &Context<'_>, block: &Block, aspect: Aspect) -> Option<String> {
    let BlockKind::Paragraph(inlines) = &block.kind else { return None };
    let (picture, span) = lone_image(inlines)?;
    let image = context.images.get(&picture.source, span, &mut Diagnostics::default())?;
    let (width, height) = aspect.size();
    #[allow(clippy::cast_precision_loss, reason = "a slide is some thousand pixels wide")]
    let shape = (image.width / image.height) / (width as f32 / height as f32);
    if (0.99..=1.01).contains(&shape) {
        return None;
    }
    let edges = Edges::of(&image)?;
    let (degrees, [first, last]) =
        if shape > 1.0 { (180, [edges.top, edges.bottom]) } else { (90, [edges.left, edges.right]) };
    let color = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    Some(format!("linear-gradient({degrees}deg, {} 0 50%, {} 50% 100%)", color(first), color(last)))
}

/// Whether `color` is one CSS value that loads nothing.
fn is_paint(color: &str) -> bool {
    !color.trim().is_empty()
        && !color.contains([';', '{', '}', '<', '>', '\\', '"', '\''])
        && !color.contains("/*")
        && !color.to_ascii_lowercase().contains("url(")
        && !color.to_ascii_lowercase().contains("image")
}

/// Classes and style that a slide has for pictures on its side.
pub(super) fn side(backgrounds: &[crate::source::Spanned<Background>]) -> (Vec<&'static str>, Option<f32>) {
    let (mut classes, mut width) = (Vec::new(), None);
    for background in backgrounds {
        let Background::Image { side: Some((side, part)), .. } = &background.value else { continue };
        let class = match side {
            Side::Left => "has-side-left",
            Side::Right => "has-side-right",
        };
        if !classes.contains(&class) {
            classes.push(class);
            width = width.or(Some(part.clamp(1.0, 100.0)));
        }
    }
    (classes, width)
}

/// Attributes of nothing.
pub(super) fn no_attributes() -> &'static Attributes {
    static NONE: Attributes = Attributes { id: None, classes: Vec::new(), pairs: Vec::new() };
    &NONE
}
