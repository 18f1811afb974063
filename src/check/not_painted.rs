//! What the PDF can't show although a browser does.

use crate::check::Shown;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    for what in &shown.page.not_painted {
        let message = format!("{what} on {} shows in a browser but not in the PDF", shown.name());
        diagnostics.push(
            Diagnostic::new(&code::NOT_PAINTED, shown.start(), message)
                .hint("the theme guide says what to write instead; or flatten it into the picture"),
        );
    }
}
