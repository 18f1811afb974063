use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use blitz_dom::node::{RasterImageData, SvgImageData};
use blitz_traits::net::{Bytes, NetHandler, NetProvider, Request};

use crate::asset;
use crate::layout::page::{PixelSource, Raster};

/// A picture as the documents name it.
#[derive(Clone, Debug)]
pub enum Picture {
    /// Pixels, most often those of a file.
    Raster(Arc<Raster>),
    /// An SVG document whose texts are paths already.
    Drawing(Arc<str>),
}

/// Every picture that the documents may use, by the URL they use for it.
///
/// A URL that is not in here shows nothing: nothing is ever fetched.
#[derive(Debug, Default)]
pub struct Pictures {
    by_url: BTreeMap<String, Picture>,
    parsed: Mutex<BTreeMap<String, Option<SvgImageData>>>,
    stand_ins: Mutex<StandIns>,
}

/// What Blitz lays out instead of pixels: it needs the sizes only, and would decode a picture for every page.
#[derive(Debug, Default)]
struct StandIns {
    by_url: BTreeMap<String, Option<RasterImageData>>,
    rasters: BTreeMap<u64, Arc<Raster>>,
}

impl Pictures {
    /// Adds the picture that documents call `url`, as `asset:///0a1b`.
    pub fn add(&mut self, url: impl Into<String>, picture: Picture) {
        self.by_url.insert(url.into(), picture);
    }

    /// Whether the drawing called `url` takes the colour of the text around it.
    pub(super) fn takes_text_color(&self, url: &str) -> bool {
        matches!(self.by_url.get(url), Some(Picture::Drawing(svg)) if svg.contains("currentColor"))
    }

    /// The drawing called `url` in a text of the given CSS colour.
    pub(super) fn colored_drawing(&self, url: &str, color: &str) -> Option<SvgImageData> {
        let Some(Picture::Drawing(svg)) = self.by_url.get(url) else { return None };
        let colored = svg.replace("currentColor", color);
        SvgImageData::from_data(colored.as_bytes(), &usvg::Options::default()).ok()
    }

    /// What stands for the raster picture called `url`: one of these pictures, or a `data:` URL.
    pub(super) fn stand_in(&self, url: &str) -> Option<RasterImageData> {
        let mut known = self.stand_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.by_url.get(url) {
            return found.clone();
        }
        let raster = match self.by_url.get(url.strip_suffix("?background").unwrap_or(url)) {
            Some(Picture::Raster(raster)) => Some(Arc::clone(raster)),
            Some(Picture::Drawing(_)) => None,
            None => raster_data_url(url).map(Arc::new),
        };
        let made = raster.map(|raster| {
            let image = RasterImageData::new(raster.width, raster.height, Arc::default());
            known.rasters.insert(image.data.id(), raster);
            image
        });
        known.by_url.insert(url.to_owned(), made.clone());
        made
    }

    /// The picture that the pixels with this number stand for.
    pub(super) fn stands_for(&self, pixels: u64) -> Option<Arc<Raster>> {
        self.stand_ins.lock().unwrap_or_else(PoisonError::into_inner).rasters.get(&pixels).cloned()
    }

    /// The drawing called `url`, read once.
    pub(super) fn drawing(&self, url: &str) -> Option<SvgImageData> {
        let Some(Picture::Drawing(svg)) = self.by_url.get(url) else { return None };
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || SvgImageData::from_data(svg.as_bytes(), &usvg::Options::default()).ok();
        parsed.entry(url.to_owned()).or_insert_with(read).clone()
    }
}

/// Hands the drawings of style sheets to Blitz. All other pictures are put into the document directly: Blitz would decode
/// pixels that nobody asks for, and search the system's fonts before it reads an SVG.
pub(super) struct Provider(pub(super) Arc<Pictures>);

impl NetProvider for Provider {
    fn fetch(&self, _document: usize, request: Request, handler: Box<dyn NetHandler>) {
        let url = request.url.to_string();
        let Some(name) = url.strip_suffix("?background") else { return };
        if let Some(Picture::Drawing(svg)) = self.0.by_url.get(name) {
            let bytes = Bytes::copy_from_slice(svg.as_bytes());
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
