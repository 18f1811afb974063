//! Slides that are not for the audience, and what this audience needs and does not get.

use crate::check::start_of;
use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::talk::{Block, BlockKind, CodeBlock, InlineKind, Level, Slide, Talk};

/// The most lines of code that those who don't know the stack can take in.
const MOST_LINES_FOR_NEW: usize = 12;

/// The most other places that one finding shows.
const MOST_PLACES: usize = 3;

/// Languages of blocks that hold text, not code: prompts, letters, drawings of characters.
const TEXT: &[&str] = &["text", "txt", "plain", "plaintext", "prompt", "ascii", "markdown", "md", "quote"];

/// A familiar scene comes within so many slides.
const SCENE_WITHIN: usize = 5;

/// Words in a section's name or a class by which a scene is known.
const SCENE: &[&str] = &["scene", "story", "场景", "故事", "现场", "シーン"];

/// Words of a slide or its notes that open a scene.
const OPENING_A_SCENE: &[&str] = &[
    "imagine ",
    "picture this",
    "suppose you",
    "say you ",
    "have you ever",
    "has this ever",
    "sound familiar",
    "想象一下",
    "想象你",
    "设想",
    "假设你",
    "假如你",
    "遇到过",
    "遇过",
    "碰到过",
    "经历过",
    "痛点",
    "有一天",
    "想像して",
    "ある日",
];

/// Words by which a slide speaks of what something costs.
const COSTS: &[&str] = &[
    "cost",
    "price",
    "pricing",
    "expens",
    "trade-off",
    "bill",
    "disadvantage",
    "weakness",
    "pros and",
    "tradeoff",
    "drawback",
    "downside",
    "overhead",
    "limits",
    "you pay",
    "成本",
    "代价",
    "费用",
    "价格",
    "开销",
    "缺点",
    "坏处",
    "不足",
    "局限",
    "取舍",
    "利弊",
    "劣势",
    "花费",
    "账单",
    "付出",
    "权衡",
    "更贵",
    "多贵",
    "很贵",
    "得失",
    "コスト",
    "欠点",
    "デメリット",
    "短所",
    "費用",
];

pub(super) fn check(talk: &Talk, diagnostics: &mut Diagnostics) {
    costs(talk, diagnostics);
    let Some(level) = talk.meta.audience.as_ref().and_then(|audience| audience.level) else { return };
    for slide in talk.shown_slides().filter(|slide| !slide.backup) {
        match level {
            Level::NonTechnical => code_at_all(slide, diagnostics),
            Level::New => each_code(&slide.blocks, &mut |block, at| long_code(block, at, diagnostics)),
            Level::Expert | Level::Familiar | Level::Mixed => {}
        }
    }
    if matches!(level, Level::New | Level::NonTechnical) {
        scene(talk, diagnostics);
    }
}

/// One finding for each slide, however many blocks it has.
fn code_at_all(slide: &Slide, diagnostics: &mut Diagnostics) {
    let mut places = Vec::new();
    each_code(&slide.blocks, &mut |_, at| places.push(at));
    let Some((first, others)) = places.split_first() else { return };
    let mut found = Diagnostic::new(&code::AUDIENCE_CODE, *first, "code, for an audience that does not write any");
    for at in others.iter().take(MOST_PLACES) {
        found = found.label(*at, "and here");
    }
    diagnostics.push(
        found
            .hint("say what it does in a sentence or a picture, or keep it for a backup slide")
            .hint("a prompt or a letter is no code when it says so: ```` ```text ````"),
    );
}

fn long_code(block: &CodeBlock, at: Span, diagnostics: &mut Diagnostics) {
    let lines = block.text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines > MOST_LINES_FOR_NEW {
        let message = format!("{lines} lines of code, for an audience that does not know the stack");
        diagnostics.push(
            Diagnostic::new(&code::AUDIENCE_LONG_CODE, at, message)
                .hint("show the three lines that matter; the handout or a backup slide can have all of them"),
        );
    }
}

/// What is new is understood from what is known.
fn scene(talk: &Talk, diagnostics: &mut Diagnostics) {
    let mut slides = talk.shown_slides().filter(|slide| !slide.backup).peekable();
    let at = slides.peek().map(|slide| start_of(slide));
    let is_scene = |slide: &Slide| {
        let section = slide.section.iter().map(|section| section.name.to_lowercase());
        section.chain(slide.classes.iter().cloned()).any(|name| SCENE.iter().any(|scene| name.contains(scene)))
            || opens_scene(slide)
    };
    if at.is_some() && !slides.take(SCENE_WITHIN).any(is_scene) {
        let message = "the talk does not start from anything that this audience knows";
        diagnostics.push(
            Diagnostic::new(&code::AUDIENCE_NO_SCENE, at, message)
                .hint("begin with a scene of their own work, and mark its slide `<!-- class: scene -->`"),
        );
    }
}

fn opens_scene(slide: &Slide) -> bool {
    let mut text = String::new();
    for blocks in std::iter::once(&slide.blocks).chain(slide.notes.iter().map(|note| &note.blocks)) {
        push_text(blocks, &mut text);
    }
    OPENING_A_SCENE.iter().any(|words| text.contains(words))
}

/// The running text in small letters.
fn push_text(blocks: &[Block], text: &mut String) {
    each_inline(blocks, &mut |inline| {
        if let InlineKind::Text(piece) = &inline.kind {
            text.push_str(&piece.to_lowercase());
            text.push('\n');
        }
    });
}

/// Who proposes a tool says what it costs.
fn costs(talk: &Talk, diagnostics: &mut Diagnostics) {
    let adoptions = || talk.shown_slides().flat_map(|slide| &slide.adoptions);
    let Some(first) = adoptions().next() else { return };
    let mut text = String::new();
    talk.shown_slides().for_each(|slide| push_text(&slide.blocks, &mut text));
    if !COSTS.iter().any(|word| text.contains(word)) {
        let message = "the talk proposes a tool, and no slide says what it costs";
        diagnostics.push(
            Diagnostic::new(&code::ADOPT_NO_COSTS, first.span, message)
                .hint("a table of benefits and costs beside what is in use today is what people decide by"),
        );
    }
}

fn is_text(code: &CodeBlock) -> bool {
    code.language.as_ref().is_some_and(|language| TEXT.iter().any(|text| text.eq_ignore_ascii_case(language)))
}

/// Calls `visit` with every block of code, however deep it lies, and its place.
fn each_code(blocks: &[Block], visit: &mut dyn FnMut(&CodeBlock, Span)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) if !is_text(code) => visit(code, block.span),
            BlockKind::List(list) => list.items.iter().for_each(|item| each_code(&item.blocks, visit)),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                each_code(blocks, visit);
            }
            _ => {}
        }
    }
}
