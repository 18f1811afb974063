//! What Blitz lays out and paints in the place of a drawing: one shape of the drawing's size and proportions, that says by
//! its corners which drawing it stands for, and by its transform where that is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use blitz_dom::node::SvgImageData;
use kurbo::{Affine, BezPath, PathEl};
use usvg::{Group, Node, Options, Tree, fontdb};

use crate::asset::{self, Effects, TEXT_COLOR};
use crate::layout::drawing::paint::affine;
use crate::layout::drawing::text::Face;
use crate::layout::fonts::Fonts;
use crate::layout::page::{PixelSource, Raster, Rgba};
use crate::layout::pictures::Drawing;

/// Where the first corner of the shape is, which no box of a page has a corner at.
const MARK: f64 = -7_654_321.0;

/// A drawing and what stands for it.
#[derive(Debug)]
pub(in crate::layout) struct StandIn {
    tree: Arc<Tree>,
    effects: Effects,
    /// The colour of the text around it, where the drawing takes it.
    text_color: Option<Rgba>,
    svg: String,
    image: SvgImageData,
    /// From the drawing to the space of the shape.
    to_mark: Affine,
    rasters: Mutex<BTreeMap<usize, Option<Arc<Raster>>>>,
    faces: Mutex<Vec<(fontdb::ID, Option<Face>)>>,
}

/// The number of the drawing that a filled shape stands for.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, or it is no mark")]
#[allow(clippy::float_cmp, reason = "what is a mark has these very corners")]
pub(in crate::layout) fn marked(shape: &BezPath) -> Option<usize> {
    let [PathEl::MoveTo(first), PathEl::LineTo(second), PathEl::LineTo(third), PathEl::ClosePath] = shape.elements()
    else {
        return None;
    };
    let is_mark = first.y == MARK && second.y == MARK && third.y == MARK + 1.0 && second.x == third.x;
    (is_mark && first.x >= 0.0 && first.x.fract() == 0.0).then_some(first.x as usize)
}

impl StandIn {
    /// What stands for `drawing`, which is to have this number; `None` where it is none.
    pub(in crate::layout) fn new(number: usize, drawing: &Drawing, text_color: Option<Rgba>) -> Option<Self> {
        let svg = &*drawing.svg;
        let tree = match &drawing.shapes {
            Some(shapes) => Arc::clone(shapes.tree()),
            None => Arc::new(read(svg)?),
        };
        let effects = Effects::of(&tree);
        let start = svg.find("<svg")?;
        let root = svg.get(start..)?.split('>').next()?.trim_end_matches('/');
        let svg = format!("{root}><path fill=\"#000\" stroke=\"none\" d=\"M{number} {MARK}h1v1z\"/></svg>");
        let image = SvgImageData::from_data(svg.as_bytes(), &Options::default()).ok()?;
        let (own, shown) = (tree.size(), image.tree.size());
        let spread = Affine::scale_non_uniform(
            f64::from(shown.width()) / f64::from(own.width()),
            f64::from(shown.height()) / f64::from(own.height()),
        );
        let from_mark = mark_transform(image.tree.root())?;
        let to_mark = from_mark.inverse() * spread;
        let (rasters, faces) = (Mutex::default(), Mutex::default());
        to_mark.is_finite().then_some(Self { tree, effects, text_color, svg, image, to_mark, rasters, faces })
    }

    /// What it stands for.
    pub(in crate::layout) fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// What of it paths and glyphs can't show.
    pub(in crate::layout) fn effects(&self) -> Effects {
        self.effects
    }

    /// What Blitz lays out.
    pub(in crate::layout) fn image(&self) -> &SvgImageData {
        &self.image
    }

    /// The same as an SVG text.
    pub(in crate::layout) fn svg(&self) -> &str {
        &self.svg
    }

    /// From the drawing to the page on which its shape is painted.
    pub(in crate::layout) fn to_page(&self, transform_of_shape: Affine) -> Affine {
        transform_of_shape * self.to_mark
    }

    pub(super) fn text_color(&self) -> Option<Rgba> {
        self.text_color
    }

    /// A picture in the drawing, read once.
    pub(super) fn raster(&self, data: &Arc<Vec<u8>>) -> Option<Arc<Raster>> {
        let mut rasters = self.rasters.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let (bytes, (width, height)) = asset::raster_file(data.to_vec()).ok()?;
            Some(Arc::new(Raster { width, height, pixels: PixelSource::File(bytes.into()) }))
        };
        rasters.entry(Arc::as_ptr(data).addr()).or_insert_with(read).clone()
    }

    /// A font of its texts, looked up once; `None` where its glyphs have no outlines.
    pub(super) fn face(&self, id: fontdb::ID, fonts: &Fonts) -> Option<Face> {
        let mut faces = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, face)) = faces.iter().find(|(known, _)| *known == id) {
            return face.clone();
        }
        let face = Face::find(self.tree.fontdb(), id, fonts);
        faces.push((id, face.clone()));
        face
    }
}

/// What is in an SVG text; where it takes the colour of the text around it, it has [`TEXT_COLOR`].
fn read(svg: &str) -> Option<Tree> {
    let [red, green, blue] = TEXT_COLOR;
    let colored = svg.replace("currentColor", &format!("rgb({red},{green},{blue})"));
    Tree::from_str(&colored, &Options::default()).ok()
}

/// From the space of the shape to that of the SVG text which it is alone in.
fn mark_transform(group: &Group) -> Option<Affine> {
    group.children().iter().find_map(|node| match node {
        Node::Group(inner) => mark_transform(inner),
        Node::Path(path) => Some(affine(path.abs_transform())),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use kurbo::{Point, Rect, Shape as _};

    use super::*;
    use crate::layout::drawing::paint::path;

    fn shape(stand_in: &StandIn) -> BezPath {
        fn first(group: &Group) -> Option<BezPath> {
            group.children().iter().find_map(|node| match node {
                Node::Group(inner) => first(inner),
                Node::Path(shape) => Some(path(shape.data())),
                _ => None,
            })
        }
        first(stand_in.image().tree.root()).unwrap()
    }

    #[test]
    fn a_shape_says_which_drawing_it_stands_for() {
        let svg =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='10 0 20 10' width='40' height='20'><circle r='3'/></svg>";
        for number in [0, 7, 1_000_000] {
            let drawing = Drawing { svg: svg.into(), shapes: None };
            let stand_in = StandIn::new(number, &drawing, None).unwrap();
            assert_eq!(marked(&shape(&stand_in)), Some(number));
            // A drawing that is shown twice as large, with its left end cut off: its tree counts in pixels already.
            let to_page = stand_in.to_page(mark_transform(stand_in.image().tree.root()).unwrap());
            assert!((to_page * Point::new(3.0, 4.0) - Point::new(3.0, 4.0)).hypot() < 1e-9);
        }
        assert_eq!(marked(&Rect::new(0.0, MARK, 1.0, MARK + 1.0).to_path(0.1)), None);
        let other = Drawing { svg: "<p>no drawing</p>".into(), shapes: None };
        assert!(StandIn::new(0, &other, None).is_none());
    }
}
