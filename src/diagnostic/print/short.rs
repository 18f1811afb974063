use std::fmt::{Result, Write as _};

use super::{Paint, place, visible};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Adds one finding as `file:line:col: severity[code]: message`; without a place from the severity on.
pub(super) fn write(out: &mut String, found: &Diagnostic, sources: &Sources, paint: Paint) -> Result {
    if let Some(span) = found.span {
        out.push_str(&place(span, sources));
        out.push_str(": ");
    }
    out.push_str(&paint.severity(found.severity, &format!("{}[{}]", found.severity.name(), found.code.name)));
    writeln!(out, ": {}", visible(&found.message))
}
