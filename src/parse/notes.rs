use std::ops::Range;
use std::time::Duration;

use comrak::Arena;
use comrak::nodes::Node;

use crate::diagnostic::{Diagnostic, code, counted};
use crate::parse::fragment::{self, Fragment};
use crate::parse::lines::{self, Fence};
use crate::parse::reader::{Place, Reader};
use crate::parse::{duration, markdown};
use crate::source::{Span, Spanned};
use crate::talk::{Cue, Edition, Note};

impl<'n> Reader<'_, 'n, '_> {
    /// A note made from the lines of a comment.
    pub(super) fn note(&mut self, content: &Fragment<'_>, span: Span) -> Note {
        let content = dedent(content);
        let text = content.text().trim();
        let markdown = self.for_edition(text.strip_prefix("note:").unwrap_or(text));
        let cues = self.places_of_cues(&markdown, span);
        let arena = Arena::new();
        let root = markdown::read(&arena, content.text());
        let mut reader = Reader::new(&content, root, Place::Note, self.shared);
        let blocks = reader.blocks(root, span);
        Note { markdown, blocks, cues, span }
    }

    /// A note written as `::: notes`.
    pub(super) fn notes_container(&mut self, node: Node<'n>, span: Span) -> Note {
        let place = node.data().sourcepos;
        let lines = (place.start.line + 1..=place.end.line).map(|line| self.fragment.line(line));
        let mut text: Vec<&str> = lines.collect();
        if text.last().is_some_and(|last| last.trim().bytes().all(|byte| byte == b':')) {
            text.pop();
        }
        let markdown = self.for_edition(&text.join("\n"));
        let cues = self.places_of_cues(&markdown, span);
        let outer = std::mem::replace(&mut self.place, Place::Note);
        let blocks = self.blocks(node, span);
        self.place = outer;
        Note { markdown, blocks, cues, span }
    }

    /// The Markdown of a note, for everybody without its `::: internal` blocks.
    fn for_edition(&self, markdown: &str) -> String {
        if self.shared.edition == Edition::Internal {
            return markdown.trim().to_owned();
        }
        let mut depth = 0_usize;
        let shown = markdown.lines().filter(|line| {
            let name = line.trim().strip_prefix(":::").map(|rest| rest.trim_start_matches(':').trim());
            let is_internal = name.is_some_and(|name| name.split([' ', '{']).next() == Some("internal"));
            let was_inside = depth > 0;
            match name {
                Some("") => depth = depth.saturating_sub(1),
                Some(_) if was_inside || is_internal => depth += 1,
                _ => {}
            }
            !was_inside && depth == 0
        });
        shown.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// The cues of a note written at `span`, each at its own place where the file has them as the note does.
    fn places_of_cues(&mut self, markdown: &str, span: Span) -> Vec<Spanned<Cue>> {
        let written = self.fragment.file().get(span.start..span.end).unwrap_or_default();
        let (found, placed) = (cues(markdown), cues(written));
        let is_same = found.iter().map(|(cue, _)| cue).eq(placed.iter().map(|(cue, _)| cue));
        let place = |at: &Range<usize>| {
            let own = Span::new(span.source, span.start + at.start, span.start + at.end);
            if is_same { own } else { span }
        };
        let (text, cues) = if is_same { (written, placed) } else { (markdown, found) };
        for (cue, at) in &cues {
            if let Cue::Pause(Some(length)) = cue {
                self.check_pause(&text[at.clone()], *length, place(at));
            }
        }
        cues.into_iter().map(|(cue, at)| Spanned::new(cue, place(&at))).collect()
    }

    /// Reports a pause whose length can be read in two ways; `cue` is as it was written, with its brackets.
    fn check_pause(&mut self, cue: &str, length: Duration, at: Span) {
        let words = cue.trim_matches(['[', ']']).trim();
        let written = words.split_once(char::is_whitespace).map_or("", |(_, length)| length.trim());
        if duration::pause(written).is_some_and(|(_, unclear)| unclear) {
            let seconds = length.as_secs();
            let message = format!(
                "`{cue}` has no unit and is taken as {}",
                counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second")
            );
            let found = Diagnostic::new(&code::UNCLEAR_TIME, at, message);
            self.report(found.hint(format!("write `[pause {seconds}s]`, or minutes as `[pause 5m]`")));
        }
    }
}

/// The lines without the indent that all of them share, blank lines at the ends and a leading `note:`.
fn dedent<'a>(content: &Fragment<'a>) -> Fragment<'a> {
    let file = content.file();
    let whole = content.whole();
    let mut lines: Vec<(usize, usize)> = (1..=content.line_count()).map(|line| content.origin(line)).collect();
    let text = |&(start, end): &(usize, usize)| file.get(start..end).unwrap_or_default();
    lines.retain(|line| line.0 <= line.1);
    if lines.contains(&(whole.start, whole.end)) && lines.len() > 1 {
        // The lines' places are not known: every line was given the whole.
        return content.clone();
    }
    if let Some(first) = lines.first_mut() {
        // What follows `<!--` on its line does not count for the indent.
        first.0 += text(first).len() - text(first).trim_start().len();
        if let Some(rest) = text(first).strip_prefix("note:") {
            first.0 = first.1 - rest.trim_start().len();
        }
    }
    let indent = |line: &(usize, usize)| text(line).len() - text(line).trim_start_matches([' ', '\t']).len();
    let shared = lines.iter().skip(1).filter(|line| !text(line).trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut out = Fragment::new(content.source(), file);
    for (index, &(start, end)) in lines.iter().enumerate() {
        let cut = if index == 0 { 0 } else { shared.min(end - start) };
        out.push(start + cut, end);
    }
    out
}

/// The cues in a note and where they stand: `[click]`, `[pause 5s]` and other words in brackets that are no link.
fn cues(markdown: &str) -> Vec<(Cue, Range<usize>)> {
    let mut out = Vec::new();
    let mut fence: Option<Fence> = None;
    for (start, end) in fragment::lines(markdown, 0) {
        let line = markdown.get(start..end).unwrap_or_default();
        // Brackets in code are code.
        match (fence, lines::fence(line)) {
            (Some(open), Some(mark)) if !mark.has_info && open.is_closed_by(&mark) => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (Some(_), _) => {}
            (None, None) => cues_of_line(line, start, &mut out),
        }
    }
    out
}

/// Adds the cues of a line that starts at byte `start`.
fn cues_of_line(line: &str, start: usize, out: &mut Vec<(Cue, Range<usize>)>) {
    let mut rest = line;
    while let Some(at) = rest.find(['[', '`']) {
        let before = rest[..at].chars().next_back();
        if rest[at..].starts_with('`') {
            rest = rest[at + 1..].split_once('`').map_or("", |(_, after)| after);
            continue;
        }
        let Some(length) = rest[at + 1..].find([']', '[']) else { break };
        let end = at + 1 + length;
        let inside = rest[at + 1..end].trim();
        let after = &rest[end + 1..];
        let is_cue = rest[end..].starts_with(']')
            && !matches!(before, Some('!' | '\\' | '^' | ']'))
            && !after.starts_with(['(', '[', ':'])
            && !matches!(inside, "" | "x" | "X")
            && !inside.starts_with('^');
        if is_cue {
            let passed = start + line.len() - rest.len();
            out.push((cue(inside), passed + at..passed + end + 1));
        }
        rest = if rest[end..].starts_with('[') {
            &rest[end..]
        } else if let Some(label) = after.strip_prefix('[') {
            // `[text][label]` is a link.
            label.split_once(']').map_or("", |(_, after)| after)
        } else {
            after
        };
    }
}

fn cue(words: &str) -> Cue {
    match words.split_once(char::is_whitespace) {
        _ if words.eq_ignore_ascii_case("click") => Cue::Click,
        _ if words.eq_ignore_ascii_case("pause") => Cue::Pause(None),
        Some((first, length)) if first.eq_ignore_ascii_case("pause") => match duration::pause(length) {
            Some((length, _)) => Cue::Pause(Some(length)),
            None => Cue::Direction(words.to_owned()),
        },
        _ => Cue::Direction(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_cues_and_leaves_links() {
        let text =
            "[click] go [pause 5s] on, [a link](x), [ref][1], ![p](q), `[code]`, [来源：手册] [pause long]\n- [x] done";
        let said = |text| cues(text).into_iter().map(|(cue, _)| cue).collect::<Vec<_>>();
        assert_eq!(
            said(text),
            [
                Cue::Click,
                Cue::Pause(Some(Duration::from_secs(5))),
                Cue::Direction("来源：手册".to_owned()),
                Cue::Direction("pause long".to_owned()),
            ]
        );
        assert_eq!(said("[pause]"), [Cue::Pause(None)]);
        assert_eq!(cues("[open [click]"), [(Cue::Click, 6..13)]);
        assert_eq!(cues("```\n[click]\n```\n`x` [click]"), [(Cue::Click, 20..27)]);
    }
}
