//! What changes on the disk.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::SystemTime;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// A change of the disk, as far as it matters.
pub(super) struct Change {
    /// What changed; everything may have when there is none.
    pub(super) paths: Vec<PathBuf>,
    /// Whether the writer is known to have finished.
    pub(super) whole: bool,
}

/// Watches folders, also such as come and go.
pub(super) struct Watch {
    /// `None` where the system can't watch; looking from time to time has to do then.
    watcher: Option<RecommendedWatcher>,
    watched: Vec<Watched>,
}

struct Watched {
    folder: PathBuf,
    depth: RecursiveMode,
    /// Which folder it was; another one may stand there later.
    identity: Option<Identity>,
}

/// Tells a folder from another one that took its place.
type Identity = (u64, u64, Option<SystemTime>);

impl Watch {
    /// Sends what changes to `changes`, once folders are added.
    pub(super) fn new(changes: Sender<Change>) -> Self {
        let tell = move |event: notify::Result<Event>| {
            let change = match event {
                Ok(event) => change_of(event),
                // What was lost is not known.
                Err(_) => Some(Change { paths: Vec::new(), whole: false }),
            };
            if let Some(change) = change {
                // Nobody listens any more when the server ends.
                let _ = changes.send(change);
            }
        };
        // A link in somebody's talk may lead to the root of the disk; nothing behind it can be shown.
        let watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false));
        Self { watcher: watcher.ok(), watched: Vec::new() }
    }

    /// Watches the files in `folder`, and with `deep` those in the folders below.
    pub(super) fn add(&mut self, folder: &Path, deep: bool) {
        if self.watched.iter().any(|watched| watched.folder == folder) {
            return;
        }
        let depth = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let identity = identity(folder);
        if let (Some(watcher), Some(_)) = (&mut self.watcher, identity) {
            // One that can't be watched is looked at from time to time.
            let _ = watcher.watch(folder, depth);
        }
        self.watched.push(Watched { folder: folder.to_path_buf(), depth, identity });
    }

    /// Watches again what was moved away and came back; whether there was any.
    pub(super) fn renew(&mut self) -> bool {
        let mut renewed = false;
        for watched in &mut self.watched {
            let now = identity(&watched.folder);
            if now == watched.identity {
                continue;
            }
            watched.identity = now;
            renewed = true;
            if let Some(watcher) = &mut self.watcher {
                // The old one may be gone with its folder.
                let _ = watcher.unwatch(&watched.folder);
                if now.is_some() {
                    let _ = watcher.watch(&watched.folder, watched.depth);
                }
            }
        }
        renewed
    }
}

fn change_of(event: Event) -> Option<Change> {
    let whole = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Modify(ModifyKind::Name(_)) => true,
        EventKind::Access(_) => return None,
        _ => false,
    };
    let paths = if event.need_rescan() { Vec::new() } else { event.paths };
    Some(Change { paths, whole })
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino(), None))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    let metadata = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some((0, 0, metadata.created().ok()))
}

/// When a file or folder was last written and how long it is.
pub(super) fn stamp(file: &Path) -> Option<(SystemTime, u64)> {
    let metadata = file.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
