//! What all parts of the sheet are made of.

use std::fmt::Write as _;

use crate::escape::html as escaped;
use crate::recall::{Deadline, Labels, fill};

/// A label with its places filled, as HTML.
pub(super) fn label(label: &str, values: &[(&str, &str)]) -> String {
    escaped(&fill(label, values))
}

/// Adds `<p class="…">`, a small label and content that is HTML already.
pub(super) fn labelled(out: &mut String, class: &str, name: &str, html: &str) {
    let name = escaped(name);
    let _ = writeln!(out, "<p class=\"{class}\" dir=\"auto\"><span class=\"label\">{name}</span> {html}</p>");
}

/// Opens a part of the sheet with its heading.
pub(super) fn open_part(out: &mut String, name: &str, heading: &str) {
    let heading = escaped(heading);
    let _ = writeln!(out, "<section class=\"part {name}\" data-part=\"{name}\">\n<h2>{heading}</h2>");
}

/// A day, or how long after the talk it is.
pub(super) fn deadline(deadline: Deadline, labels: &Labels) -> String {
    match deadline {
        Deadline::On(date) => date.to_string(),
        Deadline::After(days) => fill(&labels.days_after, &[("n", &days.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_label_stays_text() {
        assert_eq!(label("{n} </p>", &[("n", "<3>🙈")]), "&lt;3&gt;🙈 &lt;/p&gt;");
    }
}
