//! The real program as a server on a free port, stopped when it is dropped.

use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// A running `retell serve` or `retell present`.
pub(crate) struct Serving {
    /// The first address that it told.
    pub(crate) url: String,
    child: Child,
}

impl Serving {
    /// Runs the command for a talk, with further arguments.
    ///
    /// # Errors
    ///
    /// When the program does not start, or ends before it tells an address.
    pub(crate) fn start(command: &str, talk: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut child = Command::new(program())
            .env("RETELL_HOME", env!("CARGO_TARGET_TMPDIR"))
            .arg(command)
            .arg(talk)
            .args(["--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, addresses) = channel();
        if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
            listen(out, sender.clone());
            listen(err, sender);
        }
        if let Ok(url) = addresses.recv_timeout(Duration::from_mins(1)) {
            return Ok(Self { url, child });
        }
        child.kill()?;
        child.wait()?;
        Err(io::Error::other(format!("`retell {command}` told no address")))
    }

    /// The address of another page of a room, for those who have its token.
    pub(crate) fn page(&self, path: &str) -> String {
        let token = self.url.split_once('?').map_or("", |(_, token)| token);
        format!("{}?{token}", self.public_page(path))
    }

    /// The address of another page, for anybody.
    pub(crate) fn public_page(&self, path: &str) -> String {
        let home = self.url.split_once('?').map_or(self.url.as_str(), |(home, _)| home);
        format!("{}{path}", home.trim_end_matches('/'))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill().and_then(|()| self.child.wait()));
    }
}

/// Reads to the end, so that the program is never held up, and tells each address on the way.
fn listen(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(start) = line.find("http://") {
                let url = line[start..].split(char::is_whitespace).next().unwrap_or_default();
                // Nobody waits for a second one.
                drop(sender.send(url.to_owned()));
            }
        }
    });
}

/// The program of this build, or the one that `$RETELL` names, for timing another.
fn program() -> PathBuf {
    std::env::var_os("RETELL").map_or_else(|| env!("CARGO_BIN_EXE_retell").into(), PathBuf::from)
}
