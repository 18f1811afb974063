//! Slides that are not for the audience, and what this audience needs and does not get.

use crate::check::start_of;
use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Span;
use crate::talk::{Block, BlockKind, CodeBlock, InlineKind, Level, Slide, Talk};

/// The most lines of code that those who don't know the stack can take in.
const MOST_LINES_FOR_NEW: usize = 12;

/// A familiar scene comes within so many slides.
const SCENE_WITHIN: usize = 5;

/// Words in a section's name or a class by which a scene is known.
const SCENE: &[&str] = &["scene", "story", "场景", "故事", "现场", "シーン"];

/// Words by which a slide speaks of what something costs.
const COSTS: &[&str] = &[
    "cost",
    "price",
    "pricing",
    "expens",
    "trade-off",
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
    "得失",
    "コスト",
    "欠点",
    "短所",
    "費用",
];

pub(super) fn check(talk: &Talk, diagnostics: &mut Diagnostics) {
    costs(talk, diagnostics);
    let Some(level) = talk.meta.audience.as_ref().and_then(|audience| audience.level) else { return };
    for slide in talk.shown_slides().filter(|slide| !slide.backup) {
        match level {
            Level::NonTechnical => each_code(&slide.blocks, &mut |_, at| {
                let found = Diagnostic::new(&code::AUDIENCE_CODE, at, "code, for an audience that does not write any");
                diagnostics
                    .push(found.hint("say what it does in a sentence or a picture, or keep it for a backup slide"));
            }),
            Level::New => each_code(&slide.blocks, &mut |block, at| long_code(block, at, diagnostics)),
            Level::Expert | Level::Familiar | Level::Mixed => {}
        }
    }
    if matches!(level, Level::New | Level::NonTechnical) {
        scene(talk, diagnostics);
    }
}

fn long_code(block: &CodeBlock, at: Span, diagnostics: &mut Diagnostics) {
    let lines = block.text.lines().count();
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
    };
    if at.is_some() && !slides.take(SCENE_WITHIN).any(is_scene) {
        let message = "the talk does not start from anything that this audience knows";
        diagnostics.push(
            Diagnostic::new(&code::AUDIENCE_NO_SCENE, at, message)
                .hint("begin with a scene of their own work, and mark its slide `<!-- class: scene -->`"),
        );
    }
}

/// Who proposes a tool says what it costs.
fn costs(talk: &Talk, diagnostics: &mut Diagnostics) {
    let adoptions = || talk.shown_slides().flat_map(|slide| &slide.adoptions);
    let Some(first) = adoptions().next() else { return };
    let mut text = String::new();
    for slide in talk.shown_slides() {
        each_inline(&slide.blocks, &mut |inline| {
            if let InlineKind::Text(piece) = &inline.kind {
                text.push_str(&piece.to_lowercase());
                text.push('\n');
            }
        });
    }
    if !COSTS.iter().any(|word| text.contains(word)) {
        let message = "the talk proposes a tool, and no slide says what it costs";
        diagnostics.push(
            Diagnostic::new(&code::ADOPT_NO_COSTS, first.span, message)
                .hint("a table of benefits and costs beside what is in use today is what people decide by"),
        );
    }
}

/// Calls `visit` with every block of code, however deep it lies, and its place.
fn each_code(blocks: &[Block], visit: &mut dyn FnMut(&CodeBlock, Span)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code(code) => visit(code, block.span),
            BlockKind::List(list) => list.items.iter().for_each(|item| each_code(&item.blocks, visit)),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Container { blocks, .. } => {
                each_code(blocks, visit);
            }
            _ => {}
        }
    }
}
