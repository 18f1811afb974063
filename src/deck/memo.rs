use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use crate::asset::Images;
use crate::deck::slide::Rendered;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::talk::Slide;

/// Slides as they were written before, used again where nothing that they show has changed: the live preview writes
/// one slide a save.
///
/// Holds what the last deck showed. A slide with findings is written anew each time, as findings tell of places.
#[derive(Debug, Default)]
pub struct Memo {
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    last: HashMap<u64, Remembered>,
    this: HashMap<u64, Remembered>,
}

#[derive(Clone, Debug)]
struct Remembered {
    rendered: Rendered,
    pictures: Vec<Shown>,
}

/// A picture that a slide shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// As the talk names it.
    pub(super) source: String,
    /// The hash of what was found there.
    pub(super) hash: String,
}

impl Memo {
    /// Starts a deck; what the last one did not show is forgotten.
    pub(super) fn start(&self) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        generations.last = std::mem::take(&mut generations.this);
    }

    /// The slide of this key, if its pictures are what they were.
    pub(super) fn recall(&self, key: u64, images: &Images<'_>) -> Option<Rendered> {
        let remembered = {
            let generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
            generations.this.get(&key).or_else(|| generations.last.get(&key)).cloned()?
        };
        let anywhere = Span::new(crate::source::SourceId::default(), 0, 0);
        let same = |shown: &Shown| {
            let now = images.get(&shown.source, anywhere, &mut Diagnostics::default());
            now.is_some_and(|image| image.hash == shown.hash)
        };
        if !remembered.pictures.iter().all(same) {
            return None;
        }
        let rendered = remembered.rendered.clone();
        self.remember(key, remembered.rendered, remembered.pictures);
        Some(rendered)
    }

    pub(super) fn remember(&self, key: u64, rendered: Rendered, pictures: Vec<Shown>) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        generations.this.insert(key, Remembered { rendered, pictures });
    }
}

/// Equal for equal slides in equal surroundings, wherever in the source they stand.
pub(super) fn key(slide: &Slide, number: usize, section: Option<&str>, surroundings: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (slide, number, section, surroundings).hash(&mut hasher);
    // Spans hash by their lengths; where blocks lie in the slide is part of its HTML.
    for block in &slide.blocks {
        block.span.start.checked_sub(slide.span.start).hash(&mut hasher);
    }
    hasher.finish()
}
