use std::path::Path;

use crate::asset::Images;
use crate::deck::{Deck, DeckOptions, deck};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::pipeline::Job;
use crate::pipeline::edition::{self, TalkFiles};
use crate::pipeline::found_talks::children;
use crate::pipeline::stopwatch::Stopwatch;
use crate::rehearsal::Past;
use crate::source::{DiskLoader, LoadError, Loader, Sources, Span, Spanned};
use crate::talk::Talk;
use crate::theme::{Registry, Theme};

/// A talk and its look as they were read, before a slide is written.
pub(super) struct Draft {
    pub(super) talk: Talk,
    /// What lies beside it.
    pub(super) files: TalkFiles,
    pub(super) theme: Theme,
    /// The talk folder's `style.css`.
    pub(super) style: Option<Spanned<String>>,
    pub(super) sources: Sources,
    pub(super) found: Diagnostics,
    /// What earlier rehearsals teach.
    pub(super) past: Past,
}

impl Draft {
    /// Reads the talk of `job`, its theme and its style sheet.
    ///
    /// # Errors
    /// The finding that says why the talk's file can't be read.
    pub(super) fn read(job: &Job, watch: &mut Stopwatch<'_>) -> Result<Self, Box<Diagnostic>> {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let (talk, files) = watch
            .time("parse", || edition::read(job, &mut sources, &mut found))
            .map_err(|(shown, error)| Box::new(unreadable(&shown, &error)))?;
        let mut theme = watch.time("theme", || load_theme(job, &talk, &files, &mut sources, &mut found));
        let style = load_style(job, &files, &mut sources, &mut found);
        if let Some(style) = &style {
            theme.take_properties(&style.value);
        }
        let past = job.speaker.as_ref().map(|folders| Past::of(&talk, folders)).unwrap_or_default();
        Ok(Self { talk, files, theme, style, sources, found, past })
    }

    /// The slides; what is wrong with them goes to `found`.
    pub(super) fn deck(&self, images: &Images<'_>, options: DeckOptions, found: &mut Diagnostics) -> Deck {
        let options = DeckOptions { style: self.style.clone(), ..options };
        deck(&self.talk, &self.theme, images, &options, found)
    }
}

/// The theme of the command line, else that of the talk.
fn load_theme(job: &Job, talk: &Talk, loader: &dyn Loader, sources: &mut Sources, found: &mut Diagnostics) -> Theme {
    let Some(wanted) = &job.theme else {
        return Registry.load(talk.meta.theme.as_ref(), loader, sources, found);
    };
    if Path::new(wanted).join("theme.yaml").is_file() {
        return Registry.load_folder(&DiskLoader::new(wanted), sources, found);
    }
    if wanted.contains(['/', '\\']) {
        let message = format!("there is no theme in `{wanted}`");
        let hint = "name a folder with a `theme.yaml`, or a theme of `retell theme list`";
        found.push(Diagnostic::new(&code::UNKNOWN_THEME, None, message).hint(hint));
        return Registry.load(None, loader, sources, &mut Diagnostics::default());
    }
    let source = sources.add("--theme", wanted.clone());
    let wanted = Spanned::new(wanted.clone(), Span::new(source, 0, wanted.len()));
    Registry.load(Some(&wanted), loader, sources, found)
}

/// The talk's own `style.css`, where it has one.
fn load_style(
    job: &Job,
    loader: &dyn Loader,
    sources: &mut Sources,
    found: &mut Diagnostics,
) -> Option<Spanned<String>> {
    match loader.load("style.css") {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            let source = sources.add(job.folder().join("style.css").display().to_string(), text.clone());
            if let Err(error) = std::str::from_utf8(&bytes) {
                let at = error.valid_up_to();
                let byte = bytes.get(at).copied().unwrap_or_default();
                let mark = bytes.len() - bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).len();
                let span = Span::new(source, at - mark, at - mark + '\u{fffd}'.len_utf8());
                let message = format!("this is not UTF-8: byte 0x{byte:02x}");
                found.push(
                    Diagnostic::new(&code::NOT_UTF8, span, message).hint("save the file as UTF-8 in your editor"),
                );
            }
            let span = Span::new(source, 0, text.len());
            Some(Spanned::new(text, span))
        }
        Err(LoadError::NotFound) => None,
        Err(error) => {
            found.push(Diagnostic::new(&code::UNREADABLE_FILE, None, format!("can't read `style.css`: {error}")));
            None
        }
    }
}

/// The finding for a talk whose file can't be read.
pub(super) fn unreadable(shown: &str, error: &LoadError) -> Diagnostic {
    let code = if matches!(error, LoadError::TooLarge(_)) { &code::FILE_TOO_LARGE } else { &code::UNREADABLE_FILE };
    let found = Diagnostic::new(code, None, format!("can't read `{shown}`: {error}"));
    if matches!(error, LoadError::Refused(_)) {
        return found.hint("let yourself read it: its owner can change its permissions");
    }
    let folder =
        Path::new(shown).parent().filter(|folder| *error == LoadError::NotFound && !folder.as_os_str().is_empty());
    let inner: Vec<_> =
        folder.into_iter().flat_map(children).filter(|(_, path)| path.join("talk.md").is_file()).collect();
    if let Some((_, first)) = inner.first() {
        let folder = folder.unwrap_or(Path::new(".")).display();
        return found
            .hint(format!("name a talk in it: `{}`, or all: `{folder}/*`", first.display()))
            .hint(format!("`retell gallery {folder}` makes the packs of all talks there, and a page that shows them"));
    }
    let others = if *error == LoadError::NotFound { talks_beside(Path::new(shown)) } else { Vec::new() };
    if others.is_empty() {
        return found.hint("name a folder with a `talk.md`, or one Markdown file; `retell new my-talk` makes one");
    }
    found.hint(format!("name the file of your talk: `{}`", others.join("` or `")))
}

/// A few Markdown files in the folder where `missing` was sought, as they can be named.
fn talks_beside(missing: &Path) -> Vec<String> {
    let folder = missing.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = children(folder).into_iter().filter(|(name, path)| {
        let is_markdown = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        is_markdown && !name.eq_ignore_ascii_case("readme.md") && path.is_file()
    });
    names.take(3).map(|(_, path)| path.display().to_string()).collect()
}
