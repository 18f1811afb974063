use std::fmt::Write as _;
use std::io;
use std::path::Path;

use clap::ValueEnum;

use super::Exit;
use super::terminal::Terminal;
use crate::diagnostic::print::{Format, print, visible};
use crate::diagnostic::{Severity, counted, summary};
use crate::pipeline::{Job, Report};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// With source lines and advice, on standard error
    #[default]
    Human,
    /// `file:line:col: error[code]: message`, one a line, on standard error
    Short,
    /// One object a line, on standard output
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
        }
    }
}

/// How reports are shown.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Style {
    pub(super) format: Format,
    /// Whether warnings fail the run.
    pub(super) strict: bool,
    /// Whether the time of each stage is shown.
    pub(super) timings: bool,
    /// Whether packs were to be written.
    pub(super) writes: bool,
}

/// Shows what came of all jobs and says how the run ended.
pub(super) fn show(terminal: &Terminal, jobs: &[Job], reports: &[Report], style: Style) -> io::Result<Exit> {
    let colour = terminal.colours_findings();
    for report in reports {
        let text = print(&report.diagnostics, &report.sources, style.format, colour);
        if style.format == Format::Json { terminal.out(&text)? } else { terminal.say(&text)? }
    }
    if style.format == Format::Human && style.writes && jobs.len() > 1 {
        terminal.say(&jobs.iter().zip(reports).map(|(job, report)| not_built(job, report)).collect::<String>())?;
    }
    // A person at the terminal opens a deck by a click on its address.
    let links = terminal.shows_results();
    if style.format != Format::Json {
        terminal.out(
            &jobs.iter().zip(reports).map(|(job, report)| results(job, report, style, links)).collect::<String>(),
        )?;
    }
    if style.timings {
        terminal.say(&jobs.iter().zip(reports).map(|(job, report)| timings(job, report)).collect::<String>())?;
    }
    let count = |severity| reports.iter().map(|report| report.diagnostics.count(severity)).sum::<usize>();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if style.format == Format::Human
        && let Some(summary) = summary(errors, warnings)
    {
        terminal.say(&format!("{summary}{}\n", advice(reports)))?;
    }
    let failed = errors > 0 || (style.strict && warnings > 0);
    Ok(if failed { Exit::Errors } else { Exit::Clean })
}

/// The files made and how many slides they show; for a check, that a talk is clean.
fn results(job: &Job, report: &Report, style: Style, links: bool) -> String {
    let slides = counted(report.slides, "slide");
    let name = visible(&job.talk.display().to_string());
    if !style.writes {
        let clean = report.diagnostics.count(Severity::Error) + report.diagnostics.count(Severity::Warning) == 0;
        return if clean { format!("{name}: {slides}, no problems\n") } else { String::new() };
    }
    if report.files.is_empty() {
        return String::new();
    }
    let paths: Vec<String> = report.files.iter().map(|file| visible(&file.path.display().to_string())).collect();
    let width = paths.iter().map(|path| path.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (path, file) in paths.iter().zip(&report.files) {
        let _ = writeln!(text, "{path:width$}  {:>8}", size(file.bytes));
    }
    let _ = writeln!(text, "{name}: {slides}");
    if let Some(page) = report.files.iter().map(|file| &file.path).find(|path| links && path.ends_with("index.html")) {
        let _ = writeln!(text, "open {}", link(page));
    }
    text
}

/// Names a talk that has no new pack: among several that is easily missed.
fn not_built(job: &Job, report: &Report) -> String {
    if !report.files.is_empty() {
        return String::new();
    }
    format!("{}: not built\n", visible(&job.talk.display().to_string()))
}

fn timings(job: &Job, report: &Report) -> String {
    let mut text = format!("{}:\n", visible(&job.talk.display().to_string()));
    let total = report.timings.iter().map(|(_, took)| *took).sum();
    for (stage, took) in report.timings.iter().copied().chain([("total", total)]) {
        let _ = write!(text, "  {stage:<12} {:>9.1} ms", took.as_secs_f64() * 1000.0);
        if stage == "layout" && job.cache.is_some() {
            let _ = write!(text, "  {} of {} from the cache", report.reused, counted(report.slides, "slide"));
        }
        text.push('\n');
    }
    text
}

/// Points to the explanation of the gravest finding.
fn advice(reports: &[Report]) -> String {
    let found = reports.iter().flat_map(|report| report.diagnostics.iter());
    let gravest = found.reduce(|first, next| if next.severity > first.severity { next } else { first });
    gravest.map(|found| format!("; `retell explain {}` says more", found.code.name)).unwrap_or_default()
}

/// The address of the file at `path`, for terminals that open it on a click.
fn link(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut url = "file://".to_owned();
    for byte in full.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:\\".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

/// `bytes` in the unit in which people read it, 1 KB being 1,000 bytes.
#[allow(clippy::cast_precision_loss, reason = "three digits are shown")]
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_500 => format!("{:.0} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_no_blanks_or_marks() {
        assert_eq!(link(Path::new("/not here/a#b?/页.html")), "file:///not%20here/a%23b%3F/%E9%A1%B5.html");
    }

    #[test]
    fn sizes_keep_three_digits() {
        let shown = [0, 999, 1_000, 412_345, 999_499, 999_500, 31_234_567].map(size);
        assert_eq!(shown, ["0 B", "999 B", "1 KB", "412 KB", "999 KB", "1.0 MB", "31.2 MB"]);
    }
}
