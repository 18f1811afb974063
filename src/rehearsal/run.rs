use std::collections::BTreeMap;

use crate::rehearsal::{EventKind, Recording};
use crate::timing::{Lesson, Passage, Unusable, lesson};

/// A slide that stood for longer than this without a click was left alone: coffee, or a laptop asleep. In seconds.
pub(super) const LONGEST_STAY: f64 = 30.0 * 60.0;

/// The longest run that is taken for a talk, in seconds.
pub(super) const LONGEST_RUN: f64 = 6.0 * 3600.0;

/// How a talk went, in seconds; revisits of a slide add up, pauses and questions do not count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// How long each slide took, by its id; slides that never came are not in it.
    pub slides: BTreeMap<String, f64>,
    /// All slides together.
    pub talk: f64,
    /// Time in which the clock was stopped.
    pub pauses: f64,
    /// Time for questions: while one was asked and answered, and on slides that are kept for them.
    pub questions: f64,
    /// What is wrong with the recording.
    pub flaws: Flaws,
}

/// What a recording has that no talk has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flaws {
    /// How often the clock went back; such moments are left out.
    pub jumps: usize,
    /// Seconds in which a slide stood for so long that nobody can have spoken; they are left out.
    pub breaks: f64,
    /// Whether nothing tells that it ended.
    pub has_no_end: bool,
    /// Whether it is longer than any talk.
    pub is_too_long: bool,
}

impl Run {
    /// Goes through what happened.
    #[must_use]
    pub fn of(recording: &Recording) -> Self {
        let mut run = Self::default();
        // A recording that expects nothing of any slide is one that nobody reckoned with.
        let is_reckoned = recording.slides.iter().any(|slide| slide.expectation.expected.is_some());
        let for_questions = |id: &str| {
            let slide = recording.slides.iter().find(|slide| slide.id == id);
            slide.is_some_and(|slide| is_reckoned && slide.expectation.expected.is_none())
        };
        let (mut at, mut here, mut mode) = (0.0_f64, None::<&str>, EventKind::Resume);
        for event in &recording.events {
            let passed = event.at - at;
            if passed.is_finite() && passed >= 0.0 {
                run.pass(passed, here, mode, &for_questions);
                at = event.at;
            } else {
                run.flaws.jumps += 1;
                at = if event.at.is_finite() { event.at } else { at };
            }
            match event.kind {
                EventKind::Enter => here = event.slide.as_deref().or(here),
                EventKind::Step => {}
                EventKind::Answer => mode = EventKind::Resume,
                kind => mode = kind,
            }
        }
        run.flaws.has_no_end = mode != EventKind::End;
        run.flaws.is_too_long = run.talk + run.pauses + run.questions > LONGEST_RUN;
        run
    }

    fn pass(&mut self, seconds: f64, here: Option<&str>, mode: EventKind, for_questions: &dyn Fn(&str) -> bool) {
        match (mode, here) {
            (EventKind::Pause, _) => self.pauses += seconds,
            (EventKind::Question, _) => self.questions += seconds,
            (EventKind::End, _) | (_, None) => {}
            (_, Some(slide)) if for_questions(slide) => self.questions += seconds,
            (_, Some(_)) if seconds > LONGEST_STAY => self.flaws.breaks += seconds,
            (_, Some(slide)) => {
                self.talk += seconds;
                *self.slides.entry(slide.to_owned()).or_default() += seconds;
            }
        }
    }

    /// What the run teaches about the speaker's speed.
    ///
    /// # Errors
    /// Says why it teaches nothing.
    pub fn lesson(&self, recording: &Recording) -> Result<Lesson, Unusable> {
        let passages: Vec<Passage> = recording
            .slides
            .iter()
            .filter_map(|slide| {
                let (expected, actual) = (slide.expectation.expected?, *self.slides.get(&slide.id)?);
                let (speech, other, declared) = (expected.speech, expected.other, expected.declared);
                let is_sane = [speech, other, declared].iter().all(|seconds| (0.0..LONGEST_RUN).contains(seconds));
                is_sane.then_some(Passage { speech, other, declared, actual })
            })
            .collect();
        lesson(&passages, recording.is_live())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::{Event, Expectation, Expected, RecordedSlide};

    fn recording(events: &[(f64, EventKind, &str)]) -> Recording {
        let slide = |id: &str, speech: Option<f64>| RecordedSlide {
            id: id.to_owned(),
            expectation: Expectation {
                key: "0f".to_owned(),
                plan: None,
                expected: speech.map(|speech| Expected { speech, ..Expected::default() }),
            },
        };
        Recording {
            format: crate::rehearsal::FORMAT.to_owned(),
            talk: crate::rehearsal::RecordedTalk::default(),
            lang: "en".to_owned(),
            started: String::new(),
            live: None,
            slides: vec![slide("a", Some(60.0)), slide("b", Some(60.0)), slide("qa", None)],
            events: events
                .iter()
                .map(|(at, kind, slide)| Event {
                    at: *at,
                    kind: *kind,
                    slide: (!slide.is_empty()).then(|| (*slide).to_owned()),
                    step: None,
                })
                .collect(),
        }
    }

    use EventKind::{Answer, End, Enter, Pause, Question, Resume, Step};

    #[test]
    fn revisits_add_up_and_pauses_and_questions_do_not_count() {
        let recording = recording(&[
            (0.0, Enter, "a"),
            (10.0, Step, "a"),
            (20.0, Enter, "b"),
            (30.0, Question, ""),
            (90.0, Answer, ""),
            (100.0, Pause, ""),
            (160.0, Resume, ""),
            (170.0, Enter, "a"),
            (200.0, Enter, "qa"),
            (500.0, End, ""),
        ]);
        let run = Run::of(&recording);
        assert_eq!(run.slides, BTreeMap::from([("a".to_owned(), 50.0), ("b".to_owned(), 30.0)]));
        assert_eq!((run.talk, run.pauses, run.questions), (80.0, 60.0, 360.0));
        assert_eq!(run.flaws, Flaws::default());
        let lesson = run.lesson(&recording).unwrap();
        assert_eq!((lesson.expected, lesson.spoken), (120.0, 80.0));
    }

    #[test]
    fn clock_jumps_breaks_and_a_missing_end_are_told() {
        let run = Run::of(&recording(&[(0.0, Enter, "a"), (50.0, Step, "a"), (20.0, Enter, "b"), (3000.0, Step, "b")]));
        assert_eq!(run.slides, BTreeMap::from([("a".to_owned(), 50.0)]));
        assert_eq!(run.flaws, Flaws { jumps: 1, breaks: 2980.0, has_no_end: true, is_too_long: false });
        let events: Vec<_> = (0..=24_u8).map(|at| (f64::from(at) * 1500.0, Enter, "a")).collect();
        assert!(Run::of(&recording(&events)).flaws.is_too_long, "ten hours");
        let run = Run::of(&recording(&[(f64::NAN, Enter, "a"), (f64::INFINITY, End, "")]));
        assert_eq!((run.talk, run.flaws.jumps), (0.0, 2));
    }
}
