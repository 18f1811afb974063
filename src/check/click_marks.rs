//! `[click]` marks in notes that are not as many as the slide has steps.

use crate::diagnostic::{Diagnostic, Diagnostics, code, counted};
use crate::source::Span;
use crate::talk::{Cue, Slide};

pub(super) fn check(slide: &Slide, diagnostics: &mut Diagnostics) {
    let cues = slide.notes.iter().flat_map(|note| &note.cues);
    let marks: Vec<Span> = cues.filter(|cue| cue.value == Cue::Click).map(|cue| cue.span).collect();
    let steps = usize::try_from(slide.steps).unwrap_or(usize::MAX);
    let taken = if steps == 0 { "no step".to_owned() } else { counted(steps, "step") };
    let found = |at, message: String| Diagnostic::new(&code::CLICK_MARKS, at, message);
    if let Some(&surplus) = marks.get(steps) {
        let message = format!("this is `[click]` number {}, but the slide has {taken}", steps + 1);
        diagnostics.push(found(surplus, message).hint(
            "take it out (the next slide needs none), or show something on it with `<!-- pause -->` or `::: steps`",
        ));
    } else if let Some(&last) = marks.last().filter(|_| marks.len() < steps) {
        // Notes without any mark promise nothing.
        let message = format!("{} in the notes, but the slide has {taken}", counted(marks.len(), "`[click]`"));
        diagnostics
            .push(found(last, message).hint("put a `[click]` before what is said at each step, or take out all"));
    }
}
