//! Pixels being painted, and the clips in force.

use std::sync::Arc;

use kurbo::{Affine, BezPath, Rect, Shape as _};
use resvg::tiny_skia::{self, Mask, Pixmap};

use super::crop::cropped;
use super::shape;
use crate::layout::FillRule;

/// Masks and layers of one picture may take this many bytes; clips and groups beyond that are left out.
const MOST_BYTES: usize = 384 * 1024 * 1024;

/// Pixels, from which place of the picture they are, and what of them can be painted on.
pub(super) struct Canvas {
    /// The pixels.
    pub(super) pixmap: Pixmap,
    /// From the page to these pixels.
    pub(super) to_pixels: Affine,
    /// Where the pixels begin within those of the canvas below.
    pub(super) origin: (i32, i32),
    clips: Vec<Clip>,
}

/// What can be painted on.
#[derive(Clone)]
struct Clip {
    /// Nothing beyond this shows, in pixels.
    area: Rect,
    /// How much of each pixel shows; `None` for all of the canvas.
    mask: Option<Arc<Mask>>,
}

impl Canvas {
    /// Returns an empty canvas; `None` when it is empty or takes too much memory.
    pub(super) fn new(width: u32, height: u32, to_pixels: Affine, origin: (i32, i32)) -> Option<Self> {
        let pixmap = Pixmap::new(width, height)?;
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        Some(Self { pixmap, to_pixels, origin, clips: vec![Clip { area, mask: None }] })
    }

    /// Returns all of the canvas.
    pub(super) fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.pixmap.width().into(), self.pixmap.height().into())
    }

    /// Returns the part of the canvas that can be painted on.
    pub(super) fn area(&self) -> Rect {
        self.clips.last().map_or(Rect::ZERO, |clip| clip.area)
    }

    /// Returns the part of the canvas that a shape, given in pixels, can show.
    pub(super) fn visible(&self, path: &BezPath) -> Rect {
        if path.elements().is_empty() || !path.is_finite() {
            return Rect::ZERO;
        }
        let visible = path.bounding_box().inflate(1.0, 1.0).intersect(self.area());
        if visible.area() > 0.0 { visible } else { Rect::ZERO }
    }

    /// Lets only what is within `path`, of the page, show until the next [`Canvas::unclip`].
    pub(super) fn clip(&mut self, path: &BezPath, rule: FillRule, budget: &mut Budget) {
        let path = self.to_pixels * path.clone();
        let Some(current) = self.clips.last() else { return };
        let area = self.visible(&path);
        let covers = shape::as_rect(&path).is_some_and(|rect| rect.inflate(1e-3, 1e-3).contains_rect(current.area));
        let mask =
            if covers || area.area() <= 0.0 { current.mask.clone() } else { self.masked(current, &path, rule, budget) };
        let area = if covers { current.area } else { area };
        self.clips.push(Clip { area, mask });
    }

    /// Returns the mask of a clip with `path`, in pixels, taken out of it.
    fn masked(&self, clip: &Clip, path: &BezPath, rule: FillRule, budget: &mut Budget) -> Option<Arc<Mask>> {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let Some(outline) =
            shape::outline(&cropped(path, self.bounds())).filter(|_| budget.take(width as usize * height as usize))
        else {
            return clip.mask.clone();
        };
        let (rule, identity) = (shape::rule(rule), tiny_skia::Transform::identity());
        let mut mask = match &clip.mask {
            Some(mask) => mask.as_ref().clone(),
            None => Mask::new(width, height)?,
        };
        if clip.mask.is_some() {
            mask.intersect_path(&outline, rule, true, identity);
        } else {
            mask.fill_path(&outline, rule, true, identity);
        }
        Some(Arc::new(mask))
    }

    /// Ends the last clip.
    pub(super) fn unclip(&mut self, budget: &mut Budget) {
        if self.clips.len() < 2 {
            return;
        }
        let ended = self.clips.pop().and_then(|clip| clip.mask);
        let kept = self.mask();
        if ended.is_some_and(|ended| kept.is_none_or(|kept| !Arc::ptr_eq(&ended, &kept))) {
            budget.give(self.pixmap.width() as usize * self.pixmap.height() as usize);
        }
    }

    /// Returns the mask that is in force.
    pub(super) fn mask(&self) -> Option<Arc<Mask>> {
        self.clips.last().and_then(|clip| clip.mask.clone())
    }
}

/// The memory that is left for masks and layers.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: MOST_BYTES }
    }

    /// Takes some bytes; `false` when there are not that many.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// Gives back what was taken.
    pub(super) fn give(&mut self, bytes: usize) {
        self.left += bytes;
    }
}
