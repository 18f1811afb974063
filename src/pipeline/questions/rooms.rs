//! Where the files of rooms lie.

use std::path::{Path, PathBuf};

use crate::qa::Room;
use crate::source::{DiskLoader, LoadError, Loader as _};

/// The room files beside the talk in `folder`, by name.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.join("room")) else { return Vec::new() };
    let is_room = |path: &PathBuf| path.extension().is_some_and(|end| end == "jsonl") && path.is_file();
    let mut found: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(is_room).collect();
    found.sort();
    found
}

/// Reads a room's file.
///
/// # Errors
/// Why that can't be.
pub(super) fn read(path: &Path, folder: &Path) -> Result<Room, LoadError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let bytes = DiskLoader::new(above).load(&name)?;
    Ok(Room::read(&path.display().to_string(), &origin(path, folder, name), &bytes))
}

/// The path from the talk's folder, `/` between its parts; of a file that lies elsewhere its name alone.
fn origin(path: &Path, folder: &Path, name: String) -> String {
    let full = |path: &Path| path.canonicalize().ok();
    let within = full(path).zip(full(folder)).and_then(|(path, folder)| {
        let within = path.strip_prefix(folder).ok()?;
        let parts: Option<Vec<&str>> = within.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    });
    within.unwrap_or(name)
}
