use std::time::Duration;

use crate::source::Sources;
use crate::talk::{BlockKind, Slide, Split, Talk};

/// The talk's texts with `<!-- time: … -->` on the slides of `times`, each an id and what the slide takes; every other
/// byte stays. Gives the index of each changed text among `sources` and its new words.
///
/// A time that a slide has is replaced; otherwise it stands in a line of its own: before all else on the slide, or below
/// its heading where headings start slides.
#[must_use]
pub fn with_times(talk: &Talk, sources: &Sources, times: &[(String, Duration)]) -> Vec<(usize, String)> {
    let mut changed = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let text = source.text();
        let own = |slide: &&Slide| std::ptr::eq(sources.get(slide.span.source), source);
        let mut edits: Vec<Edit> = Vec::new();
        for slide in talk.slides.iter().filter(own) {
            if let Some((_, time)) = times.iter().find(|(id, _)| *id == slide.id) {
                edits.push(edit(slide, talk.meta.split, text, &length(*time)));
            }
        }
        if edits.is_empty() {
            continue;
        }
        edits.sort_by_key(|edit| edit.start);
        let (mut out, mut from) = (String::with_capacity(text.len() + 32 * edits.len()), 0);
        for edit in edits {
            out.push_str(text.get(from..edit.start).unwrap_or_default());
            out.push_str(&edit.words);
            from = edit.end.max(from);
        }
        out.push_str(text.get(from..).unwrap_or_default());
        changed.push((index, out));
    }
    changed
}

/// What stands between two places, and what is to stand there.
struct Edit {
    start: usize,
    end: usize,
    words: String,
}

fn edit(slide: &Slide, split: Split, text: &str, time: &str) -> Edit {
    if let Some(old) = &slide.time {
        return Edit { start: old.span.start, end: old.span.end, words: time.to_owned() };
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let words = format!("<!-- time: {time} -->{line_end}");
    let heading = slide.blocks.first().filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    if let (Split::H1 | Split::H2, Some(heading)) = (split, heading) {
        let after = text.get(heading.span.end..).unwrap_or_default();
        return match after.find('\n') {
            Some(at) => Edit { start: heading.span.end + at + 1, end: heading.span.end + at + 1, words },
            None => Edit { start: text.len(), end: text.len(), words: format!("{line_end}{words}") },
        };
    }
    let whole = text.get(slide.span.start..slide.span.end).unwrap_or_default();
    let blank = whole.len() - whole.trim_start().len();
    let first = slide.span.start + blank;
    let start = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1).max(slide.span.start);
    Edit { start, end: start, words }
}

/// `95s`, `4m30s`, `5m`.
fn length(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 60, seconds % 60) {
        (minutes, 0) if minutes > 0 => format!("{minutes}m"),
        (minutes, rest) if minutes > 2 => format!("{minutes}m{rest}s"),
        _ => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::MemoryLoader;

    fn applied(text: &str, id: &str, seconds: u64) -> String {
        let mut sources = Sources::default();
        let loader = MemoryLoader::default();
        let talk = crate::parse::parse(&mut sources, "talk.md", text.as_bytes(), &loader, &mut Diagnostics::default());
        let times = [(id.to_owned(), Duration::from_secs(seconds))];
        with_times(&talk, &sources, &times).into_iter().next().map_or_else(|| text.to_owned(), |(_, text)| text)
    }

    #[test]
    fn a_time_stands_before_all_else_on_its_slide() {
        let text = "---\ntitle: T\n---\n\n# A\n\n---\n\n<!-- section: S 8m -->\n# B\n\nb";
        assert_eq!(applied(text, "b", 95), text.replace("<!-- section", "<!-- time: 95s -->\n<!-- section"));
        assert_eq!(applied(text, "a", 270), text.replace("# A", "<!-- time: 4m30s -->\n# A"));
        let windows = text.replace('\n', "\r\n");
        assert_eq!(applied(&windows, "a", 300), windows.replace("# A", "<!-- time: 5m -->\r\n# A"));
        assert_eq!(applied(text, "nowhere", 95), text);
    }

    #[test]
    fn a_time_that_is_there_is_replaced_alone() {
        let text = "# A\n\n<!--time:  1m30s  -->\n\nx\n";
        assert_eq!(applied(text, "a", 60), text.replace("1m30s", "1m"));
    }

    #[test]
    fn where_headings_start_slides_it_stands_below_them() {
        let text = "---\ntitle: T\nsplit: h2\n---\n\n## A\n\na\n\n## B";
        assert_eq!(applied(text, "a", 20), text.replace("## A\n", "## A\n<!-- time: 20s -->\n"));
        assert_eq!(applied(text, "b", 20), format!("{text}\n<!-- time: 20s -->\n"));
    }
}
