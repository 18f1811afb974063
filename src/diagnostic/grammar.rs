/// `count` things called `noun`, which takes a plain `s`: `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What a run found, in one line: `2 errors, 1 warning`; `None` when it found neither.
#[must_use]
pub fn summary(errors: usize, warnings: usize) -> Option<String> {
    let parts = [(errors, "error"), (warnings, "warning")];
    let named: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_names_only_what_was_found() {
        assert_eq!(summary(0, 0), None);
        assert_eq!(summary(1, 0).as_deref(), Some("1 error"));
        assert_eq!(summary(0, 3).as_deref(), Some("3 warnings"));
        assert_eq!(summary(2, 1).as_deref(), Some("2 errors, 1 warning"));
    }
}
