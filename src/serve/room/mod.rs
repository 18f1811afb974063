//! The room of a talk: the speaker's deck, the phone that drives it, and everybody who follows.
//!
//! In: the pages of a talk. Out: a server that hands them out, keeps its windows together over web sockets, takes what
//! the audience asks, and writes the record of the talk. It must not know how pages are made, what is in them, or what is
//! said in the terminal.

mod hub;
mod message;
mod opening;
mod pages;
mod posts;
mod record;
mod recorder;
mod socket;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use warp::Filter as _;
use warp::http::{Method, StatusCode};
use warp::reply::{Reply as _, Response};

use crate::pipeline::RoomPages;
use crate::rehearsal::RecordedTalk;
use crate::serve::audience::{BookError, Clerk};
use crate::serve::guard::{Names, Token, secured};
use crate::serve::{address, stop};
use hub::Hub;
pub use opening::{Addresses, Asking, Reach};
use pages::{Asked, Decision, Doors, Page, plain};
use posts::Audience;
use record::Planned;
use recorder::Recorder;
use socket::{Guest, MAX_FRAME, turn_away};

/// The most connections at a time.
const MAX_CONNECTIONS: usize = 2_000;

/// How long connections may take to end when the server does.
const FAREWELL: Duration = Duration::from_secs(2);

/// What is held, and where.
#[derive(Clone, Debug)]
pub struct RoomOptions {
    /// The talk: its pages, and its slides as its record names them.
    pub talk: RoomPages,
    /// The file that the talk is in, for its record.
    pub file: Option<PathBuf>,
    /// The port; the next free one is taken when somebody else has it.
    pub port: u16,
    /// Who can reach it.
    pub reach: Reach,
    /// The folder that the record is written to; `None` records nothing.
    pub record: Option<PathBuf>,
    /// The talk's folder, in which is kept what the audience asks; `None` lets nobody ask.
    pub asks: Option<PathBuf>,
}

/// The path at which every page of a room finds its socket.
pub const SOCKET: &str = "/room";

/// Why a room could not be opened.
#[derive(Debug)]
pub enum RoomError {
    /// The system refused.
    System(io::Error),
    /// No network was found.
    NoNetwork,
    /// The system has no randomness for a token.
    NoToken,
    /// What the audience asks can't be kept.
    Book(BookError),
}

impl From<io::Error> for RoomError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// What is left of a talk.
#[derive(Debug)]
pub struct Held {
    /// The file of its record; `None` when there is none, because none was wanted or the talk never began.
    pub record: io::Result<Option<PathBuf>>,
}

/// Opens a room, tells where it is, and holds it until the process is asked to end.
///
/// # Errors
/// The address or port can't be used, or the system refuses what a server needs.
pub fn present(options: RoomOptions, on_ready: impl FnOnce(&Addresses)) -> Result<Held, RoomError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let held = runtime.block_on(hold(options, on_ready));
    runtime.shutdown_timeout(FAREWELL);
    held
}

async fn hold(options: RoomOptions, on_ready: impl FnOnce(&Addresses)) -> Result<Held, RoomError> {
    let listened = options.reach.addresses()?;
    let (port, listeners) = address::listen(&listened, options.port).await?;
    let reached = address::reached(&listened);
    let token = Token::new().map_err(|_| RoomError::NoToken)?;
    let mut addresses = Addresses::of(&reached, options.reach, port, &token);
    let clerk = match &options.asks {
        Some(folder) => Some(opening::open_book(folder, &options.talk, &mut addresses)?),
        None => None,
    };
    let (end, ending) = watch::channel(false);
    let names = Names::of(&reached, port);
    let room = Arc::new(Room::of(options, Entrance { names, token, port }, clerk, ending)?);
    let servers: Vec<_> =
        listeners.into_iter().map(|listener| tokio::spawn(serve(Arc::clone(&room), listener))).collect();
    let stopping = stop::asked();
    tokio::pin!(stopping);
    // Once before the addresses are told, so that a stop that follows at once is heard.
    let begun = futures_util::future::poll_immediate(&mut stopping).await;
    on_ready(&addresses);
    if begun.is_none() {
        stopping.await;
    }
    end.send_replace(true);
    let all_left = async {
        for server in servers {
            // One that broke off has ended too.
            let _ = server.await;
        }
        let _ = room.seats.acquire_many(u32::try_from(MAX_CONNECTIONS).unwrap_or(u32::MAX)).await;
    };
    // Whoever does not leave by then is cut off.
    let _ = timeout(FAREWELL, all_left).await;
    let record = room.hub.recorder().map_or(Ok(None), Recorder::finish);
    if let Some(audience) = &room.audience {
        audience.clerk.finish();
    }
    Ok(Held { record })
}

/// Everything that a request may need.
struct Room {
    doors: Doors,
    hub: Arc<Hub>,
    audience: Option<Audience>,
    seats: Arc<Semaphore>,
    next_seat: AtomicU64,
    ending: watch::Receiver<bool>,
}

/// By which name, with which token and at which port the room is entered.
struct Entrance {
    names: Names,
    token: Token,
    port: u16,
}

/// Answers all requests that come to one address.
async fn serve(room: Arc<Room>, listener: TcpListener) {
    let mut ending = room.ending.clone();
    let query = warp::query::raw().or(warp::any().map(String::new)).unify();
    let socket = warp::ws().map(Some).or(warp::any().map(|| None)).unify();
    let asked = warp::method().and(warp::path::full()).and(query).and(warp::header::headers_cloned()).map(
        |method, path: warp::path::FullPath, query, headers| Asked {
            method,
            path: path.as_str().to_owned(),
            query,
            headers,
        },
    );
    let remote =
        warp::addr::remote().map(|address: Option<SocketAddr>| address.map(|address| address.ip().to_canonical()));
    let writer = Arc::clone(&room);
    let posts =
        warp::post().and(asked).and(remote).and(warp::body::stream()).then(move |asked: Asked, address, body| {
            let room = Arc::clone(&writer);
            async move {
                let post = room
                    .audience
                    .as_ref()
                    .filter(|_| room.doors.names.allow(&asked.headers) && Audience::has(&asked.path));
                secured(match post {
                    Some(audience) => audience.post(&asked, &room.doors, address, body).await,
                    None => room.answer(&asked, None),
                })
            }
        });
    let reads = asked.and(socket).map(move |asked: Asked, socket| secured(room.answer(&asked, socket)));
    let until = async move {
        // A server that has lost its room ends as well.
        let _ = ending.wait_for(|ending| *ending).await;
    };
    warp::serve(posts.or(reads)).incoming(listener).graceful(until).run().await;
}

impl Room {
    fn of(
        options: RoomOptions,
        entrance: Entrance,
        clerk: Option<Arc<Clerk>>,
        ending: watch::Receiver<bool>,
    ) -> io::Result<Self> {
        let RoomPages { title, date, lang, slides, speaker, remote, viewer, audience } = options.talk;
        let known: BTreeMap<String, u32> =
            slides.iter().map(|slide| (slide.recorded.id.clone(), slide.steps)).collect();
        let shown_title = title.clone();
        let viewers = watch::Sender::new(0);
        let recorder = match options.record {
            Some(folder) => {
                let file = options.file.as_deref().and_then(Path::to_str).map(str::to_owned);
                let slides = slides.into_iter().map(|slide| slide.recorded).collect();
                let planned = Planned { talk: RecordedTalk { title, file, date }, lang, slides };
                let status = viewers.clone();
                Some(Recorder::start(folder, planned, move || status.send_modify(|_| {}))?)
            }
            None => None,
        };
        let audience = match &clerk {
            Some(clerk) => Some(Audience::new(audience, Arc::clone(clerk), known.clone())?),
            None => None,
        };
        let (speaker, remote, viewer) = (Page::new(speaker)?, Page::new(remote)?, Page::new(viewer)?);
        let Entrance { names, token, port } = entrance;
        let asks = audience.is_some();
        Ok(Self {
            doors: Doors { names, title: shown_title, token, port, speaker, remote, viewer, asks },
            hub: Arc::new(Hub::new(known, recorder, viewers).with_clerk(clerk)),
            audience,
            seats: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
            next_seat: AtomicU64::new(1),
            ending,
        })
    }

    fn answer(self: &Arc<Self>, asked: &Asked, socket: Option<warp::ws::Ws>) -> Response {
        let is_read = matches!(asked.method, Method::GET | Method::HEAD) && self.doors.names.allow(&asked.headers);
        if let Some(audience) = self.audience.as_ref().filter(|_| is_read && Audience::has(&asked.path)) {
            return audience.read(asked, self.doors.port);
        }
        match (self.doors.decide(asked, socket.is_some()), socket) {
            (Decision::Answer(response), _) => response,
            (Decision::Seat(None), Some(socket)) => socket.on_upgrade(turn_away).into_response(),
            (Decision::Seat(Some(role)), Some(socket)) => {
                let Ok(place) = Arc::clone(&self.seats).try_acquire_owned() else {
                    return plain(StatusCode::SERVICE_UNAVAILABLE, "every seat is taken");
                };
                let seat = self.next_seat.fetch_add(1, Ordering::Relaxed);
                let guest = Guest { hub: Arc::clone(&self.hub), seat, role, ending: self.ending.clone(), place };
                let socket = socket.max_frame_size(MAX_FRAME).max_message_size(MAX_FRAME);
                socket.on_upgrade(move |socket| guest.attend(socket)).into_response()
            }
            (Decision::Seat(_), None) => plain(StatusCode::UPGRADE_REQUIRED, "this is a web socket"),
        }
    }
}
