//! Times the stages of whole builds, `cargo bench`: medians over several runs of generated decks.
//!
//! Nothing is judged: machines differ, and figures are for reading. `compare.sh` times whole commands instead.

#![allow(clippy::print_stdout, reason = "a program of its own, which says what it measured")]

#[path = "generate_deck/mod.rs"]
mod generate_deck;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use generate_deck::{Dialect, Language, generate};
use retell::pipeline::{Edition, Frames, Job, Outputs, Print, build};

/// Counted runs of each deck, after one that fills the caches.
const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    println!("median of {RUNS} runs, milliseconds");
    for slides in [30, 100, 300] {
        let folder = tempfile::tempdir()?;
        generate(folder.path(), slides, Language::Mixed, Dialect::Retell)?;
        let job = Job {
            talk: folder.path().to_path_buf(),
            output: folder.path().join("pack"),
            only: Outputs::default(),
            theme: None,
            trust_html: false,
            without_notes: false,
            edition: Edition::default(),
            print: Print::default(),
            frames: Frames::default(),
            speaker: None,
            cache: None,
        };
        print(slides, &stage_times(&job)?);
    }
    Ok(())
}

/// A stage and how long it took in each run.
type StageTimes = (&'static str, Vec<Duration>);

/// Every stage in the order in which they run, with its times.
fn stage_times(job: &Job) -> Result<Vec<StageTimes>, Box<dyn Error>> {
    let mut order = Vec::new();
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for run in 0..=RUNS {
        #[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
        let start = Instant::now();
        let report = build(job, &|| start.elapsed());
        let total = start.elapsed();
        if report.files.is_empty() {
            return Err(format!("the deck does not build: {:?}", report.diagnostics).into());
        }
        if run == 0 {
            order = report.timings.iter().map(|(stage, _)| *stage).chain(["total"]).collect();
            continue;
        }
        for (stage, time) in report.timings.into_iter().chain([("total", total)]) {
            times.entry(stage).or_default().push(time);
        }
    }
    Ok(order.into_iter().filter_map(|stage| Some((stage, times.remove(stage)?))).collect())
}

fn print(slides: u32, stages: &[(&str, Vec<Duration>)]) {
    let figures = stages.iter().map(|(stage, times)| {
        let mut times = times.clone();
        times.sort();
        format!("{stage} {:.1}", times[times.len() / 2].as_secs_f64() * 1000.0)
    });
    println!("{slides:>4} slides: {}", figures.collect::<Vec<_>>().join(", "));
}
