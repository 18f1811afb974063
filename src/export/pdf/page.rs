//! A laid-out page to a content stream.

use kurbo::{Affine, BezPath, Rect};

use super::content::{Canvas, Content, GraphicsState, Group, Object};
use super::font::Fonts;
use super::repeat::{Part, Stand};
use super::{shadow, shape, text};
use crate::layout::{Blend, Command, FillRule, Page};

/// Points a CSS pixel.
pub(super) const POINTS: f64 = 0.75;

/// Groups that lie deeper than this are painted without being groups.
const DEEPEST: usize = 256;

/// What a [`Command::Pop`] ends.
enum Open {
    Clip,
    /// A group, and what lies below it.
    Group {
        below: Box<Canvas>,
        path: BezPath,
        alpha: f32,
        blend: Blend,
    },
    /// A picture, and whether it is not within another.
    Part(bool),
    /// A mask, and what it masks.
    Mask(Box<Canvas>),
}

/// Returns what is painted on `page`; drawings stand for some of its commands. In a document that is `tagged`, each piece
/// says which part it belongs to.
pub(super) fn draw(page: &Page, fonts: &Fonts<'_>, stands: &[Stand], tagged: bool) -> Content {
    let canvas = Canvas::new(page.size.to_rect());
    let mut canvas = if tagged { canvas.marked() } else { canvas };
    canvas.transform(Affine::new([POINTS, 0.0, 0.0, -POINTS, 0.0, page.size.height * POINTS]));
    let mut open = Vec::new();
    let mut next = 0;
    for stand in stands {
        canvas =
            draw_commands(canvas, page.commands.get(next..stand.commands.start).unwrap_or_default(), &mut open, fonts);
        // A drawing begins opaque.
        canvas.alpha(1.0);
        canvas.mark(None);
        canvas.object(Object::Drawing(stand.drawing));
        next = stand.commands.end;
    }
    canvas = draw_commands(canvas, page.commands.get(next..).unwrap_or_default(), &mut open, fonts);
    while let Some(last) = open.pop() {
        canvas = pop(canvas, Some(last));
    }
    canvas.finish()
}

/// Returns what a part of `page` paints, to be drawn where its coordinates are pixels.
pub(super) fn draw_part(page: &Page, part: &Part, fonts: &Fonts<'_>) -> Group {
    let commands = page.commands.get(part.commands.clone()).unwrap_or_default();
    draw_commands(Canvas::new(page.size.to_rect()), commands, &mut Vec::new(), fonts).into_group()
}

fn draw_commands(mut canvas: Canvas, commands: &[Command], open: &mut Vec<Open>, fonts: &Fonts<'_>) -> Canvas {
    for (number, command) in commands.iter().enumerate() {
        match command {
            Command::PushPart(part) => open.push(Open::Part(canvas.hold(*part))),
            Command::PushClip { path, rule } => {
                push_clip(&mut canvas, path, *rule);
                open.push(Open::Clip);
            }
            Command::PushGroup { path, alpha, blend } => {
                if (*alpha >= 1.0 && *blend == Blend::Normal) || open.len() >= DEEPEST {
                    push_clip(&mut canvas, path, FillRule::NonZero);
                    open.push(Open::Clip);
                } else {
                    let inside = canvas.group(visible_or_empty(&canvas, path));
                    let below = std::mem::replace(&mut canvas, inside);
                    open.push(Open::Group { below: Box::new(below), path: path.clone(), alpha: *alpha, blend: *blend });
                }
            }
            // Only a group has something that can be masked.
            Command::PushMask { .. } if open.iter().all(|open| matches!(open, Open::Clip)) => {
                push_clip(&mut canvas, &BezPath::new(), FillRule::NonZero);
                open.push(Open::Clip);
            }
            Command::PushMask { path } => {
                let inside = Canvas::new(visible_or_empty(&canvas, path));
                let masked = std::mem::replace(&mut canvas, inside);
                push_clip(&mut canvas, path, FillRule::NonZero);
                open.push(Open::Mask(Box::new(masked)));
            }
            Command::Pop => canvas = pop(canvas, open.pop()),
            Command::Fill { path, rule, paint } => {
                mark_shape(&mut canvas, commands, number);
                shape::fill(&mut canvas, path, *rule, paint);
            }
            Command::Stroke { path, stroke, transform, paint } => {
                mark_shape(&mut canvas, commands, number);
                shape::stroke(&mut canvas, path, stroke, *transform, paint);
            }
            Command::Glyphs(run) => {
                canvas.mark(run.part);
                text::draw(&mut canvas, run, fonts);
            }
            Command::Shadow { rect, radius, deviation, color, transform } => {
                mark_shape(&mut canvas, commands, number);
                let shadow = shadow::Shadow::new(*rect, *radius, *deviation, *color);
                shadow::draw(&mut canvas, shadow, *rect, *color, *transform);
            }
        }
    }
    canvas
}

/// Marks a shape: between two pieces of one passage, as underlines are, it belongs to the passage.
fn mark_shape(canvas: &mut Canvas, commands: &[Command], number: usize) {
    const FARTHEST: usize = 4;
    let open = canvas.marked_part();
    let mut after = commands.iter().skip(number + 1).take(FARTHEST);
    let next = after
        .find(|command| !matches!(command, Command::Fill { .. } | Command::Stroke { .. } | Command::Shadow { .. }));
    let goes_on = open.is_some() && matches!(next, Some(Command::Glyphs(run)) if run.part == open);
    canvas.mark(if goes_on { open } else { None });
}

fn push_clip(canvas: &mut Canvas, path: &BezPath, rule: FillRule) {
    canvas.save();
    shape::clip(canvas, path, rule);
}

/// Returns the canvas to go on with after a clip or group has ended.
fn pop(mut canvas: Canvas, open: Option<Open>) -> Canvas {
    match open {
        None => canvas,
        Some(Open::Clip) => {
            canvas.restore();
            canvas
        }
        Some(Open::Part(outermost)) => {
            if outermost {
                canvas.let_go();
            }
            canvas
        }
        Some(Open::Mask(masked)) => {
            let mut both = masked.group(masked.bounds);
            both.save();
            both.state(GraphicsState::Stencil(canvas.into_group()));
            both.object(Object::Group(masked.into_group()));
            both.restore();
            both
        }
        Some(Open::Group { mut below, path, alpha, blend }) => {
            below.save();
            shape::clip(&mut below, &path, FillRule::NonZero);
            below.alpha(alpha);
            if blend != Blend::Normal {
                below.state(GraphicsState::Blend(blend));
            }
            below.unmark();
            below.object(Object::Group(canvas.into_group()));
            below.restore();
            *below
        }
    }
}

fn visible_or_empty(canvas: &Canvas, path: &BezPath) -> Rect {
    if path.elements().is_empty() { Rect::ZERO } else { shape::visible(canvas, path) }
}
