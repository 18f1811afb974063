use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use blitz_dom::node::SvgImageData;
use blitz_traits::net::{Bytes, NetHandler, NetProvider, Request};

/// A picture as the documents name it.
#[derive(Clone, Debug)]
pub enum Picture {
    /// PNG, JPEG, GIF or WebP.
    Raster(Arc<[u8]>),
    /// An SVG document whose texts are paths already.
    Drawing(Arc<str>),
}

/// Every picture that the documents may use, by the URL they use for it.
///
/// A URL that is not in here shows nothing: nothing is ever fetched.
#[derive(Debug, Default)]
pub struct Pictures {
    pictures: BTreeMap<String, Picture>,
    parsed: Mutex<BTreeMap<String, Option<SvgImageData>>>,
}

impl Pictures {
    /// Adds the picture that documents call `url`, as `asset:///0a1b`.
    pub fn add(&mut self, url: impl Into<String>, picture: Picture) {
        self.pictures.insert(url.into(), picture);
    }

    /// Whether the drawing called `url` takes the colour of the text around it.
    pub(super) fn takes_text_color(&self, url: &str) -> bool {
        matches!(self.pictures.get(url), Some(Picture::Drawing(svg)) if svg.contains("currentColor"))
    }

    /// The drawing called `url` in a text of the given CSS colour.
    pub(super) fn colored_drawing(&self, url: &str, color: &str) -> Option<SvgImageData> {
        let Some(Picture::Drawing(svg)) = self.pictures.get(url) else { return None };
        let colored = svg.replace("currentColor", color);
        SvgImageData::from_data(colored.as_bytes(), &usvg::Options::default()).ok()
    }

    /// The drawing called `url`, read once.
    pub(super) fn drawing(&self, url: &str) -> Option<SvgImageData> {
        let Some(Picture::Drawing(svg)) = self.pictures.get(url) else { return None };
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || SvgImageData::from_data(svg.as_bytes(), &usvg::Options::default()).ok();
        parsed.entry(url.to_owned()).or_insert_with(read).clone()
    }
}

/// Hands the raster pictures to Blitz; drawings are put into the document directly, because Blitz would search the
/// system's fonts before it reads an SVG.
pub(super) struct Provider(pub(super) Arc<Pictures>);

impl NetProvider for Provider {
    fn fetch(&self, _document: usize, request: Request, handler: Box<dyn NetHandler>) {
        let url = request.url.to_string();
        // Elements get their drawings from `place_drawings`; backgrounds of style sheets only from here.
        if let Some(name) = url.strip_suffix("?background") {
            let bytes = match self.0.pictures.get(name) {
                Some(Picture::Raster(bytes)) => Bytes::copy_from_slice(bytes),
                Some(Picture::Drawing(svg)) => Bytes::copy_from_slice(svg.as_bytes()),
                None => return,
            };
            handler.bytes(url, bytes);
        } else if let Some(Picture::Raster(bytes)) = self.0.pictures.get(&url) {
            handler.bytes(url, Bytes::copy_from_slice(bytes));
        } else if let Some(bytes) = raster_data_url(&url) {
            handler.bytes(url, Bytes::from(bytes));
        }
    }
}

/// The bytes of a `data:` URL that holds a raster picture in base64.
fn raster_data_url(url: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let (kind, data) = url.strip_prefix("data:image/")?.split_once(";base64,")?;
    if kind.starts_with("svg") {
        return None;
    }
    base64::engine::general_purpose::STANDARD.decode(data).ok()
}
