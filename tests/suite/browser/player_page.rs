//! A deck page made of the player's sources and the slides in `tests/cases/player`.
//!
//! The player's modules become one script the way the build does it: in dependency order, without their
//! `import` lines and `export` words, allowed by hash in a strict content security policy.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

/// Writes the page into `folder` and gives its path.
pub(super) fn write(folder: &Path) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let player = root.join("src/player");
    let case = |name: &str| read(&root.join("tests/cases/player").join(name));
    let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", bundle(&player));
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'sha256-{hash}'"
    );
    let page = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><title>Deck</title>\
         <style>{}</style><style>{}</style></head><body><main class=\"deck\">{}</main>\
         <script type=\"application/json\">{}</script><script>{script}</script></body></html>",
        case("slides.css"),
        read(&player.join("deck.css")),
        case("slides.html"),
        case("data.json"),
    );
    let path = folder.join("index.html");
    fs::write(&path, page).expect("the page is written");
    path
}

/// The player as one script.
fn bundle(player: &Path) -> String {
    let mut seen = Vec::new();
    let mut script = String::new();
    append(player, "main.js", &mut seen, &mut script);
    script
}

fn append(player: &Path, name: &str, seen: &mut Vec<String>, script: &mut String) {
    if seen.iter().any(|other| other == name) {
        return;
    }
    seen.push(name.to_owned());
    let source = read(&player.join(name));
    let (imports, body): (Vec<&str>, Vec<&str>) = source.lines().partition(|line| line.starts_with("import "));
    for import in imports {
        let module = import.split('"').nth(1).expect("an import names a module");
        append(player, module.trim_start_matches("./"), seen, script);
    }
    for line in body {
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
