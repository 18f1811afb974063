//! Every rule about a finished talk, one file each.
//!
//! In: the talk, and its slides as they were laid out. Out: findings. Rules change nothing, and know nothing of how
//! HTML is made or written; what a stage can only find while it runs (an unreadable picture, a bad formula) is
//! reported there.

mod acronyms;
mod audience_fit;
mod click_marks;
mod contrast;
mod dead_link;
mod empty_slide;
mod explained;
mod heard;
mod ignored;
mod known_words;
mod missing_alt;
mod missing_glyph;
mod not_painted;
mod overflow;
mod painted;
mod prepared_questions;
mod recall_answers;
mod recall_item;
mod recall_talk;
mod recall_wording;
mod recall_words;
mod rehearsed;
mod section_time;
mod sheet_overflow;
mod slide_time;
mod small_text;
mod talk_time;
mod theme_tokens;
mod unexplained_term;
mod untitled_slide;
mod walk;

pub use ignored::drop_ignored;
pub use sheet_overflow::{check as check_sheet, fits as sheet_fits};
pub use theme_tokens::check as check_theme;

use crate::diagnostic::{Diagnostics, clock};
use crate::layout::{ElementBox, Page};
use crate::recall::FollowUp;
use crate::rehearsal::Past;
use crate::source::Span;
use crate::talk::{Slide, Talk};
use crate::timing::{Budget, estimate};

/// Runs every rule. `pages` are the slides in the order in which they are shown.
pub fn check(talk: &Talk, past: &Past, pages: &[Page], diagnostics: &mut Diagnostics) {
    dead_link::check(talk, diagnostics);
    for slide in talk.shown_slides() {
        empty_slide::check(slide, diagnostics);
        untitled_slide::check(slide, diagnostics);
        missing_alt::check(slide, diagnostics);
        click_marks::check(slide, diagnostics);
    }
    unexplained_term::check(talk, diagnostics);
    audience_fit::check(talk, diagnostics);
    check_time(talk, past, diagnostics);
    check_follow_up(talk, diagnostics);
    for (slide, page) in talk.shown_slides().zip(pages) {
        let shown = Shown { slide, page };
        overflow::check(&shown, diagnostics);
        missing_glyph::check(&shown, diagnostics);
        small_text::check(&shown, diagnostics);
        contrast::check(&shown, diagnostics);
        not_painted::check(&shown, diagnostics);
    }
}

/// Runs the rules that a theme is to blame for, over `pages` of a talk that shows every kind of slide.
pub fn check_looks(talk: &Talk, pages: &[Page], diagnostics: &mut Diagnostics) {
    for (slide, page) in talk.shown_slides().zip(pages) {
        let shown = Shown { slide, page };
        overflow::check(&shown, diagnostics);
        missing_glyph::check(&shown, diagnostics);
        small_text::check(&shown, diagnostics);
        contrast::check_theme(&shown, diagnostics);
        not_painted::check(&shown, diagnostics);
    }
}

/// Runs the rules about what the audience takes home, which need no pages.
pub fn check_follow_up(talk: &Talk, diagnostics: &mut Diagnostics) {
    let follow_up = FollowUp::of(talk);
    match &follow_up {
        Some(follow_up) => {
            recall_talk::check(talk, follow_up, diagnostics);
            recall_item::check(follow_up, diagnostics);
        }
        None => recall_talk::none(talk, diagnostics),
    }
    prepared_questions::check(talk, follow_up.as_ref(), diagnostics);
}

/// Runs the rules about time, which need no pages. A talk that does not say how long its slot is has all the time.
pub fn check_time(talk: &Talk, past: &Past, diagnostics: &mut Diagnostics) {
    let (Some(duration), Some(budget)) = (&talk.meta.duration, Budget::of(&talk.meta)) else { return };
    let estimate = estimate(talk, &past.practice);
    rehearsed::check(talk, past, duration.span, diagnostics);
    talk_time::check(&estimate, &budget, duration.span, diagnostics);
    section_time::check(&estimate, &budget, duration.span, diagnostics);
    let shown = talk.shown_slides().filter(|slide| !slide.backup);
    slide_time::check(&shown.zip(&estimate.slides).collect::<Vec<_>>(), diagnostics);
}

/// A slide and how it was laid out.
struct Shown<'a> {
    slide: &'a Slide,
    page: &'a Page,
}

impl Shown<'_> {
    /// The slide's name in messages.
    fn name(&self) -> String {
        match &self.slide.title {
            Some(title) if title.chars().nth(60).is_none() => format!("slide `{title}`"),
            Some(title) => format!("slide `{}…`", title.chars().take(60).collect::<String>()),
            None => format!("slide `#{}`", self.slide.id),
        }
    }

    /// Where the box was written: the nearest `data-at` on the way out, else the start of the slide.
    fn span(&self, index: usize) -> Span {
        let mut next = Some(index);
        while let Some(index) = next {
            let element = &self.page.boxes[index];
            if let Some(span) = element.data.get("at").and_then(|at| self.position(at)) {
                return span;
            }
            next = element.parent;
        }
        self.start()
    }

    /// The span that a `data-at` gives, if it lies in this slide.
    fn position(&self, at: &str) -> Option<Span> {
        let (start, end) = at.split_once('-')?;
        let whole = self.slide.span;
        let place = |offset: &str| whole.start.checked_add(offset.parse().ok()?);
        let (start, end) = (place(start)?, place(end)?);
        (start <= end && end <= whole.end).then(|| Span::new(whole.source, start, end))
    }

    /// The first character of the slide's own text, for findings about the slide as a whole.
    fn start(&self) -> Span {
        start_of(self.slide)
    }

    /// The box and all it lies in, inside out.
    fn ancestors(&self, index: usize) -> impl Iterator<Item = (usize, &ElementBox)> {
        std::iter::successors(Some(index), |index| self.page.boxes[*index].parent)
            .map(|index| (index, &self.page.boxes[index]))
    }
}

/// The slide's first block, or where it starts.
fn start_of(slide: &Slide) -> Span {
    let whole = slide.span;
    let first = slide.blocks.first().map(|block| block.span).filter(|span| whole.contains(*span));
    first.unwrap_or(Span::new(whole.source, whole.start, whole.start))
}
