/// A theme that talks can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTheme {
    /// The name by which talks ask for it.
    pub name: String,
    /// One line on what it looks like.
    pub description: String,
}

/// The built-in themes in the order in which they are offered.
#[must_use]
pub fn themes() -> Vec<ListedTheme> {
    Vec::new()
}
