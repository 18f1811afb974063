use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Characters shown of one cluster; more are heaped accents that would bury the lines above.
const CLUSTER_LIMIT: usize = 16;

/// What a terminal shows of one grapheme cluster.
#[derive(Debug, PartialEq)]
pub(super) struct Cell<'a> {
    /// First byte of the cluster in the text.
    pub(super) start: usize,
    /// The byte after it.
    pub(super) end: usize,
    /// What is written for it.
    pub(super) shown: Cow<'a, str>,
    /// How many columns that takes; 2 for Chinese characters and emoji.
    pub(super) width: usize,
}

/// The clusters of `text` in order, a tab as four spaces, control characters made visible.
pub(super) fn cells(text: &str) -> impl Iterator<Item = Cell<'_>> {
    text.grapheme_indices(true).map(|(start, cluster)| {
        let shown = if cluster == "\t" { Cow::Borrowed("    ") } else { shown(cluster) };
        Cell { start, end: start + cluster.len(), width: shown.width(), shown }
    })
}

/// `text` as a terminal can show it on one line: no control, direction or invisible characters.
///
/// ```
/// assert_eq!(retell::diagnostic::print::visible("a\x1b[2Jb\nc"), "a␛[2Jb␊c");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    text.graphemes(true).map(shown).collect()
}

fn shown(cluster: &str) -> Cow<'_, str> {
    let mut chars = cluster.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if is_hidden(only) => Cow::Owned(symbol(only)),
        // The only cluster of two control characters.
        _ if cluster == "\r\n" => Cow::Borrowed("␍␊"),
        _ => match cluster.char_indices().nth(CLUSTER_LIMIT) {
            Some((cut, _)) => Cow::Owned(format!("{}…", &cluster[..cut])),
            None => Cow::Borrowed(cluster),
        },
    }
}

/// Whether a terminal would act on the character, or hide it, instead of showing it.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn symbol(c: char) -> String {
    match u32::from(c) {
        // U+2400 and following are pictures of the first 32 control characters.
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}').to_string(),
        0x7f => "␡".to_owned(),
        code => format!("<U+{code:04X}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let nasty: String = (0..=0x2100).chain(0xe0000..0xe0100).filter_map(char::from_u32).collect();
        let joined: String = nasty.chars().flat_map(|c| [c, ' ']).collect();
        for text in [nasty, joined] {
            assert!(!visible(&text).chars().any(char::is_control));
        }
        assert_eq!(visible("a\u{202e}b"), "a<U+202E>b");
        assert_eq!(visible("\u{9b}2J"), "<U+009B>2J");
        assert_eq!(visible("a\r\nb"), "a␍␊b");
    }

    #[test]
    fn clusters_are_as_wide_as_a_terminal_draws_them() {
        let widths = |text| cells(text).map(|cell| cell.width).collect::<Vec<_>>();
        assert_eq!(widths("a中\t"), [1, 2, 4]);
        assert_eq!(widths("👩\u{200d}💻e\u{301}"), [2, 1]);
    }

    #[test]
    fn heaped_accents_are_cut() {
        let heap = format!("a{}", "\u{301}".repeat(5000));
        assert_eq!(visible(&heap).chars().count(), CLUSTER_LIMIT + 1);
    }
}
