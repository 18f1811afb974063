use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::{Loader, Sources, Span};
use crate::theme::folder::Folder;
use crate::theme::{LAYOUTS, Theme, file, resolve, safe_css};

/// Style sheets of slides and papers beside those that `theme.yaml` names.
const SHEETS: [&str; 4] = ["theme.css", "print/document.css", "print/text.css", "print/ink.css"];

/// A theme's folder as it was looked through.
#[derive(Debug)]
pub struct Examined {
    /// The theme with everything it inherits.
    pub theme: Theme,
    /// Where its `theme.yaml` gives which token.
    pub tokens: BTreeMap<String, Span>,
    /// The start of its `theme.yaml`.
    pub start: Span,
    /// Whether it is only there to be extended.
    pub is_abstract: bool,
}

/// Looks through the theme that is part of the program or, with `loader`, in a folder, and reports what is wrong with
/// its files: what can't be read, layouts that are missing, rules that are not drawn alike everywhere.
pub fn examine(
    name: &str,
    loader: Option<&dyn Loader>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Examined> {
    let folder = match loader {
        Some(loader) => Folder::Loaded(loader, ""),
        None => Folder::built_in(name)?,
    };
    let theme = resolve::resolve(folder, sources, diagnostics);
    let yaml = folder.load("theme.yaml").ok().and_then(|bytes| String::from_utf8(bytes).ok())?;
    let source = sources.add(folder.label("theme.yaml"), yaml);
    // What it finds was reported above.
    let file = file::read(sources, source, &mut Diagnostics::default());
    let start = Span::new(source, 0, 0);
    for layout in LAYOUTS.iter().filter(|layout| !theme.layouts.contains_key(**layout)) {
        let message = format!("the theme has no layout `{layout}`");
        diagnostics.push(
            Diagnostic::new(&code::MISSING_LAYOUT, start, message)
                .hint(format!("write `extends: paper`, or add `layouts/{layout}.html`")),
        );
    }
    let named = file.css.iter().map(|name| name.value.as_str());
    let mut seen = BTreeSet::new();
    for name in named.chain(SHEETS).filter(|name| seen.insert(*name)) {
        let Some(text) = folder.load(name).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        let source = sources.add(folder.label(name), text.clone());
        safe_css::check(source, &text, diagnostics);
    }
    if file.is_abstract {
        let message = "the theme is only for extending: how slides look in it can't be checked";
        diagnostics.push(
            Diagnostic::new(&code::ABSTRACT_THEME, start, message)
                .hint("check a theme that extends it, it is checked too"),
        );
    }
    Some(Examined { theme, tokens: file.token_spans.into_iter().collect(), start, is_abstract: file.is_abstract })
}
