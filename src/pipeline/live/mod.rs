//! A talk while it is being written: a save costs the slides that it changed.
//!
//! [`Live::refresh`] reads the talk and writes its slides, which is what a browser waits for; [`Live::findings`] lays
//! them out and checks them afterwards. What neither found changed is used again.

mod laid_out;
mod preview;

pub use preview::{Preview, PreviewSlide};

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::asset::{Images, KeptImages};
use crate::deck::{DeckOptions, ImageMode, Memo};
use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::pipeline::Job;
use crate::pipeline::draft::Draft;
use crate::pipeline::live::laid_out::LaidOut;
use crate::pipeline::pool;
use crate::pipeline::stopwatch::Stopwatch;

/// One talk, and what is kept of it from save to save.
pub struct Live {
    job: Job,
    written: Arc<Memo>,
    images: KeptImages,
    laid_out: LaidOut,
}

impl Live {
    /// The talk of `job`; nothing is read yet.
    #[must_use]
    pub fn new(job: Job) -> Self {
        Self { job, written: Arc::default(), images: KeptImages::default(), laid_out: LaidOut::default() }
    }

    /// The talk as it is on the disk now, as far as its slides can be written.
    ///
    /// # Errors
    /// The finding that says why the talk's file can't be read.
    pub fn refresh(&mut self) -> Result<Preview, Box<Diagnostic>> {
        let (job, written) = (&self.job, Arc::clone(&self.written));
        let kept = std::mem::take(&mut self.images);
        let work = || {
            let mut draft = Draft::read(job, &mut Stopwatch::new(&|| Duration::ZERO))?;
            let mut found = std::mem::take(&mut draft.found);
            let images = Images::again(&draft.files, kept);
            let options = DeckOptions {
                images: ImageMode::Path,
                trust_html: job.trust_html,
                memo: Some(written),
                ..DeckOptions::default()
            };
            let deck = draft.deck(&images, options, &mut found);
            found.sort();
            draft.found = found;
            let used = used_images(deck.slides.iter().flat_map(|slide| [&slide.html, &slide.notes]).chain([&deck.css]));
            let images = images.keep(|hash| used.contains(hash));
            Ok::<_, Box<Diagnostic>>((Preview::new(draft, deck), images))
        };
        match installed(work) {
            Ok(Ok((preview, images))) => {
                self.images = images;
                Ok(preview)
            }
            Ok(Err(unreadable)) => Err(unreadable),
            Err(why) => Err(Box::new(internal("read", &why))),
        }
    }

    /// The files below the talk's folder that it showed when it was last read, as it names them.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.images.sources()
    }

    /// Everything that is wrong with the talk that `preview` shows; the places are in its sources.
    #[must_use]
    pub fn findings(&mut self, preview: &Preview) -> Diagnostics {
        let (job, laid_out) = (&self.job, &mut self.laid_out);
        let draft = preview.draft();
        let checked = installed(|| laid_out.check(draft, job));
        checked.unwrap_or_else(|why| {
            self.laid_out = LaidOut::default();
            let mut diagnostics = draft.found.clone();
            diagnostics.push(internal("checked", &why));
            diagnostics
        })
    }
}

/// Says that the program failed a talk.
pub(super) fn internal(done: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&code::INTERNAL_ERROR, None, format!("the talk can't be {done}: {why}"))
}

/// Runs `work` on the pool; a panic becomes its words, as a preview must outlive whatever is typed.
fn installed<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    contain(|| match pool::shared() {
        Some(pool) => pool.install(work),
        None => work(),
    })
}

/// The hashes of the pictures that texts refer to as `asset/HASH` or `asset:///HASH`.
fn used_images<'t>(texts: impl Iterator<Item = &'t String>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for text in texts {
        for (at, prefix) in text.match_indices("asset/").chain(text.match_indices("asset:///")) {
            let hash = text.get(at + prefix.len()..at + prefix.len() + 32);
            used.extend(hash.filter(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit())).map(str::to_owned));
        }
    }
    used
}
