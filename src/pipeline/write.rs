use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::NamedTempFile;

use crate::diagnostic::{Diagnostic, code};

/// A file of the pack as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size.
    pub bytes: usize,
}

/// Writes `files` (path below `folder`, bytes) so that the pack there is the old one or the new one.
///
/// Everything is written under temporary names beside its place first and renamed when all is there.
/// Files of the folder that are not in `files` stay.
///
/// # Errors
/// A `not-written` finding with the system's reason; what was there before is untouched, folders that
/// were made for the pack are gone again.
pub fn write_pack(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PackFile>, Box<Diagnostic>> {
    put(folder, files).map_err(|failure| Box::new(failure.into_diagnostic("choose another folder with `-o`")))
}

/// The same for the first files of a talk or theme, in a folder that the command itself names.
///
/// # Errors
/// As [`write_pack`].
pub fn write_start(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PackFile>, Box<Diagnostic>> {
    put(folder, files).map_err(|failure| Box::new(failure.into_diagnostic("choose another folder")))
}

/// Removes the files of `folder` that `is_ours` knows by name and that are not among those `written`: an earlier build had
/// more of them.
pub(super) fn remove_others(folder: &Path, written: &[PackFile], is_ours: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let is_old = is_file && entry.file_name().to_str().is_some_and(&is_ours);
        if is_old && written.iter().all(|file| file.path != path) {
            // A file that stays shows an old slide, which is no reason to fail.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes one file in the same way, and makes the folders above it.
///
/// # Errors
/// A `not-written` finding with the system's reason; what was there before is untouched.
pub fn write_file(path: &Path, bytes: Vec<u8>) -> Result<PackFile, Box<Diagnostic>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = put(folder, &[(name, bytes)]).and_then(|written| {
        written.into_iter().next().ok_or_else(|| Failure::at(path)(io::ErrorKind::InvalidInput.into()))
    });
    written.map_err(|failure| Box::new(failure.into_diagnostic("choose another place for the file")))
}

fn put(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PackFile>, Failure> {
    let mut made = Vec::new();
    let written = stage(folder, files, &mut made).and_then(move_into_place);
    if written.is_err() {
        for folder in made.iter().rev() {
            // A folder that somebody else has put something into stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
    written
}

/// The most bytes of an old file that are looked at.
const MAX_OLD_BYTES: u64 = 1 << 20;

/// The text of a file that an earlier run may have written into `folder`; `None` when there is none, or something else
/// stands there.
pub(super) fn read_written(folder: &Path, name: &str) -> Option<String> {
    let path = folder.join(name);
    let is_ours = path.metadata().is_ok_and(|file| file.is_file() && file.len() <= MAX_OLD_BYTES);
    is_ours.then(|| std::fs::read_to_string(path).ok()).flatten()
}

/// Replaces a file of a person by `new`, whole at once; its rights stay as they are.
///
/// # Errors
/// The system's reason; or that the file no longer holds `old`, since somebody else has written it meanwhile.
pub(super) fn rewrite(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let reason = |error: io::Error| reason(&error);
    // What a link leads to is written, the link stays.
    let path = path.canonicalize().map_err(reason)?;
    if std::fs::read(&path).map_err(reason)? != old {
        return Err("the file has changed meanwhile".to_owned());
    }
    let mut temporary = open_temporary(path.parent().unwrap_or(&path)).map_err(reason)?;
    temporary.write_all(new).map_err(reason)?;
    temporary.as_file().sync_all().map_err(reason)?;
    let permissions = path.metadata().map_err(reason)?.permissions();
    temporary.as_file().set_permissions(permissions).map_err(reason)?;
    temporary.persist(&path).map(drop).map_err(|refused| reason(refused.error))
}

/// Makes a file that is not there yet, whole at once.
///
/// # Errors
/// The system's reason; also when something stands there by now.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut temporary = open_temporary(path.parent().unwrap_or(path)).map_err(|error| reason(&error))?;
    temporary.write_all(bytes).map_err(|error| reason(&error))?;
    temporary.as_file().sync_all().map_err(|error| reason(&error))?;
    temporary.persist_noclobber(path).map(drop).map_err(|refused| reason(&refused.error))
}

/// Keeps other runs of this program from what they ask the same file for, until it is dropped; `None` where the system
/// has no such locks.
pub(super) fn lock(path: &Path) -> Option<File> {
    let file = File::open(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn reason(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// What could not be written, and why.
struct Failure {
    path: PathBuf,
    error: io::Error,
}

impl Failure {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self { path: path.to_path_buf(), error }
    }

    /// `elsewhere` says how to write to another place.
    fn into_diagnostic(self, elsewhere: &str) -> Diagnostic {
        let said = self.error.to_string();
        let reason = said.split(" (os error").next().unwrap_or_default().to_lowercase();
        let message = format!("can't write `{}`: {reason}", self.path.display());
        let hint = match self.error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "make room on the disk and try again".to_owned()
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
                format!("move away what stands there, or {elsewhere}")
            }
            _ => format!("{elsewhere}, one that you may write to"),
        };
        Diagnostic::new(&code::NOT_WRITTEN, None, message).hint(hint)
    }
}

/// A file that is whole but still has a temporary name; dropping it removes it.
struct Staged {
    temporary: NamedTempFile,
    target: PathBuf,
    bytes: usize,
}

fn stage(folder: &Path, files: &[(String, Vec<u8>)], made: &mut Vec<PathBuf>) -> Result<Vec<Staged>, Failure> {
    let mut staged = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let target = folder.join(name);
        if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Failure::at(&target)(io::Error::new(io::ErrorKind::InvalidInput, "the name leaves the pack")));
        }
        let parent = target.parent().unwrap_or(folder);
        make_folder(parent, made)?;
        // A rename would fail on it after others have already been renamed.
        if target.is_dir() {
            return Err(Failure::at(&target)(io::ErrorKind::IsADirectory.into()));
        }
        let mut temporary = open_temporary(parent).map_err(Failure::at(&target))?;
        temporary.write_all(bytes).map_err(Failure::at(&target))?;
        // Some systems tell of a full disk only now.
        temporary.flush().map_err(Failure::at(&target))?;
        staged.push(Staged { temporary, target, bytes: bytes.len() });
    }
    Ok(staged)
}

/// Makes `folder` and those above it, and notes which were missing, outermost first.
fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above, made)?;
    }
    match std::fs::create_dir(folder) {
        Ok(()) => made.push(folder.to_path_buf()),
        // Another talk of the same run may have made it meanwhile.
        Err(_) if folder.is_dir() => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Failure::at(folder)(io::ErrorKind::NotADirectory.into()));
        }
        Err(error) => return Err(Failure::at(folder)(error)),
    }
    Ok(())
}

fn open_temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".retell-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What any new file gets; the system takes away what the user's mask forbids.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn move_into_place(staged: Vec<Staged>) -> Result<Vec<PackFile>, Failure> {
    let mut written = Vec::with_capacity(staged.len());
    for Staged { temporary, target, bytes } in staged {
        temporary.persist(&target).map_err(|refused| Failure::at(&target)(refused.error))?;
        written.push(PackFile { path: target, bytes });
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = entries.collect();
        names.sort();
        names
    }

    fn pack(text: &str) -> Vec<(String, Vec<u8>)> {
        ["index.html", "media/a.txt"].map(|name| (name.to_owned(), text.as_bytes().to_vec())).to_vec()
    }

    #[test]
    fn a_new_pack_replaces_the_old_and_leaves_other_files() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/er");
        write_pack(&folder, &pack("old")).unwrap();
        fs::write(folder.join("mine.txt"), "keep").unwrap();
        let written = write_pack(&folder, &pack("newer")).unwrap();
        assert_eq!(written[1], PackFile { path: folder.join("media/a.txt"), bytes: 5 });
        assert_eq!(names(&folder), ["index.html", "media", "mine.txt"]);
        assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "newer");
    }

    #[test]
    fn a_failure_leaves_the_old_pack_and_no_temporary_files() {
        let home = tempfile::tempdir().unwrap();
        write_pack(home.path(), &pack("old")).unwrap();
        fs::create_dir(home.path().join("slides.pdf")).unwrap();
        let mut files = pack("new");
        files.push(("slides.pdf".to_owned(), b"x".to_vec()));
        let found = write_pack(home.path(), &files).unwrap_err();
        assert_eq!(found.code.name, "not-written");
        assert!(found.message.contains("slides.pdf") && found.message.contains("is a directory"), "{}", found.message);
        assert_eq!(names(home.path()), ["index.html", "media", "slides.pdf"]);
        assert_eq!(fs::read_to_string(home.path().join("index.html")).unwrap(), "old");
    }

    #[test]
    fn a_file_where_the_folder_should_be_is_named() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("dist"), "a file").unwrap();
        let found = write_pack(&home.path().join("dist/talk"), &pack("new")).unwrap_err();
        assert!(found.message.contains("not a directory"), "{}", found.message);
        assert_eq!(fs::read_to_string(home.path().join("dist")).unwrap(), "a file");
    }

    #[test]
    fn a_path_that_leaves_the_pack_is_refused_and_new_folders_go_again() {
        let home = tempfile::tempdir().unwrap();
        let mut files = pack("new");
        files.push(("../evil.txt".to_owned(), Vec::new()));
        assert!(write_pack(&home.path().join("a/b"), &files).is_err());
        assert!(names(home.path()).is_empty());
    }
}
