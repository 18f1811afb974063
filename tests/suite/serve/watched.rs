//! A run of `retell serve` on files that a test changes, and the events that it sends.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::client::{Answer, get};
use crate::claimed::Port;

/// How long an event may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// The day on which it runs, 20 November 2026, in seconds.
const TODAY: &str = "1795132800";

/// A running preview of the folder `talk`.
pub(crate) struct Watched {
    child: Child,
    stdout: BufReader<ChildStdout>,
    home: TempDir,
    claimed: Port,
    pub(crate) port: u16,
}

impl Watched {
    /// Shows `path` in a new folder that has these files.
    pub(crate) fn start(files: &[(&str, &str)], path: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let file = home.path().join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        let claimed = Port::claim();
        let (child, stdout) = run(&home, path, claimed.number());
        Self { child, stdout, home, port: claimed.number(), claimed }
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Saves a file as an editor does that writes into it. It is not empty before, as somebody might look just then.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let mut options = fs::File::options();
        let mut file = options.write(true).create(true).truncate(false).open(self.path(name)).expect("a file");
        file.write_all(text.as_bytes()).expect("it is written");
        let length = u64::try_from(text.len()).expect("a length");
        if file.metadata().expect("a file").len() > length {
            file.set_len(length).expect("it is cut off");
        }
    }

    /// Saves a file as an editor does that replaces it.
    pub(crate) fn replace(&self, name: &str, text: &str) {
        let new = self.path(&format!("{name}~new"));
        fs::write(&new, text).expect("a file");
        fs::rename(new, self.path(name)).expect("it is replaced");
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        get(self.port, path, &[])
    }

    /// The page's address, for a browser.
    pub(crate) fn url(&self, after: &str) -> String {
        format!("http://127.0.0.1:{}/{after}", self.port)
    }

    /// What a page would hear that shows nothing yet.
    pub(crate) fn events(&self, path: &str) -> Events {
        Events::open(self.port, path)
    }

    /// Presses Ctrl-C, so to speak, and waits for the end.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill");
        assert!(asked.success());
        let status = self.child.wait().expect("an end");
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("text");
        status
    }

    /// Starts it again at the same address.
    pub(crate) fn start_again(&mut self, path: &str) {
        (self.child, self.stdout) = run(&self.home, path, self.claimed.number());
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It has ended already where the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(home: &TempDir, path: &str, port: u16) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retell"));
    command.env("RETELL_HOME", home.path().join(".retell")).env("SOURCE_DATE_EPOCH", TODAY);
    command.args(["serve", path, "--port", &port.to_string()]).current_dir(home.path()).env_remove("NO_COLOR");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    assert!(line.trim().trim_end_matches('/').ends_with(&format!(":{port}")), "not at port {port}: {line:?}");
    (child, stdout)
}

/// A stream of events.
pub(crate) struct Events {
    stream: BufReader<TcpStream>,
}

impl Events {
    fn open(port: u16, path: &str) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("a request");
        Self { stream: BufReader::new(stream) }
    }

    /// The next event: its name and its data. Panics when the stream ends.
    pub(crate) fn next(&mut self) -> (String, Value) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            let length = self.stream.read_line(&mut line).expect("an event");
            assert!(length > 0, "the stream has ended");
            if let Some(event) = line.strip_prefix("event:") {
                event.trim().clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data:") {
                return (name, serde_json::from_str(data.trim()).unwrap_or(Value::Null));
            }
        }
    }

    /// The data of the next event of this name for which `holds`; others are passed over.
    pub(crate) fn until(&mut self, name: &str, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (event, data) = self.next();
            if event == name && holds(&data) {
                return data;
            }
        }
    }

    /// Whether the stream ends without another event.
    pub(crate) fn ends(&mut self) -> bool {
        let mut rest = String::new();
        self.stream.read_to_string(&mut rest).is_ok() && !rest.contains("event:")
    }
}
