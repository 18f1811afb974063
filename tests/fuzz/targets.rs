//! What is fuzzed, one function a target; each must hold for any bytes at all.
//!
//! The test suite runs them over the corpus, and `tests/fuzz/Cargo.toml` hands them to libFuzzer.

use retell::diagnostic::Diagnostics;
use retell::source::{MemoryLoader, Sources};

/// Reads `bytes` as a talk: no panic, every finding at a place that exists, and the same again on a second run.
pub(crate) fn parse(bytes: &[u8]) {
    let first = parsed(bytes);
    assert_eq!(first, parsed(bytes), "two runs differ");
}

/// The talk and its findings as text.
fn parsed(bytes: &[u8]) -> (String, Vec<String>) {
    let loader = MemoryLoader::default()
        .with("part.md", "## Included\n\n- one\n")
        .with("again.md", "<!-- include: again.md -->\n")
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
