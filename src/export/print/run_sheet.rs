use std::fmt::Write as _;

use crate::deck::{DeckSlide, Prompt};
use crate::escape::html as escaped;
use crate::export::print::Paper;
use crate::export::print::handout::begins_backup;
use crate::export::print::labels::{filled, label};

/// What time there is; all in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// The whole slot, what is for speaking, and what is for questions; `None` when the talk does not say how long it is.
    pub budget: Option<[f64; 3]>,
    /// What the talk is estimated to take.
    pub estimate: f64,
    /// What each slide has, in their order; backup slides have nothing.
    pub slides: Vec<AgendaSlide>,
    /// What each section has, in their order.
    pub sections: Vec<AgendaSection>,
}

/// What time a slide has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AgendaSlide {
    /// When it starts, from the first word.
    pub start: f64,
    /// What it takes.
    pub time: f64,
}

/// A section and what time it has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgendaSection {
    /// The number of its first slide, from 0.
    pub first: usize,
    /// Its name.
    pub name: String,
    /// When it starts, from the first word.
    pub start: f64,
    /// What it takes.
    pub time: f64,
}

impl Paper<'_> {
    /// The columns of a run sheet: one for each slide, the first with the opening and the times, then the questions to expect, and the
    /// slides that are kept for them.
    #[must_use]
    pub fn run_sheet(&self, slides: &[DeckSlide], questions: &[Prompt], agenda: &Agenda) -> Vec<String> {
        let backup = (0..slides.len()).find(|index| begins_backup(slides, *index)).unwrap_or(slides.len());
        let mut columns: Vec<String> = (0..backup).map(|index| self.cue_sheet(slides, index, agenda)).collect();
        if !questions.is_empty() {
            let mut out = String::from("<article class=\"entry run-sheet\" data-flow data-may-part>\n");
            let _ = writeln!(out, "<h2 class=\"part\">{}</h2>", label(self.lang, "questions"));
            self.prompts(questions, slides, &mut out);
            out.push_str("</article>\n");
            columns.push(out);
        }
        // Backup slides are for those questions.
        columns.extend((backup..slides.len()).map(|index| self.cue_sheet(slides, index, agenda)));
        columns
    }

    /// The slot and its parts.
    fn times(&self, agenda: &Agenda) -> String {
        let mut parts = Vec::new();
        let mut part = |key, seconds: f64| {
            parts.push(format!("<span class=\"time\">{} <b>{}</b></span>", label(self.lang, key), clock(seconds)));
        };
        if let Some([slot, speaking, questions]) = agenda.budget {
            part("slot", slot);
            part("speaking", speaking);
            part("questions-time", questions);
        }
        part("talk", agenda.estimate);
        format!("<p class=\"times\">{}</p>\n", parts.join(" "))
    }

    /// The column of a slide.
    fn cue_sheet(&self, slides: &[DeckSlide], index: usize, agenda: &Agenda) -> String {
        let Some(slide) = slides.get(index) else { return String::new() };
        let starts = begins_backup(slides, index);
        let mut out =
            format!("<article class=\"entry run-sheet\" data-flow{}>\n", if starts { " data-starts-page" } else { "" });
        if index == 0 {
            out.push_str(&self.opening(&self.times(agenda)));
        }
        if starts {
            let _ = writeln!(out, "<h2 class=\"part\">{}</h2>", label(self.lang, "backup"));
        }
        if let Some(section) = agenda.sections.iter().find(|section| section.first == index) {
            let (start, time) = (clock(section.start), clock(section.time));
            let _ = writeln!(
                out,
                "<h2 class=\"section-row\"><span dir=\"auto\">{}</span><span class=\"section-plan\">{start}–{} · {time}</span></h2>",
                escaped(&section.name),
                clock(section.start + section.time),
            );
        }
        out.push_str("<div class=\"cue-sheet\">\n<aside class=\"side\" data-keep>");
        out.push_str(&self.shot(index));
        if let Some(times) = agenda.slides.get(index).filter(|_| !slide.backup) {
            let _ = write!(
                out,
                "<p class=\"clock\"><b>{}</b><span class=\"takes\">{}</span></p>",
                clock(times.start),
                clock(times.time)
            );
        }
        for (set, key) in [(slide.optional, "optional-mark"), (slide.backup, "backup-mark")] {
            if set {
                let _ = write!(out, "<p><span class=\"mark\">{}</span></p>", label(self.lang, key));
            }
        }
        let title = slide.title.as_deref().unwrap_or(&slide.id);
        let _ = writeln!(
            out,
            "</aside>\n<div class=\"said\"><h3 dir=\"auto\"><span class=\"number\">{}</span>{}</h3>",
            index + 1,
            escaped(title)
        );
        if slide.notes.is_empty() {
            let _ = writeln!(out, "<p class=\"none\">{}</p>", label(self.lang, "no-notes"));
        } else {
            let _ = writeln!(out, "<div class=\"notes text\" dir=\"auto\">{}</div>", slide.notes);
        }
        self.prompts(&slide.questions, slides, &mut out);
        out.push_str("</div>\n</div>\n</article>\n");
        out
    }

    /// Prepared questions with their answers.
    pub(super) fn prompts<'q>(
        &self,
        prompts: impl IntoIterator<Item = &'q Prompt>,
        slides: &[DeckSlide],
        out: &mut String,
    ) {
        for prompt in prompts {
            let _ = writeln!(out, "<div class=\"asked text\">\n<h4 class=\"ask\" dir=\"auto\">{}</h4>", prompt.ask);
            let place = prompt.slide.as_ref().and_then(|id| slides.iter().position(|slide| slide.id == *id));
            if let Some(answer) = &prompt.answer {
                let keep = if place.is_some() { " data-keep-next" } else { "" };
                let _ = writeln!(out, "<p class=\"answer\" dir=\"auto\"{keep}>{answer}</p>");
            }
            if let Some(number) = place {
                let see = filled(self.lang, "see", &(number + 1).to_string());
                let _ = writeln!(out, "<p class=\"see\"><a href=\"#{}\">{see}</a></p>", escaped(&slides[number].id));
            }
            out.push_str("</div>\n");
        }
    }
}

/// Seconds as minutes and seconds, or hours, minutes and seconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a talk's length")]
fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
