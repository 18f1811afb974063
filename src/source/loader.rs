use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// The largest file that a talk may refer to, in bytes (32 MiB).
pub const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// No such file.
    NotFound,
    /// The path is absolute, climbs out with `..` or leads out through a link.
    OutsideFolder,
    /// The path names a folder or a device.
    NotAFile,
    /// The file is larger than [`MAX_FILE_BYTES`]; holds its size in bytes.
    TooLarge(u64),
    /// The system refused, in its words.
    Refused(String),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("no such file"),
            Self::OutsideFolder => f.write_str("the path leaves the talk's folder"),
            Self::NotAFile => f.write_str("this is not a regular file"),
            Self::TooLarge(size) => write!(
                f,
                "the file has {} MiB, the limit is {} MiB",
                size.div_ceil(1024 * 1024),
                MAX_FILE_BYTES / (1024 * 1024)
            ),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

/// Reads the files of one talk by their path relative to the talk's folder, `/` between the parts.
///
/// No implementation ever reads outside that folder.
pub trait Loader: Send + Sync {
    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// See [`LoadError`].
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError>;

    /// When the file at `path` was last written and how long it is; `None` where that is not known.
    fn stamp(&self, path: &str) -> Option<Stamp> {
        let _ = path;
        None
    }
}

/// Tells a file that changed from one that did not.
pub type Stamp = (SystemTime, u64);

/// Reads below one folder of the disk.
#[derive(Clone, Debug)]
pub struct DiskLoader {
    root: PathBuf,
}

impl DiskLoader {
    /// A loader for the files below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Loader for DiskLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let relative = normalize(path)?;
        let root = self.root.canonicalize().map_err(|error| refusal(&error))?;
        // Links are followed before the check: what counts is where the bytes lie.
        let full = root.join(relative).canonicalize().map_err(|error| refusal(&error))?;
        if !full.starts_with(&root) {
            return Err(LoadError::OutsideFolder);
        }
        read_limited(&full)
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let metadata = self.root.join(normalize(path).ok()?).metadata().ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    }
}

/// Reads a regular file of at most [`MAX_FILE_BYTES`].
fn read_limited(path: &Path) -> Result<Vec<u8>, LoadError> {
    let metadata = path.metadata().map_err(|error| refusal(&error))?;
    if !metadata.is_file() {
        return Err(LoadError::NotAFile);
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(LoadError::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| refusal(&error))?;
    // The file may grow between the two calls.
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| refusal(&error))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(LoadError::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Files held in memory, for tests, fuzzing and built-in themes.
#[derive(Clone, Debug, Default)]
pub struct MemoryLoader {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryLoader {
    /// Adds a file, replacing one of the same path.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }
}

impl Loader for MemoryLoader {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let key =
            normalize(path)?.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        self.files.get(&key).cloned().ok_or(LoadError::NotFound)
    }
}

/// `path` without `.` and inner `..`, refused when it is absolute or climbs out.
///
/// A backslash counts as a separator, so that a talk behaves alike on every system.
fn normalize(path: &str) -> Result<PathBuf, LoadError> {
    let slashed = path.replace('\\', "/");
    let has_drive = slashed.as_bytes().get(1) == Some(&b':');
    if slashed.starts_with('/') || has_drive || slashed.contains('\0') {
        return Err(LoadError::OutsideFolder);
    }
    let mut out = PathBuf::new();
    for part in Path::new(&slashed).components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir if out.pop() => {}
            _ => return Err(LoadError::OutsideFolder),
        }
    }
    Ok(out)
}

fn refusal(error: &std::io::Error) -> LoadError {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => LoadError::NotFound,
        std::io::ErrorKind::PermissionDenied => LoadError::Refused("permission denied".to_owned()),
        _ => LoadError::Refused(error.to_string()),
    }
}
