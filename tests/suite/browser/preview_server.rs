//! A stand-in for the preview server: sends the page of `player_page` and the events that a test makes up.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use retell::export::html::Host;
use serde_json::Value;

use super::player_page;

/// How long a page may take to ask for events.
const PATIENCE: Duration = Duration::from_mins(2);

/// Serves until it is dropped.
pub(super) struct PreviewServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What the server's thread and the test both see.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Pages that listen.
    listeners: Vec<TcpStream>,
    /// The paths at which events were asked for.
    asked: Vec<String>,
    /// Nobody is answered any more.
    closed: bool,
}

impl PreviewServer {
    /// Starts on a free port.
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared::default());
        let page: Arc<str> = player_page::page(Host::Live { events: "/events", revision: "r1" }).into();
        let theirs = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if theirs.state.lock().expect("no panic elsewhere").closed {
                    return;
                }
                // Browsers open connections for later, and send nothing on them for as long as they like.
                let (page, theirs) = (Arc::clone(&page), Arc::clone(&theirs));
                std::thread::spawn(move || answer(stream, &page, &theirs));
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// The address of the page.
    pub(super) fn url(&self, fragment: &str) -> String {
        format!("http://{}/{fragment}", self.address)
    }

    /// Waits until events were asked for so often, and says at which path last.
    #[track_caller]
    pub(super) fn wait_for_listener(&self, times: usize) -> String {
        let state = self.shared.state.lock().expect("no panic elsewhere");
        let waited = self.shared.changed.wait_timeout_while(state, PATIENCE, |state| state.asked.len() < times);
        let (state, _) = waited.expect("no panic elsewhere");
        assert!(state.asked.len() >= times, "asked for only at {:?}", state.asked);
        state.asked[times - 1].clone()
    }

    /// Sends an event to all pages that listen.
    pub(super) fn send(&self, event: &str, data: &Value) {
        self.send_text(event, &data.to_string());
    }

    /// Sends an event whose data may be anything.
    pub(super) fn send_text(&self, event: &str, data: &str) {
        let message = format!("event: {event}\ndata: {data}\n\n");
        let mut state = self.shared.state.lock().expect("no panic elsewhere");
        state.listeners.retain_mut(|listener| listener.write_all(message.as_bytes()).is_ok());
    }

    /// Cuts the connections of all pages that listen.
    pub(super) fn hang_up(&self) {
        self.shared.state.lock().expect("no panic elsewhere").listeners.clear();
    }
}

impl Drop for PreviewServer {
    fn drop(&mut self) {
        if let Ok(mut state) = self.shared.state.lock() {
            state.closed = true;
            state.listeners.clear();
        }
        // Wakes the thread.
        let _woken = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

/// Sends the page, or keeps the connection for events.
fn answer(mut stream: TcpStream, page: &str, shared: &Shared) {
    let Some(path) = asked_path(&mut stream) else { return };
    let head = |kind: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nCache-Control: no-store\r\n");
    if path.starts_with("/events") {
        if stream.write_all(format!("{}\r\n:\n\n", head("text/event-stream")).as_bytes()).is_ok() {
            let mut state = shared.state.lock().expect("no panic elsewhere");
            state.listeners.push(stream);
            state.asked.push(path);
            shared.changed.notify_all();
        }
        return;
    }
    let body = if path.split('?').next() == Some("/") { page } else { "" };
    let head =
        format!("{}Content-Length: {}\r\nConnection: close\r\n\r\n", head("text/html; charset=utf-8"), body.len());
    let _sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// The path of a request; none when the browser opened the connection for later and sends nothing.
fn asked_path(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut head = Vec::new();
    let mut part = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part) {
            Ok(length) if length > 0 => head.extend_from_slice(&part[..length]),
            _ => return None,
        }
    }
    let head = String::from_utf8_lossy(&head);
    head.split(' ').nth(1).map(str::to_owned)
}
