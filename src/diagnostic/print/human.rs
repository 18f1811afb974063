use std::fmt::{Result, Write as _};
use std::ops::Range;

use super::window::Window;
use super::{Paint, place, visible};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Sources, Span};

/// Adds one finding with its source lines and hints, and an empty line.
pub(super) fn write(out: &mut String, found: &Diagnostic, sources: &Sources, paint: Paint) -> Result {
    let kind = paint.severity(found.severity, &format!("{}[{}]", found.severity.name(), found.code.name));
    writeln!(out, "{kind}{}", paint.bold(&format!(": {}", visible(&found.message))))?;
    let marks = marks(found);
    let gutter = marks.iter().map(|mark| mark.line(sources).to_string().len()).max().unwrap_or(1);
    let pen = Pen { gutter, paint, found };
    for (nth, (file, of_file)) in by_file(&marks).iter().enumerate() {
        pen.file(out, nth == 0, &of_file[0], sources)?;
        pen.lines(out, sources.get(*file), of_file)?;
    }
    if !marks.is_empty() && !found.hints.is_empty() {
        pen.rail(out)?;
    }
    for hint in &found.hints {
        let equals = paint.frame("=");
        writeln!(out, "{:gutter$} {equals} {} {}", "", paint.bold("help:"), visible(hint))?;
    }
    writeln!(out)
}

/// One underlined place.
#[derive(Clone, Copy)]
struct Mark<'a> {
    span: Span,
    text: &'a str,
    primary: bool,
}

impl Mark<'_> {
    fn line(&self, sources: &Sources) -> usize {
        sources.get(self.span.source).location(self.span.start).line
    }
}

fn marks(found: &Diagnostic) -> Vec<Mark<'_>> {
    let primary = found.span.map(|span| Mark { span, text: "", primary: true });
    let labels = found.labels.iter().map(|(span, text)| Mark { span: *span, text, primary: false });
    primary.into_iter().chain(labels).collect()
}

/// The marks by file, in the order in which the files first occur.
fn by_file<'a>(marks: &[Mark<'a>]) -> Vec<(SourceId, Vec<Mark<'a>>)> {
    let mut files: Vec<(SourceId, Vec<Mark<'a>>)> = Vec::new();
    for mark in marks {
        match files.iter_mut().find(|(file, _)| *file == mark.span.source) {
            Some((_, of_file)) => of_file.push(*mark),
            None => files.push((mark.span.source, vec![*mark])),
        }
    }
    files
}

/// Draws the source lines of one finding.
struct Pen<'a> {
    gutter: usize,
    paint: Paint,
    found: &'a Diagnostic,
}

impl Pen<'_> {
    fn file(&self, out: &mut String, first: bool, mark: &Mark<'_>, sources: &Sources) -> Result {
        let arrow = self.paint.frame(if first { "-->" } else { ":::" });
        writeln!(out, "{:gutter$}{arrow} {}", "", place(mark.span, sources), gutter = self.gutter)?;
        self.rail(out)
    }

    fn rail(&self, out: &mut String) -> Result {
        writeln!(out, "{:gutter$} {}", "", self.paint.frame("|"), gutter = self.gutter)
    }

    /// Every marked line of one file, in order, each with its marks below it.
    fn lines(&self, out: &mut String, source: &Source, marks: &[Mark<'_>]) -> Result {
        let mut rows: Vec<_> = marks.iter().map(|mark| (source.location(mark.span.start).line, *mark)).collect();
        rows.sort_by_key(|(line, mark)| (*line, !mark.primary, mark.span.start));
        let mut previous = None;
        for of_line in rows.chunk_by(|a, b| a.0 == b.0) {
            let line = of_line[0].0;
            if previous.is_some_and(|before| before + 1 < line) {
                writeln!(out, "{}", self.paint.frame("..."))?;
            }
            previous = Some(line);
            self.line(out, source, line, of_line)?;
        }
        Ok(())
    }

    fn line(&self, out: &mut String, source: &Source, line: usize, marks: &[(usize, Mark<'_>)]) -> Result {
        let bytes = source.line_range(line);
        let within = |span: Span| -> Range<usize> {
            let start = span.start.clamp(bytes.start, bytes.end) - bytes.start;
            start..(span.end.clamp(bytes.start, bytes.end) - bytes.start).max(start)
        };
        let window = Window::around(source.line(line), &within(marks[0].1.span));
        let number = self.paint.frame(&format!("{line:>gutter$} |", gutter = self.gutter));
        writeln!(out, "{}", format!("{number} {}", window.text()).trim_end())?;
        for (_, mark) in marks {
            let columns = window.columns(&within(mark.span));
            let (sign, colour) = if mark.primary { ("^", None) } else { ("-", Some("1;34")) };
            let text = format!("{} {}", sign.repeat(columns.len()), visible(mark.text));
            let painted = match colour {
                Some(code) => self.paint.wrap(code, text.trim_end()),
                None => self.paint.severity(self.found.severity, text.trim_end()),
            };
            let rail = self.paint.frame("|");
            let (gutter, indent) = (self.gutter, columns.start);
            writeln!(out, "{:gutter$} {rail} {:indent$}{painted}", "", "")?;
        }
        Ok(())
    }
}
