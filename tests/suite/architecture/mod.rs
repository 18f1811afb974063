//! Holds the import table of the architecture: who may use whom, where each library lives, and how
//! large a file, a function and a folder tree may grow.
//!
//! The tables come first; `rules` reads them, `rust_text` and `paths` read the sources.

mod cases;
mod paths;
mod rules;
mod rust_text;
mod size;

use std::fs;
use std::path::Path;

/// Module, and the modules of this crate that it may use.
const IMPORTS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("escape", &[]),
    ("diagnostic", &["source"]),
    ("talk", &["source"]),
    ("asset", &["source", "diagnostic"]),
    ("yaml", &["source", "diagnostic"]),
    ("theme", &["source", "diagnostic", "talk", "yaml"]),
    ("parse", &["source", "diagnostic", "talk", "yaml"]),
    ("deck", &["source", "escape", "diagnostic", "talk", "asset", "theme"]),
    ("layout", &["source", "diagnostic", "asset"]),
    ("paper", &["layout"]),
    ("timing", &["source", "diagnostic", "talk"]),
    ("recall", &["source", "diagnostic", "talk"]),
    ("qa", &["source", "diagnostic", "talk"]),
    ("rehearsal", &["source", "diagnostic", "talk", "timing"]),
    ("check", &["source", "diagnostic", "talk", "asset", "theme", "layout", "timing", "recall", "rehearsal"]),
    (
        "export",
        &[
            "source",
            "escape",
            "diagnostic",
            "talk",
            "asset",
            "theme",
            "deck",
            "layout",
            "paper",
            "timing",
            "recall",
            "rehearsal",
        ],
    ),
    (
        "pipeline",
        &[
            "source",
            "diagnostic",
            "talk",
            "asset",
            "theme",
            "parse",
            "deck",
            "layout",
            "paper",
            "timing",
            "recall",
            "qa",
            "rehearsal",
            "check",
            "export",
        ],
    ),
    ("serve", &["source", "escape", "diagnostic", "rehearsal", "pipeline"]),
    ("cli", &["diagnostic", "rehearsal", "pipeline", "serve"]),
    ("main", &["cli"]),
];

/// Libraries, and the modules that may use them.
const HOMES: &[(&[&str], &[&str])] = &[
    (&["comrak"], &["parse"]),
    (&["serde_saphyr"], &["yaml"]),
    (&["minijinja", "syntect", "two_face", "merman", "ammonia", "icu_segmenter"], &["deck"]),
    (&["cssparser"], &["deck", "theme"]),
    (&["ratex_parser", "ratex_layout", "ratex_svg"], &["deck"]),
    (&["ratex_katex_fonts"], &["asset"]),
    (&["blitz_dom", "blitz_html", "blitz_paint", "blitz_traits", "anyrender"], &["layout"]),
    (&["parley", "style", "stylo_static_prefs", "peniko"], &["layout"]),
    // The words in which pages are drawn: points, paths, rectangles.
    (&["kurbo"], &["layout", "paper", "export", "check", "pipeline"]),
    (&["printpdf", "lopdf", "subsetter"], &["export::pdf"]),
    (&["minifier"], &["export::html"]),
    (&["csv"], &["export::questions"]),
    // Drawings come from `asset` as usvg's trees, which tell how their texts are set.
    (&["usvg"], &["asset", "layout::drawing", "layout::pictures"]),
    (&["image", "imagesize"], &["asset"]),
    (&["resvg"], &["asset", "export::png"]),
    (&["skera", "read_fonts", "ttf2woff2"], &["asset"]),
    (&["rayon"], &["pipeline", "layout", "export::pdf", "export::png", "asset", "deck"]),
    (&["warp", "tokio", "futures_util", "notify"], &["serve"]),
    (&["subtle", "getrandom", "if_addrs"], &["serve"]),
    (&["directories"], &["rehearsal"]),
    (&["clap", "clap_complete", "open"], &["cli"]),
    // Codes for phones: in the terminal, on the screen, on slides and on paper.
    (&["fast_qr"], &["cli", "serve::room", "asset"]),
];

/// Where files may be touched: paths below `src`, a folder ends in `/`.
const FILE_HOMES: &[&str] = &[
    "source/loader.rs",
    "pipeline/write.rs",
    "pipeline/kept_pages.rs",
    "pipeline/questions/rooms.rs",
    "pipeline/write/",
    "pipeline/found_talks.rs",
    "pipeline/talks.rs",
    "cli/",
    "cli.rs",
    "theme/",
    "rehearsal/",
    "serve/preview/watch.rs",
    "serve/audience/book.rs",
];

/// Where printing is allowed: paths below `src`, a folder ends in `/`.
const PRINT_HOMES: &[&str] = &["cli/", "cli.rs"];

/// The module whose children are independent of each other.
const INDEPENDENT_CHILDREN: &str = "export";

/// The most lines that a `.rs`, `.js` or `.css` file may have.
const MAX_FILE_LINES: usize = 400;

/// The most lines of a function, from its `fn` to its closing brace.
const MAX_FUNCTION_LINES: usize = 60;

/// How many folders a file may lie below `src`.
const MAX_DEPTH: usize = 2;

/// One file of the project as the rules see it.
struct SourceFile {
    /// Path from the project's folder, `/` between the parts.
    path: String,
    text: String,
}

impl SourceFile {
    /// The path below `src`, for a Rust file there.
    fn below_src(&self) -> Option<&str> {
        self.path.strip_prefix("src/").filter(|path| has_ending(path, &["rs"]))
    }
}

/// All `.rs`, `.js` and `.css` files below `folder`, in the order of their paths.
fn files_below(folder: &str) -> Vec<SourceFile> {
    let mut found = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), folder, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, folder: &str, found: &mut Vec<SourceFile>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if entry.file_type().unwrap().is_dir() {
            // Build folders of the fuzzing package.
            if name != "target" {
                collect(root, &path, found);
            }
        } else if has_ending(&name, &["rs", "js", "css"]) {
            found.push(SourceFile { text: fs::read_to_string(entry.path()).unwrap(), path });
        }
    }
}

/// Whether the file's name ends in a dot and one of `endings`.
fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "{} violations:\n{}\n", violations.len(), violations.join("\n"));
}

#[test]
fn the_table_names_modules_in_the_order_of_the_pipeline() {
    for (at, (module, allowed)) in IMPORTS.iter().enumerate() {
        for other in *allowed {
            let position = IMPORTS.iter().position(|(name, _)| name == other);
            assert!(position.is_some_and(|position| position < at), "`{module}` comes before `{other}`: a cycle");
        }
    }
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let files = files_below("src");
    assert!(files.len() > 10, "the sources were not found");
    assert_none(&rules::imports(&files));
}

#[test]
fn modules_do_not_import_in_circles() {
    assert_none(&rules::cycles(&files_below("src")));
}

#[test]
fn libraries_stay_in_their_homes() {
    assert_none(&rules::homes(&files_below("src")));
}

#[test]
fn files_are_touched_and_lines_printed_only_at_home() {
    assert_none(&rules::effects(&files_below("src")));
}

#[test]
fn files_functions_and_folders_stay_small() {
    let files: Vec<_> = ["src", "themes", "tests"].into_iter().flat_map(files_below).collect();
    assert_none(&size::files(&files));
    assert_none(&size::functions(&files));
    assert_none(&size::folders(&files));
}
