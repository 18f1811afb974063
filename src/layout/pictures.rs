use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use blitz_dom::node::{RasterImageData, SvgImageData};
use blitz_traits::net::{Bytes, NetHandler, NetProvider, Request};

use kurbo::Affine;

use crate::asset::{self, Effects, Image, Mime, Shapes};
use crate::diagnostic::contain;
use crate::layout::drawing::StandIn;
use crate::layout::page::{PixelSource, Raster, Rgba};

/// Pixels a CSS pixel at 300 dots an inch.
const PRINTED: f64 = 300.0 / 96.0;

/// How many digits of its hash a picture's address has.
const ADDRESS_DIGITS: usize = 32;

/// A picture as the documents name it.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Pixels, most often those of a file.
    Raster(Arc<Raster>),
    /// A drawing.
    Drawing(Drawing),
}

/// A drawing as the documents show it.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The SVG text, its own texts made paths; it has the size and proportions that the drawing has in documents.
    pub svg: Arc<str>,
    /// The same drawing with its texts; where that is not known, its paths are all there is.
    pub shapes: Option<Shapes>,
}

impl Picture {
    /// A checked picture.
    #[must_use]
    pub fn of(image: &Image) -> Self {
        if image.mime == Mime::Svg {
            let svg = String::from_utf8_lossy(&image.bytes).into();
            return Self::Drawing(Drawing { svg, shapes: image.shapes.clone() });
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole pixels, at most 65,535")]
        let (width, height) = (image.width as u32, image.height as u32);
        let pixels = PixelSource::File(image.bytes.as_slice().into());
        Self::Raster(Arc::new(Raster { width, height, pixels }))
    }
}

/// Every picture that the documents may use, by the URL they use for it.
///
/// A URL that is not in here shows nothing: nothing is ever fetched.
#[derive(Debug, Default)]
pub struct Pictures {
    by_url: BTreeMap<String, Picture>,
    drawings: Mutex<Drawings>,
    stand_ins: Mutex<StandIns>,
}

/// The drawings that were asked for, each in one colour.
#[derive(Debug, Default)]
struct Drawings {
    by_name: BTreeMap<String, Option<Arc<StandIn>>>,
    numbered: Vec<Arc<StandIn>>,
}

/// What Blitz lays out instead of pixels: it needs the sizes only, and would decode a picture for every page.
#[derive(Debug, Default)]
struct StandIns {
    by_url: BTreeMap<String, Option<RasterImageData>>,
    by_pixels: BTreeMap<u64, StandsFor>,
}

/// What stands for pixels.
#[derive(Clone, Debug)]
enum StandsFor {
    Raster(Arc<Raster>),
    Drawing(Arc<Effected>),
}

/// A drawing that has to be painted as pixels, once in each size in which it is shown.
#[derive(Debug)]
struct Effected {
    tree: Arc<usvg::Tree>,
    effects: Effects,
    /// Of what stands for it, in CSS pixels.
    size: (u32, u32),
    drawn: Mutex<Drawn>,
}

/// What some pixels stood for.
pub(super) enum Stood {
    /// A picture.
    For(Shown),
    /// A drawing that takes too long to be painted.
    ForTooMuch,
    /// They are pixels of their own.
    ForNothing,
}

/// The pixels of a drawing by their size; `None` where it can't be painted.
type Drawn = BTreeMap<(u32, u32), Option<Arc<Raster>>>;

/// A picture where it is shown.
pub(super) struct Shown {
    pub(super) raster: Arc<Raster>,
    /// From its pixels to those of what stands for it.
    pub(super) spread: Affine,
}

impl Pictures {
    /// Adds the picture that documents call `url`, as `asset:///0a1b`.
    pub fn add(&mut self, url: impl Into<String>, picture: Picture) {
        self.by_url.insert(url.into(), picture);
    }

    /// The addresses of the pictures that a text of HTML or CSS may mean, in order.
    ///
    /// A picture's address ends in 32 hexadecimal digits. Where these may be written otherwise, the text may mean any
    /// picture.
    pub(super) fn named_in<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a str> {
        let digits: BTreeSet<&str> =
            text.split(|c: char| !c.is_ascii_hexdigit()).filter(|digits| digits.len() >= ADDRESS_DIGITS).collect();
        let is_veiled = may_hide_digits(text);
        let is_named = move |url: &str| match url.len().checked_sub(ADDRESS_DIGITS).and_then(|at| url.get(at..)) {
            Some(hash) => digits.iter().any(|digits| digits.contains(hash)),
            None => true,
        };
        self.by_url.keys().map(String::as_str).filter(move |url| is_veiled || is_named(url))
    }

    /// The picture of pixels called `url`.
    pub(super) fn raster(&self, url: &str) -> Option<Arc<Raster>> {
        match self.by_url.get(url)? {
            Picture::Raster(raster) => Some(Arc::clone(raster)),
            Picture::Drawing(_) => None,
        }
    }

    /// What the documents call this very picture.
    pub(super) fn url_of(&self, raster: &Arc<Raster>) -> Option<&str> {
        let is_it = |picture: &Picture| matches!(picture, Picture::Raster(other) if Arc::ptr_eq(other, raster));
        self.by_url.iter().find(|(_, picture)| is_it(picture)).map(|(url, _)| url.as_str())
    }

    /// Whether the drawing called `url` takes the colour of the text around it.
    pub(super) fn takes_text_color(&self, url: &str) -> bool {
        matches!(self.by_url.get(url), Some(Picture::Drawing(drawing)) if drawing.svg.contains("currentColor"))
    }

    /// What stands for the raster picture called `url`: one of these pictures, or a `data:` URL.
    pub(super) fn stand_in(&self, url: &str) -> Option<RasterImageData> {
        let mut known = self.stand_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.by_url.get(url) {
            return found.clone();
        }
        let name = url.strip_suffix("?background").unwrap_or(url);
        let raster = match self.by_url.get(name) {
            Some(Picture::Raster(raster)) => Some(Arc::clone(raster)),
            Some(Picture::Drawing(_)) => None,
            None => raster_data_url(url).map(Arc::new),
        };
        let effected = self.stand_in_drawing(name, None).filter(|drawing| drawing.effects().need_pixels());
        let made = match (raster, effected) {
            (Some(raster), _) => {
                let image = RasterImageData::new(raster.width, raster.height, Arc::default());
                known.by_pixels.insert(image.data.id(), StandsFor::Raster(raster));
                Some(image)
            }
            (None, drawing) => drawing.map(|drawing| stand_in_for_drawing(&drawing, &mut known.by_pixels)),
        };
        known.by_url.insert(url.to_owned(), made.clone());
        made
    }

    /// The picture that the pixels with this number stand for, where `to_page` brings those to the page.
    pub(super) fn stands_for(&self, pixels: u64, to_page: Affine) -> Stood {
        let found = self.stand_ins.lock().unwrap_or_else(PoisonError::into_inner).by_pixels.get(&pixels).cloned();
        match found {
            None => Stood::ForNothing,
            Some(StandsFor::Raster(raster)) => Stood::For(Shown { raster, spread: Affine::IDENTITY }),
            Some(StandsFor::Drawing(drawing)) => drawing.shown(to_page).map_or(Stood::ForTooMuch, Stood::For),
        }
    }

    /// What Blitz lays out for the drawing called `url` in a text of some colour, where commands can show it.
    pub(super) fn drawing(&self, url: &str, text_color: Option<Rgba>) -> Option<SvgImageData> {
        let stand_in = self.stand_in_drawing(url, text_color)?;
        (!stand_in.effects().need_pixels()).then(|| stand_in.image().clone())
    }

    /// The drawing that a shape with this number stands for.
    pub(super) fn numbered(&self, number: usize) -> Option<Arc<StandIn>> {
        self.drawings.lock().unwrap_or_else(PoisonError::into_inner).numbered.get(number).cloned()
    }

    /// What stands for the drawing called `url`, made once for each colour.
    fn stand_in_drawing(&self, url: &str, text_color: Option<Rgba>) -> Option<Arc<StandIn>> {
        let Some(Picture::Drawing(drawing)) = self.by_url.get(url) else { return None };
        let mut drawings = self.drawings.lock().unwrap_or_else(PoisonError::into_inner);
        let Drawings { by_name, numbered } = &mut *drawings;
        let make = || {
            let stand_in = Arc::new(StandIn::new(numbered.len(), drawing, text_color)?);
            numbered.push(Arc::clone(&stand_in));
            Some(stand_in)
        };
        by_name.entry(format!("{url} {text_color:?}")).or_insert_with(make).clone()
    }
}

/// Whether a text of HTML or CSS may have digits of an address that are not written as such.
fn may_hide_digits(text: &str) -> bool {
    // Quotation marks and slashes, as templates write them.
    let harmless = ["x27;", "x2f;", "39;", "34;"];
    let by_number = text.split("&#").skip(1).any(|rest| !harmless.iter().any(|number| rest.starts_with(number)));
    let by_escape = text.split("url(").skip(1).any(|rest| rest.split(')').next().is_some_and(|url| url.contains('\\')));
    by_number || by_escape
}

/// What stands for a drawing that has to be painted as pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a drawing has some thousand pixels")]
fn stand_in_for_drawing(drawing: &StandIn, known: &mut BTreeMap<u64, StandsFor>) -> RasterImageData {
    let whole = |length: f32| length.round().clamp(1.0, 65_535.0) as u32;
    let (tree, effects, size) = (Arc::clone(drawing.tree()), drawing.effects(), drawing.image().tree.size());
    let size = (whole(size.width()), whole(size.height()));
    let image = RasterImageData::new(size.0, size.1, Arc::default());
    let drawing = Effected { tree, effects, size, drawn: Mutex::default() };
    known.insert(image.data.id(), StandsFor::Drawing(Arc::new(drawing)));
    image
}

impl Effected {
    /// The drawing as pixels, as many as are seen in print.
    fn shown(&self, to_page: Affine) -> Option<Shown> {
        let [xx, yx, xy, yy, ..] = to_page.as_coeffs();
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let shown = (width * xx.hypot(yx) * PRINTED, height * xy.hypot(yy) * PRINTED);
        let size = self.effects.size(shown)?;
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let draw = || {
            // A defect of the painter costs one drawing, not the slide.
            let rgba = contain(|| asset::drawn(&self.tree, size)).ok().flatten()?;
            Some(Arc::new(Raster { width: size.0, height: size.1, pixels: PixelSource::Rgba(rgba) }))
        };
        let raster = drawn.entry(size).or_insert_with(draw).clone()?;
        let spread = Affine::scale_non_uniform(width / f64::from(size.0), height / f64::from(size.1));
        Some(Shown { raster, spread })
    }
}

/// Hands the drawings of style sheets to Blitz. All other pictures are put into the document directly: Blitz would decode
/// pixels that nobody asks for, and search the system's fonts before it reads an SVG.
pub(super) struct Provider(pub(super) Arc<Pictures>);

impl NetProvider for Provider {
    fn fetch(&self, _document: usize, request: Request, handler: Box<dyn NetHandler>) {
        let url = request.url.to_string();
        let Some(name) = url.strip_suffix("?background") else { return };
        if let Some(stand_in) = self.0.stand_in_drawing(name, None).filter(|drawing| !drawing.effects().need_pixels()) {
            let bytes = Bytes::copy_from_slice(stand_in.svg().as_bytes());
            handler.bytes(url, bytes);
        }
    }
}

/// The raster picture that a `data:` URL holds in base64.
fn raster_data_url(url: &str) -> Option<Raster> {
    use base64::Engine as _;
    let (kind, data) = url.strip_prefix("data:image/")?.split_once(";base64,")?;
    if kind.starts_with("svg") {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.decode(data).ok()?;
    let (bytes, (width, height)) = asset::raster_file(bytes).ok()?;
    Some(Raster { width, height, pixels: PixelSource::File(bytes.into()) })
}
