use comrak::nodes::NodeLink;

use crate::parse::attributes;
use crate::parse::reader::{Place, Reader};
use crate::source::{Span, Spanned};
use crate::talk::{Attributes, Background, BackgroundFit, Image, InlineKind, Side};

impl Reader<'_, '_, '_> {
    /// A picture; one whose alternative text says `bg` goes behind the slide instead.
    pub(super) fn image(
        &mut self,
        link: NodeLink,
        alt: &str,
        mut attributes: Attributes,
        span: Span,
    ) -> Option<InlineKind> {
        attributes::warn_unused(&attributes, &["width", "height", "role"], "a picture", span, self.shared.diagnostics);
        self.check_width(&mut attributes, span);
        let words = MarpWords::read(alt);
        if words.background && self.place == Place::Slide {
            let background = Background::Image { source: link.url, alt: words.alt, fit: words.fit, side: words.side };
            self.slide.backgrounds.push(Spanned::new(background, span));
            return None;
        }
        let mut image = Image {
            source: link.url,
            alt: words.alt,
            title: Some(link.title).filter(|title| !title.is_empty()),
            width: words.width,
            height: words.height,
            attributes,
        };
        let mut pairs = std::mem::take(&mut image.attributes.pairs);
        pairs.retain(|(key, value)| match key.as_str() {
            "width" => {
                image.width = Some(value.clone());
                false
            }
            "height" => {
                image.height = Some(value.clone());
                false
            }
            _ => true,
        });
        image.attributes.pairs = pairs;
        Some(InlineKind::Image(image))
    }
}

/// Marp's words in an alternative text, and what is left of it.
#[derive(Debug, Default, PartialEq)]
struct MarpWords {
    alt: String,
    background: bool,
    fit: BackgroundFit,
    side: Option<(Side, f32)>,
    width: Option<String>,
    height: Option<String>,
}

impl MarpWords {
    fn read(alt: &str) -> Self {
        let mut found = Self { background: alt.split_whitespace().next() == Some("bg"), ..Self::default() };
        let mut rest = Vec::new();
        for word in alt.split_whitespace() {
            if !found.take(word) {
                rest.push(word);
            }
        }
        found.alt = rest.join(" ");
        found
    }

    /// Takes in a word if it is one of Marp's.
    fn take(&mut self, word: &str) -> bool {
        let (name, value) = word.split_once(':').unwrap_or((word, ""));
        match (name, value) {
            ("w" | "width", _) if length(value).is_some() => self.width = length(value),
            ("h" | "height", _) if length(value).is_some() => self.height = length(value),
            _ if !self.background => return false,
            ("bg", "") => {}
            ("cover", "") => self.fit = BackgroundFit::Cover,
            ("contain" | "fit", "") => self.fit = BackgroundFit::Contain,
            ("auto", "") => self.fit = BackgroundFit::Auto,
            ("left", _) if part(value).is_some() => self.side = part(value).map(|part| (Side::Left, part)),
            ("right", _) if part(value).is_some() => self.side = part(value).map(|part| (Side::Right, part)),
            (_, "") => match percent(name) {
                Some(percent) => self.fit = BackgroundFit::Percent(percent),
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

/// A length; a bare number counts pixels.
fn length(value: &str) -> Option<String> {
    let bare = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let length = if bare { format!("{value}px") } else { value.to_owned() };
    attributes::is_length(&length).then_some(length)
}

/// The part of the slide that a side takes, half of it when nothing is said.
fn part(value: &str) -> Option<f32> {
    if value.is_empty() { Some(50.0) } else { percent(value).filter(|part| *part < 100.0) }
}

fn percent(value: &str) -> Option<f32> {
    value.strip_suffix('%')?.parse().ok().filter(|part: &f32| part.is_finite() && *part > 0.0 && *part <= 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_marp_words() {
        let found = MarpWords::read("bg left:40% contain A crane");
        assert_eq!((found.alt.as_str(), found.side), ("A crane", Some((Side::Left, 40.0))));
        assert_eq!(found.fit, BackgroundFit::Contain);
        assert_eq!(MarpWords::read("bg 150%").fit, BackgroundFit::Percent(150.0));
        let found = MarpWords::read("w:760 latency by stage");
        assert_eq!((found.alt.as_str(), found.width.as_deref()), ("latency by stage", Some("760px")));
        let found = MarpWords::read("left: the cover, w:wide");
        assert_eq!(found.alt, "left: the cover, w:wide");
        assert!(!found.background);
    }
}
