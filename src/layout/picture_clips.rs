//! Which commands paint a picture.
//!
//! `defaults.css` makes every picture clip what is beyond it, so that Blitz paints it between a clip and its end. The
//! clips of other elements are known too: one that has the same size and place is not taken for the picture's.

use anyrender::recording::RenderCommand;
use kurbo::Shape as _;

use crate::layout::reading::ClipBox;

/// How much a box may differ from its clip in CSS pixels.
const ROUNDING: f64 = 0.05;

/// The clips of a page while it is painted.
pub(super) struct Clips<'a> {
    /// In the order of the document, those painted taken out.
    boxes: &'a mut Vec<ClipBox>,
    depth: usize,
    /// How deep the clip of the picture lies that is being painted.
    picture: Option<usize>,
    /// The same for any picture, be it a part or not, and its place in reading order.
    place: Option<(usize, usize)>,
}

impl<'a> Clips<'a> {
    pub(super) fn new(boxes: &'a mut Vec<ClipBox>) -> Self {
        Self { boxes, depth: 0, picture: None, place: None }
    }

    /// The part that begins before a command, and whether one ends after it.
    pub(super) fn pass(&mut self, command: &RenderCommand) -> (Option<usize>, bool) {
        match command {
            RenderCommand::PushLayer(_) => self.depth += 1,
            RenderCommand::PushClipLayer(clip) => {
                self.depth += 1;
                if self.picture.is_none() {
                    let inner = clip.clip.bounding_box();
                    let shown = clip.transform.transform_rect_bbox(inner);
                    let Some(taken) = self.take(inner.size(), shown.origin()) else { return (None, false) };
                    self.picture = taken.part.map(|_| self.depth);
                    self.place = taken.place.map(|place| (self.depth, place)).or(self.place);
                    return (taken.part, false);
                }
            }
            RenderCommand::PopLayer => {
                let ends = self.picture == Some(self.depth);
                self.place = self.place.filter(|(depth, _)| *depth != self.depth);
                self.depth = self.depth.saturating_sub(1);
                if ends {
                    self.picture = None;
                }
                return (None, ends);
            }
            _ => {}
        }
        (None, false)
    }

    /// The place in reading order of the picture that is being painted.
    pub(super) fn place(&self) -> Option<usize> {
        self.place.map(|(_, place)| place)
    }

    /// Takes out the box of this size that is nearest to a place, the first of equals.
    fn take(&mut self, size: kurbo::Size, at: kurbo::Point) -> Option<ClipBox> {
        let alike = self.boxes.iter().enumerate().filter(|(_, other)| {
            let other = other.rect.size();
            (other.width - size.width).abs() < ROUNDING && (other.height - size.height).abs() < ROUNDING
        });
        let distances = alike.map(|(number, other)| (number, (other.rect.origin() - at).hypot().round()));
        let (nearest, _) = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(self.boxes.remove(nearest))
    }
}
