use crate::diagnostic::{Diagnostic, code};
use crate::pipeline::{Clock, Job, Report};
use crate::source::{DiskLoader, Loader as _};

/// Makes the pack of one talk and writes it; when anything is wrong, the old pack stays.
#[must_use]
pub fn build(job: &Job, clock: Clock<'_>) -> Report {
    let start = clock();
    let mut report = check(job);
    report.timings.push(("read", clock().saturating_sub(start)));
    report
}

/// Finds everything that is wrong with one talk and writes nothing.
#[must_use]
pub fn check(job: &Job) -> Report {
    let mut report = Report::default();
    let file = job.file();
    let shown = file.display().to_string();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match DiskLoader::new(job.folder()).load(&name) {
        Err(error) => {
            let found = Diagnostic::new(&code::UNREADABLE_FILE, None, format!("can't read `{shown}`: {error}"));
            report.diagnostics.push(found.hint("name a folder with a `talk.md`, or one Markdown file"));
        }
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let is_empty = text.trim().is_empty();
            let source = report.sources.add(shown, text);
            if is_empty {
                let span = crate::source::Span::new(source, 0, 0);
                let found = Diagnostic::new(&code::EMPTY_TALK, span, "the talk is empty");
                report.diagnostics.push(found.hint("`retell new my-talk` makes a talk to start from"));
            }
        }
    }
    report
}
