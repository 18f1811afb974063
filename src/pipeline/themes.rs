pub use crate::theme::Listed as ListedTheme;
use crate::theme::Registry;

/// The built-in themes in the order in which they are offered.
#[must_use]
pub fn themes() -> Vec<ListedTheme> {
    Registry.list()
}
