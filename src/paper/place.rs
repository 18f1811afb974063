use std::sync::Arc;

use kurbo::{Affine, Point, Rect, Shape as _, Size};

use crate::layout::{
    Command, FillRule, GlyphRun, Gradient, ImagePaint, LinkArea, Page, Paint, PartOf, Placed, Rgba, Role,
};

/// An empty box that a slide is drawn into.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Which slide, as `data-slide` gives its number.
    pub slide: usize,
    /// Where.
    pub area: Rect,
    /// The part of the page's first structure that it is.
    pub part: Option<usize>,
}

/// The boxes of `page` that name a slide by `data-slide`.
pub fn slots(page: &Page) -> impl Iterator<Item = Slot> {
    page.boxes.iter().filter_map(|element| {
        let slide = element.data.get("slide")?.parse().ok()?;
        Some(Slot { slide, area: element.rect, part: place_of(page, slide) })
    })
}

/// Draws what lies within `part` of `from` onto `onto`, moved by `to`; text counts where its baseline is.
pub fn place(onto: &mut Page, from: &Page, part: Rect, to: Affine) {
    let first = attach(onto, from, None);
    for command in &from.commands {
        let drawn = match command {
            Command::PushClip { .. } | Command::PushGroup { .. } | Command::PushMask { .. } | Command::PushPart(_) => {
                Drawn::Whole
            }
            Command::Pop => {
                // What holds nothing is left out; but a mask that holds nothing hides what it is for.
                let last = onto.commands.last();
                if matches!(last, Some(Command::PushClip { .. } | Command::PushGroup { .. } | Command::PushPart(_))) {
                    onto.commands.pop();
                    continue;
                }
                Drawn::Whole
            }
            Command::Glyphs(run) => Drawn::whole_if(baseline(run).is_some_and(|at| at.y >= part.y0 && at.y < part.y1)),
            painted => bounds(painted).map_or(Drawn::Nothing, |bounds| within(bounds, part)),
        };
        match drawn {
            Drawn::Nothing => {}
            Drawn::Whole => onto.commands.push(moved(command, to, first)),
            Drawn::Cut => {
                onto.commands.push(Command::PushClip { path: to * part.to_path(0.1), rule: FillRule::NonZero });
                onto.commands.push(moved(command, to, first));
                onto.commands.push(Command::Pop);
            }
        }
    }
    for link in &from.links {
        if part.contains(link.rect.center()) {
            let rect = to.transform_rect_bbox(link.rect.intersect(part));
            onto.links.push(LinkArea {
                rect,
                target: link.target.clone(),
                part: link.part.map(|part| shifted(part, first)),
            });
        }
    }
}

/// Adds what the parts of `from` mean to `onto`, where it is not known there; returns the number of its first structure.
///
/// `within` is the part that they stand in.
pub fn attach(onto: &mut Page, from: &Page, within: Option<PartOf>) -> usize {
    let Some(first) = from.structures.first() else { return 0 };
    let known = onto.structures.iter().position(|known| Arc::ptr_eq(&known.structure, &first.structure));
    known.unwrap_or_else(|| {
        let first = onto.structures.len();
        let placed = from.structures.iter().map(|placed| Placed {
            structure: Arc::clone(&placed.structure),
            within: placed.within.map_or(within, |within| Some(shifted(within, first))),
        });
        onto.structures.extend(placed);
        first
    })
}

fn shifted(part: PartOf, by: usize) -> PartOf {
    PartOf { structure: part.structure + by, part: part.part }
}

/// The part of a page's first structure where slide `number` is drawn.
fn place_of(page: &Page, number: usize) -> Option<usize> {
    let number = number.to_string();
    let parts = &page.structures.first()?.structure.parts;
    parts.iter().position(|part| matches!(&part.role, Role::Place(name) if *name == number))
}

/// Draws a slide as large as `area` allows, at the middle of its upper edge, with a hairline around it.
pub fn place_slide(onto: &mut Page, slide: &Page, area: Rect) {
    let scale = (area.width() / slide.size.width).min(area.height() / slide.size.height);
    if !(scale > 0.0 && scale.is_finite()) {
        return;
    }
    let size = Size::new(slide.size.width * scale, slide.size.height * scale);
    let origin = Point::new(area.x0 + (area.width() - size.width) / 2.0, area.y0);
    let shown = Rect::from_origin_size(origin, size);
    let whole = slide.size.to_rect();
    onto.commands.push(Command::PushClip { path: shown.to_path(0.1), rule: FillRule::NonZero });
    place(onto, slide, whole, Affine::translate(origin.to_vec2()) * Affine::scale(scale));
    onto.commands.push(Command::Pop);
    onto.commands.push(Command::Stroke {
        path: shown.to_path(0.1),
        stroke: kurbo::Stroke::new(HAIRLINE),
        transform: Affine::IDENTITY,
        paint: Paint::Solid(EDGE),
    });
}

/// The width of a slide's edge in CSS pixels.
const HAIRLINE: f64 = 0.75;

/// Tells a light slide from the paper, and shows on a dark one that it ends.
const EDGE: Rgba = Rgba { red: 0.62, green: 0.62, blue: 0.62, alpha: 1.0 };

/// How much of a command lies within a part of its page.
enum Drawn {
    Nothing,
    Whole,
    Cut,
}

impl Drawn {
    fn whole_if(inside: bool) -> Self {
        if inside { Self::Whole } else { Self::Nothing }
    }
}

fn within(bounds: Rect, part: Rect) -> Drawn {
    /// Edges of boxes that end where the part ends.
    const ROUNDING: f64 = 0.01;
    if bounds.y1 <= part.y0 + ROUNDING || bounds.y0 >= part.y1 - ROUNDING {
        return Drawn::Nothing;
    }
    if bounds.y0 >= part.y0 - ROUNDING && bounds.y1 <= part.y1 + ROUNDING { Drawn::Whole } else { Drawn::Cut }
}

/// Where a run begins.
fn baseline(run: &GlyphRun) -> Option<Point> {
    let first = run.glyphs.first()?;
    Some(run.transform * Point::new(first.x.into(), first.y.into()))
}

/// The area that a command paints on; `None` for those that paint nothing by themselves.
fn bounds(command: &Command) -> Option<Rect> {
    match command {
        Command::Fill { path, .. } => Some(path.bounding_box()),
        Command::Stroke { path, stroke, transform, .. } => {
            Some(transform.transform_rect_bbox(path.bounding_box().inflate(stroke.width / 2.0, stroke.width / 2.0)))
        }
        Command::Shadow { rect, deviation, transform, .. } => {
            Some(transform.transform_rect_bbox(rect.inflate(deviation * 3.0, deviation * 3.0)))
        }
        Command::Glyphs(_)
        | Command::PushClip { .. }
        | Command::PushGroup { .. }
        | Command::PushMask { .. }
        | Command::PushPart(_)
        | Command::Pop => None,
    }
}

/// The command in another place.
fn moved(command: &Command, to: Affine, first: usize) -> Command {
    match command {
        Command::PushClip { path, rule } => Command::PushClip { path: to * path, rule: *rule },
        Command::PushGroup { path, alpha, blend } => {
            Command::PushGroup { path: to * path, alpha: *alpha, blend: *blend }
        }
        Command::PushMask { path } => Command::PushMask { path: to * path },
        Command::PushPart(part) => Command::PushPart(shifted(*part, first)),
        Command::Pop => Command::Pop,
        Command::Fill { path, rule, paint } => {
            Command::Fill { path: to * path, rule: *rule, paint: moved_paint(paint, to) }
        }
        Command::Stroke { path, stroke, transform, paint } => Command::Stroke {
            path: path.clone(),
            stroke: stroke.clone(),
            transform: to * *transform,
            paint: moved_paint(paint, to),
        },
        Command::Glyphs(run) => Command::Glyphs(GlyphRun {
            transform: to * run.transform,
            paint: moved_paint(&run.paint, to),
            part: run.part.map(|part| shifted(part, first)),
            ..run.clone()
        }),
        Command::Shadow { rect, radius, deviation, color, transform } => Command::Shadow {
            rect: *rect,
            radius: *radius,
            deviation: *deviation,
            color: *color,
            transform: to * *transform,
        },
    }
}

fn moved_paint(paint: &Paint, to: Affine) -> Paint {
    match paint {
        Paint::Solid(color) => Paint::Solid(*color),
        Paint::Gradient(gradient) => {
            Paint::Gradient(Gradient { transform: to * gradient.transform, ..gradient.clone() })
        }
        Paint::Image(image) => Paint::Image(ImagePaint { transform: to * image.transform, ..image.clone() }),
    }
}
