use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::export;
use crate::pipeline::draft::unreadable;
use crate::pipeline::found_talks;
use crate::pipeline::{Job, PackFile, Report, edition, write_file};
use crate::source::Sources;
use crate::talk::Talk;

/// The talks at and below `folder`, in the order of their paths.
#[must_use]
pub fn talks_below(folder: &Path) -> Vec<PathBuf> {
    found_talks::talks_below(folder)
}

/// Writes `index.html` into `into`, which shows the packs that `jobs` have made there; `title` stands above them.
///
/// # Errors
/// The finding that says why a talk can't be read any more, or the page not be written.
pub fn write_gallery(
    into: &Path,
    title: Option<&str>,
    jobs: &[Job],
    reports: &[Report],
) -> Result<PackFile, Box<Diagnostic>> {
    let talks = jobs.iter().map(read_edition).collect::<Result<Vec<Talk>, _>>()?;
    let listed: Vec<export::gallery::ListedTalk<'_>> = jobs
        .iter()
        .zip(reports)
        .zip(&talks)
        .map(|((job, report), talk)| export::gallery::ListedTalk {
            meta: &talk.meta,
            slides: report.slides,
            folder: name(&job.output),
            files: report.files.iter().map(|file| name(&file.path)).collect(),
        })
        .collect();
    write_file(&into.join("index.html"), export::gallery::page(&listed, title).into_bytes())
}

/// The talk as its pack has it.
fn read_edition(job: &Job) -> Result<Talk, Box<Diagnostic>> {
    let read = edition::read(job, &mut Sources::default(), &mut Diagnostics::default());
    read.map(|(talk, _)| talk).map_err(|(shown, error)| Box::new(unreadable(&shown, &error)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
