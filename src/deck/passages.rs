use crate::asset::Images;
use crate::deck::DeckOptions;
use crate::deck::writer::{Context, Writer};
use crate::diagnostic::Diagnostics;
use crate::escape::html as escaped;
use crate::talk::{Inline, Slide, Talk, plain_text};
use crate::theme::Theme;

/// Writes running text that stands on no slide, as questions and answers of the follow-up.
pub struct Passages<'a> {
    context: Context<'a>,
    /// Ids of drawings start from a slide's.
    slide: Option<&'a Slide>,
    count: usize,
    diagnostics: Diagnostics,
}

impl<'a> Passages<'a> {
    /// A writer for the text of `talk`.
    #[must_use]
    pub fn new(talk: &'a Talk, theme: &'a Theme, images: &'a Images<'a>, options: &'a DeckOptions) -> Self {
        let context = Context {
            theme,
            images,
            options,
            lang: &talk.meta.lang,
            classes: &[],
            slide_width: talk.meta.aspect.size().0,
        };
        Self { context, slide: talk.slides.first(), count: 0, diagnostics: Diagnostics::default() }
    }

    /// `content` as HTML, sanitised as slides are.
    pub fn html(&mut self, content: &[Inline]) -> String {
        let Some(slide) = self.slide else { return escaped(&plain_text(content)) };
        self.count += 1;
        let mut writer = Writer::new(&self.context, slide, self.count);
        let html = writer.passage(content);
        self.diagnostics.append(writer.diagnostics);
        html
    }

    /// What was found while writing.
    #[must_use]
    pub fn diagnostics(self) -> Diagnostics {
        self.diagnostics
    }
}
