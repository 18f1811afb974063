//! How soon a change of the slide reaches everybody: a server of its own, some hundred viewers, loopback only.
//!
//! `cargo bench --bench room -- --viewers 500 --changes 60`; prints the times and the server's memory, fails nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark prints and breaks off")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(dead_code, reason = "the client and the server are those of the tests, which use more of them")]

#[path = "../suite/serve/client.rs"]
mod client;
#[path = "memory.rs"]
mod memory;
#[path = "../suite/serve/server.rs"]
mod server;

use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use client::{Frame, Socket, state};
use memory::memory;
use server::Server;

/// The time between two changes: long enough for the slowest viewer, short enough for a benchmark.
const PAUSE: Duration = Duration::from_millis(150);

/// A viewer's thread needs next to no room.
const STACK: usize = 128 * 1024;

fn main() {
    let argument = |name: &str, usual: usize| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name);
        arguments.nth(1).map_or(usual, |text| text.parse().expect("a number"))
    };
    let viewers = argument("--viewers", 500).min(1_900);
    let changes = argument("--changes", 60).min(1_000);
    let home = tempfile::tempdir().expect("a folder");
    let talk = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("talks/rds-deep-dive");
    let server = Server::present(home, &talk, &[]);
    println!("at rest      {}", memory(server.id()));
    let mut speaker = Socket::open(server.port, &server.cookie());
    let (sender, arrivals) = channel();
    let threads: Vec<_> = (0..viewers)
        .map(|_| {
            let socket = Socket::open(server.port, "");
            let sender = sender.clone();
            std::thread::Builder::new().stack_size(STACK).spawn(move || watch(socket, &sender)).expect("a thread")
        })
        .collect();
    drop(sender);
    speaker.wait_for(&format!("\"viewers\":{viewers}"));
    println!("{viewers} viewers  {}", memory(server.id()));
    let mut sent = Vec::new();
    for number in 1..=changes {
        sent.push(Instant::now());
        speaker.send(&state(number as u64, if number % 2 == 0 { "waits" } else { "flow" }, 0, "talk"));
        std::thread::sleep(PAUSE);
    }
    let memory_then = memory(server.id());
    drop(server);
    for thread in threads {
        thread.join().expect("a viewer");
    }
    let mut times: Vec<Duration> =
        arrivals.iter().map(|(number, at): (usize, Instant)| at - sent[number - 1]).collect();
    times.sort();
    let part = |permille: usize| times[(times.len() - 1) * permille / 1_000].as_secs_f64() * 1_000.0;
    println!("{changes} changes, {} arrivals of {}", times.len(), viewers * changes);
    println!("p50 {:.1} ms  p90 {:.1} ms  p99 {:.1} ms  most {:.1} ms", part(500), part(900), part(990), part(1_000));
    println!("after that   {memory_then}");
}

/// Notes when each change arrives, until the server is gone.
fn watch(mut socket: Socket, sender: &Sender<(usize, Instant)>) {
    while let Frame::Text(text) = socket.next() {
        let at = Instant::now();
        let number = text.split_once("\"version\":[").and_then(|(_, rest)| rest.split(',').next()?.parse().ok());
        if let Some(number) = number {
            sender.send((number, at)).expect("somebody counts");
        }
    }
}
