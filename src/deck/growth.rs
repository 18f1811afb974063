//! How much larger a slide's type may be than the theme's, so that few words fill the slide.
//!
//! An estimate from the text and the theme's sizes, kept low: a slide that is not surely roomy keeps the theme's type.

use crate::deck::heights::{CodeType, Sizes, lines, pixels};
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
    let sizes = Sizes::of(theme, meta.aspect)?;
    let Room { blocks, area, has_side } = Room::of(slide, photo, meta, &sizes, 32.0);
    // Beside a picture the style sheet does not know how wide code and tables may be.
    if has_side && !blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List(_))) {
        return None;
    }
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
            height.is_some_and(|height| height > 0.0 && height <= area.1 * share)
        })
        .map(|(class, ..)| class)
}

/// A small and a large size of code in CSS pixels, and how close its lines may be in each, in em.
const LEADING: ((f32, f32), (f32, f32)) = ((20.0, 1.2), (30.0, 1.45));

/// The smallest type of code in CSS pixels, and how close its lines may be.
const LEAST_CODE: (u16, u16) = (18, 21);

/// Code that would be smaller than this takes some of the room around it.
const DENSE: u16 = 22;

/// How the code of `slide` is set so that it fills what its title and its other text leave; `None` where there is none or
/// that can't be told. `class` is the one that makes the rest of the type larger.
pub(super) fn code_type(
    slide: &Slide,
    laid: Laid<'_>,
    meta: &Meta,
    theme: &Theme,
    class: Option<&str>,
) -> Option<CodeType> {
    let has_room = matches!(laid.layout, "default" | "code" | "two-columns" | "image-right" | "image-left");
    if !has_room || !has_code(&slide.blocks) {
        return None;
    }
    let plain = Sizes::of(theme, meta.aspect)?;
    let growth = STEPS.iter().find(|(name, ..)| Some(*name) == class).map_or(1.0, |(_, growth, _)| *growth);
    let mut sizes = plain.grown(growth);
    if laid.layout == "code" {
        sizes.text = sizes.small;
    }
    // The style sheet leaves so much below the title, and lets the dense go so much closer to the foot. Titles of some
    // themes are a little higher.
    let below_title = |is_dense: bool| plain.heading * 0.05 + if is_dense { 24.0 - 12.0 } else { 28.0 };
    let rooms = [false, true].map(|is_dense| Room::of(slide, laid.photo, meta, &plain, below_title(is_dense)));
    if rooms[0].has_side && laid.photo.is_none() {
        return None;
    }
    let layout = laid.photo.map_or(laid.layout, |_| "default");
    let fits = |size: u16, line: u16, is_dense: bool| {
        let (tried, room) = (CodeType { size, line, is_dense }, &rooms[usize::from(is_dense)]);
        let height = Sizes { code_type: Some(tried), ..sizes }.layout(layout, &room.blocks, room.area.0)?;
        // Large type leaves some room around it.
        let most = if size > DENSE { room.area.1 * 0.97 } else { room.area.1 - 2.0 };
        (height <= most).then_some(tried)
    };
    // Code is never larger than text.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of type are small")]
    let most = plain.text.clamp(f32::from(LEAST_CODE.0), 100.0) as u16;
    let roomy = (DENSE..=most).rev().find_map(|size| fits(size, leading(size), false));
    let dense = || (LEAST_CODE.0..=DENSE.min(most)).rev().find_map(|size| fits(size, leading(size), true));
    let CodeType { size, line, is_dense } = roomy.or_else(dense)?;
    (line..=size + size / 2).rev().find_map(|line| fits(size, line, is_dense))
}

/// The least distance of lines of code of this size.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of type are small")]
fn leading(size: u16) -> u16 {
    let ((small, close), (large, loose)) = LEADING;
    if size <= LEAST_CODE.0 {
        return LEAST_CODE.1;
    }
    let size = f32::from(size);
    let part = ((size - small) / (large - small)).clamp(0.0, 1.0);
    (size * (close + part * (loose - close))).ceil() as u16
}

fn has_code(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Code(_) => true,
        BlockKind::Container { blocks, .. } => has_code(blocks),
        _ => false,
    })
}

/// What a slide holds below its title, and the room for it.
struct Room<'a> {
    blocks: Vec<&'a Block>,
    /// Width and height in CSS pixels.
    area: (f32, f32),
    /// Whether a picture stands at a side.
    has_side: bool,
}

impl<'a> Room<'a> {
    /// `below_title` is the distance from the title to what follows.
    fn of(slide: &'a Slide, photo: Option<&Photo<'_>>, meta: &Meta, sizes: &Sizes, below_title: f32) -> Self {
        let (heading, mut blocks) = parts(slide);
        blocks.retain(|block| photo.is_none_or(|photo| !photo.is_of(block)));
        let (width, has_side) = text_width(slide, photo, meta, sizes);
        let title = heading.map_or(0.0, |block| sizes.heading(block, width) + below_title);
        let height = pixels(meta.aspect.size().1) - sizes.top - sizes.bottom - title;
        Self { blocks, area: (width, height - pixels(slide.footnotes.len()) * 60.0), has_side }
    }
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
    let (BlockKind::Paragraph(content), Some(sizes)) = (&block.kind, Sizes::of(theme, meta.aspect)) else {
        return false;
    };
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
        let (class, is_statement, _) = all(talk);
        (class, is_statement)
    }

    /// The same, and how its code is set.
    fn all(talk: &str) -> (Option<&'static str>, bool, Option<CodeType>) {
        let (mut sources, mut found, loader) = (Sources::default(), Diagnostics::default(), MemoryLoader::default());
        let talk = crate::parse::parse(&mut sources, "talk.md", talk.as_bytes(), &loader, &mut found);
        let theme = Registry.load(None, &loader, &mut sources, &mut found);
        let slide = &talk.slides[0];
        let layout = slide.layout.as_ref().map_or("default", |layout| layout.value.as_str());
        let questions = talk.meta.questions.iter().collect::<Vec<_>>();
        let laid = Laid { layout, photo: None };
        let class = class(slide, laid, &talk.meta, &theme, &questions);
        let code_type = code_type(slide, laid, &talk.meta, &theme, class);
        (class, is_statement(slide, layout, &talk.meta, &theme), code_type)
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
    #[test]
    fn code_takes_the_room_that_there_is() {
        let of = |lines: usize, rest: &str| {
            let code = "let one = 1;\n".repeat(lines);
            let slide = format!("<!-- layout: code -->\n\n## Code\n\n```rust\n{code}```\n\n{rest}");
            all(&format!("---\ntitle: T\n---\n\n{slide}\n")).2.map(|found| (found.size, found.line, found.is_dense))
        };
        assert_eq!(of(4, ""), Some((30, 45, false)));
        assert_eq!(of(14, ""), Some((24, 33, false)));
        assert_eq!(of(20, ""), Some((20, 25, true)));
        assert_eq!(of(20, "A sentence."), Some((18, 22, true)));
        assert_eq!(of(26, ""), None);
        assert_eq!(of(4, "::: mine\nof unknown height\n:::"), None);
        assert_eq!(all("---\ntitle: T\n---\n\n## No code\n\ntext\n").2, None);
        // The style sheet makes wide code smaller.
        let wide = format!("## Wide\n\n```\n{}\n```\n", "x".repeat(90));
        assert_eq!(all(&format!("---\ntitle: T\n---\n\n{wide}")).2.map(|found| found.size), Some(30));
    }
}
