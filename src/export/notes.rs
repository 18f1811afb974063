//! The speaker's notes as one Markdown file, to read on paper or on another screen.
//!
//! In: a [`Talk`]. Out: the text of `notes.md`.

use std::fmt::Write as _;

use crate::escape::markdown as escaped;
use crate::talk::{Inline, KeptQuestion, Question, Slide, Talk, plain_text};

/// The notes of every slide that is shown, in order, with the prepared questions; then what the audience has asked.
#[must_use]
pub fn notes(talk: &Talk) -> String {
    let mut out = format!("# {}\n", line(&talk.meta.title));
    if let Some(subtitle) = &talk.meta.subtitle {
        let _ = write!(out, "\n{}\n", line(subtitle));
    }
    let speakers: Vec<&str> = talk.meta.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let facts = [Some(speakers.join(", ")), talk.meta.date.map(|date| date.to_string())];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        let _ = write!(out, "\n{}\n", line(&facts.join(" · ")));
    }
    for (index, slide) in talk.shown_slides().enumerate() {
        slide_notes(slide, index + 1, &mut out);
    }
    let kept = talk.kept_questions();
    if !talk.meta.questions.is_empty() || !kept.is_empty() {
        out.push_str("\n## Q&A\n");
        talk.meta.questions.iter().for_each(|question| push_question(question, &mut out));
        for kept in kept {
            push_kept(kept, &mut out);
        }
    }
    out
}

fn slide_notes(slide: &Slide, number: usize, out: &mut String) {
    if let Some(section) = &slide.section {
        let _ = write!(out, "\n---\n\n**{}**", line(&section.name));
        if let Some(budget) = section.budget {
            let _ = write!(out, " ({} min)", budget.as_secs().div_ceil(60));
        }
        out.push('\n');
    }
    let title = slide.title.as_deref().unwrap_or(&slide.id);
    let _ = write!(out, "\n## {number}. {}\n", line(title));
    let marks = [(slide.optional, "optional"), (slide.backup, "backup")];
    let marks: Vec<&str> = marks.into_iter().filter(|(set, _)| *set).map(|(_, mark)| mark).collect();
    if !marks.is_empty() {
        let _ = write!(out, "\n*{}*\n", marks.join(", "));
    }
    for note in &slide.notes {
        let _ = write!(out, "\n{}\n", note.markdown.trim());
    }
    slide.questions.iter().for_each(|question| push_question(question, out));
}

fn push_question(question: &Question, out: &mut String) {
    let _ = write!(out, "\n> **Q** {}\n", line(&plain_text(&question.ask)));
    push_answer(question.answer.as_deref(), out);
}

/// A question in the words of somebody else, in which nothing is a mark.
fn push_kept(kept: &KeptQuestion, out: &mut String) {
    let _ = write!(out, "\n> **Q** {} *(asked by the audience", escaped(&line(&kept.ask)));
    if let Some(name) = &kept.by {
        let _ = write!(out, ", {}", escaped(&line(name)));
    }
    if kept.support > 0 {
        let _ = write!(out, ", +{}", kept.support);
    }
    out.push_str(")*\n");
    push_answer(kept.answer.as_deref(), out);
}

fn push_answer(answer: Option<&[Inline]>, out: &mut String) {
    if let Some(answer) = answer {
        let _ = write!(out, ">\n> **A** {}\n", line(&plain_text(answer)));
    }
}

/// `text` on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
