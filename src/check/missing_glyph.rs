//! Characters that would show as empty boxes.

use crate::check::Shown;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

pub(super) fn check(shown: &Shown<'_>, diagnostics: &mut Diagnostics) {
    for missing in &shown.page.missing {
        let span = missing.at.as_deref().and_then(|at| shown.position(at)).unwrap_or_else(|| shown.start());
        let character = missing.character;
        let message = format!("no font has `{character}` (U+{:04X}) in `{}`", u32::from(character), missing.context);
        diagnostics.push(
            Diagnostic::new(&code::MISSING_GLYPH, span, message)
                .hint("install a font that has it, or name one under `fonts: files:` in a theme")
                .hint("or write it another way"),
        );
    }
}
