//! One connection to the room, from its opening to its end.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use warp::ws::{Message, WebSocket};

use super::hub::{Hub, Reader, Role, Seat};

/// The most bytes of one message.
pub(super) const MAX_FRAME: usize = 64 * 1024;

/// How often the other side is asked whether it is still there; silent for three times as long, it is given up.
const BEAT: Duration = Duration::from_secs(20);
const PATIENCE: Duration = Duration::from_mins(1);

/// How long one message may take to go out.
const SLOWEST: Duration = Duration::from_secs(20);

/// How many messages a connection may send at once, and how many a second in the long run.
const BURST: f64 = 240.0;
const RATE: f64 = 120.0;

/// A connection that has been let in.
pub(super) struct Guest {
    pub(super) hub: Arc<Hub>,
    pub(super) seat: Seat,
    pub(super) role: Role,
    /// Turns true when the server ends.
    pub(super) ending: watch::Receiver<bool>,
    /// Its place among those that the server has.
    pub(super) place: OwnedSemaphorePermit,
}

/// The code by which a window learns that it may not drive: browsers do not tell it of a refused request.
const REFUSED: u16 = 4403;

/// Tells a window that it has no right to be here.
pub(super) async fn turn_away(mut socket: WebSocket) {
    let told = socket.send(Message::close_with(REFUSED, "open the address in the terminal again"));
    // Whoever does not take it has gone already.
    let _ = timeout(Duration::from_secs(1), told).await;
}

/// Why a connection ends.
enum End {
    /// The other side left, or was silent for too long.
    Gone,
    /// It sent more than it may.
    TooMuch,
    /// The server stops.
    Stopping,
}

impl Guest {
    /// Talks until one side ends it.
    pub(super) async fn attend(mut self, mut socket: WebSocket) {
        if self.role == Role::Viewer {
            self.hub.count_viewer(true);
        }
        let end = self.converse(&mut socket).await;
        if self.role == Role::Viewer {
            self.hub.count_viewer(false);
        }
        let farewell = match end {
            End::Gone => None,
            End::TooMuch => Some(Message::close_with(1008_u16, "too many messages")),
            End::Stopping => Some(Message::close_with(1001_u16, "the server stops")),
        };
        if let Some(farewell) = farewell {
            // Whoever does not take it has gone already.
            let _ = timeout(Duration::from_secs(1), socket.send(farewell)).await;
        }
        drop(self.place);
    }

    async fn converse(&mut self, socket: &mut WebSocket) -> End {
        let mut reader = self.hub.reader(self.seat, self.role);
        if tell(socket, reader.first(&self.hub)).await.is_none() {
            return End::Gone;
        }
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut allowance = Allowance::new();
        let mut heard = Instant::now();
        loop {
            let next = self.next(socket, &mut reader, &mut beat).await;
            let answer = match next {
                Next::Heard(Some(Ok(message))) => {
                    heard = Instant::now();
                    if message.is_close() {
                        return End::Gone;
                    }
                    match self.answer(&message, &mut allowance) {
                        Ok(answer) => answer.into_iter().collect(),
                        Err(end) => return end,
                    }
                }
                Next::Heard(_) => return End::Gone,
                Next::News(Some(news)) => news,
                Next::Beat if heard.elapsed() > PATIENCE => return End::Gone,
                Next::Beat => vec![Message::ping(Vec::new())],
                Next::News(None) | Next::Stop => return End::Stopping,
            };
            if tell(socket, answer).await.is_none() {
                return End::Gone;
            }
        }
    }

    async fn next(&mut self, socket: &mut WebSocket, reader: &mut Reader, beat: &mut tokio::time::Interval) -> Next {
        tokio::select! {
            heard = socket.next() => Next::Heard(heard),
            news = reader.news(&self.hub) => Next::News(news),
            _ = beat.tick() => Next::Beat,
            _ = self.ending.wait_for(|ending| *ending) => Next::Stop,
        }
    }

    /// What is said back to a message, after it was taken in.
    fn answer(&self, message: &Message, allowance: &mut Allowance) -> Result<Option<Message>, End> {
        let Ok(text) = message.to_str() else {
            return if allowance.take() { Ok(None) } else { Err(End::TooMuch) };
        };
        if !allowance.take() {
            // A finger on the glass sends more than anybody can see; its last word is never a lost one.
            let may_miss = self.role == Role::Speaker && text.contains("\"pointer\"") && !text.contains("null");
            return if may_miss { Ok(None) } else { Err(End::TooMuch) };
        }
        match self.role {
            Role::Speaker => Ok(self.hub.hear(text, self.seat).map(Message::text)),
            Role::Viewer | Role::Attendee => Ok(self.hub.hear_viewer(text)),
        }
    }
}

/// What a connection waits for.
enum Next {
    Heard(Option<Result<Message, warp::Error>>),
    News(Option<Vec<Message>>),
    Beat,
    Stop,
}

/// Sends messages; `None` when the other side does not take them.
async fn tell(socket: &mut WebSocket, messages: Vec<Message>) -> Option<()> {
    for message in messages {
        timeout(SLOWEST, socket.send(message)).await.ok()?.ok()?;
    }
    Some(())
}

/// How much a connection may still send.
struct Allowance {
    left: f64,
    counted: Instant,
}

impl Allowance {
    fn new() -> Self {
        Self { left: BURST, counted: Instant::now() }
    }

    /// Whether one more message is allowed now.
    fn take(&mut self) -> bool {
        self.take_at(Instant::now())
    }

    fn take_at(&mut self, now: Instant) -> bool {
        let gained = now.duration_since(self.counted).as_secs_f64() * RATE;
        self.counted = now;
        self.left = (self.left + gained).min(BURST);
        let allowed = self.left >= 1.0;
        if allowed {
            self.left -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_used_up_and_grows_again() {
        let mut allowance = Allowance::new();
        let now = allowance.counted;
        assert!((0..240).all(|_| allowance.take_at(now)));
        assert!(!allowance.take_at(now));
        let later = now + Duration::from_millis(100);
        assert!((0..12).all(|_| allowance.take_at(later)));
        assert!(!allowance.take_at(later));
    }
}
