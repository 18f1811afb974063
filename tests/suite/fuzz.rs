//! A short fuzzing run on every test run: the corpus as it is, then changed at random from a fixed seed.
//!
//! `RETELL_FUZZ_RUNS=100000 RETELL_FUZZ_SEED=7 cargo test --test suite fuzz` runs longer or elsewhere. The input at work
//! is always in a file of the target folder, so that it survives a stack overflow or a run that does not end.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Changed inputs in a plain `cargo test`.
const PARSE_RUNS: u64 = 1500;
/// The same for whole builds, which take a hundred times as long.
const BUILD_RUNS: u64 = 60;
/// The same for pages.
const PAINT_RUNS: u64 = 40;

/// Longest input that changes may grow to, in bytes.
const MAX_BYTES: usize = 16 * 1024;

/// Pieces that mean something to some stage, put in at random.
const PIECES: &[&str] = &[
    "---\n",
    "\n---\n\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{feff}",
    "\0",
    "```",
    "```sql {1,3-5|7} lines\n",
    "~~~",
    ":::",
    "::::",
    "::: columns\n",
    "::: column {width=40%}\n",
    "\n:::\n",
    "{#id .a k=v}",
    "<!--",
    "-->",
    "<!-- class: a -->",
    "<!-- pause -->",
    "<!-- include: part.md -->",
    "<!-- include: again.md -->",
    "<!-- section: x 8m -->",
    "<!-- time: 99999999999h -->",
    "$$",
    "$",
    "| a | b |\n|---|--:|\n",
    "|",
    "[^1]",
    "\n[^1]: x\n",
    "^[x]",
    "![bg left:40%](x.png)",
    "[a](b \"c\")",
    "<a@b.c>",
    "> [!NOTE]\n> ",
    "> ",
    "- [ ] ",
    "1. ",
    "# ",
    "====\n",
    "title: x\n",
    "\n- ask: why\n  answer: *so*\n  state: later\n",
    "duration: 45m\n",
    "&a *a <<: *a\n",
    "[[[[[[[[",
    "{{{{",
    "\u{202e}",
    "\u{200d}",
    "👩‍👩‍👧",
    "面⾯",
    "a\u{301}",
    "**",
    "~~",
    "==",
    "~x~",
    "^x^",
    "`",
    "&#x110000;",
    "&amp;",
    "-9223372036854775808",
    "1e999",
    "\\",
    "$\\def\\a{\\a\\a}\\a$",
    "$\\text{连}\\frac{1}{2}$",
    "```mermaid\nflowchart LR\n  A --> B\n```\n",
    "```mermaid\n",
    "<div style=\"",
    "\">",
    "</div>",
    "<table><tr><td>",
    "<img src=\"x.png\">",
    "![](a.svg){width=40%}",
    "<a href=\"http://[\">",
    "[a](http://[)",
    "position:absolute;",
    "display:grid;grid-template-columns:repeat(9999,1px);",
    "display:table;",
    "float:left;",
    "width:calc(1px / 0);",
    "width:1e38px;",
    "transform:scale(0);",
    "filter:blur(9px);",
    "border-radius:50%;box-shadow:0 0 9e9px red;",
    "background:linear-gradient(red,blue);",
    "font-size:0;",
    "font-size:99999px;",
    "letter-spacing:-99px;",
    "layout: two-columns\n",
    "style: \"* { all: unset }\"\n",
    "<!-- layout: quote -->",
    "<!-- background: linear-gradient(red, blue) -->",
    "<!-- split: h2 -->",
];

/// A `SplitMix64` sequence.
struct Chance(u64);

impl Chance {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit).expect("a small limit");
        usize::try_from((mixed ^ (mixed >> 31)) % limit).expect("below a usize")
    }

    /// A range of `bytes`, mostly short.
    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len() + 1);
        let longest = if self.below(4) == 0 { bytes.len() } else { 16 };
        let end = (start + self.below(longest + 1)).min(bytes.len());
        start..end
    }
}

/// The corpus, in the order of names.
fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// `input` with one to eight changes.
fn changed(input: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = input.to_vec();
    for _ in 0..=chance.below(8) {
        let range = chance.range(&out);
        let put: Vec<u8> = match chance.below(6) {
            0 => Vec::new(),
            1 => vec![u8::try_from(chance.below(256)).unwrap()],
            2 => other[chance.range(other)].to_vec(),
            3 => out[range.clone()].repeat(1 + chance.below(4)),
            4 => PIECES[chance.below(PIECES.len())].repeat(1 + chance.below(40)).into_bytes(),
            _ => PIECES[chance.below(PIECES.len())].as_bytes().to_vec(),
        };
        // Half of the pieces are put in between, half take a place.
        let place = if chance.below(2) == 0 { range.start..range.start } else { range };
        out.splice(place, put);
        out.truncate(MAX_BYTES);
    }
    out
}

/// A number from the environment, or `default`.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} takes a number")))
}

/// Runs `target` on the corpus and on changed inputs; fails with the file that holds the first input that broke it.
fn run(name: &str, runs: u64, target: impl Fn(&[u8])) {
    let input_file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}-input.md"));
    let broken = |input: &[u8]| {
        fs::write(&input_file, input).unwrap();
        catch_unwind(AssertUnwindSafe(|| target(input))).is_err()
    };
    let corpus = corpus();
    assert!(corpus.len() > 20, "the corpus was not found");
    for (path, bytes) in &corpus {
        assert!(!broken(bytes), "{name} breaks on {}", path.display());
    }
    let seed = setting("RETELL_FUZZ_SEED", 1);
    let mut chance = Chance(seed);
    for turn in 0..setting("RETELL_FUZZ_RUNS", runs) {
        let input = &corpus[chance.below(corpus.len())].1;
        let other = &corpus[chance.below(corpus.len())].1;
        let input = changed(input, other, &mut chance);
        assert!(!broken(&input), "{name} breaks in turn {turn} of seed {seed}; the input is {}", input_file.display());
    }
}

#[test]
fn parse_survives_any_bytes() {
    run("parse", PARSE_RUNS, targets::parse);
}

#[test]
fn build_survives_any_bytes() {
    let folder = targets::folder();
    run("build", BUILD_RUNS, |bytes| targets::build(bytes, folder.path()));
}

#[test]
fn paint_survives_any_bytes() {
    run("paint", PAINT_RUNS, targets::paint);
}
