//! Times `retell symptoms` over 1,000 made-up talks, whole commands: `cargo bench --bench symptoms`.
//!
//! Nothing is judged: machines differ, and figures are for reading. `RETELL=/path/to/retell` times another binary.

#![allow(clippy::print_stdout, reason = "a program of its own, which says what it measured")]

#[path = "generate_deck/mod.rs"]
#[allow(dead_code, reason = "other programs use the rest")]
mod generate_deck;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use generate_deck::{Dialect, Language, generate};

/// How many talks are searched, and how many slides each has.
const TALKS: usize = 1000;
const SLIDES: u32 = 30;

/// Counted runs of each query, after one that fills the caches.
const RUNS: usize = 21;

const QUERIES: [&str; 4] =
    ["ERROR 1205 lock wait timeout", "连接池 预热 很慢", "p95 spikes after a rollout", "nowhere to be found"];

/// What made-up symptoms are made of.
const WORDS: [&str; 24] = [
    "lock",
    "wait",
    "timeout",
    "replica",
    "lag",
    "pool",
    "warm-up",
    "failover",
    "cache",
    "burst",
    "credits",
    "queue",
    "deploy",
    "rollout",
    "memory",
    "thread",
    "latency",
    "purge",
    "index",
    "plan",
    "metadata",
    "socket",
    "锁等待",
    "连接池",
];

fn main() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let bytes = write_talks(home.path())?;
    let retell = std::env::var("RETELL").unwrap_or_else(|_| env!("CARGO_BIN_EXE_retell").to_owned());
    println!("{TALKS} talks, {} MiB; median and slowest of {RUNS} runs", bytes / (1024 * 1024));
    for query in QUERIES {
        let mut times = Vec::new();
        for run in 0..=RUNS {
            #[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
            let start = Instant::now();
            let output = Command::new(&retell).args(["symptoms", query]).arg(home.path()).output()?;
            let time = start.elapsed();
            if !output.status.success() {
                return Err(String::from_utf8_lossy(&output.stderr).into());
            }
            if run > 0 {
                times.push(time);
            }
        }
        times.sort();
        let shown = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1000.0);
        println!("{:6.1} ms {:6.1} ms  {query}", shown(times.get(RUNS / 2)), shown(times.last()));
    }
    Ok(())
}

/// Writes the talks, each the same slides and symptoms of its own; gives the bytes of all.
fn write_talks(folder: &Path) -> Result<usize, Box<dyn Error>> {
    let model = folder.join(".model");
    generate(&model, SLIDES, Language::Mixed, Dialect::Retell)?;
    let slides = fs::read_to_string(model.join("talk.md"))?;
    let mut bytes = 0;
    for talk in 0..TALKS {
        let mut text = slides.clone();
        for block in 0..12 {
            let words = |from: usize, count: usize| {
                let at = |n: usize| WORDS[(talk * 31 + block * 17 + (from + n) * (7 + talk % 5)) % WORDS.len()];
                (0..count).map(at).collect::<Vec<_>>().join(" ")
            };
            let number = 1000 + (talk * 7 + block * 13) % 900;
            let _ = if block % 3 == 0 {
                write!(
                    text,
                    "\n---\n\n## Symptom {block}\n\n```trigger #t{block}\nwhen: ERROR {number} {}\nmeans: {}\ndo: {}\n```\n",
                    words(0, 5),
                    words(5, 4),
                    words(9, 6)
                )
            } else {
                write!(
                    text,
                    "\n---\n\n## Question {block}\n\n```recall #q{block}\nask: {} p{number}?\nanswer: {}\nwhy: {}\n```\n",
                    words(1, 7),
                    words(8, 4),
                    words(12, 9)
                )
            };
        }
        let home = folder.join(format!("talk-{talk:04}"));
        fs::create_dir(&home)?;
        bytes += text.len();
        fs::write(home.join("talk.md"), text)?;
    }
    Ok(bytes)
}
