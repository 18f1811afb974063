use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::asset::Shapes;
use crate::asset::address::{decode_data_url, is_data_url, is_remote, percent_decode};
use crate::asset::reading::{self, Losses};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::source::{LoadError, Loader, Span, Stamp};

/// The kinds of picture that a talk may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Mime {
    Png,
    Jpeg,
    Gif,
    WebP,
    Svg,
}

impl Mime {
    /// The media type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A checked picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// The file; a drawing is rewritten as shapes.
    pub bytes: Vec<u8>,
    /// What kind it is, by its content.
    pub mime: Mime,
    /// CSS pixels.
    pub width: f32,
    /// CSS pixels.
    pub height: f32,
    /// Equal for equal bytes with equal texts: the first 32 hexadecimal digits of their SHA-256.
    pub hash: String,
    /// A drawing with its texts; `None` where its bytes are all that is known.
    pub shapes: Option<Shapes>,
}

impl Image {
    /// A drawing by its SVG text of shapes only, and the same with its texts.
    pub(super) fn of_drawing(svg: String, shapes: Option<Shapes>, (width, height): (f32, f32)) -> Self {
        let texts = shapes.as_ref().map(Shapes::texts).unwrap_or_default();
        // The outlines of different texts may be equal.
        let hash = hash(&[svg.as_bytes(), texts.as_bytes()].concat());
        Self { bytes: svg.into_bytes(), mime: Mime::Svg, width, height, hash, shapes }
    }

    /// Whether the file is of a kind that is made for photographs: a JPEG, or a WebP that is packed as one and opaque.
    #[must_use]
    pub fn is_photo(&self) -> bool {
        crate::asset::raster::is_photo(self.mime, &self.bytes)
    }

    /// The picture as a `data:` URL.
    #[must_use]
    pub fn data_uri(&self) -> String {
        format!("data:{};base64,{}", self.mime.name(), STANDARD.encode(&self.bytes))
    }
}

/// Why a source gives no picture: the finding without its place.
#[derive(Clone, Debug)]
struct Problem {
    code: &'static Code,
    message: String,
    hint: Option<String>,
}

impl Problem {
    fn at(self, span: Span) -> Diagnostic {
        let found = Diagnostic::new(self.code, span, self.message);
        match self.hint {
            Some(hint) => found.hint(hint),
            None => found,
        }
    }
}

/// What a source is to give, in the words of messages.
struct Kind {
    noun: &'static str,
    mime: &'static str,
    missing: &'static Code,
    unreadable: &'static Code,
}

static PICTURE: Kind =
    Kind { noun: "picture", mime: "image/png", missing: &code::MISSING_IMAGE, unreadable: &code::UNREADABLE_IMAGE };
static FONT: Kind =
    Kind { noun: "font", mime: "font/woff2", missing: &code::UNREADABLE_FONT, unreadable: &code::UNREADABLE_FONT };

/// A picture and what it lost.
type Checked = Result<(Arc<Image>, Losses), Problem>;

/// The pictures of one talk, each read and checked once; may be asked from several threads.
pub struct Images<'a> {
    loader: &'a dyn Loader,
    by_source: Mutex<BTreeMap<String, Known>>,
    by_hash: Mutex<BTreeMap<String, Arc<Image>>>,
}

/// A source that was looked at.
#[derive(Clone)]
struct Known {
    /// The file as it was just before it was read.
    stamp: Option<Stamp>,
    checked: Checked,
}

impl KeptImages {
    /// What the talk calls them.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.by_source.keys().map(String::as_str)
    }
}

/// Pictures of an earlier build, for [`Images::again`].
#[derive(Default)]
pub struct KeptImages {
    by_source: BTreeMap<String, Known>,
    by_hash: BTreeMap<String, Arc<Image>>,
}

impl std::fmt::Debug for Images<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Images")
    }
}

impl<'a> Images<'a> {
    /// The pictures that `loader` reads.
    pub fn new(loader: &'a dyn Loader) -> Self {
        Self { loader, by_source: Mutex::default(), by_hash: Mutex::default() }
    }

    /// The same, with those pictures of an earlier build whose files are as they were.
    pub fn again(loader: &'a dyn Loader, mut kept: KeptImages) -> Self {
        kept.by_source.retain(|source, known| {
            let unchanged = || known.stamp.is_some() && known.stamp == stamp(loader, source);
            known.checked.is_ok() && (is_data_url(source) || unchanged())
        });
        Self { loader, by_source: Mutex::new(kept.by_source), by_hash: Mutex::new(kept.by_hash) }
    }

    /// What a later build may take over: the pictures whose hash `is_used`.
    #[must_use]
    pub fn keep(self, is_used: impl Fn(&str) -> bool) -> KeptImages {
        let mut by_source = self.by_source.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut by_hash = self.by_hash.into_inner().unwrap_or_else(PoisonError::into_inner);
        by_source.retain(|_, known| known.checked.as_ref().is_ok_and(|(image, _)| is_used(&image.hash)));
        by_hash.retain(|hash, _| is_used(hash));
        KeptImages { by_source, by_hash }
    }

    /// The picture that `source` names: a path in the talk's folder or a `data:` URL.
    ///
    /// What is wrong with it is reported at `span`.
    pub fn get(&self, source: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<Arc<Image>> {
        let checked = self.checked(source);
        match checked {
            Ok((image, losses)) => {
                losses.report(source, span, diagnostics);
                Some(image)
            }
            Err(problem) => {
                diagnostics.push(problem.at(span));
                None
            }
        }
    }

    /// Adds a drawing that was made, not read: the shapes that a deck shows, and the same with its texts where it has any.
    pub fn add_drawing(&self, svg: &str, shapes: Option<Shapes>) -> Arc<Image> {
        let image = Image::of_drawing(svg.to_owned(), shapes, (0.0, 0.0));
        let mut by_hash = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(by_hash.entry(image.hash.clone()).or_insert_with(|| Arc::new(image)))
    }

    /// Every picture that was asked for and found, by its hash.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, Arc<Image>> {
        self.by_hash.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn checked(&self, source: &str) -> Checked {
        if let Some(known) = self.by_source.lock().unwrap_or_else(PoisonError::into_inner).get(source) {
            return known.checked.clone();
        }
        let stamp = stamp(self.loader, source);
        // Two threads may read one picture at the same time; both get the same result.
        let checked = self.read(source).map(|(image, losses)| {
            let mut by_hash = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
            (Arc::clone(by_hash.entry(image.hash.clone()).or_insert_with(|| Arc::new(image))), losses)
        });
        let mut by_source = self.by_source.lock().unwrap_or_else(PoisonError::into_inner);
        by_source.entry(source.to_owned()).or_insert(Known { stamp, checked }).checked.clone()
    }

    /// The bytes of the font that `source` names: a path in the talk's folder or a `data:` URL.
    ///
    /// What is wrong with it is reported at `span`.
    pub fn font(&self, source: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
        self.bytes(source, &FONT).map_err(|problem| diagnostics.push(problem.at(span))).ok()
    }

    fn read(&self, source: &str) -> Result<(Image, Losses), Problem> {
        let bytes = self.bytes(source, &PICTURE)?;
        reading::read(bytes).map_err(|why| {
            problem(&code::UNREADABLE_IMAGE, format!("{} can't be shown: {why}", reading::named(source)), None)
        })
    }

    fn bytes(&self, source: &str, kind: &Kind) -> Result<Vec<u8>, Problem> {
        if is_data_url(source) {
            decode_data_url(&source[5..]).ok_or_else(|| {
                let hint = format!("write it as `data:{};base64,…`", kind.mime);
                problem(kind.unreadable, "this `data:` URL can't be read".to_owned(), Some(&hint))
            })
        } else if is_remote(source) {
            let hint =
                format!("download the {} into the talk's folder, so that the talk works without a network", kind.noun);
            Err(problem(&code::REMOTE_URL, format!("`{source}` is not in the talk's folder"), Some(&hint)))
        } else {
            self.load(source, kind)
        }
    }

    fn load(&self, source: &str, kind: &Kind) -> Result<Vec<u8>, Problem> {
        let path = percent_decode(source.split(['?', '#']).next().unwrap_or_default());
        // A file may have `%`, `?` or `#` in its name.
        let loaded = self.loader.load(source).or_else(|error| match error {
            LoadError::NotFound if path != source => self.loader.load(&path),
            other => Err(other),
        });
        loaded.map_err(|error| match error {
            LoadError::NotFound => problem(
                kind.missing,
                format!("there is no {} `{source}`", kind.noun),
                Some("paths are relative to the talk's folder"),
            ),
            LoadError::OutsideFolder => problem(
                &code::PATH_OUTSIDE_TALK,
                format!("`{source}` lies outside the talk's folder"),
                Some(&format!("copy the {} into the talk's folder", kind.noun)),
            ),
            other => problem(kind.unreadable, format!("`{source}` can't be read: {other}"), None),
        })
    }
}

fn problem(code: &'static Code, message: String, hint: Option<&str>) -> Problem {
    Problem { code, message, hint: hint.map(str::to_owned) }
}

fn stamp(loader: &dyn Loader, source: &str) -> Option<Stamp> {
    if is_data_url(source) || is_remote(source) {
        return None;
    }
    let path = percent_decode(source.split(['?', '#']).next().unwrap_or_default());
    loader.stamp(source).or_else(|| loader.stamp(&path))
}

/// Equal for equal bytes: the first 32 hexadecimal digits of their SHA-256.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(32);
    for byte in Sha256::digest(bytes).iter().take(16) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Images, Mime};
    use crate::diagnostic::Diagnostics;
    use crate::source::{MemoryLoader, SourceId, Span};

    fn found(source: &str, loader: &MemoryLoader) -> String {
        let mut diagnostics = Diagnostics::default();
        let image = Images::new(loader).get(source, Span::new(SourceId::default(), 0, 0), &mut diagnostics);
        let codes: Vec<&str> = diagnostics.iter().map(|found| found.code.name).collect();
        format!("{} {}", image.map_or("none", |image| image.mime.name()), codes.join(" "))
    }

    #[test]
    fn each_source_is_a_picture_or_a_finding() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><rect width='1' height='1'/></svg>";
        let active = svg.replace("<rect", "<script/><rect");
        let loader = MemoryLoader::default()
            .with("a b.svg", svg)
            .with("active.svg", active)
            .with("text.png", "hello")
            .with("empty.png", "");
        for (source, expected) in [
            ("a b.svg", "image/svg+xml "),
            ("a%20b.svg", "image/svg+xml "),
            ("active.svg", "image/svg+xml svg-removed"),
            ("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3C/svg%3E", "image/svg+xml "),
            ("data:;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "image/gif "),
            ("data:image/png;base64,!!", "none unreadable-image"),
            ("text.png", "none unreadable-image"),
            ("empty.png", "none unreadable-image"),
            ("no.png", "none missing-image"),
            ("../up.png", "none path-outside-talk"),
            ("/etc/passwd", "none path-outside-talk"),
            ("https://x.org/a.png", "none remote-url"),
            ("//x.org/a.png", "none remote-url"),
            ("file:///etc/passwd", "none remote-url"),
        ] {
            assert_eq!(found(source, &loader), expected, "{source}");
        }
    }

    #[test]
    fn equal_bytes_are_kept_once() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
        let loader = MemoryLoader::default().with("a.svg", svg).with("b.svg", svg);
        let images = Images::new(&loader);
        let at = Span::new(SourceId::default(), 0, 0);
        for name in ["a.svg", "b.svg"] {
            let image = images.get(name, at, &mut Diagnostics::default()).unwrap();
            assert_eq!(image.mime, Mime::Svg);
            assert!(image.data_uri().starts_with("data:image/svg+xml;base64,"));
        }
        assert_eq!(images.all().len(), 1);
    }
}
