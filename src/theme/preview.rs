use crate::theme::folder::Folder;

/// The talk that shows every kind of slide, `preview.md`, and the pictures that it refers to, by their names.
#[must_use]
pub fn preview() -> Vec<(String, Vec<u8>)> {
    Folder::built_in("base").map_or_else(Vec::new, |base| base.below("preview"))
}
