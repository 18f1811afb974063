use std::borrow::Cow;

use kurbo::{Affine, Rect, Size};
use rayon::prelude::*;

use crate::asset::Images;
use crate::deck::{Deck, DeckOptions, ImageMode, deck};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code, contain};
use crate::export::pdf::{Document, DocumentPage};
use crate::export::print::{Agenda, Arrangement, Paper, Shown, groups, style, word};
use crate::layout::{Layouter, Page, PartOf};
use crate::paper::{Flow, Piece, Sheet, attach, marked, paginate, place, place_slide, slots};
use crate::pipeline::Job;
use crate::pipeline::agenda::agenda;
use crate::pipeline::build::{Made, bookmarks, pdf};
use crate::pipeline::kept_pages::KeptPages;
use crate::pipeline::pages::{fonts, lay_out, lay_out_html, pictures};

/// How high a column may be: the notes of one slide fill no more than a few pages.
const LONGEST: f64 = 400_000.0;

/// Between columns, in CSS pixels.
const GAP: f64 = 26.0;

/// The least height to place columns in, whatever a theme leaves.
const LEAST_ROOM: f64 = 200.0;

/// A page of paper and the slides that begin on it.
struct PaperPage {
    page: Page,
    slides: Vec<usize>,
}

/// Columns of text as they are spread over the `area` of pages.
struct Cut {
    area: Rect,
    flows: Vec<Flow>,
    pages: Vec<Vec<Piece>>,
}

impl Cut {
    fn new(area: Rect, flows: Vec<Flow>) -> Self {
        let pages = paginate(&flows, area.height().max(LEAST_ROOM), GAP);
        Self { area, flows, pages }
    }

    /// Moves the glossary before the backup slides, to where these leave room, if that spares a page.
    fn spare_the_last_page(&mut self) {
        let has_glossary = self.flows.last().is_some_and(|last| slide_of(last).is_none());
        let Some(backup) = self.flows.iter().position(Flow::starts_page).filter(|_| has_glossary) else { return };
        self.flows[backup..].rotate_right(1);
        let pages = paginate(&self.flows, self.area.height().max(LEAST_ROOM), GAP);
        if pages.len() < self.pages.len() {
            self.pages = pages;
        } else {
            self.flows[backup..].rotate_left(1);
        }
    }
}

/// `handout.pdf`.
pub(super) fn handout(made: &Made, job: &Job, found: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
    let arrangement = job.arrangement();
    let sheet = Sheet { size: job.print.sheet, landscape: arrangement.is_landscape() };
    let slides = if job.print.ink { Cow::Owned(spare_of_ink(made, job)) } else { Cow::Borrowed(made.pages.as_slice()) };
    let press = Press::new(made, job, &slides, "handout", sheet);
    let glossary = press.paper.glossary(&made.draft.talk.meta.glossary);
    let pages = guarded("handout.pdf", found, |found| {
        if arrangement == Arrangement::Notes {
            let columns = [press.paper.notes(&made.deck.slides, &made.deck.questions), glossary].concat();
            let mut cut = press.cut(&columns, found)?;
            cut.spare_the_last_page();
            return Some(press.composed(&cut, 0));
        }
        let glossary = press.cut(&glossary, found)?;
        let mut pages = press.grouped(arrangement, glossary.pages.len());
        pages.extend(press.composed(&glossary, pages.len()));
        Some(pages)
    })?;
    press.written("handout.pdf", &pages, found)
}

/// `speaker.pdf`.
pub(super) fn run_sheet(made: &Made, job: &Job, found: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
    let sheet = Sheet { size: job.print.sheet, landscape: false };
    let slides = if job.print.ink { Cow::Owned(spare_of_ink(made, job)) } else { Cow::Borrowed(made.pages.as_slice()) };
    let press = Press::new(made, job, &slides, "run-sheet", sheet);
    let agenda: Agenda = agenda(&made.draft.talk);
    let columns = press.paper.run_sheet(&made.deck.slides, &made.deck.questions, &agenda);
    let pages = guarded("speaker.pdf", found, |found| Some(press.composed(&press.cut(&columns, found)?, 0)))?;
    press.written("speaker.pdf", &pages, found)
}

/// What `work` gives, or a finding that the file `name` can't be made.
fn guarded<T>(name: &str, found: &mut Diagnostics, work: impl FnOnce(&mut Diagnostics) -> Option<T>) -> Option<T> {
    let mut inside = Diagnostics::default();
    let made = contain(|| work(&mut inside));
    // Handout and run sheet show the same notes.
    inside.retain(|new| !found.iter().any(|known| known.span == new.span && known.message == new.message));
    found.append(inside);
    made.unwrap_or_else(|why| {
        found.push(Diagnostic::new(&code::INTERNAL_ERROR, None, format!("`{name}` can't be laid out: {why}")));
        None
    })
}

/// The slides, laid out once more in dark ink on white.
fn spare_of_ink(made: &Made, job: &Job) -> Vec<Page> {
    let images = Images::new(&made.draft.files);
    let theme = made.draft.theme.spare_of_ink();
    let style = made.draft.style.clone();
    let options =
        DeckOptions { images: ImageMode::Reference, trust_html: job.trust_html, style, ..DeckOptions::default() };
    // The same findings came up when the slides were made.
    let mut heard = Diagnostics::default();
    let deck = deck(&made.draft.talk, &theme, &images, &options, &mut heard);
    let kept = KeptPages::open(job, &theme.name, "ink");
    let pages = lay_out(&deck, &theme, kept.as_ref(), &mut heard);
    kept.map(|kept| kept.close());
    pages
}

/// What all pages of one paper are made with.
struct Press<'a> {
    made: &'a Made,
    deck: &'a Deck,
    slides: &'a [Page],
    paper: Paper<'a>,
    css: String,
    kept: Option<KeptPages>,
}

impl<'a> Press<'a> {
    fn new(made: &'a Made, job: &Job, slides: &'a [Page], kind: &'static str, sheet: Sheet) -> Self {
        let meta = &made.draft.talk.meta;
        let speakers = meta.speakers.iter().map(|speaker| speaker.name.as_str()).filter(|name| !name.is_empty());
        let paper = Paper {
            title: &meta.title,
            subtitle: meta.subtitle.as_deref(),
            speakers: speakers.collect(),
            date: meta.date.map(|date| date.to_string()),
            lang: &meta.lang,
            kind,
            sheet,
            slide: made.deck.size,
        };
        let kept = KeptPages::open(job, &made.draft.theme.name, kind);
        Self { made, deck: &made.deck, slides, paper, css: style(&made.draft.theme.document, sheet), kept }
    }

    fn layouter(&self) -> Layouter {
        let fonts = fonts(&[], &self.made.draft.theme, &mut Diagnostics::default());
        let layouter = Layouter::new(&self.css, self.paper.sheet.pixels(), fonts, pictures(&self.deck.images));
        KeptPages::behind(self.kept.as_ref(), layouter.on_paper())
    }

    /// A page around `content`.
    fn page(&self, layouter: &Layouter, shown: Shown, content: &str) -> Page {
        let html = self.paper.page(shown, content);
        lay_out_html(layouter, &html, self.paper.lang, "", None)
            .unwrap_or_else(|_| Page::empty(self.paper.sheet.pixels()))
    }

    /// Pages with several slides each; `more` pages come after them.
    fn grouped(&self, arrangement: Arrangement, more: usize) -> Vec<PaperPage> {
        let slides = &self.deck.slides;
        let groups = groups(slides, arrangement);
        let layouter = self.layouter();
        let pages = groups.par_iter().enumerate().map(|(number, group)| {
            let slides_here = Some((group.first + 1, group.first + group.count));
            let shown = Shown { slides: slides_here, page: (number + 1, groups.len() + more) };
            let content = self.paper.group(slides, *group, arrangement);
            let laid_out = self.page(&layouter, shown, &content);
            let mut page = Page::empty(laid_out.size);
            self.draw_slides(&mut page, &laid_out, laid_out.size.to_rect(), Affine::IDENTITY);
            place(&mut page, &laid_out, laid_out.size.to_rect(), Affine::IDENTITY);
            PaperPage { page, slides: (group.first..group.first + group.count).collect() }
        });
        pages.collect()
    }

    /// Columns, cut into pages.
    fn cut(&self, columns: &[String], found: &mut Diagnostics) -> Option<Cut> {
        let mut layouter = self.layouter();
        let frame = self.page(&layouter, Shown::default(), "");
        let area = marked(&frame, "area")?.rect;
        layouter.set_size(Size::new(area.width().max(LEAST_ROOM), LONGEST));
        let laid_out: Vec<_> = columns.par_iter().map(|html| self.column(&layouter, html)).collect();
        let mut flows = Vec::with_capacity(laid_out.len());
        for flow in laid_out {
            match flow {
                Ok(flow) => {
                    self.missing(&flow, found);
                    flows.push(flow);
                }
                Err(problem) => found.push(*problem),
            }
        }
        Some(Cut::new(area, flows))
    }

    /// Reports characters of notes that no font has; those of a slide are found on the slide.
    fn missing(&self, flow: &Flow, found: &mut Diagnostics) {
        let slide = slide_of(flow).and_then(|number| self.made.draft.talk.shown_slides().nth(number));
        for missing in &flow.page().missing {
            let character = missing.character;
            let notes = slide.iter().flat_map(|slide| &slide.notes);
            let at = notes.clone().find(|note| note.markdown.contains(character)).map(|note| note.span);
            let message =
                format!("no font has `{character}` (U+{:04X}), so paper shows a box for it", u32::from(character));
            let mut warning = Diagnostic::new(&code::MISSING_GLYPH, at, message);
            warning.severity = Severity::Warning;
            found.push(warning.hint(format!("it stands in `{}`; write it in words", missing.context)));
        }
    }

    /// The pages of columns that were cut; `before` pages come before them.
    fn composed(&self, cut: &Cut, before: usize) -> Vec<PaperPage> {
        let layouter = self.layouter();
        let pages = cut.pages.par_iter().enumerate().map(|(number, pieces)| {
            let numbers = || pieces.iter().filter_map(|piece| cut.flows.get(piece.flow).and_then(slide_of));
            let slides = numbers().min().zip(numbers().max()).map(|(first, last)| (first + 1, last + 1));
            let shown = Shown { slides, page: (before + number + 1, before + cut.pages.len()) };
            self.filled(self.page(&layouter, shown, ""), cut, pieces)
        });
        pages.collect()
    }

    /// A column, or the finding that says why its slide has none.
    fn column(&self, layouter: &Layouter, html: &str) -> Result<Flow, Box<Diagnostic>> {
        let slide = slide_in(html).and_then(|index| self.deck.slides.get(index));
        let name = slide.map_or("", |slide| slide.title.as_deref().unwrap_or(&slide.id));
        let flow = Flow::new(lay_out_html(layouter, html, self.paper.lang, name, slide.map(|slide| slide.span))?);
        if flow.height() > LONGEST {
            let message = format!("the notes of slide `{name}` are far too long to be printed");
            return Err(Box::new(Diagnostic::new(&code::OVERFLOW, slide.map(|slide| slide.span), message)));
        }
        Ok(flow)
    }

    /// A page with its pieces of columns.
    fn filled(&self, mut page: Page, cut: &Cut, pieces: &[Piece]) -> PaperPage {
        let area = cut.area;
        let mut slides = Vec::new();
        for piece in pieces {
            let Some(flow) = cut.flows.get(piece.flow) else { continue };
            let part = Rect::new(0.0, piece.from, flow.page().size.width, piece.to);
            let to = Affine::translate((area.x0, area.y0 + piece.at - piece.from));
            self.draw_slides(&mut page, flow.page(), part, to);
            place(&mut page, flow.page(), part, to);
            if piece.from == 0.0 {
                slides.extend(slide_of(flow));
            }
        }
        PaperPage { page, slides }
    }

    /// Draws the slides whose boxes lie within `part` of `from`.
    fn draw_slides(&self, onto: &mut Page, from: &Page, part: Rect, to: Affine) {
        let first = attach(onto, from, None);
        for slot in slots(from).filter(|slot| part.contains(slot.area.origin())) {
            if let Some(slide) = self.slides.get(slot.slide) {
                attach(onto, slide, slot.part.map(|part| PartOf { structure: first, part }));
                place_slide(onto, slide, to.transform_rect_bbox(slot.area));
            }
        }
    }

    /// The pages as a file.
    fn written(&self, name: &str, pages: &[PaperPage], found: &mut Diagnostics) -> Option<(String, Vec<u8>)> {
        if let Some(kept) = &self.kept {
            kept.close();
        }
        let bookmarks = bookmarks(&self.made.draft.talk);
        let pages = pages.iter().map(|PaperPage { page, slides }| DocumentPage {
            page,
            ids: slides
                .iter()
                .filter_map(|index| self.deck.slides.get(*index))
                .map(|slide| slide.id.as_str())
                .collect(),
            label: None,
            bookmarks: slides.iter().filter_map(|index| bookmarks.get(*index).copied()).collect(),
        });
        let document = Document {
            title: self.paper.title,
            author: self.paper.speakers.first().copied(),
            lang: self.paper.lang,
            subject: Some(word(self.paper.lang, self.paper.kind)),
            keywords: &[],
            producer: concat!("Retell ", env!("CARGO_PKG_VERSION")),
            pages: pages.collect(),
        };
        pdf(name, &document, found)
    }
}

/// The slide that a column is about.
fn slide_of(flow: &Flow) -> Option<usize> {
    slots(flow.page()).map(|slot| slot.slide).next()
}

/// The same before it is laid out.
fn slide_in(html: &str) -> Option<usize> {
    let (_, after) = html.split_once("data-slide=\"")?;
    after.split('"').next()?.parse().ok()
}
