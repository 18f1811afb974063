//! `retell serve` on a free port, stopped when it is dropped.

use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// A running server.
pub(crate) struct Server {
    /// The address that it told.
    pub(crate) url: String,
    child: Child,
}

impl Server {
    /// Serves the talk in a folder.
    ///
    /// # Errors
    ///
    /// When the program does not start, or ends before it tells an address.
    pub(crate) fn start(talk: &Path) -> io::Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_retell"))
            .args(["serve", "--port", "0"])
            .arg(talk)
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
        Err(io::Error::other("`retell serve` told no address"))
    }
}

impl Drop for Server {
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
