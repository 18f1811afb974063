//! `<!-- check: ignore CODE -->`.

use crate::diagnostic::{Diagnostics, Severity, code};
use crate::talk::Talk;

/// Drops the findings that the slide they lie in asks to be left out.
///
/// Only findings about how a slide looks can be silenced: what would lose or break something always speaks.
pub fn drop_ignored(talk: &Talk, diagnostics: &mut Diagnostics) {
    diagnostics.retain(|found| {
        let Some(span) = found.span else { return true };
        let may_be_silenced = found.code.severity != Severity::Error || *found.code == code::OVERFLOW;
        let asked = talk.slides.iter().any(|slide| {
            slide.span.contains(span) && slide.ignored.iter().any(|ignored| ignored.value == found.code.name)
        });
        !(may_be_silenced && asked)
    });
}
