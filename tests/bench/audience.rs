//! How soon a post of the audience is answered, and is on everybody's phone: a server of its own, loopback only.
//!
//! `cargo bench --bench audience -- --phones 1000 --posts 150 --minute 300`; prints the times and the server's memory,
//! fails nothing. Every post is on the disk before it is answered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark prints and breaks off")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(dead_code, reason = "the client and the server are those of the tests, which use more of them")]

#[path = "../suite/serve/client.rs"]
mod client;
#[path = "memory.rs"]
mod memory;
#[path = "../suite/serve/server.rs"]
mod server;

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use client::{Frame, Socket, post, visitor};
use memory::memory;
use server::Server;

/// A phone's thread needs next to no room.
const STACK: usize = 128 * 1024;

/// How long the last news may take to arrive everywhere.
const REST: Duration = Duration::from_secs(2);

fn main() {
    let argument = |name: &str, usual: usize| {
        let mut arguments = std::env::args().skip_while(|argument| argument != name);
        arguments.nth(1).map_or(usual, |text| text.parse().expect("a number"))
    };
    let phones = argument("--phones", 1_000).min(1_900);
    let posts = argument("--posts", 150).min(2_000);
    let minute = argument("--minute", 300).clamp(1, 6_000);
    let home = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("talks/rds-deep-dive"), home.path());
    let elsewhere = tempfile::tempdir().expect("a folder");
    let server = Server::present(elsewhere, home.path(), &["--room", "--host", "127.0.0.1"]);
    println!("at rest      {}", memory(server.id()));
    let (sender, arrivals) = channel();
    let origin = format!("Origin: http://127.0.0.1:{}", server.port);
    let threads: Vec<_> = (0..phones)
        .map(|_| {
            let mut socket = Socket::try_open(server.port, "/room?as=attendee", &[&origin]).expect("a socket");
            socket.wait_for("\"floor\"");
            let sender = sender.clone();
            std::thread::Builder::new().stack_size(STACK).spawn(move || watch(socket, &sender)).expect("a thread")
        })
        .collect();
    drop(sender);
    println!("{phones} phones  {}", memory(server.id()));
    let pause = Duration::from_mins(1) / u32::try_from(minute).expect("a rate");
    let (mut sent, mut replies) = (Vec::new(), Vec::new());
    let began = Instant::now();
    for number in 0..posts {
        // By the clock, so that a slow answer does not make the load lighter.
        std::thread::sleep(
            (began + pause * u32::try_from(number).expect("a count")).saturating_duration_since(Instant::now()),
        );
        let cookie = visitor(server.port);
        let body = format!("{{\"text\":\"question {number} about something that matters to many people here?\"}}");
        sent.push(Instant::now());
        let answer = post(server.port, "/ask/question", &cookie, &body);
        assert_eq!(answer.status, 200, "{answer:?}");
        replies.push(sent[number].elapsed());
    }
    std::thread::sleep(REST);
    let memory_then = memory(server.id());
    drop(server);
    for thread in threads {
        thread.join().expect("a phone");
    }
    let mut news: Vec<Duration> =
        arrivals.iter().filter_map(|(number, at): (usize, Instant)| Some(at - *sent.get(number)?)).collect();
    println!("{posts} posts at {minute} a minute, {} arrivals of {}", news.len(), phones * posts);
    tell("reply", &mut replies);
    tell("news", &mut news);
    println!("after that   {memory_then}");
}

/// What the audience asks is kept beside a talk: not beside the one of the repository.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let part = |permille: usize| times[(times.len() - 1) * permille / 1_000].as_secs_f64() * 1_000.0;
    println!(
        "{what:<6} p50 {:.1} ms  p90 {:.1} ms  p99 {:.1} ms  most {:.1} ms",
        part(500),
        part(900),
        part(990),
        part(1_000)
    );
}

/// Notes when each question arrives, until the server is gone.
fn watch(mut socket: Socket, sender: &Sender<(usize, Instant)>) {
    while let Frame::Text(text) = socket.next() {
        let at = Instant::now();
        for part in text.split("\"text\":\"question ").skip(1) {
            if let Some(number) = part.split(' ').next().and_then(|number| number.parse().ok()) {
                sender.send((number, at)).expect("somebody counts");
            }
        }
    }
}
