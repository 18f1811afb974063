//! `<!-- check: ignore CODE -->` and `<!-- timing: ignore -->`.

use crate::diagnostic::{Diagnostics, Severity, code};
use crate::talk::Talk;

/// Drops the findings that the slide they lie in asks to be left out.
///
/// Only findings about how a slide looks and how long it takes can be silenced: what would lose or break something
/// always speaks.
pub fn drop_ignored(talk: &Talk, diagnostics: &mut Diagnostics) {
    diagnostics.retain(|found| {
        let Some(span) = found.span else { return true };
        let may_be_silenced =
            found.code.severity != Severity::Error || found.code.is_timing() || *found.code == code::OVERFLOW;
        let asked = talk.slides.iter().any(|slide| {
            let is_meant =
                |ignored: &str| ignored == found.code.name || (ignored == "timing" && found.code.is_timing());
            slide.span.contains(span) && slide.ignored.iter().any(|ignored| is_meant(&ignored.value))
        });
        !(may_be_silenced && asked)
    });
}
