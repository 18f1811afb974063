//! What only the speaker sees: notes with their cues, and prepared questions with their answers.

use std::fmt::Write as _;

use crate::deck::Prompt;
use crate::deck::writer::Writer;
use crate::escape::html as escaped;
use crate::talk::{Inline, Question};

impl Writer<'_> {
    /// The slide's notes, one below the other.
    pub(super) fn notes(&mut self) -> String {
        self.clicks = Some(0);
        let slide = self.slide;
        let html = self.apart(|writer| {
            for note in &slide.notes {
                writer.blocks(&note.blocks);
            }
        });
        self.clicks = None;
        self.finished(&html)
    }

    /// Questions with their answers.
    pub(super) fn prompts<'q>(&mut self, questions: impl Iterator<Item = &'q Question>) -> Vec<Prompt> {
        questions
            .map(|question| {
                let ask = self.passage(&question.ask);
                let answer = question.answer.as_ref().map(|answer| self.passage(answer));
                Prompt { ask, answer, slide: question.slide.clone(), from_audience: false }
            })
            .collect()
    }

    /// Running text by itself.
    pub(super) fn passage(&mut self, content: &[Inline]) -> String {
        let html = self.apart(|writer| writer.paragraph(content));
        self.finished(&html)
    }

    fn finished(&mut self, html: &str) -> String {
        let clean = self.sanitized(html);
        self.filled(&clean)
    }

    /// Text of a note: words in brackets are cues; `[ ]` and `[x]` are boxes of a list.
    pub(super) fn text_with_cues(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, inside, after)) = next_cue(rest) {
            self.running_text(before);
            let mut cue = String::from("<span class=\"cue\"");
            if let (true, Some(clicks)) = (inside.trim().eq_ignore_ascii_case("click"), &mut self.clicks) {
                *clicks += 1;
                let _ = write!(cue, " data-click=\"{clicks}\"");
            }
            let _ = write!(cue, ">[{}]</span>", escaped(inside));
            self.trust(cue);
            rest = after;
        }
        self.running_text(rest);
    }
}

/// What stands before, in and behind the next brackets that hold words.
fn next_cue(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('[') {
        let open = from + at;
        let close = open + 1 + text[open + 1..].find(['[', ']'])?;
        let inside = &text[open + 1..close];
        if text[close..].starts_with(']') && !matches!(inside.trim(), "" | "x" | "X") {
            return Some((&text[..open], inside, &text[close + 1..]));
        }
        from = close + usize::from(text[close..].starts_with(']'));
    }
    None
}
