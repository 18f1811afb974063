//! Drawings on pages.
//!
//! In: usvg's tree of a drawing, and where on a page it is shown. Out: commands: its shapes, and its texts as glyphs, which
//! Blitz would draw as outlines. Blitz is given a [`StandIn`] instead, and what that paints tells where the drawing is to
//! be. Knows nothing of documents; drawings that need pixels never come here.

mod paint;
mod stand_in;
mod text;

pub(super) use stand_in::{StandIn, marked};

use kurbo::{Affine, BezPath, Rect, Shape as _};
use usvg::{Group, ImageKind, Node, PaintOrder, Path};

use crate::layout::fonts::Fonts;
use crate::layout::page::{Blend, Command, Extend, FillRule, ImagePaint, Paint};

/// What a drawing becomes on a page.
pub(super) struct Drawn {
    /// What is painted, bottom first.
    pub(super) commands: Vec<Command>,
    /// How many of them fill something.
    pub(super) fills: usize,
    /// Whether there were more than were asked for.
    pub(super) is_cut: bool,
}

/// Draws what `stand_in` stands for where `to_page` shows it, with at most `most` fills and texts.
pub(super) fn draw(stand_in: &StandIn, to_page: Affine, fonts: &Fonts, page: Rect, most: usize) -> Drawn {
    let drawn = Drawn { commands: Vec::new(), fills: 0, is_cut: false };
    let mut drawer = Drawer { stand_in, fonts, page, most, drawn };
    drawer.group(stand_in.tree().root(), to_page);
    drawer.drawn
}

struct Drawer<'a> {
    stand_in: &'a StandIn,
    fonts: &'a Fonts,
    page: Rect,
    most: usize,
    drawn: Drawn,
}

impl Drawer<'_> {
    /// Draws what is in a group, whose space `to_page` brings to the page.
    fn group(&mut self, group: &Group, to_page: Affine) {
        for node in group.children() {
            match node {
                Node::Group(inner) => {
                    let to_page = to_page * paint::affine(inner.transform());
                    if inner.opacity().get() <= 0.0 {
                        continue;
                    }
                    let opened = self.open(inner, to_page);
                    self.group(inner, to_page);
                    self.drawn.commands.extend((0..opened).map(|_| Command::Pop));
                }
                Node::Path(path) => self.path(path, to_page),
                Node::Image(image) if image.is_visible() => self.image(image, to_page),
                Node::Image(_) => {}
                Node::Text(text) => self.text(text, to_page),
            }
        }
    }

    /// Begins what a group does to all in it; returns how many commands end it.
    fn open(&mut self, group: &Group, to_page: Affine) -> usize {
        let commands = &mut self.drawn.commands;
        let (alpha, blend) = (group.opacity().get(), paint::blend(group.blend_mode()));
        let mixes = alpha < 1.0 || blend != Blend::Normal;
        // Clips of several shapes need pixels.
        let clip = group.clip_path().and_then(|clip| match clip.root().children().first() {
            Some(Node::Path(path)) => Some(path),
            _ => None,
        });
        if let Some(clip) = clip {
            let rule = clip.fill().map_or(FillRule::NonZero, |fill| paint::rule(fill.rule()));
            commands.push(Command::PushClip { path: to_page * paint::path(clip.data()), rule });
        }
        if mixes {
            let bounds = group.layer_bounding_box();
            let [x, y] = [bounds.x(), bounds.y()].map(f64::from);
            let size = [bounds.width(), bounds.height()].map(f64::from);
            let bounds = to_page.transform_rect_bbox(Rect::from_origin_size((x, y), (size[0], size[1])));
            // Soft edges reach a little beyond.
            let path = bounds.inflate(2.0, 2.0).to_path(0.1);
            commands.push(Command::PushGroup { path, alpha, blend });
        }
        usize::from(clip.is_some()) + usize::from(mixes)
    }

    fn path(&mut self, path: &Path, to_page: Affine) {
        if !path.is_visible() {
            return;
        }
        let shape = paint::path(path.data());
        let fill = |drawer: &mut Self| {
            let Some(fill) = path.fill() else { return };
            if let Some(paint) = paint::paint(fill.paint(), fill.opacity(), to_page, drawer.stand_in.text_color()) {
                drawer.fill(to_page * shape.clone(), paint::rule(fill.rule()), paint);
            }
        };
        let stroke = |drawer: &mut Self| {
            let Some(stroke) = path.stroke() else { return };
            if let Some(paint) = paint::paint(stroke.paint(), stroke.opacity(), to_page, drawer.stand_in.text_color()) {
                let (path, stroke) = (shape.clone(), paint::stroke(stroke));
                drawer.drawn.commands.push(Command::Stroke { path, stroke, transform: to_page, paint });
            }
        };
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                fill(self);
                stroke(self);
            }
            PaintOrder::StrokeAndFill => {
                stroke(self);
                fill(self);
            }
        }
    }

    /// Fills a shape of the page, where it can be seen.
    fn fill(&mut self, path: BezPath, rule: FillRule, paint: Paint) {
        let is_seen = path.bounding_box().overlaps(self.page) || !path.is_finite();
        if is_seen && self.has_room() {
            self.drawn.commands.push(Command::Fill { path, rule, paint });
        }
    }

    /// Counts one more fill; `false` where there are too many.
    fn has_room(&mut self) -> bool {
        let has_room = self.drawn.fills < self.most;
        self.drawn.fills += usize::from(has_room);
        self.drawn.is_cut |= !has_room;
        has_room
    }

    fn image(&mut self, image: &usvg::Image, to_page: Affine) {
        let data = match image.kind() {
            ImageKind::SVG(tree) => return self.group(tree.root(), to_page),
            ImageKind::PNG(data) | ImageKind::JPEG(data) | ImageKind::GIF(data) | ImageKind::WEBP(data) => data,
        };
        let Some(raster) = self.stand_in.raster(data) else { return };
        let (width, height) = (f64::from(image.size().width()), f64::from(image.size().height()));
        let spread = Affine::scale_non_uniform(width / f64::from(raster.width), height / f64::from(raster.height));
        let path = to_page * Rect::new(0.0, 0.0, width, height).to_path(0.1);
        let extend = (Extend::Pad, Extend::Pad);
        let paint = ImagePaint { image: raster, transform: to_page * spread, alpha: 1.0, extend };
        self.fill(path, FillRule::NonZero, Paint::Image(paint));
    }
}
