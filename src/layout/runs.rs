//! The runs of glyphs of a document as they were shaped, to be found again when they are painted: Blitz paints glyphs
//! and says neither what they stand for nor where they belong.

use std::collections::BTreeMap;

use anyrender::recording::GlyphRunCommand;
use blitz_dom::node::TextBrush;
use kurbo::Point;
use parley::GlyphRun;

use crate::layout::run_style::RunStyle;
use crate::layout::text::ShapedGlyph;

/// All runs of a document, in reading order.
#[derive(Default)]
pub(super) struct Runs {
    runs: Vec<ShapedRun>,
    by_glyphs: BTreeMap<u64, Vec<usize>>,
}

/// A run of glyphs of one font and style on one line.
pub(super) struct ShapedRun {
    /// Where the positions of its glyphs count from, without transforms.
    origin: Point,
    /// What each glyph stands for; `None` for one that shows nothing.
    pub(super) texts: Vec<Option<Box<str>>>,
    /// The passage that it belongs to; `None` for what is only there to be looked at.
    pub(super) part: Option<usize>,
    /// Its place in reading order.
    pub(super) place: usize,
    /// What its style does to it that Blitz leaves out; `None` for the marker of an item.
    pub(super) style: Option<RunStyle>,
    found: bool,
}

impl ShapedRun {
    pub(super) fn new(origin: Point, glyphs: Vec<ShapedGlyph>, part: Option<usize>, style: Option<RunStyle>) -> Self {
        let texts = glyphs.into_iter().map(|glyph| (!glyph.guide).then(|| glyph.text.into_boxed_str()));
        Self { origin, texts: texts.collect(), part, place: 0, style, found: false }
    }
}

impl Runs {
    /// Adds the run that is read next.
    pub(super) fn add(&mut self, run: &GlyphRun<'_, TextBrush>, shaped: ShapedRun) {
        let font = run.run().font();
        let glyphs = run.positioned_glyphs().map(|glyph| (glyph.id, glyph.x, glyph.y));
        self.by_glyphs.entry(key(font, glyphs)).or_default().push(self.runs.len());
        self.runs.push(ShapedRun { place: self.next_place() + 1, ..shaped });
    }

    /// The place in reading order between the last run and the next.
    pub(super) fn next_place(&self) -> usize {
        2 * self.runs.len()
    }

    /// The run that a command paints: of those with the same glyphs the nearest that was not painted yet.
    pub(super) fn find(&mut self, painted: &GlyphRunCommand) -> Option<&ShapedRun> {
        let glyphs = painted.glyphs.iter().map(|glyph| (glyph.id, glyph.x, glyph.y));
        let alike = self.by_glyphs.get(&key(&painted.font_data, glyphs))?;
        let at = painted.transform.translation().to_point();
        let rank = |number: &usize| {
            self.runs.get(*number).map_or((true, f64::MAX), |run| (run.found, run.origin.distance_squared(at)))
        };
        let nearest = alike.iter().copied().min_by(|a, b| {
            let (a, b) = (rank(a), rank(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        })?;
        let run = self.runs.get_mut(nearest)?;
        run.found = true;
        Some(run)
    }
}

/// FNV-1a over a font and glyphs with their places.
fn key(font: &parley::FontData, glyphs: impl Iterator<Item = (u32, f32, f32)>) -> u64 {
    let head = [font.data.id(), font.index.into()].into_iter();
    let parts = glyphs.flat_map(|(id, x, y)| [u64::from(id), (u64::from(x.to_bits()) << 32) | u64::from(y.to_bits())]);
    head.chain(parts).fold(0xcbf2_9ce4_8422_2325, |hash, part| (hash ^ part).wrapping_mul(0x0100_0000_01b3))
}
