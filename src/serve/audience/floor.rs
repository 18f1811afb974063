use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::event::{Event, Line, Mark, number};

/// The most questions, muddiest points and results of a day.
pub(super) const MOST: usize = 3_000;

/// The most bytes of all questions that the audience sees: each phone that comes gets them all.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// All questions of a room as they stand now, each with the number of its last change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Floor {
    /// How many changes there were.
    pub(super) change: u64,
    pub(super) questions: BTreeMap<u32, Arc<Question>>,
    /// The one on the screen.
    pub(super) shown: Option<u32>,
    pub(super) muddy: Vec<Arc<Muddy>>,
    /// Whether the three questions at the end of the talk may be answered.
    pub(super) open: bool,
    /// How many have answered them.
    pub(super) results: usize,
    /// The number of the last change that the audience sees.
    pub(super) public: u64,
    /// Whether the talk has questions for its end.
    pub(super) closing: bool,
    /// Whether everybody is shown how to get to the page of the audience.
    pub(super) code: bool,
    /// What decks show, as they are told, and how many changes of that there were.
    pub(super) screen: Arc<str>,
    pub(super) screen_change: u64,
}

/// A question of the audience.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) change: u64,
    pub(super) text: String,
    pub(super) slide: Option<String>,
    pub(super) name: Option<String>,
    pub(super) at: String,
    pub(super) support: u32,
    /// Never [`Mark::Shown`].
    pub(super) mark: Mark,
}

/// What somebody did not understand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Muddy {
    pub(super) change: u64,
    pub(super) text: String,
    pub(super) slide: Option<String>,
}

/// What the file tells: the floor, and who has done what only once.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(super) floor: Floor,
    salt: String,
    supporters: BTreeSet<(u32, String)>,
    lines: BTreeSet<String>,
    next: u32,
    skipped: usize,
}

impl State {
    /// Takes in a line of the file; what makes no sense is skipped.
    pub(super) fn take(&mut self, line: &Line) {
        self.floor.change += 1;
        let change = self.floor.change;
        let known = match &line.event {
            Event::Room { salt, .. } => {
                if self.salt.is_empty() {
                    self.salt.clone_from(salt);
                }
                true
            }
            Event::Ask { id, text, slide, name } => number(id).is_some_and(|number| {
                let (text, slide, name, at) = (text.clone(), slide.clone(), name.clone(), line.at.clone());
                let question = Question { change, text, slide, name, at, support: 0, mark: Mark::Open };
                let is_new = self.floor.questions.len() < MOST && !self.floor.questions.contains_key(&number);
                if is_new {
                    self.next = self.next.max(number);
                    self.floor.questions.insert(number, Arc::new(question));
                }
                is_new
            }),
            Event::Support { id, by } => number(id).is_some_and(|number| self.support(number, by)),
            Event::Mark { id, mark } => number(id).is_some_and(|number| self.floor.mark(number, *mark)),
            Event::Muddy { text, slide } => {
                let (text, slide) = (text.clone(), slide.clone());
                if self.floor.muddy.len() < MOST {
                    self.floor.muddy.push(Arc::new(Muddy { change, text, slide }));
                }
                true
            }
            Event::Round { open } => {
                self.floor.open = *open;
                true
            }
            Event::Result { line } => {
                self.floor.results += usize::from(self.lines.insert(token_of(line).to_owned()));
                true
            }
        };
        self.skipped += usize::from(!known);
        if known && !matches!(line.event, Event::Room { .. } | Event::Muddy { .. } | Event::Result { .. }) {
            self.floor.public = change;
        }
    }

    /// Makes everything news again, later than change `than`: what was told before may not be so.
    pub(super) fn renew(&mut self, than: u64) {
        let floor = &mut self.floor;
        floor.change = floor.change.max(than) + 1;
        floor.public = floor.change;
        for question in floor.questions.values_mut() {
            Arc::make_mut(question).change = floor.change;
        }
    }

    /// Counts a line that can't be read.
    pub(super) fn skip(&mut self) {
        self.skipped += 1;
    }

    /// How many lines said nothing that is understood.
    pub(crate) fn skipped(&self) -> usize {
        self.skipped
    }

    /// How many questions there are.
    pub(crate) fn len(&self) -> usize {
        self.floor.len()
    }

    /// What keeps a browser's hash of this day apart from that of any other; empty before the first start.
    pub(crate) fn salt(&self) -> &str {
        &self.salt
    }

    /// The number of the next question.
    pub(super) fn next(&self) -> u32 {
        self.next + 1
    }

    /// Whether somebody supports a question already.
    pub(super) fn supports(&self, number: u32, by: &str) -> bool {
        self.supporters.contains(&(number, by.to_owned()))
    }

    /// Whether the result of this token is there.
    pub(super) fn has_result(&self, token: &str) -> bool {
        self.lines.contains(token)
    }

    fn support(&mut self, number: u32, by: &str) -> bool {
        let change = self.floor.change;
        let Some(question) = self.floor.questions.get_mut(&number) else { return false };
        // Without a name somebody has written it in by hand, and each counts.
        if !by.is_empty() && !self.supporters.insert((number, by.to_owned())) {
            return false;
        }
        let question = Arc::make_mut(question);
        question.support += 1;
        question.change = change;
        true
    }
}

/// What stands behind the `~` of a result line, the whole line where there is none.
fn token_of(line: &str) -> &str {
    line.rsplit_once('~').map_or(line, |(_, token)| token)
}

impl Floor {
    fn mark(&mut self, number: u32, mark: Mark) -> bool {
        let change = self.change;
        let Some(question) = self.questions.get_mut(&number) else { return false };
        let question = Arc::make_mut(question);
        question.change = change;
        if mark == Mark::Shown {
            self.shown = Some(number);
            // One that is on the screen is no longer hidden, nor put off.
            question.mark = Mark::Open;
            return true;
        }
        question.mark = mark;
        if self.shown == Some(number) {
            self.shown = None;
        }
        true
    }

    /// Whether the audience sees a question.
    pub(super) fn shows(&self, number: u32) -> bool {
        self.questions.get(&number).is_some_and(|question| question.mark != Mark::Hidden)
    }

    /// Whether the questions at the end of the talk may be answered.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// How many questions there are.
    pub(super) fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether the audience can be shown another question of so many bytes. What the speaker hides makes room.
    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        let seen = self.questions.values().filter(|question| question.mark != Mark::Hidden);
        let used: usize = seen.map(|question| question.text.len()).sum();
        self.questions.len() < MOST && used + bytes <= MOST_BYTES
    }

    /// The questions that wait, the most wanted first, then the oldest.
    pub(super) fn waiting(&self) -> Vec<(u32, &Question)> {
        let mut waiting: Vec<(u32, &Question)> = self
            .questions
            .iter()
            .filter(|(_, question)| question.mark == Mark::Open)
            .map(|(number, question)| (*number, question.as_ref()))
            .collect();
        waiting.sort_by_key(|(number, question)| (std::cmp::Reverse(question.support), *number));
        waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(lines: &[&str]) -> State {
        let mut state = State::default();
        for line in lines {
            let text = format!(r#"{{"at":"2026-12-04T15:00:00+08:00",{line}}}"#);
            match serde_json::from_str(&text) {
                Ok(line) => state.take(&line),
                Err(_) => state.skip(),
            }
        }
        state
    }

    fn order(state: &State) -> Vec<(u32, u32)> {
        state.floor.waiting().into_iter().map(|(number, question)| (number, question.support)).collect()
    }

    const THREE: [&str; 3] = [
        r#""event":"ask","id":"q1","text":"a""#,
        r#""event":"ask","id":"q2","text":"b","slide":"two","name":"Lin""#,
        r#""event":"ask","id":"q3","text":"c""#,
    ];

    #[test]
    fn what_is_wanted_most_comes_first_then_what_is_older() {
        let more = [
            r#""event":"support","id":"q3","by":"aa""#,
            r#""event":"support","id":"q3","by":"aa""#,
            r#""event":"support","id":"q3","by":"bb""#,
            r#""event":"support","id":"q2","by":"aa""#,
            r#""event":"support","id":"q9","by":"aa""#,
        ];
        let state = state(&[&THREE[..], &more[..]].concat());
        assert_eq!(order(&state), [(3, 2), (2, 1), (1, 0)]);
        assert_eq!((state.next(), state.skipped()), (4, 2), "twice the same, and an unknown one");
    }

    #[test]
    fn a_mark_takes_a_question_off_the_screen_and_another_one_takes_its_place() {
        let shown = |more: &[&str]| state(&[&THREE[..], more].concat()).floor.shown;
        let show = |id: &str| format!(r#""event":"mark","id":"{id}","as":"shown""#);
        assert_eq!(shown(&[&show("q1"), &show("q2")]), Some(2));
        for mark in ["open", "answered", "later", "hidden"] {
            let mark = format!(r#""event":"mark","id":"q2","as":"{mark}""#);
            assert_eq!(shown(&[&show("q2"), &mark]), None);
            assert_eq!(shown(&[&show("q1"), &mark]), Some(1));
        }
    }

    #[test]
    fn lines_of_another_hand_are_skipped_and_counted() {
        let odd = [
            r#""event":"applause""#,
            r#""event":"ask","id":"q1","text":"again""#,
            r#""event":"ask","id":"x","text":"no number""#,
            r#""event":"ask","text":"no id""#,
            r#""event":"mark","id":"q1","as":"burnt""#,
            r#""event":"mark","id":"q7","as":"open""#,
        ];
        let state = state(&[&THREE[..], &odd[..]].concat());
        assert_eq!((state.floor.len(), state.skipped()), (3, 6));
    }

    #[test]
    fn what_is_hidden_makes_room() {
        let long = "x".repeat(MOST_BYTES / 2);
        let ask = |id: &str| format!(r#""event":"ask","id":"{id}","text":"{long}""#);
        let hide = r#""event":"mark","id":"q1","as":"hidden""#;
        assert!(state(&[&ask("q1")]).floor.has_room_for(MOST_BYTES / 2));
        assert!(!state(&[&ask("q1"), &ask("q2")]).floor.has_room_for(1));
        assert!(state(&[&ask("q1"), &ask("q2"), hide]).floor.has_room_for(1));
    }

    #[test]
    fn a_token_has_one_result() {
        let state = state(&[
            r#""event":"result","line":"RT1 t d0 a=2 ~x7Qk""#,
            r#""event":"result","line":"RT1 t d0 a=0 ~x7Qk""#,
            r#""event":"result","line":"RT1 t d0 a=0 ~y8Rl""#,
        ]);
        assert_eq!(state.floor.results, 2);
        assert!(state.has_result("x7Qk") && !state.has_result("zzzz"));
    }
}
