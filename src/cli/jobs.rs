use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::progress;
use super::shared::{Cores, speaker};
use super::terminal::Terminal;
use crate::pipeline::{self, Job, Report};

/// What all jobs of a run have in common.
pub(super) struct Plan {
    /// The folder in which each talk gets one of its own.
    pub(super) into: PathBuf,
    /// What is made of each.
    pub(super) like: Job,
    /// Whether pages of earlier builds are used again, and those of this one kept.
    pub(super) keep_pages: bool,
}

impl Plan {
    /// One job a talk, also when it is named twice; or, when two would be written to one folder, a message that names them.
    pub(super) fn jobs(&self, talks: &[PathBuf]) -> Result<Vec<Job>, String> {
        let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
        let mut jobs = Vec::new();
        for talk in talks {
            let name = pack_name(talk);
            if let Some(other) = taken.insert(name.clone(), talk) {
                if is_same(other, talk) {
                    continue;
                }
                let (one, two, folder) = (other.display(), talk.display(), self.into.join(&name));
                return Err(format!("`{one}` and `{two}` would both be written to `{}`", folder.display()));
            }
            jobs.push(Job {
                talk: talk.clone(),
                output: self.into.join(name),
                cache: speaker().filter(|_| self.keep_pages).map(|folders| folders.pages),
                ..self.like.clone()
            });
        }
        Ok(jobs)
    }
}

/// Builds all of `jobs` on so many cores, all where none are named.
pub(super) fn build_all(terminal: &Terminal, jobs: &[Job], cores: &Cores) -> Vec<Report> {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    let start = Instant::now();
    progress::during(terminal.can_erase(), jobs.len(), |done| {
        pipeline::run(jobs, cores.count(), |job| {
            let report = pipeline::build(job, &|| start.elapsed());
            done();
            report
        })
    })
}

/// Whether two paths lead to one talk.
fn is_same(one: &Path, two: &Path) -> bool {
    let file = |path: &Path| if path.is_dir() { path.join("talk.md") } else { path.to_path_buf() };
    one == two || file(one).canonicalize().is_ok_and(|one| file(two).canonicalize().is_ok_and(|two| one == two))
}

/// The name of a talk's folder below the output folder: of its own folder, or of its file without the
/// ending; a `talk.md` is called after its folder.
fn pack_name(talk: &Path) -> String {
    // Resolves `.` and `..`, which have no name of their own.
    let full = talk.canonicalize().unwrap_or_else(|_| talk.to_path_buf());
    let is_talk_file = full.file_name().is_some_and(|name| name == "talk.md");
    let named = if is_talk_file { full.parent().unwrap_or(&full) } else { &full };
    let name = if named.is_dir() { named.file_name() } else { named.file_stem() };
    name.map_or_else(|| "talk".to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::shared::Reading;

    #[test]
    fn a_talk_named_twice_is_built_once() {
        let home = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let folder = home.path().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("talk.md"), "").unwrap();
            folder
        };
        let (one, other) = (folder("a/talk"), folder("b/talk"));
        let plan = Plan { into: "dist".into(), like: Reading::default().job(Path::new("")), keep_pages: false };
        let jobs = plan.jobs(&[one.clone(), one.join("talk.md"), one.join(".")]).unwrap();
        assert_eq!(jobs.iter().map(|job| &job.output).collect::<Vec<_>>(), [Path::new("dist/talk")]);
        assert!(plan.jobs(&[one, other]).is_err_and(|message| message.contains("would both be written")));
    }

    #[test]
    fn packs_are_called_after_the_folder_or_the_file() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("v1.2 下午茶");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("talk.md"), "").unwrap();
        std::fs::write(folder.join("short.md"), "").unwrap();
        assert_eq!(pack_name(&folder), "v1.2 下午茶");
        assert_eq!(pack_name(&folder.join(".")), "v1.2 下午茶");
        assert_eq!(pack_name(&folder.join("talk.md")), "v1.2 下午茶");
        assert_eq!(pack_name(&folder.join("short.md")), "short");
        assert_eq!(pack_name(Path::new("not/there.md")), "there");
        assert_eq!(pack_name(Path::new("/")), "talk");
    }
}
