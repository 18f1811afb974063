use crate::timing::{Sheet, SheetSection, SheetSlide};

/// A row of the chart: a section or a slide, and from when to when it goes, in seconds from the first word.
pub(super) struct Item<'a> {
    pub(super) what: What<'a>,
    pub(super) estimate: Stretch,
    pub(super) planned: Option<Stretch>,
    pub(super) rehearsed: Option<Stretch>,
}

/// What a row is about.
pub(super) enum What<'a> {
    Section(&'a SheetSection),
    /// A slide and its number.
    Slide(usize, &'a SheetSlide),
}

/// From when to when something goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Stretch {
    fn new(start: f64, length: f64) -> Self {
        Self { start, end: start + length }
    }
}

/// The rows: each section before its slides.
pub(super) fn items(sheet: &Sheet) -> Vec<Item<'_>> {
    let mut items = Vec::with_capacity(sheet.slides.len() + sheet.sections.len());
    let mut sections = sheet.sections.iter();
    let (mut planned, mut rehearsed) = (0.0, 0.0);
    for (index, slide) in sheet.slides.iter().enumerate() {
        if let Some(section) = slide.section.as_ref().and_then(|_| sections.next()) {
            // Without a slot only sections are planned, each by itself.
            let planned = if slide.planned.is_some() { planned } else { slide.start };
            items.push(Item {
                what: What::Section(section),
                estimate: Stretch::new(slide.start, section.estimate.p50),
                planned: section.planned.map(|length| Stretch::new(planned, length)),
                rehearsed: section.rehearsed.map(|length| Stretch::new(rehearsed, length)),
            });
        }
        items.push(Item {
            what: What::Slide(index + 1, slide),
            estimate: Stretch::new(slide.start, slide.estimate.p50),
            planned: slide.planned.map(|length| Stretch::new(planned, length)),
            rehearsed: slide.rehearsed.map(|length| Stretch::new(rehearsed, length)),
        });
        planned += slide.planned.unwrap_or(0.0);
        rehearsed += slide.rehearsed.unwrap_or(0.0);
    }
    items
}
