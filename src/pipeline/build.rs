use std::path::Path;

use crate::asset::Images;
use crate::check;
use crate::deck::{Deck, DeckOptions, ImageMode};
use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::export;
use crate::export::html::{Host, PageOptions, Speaker};
use crate::export::pdf::Bookmark;
use crate::layout::Page;
use crate::pipeline::draft::Draft;
use crate::pipeline::follow_up;
use crate::pipeline::kept_pages::KeptPages;
use crate::pipeline::pages::{lay_out, lay_out_steps};
use crate::pipeline::papers;
use crate::pipeline::pictures;
use crate::pipeline::sheet::{self, Paper};
use crate::pipeline::stopwatch::Stopwatch;
use crate::pipeline::web::whole;
use crate::pipeline::write::remove_others;
use crate::pipeline::{Clock, Job, Output, Report, write_pack};
use crate::rehearsal::expectations;
use crate::talk::Talk;
use crate::timing::{self, Budget, Practice};

/// Makes the pack of one talk and writes it; when there is an error, the old pack stays.
#[must_use]
pub fn build(job: &Job, clock: Clock<'_>) -> Report {
    let (mut report, made) = examine(job, clock);
    let Some(made) = made.filter(|_| !report.diagnostics.has_hindrances()) else { return report };
    let files = made.files(job, &mut report, clock);
    if report.diagnostics.has_hindrances() {
        return report;
    }
    let mut watch = Stopwatch::new(clock);
    let written = watch.time("write", || write_pack(&job.output, &files));
    report.timings.append(&mut watch.timings);
    match written {
        Ok(written) => {
            if job.only.has(Output::Png) {
                remove_others(&job.output.join(pictures::FOLDER), &written, pictures::is_name);
            }
            report.files = written;
        }
        Err(found) => report.diagnostics.push(*found),
    }
    report
}

/// Finds everything that is wrong with one talk and writes nothing.
#[must_use]
pub fn check(job: &Job, clock: Clock<'_>) -> Report {
    examine(job, clock).0
}

/// A talk that went through every stage but the exporters.
pub(super) struct Made {
    pub(super) draft: Draft,
    pub(super) deck: Deck,
    pub(super) pages: Vec<Page>,
    /// The sheet to take home, where there is something to take home and it is asked for.
    pub(super) paper: Option<Paper>,
}

/// Parse, theme, deck, layout and check.
pub(super) fn examine(job: &Job, clock: Clock<'_>) -> (Report, Option<Made>) {
    let mut report = Report::default();
    let mut watch = Stopwatch::new(clock);
    let mut draft = match Draft::read(job, &mut watch) {
        Ok(draft) => draft,
        Err(unreadable) => {
            report.diagnostics.push(*unreadable);
            return (report, None);
        }
    };
    let mut found = std::mem::take(&mut draft.found);
    let images = Images::new(&draft.files);
    let options = DeckOptions {
        positions: true,
        images: ImageMode::Reference,
        trust_html: job.trust_html,
        ..DeckOptions::default()
    };
    let made = watch.time("deck", || draft.deck(&images, options, &mut found));
    let pages = watch.time("layout", || {
        let kept = KeptPages::open(job, &draft.theme.name, "slides");
        let pages = lay_out(&made, &draft.theme, kept.as_ref(), &mut found);
        report.reused = kept.map_or(0, |kept| kept.close());
        pages
    });
    watch.time("check", || check::check(&draft.talk, &draft.past, &pages, &mut found));
    let paper = if job.only.has(Output::Sheet) {
        watch.time("sheet", || sheet::lay_out(&draft, job, &mut found))
    } else {
        None
    };
    check::drop_ignored(&draft.talk, &mut found);
    found.sort();
    report.slides = made.slides.len();
    report.diagnostics = found;
    report.timings = watch.timings;
    report.sources = std::mem::take(&mut draft.sources);
    (report, Some(Made { draft, deck: made, pages, paper }))
}

/// A PDF file of that name, or the finding that says why there is none.
pub(super) fn pdf(
    name: &str,
    document: &export::pdf::Document<'_>,
    found: &mut Diagnostics,
) -> Option<(String, Vec<u8>)> {
    match contain(|| export::pdf::pdf(document)) {
        Ok(Ok(pdf)) => return Some((name.to_owned(), pdf)),
        Ok(Err(error)) => found.push(Diagnostic::new(&code::UNREADABLE_FONT, None, error.to_string())),
        Err(why) => {
            let message = format!("`{name}` can't be drawn: {why}");
            found.push(Diagnostic::new(&code::INTERNAL_ERROR, None, message));
        }
    }
    None
}

/// The entry in an outline of each slide that is shown: sections over slides.
pub(super) fn bookmarks(talk: &Talk) -> Vec<Bookmark<'_>> {
    let has_sections = talk.slides.iter().any(|slide| slide.section.is_some());
    let mut in_section = false;
    let bookmarks = talk.shown_slides().map(|slide| {
        in_section |= slide.section.is_some();
        let level = u8::from(has_sections && in_section && slide.section.is_none() && !slide.backup);
        let title = slide.section.as_ref().map(|section| section.name.as_str()).or(slide.title.as_deref());
        Bookmark { level, title: title.unwrap_or(&slide.id) }
    });
    bookmarks.collect()
}

/// The name of a source as the pack tells it: the same wherever the talk's folder lies.
fn name_in_pack<'a>(name: &'a str, job: &Job) -> &'a str {
    let relative = Path::new(name).strip_prefix(job.folder()).ok();
    relative.and_then(Path::to_str).unwrap_or(name)
}

impl Made {
    /// The files of the pack: name and bytes, `pack.json` last.
    fn files(&self, job: &Job, report: &mut Report, clock: Clock<'_>) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut watch = Stopwatch::new(clock);
        let has_states = job.frames.steps && (job.only.has(Output::Slides) || job.only.has(Output::Png));
        let states = has_states.then(|| watch.time("steps", || self.states(job)));
        let states = states.as_deref();
        if job.only.has(Output::Html) {
            let html = watch.time("html", || self.html(job, &mut report.diagnostics));
            files.push(("index.html".to_owned(), html.into_bytes()));
        }
        if job.only.has(Output::Slides) {
            files.extend(watch.time("pdf", || self.slides_pdf(states, &mut report.diagnostics)));
        }
        let mut pictured = Vec::new();
        if job.only.has(Output::Png) {
            pictured = watch.time("png", || pictures::slides(self, states, job, &mut report.diagnostics));
        }
        if job.only.has(Output::Cover) {
            files.extend(watch.time("cover", || pictures::cover(self, &mut report.diagnostics)));
        }
        if job.only.has(Output::Handout) {
            files.extend(watch.time("handout", || papers::handout(self, job, &mut report.diagnostics)));
        }
        if job.only.has(Output::Speaker) && !job.without_notes {
            files.extend(watch.time("speaker", || papers::run_sheet(self, job, &mut report.diagnostics)));
        }
        if job.only.has(Output::Notes) && !job.without_notes {
            files.push(("notes.md".to_owned(), export::notes::notes(&self.draft.talk).into_bytes()));
        }
        if let Some(paper) = &self.paper {
            files.extend(watch.time("sheet files", || sheet::files(paper, &self.draft, job, &mut report.diagnostics)));
        }
        let follow_up = watch.time("follow-up", || follow_up::files(&self.draft.talk, job, &mut report.diagnostics));
        files.extend(follow_up);
        report.timings.append(&mut watch.timings);
        let described = export::pack::Pack {
            title: &self.draft.talk.meta.title,
            lang: &self.draft.talk.meta.lang,
            theme: &self.draft.theme.name,
            slides: self.pages.len(),
            sources: report
                .sources
                .iter()
                // By the hash of a text one could find out whether a guess at its notes is right.
                .filter(|_| !job.without_notes)
                .map(|source| (name_in_pack(source.name(), job), source.text().as_bytes()))
                .collect(),
            files: self.packed(&files, &pictured),
        };
        let pack = export::pack::pack(&described);
        files.extend(pictured.into_iter().map(|picture| (picture.name, picture.bytes)));
        files.push(("pack.json".to_owned(), pack.into_bytes()));
        files
    }

    /// Each slide before and after each click.
    fn states(&self, job: &Job) -> Vec<Vec<Page>> {
        let kept = KeptPages::open(job, &self.draft.theme.name, "steps");
        let states = lay_out_steps(&self.deck, &self.draft.theme, kept.as_ref());
        kept.map(|kept| kept.close());
        states
    }

    /// The deck as one page.
    fn html(&self, job: &Job, found: &mut Diagnostics) -> String {
        let (deck, fonts) = whole(&self.draft, &self.pages, job, found);
        // Whoever builds it, the pack is the same: it does not follow the speed of one speaker.
        let estimate = timing::estimate(&self.draft.talk, &Practice::default());
        let slides = expectations(&self.draft.talk, &estimate);
        let date = self.draft.talk.meta.date.map(|date| date.to_string());
        let budget = Budget::of(&self.draft.talk.meta);
        let speaker = Speaker { budget, date: date.as_deref(), slides: &slides };
        let options = PageOptions {
            speaker: (!job.without_notes).then_some(speaker),
            host: Host::File,
            cover: job.only.has(Output::Cover).then_some(pictures::LINKED_COVER),
        };
        export::html::html(&deck, &fonts, &options)
    }

    /// The files as `pack.json` lists them.
    fn packed<'a>(
        &'a self,
        files: &'a [(String, Vec<u8>)],
        shots: &'a [pictures::PictureFile],
    ) -> Vec<export::pack::PackedFile<'a>> {
        let plain = files.iter().map(|(name, bytes)| export::pack::PackedFile { name, bytes, slide: None, step: None });
        let shots = shots.iter().map(|picture| export::pack::PackedFile {
            name: &picture.name,
            bytes: &picture.bytes,
            slide: self.deck.slides.get(picture.slide).map(|slide| slide.id.as_str()),
            step: picture.step,
        });
        plain.chain(shots).collect()
    }

    /// The slides, or their `states`, as a document: sections over slides in its outline.
    fn slides_pdf(&self, states: Option<&[Vec<Page>]>, found: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
        let bookmarks = bookmarks(&self.draft.talk);
        let slides = self.draft.talk.shown_slides().zip(&self.pages).zip(bookmarks).enumerate();
        let several: Vec<_> = slides
            .flat_map(|(index, ((slide, page), bookmark))| {
                let states = states.and_then(|states| states.get(index)).filter(|states| states.len() > 1);
                let (pages, count) = states.map_or((std::slice::from_ref(page), 1), |states| (states, states.len()));
                pages.iter().enumerate().map(move |(step, page)| {
                    let label = if count > 1 { format!("{}.{}", index + 1, step + 1) } else { (index + 1).to_string() };
                    (page, slide.id.as_str(), label, (step == 0).then_some(bookmark))
                })
            })
            .collect();
        let pages = several.iter().map(|(page, id, label, bookmark)| export::pdf::DocumentPage {
            page,
            ids: vec![*id],
            label: states.is_some().then_some(label.as_str()),
            bookmarks: bookmark.iter().copied().collect(),
        });
        pdf("slides.pdf", &self.document(pages.collect()), found)
    }

    fn document<'a>(&'a self, pages: Vec<export::pdf::DocumentPage<'a>>) -> export::pdf::Document<'a> {
        export::pdf::Document {
            title: &self.draft.talk.meta.title,
            author: self.draft.talk.meta.speakers.first().map(|speaker| speaker.name.as_str()),
            lang: &self.draft.talk.meta.lang,
            subject: self.draft.talk.meta.subtitle.as_deref(),
            keywords: &[],
            producer: concat!("Retell ", env!("CARGO_PKG_VERSION")),
            pages,
        }
    }
}
