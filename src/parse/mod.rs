//! Text to [`Talk`].
//!
//! In: the bytes of a talk's main file and a loader for the files it includes. Out: a [`Talk`], always,
//! and findings for all that is wrong, in one run; the questions of `qa.yaml` beside a `talk.md` are a part of it. The only home of comrak; it knows
//! nothing of themes, HTML or layout.

mod attributes;
mod blocks;
mod code_info;
mod comments;
mod containers;
mod data;
mod decode;
mod directives;
mod duration;
mod foreign;
mod fragment;
mod front_matter;
mod ids;
mod images;
mod inlines;
mod kept;
mod keys;
mod language;
mod lines;
mod markdown;
mod notes;
mod people;
mod prepare;
mod quotes;
mod reader;
mod slides;
mod steps;
mod words;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Loader, SourceId, Sources, Span};
use crate::talk::{Edition, Meta, Slide, Talk};
use reader::Shared;

pub use duration::length as read_duration;
pub use kept::{MAX_KEPT_BYTES, kept_questions};

/// Reads a talk from the bytes of its main file, which messages call `name`.
///
/// Never fails: what is wrong goes to `diagnostics`, and what can be read is in the talk. Files that the
/// talk includes, and the `qa.yaml` of a talk called `talk.md`, come from `loader` and are added to `sources`.
pub fn parse(
    sources: &mut Sources,
    name: &str,
    bytes: &[u8],
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Talk {
    parse_edition(sources, &Main { name, bytes, edition: Edition::default() }, loader, diagnostics)
}

/// The main file of a talk, and for whom it is read.
#[derive(Clone, Copy, Debug)]
pub struct Main<'m> {
    /// What messages call it.
    pub name: &'m str,
    /// What is in it.
    pub bytes: &'m [u8],
    /// Slides and `::: internal` blocks of another edition are left out.
    pub edition: Edition,
}

/// The same as [`parse`], for one edition of the talk.
pub fn parse_edition(
    sources: &mut Sources,
    main: &Main<'_>,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Talk {
    let (name, bytes) = (main.name, main.bytes);
    let (source, text) = decode::decode(sources, name, bytes, diagnostics);
    let mut shared = Shared::new(sources, loader, diagnostics);
    shared.edition = main.edition;
    let place = front_matter::split(&text);
    let mut meta = front_matter::read(source, &text, place.as_ref(), &mut shared);
    let body = place.as_ref().map_or(decode::mark_length(&text), |place| place.body);
    let file = slides::File { source, text: &text, body };
    let chain = [name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()];
    let mut slides = slides::read(&file, meta.split, &chain, &mut shared);
    let Shared { sources, diagnostics, ids, item_ids, .. } = shared;
    ids::assign(&mut slides, &ids, diagnostics);
    ids::report_repeats(&item_ids, diagnostics);
    complete(&mut meta, &slides, name);
    report_gaps(source, &text, place.as_ref(), &slides, diagnostics);
    if meta.lang.is_empty() {
        language::detect([&text[body.min(text.len())..], meta.title.as_str()]).clone_into(&mut meta.lang);
    }
    let kept = kept::load(sources, name, loader, diagnostics);
    Talk { meta, slides, kept }
}

/// Fills in the title from the first heading, else from the file's name.
fn complete(meta: &mut Meta, slides: &[Slide], name: &str) {
    if !meta.title.is_empty() {
        return;
    }
    let heading = slides.iter().find_map(|slide| slide.title.clone().filter(|title| !title.is_empty()));
    meta.title = heading.unwrap_or_else(|| {
        let path = name.replace('\\', "/");
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
        let file = parts.next().unwrap_or("talk");
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let folder = parts.next().filter(|_| stem == "talk");
        folder.unwrap_or(stem).to_owned()
    });
}

/// Reports what the talk as a whole lacks.
fn report_gaps(
    source: SourceId,
    text: &str,
    place: Option<&front_matter::Place>,
    slides: &[Slide],
    diagnostics: &mut Diagnostics,
) {
    let start = decode::mark_length(text);
    let first_line = Span::new(source, start, start);
    if slides.is_empty() {
        let found = Diagnostic::new(&code::EMPTY_TALK, first_line, "the talk has no slides");
        // What could not be read at all was reported.
        let is_refused = text.is_empty()
            && diagnostics.iter().any(|found| *found.code == code::FILE_TOO_LARGE || *found.code == code::NOT_UTF8);
        if !is_refused {
            diagnostics
                .push(found.hint("write a heading and a few lines; `---` between blank lines starts the next slide"));
        }
        return;
    }
    if place.is_none() {
        let found = Diagnostic::new(&code::MISSING_FRONT_MATTER, first_line, "the talk has no front matter");
        let mut lines = text[start..].lines();
        let is_wide = lines.next().is_some_and(|line| line.trim_end() == "---")
            && lines.next().is_some_and(|line| line.contains('：') && !line.contains(':'));
        diagnostics.push(if is_wide {
            found.hint("write a colon and a blank behind each key, not `：`, as `title: …`")
        } else {
            found.hint("start the file with `---`, `title: …` and `---`; the first heading is the title until then")
        });
    }
}
