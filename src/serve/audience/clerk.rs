//! The one who writes: posts come in, each is looked at in its turn, all that came meanwhile goes to the disk at once,
//! and only then is anybody answered or told.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use super::book::Book;
use super::event::{Event, Line, Mark, id};
use super::floor::{Floor, MOST, State};
use super::views::Way;
use crate::serve::moment::now;

/// How many posts may wait for the disk, and how many share one writing.
const QUEUE: usize = 1_000;
const BATCH: usize = 250;

/// The least time between two pieces of news: a thousand phones are not told of each post.
const PAUSE: Duration = Duration::from_millis(100);

/// Something to be written down.
#[derive(Clone, Debug)]
pub(crate) enum Post {
    /// `key` is the same when the same browser sends the same question again, as it does when an answer got lost.
    Ask {
        text: String,
        slide: Option<String>,
        name: Option<String>,
        key: String,
    },
    /// `by` is the browser's hash.
    Support {
        number: u32,
        by: String,
    },
    Muddy {
        text: String,
        slide: Option<String>,
    },
    /// `token` is that of the line.
    Result {
        line: String,
        token: String,
    },
    Mark {
        number: u32,
        mark: Mark,
    },
    Round {
        open: bool,
    },
    /// The question that is on the screen, if any, waits again.
    Unshow,
}

/// What became of a post that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A question is written down under this number.
    Asked(u32),
    /// It is written down.
    Written,
    /// It was there before.
    Already,
}

/// Why a post was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such question.
    Unknown,
    /// The speaker has not opened the round.
    Closed,
    /// There are as many as a day can have.
    Full,
    /// The disk did not take it; nothing of it was written.
    Disk,
    /// Too many wait.
    Busy,
}

type Answer = Result<Taken, Refusal>;
type Waiting = (Post, oneshot::Sender<Answer>);

/// Takes posts and keeps the book, in a thread of its own.
#[derive(Debug)]
pub(crate) struct Clerk {
    sender: Mutex<Option<SyncSender<Waiting>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    floor: Arc<watch::Sender<Arc<Floor>>>,
    way: Arc<Way>,
    salt: String,
}

impl Clerk {
    /// Starts with a book that has begun, and what it tells; `way` leads to the page of the audience, `closing` says
    /// whether the talk has questions for its end.
    pub(crate) fn start(book: Book, mut state: State, way: Way, closing: bool) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        state.floor.closing = closing;
        let first = state.floor.clone().on_screen(&way, &Floor::default());
        let floor = Arc::new(watch::Sender::new(Arc::new(first)));
        let way = Arc::new(way);
        let shared = Arc::clone(&way);
        let salt = state.salt().to_owned();
        let told = Arc::clone(&floor);
        let thread = std::thread::Builder::new()
            .name("clerk".to_owned())
            .spawn(move || Desk { book, state, asked: BTreeMap::new(), floor: told, way: shared }.work(&receiver))?;
        Ok(Self { sender: Mutex::new(Some(sender)), thread: Mutex::new(Some(thread)), floor, way, salt })
    }

    /// The floor, and whenever it changes.
    pub(crate) fn floor(&self) -> watch::Receiver<Arc<Floor>> {
        self.floor.subscribe()
    }

    /// The name under which a browser supports questions: nobody can tell the browser from it.
    pub(crate) fn by(&self, browser: &str) -> String {
        self.hash("", browser)[..8].to_owned()
    }

    /// The name of a text that a browser sends.
    pub(crate) fn key(&self, browser: &str, text: &str) -> String {
        self.hash(text, browser)
    }

    /// The token of a browser's result, which has nothing to do with its other names.
    pub(crate) fn token(&self, browser: &str) -> String {
        self.hash("result ", browser)[..10].to_owned()
    }

    /// Names the day of this floor, for browsers.
    pub(crate) fn day(&self) -> String {
        self.hash("day ", "")[..8].to_owned()
    }

    /// 64 hexadecimal digits.
    fn hash(&self, of: &str, browser: &str) -> String {
        let digest = Sha256::digest(format!("{of}{}{browser}", self.salt));
        digest.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string never fails.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Takes a post and says what became of it once it is on the disk.
    pub(crate) async fn take(&self, post: Post) -> Answer {
        let (answer, answered) = oneshot::channel();
        let sent = {
            let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
            sender.as_ref().is_some_and(|sender| sender.try_send((post, answer)).is_ok())
        };
        if sent { answered.await.unwrap_or(Err(Refusal::Busy)) } else { Err(Refusal::Busy) }
    }

    /// Shows everybody the way to the page of the audience, or no longer; not worth a line in the book.
    pub(crate) fn show_code(&self, on: bool) {
        self.floor.send_modify(|floor| {
            let shown = Floor { code: on, ..floor.as_ref().clone() };
            *floor = Arc::new(shown.on_screen(&self.way, floor));
        });
    }

    /// Takes a question or the code off the screen, since the talk goes on; nobody waits for that.
    pub(crate) fn clear_screen(&self) {
        let (answer, _) = oneshot::channel();
        if let Some(sender) = self.sender.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // A full queue leaves it there, and the speaker sees it.
            let _ = sender.try_send((Post::Unshow, answer));
        }
        if self.floor.borrow().code {
            self.show_code(false);
        }
    }

    /// Writes what is waiting and closes the book.
    pub(crate) fn finish(&self) {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // One that broke off has ended too; what was answered is on the disk.
            let _ = thread.join();
        }
    }
}

struct Desk {
    book: Book,
    state: State,
    /// The questions of this run by their keys.
    asked: BTreeMap<String, u32>,
    floor: Arc<watch::Sender<Arc<Floor>>>,
    way: Arc<Way>,
}

impl Desk {
    fn work(mut self, receiver: &Receiver<Waiting>) {
        let mut told: Option<Instant> = None;
        let mut has_news = false;
        loop {
            let due = told.map_or(Duration::ZERO, |told| PAUSE.saturating_sub(told.elapsed()));
            if has_news && due.is_zero() {
                self.tell();
                (told, has_news) = (Some(Instant::now()), false);
            }
            let first = if has_news { receiver.recv_timeout(due) } else { receiver.recv().map_err(Into::into) };
            match first {
                Ok(first) => {
                    let batch: Vec<Waiting> = std::iter::once(first).chain(receiver.try_iter().take(BATCH)).collect();
                    has_news |= self.write(batch);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// Writes all that can be written, answers everybody, and says whether anything changed.
    fn write(&mut self, batch: Vec<Waiting>) -> bool {
        let at = now();
        let mut lines = Vec::new();
        let mut answers = Vec::new();
        for (post, answer) in batch {
            let taken = self.look_at(post).map(|(event, taken)| {
                if let Some(event) = event {
                    let line = Line { event, at: at.clone() };
                    self.state.take(&line);
                    lines.push(line);
                }
                taken
            });
            answers.push((taken, answer));
        }
        let written = lines.is_empty() || self.book.write(&lines).is_ok();
        if !written {
            // The file is the truth; where it can't be read, what was known stays, and is written with the next.
            if let Ok(mut state) = self.book.recover() {
                state.renew(self.state.floor.change);
                state.floor.closing = self.state.floor.closing;
                self.state = state;
                self.asked.clear();
            }
        }
        for (taken, answer) in answers {
            let taken = match taken {
                Ok(_) if !written => Err(Refusal::Disk),
                taken => taken,
            };
            // Whoever no longer waits for it has gone.
            let _ = answer.send(taken);
        }
        written && !lines.is_empty()
    }

    /// What a post adds to the file, if anything, and what is answered when that is written.
    fn look_at(&mut self, post: Post) -> Result<(Option<Event>, Taken), Refusal> {
        let (state, floor) = (&self.state, &self.state.floor);
        let event = match post {
            Post::Ask { text, slide, name, key } => {
                if let Some(number) = self.asked.get(&key) {
                    return Ok((None, Taken::Asked(*number)));
                }
                if !floor.has_room_for(text.len()) {
                    return Err(Refusal::Full);
                }
                let number = state.next();
                self.asked.insert(key, number);
                return Ok((Some(Event::Ask { id: id(number), text, slide, name }), Taken::Asked(number)));
            }
            Post::Support { number, .. } if !floor.shows(number) => return Err(Refusal::Unknown),
            Post::Support { number, by } => {
                (!state.supports(number, &by)).then(|| Event::Support { id: id(number), by })
            }
            Post::Muddy { .. } if floor.muddy.len() >= MOST => return Err(Refusal::Full),
            Post::Muddy { text, slide } => Some(Event::Muddy { text, slide }),
            Post::Result { .. } if !floor.open => return Err(Refusal::Closed),
            Post::Result { line, token } => (!state.has_result(&token)).then_some(Event::Result { line }),
            Post::Mark { number, .. } if !floor.questions.contains_key(&number) => return Err(Refusal::Unknown),
            Post::Mark { number, mark } => Some(Event::Mark { id: id(number), mark }),
            Post::Unshow => floor.shown.map(|number| Event::Mark { id: id(number), mark: Mark::Open }),
            Post::Round { open } => (floor.open != open).then_some(Event::Round { open }),
        };
        let taken = if event.is_some() { Taken::Written } else { Taken::Already };
        Ok((event, taken))
    }

    fn tell(&self) {
        self.floor.send_modify(|floor| {
            let code = floor.code;
            *floor = Arc::new(Floor { code, ..self.state.floor.clone() }.on_screen(&self.way, floor));
        });
    }
}
