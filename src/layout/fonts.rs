use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use parley::FontContext;
use parley::fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, FamilyId, FontInfoOverride, FontStyle, GenericFamily, Script,
    SourceCache,
};

use crate::asset::formula_fonts;
use crate::layout::page::{FontBytes, FontFile};

/// A font file for the layout.
#[derive(Clone)]
pub struct FontSource {
    /// The family that style sheets call it by.
    pub family: String,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The bytes of a TrueType or OpenType file.
    pub data: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Whether the program itself brings it, so that other bytes come with another program only.
    pub in_program: bool,
}

impl FontSource {
    /// The font in a file as themes bring it: TrueType, OpenType, WOFF or WOFF2; `None` when it is none of these.
    #[must_use]
    pub fn read(file: &[u8]) -> Option<Self> {
        let decoded = blitz_dom::decode_font_bytes(file).into_owned();
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(decoded);
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let registered = collection.register_fonts(Blob::new(Arc::clone(&data)), None);
        let (family, faces) = registered.first()?;
        let face = faces.first()?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weights are 1 to 1000")]
        let weight = face.weight().value() as u16;
        let italic = face.style() != FontStyle::Normal;
        Some(Self { family: collection.family_name(*family)?.to_owned(), weight, italic, data, in_program: false })
    }
}

/// A font source and the name under which the layout holds its bytes.
struct Registered {
    source: FontSource,
    blob: Blob<u8>,
}

/// The fonts that pages are laid out with.
pub struct Fonts {
    sources: Vec<Registered>,
    /// The font of the marks before items of lists.
    bullets: Blob<u8>,
    bundled: FontContext,
    with_system: OnceLock<FontContext>,
    files: Mutex<BTreeMap<(u64, u32), Arc<FontFile>>>,
}

/// Scripts for which the bundled fonts are asked before the system's.
const FALLBACK_SCRIPTS: [&str; 8] = ["Hani", "Hira", "Kana", "Latn", "Grek", "Cyrl", "Bopo", "Zyyy"];

impl Fonts {
    /// Registers `sources`, in order of preference for characters that the named families lack.
    #[must_use]
    pub fn new(sources: Vec<FontSource>) -> Self {
        let register = |source: FontSource| Registered { blob: Blob::new(Arc::clone(&source.data)), source };
        let sources: Vec<_> = sources.into_iter().map(register).collect();
        let bullets = Blob::new(Arc::new(blitz_dom::BULLET_FONT));
        let bundled = context(&sources, &bullets, false);
        Self { sources, bullets, bundled, with_system: OnceLock::new(), files: Mutex::default() }
    }

    pub(super) fn bundled(&self) -> FontContext {
        self.bundled.clone()
    }

    /// The same with the system's fonts behind them; searching for those takes tens of milliseconds, once.
    pub(super) fn with_system(&self) -> FontContext {
        self.with_system.get_or_init(|| context(&self.sources, &self.bullets, true)).clone()
    }

    /// The file of a font that a glyph run uses, one value for equal files.
    pub(super) fn file(&self, font: &parley::FontData) -> Arc<FontFile> {
        self.file_in(&font.data, font.index)
    }

    /// The file of a font with these bytes: one of these fonts where it has the very same bytes, else one of the system.
    pub(super) fn of_bytes(&self, data: FontBytes, index: u32) -> Arc<FontFile> {
        let known = self.blobs().find(|blob| std::ptr::eq(blob.as_ref(), data.as_ref()));
        if let Some(blob) = known {
            return self.file_in(blob, index);
        }
        let key = key(data.as_ref(), index);
        Arc::new(FontFile { key, family: None, weight: 400, italic: false, data, index })
    }

    /// The fonts in their order.
    pub(super) fn sources(&self) -> impl Iterator<Item = &FontSource> {
        self.sources.iter().map(|registered| &registered.source)
    }

    /// The number of the font that `file` is; `None` for one of the system.
    pub(super) fn number(&self, file: &FontFile) -> Option<usize> {
        let data = Arc::as_ptr(&file.data.0).cast::<u8>();
        self.blobs().position(|blob| Arc::as_ptr(&blob.clone().into_raw_parts().0).cast::<u8>() == data)
    }

    /// The file of the font with this number.
    pub(super) fn numbered(&self, number: usize, index: u32) -> Option<Arc<FontFile>> {
        self.blobs().nth(number).map(|blob| self.file_in(blob, index))
    }

    /// All fonts that come with the program, the talk or its theme; those of formulas are read only where no other is meant.
    fn blobs(&self) -> impl Iterator<Item = &Blob<u8>> {
        let formulas = std::iter::once_with(|| -> &[Blob<u8>] { of_formulas() }).flatten();
        self.sources.iter().map(|registered| &registered.blob).chain([&self.bullets]).chain(formulas)
    }

    fn file_in(&self, blob: &Blob<u8>, index: u32) -> Arc<FontFile> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = files.entry((blob.id(), index));
        Arc::clone(entry.or_insert_with(|| {
            let (data, id) = blob.clone().into_raw_parts();
            let source = self.sources.iter().find(|other| other.blob.id() == id).map(|found| &found.source);
            Arc::new(FontFile {
                key: key((*data).as_ref(), index),
                family: source.map(|source| source.family.clone()),
                weight: source.map_or(400, |source| source.weight),
                italic: source.is_some_and(|source| source.italic),
                data: FontBytes(data),
                index,
            })
        }))
    }
}

/// The fonts that only formulas are set in.
fn of_formulas() -> &'static [Blob<u8>] {
    static BLOBS: OnceLock<Vec<Blob<u8>>> = OnceLock::new();
    BLOBS.get_or_init(|| formula_fonts().iter().map(|file| Blob::new(Arc::clone(file))).collect())
}

/// FNV-1a over the length, the face's index and evenly spaced bytes: font files differ in their checksums.
fn key(bytes: &[u8], index: u32) -> u64 {
    let step = (bytes.len() / 4096).max(1);
    let head = bytes.len().to_le_bytes().into_iter().chain(index.to_le_bytes());
    let sample = bytes.iter().copied().take(512).chain(bytes.iter().copied().step_by(step));
    head.chain(sample).fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn context(sources: &[Registered], bullets: &Blob<u8>, system_fonts: bool) -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
    collection.register_fonts(bullets.clone(), None);
    let mut families: Vec<FamilyId> = Vec::new();
    for Registered { source, blob } in sources {
        let name = FontInfoOverride { family_name: Some(&source.family), ..FontInfoOverride::default() };
        for (id, _) in collection.register_fonts(blob.clone(), Some(name)) {
            if !families.contains(&id) {
                families.push(id);
            }
        }
    }
    for generic in [GenericFamily::SansSerif, GenericFamily::SystemUi, GenericFamily::UiSansSerif] {
        collection.set_generic_families(generic, families.iter().copied());
    }
    for script in FALLBACK_SCRIPTS.iter().filter_map(|name| name.parse::<Script>().ok()) {
        let key = FallbackKey::new(script, None);
        let system: Vec<FamilyId> = collection.fallback_families(key).collect();
        collection.set_fallbacks(key, families.iter().copied().chain(system));
    }
    FontContext { collection, source_cache: SourceCache::new_shared() }
}
