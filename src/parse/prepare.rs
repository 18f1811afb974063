//! Makes a file's body ready for comrak, line by line, so that a slip on one slide stays on it.
//!
//! A fence, comment or `:::` that is never closed would swallow all later slides: it is reported and
//! closed before the next separator. Containers get as many colons as their depth asks for, so that
//! comrak pairs them as people mean them. Nesting that would cost quadratic time is refused.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::parse::fragment::{self, Fragment, Mark};
use crate::parse::lines::{Fence, HtmlEnd, fence, html_end, indent, is_bare_rule, list_offset, marker_depth};
use crate::parse::words::shorten;
use crate::source::{SourceId, Span};

/// How deeply blocks may nest.
pub(super) const MAX_DEPTH: usize = 100;

/// The body of `file` from byte `from` on, made ready.
pub(super) fn prepare<'a>(source: SourceId, file: &'a str, from: usize, diagnostics: &mut Diagnostics) -> Fragment<'a> {
    let lines: Vec<_> = fragment::lines(file, from).collect();
    let budget = lines.len().saturating_mul(20);
    let out = Fragment::new(source, file);
    let scanner = Scanner {
        lines,
        at: 0,
        out,
        inside: Inside::Plain,
        exit: None,
        containers: Vec::new(),
        lists: Vec::new(),
        loose: 0,
        budget,
        diagnostics,
    };
    scanner.run()
}

/// What the scanner stands in; inside anything but `Plain`, marks are text.
enum Inside {
    Plain,
    Fence {
        fence: Fence,
        line: usize,
        list: Option<usize>,
    },
    Comment {
        line: usize,
    },
    /// Raw HTML up to a blank line, or up to the line that holds the given end.
    Html {
        end: HtmlEnd,
    },
}

/// An open `:::` container at the top level.
struct Container {
    line: usize,
    colons: usize,
}

struct Scanner<'a, 'd> {
    lines: Vec<(usize, usize)>,
    at: usize,
    out: Fragment<'a>,
    inside: Inside,
    /// The first separator since `inside` was entered: where to go on if it never ends.
    exit: Option<(usize, Mark)>,
    containers: Vec<Container>,
    /// Columns at which the content of the open list items starts.
    lists: Vec<usize>,
    /// `:::` lines within lists and quotes that may still be open.
    loose: usize,
    /// How many more lines may be looked at, so that going back stays linear.
    budget: usize,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Scanner<'a, '_> {
    fn run(mut self) -> Fragment<'a> {
        loop {
            while self.at < self.lines.len() {
                self.budget = self.budget.saturating_sub(1);
                self.step();
                self.at += 1;
            }
            if !self.go_back() {
                break;
            }
        }
        if let Inside::Comment { line } = self.inside {
            self.diagnostics.push(unclosed_comment(self.span(line)));
        }
        self.close_containers(self.out.file().len());
        self.out
    }

    fn step(&mut self) {
        let line = self.text(self.at);
        if !matches!(self.inside, Inside::Plain) && self.exit.is_none() && self.is_separator() {
            self.exit = Some((self.at, self.out.mark()));
        }
        match &self.inside {
            Inside::Plain => return self.plain(line),
            Inside::Fence { fence: open, list, .. } => {
                let outdented = list.is_some_and(|offset| !line.trim().is_empty() && indent(line) < offset);
                if outdented {
                    self.enter(Inside::Plain);
                    return self.plain(line);
                }
                let opens_another = fence(line).is_some_and(|other| other.has_info && open.is_closed_by(&other));
                if opens_another && self.go_back() {
                    self.at -= 1;
                    return;
                }
            }
            Inside::Comment { .. } => {
                if line.trim_start().starts_with("<!--") && self.go_back() {
                    self.at -= 1;
                    return;
                }
            }
            Inside::Html { .. } => {}
        }
        let ends = match &self.inside {
            Inside::Plain => false,
            Inside::Fence { fence: open, .. } => {
                fence(line).is_some_and(|other| !other.has_info && open.is_closed_by(&other))
            }
            Inside::Comment { .. } => line.contains("-->"),
            Inside::Html { end: HtmlEnd::Blank } => line.trim().is_empty(),
            Inside::Html { end: HtmlEnd::Words(end) } => line.to_ascii_lowercase().contains(end),
        };
        if ends {
            self.enter(Inside::Plain);
        }
        self.copy();
    }

    fn plain(&mut self, line: &'a str) {
        if self.is_separator() {
            let (start, _) = self.lines[self.at];
            self.close_containers(start);
            self.lists.clear();
            self.loose = 0;
            return self.copy();
        }
        if line.trim().is_empty() {
            return self.copy();
        }
        if marker_depth(line) > MAX_DEPTH {
            return self.refuse();
        }
        while self.lists.last().is_some_and(|&offset| indent(line) < offset) {
            self.lists.pop();
        }
        let mut content = &line[indent(line)..];
        let mut column = indent(line);
        while let Some(width) = list_offset(content) {
            column += width;
            self.lists.push(column);
            content = &content[width..];
        }
        let base = self.lists.last().copied().unwrap_or(0);
        if column >= base + 4 {
            return self.copy();
        }
        if let Some(open) = fence(content) {
            let list = self.lists.last().copied();
            self.enter(Inside::Fence { fence: open, line: self.at, list });
            self.copy();
        } else if let Some(comment) = content.strip_prefix("<!--") {
            if !comment.contains("-->") {
                self.enter(Inside::Comment { line: self.at });
            }
            self.copy();
        } else if content.trim_start_matches(['>', ' ']).starts_with(":::") {
            self.container(content);
        } else {
            if let Some(end) = html_end(content) {
                let done = matches!(end, HtmlEnd::Words(end) if content.to_ascii_lowercase().contains(end));
                self.enter(if done { Inside::Plain } else { Inside::Html { end } });
            }
            self.copy();
        }
    }

    /// Takes in a line that starts with `:::`.
    fn container(&mut self, content: &'a str) {
        let mark = content.trim_start_matches(['>', ' ']);
        let name = mark.trim_start_matches(':');
        let (colons, name) = (mark.len() - name.len(), name.trim());
        if !self.lists.is_empty() || content.starts_with('>') {
            self.loose = if name.is_empty() { self.loose.saturating_sub(1) } else { self.loose + 1 };
            return if self.loose > MAX_DEPTH { self.refuse() } else { self.copy() };
        }
        let (start, end) = self.lines[self.at];
        if !name.is_empty() {
            if self.containers.len() >= MAX_DEPTH {
                return self.refuse();
            }
            self.containers.push(Container { line: self.at, colons });
            // The words after the colons are kept aside: comrak takes no further colon in them.
            self.out.push_as(&":".repeat(MAX_DEPTH + 4 - self.containers.len()), start, end);
            self.out.openers.insert(self.out.line_count(), name.to_owned());
            return;
        }
        let exact = self.containers.iter().rposition(|open| open.colons == colons);
        if let Some(depth) = exact.or_else(|| self.containers.iter().position(|open| open.colons < colons)) {
            for open in self.containers.split_off(depth + 1) {
                self.report_container(&open);
            }
            self.containers.pop();
            self.out.push_as(&":".repeat(MAX_DEPTH + 3 - depth), start, end);
        } else {
            let span = Span::new(self.out.source(), start, end);
            let found = Diagnostic::new(&code::UNCLOSED_CONTAINER, span, format!("`{mark}` closes nothing here"));
            self.diagnostics.push(found.hint("remove it, or open a container above it with `::: name`"));
            self.out.push_as("", start, end);
        }
    }

    /// Closes every open container at byte `at`, each with a message.
    fn close_containers(&mut self, at: usize) {
        for depth in (0..self.containers.len()).rev() {
            self.out.push_as(&":".repeat(MAX_DEPTH + 3 - depth), at, at);
        }
        for open in std::mem::take(&mut self.containers) {
            self.report_container(&open);
        }
    }

    fn report_container(&mut self, open: &Container) {
        let span = self.span(open.line);
        let words = shorten(self.text(open.line).trim());
        let found = Diagnostic::new(&code::UNCLOSED_CONTAINER, span, format!("`{words}` is never closed"));
        self.diagnostics
            .push(found.hint(format!("close it with a line `{}` on the same slide", ":".repeat(open.colons))));
    }

    /// Ends a fence or comment that has no end before the first separator it swallowed, and goes on
    /// there; false when there is none.
    fn go_back(&mut self) -> bool {
        let Some((at, mark)) = self.exit.filter(|_| self.budget > 0) else {
            return false;
        };
        let (line, closing) = match &self.inside {
            Inside::Fence { fence, line, .. } => (*line, fence.closing()),
            Inside::Comment { line } => (*line, "-->".to_owned()),
            Inside::Plain | Inside::Html { .. } => return false,
        };
        self.diagnostics.push(match self.inside {
            Inside::Comment { .. } => unclosed_comment(self.span(line)),
            _ => unclosed_fence(self.span(line)),
        });
        self.out.rewind(mark);
        let (start, _) = self.lines[at];
        self.out.push_as(&closing, start, start);
        self.out.push_as("", start, start);
        self.enter(Inside::Plain);
        self.at = at;
        true
    }

    fn refuse(&mut self) {
        self.diagnostics.push(too_deep(self.span(self.at)));
        let (start, end) = self.lines[self.at];
        self.out.push_as("", start, end);
    }

    fn enter(&mut self, inside: Inside) {
        self.inside = inside;
        self.exit = None;
    }

    fn copy(&mut self) {
        let (start, end) = self.lines[self.at];
        self.out.push(start, end);
    }

    fn text(&self, line: usize) -> &'a str {
        self.lines.get(line).and_then(|&(start, end)| self.out.file().get(start..end)).unwrap_or_default()
    }

    fn span(&self, line: usize) -> Span {
        let (start, end) = self.lines[line];
        Span::new(self.out.source(), start, end)
    }

    /// Whether the current line is `---` between blank lines.
    fn is_separator(&self) -> bool {
        is_bare_rule(self.text(self.at))
            && (self.at == 0 || self.text(self.at - 1).trim().is_empty())
            && self.text(self.at + 1).trim().is_empty()
    }
}

/// The finding that a fence has no end.
pub(super) fn unclosed_fence(span: Span) -> Diagnostic {
    Diagnostic::new(&code::UNCLOSED_FENCE, span, "this code fence is never closed")
        .hint("close it with a line of the same marks, without any word after them, on the same slide")
}

/// The finding that a comment has no end.
fn unclosed_comment(span: Span) -> Diagnostic {
    Diagnostic::new(&code::UNCLOSED_COMMENT, span, "this comment is never closed")
        .hint("end it with `-->` on the same slide")
}

/// The finding that something nests too deeply.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(&code::NESTING_TOO_DEEP, span, format!("this nests more than {MAX_DEPTH} levels deep"))
        .hint("flatten it; what is nested deeper is left out")
}
