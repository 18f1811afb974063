//! What a test has for itself, whatever other tests do, and other runs of them on the same machine: a port, a folder.

use std::fs::{File, create_dir_all};
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};

/// Ports that no system gives to programs that ask for any, nor to the near end of a connection.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// A port of this machine at which a server may be started, stopped, and started again.
pub(crate) struct Port {
    number: u16,
    /// The port of the same number for datagrams: whoever has that one has the other.
    _claim: UdpSocket,
}

impl Port {
    /// One that nobody else has.
    pub(crate) fn claim() -> Self {
        let count = PORTS.end - PORTS.start;
        let first = u16::try_from(std::process::id() % u32::from(count)).expect("a small number");
        let numbers = (0..count).map(|at| PORTS.start + (first + at) % count);
        let claimed = numbers.filter_map(|number| Some((number, UdpSocket::bind(("127.0.0.1", number)).ok()?)));
        let mut free = claimed.filter(|(number, _)| TcpListener::bind(("127.0.0.1", *number)).is_ok());
        let (number, claim) = free.next().expect("a free port");
        Self { number, _claim: claim }
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }

    /// The number, as an argument.
    pub(crate) fn text(&self) -> String {
        self.number.to_string()
    }
}

/// A folder that one run of the tests has for itself at a time; what is in it stays for the next one.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    /// Nobody else can lock it, and it is let go by the system at the latest.
    _lock: File,
}

impl Folder {
    /// One in `parent` that nobody else has.
    pub(crate) fn claim(parent: &Path) -> Self {
        create_dir_all(parent).expect("the folder of folders");
        for number in 0_u32.. {
            let lock = File::create(parent.join(format!("{number}.lock"))).expect("a file");
            if lock.try_lock().is_ok() {
                let path = parent.join(number.to_string());
                create_dir_all(&path).expect("a folder");
                return Self { path, _lock: lock };
            }
        }
        unreachable!("a run has one folder")
    }
}
