use serde::Serialize;

use super::figures::{clock, range, signed};
use super::items::{Item, What};
use super::labels::{Words, counted};
use crate::timing::{SheetSection, SheetSlide};

/// What is told of a row of the chart.
#[derive(Serialize)]
pub(super) struct Details {
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
}

/// A label and what it says; parts stand below what they are parts of.
#[derive(Serialize)]
pub(super) struct Row {
    label: String,
    value: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    part: bool,
}

impl Details {
    pub(super) fn of(item: &Item<'_>, words: &Words) -> Self {
        match item.what {
            What::Section(section) => of_section(section, words),
            What::Slide(number, slide) => of_slide(number, slide, words),
        }
    }

    /// All of it in one line, for those who hear the page.
    pub(super) fn line(&self, words: &Words) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| row.line(words)).collect();
        format!("{}{}{}", self.heading, words.colon, rows.join("; "))
    }
}

impl Row {
    fn new(label: &str, value: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into(), part: false }
    }

    fn part(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), part: true }
    }

    fn line(&self, words: &Words) -> String {
        match (self.label.is_empty(), self.value.is_empty()) {
            (true, _) => self.value.clone(),
            (_, true) => self.label.clone(),
            _ => format!("{}{}{}", self.label, words.colon, self.value),
        }
    }
}

/// The details of all rows as JSON that can stand in a script element.
pub(super) fn data(items: &[Item<'_>], words: &Words) -> String {
    let details: Vec<Details> = items.iter().map(|item| Details::of(item, words)).collect();
    // Texts under text keys always serialise.
    serde_json::to_string(&details).unwrap_or_default().replace('<', "\\u003c")
}

fn of_section(section: &SheetSection, words: &Words) -> Details {
    let estimate = section.estimate;
    let mut rows = vec![Row::new(words.estimate, format!("{} ({})", clock(estimate.p50), range(estimate)))];
    if let Some(planned) = section.planned {
        rows.push(Row::new(words.planned, clock(planned)));
        rows.push(Row::new(words.difference, signed(estimate.p50 - planned)));
    }
    rows.extend(section.rehearsed.map(|rehearsed| Row::new(words.rehearsed, clock(rehearsed))));
    Details { heading: section.name.clone(), rows }
}

fn of_slide(number: usize, slide: &SheetSlide, words: &Words) -> Details {
    let title = slide.title.as_deref().unwrap_or(&slide.id);
    let estimate = slide.estimate;
    let mut rows = vec![
        Row::new(words.start, clock(slide.start)),
        Row::new(words.estimate, format!("{} ({})", clock(estimate.p50), range(estimate))),
    ];
    rows.extend(parts(slide, words));
    rows.push(Row::new(words.basis, words.name(slide.basis)));
    if !slide.steps.is_empty() {
        let steps: Vec<String> = slide.steps.iter().map(|step| clock(*step)).collect();
        rows.push(Row::new(words.steps, steps.join(" + ")));
    }
    rows.extend(slide.planned.map(|planned| Row::new(words.planned, clock(planned))));
    rows.extend(slide.rehearsed.map(|rehearsed| Row::new(words.rehearsed, clock(rehearsed))));
    if slide.optional {
        rows.push(Row::new(words.optional, ""));
    }
    rows.extend(slide.flags.iter().map(|flag| Row::new(words.flags, words.name(flag))));
    Details { heading: format!("{number}. {title}"), rows }
}

/// What the estimate of a slide is made of; the parts add up to it.
fn parts(slide: &SheetSlide, words: &Words) -> Vec<Row> {
    if slide.basis == "time" {
        return vec![Row::part(words.own_time, clock(slide.declared))];
    }
    let mut parts = Vec::new();
    if slide.speech > 0.0 {
        let label = format!("{} ({})", words.speech, spoken(slide, words));
        parts.push(Row::part(label, clock(slide.speech)));
    }
    parts.extend(slide.extras.iter().map(|extra| Row::part(words.name(extra.kind), clock(extra.time))));
    if slide.floor >= 0.5 {
        let label = match slide.basis {
            "notes" => words.floor.to_owned(),
            "visible text" => format!("{} ({})", words.guessed, spoken(slide, words)),
            basis => words.name(basis).to_owned(),
        };
        parts.push(Row::part(label, clock(slide.floor)));
    }
    if slide.declared > 0.0 {
        parts.push(Row::part(words.demo, clock(slide.declared)));
    }
    parts
}

/// How much is said, in the units in which it is counted.
pub(super) fn spoken(slide: &SheetSlide, words: &Words) -> String {
    let counts = [(words.character_count, slide.characters), (words.word_count, slide.words)];
    let spoken = counts.iter().filter(|(_, count)| *count > 0).map(|(forms, count)| counted(*forms, *count));
    let spoken: Vec<String> = spoken.collect();
    if spoken.is_empty() { counted(words.word_count, 0) } else { spoken.join(words.comma) }
}

/// The parts in one line, as the table has them.
pub(super) fn made_of(slide: &SheetSlide, words: &Words) -> String {
    let parts: Vec<String> = parts(slide, words).iter().map(|row| format!("{} {}", row.label, row.value)).collect();
    parts.join(words.comma)
}
