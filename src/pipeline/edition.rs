use std::collections::BTreeMap;
use std::string::FromUtf8Error;

use crate::diagnostic::Diagnostics;
use crate::parse::{Main, parse_edition};
use crate::pipeline::Job;
use crate::source::{DiskLoader, LoadError, Loader, Sources, Stamp};
use crate::talk::{Edition, Talk};

/// The files of a talk as they are in one edition: in the public one, the texts that the talk names under `redact` are
/// replaced wherever they stand in a text or a drawing.
pub(super) struct TalkFiles {
    disk: DiskLoader,
    /// What is replaced and by what, longer texts first.
    redacted: Vec<(String, String)>,
}

impl TalkFiles {
    /// The files of the talk of `job`, whose main file is called `name`; reads it to know what is redacted.
    ///
    /// # Errors
    /// The main file can't be read.
    pub(super) fn of(job: &Job, name: &str) -> Result<Self, LoadError> {
        let mut files = Self { disk: DiskLoader::new(job.folder()), redacted: Vec::new() };
        if job.edition == Edition::Public {
            let bytes = files.disk.load(name)?;
            let (mut sources, mut heard) = (Sources::default(), Diagnostics::default());
            let main = Main { name, bytes: &bytes, edition: Edition::Public };
            files.redacted = in_order(parse_edition(&mut sources, &main, &files.disk, &mut heard).meta.redact);
        }
        Ok(files)
    }
}

impl Loader for TalkFiles {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.disk.load(path)?;
        if self.redacted.is_empty() {
            return Ok(bytes);
        }
        // Whatever its name is: a talk may be called `talk.markdown`, and a drawing be in a file without an ending.
        Ok(String::from_utf8(bytes).map_or_else(
            // Pixels and fonts; what should be text is reported where it is read.
            FromUtf8Error::into_bytes,
            |text| self.redacted.iter().fold(text, |text, (secret, word)| text.replace(secret, word)).into_bytes(),
        ))
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        self.disk.stamp(path)
    }
}

/// A text that holds another is replaced before it. What looks like a tag in `<db host>` would be one on a slide and in a
/// drawing, so its brackets become `‹›`.
fn in_order(redact: BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = redact
        .into_iter()
        .filter(|(secret, _)| !secret.is_empty())
        .map(|(secret, word)| (secret, word.replace('<', "‹").replace('>', "›")))
        .collect();
    all.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
    all
}

/// Reads the talk of `job` in its edition.
///
/// # Errors
/// Its file can't be read.
pub(super) fn read(
    job: &Job,
    sources: &mut Sources,
    found: &mut Diagnostics,
) -> Result<(Talk, TalkFiles), (String, LoadError)> {
    let file = job.file();
    let shown = file.display().to_string();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let refused = |error| (shown.clone(), error);
    let files = TalkFiles::of(job, &name).map_err(refused)?;
    let bytes = files.load(&name).map_err(refused)?;
    let main = Main { name: &shown, bytes: &bytes, edition: job.edition };
    let talk = parse_edition(sources, &main, &files, found);
    Ok((talk, files))
}
