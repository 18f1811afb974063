//! The room of a talk: the speaker's deck, the phone that drives it, and everybody who follows.
//!
//! In: the pages of a talk. Out: a server that hands them out, keeps its windows together over web sockets, and writes
//! the record of the talk. It must not know how pages are made, what is in them, or what is said in the terminal.

mod hub;
mod message;
mod pages;
mod record;
mod recorder;
mod socket;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use warp::Filter as _;
use warp::http::StatusCode;
use warp::reply::{Reply as _, Response};

use crate::pipeline::RoomPages;
use crate::rehearsal::RecordedTalk;
use crate::serve::guard::{Names, Token, host, secured};
use crate::serve::{address, stop};
use hub::Hub;
use pages::{Asked, Decision, Doors, Page, plain};
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
}

/// The path at which every page of a room finds its socket.
pub const SOCKET: &str = "/room";

/// Who can reach a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// This machine alone.
    #[default]
    Loopback,
    /// The network as well, at this machine's likeliest address.
    Network,
    /// Whoever reaches this address.
    Address(IpAddr),
}

/// Where a room was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The speaker's deck; its address lets one drive.
    pub speaker: String,
    /// The phone's page; its address lets one drive. `None` when no other device reaches the room.
    pub remote: Option<String>,
    /// The page of those who follow.
    pub viewers: String,
    /// Further addresses of this machine, at which the room could be opened instead.
    pub others: Vec<IpAddr>,
    /// The port.
    pub port: u16,
}

/// Why a room could not be opened.
#[derive(Debug)]
pub enum RoomError {
    /// The system refused.
    System(io::Error),
    /// No network was found.
    NoNetwork,
    /// The system has no randomness for a token.
    NoToken,
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
    let addresses = Addresses::of(&reached, options.reach, port, &token);
    let RoomPages { title, date, lang, slides, speaker, remote, viewer } = options.talk;
    let known: BTreeMap<String, u32> = slides.iter().map(|slide| (slide.recorded.id.clone(), slide.steps)).collect();
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
    let (speaker, remote, viewer) = (Page::new(speaker)?, Page::new(remote)?, Page::new(viewer)?);
    let (end, ending) = watch::channel(false);
    let room = Arc::new(Room {
        doors: Doors { names: Names::of(&reached, port), title: shown_title, token, port, speaker, remote, viewer },
        hub: Arc::new(Hub::new(known, recorder, viewers)),
        seats: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        next_seat: AtomicU64::new(1),
        ending,
    });
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
    Ok(Held { record })
}

impl Reach {
    /// Where to listen.
    fn addresses(self) -> Result<Vec<IpAddr>, RoomError> {
        let home = IpAddr::from(Ipv4Addr::LOCALHOST);
        let address = match self {
            Self::Loopback => home,
            Self::Network => address::of_network().first().copied().ok_or(RoomError::NoNetwork)?,
            Self::Address(address) => address,
        };
        let covers_home = address.is_unspecified() || address.is_loopback();
        // The speaker's own windows use loopback, which browsers trust more.
        Ok(if covers_home { vec![address] } else { vec![home, address] })
    }
}

impl Addresses {
    fn of(reached: &[IpAddr], reach: Reach, port: u16, token: &Token) -> Self {
        let base = |address: &IpAddr| format!("http://{}:{port}", host(address));
        let home = reached.iter().find(|address| address.is_loopback()).or(reached.first());
        let home = home.map_or_else(|| format!("http://localhost:{port}"), base);
        let outside: Vec<String> = reached.iter().filter(|address| !address.is_loopback()).map(base).collect();
        let remote = |base: &String| format!("{base}/remote?token={}", token.text());
        let others = match reach {
            Reach::Network => address::of_network().into_iter().skip(1).collect(),
            Reach::Loopback | Reach::Address(_) => Vec::new(),
        };
        Self {
            speaker: format!("{home}/?token={}", token.text()),
            remote: outside.first().map(remote),
            viewers: format!("{}/follow", outside.first().unwrap_or(&home)),
            others,
            port,
        }
    }
}

/// Everything that a request may need.
struct Room {
    doors: Doors,
    hub: Arc<Hub>,
    seats: Arc<Semaphore>,
    next_seat: AtomicU64,
    ending: watch::Receiver<bool>,
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
    let routes = asked.and(socket).map(move |asked: Asked, socket| secured(room.answer(&asked, socket)));
    let until = async move {
        // A server that has lost its room ends as well.
        let _ = ending.wait_for(|ending| *ending).await;
    };
    warp::serve(routes).incoming(listener).graceful(until).run().await;
}

impl Room {
    fn answer(self: &Arc<Self>, asked: &Asked, socket: Option<warp::ws::Ws>) -> Response {
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
