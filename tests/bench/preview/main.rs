//! Times a live preview: from just before a file is written until the changed slide is painted in a real Chromium.
//!
//!     cargo bench --bench preview
//!     cargo bench --bench preview -- --url http://localhost:3030/ --file slides.md --at '/{slide}'
//!
//! The first measures `retell serve` on a generated deck; the second any other server that shows a Markdown file. Nothing is
//! judged: machines differ, and figures are for reading.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program of its own, which says what it measured")]

#[path = "../../suite/browser/chromium/mod.rs"]
#[allow(dead_code, unused_imports, reason = "tests use the rest")]
mod chromium;
mod edits;
#[path = "../generate_deck/mod.rs"]
#[allow(dead_code, reason = "the program `generate-deck` uses the rest")]
mod generate_deck;
#[path = "../../suite/browser/serving.rs"]
#[allow(dead_code, reason = "tests use the rest")]
mod serving;

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chromium::Chromium;
use clap::Parser;
use edits::{Edits, Save};
use generate_deck::{Dialect, Language, generate};
use serde::Deserialize;

/// Long enough for watchers, builds and pages to come to rest between two edits.
const REST: Duration = Duration::from_millis(400);

/// Tells when a text is in the page and when it is painted, each by the clock of this machine.
const WATCH: &str = include_str!("watch.js");

/// Measures save → changed slide visible.
#[derive(Parser)]
#[command(name = "preview")]
struct Arguments {
    /// How many slides the generated deck has
    #[arg(long, default_value_t = 100)]
    slides: u32,
    /// How many edits are counted, after three that are not
    #[arg(long, default_value_t = 60)]
    edits: usize,
    /// The page of another server, which is started already
    #[arg(long, requires = "file")]
    url: Option<String>,
    /// The Markdown file that server shows
    #[arg(long, requires = "url")]
    file: Option<PathBuf>,
    /// Where the changed text must be seen
    #[arg(long, default_value = "body")]
    selector: String,
    /// The fragment of a slide, `{slide}` its number from 1: goes there before each edit, for servers that do not
    #[arg(long)]
    at: Option<String>,
    /// Given by `cargo bench`
    #[arg(long, hide = true)]
    bench: bool,
}

/// One edit that became visible; times in milliseconds from before the write.
#[derive(Deserialize)]
struct Seen {
    /// How long the server took, where it says so.
    server: Option<f64>,
    /// When the text was in the page.
    changed: f64,
    /// When the frame after the one that shows it began.
    painted: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let (url, file, _server) = if let (Some(url), Some(file)) = (&arguments.url, &arguments.file) {
        (url.clone(), file.clone(), None)
    } else {
        let deck = folder.path().join("deck");
        generate(&deck, arguments.slides, Language::Mixed, Dialect::Retell)?;
        let server = serving::Serving::start("serve", &deck, &[])?;
        (server.url.clone(), deck.join("talk.md"), Some(server))
    };
    let mut edits = Edits::of(&file)?;
    println!("{} slides with text to edit, {} edits of {}", edits.places(), arguments.edits, file.display());
    let page = Chromium::start();
    page.on_new_document(WATCH);
    page.go(&url);
    for save in [Save::InPlace, Save::ByRename] {
        let seen = measure(&page, &mut edits, save, &arguments)?;
        println!("{}", told(save, &seen));
    }
    edits.restore()?;
    Ok(())
}

fn measure(page: &Chromium, edits: &mut Edits, save: Save, arguments: &Arguments) -> Result<Vec<Seen>, Box<dyn Error>> {
    let mut all = Vec::new();
    let warm_up = 3;
    for count in 0..arguments.edits.div_ceil(2) + warm_up {
        let edit = edits.next();
        if let Some(at) = &arguments.at {
            page.act(&format!("location.hash = {:?}", at.replace("{slide}", &edit.slide.to_string())));
        }
        page.act(&format!("preview.waitFor({:?}, {:?})", edit.marker, arguments.selector));
        sleep(REST);
        #[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let before = SystemTime::now();
        edits.save(&edit, save)?;
        page.wait_until("preview.painted()");
        let mut seen: Seen = page.eval("preview.seen()");
        let start = before.duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0;
        seen.changed -= start;
        seen.painted -= start;
        if count >= warm_up {
            all.push(seen);
        }
    }
    Ok(all)
}

fn told(save: Save, seen: &[Seen]) -> String {
    let mut told = format!("written {save}, {} edits, milliseconds\n", seen.len());
    let rows = [
        ("server", seen.iter().filter_map(|seen| seen.server).collect()),
        ("in the page", seen.iter().map(|seen| seen.changed).collect()),
        ("painted", seen.iter().map(|seen| seen.painted).collect::<Vec<f64>>()),
    ];
    for (name, mut times) in rows.into_iter().filter(|(_, times)| !times.is_empty()) {
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times[(times.len() * percent).div_ceil(100).clamp(1, times.len()) - 1];
        let _ = writeln!(
            told,
            "  {name:<12} p50 {:>6.1}   p90 {:>6.1}   p95 {:>6.1}   worst {:>6.1}",
            at(50),
            at(90),
            at(95),
            at(100)
        );
    }
    told
}
