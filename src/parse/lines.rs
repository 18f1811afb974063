//! What a single line of Markdown can be, as far as the state between slides depends on it.

/// The marks at the start of a fence line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    length: usize,
    indent: usize,
    /// Whether words follow the marks; such a line closes nothing.
    pub(super) has_info: bool,
}

impl Fence {
    /// Whether a line with the marks of `other` is long enough to close this fence.
    pub(super) fn is_closed_by(&self, other: &Self) -> bool {
        other.mark == self.mark && other.length >= self.length
    }

    /// A line that closes this fence.
    pub(super) fn closing(&self) -> String {
        let mut line = " ".repeat(self.indent);
        line.extend(std::iter::repeat_n(self.mark, self.length));
        line
    }
}

/// The fence that `line` opens or closes.
pub(super) fn fence(line: &str) -> Option<Fence> {
    let indent = indent(line);
    let content = &line[indent..];
    let mark = content.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = content.trim_start_matches(mark);
    let length = content.len() - info.len();
    let is_code_span = mark == '`' && info.contains('`');
    (length >= 3 && !is_code_span).then(|| Fence { mark, length, indent, has_info: !info.trim().is_empty() })
}

/// How many spaces stand at the start of `line`; a tab counts as one byte, which keeps it sliceable.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether `line` is made of three or more dashes, from its first column.
pub(super) fn is_bare_rule(line: &str) -> bool {
    let dashes = line.trim_end();
    dashes.len() >= 3 && dashes.bytes().all(|byte| byte == b'-')
}

/// Where the content of a list item that starts at the first byte of `line` begins.
pub(super) fn list_offset(line: &str) -> Option<usize> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks: &[char] = if digits == 0 { &['-', '+', '*'] } else { &['.', ')'] };
    let after = line.get(digits..)?.strip_prefix(marks)?;
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let is_rule = digits == 0 && line.bytes().all(|byte| matches!(byte, b'-' | b'*' | b' '));
    (digits < 10 && (1..=4).contains(&spaces) && !is_rule).then_some(digits + 1 + spaces)
}

/// How many quotes and list items `line` opens at once.
pub(super) fn marker_depth(line: &str) -> usize {
    let mut rest = line.trim_start();
    let mut depth = 0;
    loop {
        rest = if let Some(after) = rest.strip_prefix('>') {
            after.trim_start()
        } else {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            match after.strip_prefix(['-', '+', '*', '.', ')', ':']) {
                Some(after) if after.starts_with([' ', '\t']) => after.trim_start(),
                _ => return depth,
            }
        };
        depth += 1;
    }
}

/// Where a block of raw HTML ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HtmlEnd {
    /// At a blank line.
    Blank,
    /// In the line that holds these words.
    Words(&'static str),
}

/// Where the block of raw HTML that `line` starts will end; `None` when it starts none.
pub(super) fn html_end(line: &str) -> Option<HtmlEnd> {
    let rest = line.strip_prefix('<')?;
    let lower = rest.get(..rest.len().min(12)).unwrap_or_default().to_ascii_lowercase();
    for (tag, end) in
        [("script", "</script"), ("pre", "</pre"), ("style", "</style"), ("textarea", "</textarea"), ("?", "?>")]
    {
        if lower.starts_with(tag) {
            return Some(HtmlEnd::Words(end));
        }
    }
    let is_link = rest.split('>').next().is_some_and(|inside| inside.contains([':', '@']) && !inside.contains(' '));
    let starts_tag = rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    (starts_tag && !is_link).then_some(HtmlEnd::Blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_fences_from_code_spans() {
        assert!(fence("```sql").is_some_and(|fence| fence.has_info));
        assert!(fence("  ~~~~").is_some_and(|fence| !fence.has_info && fence.closing() == "  ~~~~"));
        assert_eq!(fence("``` a`b"), None);
        assert_eq!(fence("``"), None);
    }

    #[test]
    fn finds_where_list_content_starts() {
        assert_eq!(list_offset("- a"), Some(2));
        assert_eq!(list_offset("12. a"), Some(4));
        assert_eq!(list_offset("- - -"), None);
        assert_eq!(list_offset("-a"), None);
        assert_eq!(list_offset("2026 was"), None);
    }

    #[test]
    fn counts_markers() {
        assert_eq!(marker_depth("> - 1. > x"), 4);
        assert_eq!(marker_depth("text"), 0);
        assert_eq!(marker_depth(&">".repeat(200)), 200);
    }
}
