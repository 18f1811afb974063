use std::path::{Path, PathBuf};

use crate::pipeline::Job;

/// One talk, or those of a folder.
#[derive(Clone, Debug)]
pub enum Talks {
    /// One talk.
    One(Job),
    /// Every talk in a folder.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// How its talks are read.
        like: Job,
    },
}

impl Talks {
    /// What the path of `job` names: a Markdown file or a folder with a `talk.md` is a talk, any other folder holds
    /// talks.
    #[must_use]
    pub fn at(job: Job) -> Self {
        let is_talk = !job.talk.is_dir() || holds_talk(&job.talk);
        if is_talk { Self::One(job) } else { Self::Folder { folder: job.talk.clone(), like: job } }
    }

    /// The talks that are there now, each with its name in the folder, in the order of these names; a single talk has
    /// none.
    #[must_use]
    pub fn found(&self) -> Vec<(String, Job)> {
        match self {
            Self::One(job) => vec![(String::new(), job.clone())],
            Self::Folder { folder, like } => {
                talks_in(folder).into_iter().map(|(name, talk)| (name, Job { talk, ..like.clone() })).collect()
            }
        }
    }
}

/// The folders in `folder` that hold a talk, by name.
fn talks_in(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let named = |path: PathBuf| Some((path.file_name()?.to_str()?.to_owned(), path));
    let mut talks: Vec<(String, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| named(entry.path()))
        .filter(|(name, path)| !name.starts_with('.') && holds_talk(path))
        .collect();
    talks.sort();
    talks
}

/// Whether a `talk.md` is there, also one that can't be read: a link to nowhere is told, not passed over.
pub(super) fn holds_talk(folder: &Path) -> bool {
    folder.join("talk.md").symlink_metadata().is_ok()
}
