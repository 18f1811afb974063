use std::fmt::Write as _;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::qr::qr_code;
use super::shared::{Reading, speaker};
use super::terminal::Terminal;
use super::{Exit, progress, rehearse};
use crate::diagnostic::print::{Format, print, visible};
use crate::diagnostic::{Severity, counted, summary};
use crate::pipeline::{self, Report, RoomPages};
use crate::serve::{self, Addresses, Asking, BookError, Held, Reach, RoomError, RoomOptions};

/// Present a talk: deck and presenter view, a phone as remote control, and viewers who follow.
///
/// Only this machine reaches it unless `--remote` or `--host` is given. Whoever has the address of the speaker or of
/// the phone drives the talk and sees its notes; viewers see the slides alone. The talk is recorded for later
/// rehearsals, on this machine only, from the moment it leaves its first slide.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Present {
    /// A folder with a `talk.md`, or one Markdown file.
    #[arg(value_name = "TALK", default_value = ".")]
    talk: PathBuf,
    /// The port; the next free one when it is taken, any free one for 0.
    #[arg(short, long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    /// Let phones and viewers in the same network in, and show a QR code for the phone.
    #[arg(long)]
    remote: bool,
    /// Let the audience ask, support and answer on their phones; what they say is kept in `room/` beside the talk.
    #[arg(long)]
    room: bool,
    /// Listen at this address of the machine instead of the likeliest one; `0.0.0.0` for all.
    #[arg(long, value_name = "ADDR")]
    host: Option<IpAddr>,
    /// Write no record of the talk.
    #[arg(long)]
    no_record: bool,
    /// Open the speaker's deck in the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    reading: Reading,
}

const EXAMPLES: &str = "\
Examples:
  retell present                          the talk in this folder, on this machine alone
  retell present talks/rds --open         and open the deck in the browser
  retell present talks/rds --remote       a phone drives, others follow on theirs
  retell present talks/rds --room         the audience asks on their phones
  retell present talks/rds --host 192.168.1.20 --port 8000
  retell present talks/rds --no-record    leave no record behind";

/// The port when none is asked for.
const PORT: u16 = 4870;

impl Present {
    pub(super) fn run(&self, terminal: &Terminal) -> io::Result<Exit> {
        let (report, room) = self.make(terminal.can_erase());
        terminal.say(&print(&report.diagnostics, &report.sources, Format::Human, terminal.colours_findings()))?;
        let Some(room) = room else {
            let count = |severity| report.diagnostics.count(severity);
            let summary = summary(count(Severity::Error), count(Severity::Warning)).unwrap_or_default();
            terminal.say(&format!("{summary}\n"))?;
            return Ok(Exit::Errors);
        };
        let record = if self.no_record { None } else { speaker().map(|folders| folders.recordings) };
        let mut said = Ok(());
        let held = serve::present(self.options(room, record.clone()), |addresses| {
            said = self.welcome(terminal, addresses, record.as_ref());
        });
        said?;
        match held {
            Ok(held) => farewell(terminal, &held),
            Err(error) => self.refuse(terminal, &error),
        }
    }

    fn make(&self, shows_progress: bool) -> (Report, Option<RoomPages>) {
        let job = self.reading.job(&self.talk);
        let made = Mutex::new(None);
        let reports = progress::during(shows_progress, 1, |done| {
            pipeline::run(&[job], None, |job| {
                let (report, room) = pipeline::room(job, serve::SOCKET, &|| Duration::ZERO);
                *made.lock().unwrap_or_else(PoisonError::into_inner) = room;
                done();
                report
            })
        });
        let room = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        (reports.into_iter().next().unwrap_or_default(), room)
    }

    fn options(&self, talk: RoomPages, record: Option<PathBuf>) -> RoomOptions {
        let file = if self.talk.is_dir() { self.talk.join("talk.md") } else { self.talk.clone() };
        let reach = match (self.host, self.remote || self.room) {
            (Some(address), _) => Reach::Address(address),
            (None, true) => Reach::Network,
            (None, false) => Reach::Loopback,
        };
        let asks = self.room.then(|| self.reading.job(&self.talk).folder().to_owned());
        RoomOptions { talk, file: std::path::absolute(file).ok(), port: self.port, reach, record, asks }
    }

    /// Says where everything is, and opens it where that was asked for.
    fn welcome(&self, terminal: &Terminal, addresses: &Addresses, record: Option<&PathBuf>) -> io::Result<()> {
        if self.port != 0 && addresses.port != self.port {
            terminal.say(&format!("port {} is taken, using {}\n", self.port, addresses.port))?;
        }
        let mut text = format!("speaker  {}\n", addresses.speaker);
        if let Some(remote) = &addresses.remote {
            let _ = writeln!(text, "phone    {remote}");
        }
        let _ = writeln!(text, "viewers  {}", addresses.viewers);
        if let Some(asking) = &addresses.asking {
            let _ = writeln!(text, "audience {}", asking.address);
        }
        // The phone's code lets one drive: with a room alone, the audience may see the terminal.
        let asking = addresses.asking.as_ref().filter(|_| !self.remote).map(|asking| &asking.address);
        if let Some(address) = asking.or(addresses.remote.as_ref()).filter(|_| terminal.draws_results()) {
            text.push_str(&qr_code(address, terminal.colours_results()).unwrap_or_default());
        }
        terminal.out(&text)?;
        if let Some(asking) = &addresses.asking {
            terminal.say(&kept(asking))?;
        }
        if !addresses.others.is_empty() {
            let others: Vec<String> = addresses.others.iter().map(|address| format!("`{address}`")).collect();
            terminal
                .say(&format!("not reached there? choose another address with `--host`: {}\n", others.join(", ")))?;
        }
        terminal.say(&match record {
            Some(folder) => format!(
                "the talk is recorded from its first step on, in {}; `--no-record` turns that off\n",
                visible(&folder.display().to_string())
            ),
            None => "the talk is not recorded\n".to_owned(),
        })?;
        if self.open && open::that_detached(&addresses.speaker).is_err() {
            terminal.say("no browser could be opened; the address of the speaker is above\n")?;
        }
        terminal.say("Ctrl-C stops\n")
    }

    fn refuse(&self, terminal: &Terminal, error: &RoomError) -> io::Result<Exit> {
        match error {
            RoomError::NoNetwork => {
                let hint = "connect to one, or name an address of this machine with `--host`";
                terminal.error_with_hint("this machine is in no network", hint)?;
            }
            RoomError::Book(error) => {
                let (message, hint) = why_not_kept(error);
                terminal.error_with_hint(&message, hint)?;
            }
            RoomError::NoToken => terminal.error("the system gave no random numbers for a safe address")?,
            RoomError::System(error) => {
                let reason = error.to_string();
                let reason = reason.split(" (os error").next().unwrap_or_default().to_lowercase();
                let place = self.host.map_or_else(String::new, |host| format!(" at `{host}`"));
                let hint = match error.kind() {
                    io::ErrorKind::AddrNotAvailable => "leave out `--host`, or name an address of this machine",
                    io::ErrorKind::PermissionDenied => "choose a port from 1024 up with `--port`",
                    _ => "choose another port with `--port`; 0 takes any free one",
                };
                terminal.error_with_hint(&format!("can't listen{place} on port {}: {reason}", self.port), hint)?;
            }
        }
        Ok(Exit::Errors)
    }
}

/// What is said of the file in which the audience's questions are.
fn kept(asking: &Asking) -> String {
    let mut text = "the presenter view shows the code for the audience: Questions, Show the code\n".to_owned();
    let _ = write!(text, "what the audience asks is kept in {}", visible(&asking.file.display().to_string()));
    if asking.kept > 0 {
        let _ = write!(
            text,
            "; {} of today {} there",
            counted(asking.kept, "question"),
            if asking.kept == 1 { "is" } else { "are" }
        );
    }
    if asking.skipped > 0 {
        let _ = write!(text, "; {} in it could not be understood", counted(asking.skipped, "line"));
    }
    text.push('\n');
    text
}

/// Why questions can't be kept, and the way out.
fn why_not_kept(error: &BookError) -> (String, &'static str) {
    let shown = |path: &Path| visible(&path.display().to_string());
    match error {
        BookError::Held(path) => (
            format!("another `retell present --room` writes `{}`", shown(path)),
            "stop that one first, or leave out `--room` here",
        ),
        BookError::OtherVersion(path) => {
            (format!("`{}` was written by another version of retell", shown(path)), "move it away to start a new one")
        }
        BookError::Odd(path) => {
            (format!("`{}` is a link, or no file of a room", shown(path)), "move it away to start a new one")
        }
        BookError::System(path, error) => {
            let reason = error.to_string();
            let reason = reason.split(" (os error").next().unwrap_or_default().to_lowercase();
            (
                format!("can't keep questions in `{}`: {reason}", shown(path)),
                "copy the talk to a folder that can be written to",
            )
        }
    }
}

/// Says what is left of the talk.
fn farewell(terminal: &Terminal, held: &Held) -> io::Result<Exit> {
    match &held.record {
        Ok(Some(path)) => {
            terminal.out(&format!("recorded {}\n", visible(&path.display().to_string())))?;
            rehearse::learn_after_talk(terminal)?;
        }
        Ok(None) => {}
        Err(error) => {
            terminal.error(&format!("the record could not be written: {error}"))?;
            return Ok(Exit::Errors);
        }
    }
    Ok(Exit::Clean)
}
