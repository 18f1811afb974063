use include_dir::{Dir, include_dir};

use crate::source::{LoadError, Loader};

/// The themes that are part of the program.
static BUILT_IN: [(&str, Dir<'_>); 7] = [
    ("base", include_dir!("$CARGO_MANIFEST_DIR/themes/base")),
    ("paper", include_dir!("$CARGO_MANIFEST_DIR/themes/paper")),
    ("night", include_dir!("$CARGO_MANIFEST_DIR/themes/night")),
    ("blueprint", include_dir!("$CARGO_MANIFEST_DIR/themes/blueprint")),
    ("terminal", include_dir!("$CARGO_MANIFEST_DIR/themes/terminal")),
    ("bold", include_dir!("$CARGO_MANIFEST_DIR/themes/bold")),
    ("ink", include_dir!("$CARGO_MANIFEST_DIR/themes/ink")),
];

/// The files of one theme.
#[derive(Clone, Copy)]
pub(super) enum Folder<'a> {
    /// Part of the program.
    BuiltIn(&'static str, &'static Dir<'static>),
    /// A folder below the loader's; its path is empty when the loader reads the theme itself.
    Loaded(&'a dyn Loader, &'a str),
}

impl Folder<'_> {
    /// The built-in theme called `name`.
    pub(super) fn built_in(name: &str) -> Option<Folder<'static>> {
        BUILT_IN.iter().find(|(key, _)| *key == name).map(|(key, files)| Folder::BuiltIn(key, files))
    }

    /// The bytes of the file at `path` below the folder.
    pub(super) fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        match self {
            Self::BuiltIn(_, files) => {
                files.get_file(path).map(|file| file.contents().to_vec()).ok_or(LoadError::NotFound)
            }
            Self::Loaded(loader, "") => loader.load(path),
            Self::Loaded(loader, folder) => loader.load(&format!("{}/{path}", folder.trim_end_matches(['/', '\\']))),
        }
    }

    /// The names and bytes of the files in the folder `path` of a built-in theme.
    pub(super) fn below(&self, path: &str) -> Vec<(String, Vec<u8>)> {
        let Self::BuiltIn(_, files) = self else { return Vec::new() };
        let Some(folder) = files.get_dir(path) else { return Vec::new() };
        let named = |file: &include_dir::File<'_>| Some(file.path().file_name()?.to_str()?.to_owned());
        folder.files().filter_map(|file| Some((named(file)?, file.contents().to_vec()))).collect()
    }

    /// The name that messages show for the file at `path`.
    pub(super) fn label(&self, path: &str) -> String {
        match self {
            Self::BuiltIn(name, _) => format!("{name}/{path}"),
            Self::Loaded(_, "") => path.to_owned(),
            Self::Loaded(_, folder) => format!("{}/{path}", folder.trim_end_matches(['/', '\\'])),
        }
    }

    /// The last part of the folder's path.
    pub(super) fn name(&self) -> String {
        match self {
            Self::BuiltIn(name, _) => (*name).to_owned(),
            Self::Loaded(_, folder) => {
                let last = folder.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
                if last.is_empty() { "theme".to_owned() } else { last.to_owned() }
            }
        }
    }

    /// The names of all templates, where they can be listed.
    pub(super) fn templates(&self) -> Vec<String> {
        let Self::BuiltIn(_, files) = self else { return Vec::new() };
        let Some(layouts) = files.get_dir("layouts") else { return Vec::new() };
        layouts
            .files()
            .filter_map(|file| Some(file.path().file_name()?.to_str()?.strip_suffix(".html")?.to_owned()))
            .collect()
    }
}

/// The names of the built-in themes, the ones that are only extended included.
pub(super) fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}
