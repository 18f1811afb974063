//! Abbreviations and terms that the audience has not been told.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::acronyms::abbreviations;
use crate::check::heard::Heard;
use crate::check::known_words::is_known;
use crate::check::walk::each_inline;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::source::Span;
use crate::talk::{InlineKind, Level, Slide, Talk};

/// The most terms that one finding names.
const MOST_NAMED: usize = 4;

/// The most terms that are looked up: a talk with more has been told enough.
const MOST_TERMS: usize = 400;

pub(super) fn check(talk: &Talk, diagnostics: &mut Diagnostics) {
    let Some(audience) = &talk.meta.audience else { return };
    let Some(level @ (Level::Mixed | Level::New | Level::NonTechnical)) = audience.level else { return };
    let mut told = parts(audience.knows.iter());
    let listed = parts(talk.meta.glossary.keys());
    let mut all = Heard::of(talk);
    talk.shown_slides().for_each(|slide| all.add(slide));
    let mut heard = Heard::of(talk);
    let mut asked = 0;
    for slide in talk.shown_slides().filter(|slide| !slide.backup) {
        heard.add(slide);
        let (mut unknown, mut only_listed) = (Vec::new(), Vec::new());
        for (term, span) in terms(slide, talk) {
            let is_new = told.insert(term.to_lowercase()) && !is_known(&term, level);
            if !is_new || asked == MOST_TERMS {
                continue;
            }
            asked += 1;
            if heard.explains(&term) {
                continue;
            }
            let is_listed = listed.contains(&term.to_lowercase());
            // What is in the glossary is explained on paper; that is enough for those who know a part.
            if is_listed && level != Level::Mixed {
                only_listed.push((term, span));
            } else if !is_listed && !all.names(&term) {
                unknown.push((term, span));
            }
        }
        let severity = if level == Level::Mixed { Severity::Info } else { Severity::Warning };
        report(&unknown, severity, "", diagnostics);
        report(&only_listed, Severity::Info, " except in the glossary", diagnostics);
    }
}

/// The terms in small letters, and each abbreviation in them: `CI/CD` is also `CI` and `CD`.
fn parts<'t>(terms: impl Iterator<Item = &'t String>) -> BTreeSet<String> {
    terms
        .flat_map(|term| {
            let inner = abbreviations(term).into_iter().map(|place| term[place].to_lowercase());
            inner.chain([term.to_lowercase()]).collect::<Vec<_>>()
        })
        .collect()
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

/// The abbreviations and terms of the glossary that the slide shows, in order.
fn terms(slide: &Slide, talk: &Talk) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    each_inline(&slide.blocks, &mut |inline| {
        let InlineKind::Text(text) = &inline.kind else { return };
        let mut places: Vec<_> = abbreviations(text);
        for term in talk.meta.glossary.keys().filter(|term| !term.is_empty()) {
            places.extend(
                text.match_indices(term.as_str())
                    .map(|(at, _)| at..at + term.len())
                    .filter(|place| is_whole(text, place)),
            );
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

/// Whether no Latin word goes on before or behind the place: `CI` is not in `SPECIAL`.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let goes_on = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(|c| c.is_ascii_alphanumeric()) && outer.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let inside = &text[place.clone()];
    let after = &text[place.end..];
    let after = after.strip_prefix('s').unwrap_or(after);
    !goes_on(inside.chars().next(), text[..place.start].chars().next_back())
        && !goes_on(inside.chars().next_back(), after.chars().next())
}
