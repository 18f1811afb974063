//! A laid-out page to pixels.

use kurbo::{Affine, BezPath};
use resvg::tiny_skia::{BlendMode, Color, PixmapPaint, Transform};

use super::canvas::{Budget, Canvas};
use super::picture::Shelf;
use super::{glyphs, shadow, shape};
use crate::layout::{Blend, Command, FillRule, Page};

/// What a [`Command::Pop`] ends.
enum Open {
    /// A part of the structure, which shows nothing.
    Part,
    Clip,
    /// A group, and what lies below it.
    Group {
        below: Box<Canvas>,
        alpha: f32,
        blend: Blend,
    },
    /// A mask, and what it masks.
    Mask(Box<Canvas>),
}

/// Returns `page` on white, each pixel red, green, blue and a full opacity; `None` when the size is none.
pub(super) fn paint(page: &Page, size: (u32, u32), shelf: &Shelf) -> Option<Vec<u8>> {
    let (width, height) = size;
    let to_pixels = Affine::scale_non_uniform(f64::from(width) / page.size.width, f64::from(height) / page.size.height);
    let mut canvas = Canvas::new(width, height, to_pixels, (0, 0)).filter(|_| to_pixels.is_finite())?;
    canvas.pixmap.fill(Color::WHITE);
    let mut painter = Painter { canvas, open: Vec::new(), budget: Budget::new(), shelf };
    let masked = masked_groups(&page.commands);
    for (index, command) in page.commands.iter().enumerate() {
        painter.command(command, masked.binary_search(&index).is_ok());
    }
    while !painter.open.is_empty() {
        painter.pop();
    }
    Some(painter.canvas.pixmap.take())
}

/// Returns the numbers of the groups in which a mask stands, in order: what is masked is the group and nothing below it.
fn masked_groups(commands: &[Command]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Vec<(bool, usize)> = Vec::new();
    for (index, command) in commands.iter().enumerate() {
        match command {
            Command::PushGroup { .. } => open.push((true, index)),
            Command::PushClip { .. } | Command::PushPart(_) => open.push((false, index)),
            Command::PushMask { .. } => {
                found.extend(open.iter().rev().find(|(is_group, _)| *is_group).map(|(_, index)| *index));
                open.push((true, index));
            }
            Command::Pop => drop(open.pop()),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

struct Painter<'a> {
    canvas: Canvas,
    open: Vec<Open>,
    budget: Budget,
    shelf: &'a Shelf,
}

impl Painter<'_> {
    fn command(&mut self, command: &Command, is_masked: bool) {
        match command {
            Command::PushClip { path, rule } => self.clip(path, *rule),
            Command::PushGroup { path, alpha, blend } => {
                if *alpha >= 1.0 && *blend == Blend::Normal && !is_masked {
                    self.clip(path, FillRule::NonZero);
                } else {
                    self.group(path, *alpha, *blend);
                }
            }
            Command::PushMask { path } => self.mask(path),
            Command::PushPart(_) => self.open.push(Open::Part),
            Command::Pop => self.pop(),
            Command::Fill { path, rule, paint } => shape::fill(&mut self.canvas, path, *rule, paint, self.shelf),
            Command::Stroke { path, stroke, transform, paint } => {
                shape::stroke(&mut self.canvas, (path, *transform), stroke, paint, self.shelf);
            }
            Command::Glyphs(run) => glyphs::draw(&mut self.canvas, run, self.shelf),
            Command::Shadow { rect, radius, deviation, color, transform } => {
                let shadow = shadow::Shadow { rect: *rect, radius: *radius, deviation: *deviation, color: *color };
                shadow::draw(&mut self.canvas, &shadow, *transform, self.shelf);
            }
        }
    }

    fn clip(&mut self, path: &BezPath, rule: FillRule) {
        self.canvas.clip(path, rule, &mut self.budget);
        self.open.push(Open::Clip);
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the canvas")]
    fn group(&mut self, path: &BezPath, alpha: f32, blend: Blend) {
        let visible = self.canvas.visible(&(self.canvas.to_pixels * path.clone())).expand();
        let (width, height) = (visible.width().max(1.0) as u32, visible.height().max(1.0) as u32);
        let to_pixels = Affine::translate(-visible.origin().to_vec2()) * self.canvas.to_pixels;
        let inside = Canvas::new(width, height, to_pixels, (visible.x0 as i32, visible.y0 as i32));
        let has_room = self.budget.take(bytes(width, height));
        match inside.filter(|_| has_room) {
            Some(inside) => {
                self.canvas.clip(path, FillRule::NonZero, &mut self.budget);
                let below = Box::new(std::mem::replace(&mut self.canvas, inside));
                self.open.push(Open::Group { below, alpha, blend });
            }
            None => self.clip(path, FillRule::NonZero),
        }
    }

    /// What follows is not painted, but stays only where a mask is; without a group there is nothing to mask.
    fn mask(&mut self, path: &BezPath) {
        let has_group = self.open.iter().any(|open| matches!(open, Open::Group { .. } | Open::Mask(_)));
        let (width, height) = (self.canvas.pixmap.width(), self.canvas.pixmap.height());
        let inside = Canvas::new(width, height, self.canvas.to_pixels, self.canvas.origin);
        match inside.filter(|_| has_group && self.budget.take(bytes(width, height))) {
            Some(mut inside) => {
                inside.clip(path, FillRule::NonZero, &mut self.budget);
                self.open.push(Open::Mask(Box::new(std::mem::replace(&mut self.canvas, inside))));
            }
            None => self.clip(&BezPath::new(), FillRule::NonZero),
        }
    }

    fn pop(&mut self) {
        match self.open.pop() {
            None | Some(Open::Part) => {}
            Some(Open::Clip) => self.canvas.unclip(&mut self.budget),
            Some(Open::Mask(masked)) => {
                let mut mask = std::mem::replace(&mut self.canvas, *masked);
                mask.unclip(&mut self.budget);
                self.budget.give(bytes(mask.pixmap.width(), mask.pixmap.height()));
                let how = PixmapPaint { blend_mode: BlendMode::DestinationIn, ..PixmapPaint::default() };
                self.canvas.pixmap.draw_pixmap(0, 0, mask.pixmap.as_ref(), &how, Transform::identity(), None);
            }
            Some(Open::Group { below, alpha, blend }) => {
                let group = std::mem::replace(&mut self.canvas, *below);
                self.budget.give(bytes(group.pixmap.width(), group.pixmap.height()));
                let opacity = if alpha.is_nan() { 1.0 } else { alpha.clamp(0.0, 1.0) };
                let how = PixmapPaint { opacity, blend_mode: blend_mode(blend), ..PixmapPaint::default() };
                let mask = self.canvas.mask();
                if self.canvas.area().area() > 0.0 {
                    let ((x, y), pixels) = (group.origin, group.pixmap.as_ref());
                    self.canvas.pixmap.draw_pixmap(x, y, pixels, &how, Transform::identity(), mask.as_deref());
                }
                self.canvas.unclip(&mut self.budget);
            }
        }
    }
}

fn bytes(width: u32, height: u32) -> usize {
    width as usize * height as usize * 4
}

fn blend_mode(blend: Blend) -> BlendMode {
    match blend {
        Blend::Normal => BlendMode::SourceOver,
        Blend::Multiply => BlendMode::Multiply,
        Blend::Screen => BlendMode::Screen,
        Blend::Overlay => BlendMode::Overlay,
        Blend::Darken => BlendMode::Darken,
        Blend::Lighten => BlendMode::Lighten,
        Blend::ColorDodge => BlendMode::ColorDodge,
        Blend::ColorBurn => BlendMode::ColorBurn,
        Blend::HardLight => BlendMode::HardLight,
        Blend::SoftLight => BlendMode::SoftLight,
        Blend::Difference => BlendMode::Difference,
        Blend::Exclusion => BlendMode::Exclusion,
        Blend::Hue => BlendMode::Hue,
        Blend::Saturation => BlendMode::Saturation,
        Blend::Color => BlendMode::Color,
        Blend::Luminosity => BlendMode::Luminosity,
    }
}
