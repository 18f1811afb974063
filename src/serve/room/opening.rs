use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fast_qr::QRBuilder;

use super::RoomError;
use crate::pipeline::RoomPages;
use crate::serve::address;
use crate::serve::audience::{Book, Clerk, Heading, Way};
use crate::serve::guard::{Token, host};
use crate::serve::moment::now;

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
    /// Where the audience asks; `None` when nobody may.
    pub asking: Option<Asking>,
    /// Further addresses of this machine, at which the room could be opened instead.
    pub others: Vec<IpAddr>,
    /// The port.
    pub port: u16,
}

/// Where the audience asks, and where that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The page of their phones.
    pub address: String,
    /// The file.
    pub file: PathBuf,
    /// How many questions of this day were in it.
    pub kept: usize,
    /// How many of its lines said nothing that is understood.
    pub skipped: usize,
}

impl Reach {
    /// Where to listen.
    pub(super) fn addresses(self) -> Result<Vec<IpAddr>, RoomError> {
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
    pub(super) fn of(reached: &[IpAddr], reach: Reach, port: u16, token: &Token) -> Self {
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
            asking: None,
            others,
            port,
        }
    }
}

/// Opens the book of the day in the talk's `folder` and gives it to a clerk; says in `addresses` where the audience asks.
pub(super) fn open_book(folder: &Path, talk: &RoomPages, addresses: &mut Addresses) -> Result<Arc<Clerk>, RoomError> {
    let at = now();
    let day = at.get(..10).unwrap_or_default().to_owned();
    let (mut book, mut state) = Book::open(folder, &day).map_err(RoomError::Book)?;
    let file = book.path().to_owned();
    let (kept, skipped) = (state.len(), state.skipped());
    let (title, lang) = (talk.title.clone(), talk.lang.clone());
    let heading = Heading { talk: title, recall: talk.audience.recall.clone(), lang };
    // Random as a token is, and no secret.
    let salt = Token::new().map_err(|_| RoomError::NoToken)?;
    book.begin(&mut state, &heading, salt.text(), at)?;
    let address = addresses.viewers.replace("/follow", "/ask");
    let way = Way { modules: modules(&address), address: address.clone() };
    let clerk = Clerk::start(book, state, way, !talk.audience.questions.is_empty())?;
    addresses.asking = Some(Asking { address, file, kept, skipped });
    Ok(Arc::new(clerk))
}

/// An address as the rows of a QR code, `1` for dark; none when it is too long for one.
fn modules(address: &str) -> Vec<String> {
    let Ok(code) = QRBuilder::new(address).build() else { return Vec::new() };
    let row = |row: usize| (0..code.size).map(|column| if code[row][column].value() { '1' } else { '0' }).collect();
    (0..code.size).map(row).collect()
}
