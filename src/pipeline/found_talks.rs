use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::parse;
use crate::pipeline::draft::unreadable;
use crate::pipeline::talks::holds_talk;
use crate::source::{DiskLoader, Loader as _, Sources};
use crate::talk::Talk;

/// How many folders deep talks are looked for.
const MAX_DEPTH: usize = 4;

/// The most folders that are looked into: somebody may ask at the root of a disk.
const MAX_FOLDERS: usize = 20_000;

/// Folders that hold what programs made.
const MADE: [&str; 3] = ["dist", "node_modules", "target"];

/// The talks at and below `folder`, sorted: itself when it is one, else each folder with a `talk.md`, down to
/// [`MAX_DEPTH`]. A talk's own folders, hidden ones and those of made things are left out, links to folders not followed
/// further.
pub(super) fn talks_below(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() || holds_talk(folder) {
        return vec![folder.to_path_buf()];
    }
    let (mut talks, mut looked) = (Vec::new(), 0);
    descend(folder, MAX_DEPTH, &mut looked, &mut talks);
    talks
}

fn descend(folder: &Path, depth: usize, looked: &mut usize, talks: &mut Vec<PathBuf>) {
    *looked += 1;
    if depth == 0 || *looked > MAX_FOLDERS {
        return;
    }
    for (name, path) in children(folder) {
        if holds_talk(&path) {
            talks.push(path);
        } else if !MADE.contains(&name.as_str()) && path.is_dir() && !path.is_symlink() {
            descend(&path, depth - 1, looked, talks);
        }
    }
}

/// What lies in `folder` and is not hidden, by name.
pub(super) fn children(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let named = |path: PathBuf| Some((path.file_name()?.to_str()?.to_owned(), path));
    let all = entries.filter_map(Result::ok).filter_map(|entry| {
        named(if folder == Path::new(".") {
            // `talks/rds`, not `./talks/rds`.
            PathBuf::from(entry.file_name())
        } else {
            entry.path()
        })
    });
    let mut all: Vec<(String, PathBuf)> = all.filter(|(name, _)| !name.starts_with('.')).collect();
    all.sort();
    all
}

/// The bytes of a talk's file, to look through before anybody reads it as a talk; `None` when it can't be read.
pub(super) fn source_of(talk: &Path) -> Option<Vec<u8>> {
    let file = file_of(talk);
    if file.metadata().ok()?.len() > crate::source::MAX_FILE_BYTES {
        return None;
    }
    std::fs::read(file).ok()
}

/// The bytes of the questions that the audience asked, where the talk keeps any.
pub(super) fn kept_of(talk: &Path) -> Option<Vec<u8>> {
    if file_of(talk).file_name()? != "talk.md" {
        return None;
    }
    DiskLoader::new(folder_of(talk)).load("qa.yaml").ok()
}

/// The Markdown file of a talk.
fn file_of(talk: &Path) -> PathBuf {
    if talk.is_dir() { talk.join("talk.md") } else { talk.to_path_buf() }
}

/// The folder that a talk's paths start from.
pub(super) fn folder_of(talk: &Path) -> &Path {
    if talk.is_dir() {
        return talk;
    }
    talk.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a talk, without its look. What is wrong with it is for `check` to say.
///
/// # Errors
/// The finding that says why its file can't be read.
pub(super) fn read_talk(path: &Path) -> Result<Talk, Box<Diagnostic>> {
    let file = file_of(path);
    let shown = file.display().to_string();
    let loader = DiskLoader::new(folder_of(path));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let bytes = loader.load(&name).map_err(|error| Box::new(unreadable(&shown, &error)))?;
    Ok(parse(&mut Sources::default(), &shown, &bytes, &loader, &mut Diagnostics::default()))
}
