//! The one place where a talk stands: what its windows say is taken in here, and everybody else is told from here.
//!
//! There is no queue: a window that reads slowly misses what has been overtaken meanwhile and gets the latest, so that
//! its memory stays the same however slow it is, and a late one gets all that holds at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::Instant;
use warp::ws;

use super::message::{Ink, Message, Place, Pointer, Slides, Told, Version, read};
use super::recorder::Recorder;
use crate::serve::audience::{Clerk, Floor};

/// Who reads: one that may drive the talk, one that follows, or one that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Speaker,
    Viewer,
    Attendee,
}

/// The number of a connection.
pub(super) type Seat = u64;

/// Where a talk stands, and who said so.
#[derive(Clone, Debug)]
struct Standing {
    version: Version,
    place: Place,
    by: Seat,
    /// The same for viewers, who get no clock.
    for_viewers: ws::Message,
}

/// Something said, with the number of its change.
#[derive(Clone, Debug)]
struct Said {
    change: u64,
    by: Seat,
    message: ws::Message,
}

/// All that holds now.
#[derive(Clone, Debug, Default)]
pub(super) struct Board {
    change: u64,
    standing: Option<(u64, Arc<Standing>)>,
    pointer: Option<Said>,
    ink: BTreeMap<Arc<str>, Said>,
}

/// What a room knows and does for all its connections.
pub(super) struct Hub {
    board: watch::Sender<Board>,
    viewers: watch::Sender<usize>,
    slides: Slides,
    recorder: Option<Recorder>,
    clerk: Option<Arc<Clerk>>,
    started: Instant,
}

impl Hub {
    /// `viewers` counts who follows; whatever is sent there is told to the speaker anew.
    pub(super) fn new(slides: Slides, recorder: Option<Recorder>, viewers: watch::Sender<usize>) -> Self {
        let board = watch::Sender::new(Board::default());
        Self { board, viewers, slides, recorder, clerk: None, started: Instant::now() }
    }

    /// The same with a clerk, whose news are told to all.
    pub(super) fn with_clerk(self, clerk: Option<Arc<Clerk>>) -> Self {
        Self { clerk, ..self }
    }

    /// A reader of the board, which begins with all that holds.
    pub(super) fn reader(&self, seat: Seat, role: Role) -> Reader {
        let floor =
            self.clerk.as_ref().map(|clerk| Questions { floor: clerk.floor(), day: clerk.day(), seen: 0, screen: 0 });
        Reader { board: self.board.subscribe(), viewers: self.viewers.subscribe(), floor, seat, role, seen: 0 }
    }

    /// Counts a viewer who came or left.
    pub(super) fn count_viewer(&self, comes: bool) {
        self.viewers.send_modify(|viewers| {
            *viewers = if comes { *viewers + 1 } else { viewers.saturating_sub(1) };
        });
    }

    /// Takes in what a driving window says; gives what is to be answered to it alone.
    pub(super) fn hear(&self, text: &str, seat: Seat) -> Option<String> {
        match read(text, &self.slides, self.now())? {
            Message::Hello => return Some(self.welcome()),
            Message::State(version, place) => self.adopt(version, place, seat),
            Message::Pointer(at) => self.point(at, seat),
            Message::Recording(on) => {
                if let Some(recorder) = &self.recorder {
                    recorder.switch(on);
                }
                // All windows of the speaker are told anew.
                self.viewers.send_modify(|_| {});
            }
            Message::Ink(ink) => self.draw(&ink, seat),
        }
        None
    }

    /// What a window that drives is told when it asks: the room, and where the talk stands.
    pub(super) fn welcome(&self) -> String {
        let standing = self.board.borrow().standing.as_ref().map(|(_, standing)| Arc::clone(standing));
        // A room that knows nothing, such as one started anew, asks back.
        standing.map_or_else(|| Told::of("hello").text(), |standing| self.standing_text(&standing))
    }

    /// What a viewer is answered: where the talk stands when it asks, nothing to all else.
    pub(super) fn hear_viewer(&self, text: &str) -> Option<ws::Message> {
        if read(text, &self.slides, 0) != Some(Message::Hello) {
            return None;
        }
        let standing = self.board.borrow().standing.as_ref().map(|(_, standing)| standing.for_viewers.clone());
        // An answer all the same: the window wants to know whether somebody is there.
        Some(standing.unwrap_or_else(|| ws::Message::text(Told::of("room").text())))
    }

    /// How many watch, and whether the talk is being recorded.
    pub(super) fn status(&self, viewers: usize) -> String {
        let recording = self.recorder.as_ref().is_some_and(Recorder::records);
        Told { viewers: Some(viewers), recording: Some(recording), ..Told::of("room") }.text()
    }

    /// Who writes the record, if it is written.
    pub(super) fn recorder(&self) -> Option<&Recorder> {
        self.recorder.as_ref()
    }

    fn standing_text(&self, standing: &Standing) -> String {
        let now = standing.place.clock.is_some().then(|| self.now());
        let told = Told { now, version: Some(&standing.version), state: Some(&standing.place), ..Told::of("state") };
        told.text()
    }

    fn adopt(&self, version: Version, place: Place, by: Seat) {
        let bare = Place { clock: None, ..place.clone() };
        let told = Told { version: Some(&version), state: Some(&bare), ..Told::of("state") };
        let for_viewers = ws::Message::text(told.text());
        let standing = Arc::new(Standing { version, place, by, for_viewers });
        let mut moves = false;
        self.board.send_if_modified(|board| {
            if board.standing.as_ref().is_some_and(|(_, known)| known.version >= standing.version) {
                return false;
            }
            moves = board.standing.as_ref().is_some_and(|(_, known)| !known.place.is_where(&standing.place));
            board.change += 1;
            board.standing = Some((board.change, Arc::clone(&standing)));
            // Within the lock, so that the record has them in their order.
            if let Some(recorder) = &self.recorder {
                recorder.note(standing.place.clone());
            }
            true
        });
        // Whichever window took the step, and whether or not it knew of the question.
        if let (true, Some(clerk)) = (moves, &self.clerk) {
            clerk.clear_screen();
        }
    }

    fn draw(&self, ink: &Ink, by: Seat) {
        let text = Told { ink: Some(ink), ..Told::of("ink") }.text();
        let slide: Arc<str> = ink.slide.as_str().into();
        self.say(by, text, |board, said| {
            board.ink.insert(slide, said);
        });
    }

    fn point(&self, at: Option<[f64; 2]>, by: Seat) {
        let text = Told { pointer: Some(Pointer { at }), ..Told::of("pointer") }.text();
        self.say(by, text, |board, said| {
            board.pointer = Some(said);
        });
    }

    fn say(&self, by: Seat, text: String, put: impl FnOnce(&mut Board, Said)) {
        let message = ws::Message::text(text);
        self.board.send_modify(|board| {
            board.change += 1;
            let said = Said { change: board.change, by, message };
            put(board, said);
        });
    }

    /// Milliseconds of this server's own clock.
    fn now(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

/// One connection's view of the board: what it has not been told yet.
pub(super) struct Reader {
    board: watch::Receiver<Board>,
    viewers: watch::Receiver<usize>,
    floor: Option<Questions>,
    seat: Seat,
    role: Role,
    /// The last change that it was told of.
    seen: u64,
}

/// What one connection has been told of the audience's questions.
struct Questions {
    floor: watch::Receiver<Arc<Floor>>,
    day: String,
    /// The last changes that it was told of: of the floor, and of what decks show.
    seen: u64,
    screen: u64,
}

impl Questions {
    fn unseen(&mut self, role: Role) -> Vec<ws::Message> {
        let floor = Arc::clone(&self.floor.borrow_and_update());
        let told = match role {
            Role::Attendee => [floor.for_audience(&mut self.seen, &self.day), None],
            Role::Viewer => [floor.for_screen(&mut self.screen), None],
            Role::Speaker => [floor.for_speaker(&mut self.seen), floor.for_screen(&mut self.screen)],
        };
        told.into_iter().flatten().map(ws::Message::text).collect()
    }

    /// Waits for a change of the floor; for ever where there is none.
    async fn changed(questions: &mut Option<Self>) -> Option<()> {
        match questions {
            Some(questions) => questions.floor.changed().await.ok(),
            None => std::future::pending().await,
        }
    }
}

impl Reader {
    /// All that holds at the start.
    pub(super) fn first(&mut self, hub: &Hub) -> Vec<ws::Message> {
        let mut messages = self.unseen(hub);
        messages.extend(self.floor.as_mut().map(|floor| floor.unseen(self.role)).unwrap_or_default());
        if self.role == Role::Speaker {
            let viewers = *self.viewers.borrow_and_update();
            messages.push(ws::Message::text(hub.status(viewers)));
            // A window that knows more than a room started anew tells it.
            if hub.board.borrow().standing.is_none() {
                messages.push(ws::Message::text(Told::of("hello").text()));
            }
        }
        messages
    }

    /// Waits for news and gives them; `None` when there will be none any more.
    pub(super) async fn news(&mut self, hub: &Hub) -> Option<Vec<ws::Message>> {
        tokio::select! {
            changed = self.board.changed() => changed.ok().map(|()| self.unseen(hub)),
            changed = Questions::changed(&mut self.floor) => {
                changed?;
                self.floor.as_mut().map(|floor| floor.unseen(self.role))
            }
            changed = self.viewers.changed(), if self.role == Role::Speaker => {
                changed.ok()?;
                let viewers = *self.viewers.borrow_and_update();
                Some(vec![ws::Message::text(hub.status(viewers))])
            }
        }
    }

    fn unseen(&mut self, hub: &Hub) -> Vec<ws::Message> {
        let board = self.board.borrow_and_update();
        let (seen, seat) = (self.seen, self.seat);
        let is_new = |change: u64, by: Seat| change > seen && by != seat;
        let mut messages = Vec::new();
        if let Some((change, standing)) = &board.standing
            && is_new(*change, standing.by)
        {
            messages.push(match self.role {
                Role::Viewer | Role::Attendee => standing.for_viewers.clone(),
                Role::Speaker => ws::Message::text(hub.standing_text(standing)),
            });
        }
        // Who asks sees no slide to draw or point on.
        let said = board.ink.values().chain(&board.pointer).filter(|_| self.role != Role::Attendee);
        messages.extend(said.filter(|said| is_new(said.change, said.by)).map(|said| said.message.clone()));
        self.seen = board.change;
        messages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hub() -> Hub {
        Hub::new(["one", "two"].map(|id| (id.to_owned(), 2)).into(), None, watch::Sender::new(0))
    }

    fn state(number: u64, slide: &str) -> String {
        format!(
            r#"{{"retell":1,"kind":"state","from":"a","now":0,"version":[{number},"a"],"state":{{"slide":"{slide}","step":0,
            "clock":{{"mode":"talk","back":"talk","since":0,"talk":5,"questions":0,"slides":{{}}}}}}}}"#
        )
    }

    fn texts(messages: &[ws::Message]) -> Vec<&str> {
        messages.iter().map(|message| message.to_str().unwrap()).collect()
    }

    #[test]
    fn a_late_viewer_gets_the_latest_state_without_a_clock() {
        let hub = hub();
        hub.hear(&state(1, "one"), 7);
        hub.hear(&state(3, "two"), 7);
        hub.hear(&state(2, "one"), 8);
        let mut viewer = hub.reader(9, Role::Viewer);
        let expected = r#"{"retell":1,"kind":"state","from":"room","version":[3,"a"],"state":{"slide":"two","step":0,"cover":""}}"#;
        assert_eq!(texts(&viewer.first(&hub)), [expected]);
        assert!(viewer.unseen(&hub).is_empty(), "told once");
        let mut speaker = hub.reader(10, Role::Speaker);
        let told = speaker.first(&hub);
        assert!(texts(&told)[0].contains(r#""clock":{"mode":"talk""#), "{told:?}");
        assert!(texts(&told)[1].contains(r#""viewers":0,"recording":false"#), "{told:?}");
    }

    #[test]
    fn nobody_is_told_what_he_said_himself() {
        let hub = hub();
        let (mut one, mut other) = (hub.reader(1, Role::Speaker), hub.reader(2, Role::Speaker));
        hub.hear(&state(1, "one"), 1);
        assert!(one.unseen(&hub).is_empty());
        assert_eq!(other.unseen(&hub).len(), 1);
    }

    #[test]
    fn a_slow_reader_misses_what_was_overtaken() {
        let hub = hub();
        let mut viewer = hub.reader(1, Role::Viewer);
        for number in 1..=1000 {
            hub.hear(&state(number, if number % 2 == 0 { "two" } else { "one" }), 2);
            hub.hear(r#"{"retell":1,"kind":"pointer","at":[0.5,0.5]}"#, 2);
        }
        let told = viewer.unseen(&hub);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(texts(&told)[0].contains("[1000,"), "{told:?}");
    }

    #[test]
    fn drawings_of_every_slide_wait_for_late_readers() {
        let hub = hub();
        for slide in ["one", "two", "one", "three"] {
            hub.hear(&format!(r#"{{"retell":1,"kind":"ink","slide":"{slide}","strokes":[]}}"#), 2);
        }
        let told = hub.reader(1, Role::Viewer).first(&hub);
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn a_room_that_knows_nothing_asks() {
        let hub = hub();
        assert_eq!(hub.hear(r#"{"retell":1,"kind":"hello","from":"a"}"#, 1).unwrap(), Told::of("hello").text());
        hub.hear(&state(1, "two"), 2);
        assert!(hub.hear(r#"{"retell":1,"kind":"hello","from":"a"}"#, 1).unwrap().contains("\"two\""));
        let first = hub.reader(3, Role::Viewer).first(&hub);
        assert!(first.iter().all(|message| !message.to_str().unwrap().contains("hello")), "viewers are never asked");
    }
}
