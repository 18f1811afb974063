//! Findings as text.
//!
//! In: [`Diagnostics`] and the [`Sources`] that their spans point into. Out: a string for a person
//! ([`Format::Human`]), for an editor's error list ([`Format::Short`]) or for a program
//! ([`Format::Json`]). It must not know where the string goes, nor what the findings are about.
//!
//! The source window is the project's own few lines rather than a crate: what is shown comes from
//! talks that nobody vouches for, so control characters must be made visible *before* carets are
//! aligned, columns are counted in grapheme clusters (Chinese, emoji), and a line of a megabyte is
//! cut around the caret without being measured whole. `annotate-snippets` and `codespan-reporting`
//! print control characters as they are or count columns by character.

mod cells;
mod excerpt;
mod human;
mod json;
mod short;
mod window;

pub use cells::visible;
pub use excerpt::{Excerpt, excerpt};

use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Span};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// The message, the source line with carets, and advice.
    #[default]
    Human,
    /// `file:line:col: severity[code]: message`, one finding a line.
    Short,
    /// One JSON object a line.
    Json,
}

/// All findings in the order of the sink; empty when there are none.
///
/// `colour` adds ANSI colours to [`Format::Human`] and [`Format::Short`]. Apart from them the text
/// holds no control character but the line feed, whatever the sources hold.
#[must_use]
pub fn print(diagnostics: &Diagnostics, sources: &Sources, format: Format, colour: bool) -> String {
    let paint = Paint { on: colour };
    let mut out = String::new();
    for found in diagnostics.iter() {
        let written = match format {
            Format::Human => human::write(&mut out, found, sources, paint),
            Format::Short => short::write(&mut out, found, sources, paint),
            Format::Json => {
                json::write(&mut out, found, sources);
                Ok(())
            }
        };
        debug_assert!(written.is_ok(), "a string takes all that is written to it");
    }
    out
}

/// `file:line:column` of the start of `span`.
fn place(span: Span, sources: &Sources) -> String {
    let source = sources.get(span.source);
    let at = source.location(span.start);
    format!("{}:{}:{}", visible(source.name()), at.line, at.column)
}

/// Wraps text in ANSI colours, or leaves it as it is.
#[derive(Clone, Copy)]
struct Paint {
    on: bool,
}

impl Paint {
    fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn frame(self, text: &str) -> String {
        self.wrap("1;34", text)
    }

    fn severity(self, severity: crate::diagnostic::Severity, text: &str) -> String {
        use crate::diagnostic::Severity;
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.wrap(code, text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, code};

    fn sample() -> (Diagnostics, Sources) {
        let mut sources = Sources::default();
        let text = "---\r\ntitle: 慢\r\n标题:\t值值\x1b[2J\r\ntitle: again\r\n---\r\n";
        let talk = sources.add("talk.md", text);
        let other = sources.add("more\x07.md", "# one\n");
        let at = |needle: &str| {
            let start = text.find(needle).unwrap();
            Span::new(talk, start, start + needle.len())
        };
        let mut found = Diagnostics::default();
        found.push(
            Diagnostic::new(&code::UNKNOWN_KEY, at("值值"), "unknown key `标题\n`")
                .hint("did you mean `title`?")
                .hint("see `retell explain unknown-key`"),
        );
        found.push(
            Diagnostic::new(&code::DUPLICATE_KEY, at("title: again"), "`title` is given twice")
                .label(at("title: 慢"), "first given here")
                .label(Span::new(other, 2, 5), "and here"),
        );
        found.push(Diagnostic::new(&code::MISSING_ALT, None, "no place at all").hint("look around"));
        (found, sources)
    }

    #[test]
    fn human() {
        let (found, sources) = sample();
        insta::assert_snapshot!(print(&found, &sources, Format::Human, false), @r"
        error[unknown-key]: unknown key `标题␊`
         --> talk.md:3:5
          |
        3 | 标题:    值值␛[2J
          |          ^^^^
          |
          = help: did you mean `title`?
          = help: see `retell explain unknown-key`

        error[duplicate-key]: `title` is given twice
         --> talk.md:4:1
          |
        2 | title: 慢
          | --------- first given here
        ...
        4 | title: again
          | ^^^^^^^^^^^^
         ::: more␇.md:1:3
          |
        1 | # one
          |   --- and here

        warning[missing-alt]: no place at all
          = help: look around
        ");
    }

    #[test]
    fn short() {
        let (found, sources) = sample();
        insta::assert_snapshot!(print(&found, &sources, Format::Short, false), @r"
        talk.md:3:5: error[unknown-key]: unknown key `标题␊`
        talk.md:4:1: error[duplicate-key]: `title` is given twice
        warning[missing-alt]: no place at all
        ");
    }

    #[test]
    fn json() {
        let (found, sources) = sample();
        let text = print(&found, &sources, Format::Json, false);
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["message"], "unknown key `标题\n`");
        assert_eq!((&lines[0]["line"], &lines[0]["column"]), (&3.into(), &5.into()));
        assert_eq!(lines[0]["end"].as_u64().unwrap() - lines[0]["start"].as_u64().unwrap(), 6);
        assert_eq!(lines[1]["labels"][1]["file"], "more\x07.md");
        assert!(lines[2].get("file").is_none());
    }

    #[test]
    fn only_asked_for_colours_reach_the_terminal() {
        let (found, sources) = sample();
        for format in [Format::Human, Format::Short, Format::Json] {
            let plain = print(&found, &sources, format, false);
            assert!(!plain.chars().any(|c| c.is_control() && c != '\n'), "{plain:?}");
            let coloured = print(&found, &sources, format, true);
            assert_eq!(coloured != plain, format != Format::Json);
        }
    }

    #[test]
    fn a_span_over_lines_marks_the_first() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "one two\nthree\n");
        let mut found = Diagnostics::default();
        found.push(Diagnostic::new(&code::OVERFLOW, Span::new(id, 4, 12), "too much"));
        found.push(Diagnostic::new(&code::OVERFLOW, Span::new(id, 14, 14), "at the end"));
        insta::assert_snapshot!(print(&found, &sources, Format::Human, false), @r"
        error[overflow]: too much
         --> a.md:1:5
          |
        1 | one two
          |     ^^^

        error[overflow]: at the end
         --> a.md:3:1
          |
        3 |
          | ^
        ");
    }
}
