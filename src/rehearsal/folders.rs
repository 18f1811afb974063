use std::path::{Path, PathBuf};

/// Where the speaker's own files lie: never in the folder of a talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The folder of all recordings.
    pub recordings: PathBuf,
    /// The file with the speaker's speed.
    pub speed: PathBuf,
    /// The folder of pages that are kept from build to build; may be deleted at any time.
    pub pages: PathBuf,
}

impl Folders {
    /// Below `home`: what the environment variable `RETELL_HOME` says.
    #[must_use]
    pub fn below(home: &Path) -> Self {
        Self { recordings: home.join("rehearsals"), speed: home.join("speed.json"), pages: home.join("cache/pages") }
    }

    /// Where the system keeps such files, as `~/.local/share/retell/rehearsals`, `~/.config/retell/speed.json` and
    /// `~/.cache/retell/pages`;
    /// `None` when nobody is at home.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "retell")?;
        let recordings = folders.data_dir().join("rehearsals");
        let pages = folders.cache_dir().join("pages");
        Some(Self { recordings, speed: folders.config_dir().join("speed.json"), pages })
    }
}
