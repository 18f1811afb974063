//! What is fuzzed, one function a target; each must hold for any bytes at all.
//!
//! The test suite runs them over the corpus, and `tests/fuzz/Cargo.toml` hands them to libFuzzer.

mod paint;

use std::path::Path;
use std::time::Duration;

use retell::diagnostic::Diagnostics;
use retell::pipeline::{Edition, Frames, Job, Outputs, Print, Report};
use retell::source::{MemoryLoader, Sources};

pub(crate) use paint::paint;

/// Reads `bytes` as a talk, and as the questions kept beside it: no panic, every finding at a place that exists, and the same again on a second run.
pub(crate) fn parse(bytes: &[u8]) {
    let first = parsed(bytes);
    assert_eq!(first, parsed(bytes), "two runs differ");
}

/// The talk and its findings as text.
fn parsed(bytes: &[u8]) -> (String, Vec<String>) {
    let loader = MemoryLoader::default()
        .with("part.md", "## Included\n\n- one\n")
        .with("again.md", "<!-- include: again.md -->\n")
        .with("qa.yaml", bytes)
        .with("broken.md", [0xff, 0xfe, b'\n'].to_vec());
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let talk = retell::parse::parse(&mut sources, "talk.md", bytes, &loader, &mut diagnostics);
    let findings = diagnostics
        .iter()
        .map(|found| {
            let spans = found.span.into_iter().chain(found.labels.iter().map(|(span, _)| *span));
            for span in spans {
                let text = sources.get(span.source).text();
                assert!(
                    text.get(span.start..span.end).is_some(),
                    "{span:?} is no range of the text: {}",
                    found.message
                );
            }
            format!("{}: {}", found.code.name, found.message)
        })
        .collect();
    (format!("{talk:?}"), findings)
}

/// Takes `bytes` through every stage, in the folder `at` which holds pictures and a style sheet: nothing panics, not even
/// where a panic would be caught, and a pack is written when there was no error, else not.
pub(crate) fn build(bytes: &[u8], at: &Path) {
    let (talk, output) = (at.join("talk.md"), at.join("out"));
    std::fs::write(&talk, bytes).unwrap();
    let _ = std::fs::remove_dir_all(&output);
    let job = Job {
        talk,
        output,
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
    let mut reports: Vec<Report> =
        retell::pipeline::run(&[job], Some(1), |job| retell::pipeline::build(job, &|| Duration::ZERO));
    let report = reports.pop().unwrap();
    for found in report.diagnostics.iter() {
        assert_ne!(found.code.name, "internal-error", "{}", found.message);
        assert!(!found.message.contains("can't be laid out"), "{}", found.message);
    }
    assert_eq!(report.files.is_empty(), report.diagnostics.has_errors());
}

/// The files beside the talk that [`build`] makes: two pictures and a style sheet.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text y='20'>A\u{8fde}</text></svg>";
    let pixel = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
    for (name, bytes) in [("x.png", pixel.as_slice()), ("a.svg", drawing.as_bytes()), ("style.css", b"h2{color:#123}")]
    {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}
