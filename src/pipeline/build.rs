use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use crate::asset::{Images, Mime, fonts as bundled};
use crate::check;
use crate::deck::{Deck, DeckOptions, DeckSlide, ImageMode, deck};
use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::export;
use crate::export::html::{FontData, Host, PageOptions, Speaker};
use crate::layout::{Command, FontFile, FontSource, Fonts, Layouter, Page, Picture, Pictures, layout};
use crate::parse::parse;
use crate::pipeline::{Clock, Job, Output, Report, write_pack};
use crate::source::{DiskLoader, LoadError, Loader, Span, Spanned};
use crate::talk::Talk;
use crate::theme::{FALLBACK_FAMILY, Registry, Theme};
use crate::timing::{self, Budget};

/// Makes the pack of one talk and writes it; when there is an error, the old pack stays.
#[must_use]
pub fn build(job: &Job, clock: Clock<'_>) -> Report {
    let (mut report, made) = examine(job, clock);
    let Some(made) = made.filter(|_| !report.diagnostics.has_errors()) else { return report };
    let files = made.files(job, &mut report, clock);
    if report.diagnostics.has_errors() {
        return report;
    }
    match timed(&mut report.timings, clock, "write", || write_pack(&job.output, &files)) {
        Ok(written) => report.files = written,
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
    pub(super) talk: Talk,
    theme: Theme,
    style: Option<Spanned<String>>,
    pages: Vec<Page>,
}

/// Parse, theme, deck, layout and check.
pub(super) fn examine(job: &Job, clock: Clock<'_>) -> (Report, Option<Made>) {
    let mut report = Report::default();
    let mut timings = Vec::new();
    let file = job.file();
    let shown = file.display().to_string();
    let loader = DiskLoader::new(job.folder());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = match timed(&mut timings, clock, "read", || loader.load(&name)) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.diagnostics.push(unreadable(&shown, &error));
            return (report, None);
        }
    };
    let mut found = Diagnostics::default();
    let talk = timed(&mut timings, clock, "parse", || parse(&mut report.sources, &shown, &bytes, &loader, &mut found));
    let theme = timed(&mut timings, clock, "theme", || load_theme(job, &talk, &loader, &mut report, &mut found));
    let style = load_style(job, &loader, &mut report, &mut found);
    let images = Images::new(&loader);
    let options =
        DeckOptions { positions: true, images: ImageMode::Reference, trust_html: job.trust_html, style: style.clone() };
    let made = timed(&mut timings, clock, "deck", || deck(&talk, &theme, &images, &options, &mut found));
    let pages = timed(&mut timings, clock, "layout", || lay_out(&made, &theme, &mut found));
    timed(&mut timings, clock, "check", || check::check(&talk, &pages, &mut found));
    check::drop_ignored(&talk, &mut found);
    found.sort();
    report.slides = made.slides.len();
    report.diagnostics = found;
    report.timings = timings;
    (report, Some(Made { talk, theme, style, pages }))
}

fn timed<T>(
    timings: &mut Vec<(&'static str, Duration)>,
    clock: Clock<'_>,
    stage: &'static str,
    work: impl FnOnce() -> T,
) -> T {
    let start = clock();
    let result = work();
    timings.push((stage, clock().saturating_sub(start)));
    result
}

fn unreadable(shown: &str, error: &LoadError) -> Diagnostic {
    let code = if matches!(error, LoadError::TooLarge(_)) { &code::FILE_TOO_LARGE } else { &code::UNREADABLE_FILE };
    Diagnostic::new(code, None, format!("can't read `{shown}`: {error}"))
        .hint("name a folder with a `talk.md`, or one Markdown file; `retell new my-talk` makes one")
}

/// The name of a source as the pack tells it: the same wherever the talk's folder lies.
fn name_in_pack<'a>(name: &'a str, job: &Job) -> &'a str {
    let relative = Path::new(name).strip_prefix(job.folder()).ok();
    relative.and_then(Path::to_str).unwrap_or(name)
}

/// The theme of the command line, else that of the talk.
fn load_theme(job: &Job, talk: &Talk, loader: &dyn Loader, report: &mut Report, found: &mut Diagnostics) -> Theme {
    let Some(wanted) = &job.theme else {
        return Registry.load(talk.meta.theme.as_ref(), loader, &mut report.sources, found);
    };
    if Path::new(wanted).join("theme.yaml").is_file() {
        return Registry.load_folder(&DiskLoader::new(wanted), &mut report.sources, found);
    }
    let source = report.sources.add("--theme", wanted.clone());
    let wanted = Spanned::new(wanted.clone(), Span::new(source, 0, wanted.len()));
    Registry.load(Some(&wanted), loader, &mut report.sources, found)
}

/// The talk's own `style.css`, where it has one.
fn load_style(job: &Job, loader: &dyn Loader, report: &mut Report, found: &mut Diagnostics) -> Option<Spanned<String>> {
    match loader.load("style.css") {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            let source = report.sources.add(job.folder().join("style.css").display().to_string(), text.clone());
            if let Err(error) = std::str::from_utf8(&bytes) {
                let at = error.valid_up_to();
                let byte = bytes.get(at).copied().unwrap_or_default();
                let mark = bytes.len() - bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).len();
                let span = Span::new(source, at - mark, at - mark + '\u{fffd}'.len_utf8());
                let message = format!("this is not UTF-8: byte 0x{byte:02x}");
                found.push(
                    Diagnostic::new(&code::NOT_UTF8, span, message).hint("save the file as UTF-8 in your editor"),
                );
            }
            let span = Span::new(source, 0, text.len());
            Some(Spanned::new(text, span))
        }
        Err(LoadError::NotFound) => None,
        Err(error) => {
            found.push(Diagnostic::new(&code::UNREADABLE_FILE, None, format!("can't read `style.css`: {error}")));
            None
        }
    }
}

/// Every slide as a page, several at a time; empty where that fails.
fn lay_out(deck: &Deck, theme: &Theme, found: &mut Diagnostics) -> Vec<Page> {
    let mut pictures = Pictures::default();
    for (hash, image) in &deck.images {
        let picture = if image.mime == Mime::Svg {
            Picture::Drawing(String::from_utf8_lossy(&image.bytes).into())
        } else {
            Picture::Raster(image.bytes.as_slice().into())
        };
        pictures.add(format!("asset:///{hash}"), picture);
    }
    let (width, height) = deck.size;
    let size = kurbo::Size::new(width.into(), height.into());
    let layouter = Layouter::new(&deck.css, size, fonts(deck, theme, found), pictures);
    let laid_out: Vec<_> = deck.slides.par_iter().map(|slide| lay_out_one(&layouter, slide, &deck.lang)).collect();
    let mut pages = Vec::with_capacity(laid_out.len());
    for page in laid_out {
        pages.push(page.unwrap_or_else(|problem| {
            found.push(*problem);
            Page::empty(size)
        }));
    }
    pages
}

/// The most HTML of one slide, in bytes: fifty times what fits on it.
const MAX_SLIDE: usize = 1024 * 1024;

/// The deepest HTML; what Markdown gives stays far below, and the layout engine calls itself for every level.
const MAX_NESTING: usize = 1000;

fn lay_out_one(layouter: &Layouter, slide: &DeckSlide, lang: &str) -> Result<Page, Box<Diagnostic>> {
    let start = Span::new(slide.span.source, slide.span.start, slide.span.start);
    let name =
        || slide.title.as_ref().map_or_else(|| format!("#{}", slide.id), |title| title.chars().take(60).collect());
    if slide.html.len() > MAX_SLIDE {
        let message = format!("slide `{}` is far too long to be laid out", name());
        return Err(Box::new(Diagnostic::new(&code::OVERFLOW, start, message).hint("put `---` between slides")));
    }
    if nesting(&slide.html) > MAX_NESTING {
        let message = format!("the HTML of slide `{}` nests more than {MAX_NESTING} levels deep", name());
        return Err(Box::new(Diagnostic::new(&code::NESTING_TOO_DEEP, start, message).hint("close tags before")));
    }
    contain(|| layout(layouter, &slide.html, lang)).map_err(|why| {
        let message = format!("slide `{}` can't be laid out: {why}", name());
        Box::new(Diagnostic::new(&code::INTERNAL_ERROR, start, message))
    })
}

/// How deep elements lie in each other, counting tags without reading them.
fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !matches!(name, "br" | "hr" | "img" | "col" | "wbr" | "input") {
            // Drawings close their elements in the tag itself.
            depth += usize::from(!tag.split('>').next().unwrap_or_default().ends_with('/'));
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The bundled fonts, behind those that the talk and its theme bring.
fn fonts(deck: &Deck, theme: &Theme, found: &mut Diagnostics) -> Fonts {
    let mut of_talk = Vec::new();
    for font in &deck.fonts {
        match FontSource::read(&font.bytes) {
            Some(read) => of_talk.push(FontSource {
                family: font.family.clone(),
                weight: font.weight,
                italic: font.italic,
                ..read
            }),
            None => found.push(
                Diagnostic::new(&code::UNREADABLE_FONT, font.span, "this file is no font")
                    .hint("TrueType, OpenType, WOFF and WOFF2 files are read"),
            ),
        }
    }
    let own = theme.font_files.iter().filter_map(|file| FontSource::read(&file.bytes));
    let bundled = bundled::BUNDLED.iter().map(|font| FontSource {
        family: font.family.to_owned(),
        weight: font.weight,
        italic: font.italic,
        data: Arc::new(font.bytes),
    });
    Fonts::new(of_talk.into_iter().chain(own).chain(bundled).collect())
}

impl Made {
    /// The files of the pack: name and bytes, `pack.json` last.
    fn files(&self, job: &Job, report: &mut Report, clock: Clock<'_>) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut timings = std::mem::take(&mut report.timings);
        if job.only.has(Output::Html) {
            let html = timed(&mut timings, clock, "html", || self.html(job, &mut report.diagnostics));
            files.push(("index.html".to_owned(), html.into_bytes()));
        }
        if job.only.has(Output::Slides) {
            match timed(&mut timings, clock, "pdf", || contain(|| export::pdf::pdf(&self.document()))) {
                Ok(Ok(pdf)) => files.push(("slides.pdf".to_owned(), pdf)),
                Ok(Err(error)) => {
                    report.diagnostics.push(Diagnostic::new(&code::UNREADABLE_FONT, None, error.to_string()));
                }
                Err(why) => {
                    let message = format!("`slides.pdf` can't be drawn: {why}");
                    report.diagnostics.push(Diagnostic::new(&code::INTERNAL_ERROR, None, message));
                }
            }
        }
        if job.only.has(Output::Notes) && !job.without_notes {
            files.push(("notes.md".to_owned(), export::notes::notes(&self.talk).into_bytes()));
        }
        report.timings = timings;
        let described = export::pack::Pack {
            title: &self.talk.meta.title,
            lang: &self.talk.meta.lang,
            theme: &self.theme.name,
            slides: self.pages.len(),
            sources: report
                .sources
                .iter()
                .map(|source| (name_in_pack(source.name(), job), source.text().as_bytes()))
                .collect(),
            files: files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect(),
        };
        let pack = export::pack::pack(&described);
        files.push(("pack.json".to_owned(), pack.into_bytes()));
        files
    }

    /// The page of the deck.
    fn html(&self, job: &Job, found: &mut Diagnostics) -> String {
        let (deck, fonts) = self.web_deck(job, found);
        let plans = timing::plan(&self.talk);
        let speaker = Speaker { budget: Budget::of(&self.talk.meta), plans: &plans };
        let options = PageOptions { speaker: (!job.without_notes).then_some(speaker), host: Host::File };
        export::html::html(&deck, &fonts, &options)
    }

    /// The deck with its pictures in it, and the fonts it shows.
    pub(super) fn web_deck(&self, job: &Job, found: &mut Diagnostics) -> (Deck, Vec<export::html::WebFont>) {
        let loader = DiskLoader::new(job.folder());
        let images = Images::new(&loader);
        let options = DeckOptions {
            positions: false,
            images: ImageMode::DataUri,
            trust_html: job.trust_html,
            style: self.style.clone(),
        };
        // The same findings came up when the pages were made.
        let mut heard = Diagnostics::default();
        let (deck, fonts) =
            rayon::join(|| deck(&self.talk, &self.theme, &images, &options, &mut heard), || self.web_fonts());
        let mut web_fonts = Vec::new();
        for font in fonts {
            match font {
                Ok(font) => web_fonts.extend(font),
                Err(reason) => found.push(Diagnostic::new(&code::UNREADABLE_FONT, None, reason)),
            }
        }
        (deck, web_fonts)
    }

    /// Subsets of the fonts that the pages show.
    fn web_fonts(&self) -> Vec<Result<Option<export::html::WebFont>, String>> {
        let mut used: BTreeMap<u64, (&Arc<FontFile>, BTreeSet<char>)> = BTreeMap::new();
        for command in self.pages.iter().flat_map(|page| &page.commands) {
            let Command::Glyphs(run) = command else { continue };
            let (_, characters) = used.entry(run.font.key).or_insert_with(|| (&run.font, BTreeSet::new()));
            characters.extend(run.glyphs.iter().flat_map(|glyph| glyph.text.chars()));
        }
        let mut used: Vec<_> = used.into_values().collect();
        used.sort_by_key(|(font, _)| (font.family.is_none(), &font.family, font.weight, font.italic, font.key));
        used.par_iter()
            .map(|(font, characters)| {
                let woff2 = bundled::subset_for_web(font.data.as_ref(), font.index, characters)?;
                Ok(woff2.map(|woff2| export::html::WebFont {
                    family: font.family.clone().unwrap_or_else(|| FALLBACK_FAMILY.to_owned()),
                    weight: font.weight,
                    italic: font.italic,
                    data: FontData::Woff2(woff2),
                }))
            })
            .collect()
    }

    /// The slides as a document: sections over slides in its outline.
    fn document(&self) -> export::pdf::Document<'_> {
        let has_sections = self.talk.slides.iter().any(|slide| slide.section.is_some());
        let mut in_section = false;
        let pages = self.talk.shown_slides().zip(&self.pages).map(|(slide, page)| {
            in_section |= slide.section.is_some();
            let level = u8::from(has_sections && in_section && slide.section.is_none() && !slide.backup);
            let title = slide.section.as_ref().map(|section| section.name.as_str()).or(slide.title.as_deref());
            export::pdf::DocumentPage {
                page,
                id: Some(&slide.id),
                label: None,
                bookmark: Some(export::pdf::Bookmark { level, title: title.unwrap_or(&slide.id) }),
            }
        });
        export::pdf::Document {
            title: &self.talk.meta.title,
            author: self.talk.meta.speakers.first().map(|speaker| speaker.name.as_str()),
            lang: &self.talk.meta.lang,
            subject: self.talk.meta.subtitle.as_deref(),
            keywords: &[],
            producer: concat!("Retell ", env!("CARGO_PKG_VERSION")),
            pages: pages.collect(),
        }
    }
}
