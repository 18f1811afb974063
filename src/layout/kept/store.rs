use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::layout::Layouter;
use crate::layout::kept::Key;
use crate::layout::kept::bytes::{Packed as _, Packer, Unpacker};
use crate::layout::page::Page;

/// How the bytes begin; the number changes with what follows.
const MAGIC: &[u8] = b"retell pages 2\n";

/// When new pages have so many bytes, the others are not kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A page's key, the length of its bytes and their checksum.
const HEAD: usize = size_of::<Key>() + 4 + 4;

/// Pages of an earlier run by what they depend on, and those of this run.
///
/// May be asked from several threads. Lives as long as one output is laid out.
#[derive(Debug)]
pub struct Kept {
    program: String,
    earlier: Vec<u8>,
    places: BTreeMap<Key, Range<usize>>,
    now: Mutex<BTreeMap<Key, Entry>>,
    /// Bytes of new pages.
    added: AtomicUsize,
    reused: AtomicUsize,
}

#[derive(Debug)]
enum Entry {
    Earlier(Range<usize>),
    New(Vec<u8>),
}

impl Kept {
    /// The pages in the bytes that an earlier run left; what is none is passed over. Equal for equal builds of this
    /// program must be `program`, and different for different ones.
    #[must_use]
    pub fn read(earlier: Vec<u8>, program: String) -> Self {
        let places = places(&earlier);
        Self {
            program,
            earlier,
            places,
            now: Mutex::default(),
            added: AtomicUsize::new(0),
            reused: AtomicUsize::new(0),
        }
    }

    /// How many pages came from the earlier run.
    #[must_use]
    pub fn reused(&self) -> usize {
        self.reused.load(Ordering::Relaxed)
    }

    /// What to leave for the next run: the pages of this one; `None` where the earlier run left all of them.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if !now.values().any(|entry| matches!(entry, Entry::New(_))) {
            return None;
        }
        let mut bytes = MAGIC.to_vec();
        for (key, entry) in now.iter() {
            let page = match entry {
                Entry::Earlier(place) => self.earlier.get(place.clone()).unwrap_or_default(),
                Entry::New(page) => page,
            };
            let Ok(length) = u32::try_from(page.len()) else { continue };
            bytes.extend_from_slice(key);
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(&crc32fast::hash(page).to_le_bytes());
            bytes.extend_from_slice(page);
        }
        Some(bytes)
    }

    pub(super) fn program(&self) -> &str {
        &self.program
    }

    /// The page of this key, if the earlier run left it whole.
    pub(in crate::layout) fn recall(&self, key: &Key, layouter: &Layouter) -> Option<Page> {
        let place = self.places.get(key)?;
        let (head, bytes) = (place.start.checked_sub(4)?, self.earlier.get(place.clone())?);
        let checksum = self.earlier.get(head..place.start)?;
        if checksum != crc32fast::hash(bytes).to_le_bytes() {
            return None;
        }
        let page = unpacked(bytes, layouter)?;
        self.add(key, Entry::Earlier(place.clone()));
        self.reused.fetch_add(1, Ordering::Relaxed);
        Some(page)
    }

    /// Keeps a page for the next run, where it can be written down.
    pub(in crate::layout) fn keep(&self, key: &Key, page: &Page, layouter: &Layouter) {
        if self.added.load(Ordering::Relaxed) > MOST_BYTES {
            return;
        }
        if let Some(bytes) = packed(page, layouter) {
            self.added.fetch_add(bytes.len(), Ordering::Relaxed);
            self.add(key, Entry::New(bytes));
        }
    }

    fn add(&self, key: &Key, entry: Entry) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(*key, entry);
    }
}

/// Where the pages lie; ends at what can't be one.
fn places(bytes: &[u8]) -> BTreeMap<Key, Range<usize>> {
    let mut places = BTreeMap::new();
    if !bytes.starts_with(MAGIC) {
        return places;
    }
    let mut at = MAGIC.len();
    while let Some((key, rest)) = bytes.get(at..).and_then(|rest| rest.split_first_chunk()) {
        let Some(length) = rest.first_chunk().map(|length| u32::from_le_bytes(*length)) else { break };
        let start = at + HEAD;
        let Some(end) = usize::try_from(length).ok().and_then(|length| start.checked_add(length)) else { break };
        if end > bytes.len() {
            break;
        }
        places.insert(*key, start..end);
        at = end;
    }
    places
}

/// The page as bytes; `None` where they could not say everything.
fn packed(page: &Page, layouter: &Layouter) -> Option<Vec<u8>> {
    let mut packer = Packer { layouter, bytes: Vec::new(), whole: true };
    page.pack(&mut packer);
    packer.whole.then_some(packer.bytes)
}

/// The page that is these bytes and nothing more.
fn unpacked(bytes: &[u8], layouter: &Layouter) -> Option<Page> {
    let mut from = Unpacker { layouter, rest: bytes };
    let page = Page::unpack(&mut from)?;
    from.rest.is_empty().then_some(page)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kurbo::Size;

    use super::*;
    use crate::asset::fonts::BUNDLED;
    use crate::layout::{FontSource, Fonts, Layouter, Picture, Pictures, PixelSource, Raster, layout};

    const BODY: &str = "<h1 lang=\"zh\">Kept 页</h1><ul><li>One <a href=\"#b\">link</a></ul><img src=\"asset:///p\" alt=\"P\">\
        <table><tr><th scope=\"row\">a<td>b</table><p style=\"transform:rotate(9deg);background:linear-gradient(red,blue);\
        opacity:.5;box-shadow:0 0 9px red;border-radius:9px;border:2px dashed #123\">Looks</p>";

    fn layouter(kept: Kept) -> Layouter {
        let source = |font: &crate::asset::fonts::BundledFont| FontSource {
            family: font.family.to_owned(),
            weight: font.weight,
            italic: font.italic,
            data: Arc::new(font.bytes),
            in_program: true,
        };
        let mut pictures = Pictures::default();
        let pixels = PixelSource::Rgba(vec![200; 4 * 4 * 4]);
        pictures.add("asset:///p", Picture::Raster(Arc::new(Raster { width: 4, height: 4, pixels })));
        let fonts = Fonts::new(BUNDLED.iter().map(source).collect());
        Layouter::new("li{color:#333}", Size::new(640.0, 360.0), fonts, pictures).with_kept(Arc::new(kept))
    }

    fn laid_out(earlier: Vec<u8>, program: &str, body: &str) -> (Page, Option<Vec<u8>>, usize) {
        let layouter = layouter(Kept::read(earlier, program.to_owned()));
        let page = layout(&layouter, body, "en");
        let kept = layouter.kept.as_ref().unwrap();
        (page, kept.bytes(), kept.reused())
    }

    #[test]
    fn a_kept_page_is_the_same_page() {
        let (page, bytes, reused) = laid_out(Vec::new(), "1", BODY);
        let bytes = bytes.unwrap();
        assert_eq!(reused, 0);
        let (again, nothing_new, reused) = laid_out(bytes.clone(), "1", BODY);
        assert_eq!((reused, nothing_new), (1, None));
        assert_eq!(format!("{page:?}"), format!("{again:?}"));
        for (program, body) in [("2", BODY), ("1", "<p>Another</p>")] {
            let (_, bytes, reused) = laid_out(bytes.clone(), program, body);
            assert_eq!((reused, bytes.is_some()), (0, true));
        }
    }

    #[test]
    fn a_page_whose_characters_the_system_may_have_is_not_kept() {
        // A hieroglyph, which the bundled fonts lack.
        let (_, bytes, _) = laid_out(Vec::new(), "1", "<p>\u{13000}</p>");
        assert_eq!(bytes, None);
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let (_, bytes, _) = laid_out(Vec::new(), "1", BODY);
        let bytes = bytes.unwrap();
        let page = &bytes[MAGIC.len() + HEAD..];
        let layouter = layouter(Kept::read(Vec::new(), "1".to_owned()));
        assert!(unpacked(page, &layouter).is_some());
        for at in 0..page.len() {
            assert!(unpacked(&page[..at], &layouter).is_none(), "cut off at {at}");
            for mask in [0x01, 0x80] {
                let mut flipped = page.to_vec();
                flipped[at] ^= mask;
                let _ = unpacked(&flipped, &layouter);
            }
        }
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            let kept = Kept::read(flipped, "1".to_owned());
            for key in kept.places.keys() {
                assert!(
                    kept.recall(key, &layouter).is_none() || at < MAGIC.len() + size_of::<Key>(),
                    "flipped at {at}"
                );
            }
        }
    }
}
