//! The record of a rehearsal or talk: what was shown when, in seconds from its start.
//!
//! It begins when the talk does, with the clock or on leaving the first slide.

use super::message::{Mode, Place};
use crate::rehearsal::{Event, EventKind, FORMAT, MAX_EVENTS, RecordedSlide, RecordedTalk, Recording};

/// What is known of a talk before it is held.
#[derive(Clone, Debug, Default)]
pub(super) struct Planned {
    pub(super) talk: RecordedTalk,
    pub(super) lang: String,
    /// The slides in their order.
    pub(super) slides: Vec<RecordedSlide>,
}

/// Follows a talk and tells what happened.
#[derive(Debug)]
pub(super) struct Course {
    place: Option<(String, u32, Mode)>,
    events: Vec<Event>,
    /// Off, nothing is told.
    on: bool,
}

impl Course {
    pub(super) fn new() -> Self {
        Self { place: None, events: Vec::new(), on: true }
    }

    /// Takes in where the talk stands, `at` seconds after its start.
    pub(super) fn follow(&mut self, place: &Place, at: f64) {
        let (slide, step) = (place.slide.as_str(), place.step);
        let mode = place.clock.as_ref().map_or(Mode::Talk, |clock| clock.mode);
        let before = self.place.replace((slide.to_owned(), step, mode));
        let (old_slide, old_step, old_mode) =
            before.as_ref().map_or(("", 0, Mode::Idle), |(slide, step, mode)| (slide.as_str(), *step, *mode));
        if old_mode == Mode::Question && mode != Mode::Question {
            self.push(at, EventKind::Answer, None, None);
        }
        if old_slide != slide {
            self.push(at, EventKind::Enter, Some(slide), (step > 0).then_some(step));
        } else if old_step != step {
            self.push(at, EventKind::Step, Some(slide), Some(step));
        }
        match (old_mode, mode) {
            (_, Mode::Question) if old_mode != Mode::Question => self.push(at, EventKind::Question, None, None),
            (_, Mode::Paused) if old_mode != Mode::Paused => self.push(at, EventKind::Pause, None, None),
            (Mode::Paused, Mode::Talk) => self.push(at, EventKind::Resume, None, None),
            _ => {}
        }
    }

    /// Switches the record on or off; what was not told meanwhile counts as a pause.
    pub(super) fn switch(&mut self, on: bool, at: f64) {
        if on == self.on {
            return;
        }
        if !self.events.is_empty() && !on {
            self.push(at, EventKind::Pause, None, None);
        }
        self.on = on;
        if let Some((slide, step, mode)) = self.place.clone().filter(|_| on) {
            self.push(at, EventKind::Enter, Some(&slide), (step > 0).then_some(step));
            match mode {
                Mode::Question => self.push(at, EventKind::Question, None, None),
                Mode::Paused => self.push(at, EventKind::Pause, None, None),
                Mode::Talk if self.events.len() > 1 => self.push(at, EventKind::Resume, None, None),
                Mode::Talk | Mode::Idle => {}
            }
        }
    }

    /// The talk is over.
    pub(super) fn end(&mut self, at: f64) {
        if !self.events.is_empty() {
            self.on = true;
            self.push(at, EventKind::End, None, None);
        }
    }

    /// The recording; `None` as long as there is nothing to tell.
    pub(super) fn recording(&self, planned: &Planned, started: &str) -> Option<Recording> {
        (!self.events.is_empty()).then(|| Recording {
            format: FORMAT.to_owned(),
            talk: planned.talk.clone(),
            lang: planned.lang.clone(),
            started: started.to_owned(),
            live: None,
            slides: planned.slides.clone(),
            events: self.events.clone(),
        })
    }

    fn push(&mut self, at: f64, kind: EventKind, slide: Option<&str>, step: Option<u32>) {
        if self.on && self.events.len() < MAX_EVENTS {
            self.events.push(Event { at, kind, slide: slide.map(str::to_owned), step });
        }
    }
}

/// Whether a talk that stands there has begun.
pub(super) fn has_begun(place: &Place, first: Option<&str>) -> bool {
    place.clock.as_ref().is_some_and(|clock| clock.mode != Mode::Idle) || first != Some(place.slide.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::serve::room::message::{Clock, Cover};

    fn place(slide: &str, step: u32, mode: Mode) -> Place {
        let clock = Clock { mode, back: Mode::Talk, since: 0, talk: 0, questions: 0, slides: BTreeMap::new() };
        Place { slide: slide.to_owned(), step, cover: Cover::None, clock: Some(clock) }
    }

    fn course(places: &[(&str, u32, Mode)]) -> Vec<String> {
        let mut course = Course::new();
        for (slide, step, mode) in places {
            course.follow(&place(slide, *step, *mode), 0.0);
        }
        let told = |event: &Event| {
            let slide = event.slide.as_deref().map(|slide| format!(" {slide}")).unwrap_or_default();
            let step = event.step.map(|step| format!(" {step}")).unwrap_or_default();
            format!("{:?}{slide}{step}", event.kind).to_lowercase()
        };
        course.events.iter().map(told).collect()
    }

    #[test]
    fn events_tell_slides_steps_pauses_and_questions() {
        use Mode::{Paused, Question, Talk};
        let told = course(&[
            ("one", 0, Talk),
            ("one", 1, Talk),
            ("one", 1, Talk),
            ("two", 0, Question),
            ("two", 0, Talk),
            ("two", 0, Paused),
            ("two", 0, Question),
            ("two", 0, Paused),
            ("one", 2, Talk),
        ]);
        let expected = [
            "enter one",
            "step one 1",
            "enter two",
            "question",
            "answer",
            "pause",
            "question",
            "answer",
            "pause",
            "enter one 2",
            "resume",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn switched_off_it_tells_nothing_and_goes_on_where_the_talk_is() {
        let mut course = Course::new();
        course.follow(&place("one", 0, Mode::Talk), 0.0);
        course.switch(false, 1.0);
        course.follow(&place("two", 0, Mode::Talk), 2.0);
        course.switch(false, 3.0);
        course.switch(true, 4.0);
        course.end(5.0);
        let told: Vec<_> = course.events.iter().map(|event| (event.at, event.kind)).collect();
        assert_eq!(
            told,
            [
                (0.0, EventKind::Enter),
                (1.0, EventKind::Pause),
                (4.0, EventKind::Enter),
                (4.0, EventKind::Resume),
                (5.0, EventKind::End)
            ]
        );
    }
}
