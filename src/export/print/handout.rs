use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::deck::{DeckSlide, Prompt, kept_at_end};
use crate::escape::html as escaped;
use crate::export::print::Paper;
use crate::export::print::labels::label;
use crate::export::print::readers::for_readers;

/// How slides stand on the pages of a handout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// Each slide with its notes below.
    Notes,
    /// Two slides one below the other.
    Two,
    /// Three slides with lines to write on.
    Three,
    /// Four slides, two beside each other.
    Four,
    /// Six slides, two beside each other.
    Six,
    /// Nine slides, three beside each other.
    Nine,
}

impl Arrangement {
    /// Whether the sheet lies on its long side: wide slides then fill it.
    #[must_use]
    pub fn is_landscape(self) -> bool {
        matches!(self, Self::Four | Self::Nine)
    }

    /// How many slides a page has; `None` where that follows from their notes.
    fn slides(self) -> Option<usize> {
        match self {
            Self::Notes => None,
            Self::Two => Some(2),
            Self::Three => Some(3),
            Self::Four => Some(4),
            Self::Six => Some(6),
            Self::Nine => Some(9),
        }
    }
}

/// Slides that share a page, by their first number, from 0, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The first slide.
    pub first: usize,
    /// How many.
    pub count: usize,
}

/// The slides of each page; backup slides never share one with others.
#[must_use]
pub fn groups(slides: &[DeckSlide], arrangement: Arrangement) -> Vec<Group> {
    let most = arrangement.slides().unwrap_or(1);
    let mut groups: Vec<Group> = Vec::new();
    for (index, slide) in slides.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| slides.get(before));
        match groups.last_mut() {
            Some(group) if group.count < most && before.is_some_and(|before| before.backup == slide.backup) => {
                group.count += 1;
            }
            _ => groups.push(Group { first: index, count: 1 }),
        }
    }
    groups
}

impl Paper<'_> {
    /// The columns of a handout with notes, one for each slide; the first begins with the opening. Questions about the talk that
    /// have an answer come before the backup slides, which are for them.
    #[must_use]
    pub fn notes(&self, slides: &[DeckSlide], questions: &[Prompt]) -> Vec<String> {
        let mut columns = self.entries(slides);
        let backup = slides.iter().position(|slide| slide.backup).unwrap_or(slides.len());
        columns.splice(backup..backup, self.answers(slides, questions));
        columns
    }

    fn entries(&self, slides: &[DeckSlide]) -> Vec<String> {
        let entries = slides.iter().enumerate().map(|(index, slide)| {
            let notes = for_readers(&slide.notes);
            let begins_backup = begins_backup(slides, index);
            let mark = if begins_backup { " data-starts-page" } else { "" };
            let mut out = format!("<article class=\"entry handout\" data-flow data-may-part{mark}>\n");
            if index == 0 {
                out.push_str(&self.opening(""));
            }
            if begins_backup {
                let _ = writeln!(out, "<h2 class=\"part\">{}</h2>", label(self.lang, "backup"));
            }
            let _ =
                write!(out, "<div class=\"row-of-slide\" data-keep{}>", if notes.is_empty() { "" } else { "-next" });
            out.push_str(&self.shot(index));
            out.push_str(&self.margin(slides, index));
            out.push_str("</div>\n");
            if notes.is_empty() {
                out.push_str("<div class=\"lines\" data-keep><i></i><i></i><i></i></div>\n");
            } else {
                let _ = writeln!(out, "<div class=\"notes text\" dir=\"auto\">{notes}</div>");
            }
            out.push_str("</article>\n");
            out
        });
        entries.collect()
    }

    /// The column of the questions that have an answer: those of the talk and of its slides. What the speaker has no answer to,
    /// or keeps for the talk, is not told.
    fn answers(&self, slides: &[DeckSlide], questions: &[Prompt]) -> Option<String> {
        let prompts = questions.iter().chain(slides.iter().flat_map(|slide| &slide.questions));
        let answered: Vec<&Prompt> = prompts.filter(|prompt| prompt.answer.is_some()).collect();
        if answered.is_empty() {
            return None;
        }
        let mut out = String::from("<article class=\"entry handout\" data-flow data-may-part>\n");
        let _ = writeln!(out, "<h2 class=\"part\">{}</h2>", label(self.lang, "answers"));
        self.prompts(answered, slides, &mut out);
        out.push_str("</article>\n");
        Some(out)
    }

    /// The column of the terms that the talk explains; none where it explains no term.
    #[must_use]
    pub fn glossary(&self, terms: &BTreeMap<String, String>) -> Vec<String> {
        if terms.is_empty() {
            return Vec::new();
        }
        let mut out = String::from("<article class=\"entry glossary\" data-flow data-may-part>\n");
        let _ = writeln!(out, "<h2 class=\"part\">{}</h2>\n<dl class=\"text\">", label(self.lang, "glossary"));
        for (term, meaning) in terms {
            let (term, meaning) = (escaped(term), kept_at_end(meaning));
            let _ = writeln!(out, "<div data-keep><dt dir=\"auto\">{term}</dt><dd dir=\"auto\">{meaning}</dd></div>");
        }
        out.push_str("</dl>\n</article>\n");
        vec![out]
    }

    /// What stands beside a slide: its number, and its section where that begins.
    fn margin(&self, slides: &[DeckSlide], index: usize) -> String {
        let Some(slide) = slides.get(index) else { return String::new() };
        let mut out = format!("<aside class=\"margin\"><p class=\"number\">{}</p>", index + 1);
        let before = index.checked_sub(1).and_then(|before| slides.get(before));
        let begins = before.is_none_or(|before| before.section != slide.section);
        if let Some(section) = slide.section.as_ref().filter(|_| begins) {
            let _ = write!(out, "<p class=\"section-name\" dir=\"auto\">{}</p>", escaped(section));
        }
        if slide.optional {
            let _ = write!(out, "<p class=\"mark\">{}</p>", label(self.lang, "optional-mark"));
        }
        out.push_str("</aside>");
        out
    }

    /// The content of a page with some slides of a handout.
    #[must_use]
    pub fn group(&self, slides: &[DeckSlide], group: Group, arrangement: Arrangement) -> String {
        let mut out = String::new();
        if begins_backup(slides, group.first) {
            let _ = writeln!(out, "<h2 class=\"part\">{}</h2>", label(self.lang, "backup"));
        }
        let _ = writeln!(out, "<div class=\"grid up-{}\">", arrangement.slides().unwrap_or(1));
        for index in group.first..group.first + group.count {
            let _ = write!(out, "<div class=\"cell\"><p class=\"number\">{}</p>", index + 1);
            let _ = write!(out, "<div class=\"slot\" data-slide=\"{index}\"></div>");
            if arrangement == Arrangement::Three {
                let _ = write!(out, "<div class=\"lines\">{}</div>", "<i></i>".repeat(8));
            }
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
        out
    }
}

/// Whether the backup slides begin with this one.
pub(super) fn begins_backup(slides: &[DeckSlide], index: usize) -> bool {
    let is_backup = |index: usize| slides.get(index).is_some_and(|slide| slide.backup);
    is_backup(index) && !index.checked_sub(1).is_some_and(is_backup)
}
