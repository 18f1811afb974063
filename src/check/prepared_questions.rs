//! Questions that the audience will ask, and what the speaker has ready for them.

use crate::check::recall_item::place;
use crate::check::recall_talk::is_planned;
use crate::check::start_of;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::recall::FollowUp;
use crate::talk::Talk;

pub(super) fn check(talk: &Talk, follow_up: Option<&FollowUp>, diagnostics: &mut Diagnostics) {
    let none = talk.meta.questions.is_empty()
        && talk.shown_slides().all(|slide| slide.questions.is_empty())
        // What was asked once will be asked again.
        && talk.kept_questions().is_empty();
    if none && (follow_up.is_some() || is_planned(talk)) {
        let at = talk.shown_slides().next().map(start_of);
        let found = Diagnostic::new(&code::QA_NONE_PREPARED, at, "no question of the audience is prepared");
        diagnostics.push(
            found
                .hint("write down what they will ask: `qa:` in the front matter, or a `qa` block on a slide")
                .hint("a prepared question also opens a discussion that nobody dares to begin"),
        );
    }
    // A question on a slide has that slide; what the audience asks need not be about any.
    for question in &talk.meta.questions {
        if question.answer.is_some() && question.slide.is_none() {
            let at = place(&question.ask, question.span);
            let found = Diagnostic::new(&code::QA_NO_SLIDE, at, "this answer has no slide to show");
            diagnostics.push(found.hint("name the slide that helps, or a backup slide: `slide: its-id`"));
        }
    }
}
