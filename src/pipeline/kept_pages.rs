use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use crate::layout::{Kept, Layouter};
use crate::pipeline::Job;

/// More bytes than this are not kept in all.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// A larger file is not read.
const LARGEST: u64 = 128 * 1024 * 1024;

const ENDING: &str = "pages";

/// The pages of one part of a pack, in a file of the cache folder.
///
/// Whatever goes wrong with the file, the pages are the same.
pub(super) struct KeptPages {
    kept: Arc<Kept>,
    file: PathBuf,
}

impl KeptPages {
    /// What earlier builds of the talk have left for the part of this name; `None` where nothing is to be kept.
    pub(super) fn open(job: &Job, theme: &str, part: &str) -> Option<Self> {
        let folder = job.cache.as_deref()?;
        let program = program().ok()?;
        let file = folder.join(file_name(job, theme, part));
        let earlier = bytes(&file).unwrap_or_default();
        Some(Self { kept: Arc::new(Kept::read(earlier, program)), file })
    }

    /// The same layouter, using these pages.
    pub(super) fn behind(kept: Option<&Self>, layouter: Layouter) -> Layouter {
        match kept {
            Some(pages) => layouter.with_kept(Arc::clone(&pages.kept)),
            None => layouter,
        }
    }

    /// Leaves the pages of this build for the next; gives how many came from an earlier one.
    pub(super) fn close(&self) -> usize {
        if let Some(bytes) = self.kept.bytes()
            && let Some(folder) = self.file.parent()
            && replace(folder, &self.file, &bytes).is_ok()
        {
            drop_oldest(folder, MOST_BYTES);
        }
        self.kept.reused()
    }
}

/// Changes with the running program.
fn program() -> io::Result<String> {
    let path = std::env::current_exe()?;
    let file = path.metadata()?;
    let changed = file.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    Ok(format!("{} {changed} {} {}", env!("CARGO_PKG_VERSION"), file.len(), path.display()))
}

/// One name for each part of a talk in a theme; it decides how long pages are kept and nothing else.
fn file_name(job: &Job, theme: &str, part: &str) -> String {
    let file = job.file();
    let talk = file.canonicalize().unwrap_or(file);
    let mut hash = Sha256::new();
    for word in [talk.as_os_str().as_encoded_bytes(), theme.as_bytes(), part.as_bytes()] {
        hash.update((word.len() as u64).to_le_bytes());
        hash.update(word);
    }
    let mut name = String::new();
    for byte in hash.finalize().iter().take(16) {
        let _ = write!(name, "{byte:02x}");
    }
    name + "." + ENDING
}

/// The bytes of a file of sensible size.
fn bytes(file: &Path) -> Option<Vec<u8>> {
    let known = file.metadata().ok()?;
    (known.is_file() && known.len() <= LARGEST).then(|| fs::read(file).ok()).flatten()
}

/// Puts a whole new file there, which only its owner may read.
fn replace(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut temporary = tempfile::Builder::new().suffix(&format!(".{ENDING}")).tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.persist(file).map(drop).map_err(|refused| refused.error)
}

/// Removes the oldest files until the others have at most so many bytes.
fn drop_oldest(folder: &Path, most: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let kept = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let known = path.extension().filter(|ending| *ending == ENDING).and_then(|_| path.symlink_metadata().ok())?;
        let written = known.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        known.is_file().then_some((written, known.len(), path))
    });
    let mut kept: Vec<_> = kept.collect();
    kept.sort_unstable();
    let mut total: u64 = kept.iter().map(|(_, length, _)| length).sum();
    for (_, length, path) in kept {
        if total <= most {
            return;
        }
        if fs::remove_file(path).is_ok() {
            total = total.saturating_sub(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first_and_what_is_not_ours_stays() {
        let home = tempfile::tempdir().unwrap();
        let second = std::time::Duration::from_secs(1);
        for (age, name) in ["new.pages", "old.pages", "older.pages", "notes.txt"].into_iter().enumerate() {
            let file = fs::File::create(home.path().join(name)).unwrap();
            file.set_len(100).unwrap();
            file.set_modified(UNIX_EPOCH + 1000 * second - second * u32::try_from(age).unwrap()).unwrap();
        }
        let left = |most| {
            drop_oldest(home.path(), most);
            let names = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
            names.sort();
            names
        };
        assert_eq!(left(300), ["new.pages", "notes.txt", "old.pages", "older.pages"]);
        assert_eq!(left(299), ["new.pages", "notes.txt", "old.pages"]);
        assert_eq!(left(150), ["new.pages", "notes.txt"]);
        assert_eq!(left(0), ["notes.txt"]);
    }
}
