use super::visible;
use crate::source::{Sources, Span};

/// How many characters of a line are shown on either side of its marked part.
const REACH: usize = 80;

/// Some lines of a source with a marked part, for those who draw their own window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, with characters that show nothing made visible, `…` where one is cut.
    pub lines: Vec<String>,
    /// Which of the lines is marked, from 0.
    pub line: usize,
    /// The character of that line at which the marked part begins, from 0.
    pub start: usize,
    /// How many characters are marked; 0 for a place between two.
    pub length: usize,
}

/// The line where `span` starts, with one line above and below where there is text.
#[must_use]
pub fn excerpt(span: Span, sources: &Sources) -> Excerpt {
    let source = sources.get(span.source);
    let marked = source.location(span.start).line;
    let bytes = source.line_range(marked);
    let text = source.line(marked);
    let from = text.floor_char_boundary(span.start.clamp(bytes.start, bytes.end) - bytes.start);
    let to = text.ceil_char_boundary(span.end.clamp(bytes.start, bytes.end) - bytes.start).max(from);
    let before = cut_front(&text[..from]);
    let inside: String = visible(&text[from..to]).chars().take(2 * REACH).collect();
    let (start, length) = (before.chars().count(), inside.chars().count());
    let line = format!("{before}{inside}{}", cut_back(&text[to..]));
    let above = (marked > 1).then(|| cut_back(source.line(marked - 1))).filter(|line| !line.trim().is_empty());
    let below = (source.location(source.text().len()).line > marked).then(|| cut_back(source.line(marked + 1)));
    let at = usize::from(above.is_some());
    let below = below.filter(|line| !line.trim().is_empty());
    Excerpt { lines: above.into_iter().chain([line]).chain(below).collect(), line: at, start, length }
}

fn cut_front(text: &str) -> String {
    let skipped = text.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
    format!("{}{}", if skipped > 0 { "…" } else { "" }, visible(&text[skipped..]))
}

fn cut_back(text: &str) -> String {
    let end = text.char_indices().nth(2 * REACH).map_or(text.len(), |(at, _)| at);
    format!("{}{}", visible(&text[..end]), if end < text.len() { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_between_its_neighbours() {
        let mut sources = Sources::default();
        let text = "one\n标题 here\nthree\n\n";
        let source = sources.add("talk.md", text);
        let at = text.find("here").unwrap();
        let found = excerpt(Span::new(source, at, at + 4), &sources);
        assert_eq!(found.lines, ["one", "标题 here", "three"]);
        assert_eq!((found.line, found.start, found.length), (1, 3, 4));
        let end = excerpt(Span::new(source, text.len(), text.len()), &sources);
        assert_eq!((end.lines.as_slice(), end.line, end.start, end.length), (&[String::new()][..], 0, 0, 0));
        let first = excerpt(Span::new(source, 0, text.len()), &sources);
        assert_eq!((first.line, first.start, first.length), (0, 0, 3), "the rest of a long span is left out");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let mut sources = Sources::default();
        let text = format!("{}X{}", "长".repeat(1000), "y".repeat(1000));
        let source = sources.add("talk.md", text);
        let found = excerpt(Span::new(source, 3000, 3001), &sources);
        let line: Vec<char> = found.lines[0].chars().collect();
        assert_eq!(line[found.start], 'X');
        assert!(line.len() < 300 && line[0] == '…' && line[line.len() - 1] == '…');
    }
}
