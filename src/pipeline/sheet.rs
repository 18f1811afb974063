use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kurbo::Size;

use crate::asset::Images;
use crate::check;
use crate::deck::{DeckOptions, ImageMode, Passages};
use crate::diagnostic::{Diagnostic, Diagnostics, code, contain};
use crate::export::html::FontData;
use crate::export::pdf::{Bookmark, Document, DocumentPage};
use crate::export::sheet::{A4, MANY_LINES, Sheet, SheetFont, style, style_of_letters};
use crate::layout::{ElementBox, Layouter, Page, layout};
use crate::pipeline::Job;
use crate::pipeline::build::pdf;
use crate::pipeline::draft::Draft;
use crate::pipeline::pages::{fonts, pictures};
use crate::pipeline::web::used_fonts;
use crate::recall::FollowUp;
use crate::talk::Inline;

/// The deck as `follow-up.html` finds it: beside itself.
const DECK: &str = "index.html";

/// A page that holds everything that `follow-up.html` may ever show.
const LONG: Size = Size::new(1000.0, 200_000.0);

/// The sheet to take home, laid out on its two pages.
pub(super) struct Paper {
    /// Changes when its pages may look different.
    made_of: u64,
    follow_up: FollowUp,
    pages: [Page; 2],
    /// How many of the kept questions have room.
    kept: usize,
    /// How many lines for notes have room.
    lines: usize,
}

/// Lays out the sheet and says what has no room; `None` for a talk that has no follow-up.
pub(super) fn lay_out(draft: &Draft, job: &Job, found: &mut Diagnostics) -> Option<Paper> {
    lay_out_again(draft, job, None, found)
}

/// The same, with the pages of the `last` sheet where they are made of the same: most saves change the talk around it.
pub(super) fn lay_out_again(draft: &Draft, job: &Job, last: Option<Paper>, found: &mut Diagnostics) -> Option<Paper> {
    let mut follow_up = FollowUp::of(&draft.talk)?;
    if job.without_notes {
        // What was prepared and asked is for those who were there.
        follow_up.questions.clear();
    }
    let images = Images::new(&draft.files);
    let options = options(job, ImageMode::Reference);
    let passages = RefCell::new(Passages::new(&draft.talk, &draft.theme, &images, &options));
    let passage = |content: &[Inline]| passages.borrow_mut().html(content);
    let deck = published_deck(&follow_up);
    let all = follow_up.answered().count();
    let deck = deck.as_deref();
    let sheet = Sheet { follow_up: &follow_up, passage: &passage, deck, kept: all, lines: MANY_LINES };
    let (front, back) = (sheet.front(), sheet.back());
    let made_of = made_of(&[&front, &back, &follow_up.lang], draft);
    let lay_out_new = || {
        // Which pictures there are is known once everything is written.
        let fonts = fonts(&[], &draft.theme, &mut Diagnostics::default());
        let css = style(&draft.theme.sheet);
        let layouter = Layouter::new(&css, Size::new(A4.0, A4.1), fonts, pictures(&images.all())).on_paper();
        let lay_out = |html: &str| contain(|| layout(&layouter, html, &follow_up.lang));
        let (front, whole_back) = rayon::join(|| lay_out(&front), || lay_out(&back));
        let (kept, back) = fitting(all, whole_back?, |kept| lay_out(&Sheet { kept, ..sheet }.back()))?;
        let lines = lines_in_rest(&back);
        let back = lay_out(&Sheet { kept, lines, ..sheet }.back())?;
        Ok::<_, String>((kept, lines, [front?, back]))
    };
    let made = match last.filter(|last| last.made_of == made_of) {
        Some(last) => Ok((last.kept, last.lines, last.pages)),
        None => lay_out_new(),
    };
    for diagnostic in passages.into_inner().diagnostics().iter() {
        // Kept questions stand in the speaker's deck too, where the same was found.
        if !found.iter().any(|known| known.code == diagnostic.code && known.span == diagnostic.span) {
            found.push(diagnostic.clone());
        }
    }
    match made {
        Ok((kept, lines, pages)) => {
            check::check_sheet(&follow_up, &pages, found);
            Some(Paper { made_of, follow_up, pages, kept, lines })
        }
        Err(why) => {
            let message = format!("the follow-up sheet can't be laid out: {why}");
            found.push(Diagnostic::new(&code::INTERNAL_ERROR, None, message));
            None
        }
    }
}

/// A hash of everything that the pages of a sheet are made of: their HTML, which names pictures by their hashes, and what is
/// of the theme.
fn made_of(texts: &[&str], draft: &Draft) -> u64 {
    let mut hasher = DefaultHasher::new();
    (texts, &draft.theme.sheet).hash(&mut hasher);
    for font in &draft.theme.font_files {
        (&font.name, &font.bytes).hash(&mut hasher);
    }
    hasher.finish()
}

/// The most kept questions, up to `all`, with which the second page is not too full, and that page; none where it is too
/// full even so.
fn fitting<E>(all: usize, whole: Page, lay_out: impl Fn(usize) -> Result<Page, E>) -> Result<(usize, Page), E> {
    if check::sheet_fits(&whole) || all == 0 {
        return Ok((all, whole));
    }
    let (mut fits, mut too_many) = ((0, lay_out(0)?), all);
    while fits.0 + 1 < too_many {
        let middle = usize::midpoint(fits.0, too_many);
        let page = lay_out(middle)?;
        if check::sheet_fits(&page) {
            fits = (middle, page);
        } else {
            too_many = middle;
        }
    }
    Ok(fits)
}

/// How many lines for notes can be seen in the room that the second page leaves; none where that is but one.
fn lines_in_rest(page: &Page) -> usize {
    let Some(at) = page.boxes.iter().position(|found| found.data.contains_key("rest")) else { return 0 };
    let bottom = page.boxes.get(at).map_or(0.0, |rest| rest.rect.y1);
    let is_line = |found: &&ElementBox| found.parent == Some(at) && found.tag == "i" && found.rect.y1 <= bottom + 0.5;
    let lines = page.boxes.iter().filter(is_line).count();
    if lines < 2 { 0 } else { lines }
}

/// The files of the sheet.
pub(super) fn files(paper: &Paper, draft: &Draft, job: &Job, found: &mut Diagnostics) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    files.extend(page(paper, draft, job, found).map(|html| ("follow-up.html".to_owned(), html.into_bytes())));
    files.extend(pdf("follow-up.pdf", &document(paper), found));
    files
}

/// The text of `follow-up.html`; `None`, and a finding, where it can't be made.
pub(super) fn page(paper: &Paper, draft: &Draft, job: &Job, found: &mut Diagnostics) -> Option<String> {
    match contain(|| html(paper, draft, job, found)) {
        Ok(html) => Some(html),
        Err(why) => {
            let message = format!("`follow-up.html` can't be written: {why}");
            found.push(Diagnostic::new(&code::INTERNAL_ERROR, None, message));
            None
        }
    }
}

fn html(paper: &Paper, draft: &Draft, job: &Job, found: &mut Diagnostics) -> String {
    let images = Images::new(&draft.files);
    let options = options(job, ImageMode::DataUri);
    let passages = RefCell::new(Passages::new(&draft.talk, &draft.theme, &images, &options));
    let passage = |content: &[Inline]| passages.borrow_mut().html(content);
    let Paper { follow_up, kept, lines, .. } = paper;
    let sheet = Sheet { follow_up, passage: &passage, deck: Some(DECK), kept: *kept, lines: *lines };
    let css = &draft.theme.sheet;
    let all_fonts = fonts(&[], &draft.theme, &mut Diagnostics::default());
    let layouter = Layouter::new(&style_of_letters(css), LONG, all_fonts, pictures(&images.all()));
    let letters = layout(&layouter, &sheet.letters(), &paper.follow_up.lang);
    let mut used = Vec::new();
    for font in used_fonts(paper.pages.iter().chain([&letters])) {
        match font {
            Ok(Some(font)) => used.extend(match font.data {
                FontData::Woff2(woff2) => {
                    Some(SheetFont { family: font.family, weight: font.weight, italic: font.italic, woff2 })
                }
                FontData::Path(_) => None,
            }),
            Ok(None) => {}
            Err(reason) => found.push(Diagnostic::new(&code::UNREADABLE_FONT, None, reason)),
        }
    }
    sheet.page(css, &used)
}

fn document(paper: &Paper) -> Document<'_> {
    let follow_up = &paper.follow_up;
    let labels = follow_up.labels();
    let titles = [&labels.recall, &labels.answers];
    let page = |(page, title): (_, &'static String)| DocumentPage {
        page,
        ids: Vec::new(),
        label: None,
        bookmarks: vec![Bookmark { level: 0, title }],
    };
    Document {
        title: &follow_up.title,
        author: follow_up.speakers.first().map(|speaker| speaker.name.as_str()),
        lang: &follow_up.lang,
        subject: Some(&labels.follow_up),
        keywords: &[],
        producer: concat!("Retell ", env!("CARGO_PKG_VERSION")),
        pages: paper.pages.iter().zip(titles).map(page).collect(),
    }
}

fn options(job: &Job, images: ImageMode) -> DeckOptions {
    DeckOptions { images, trust_html: job.trust_html, ..DeckOptions::default() }
}

/// Where the deck is on the network, beside the published self-test; links in a file that is mailed lead nowhere else.
fn published_deck(follow_up: &FollowUp) -> Option<String> {
    let link = follow_up.link.as_deref()?;
    let page = link.split(['?', '#']).next()?;
    let start = page.find("://")? + 3;
    let folder = page.rfind('/').filter(|at| *at >= start).map_or(page, |at| &page[..at]);
    Some(format!("{folder}/{DECK}"))
}
