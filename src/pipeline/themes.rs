use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::check::{check_looks, check_theme as check_tokens};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::pipeline::{Frames, Job, Outputs, Print, Report, build};
use crate::source::{DiskLoader, Sources};
pub use crate::theme::Listed as ListedTheme;
use crate::theme::{Registry, examine, preview, start};

/// What a theme is to blame for while slides are written.
const OF_THEME: [&str; 2] = ["template-error", "internal-error"];

/// The built-in themes in the order in which they are offered.
#[must_use]
pub fn themes() -> Vec<ListedTheme> {
    Registry.list()
}

/// The tokens of the built-in theme `name`, by their name; none when there is no such theme.
#[must_use]
pub fn theme_tokens(name: &str) -> BTreeMap<String, String> {
    let examined = examine(name, None, &mut Sources::default(), &mut Diagnostics::default());
    examined.map(|examined| examined.theme.tokens).unwrap_or_default()
}

/// The files of a new theme that extends the built-in theme `from`; `None` when there is none of that name.
#[must_use]
pub fn new_theme(name: &str, from: &str) -> Option<Vec<(String, Vec<u8>)>> {
    themes().iter().any(|theme| theme.name == from).then(|| start(name, from)).flatten()
}

/// The talk that shows every kind of slide, `preview.md`, and its pictures.
#[must_use]
pub fn theme_preview() -> Vec<(String, Vec<u8>)> {
    preview()
}

/// Everything that is wrong with the theme called `name`, built in or a folder: its files, its colours, and how it
/// paints the talk in the folder `preview`, which is read as [`theme_preview`] gives it.
#[must_use]
pub fn check_theme(name: &str, preview: &Path) -> Report {
    let mut report = Report::default();
    let loader = DiskLoader::new(name);
    let is_folder = Path::new(name).join("theme.yaml").is_file();
    let folder = is_folder.then_some(&loader as &dyn crate::source::Loader);
    let Some(examined) = examine(name, folder, &mut report.sources, &mut report.diagnostics) else {
        let known: Vec<String> = themes().into_iter().map(|theme| theme.name).collect();
        let message = format!("there is no theme `{name}`");
        let hint = format!("use `{}`, or a folder with a `theme.yaml`", known.join("`, `"));
        report.diagnostics.push(Diagnostic::new(&code::UNKNOWN_THEME, None, message).hint(hint));
        return report;
    };
    check_tokens(&examined, &mut report.diagnostics);
    let job = Job {
        talk: preview.join("preview.md"),
        output: preview.to_path_buf(),
        only: Outputs::default(),
        theme: Some(name.to_owned()),
        trust_html: false,
        without_notes: false,
        print: Print::default(),
        frames: Frames::default(),
        speaker: None,
        cache: None,
    };
    // One cause is told once.
    let has_told_colours = report.diagnostics.iter().any(|found| found.code == &code::LOW_CONTRAST);
    let (painted, made) = build::examine(&job, &|| Duration::ZERO);
    report.slides = painted.slides;
    let mut looks = painted.diagnostics;
    looks.retain(|found| OF_THEME.contains(&found.code.name));
    if let Some(made) = made {
        check_looks(&made.draft.talk, &made.pages, &mut looks);
    }
    for found in looks.iter() {
        let place = found.span.map_or(String::new(), |span| {
            format!(" (line {} of the preview)", painted.sources.get(span.source).location(span.start).line)
        });
        if has_told_colours && found.code == &code::LOW_CONTRAST {
            continue;
        }
        let message = format!("{}{place}", found.message);
        let told = Diagnostic::new(found.code, examined.start, message);
        report.diagnostics.push(found.hints.iter().fold(told, |told, hint| told.hint(hint.clone())));
    }
    report.diagnostics.sort();
    report
}
