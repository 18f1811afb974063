//! Abbreviations and terms that the audience has not been told.

use std::collections::BTreeSet;

use crate::check::acronyms::{abbreviations, explains, is_common};
use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::source::Span;
use crate::talk::{InlineKind, Level, Slide, Talk};

/// The most terms that one finding names.
const MOST_NAMED: usize = 4;

pub(super) fn check(talk: &Talk, diagnostics: &mut Diagnostics) {
    let Some(audience) = &talk.meta.audience else { return };
    let Some(level @ (Level::Mixed | Level::New | Level::NonTechnical)) = audience.level else { return };
    let mut told: BTreeSet<String> = audience.knows.iter().map(|term| term.to_lowercase()).collect();
    let mut heard = String::new();
    for slide in talk.shown_slides().filter(|slide| !slide.backup) {
        hear(slide, &mut heard);
        let (mut unknown, mut only_listed) = (Vec::new(), Vec::new());
        for (term, span) in terms(slide, talk) {
            let is_listed = talk.meta.glossary.contains_key(&term);
            // What is in the glossary is explained on paper; that is enough for those who know a part.
            let is_fine = (is_listed && level == Level::Mixed) || is_common(&term, level) || explains(&heard, &term);
            if told.insert(term.to_lowercase()) && !is_fine {
                if is_listed { &mut only_listed } else { &mut unknown }.push((term, span));
            }
        }
        let severity = if level == Level::Mixed { Severity::Info } else { Severity::Warning };
        report(&unknown, severity, "", diagnostics);
        report(&only_listed, Severity::Info, " except in the glossary", diagnostics);
    }
}

fn report(terms: &[(String, Span)], severity: Severity, except: &str, diagnostics: &mut Diagnostics) {
    let Some((first, at)) = terms.first() else { return };
    let stand = if terms.len() == 1 { "stands" } else { "stand" };
    let mut names = terms.iter().take(MOST_NAMED).map(|(term, _)| format!("`{term}`")).collect::<Vec<_>>().join(", ");
    if terms.len() > MOST_NAMED {
        names.push_str(" and more");
    }
    let message = format!("nothing has said to this audience what {names} {stand} for{except}");
    let mut found = Diagnostic::new(&code::UNEXPLAINED_TERM, *at, message);
    found.severity = severity;
    for (_, span) in terms.iter().skip(1).take(MOST_NAMED - 1) {
        found = found.label(*span, "and here");
    }
    found =
        found.hint(format!("say it where it first comes up, on the slide or in the notes: `{first} (in full words)`"));
    if except.is_empty() {
        found = found.hint(format!(
            "or add it to `glossary:`, which the handout prints, or to `audience: {{knows: [{first}]}}`"
        ));
    }
    diagnostics.push(found);
}

/// What the audience can have read and heard by the end of this slide.
fn hear(slide: &Slide, heard: &mut String) {
    let notes = slide.notes.iter().map(|note| note.blocks.as_slice());
    let footnotes = slide.footnotes.iter().map(|footnote| footnote.blocks.as_slice());
    for blocks in [slide.blocks.as_slice()].into_iter().chain(footnotes).chain(notes) {
        each_inline(blocks, &mut |inline| match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text, _) => heard.push_str(text),
            _ => {}
        });
        heard.push('\n');
    }
}

/// The abbreviations and terms of the glossary that the slide shows, in order.
fn terms(slide: &Slide, talk: &Talk) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    each_inline(&slide.blocks, &mut |inline| {
        let InlineKind::Text(text) = &inline.kind else { return };
        let mut places: Vec<_> = abbreviations(text);
        for term in talk.meta.glossary.keys().filter(|term| !term.is_empty()) {
            places.extend(text.match_indices(term.as_str()).map(|(at, _)| at..at + term.len()));
        }
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        for place in places {
            if place.start >= end {
                end = place.end;
                let at = Span::new(inline.span.source, inline.span.start + place.start, inline.span.start + place.end);
                // Where the source is written otherwise than it reads, the offset in it is not known.
                let as_written = inline.span.end - inline.span.start == text.len();
                found.push((text[place].to_owned(), if as_written { at } else { inline.span }));
            }
        }
    });
    found
}
