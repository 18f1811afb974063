//! How much larger a slide's type may be than the theme's, so that few words fill the slide.
//!
//! An estimate from the text and the theme's sizes, kept low: a slide that is not surely roomy keeps the theme's type.

use crate::deck::heights::{Sizes, lines, pixels};
use crate::deck::photo::Photo;
use crate::deck::pictures::side;
use crate::deck::slide::is_picture;
use crate::talk::{Block, BlockKind, Meta, Question, Slide, plain_text};
use crate::theme::Theme;

/// The classes, the growth that base gives them, and the most of the slide's room that text may take with it.
const STEPS: [(&str, f32, f32); 3] = [("grow-3", 1.5, 0.6), ("grow-2", 1.3, 0.82), ("grow-1", 1.15, 0.9)];

/// How a slide is laid out.
#[derive(Clone, Copy)]
pub(super) struct Laid<'a> {
    /// The layout's name.
    pub(super) layout: &'a str,
    /// What fills one of its sides.
    pub(super) photo: Option<&'a Photo<'a>>,
}

/// The class that makes the type of `slide` larger, if its text leaves room for that.
///
/// `questions` are those of the talk, which a slide of questions shows when it says none itself.
pub(super) fn class(
    slide: &Slide,
    Laid { layout, photo }: Laid<'_>,
    meta: &Meta,
    theme: &Theme,
    questions: &[&Question],
) -> Option<&'static str> {
    if matches!(layout, "title" | "section" | "end" | "full-image" | "big-number") {
        return None;
    }
    let sizes = Sizes::of(theme)?;
    let (heading, mut blocks) = parts(slide);
    blocks.retain(|block| photo.is_none_or(|photo| !photo.is_of(block)));
    let (width, has_side) = text_width(slide, photo, meta, &sizes);
    // Beside a picture the style sheet does not know how wide code and tables may be.
    if has_side && !blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List(_))) {
        return None;
    }
    let area = (width, pixels(meta.aspect.size().1) - sizes.top - sizes.bottom);
    let title = heading.map_or(0.0, |block| sizes.heading(block, area.0) + 32.0);
    let room = area.1 - title - pixels(slide.footnotes.len()) * 60.0;
    let is_statement = blocks.len() <= 2 && blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    STEPS
        .into_iter()
        .filter(|(_, growth, _)| *growth < 1.4 || is_statement)
        .find(|(_, growth, share)| {
            let sizes = sizes.grown(*growth);
            let height = match layout {
                "qa" => sizes.prompts(slide, &blocks, questions, area.0),
                _ => sizes.layout(photo.map_or(layout, |_| "default"), &blocks, area.0),
            };
            height.is_some_and(|height| height > 0.0 && height <= room * share)
        })
        .map(|(class, ..)| class)
}

/// The slide's title and all else on it.
fn parts(slide: &Slide) -> (Option<&Block>, Vec<&Block>) {
    let title = slide.blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let rest = slide.blocks.iter().enumerate().filter(|(at, _)| Some(*at) != title).map(|(_, block)| block);
    (title.and_then(|at| slide.blocks.get(at)), rest.collect())
}

/// The width of the slide's text, and whether a picture stands beside it.
fn text_width(slide: &Slide, photo: Option<&Photo<'_>>, meta: &Meta, sizes: &Sizes) -> (f32, bool) {
    let whole = pixels(meta.aspect.size().0);
    let (at, part) = side(&slide.backgrounds);
    let (pictures, width) = match (photo, part) {
        (Some(photo), _) => (1.0, photo.width),
        (None, Some(part)) => (pixels(at.len()), whole * part / 100.0),
        (None, None) => return (whole - 2.0 * sizes.margin, false),
    };
    let taken = pictures * (width + 56.0) + (2.0 - pictures) * sizes.margin;
    ((whole - taken).max(1.0), true)
}

/// The most lines of a statement, and the size up to which they are counted: themes of larger type take one more.
const STATEMENT: (f32, f32) = (3.0, 60.0);

/// Whether `slide` says one thing: a lone paragraph, short enough to be set as large as a quote.
pub(super) fn is_statement(slide: &Slide, layout: &str, meta: &Meta, theme: &Theme) -> bool {
    let ((_, blocks), "default") = (parts(slide), layout) else { return false };
    let [block] = blocks.as_slice() else { return false };
    let (BlockKind::Paragraph(content), Some(sizes)) = (&block.kind, Sizes::of(theme)) else { return false };
    let text = plain_text(content);
    let (width, _) = text_width(slide, None, meta, &sizes);
    !is_picture(block) && !text.trim().is_empty() && lines(&text, sizes.quote.min(STATEMENT.1), width) <= STATEMENT.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::{MemoryLoader, Sources};
    use crate::theme::Registry;

    /// The class of the only slide of `talk`, and whether it is a statement.
    fn judged(talk: &str) -> (Option<&'static str>, bool) {
        let (mut sources, mut found, loader) = (Sources::default(), Diagnostics::default(), MemoryLoader::default());
        let talk = crate::parse::parse(&mut sources, "talk.md", talk.as_bytes(), &loader, &mut found);
        let theme = Registry.load(None, &loader, &mut sources, &mut found);
        let slide = &talk.slides[0];
        let layout = slide.layout.as_ref().map_or("default", |layout| layout.value.as_str());
        let questions = talk.meta.questions.iter().collect::<Vec<_>>();
        let class = class(slide, Laid { layout, photo: None }, &talk.meta, &theme, &questions);
        (class, is_statement(slide, layout, &talk.meta, &theme))
    }

    #[test]
    fn a_lone_short_paragraph_is_a_statement() {
        let long = "A sentence that goes on and on, and says less with every word. ".repeat(3);
        for (slide, expected) in [
            ("## One\n\nA single thought, said in one sentence.", true),
            ("线程在等，不在算。", true),
            ("## Two\n\nFirst.\n\nSecond.", false),
            (long.as_str(), false),
            ("## List\n\n- one", false),
            ("## Picture\n\n![a](a.svg)", false),
            ("## Title only", false),
            ("<!-- layout: big-number -->\n\n# 65×\n\nSlower.", false),
        ] {
            assert_eq!(judged(&format!("---\ntitle: T\n---\n\n{slide}\n")).1, expected, "{slide}");
        }
    }

    #[test]
    fn few_words_grow_and_many_do_not() {
        for (slide, expected) in [
            ("## 三点\n\n- 一\n- 二\n- three", Some("grow-2")),
            ("## One\n\nA single thought, said in one sentence.", Some("grow-3")),
            ("<!-- layout: quote -->\n\n> 先看等待事件", Some("grow-2")),
            ("<!-- layout: title -->\n\n# T\n\nx", None),
            ("<!-- layout: qa -->\n\n## Talk\n\n- 哪一次？\n- Which one?", Some("grow-2")),
            ("<!-- layout: qa -->\n\n## Talk\n\nfirst\n\n- Which one?", None),
            ("## Empty", None),
            ("## Side\n\n![bg right:40%](a.svg)\n\n- 一\n- two", Some("grow-2")),
            ("## Side\n\n![bg left:90%](a.svg)\n\n- a point of some ten words that takes most of a line", None),
            ("## Side\n\n![bg right:40%](a.svg)\n\n```\ncode\n```", None),
            ("## A box of the talk's own\n\n::: tight\nwords\n:::", None),
            ("## Picture\n\ntext\n\n![a](a.svg)", None),
            (
                "## Columns\n\n:::: columns\n::: column {width=50%}\n- a\n:::\n::: column {width=50%}\n- b\n:::\n::::",
                Some("grow-2"),
            ),
        ] {
            let talk = format!("---\ntitle: T\n---\n\n{slide}\n");
            assert_eq!(judged(&talk).0, expected, "{slide}");
        }
        let long = "- a point of some ten words that takes most of a line\n".repeat(9);
        assert_eq!(judged(&format!("---\ntitle: T\n---\n\n## Long\n\n{long}")).0, None);
    }
}
