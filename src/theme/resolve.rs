use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::source::{LoadError, SourceId, Sources, Span, Spanned};
use crate::theme::file::{self, ThemeFile};
use crate::theme::folder::{Folder, built_in_names};
use crate::theme::{BUNDLED_FALLBACKS, FALLBACK_FAMILY, FontFile, LAYOUTS, Theme};

/// The style sheets of the follow-up sheet, where a theme has them.
const SHEET: [&str; 2] = ["sheet.css", "paper.css"];

/// The style sheets of handouts and run sheets.
const DOCUMENT: [&str; 2] = ["print/document.css", "print/text.css"];

/// The rules that spare the printer's ink.
const INK: [&str; 1] = ["print/ink.css"];

/// The theme in `folder` with everything it inherits.
pub(super) fn resolve(folder: Folder<'_>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Theme {
    let mut theme = Theme::default();
    // A theme in a folder extends built-in ones or folders beside it, whose paths need a home.
    let chain = chain(folder, sources, diagnostics);
    let mut css = String::new();
    for link in chain.iter().rev() {
        apply(link, &mut theme, &mut css, diagnostics);
    }
    theme.css = root_rule(&theme) + &theme.inverted_slide() + &css;
    theme.sheet = root_rule(&theme) + &theme.sheet_grounds() + &theme.sheet;
    theme.document = root_rule(&theme) + &theme.document_ground() + &theme.document;
    theme
}

/// One theme of a chain.
struct Link<'a> {
    place: Place<'a>,
    file: ThemeFile,
    source: SourceId,
}

/// Where a theme of a chain lies; an extended folder's path is made up on the way.
struct Place<'a> {
    folder: Folder<'a>,
    path: Option<String>,
}

impl Place<'_> {
    fn with<T>(&self, use_folder: impl FnOnce(Folder<'_>) -> T) -> T {
        match (&self.path, self.folder) {
            (Some(path), Folder::Loaded(loader, _)) => use_folder(Folder::Loaded(loader, path)),
            (_, folder) => use_folder(folder),
        }
    }

    /// What `extends: name` means in this theme: a built-in theme, or a folder beside this one.
    fn parent(&self, name: &str) -> Self {
        if let Some(folder) = Folder::built_in(name) {
            return Place { folder, path: None };
        }
        let path = self.with(|folder| match folder {
            Folder::Loaded(_, own) if !own.is_empty() => format!("{own}/{name}"),
            _ => name.to_owned(),
        });
        Place { folder: self.folder, path: Some(path) }
    }
}

/// The theme itself, then the one it extends, and so on.
fn chain<'a>(folder: Folder<'a>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Vec<Link<'a>> {
    let mut out: Vec<Link<'a>> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut mended = false;
    let mut next = Some((Place { folder, path: None }, None::<Spanned<String>>));
    while let Some((place, asked)) = next.take() {
        let label = place.with(|folder| folder.label("theme.yaml"));
        let text = match read_text(&place, "theme.yaml") {
            Ok(text) => text,
            Err(why) => {
                diagnostics.push(unreadable_parent(asked.as_ref(), &label, &why));
                next = stand_in(&mut mended);
                continue;
            }
        };
        let key = tidy(&label);
        if !mended && (!seen.insert(key) || out.len() >= MAX_CHAIN) {
            let span = asked.as_ref().map(|asked| asked.span);
            diagnostics.push(
                Diagnostic::new(&code::INVALID_THEME, span, "this theme extends itself")
                    .hint("take out one `extends` of the circle"),
            );
            next = stand_in(&mut mended);
            continue;
        }
        let source = sources.add(label, text);
        let file = file::read(sources, source, diagnostics);
        next = file.extends.clone().map(|wanted| (place.parent(&wanted.value), Some(wanted)));
        out.push(Link { place, file, source });
    }
    out
}

/// What a theme without a sound parent extends, once: else every slide would be faulted for the missing rules.
fn stand_in<'a>(mended: &mut bool) -> Option<(Place<'a>, Option<Spanned<String>>)> {
    let folder = Folder::built_in("paper").filter(|_| !*mended)?;
    *mended = true;
    Some((Place { folder, path: None }, None))
}

/// How many themes may extend each other in a row.
const MAX_CHAIN: usize = 16;

/// `label` with `x/..` taken out, so that one folder has one name.
fn tidy(label: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in label.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Adds what one theme of the chain says to what its ancestors said.
fn apply(link: &Link<'_>, theme: &mut Theme, css: &mut String, diagnostics: &mut Diagnostics) {
    let file = &link.file;
    theme.name = file.name.clone().unwrap_or_else(|| link.place.with(|folder| folder.name()));
    if let Some(description) = &file.description {
        theme.description.clone_from(description);
    }
    theme.tokens.extend(file.tokens.iter().cloned());
    for (own, inherited) in [
        (&file.body, &mut theme.fonts.body),
        (&file.heading, &mut theme.fonts.heading),
        (&file.mono, &mut theme.fonts.mono),
    ] {
        if let Some(own) = own {
            inherited.clone_from(own);
        }
    }
    style_sheets(link, css, diagnostics);
    let papers = [(&SHEET[..], &mut theme.sheet), (&DOCUMENT[..], &mut theme.document), (&INK[..], &mut theme.ink)];
    for (names, rules) in papers {
        for name in names {
            match read_text(&link.place, name) {
                Ok(text) => rules.extend([text.as_str(), "\n"]),
                Err(Unread::Missing) => {}
                Err(why) => diagnostics.push(broken(link, name, &why)),
            }
        }
    }
    layouts(link, theme, diagnostics);
    fonts(link, theme, diagnostics);
}

/// Adds the style sheets that the theme names, else its `theme.css` if there is one.
fn style_sheets(link: &Link<'_>, css: &mut String, diagnostics: &mut Diagnostics) {
    let mut add = |text: &str| {
        css.push_str(text);
        css.push('\n');
    };
    if link.file.css.is_empty() {
        match read_text(&link.place, "theme.css") {
            Ok(text) => add(&text),
            Err(Unread::Missing) => {}
            Err(why) => diagnostics.push(broken(link, "theme.css", &why)),
        }
    }
    for name in &link.file.css {
        match read_text(&link.place, &name.value) {
            Ok(text) => add(&text),
            Err(why) => diagnostics.push(
                Diagnostic::new(&code::INVALID_THEME, name.span, format!("`{}` can't be read: {why}", name.value))
                    .hint("add the file, or take the name out of `css`"),
            ),
        }
    }
}

fn layouts(link: &Link<'_>, theme: &mut Theme, diagnostics: &mut Diagnostics) {
    let listed = link.place.with(|folder| folder.templates());
    let known = LAYOUTS.iter().map(|name| (*name).to_owned());
    let names: BTreeSet<String> = known.chain(theme.layouts.keys().cloned()).chain(listed).collect();
    for name in names {
        let path = format!("layouts/{name}.html");
        match read_text(&link.place, &path) {
            Ok(text) => drop(theme.layouts.insert(name, text)),
            Err(Unread::Missing) => {}
            Err(why) => diagnostics.push(broken(link, &path, &why)),
        }
    }
    for name in &link.file.layouts {
        let path = format!("layouts/{}.html", name.value);
        if name.value.contains(['/', '\\']) {
            let message = format!("`{}` can't be the name of a layout", name.value);
            diagnostics.push(Diagnostic::new(&code::INVALID_THEME, name.span, message));
            continue;
        }
        match read_text(&link.place, &path) {
            Ok(text) => drop(theme.layouts.insert(name.value.clone(), text)),
            Err(why) => diagnostics.push(
                Diagnostic::new(&code::INVALID_THEME, name.span, format!("`{path}` can't be read: {why}"))
                    .hint("add the file, or take the name out of `layouts`"),
            ),
        }
    }
}

fn fonts(link: &Link<'_>, theme: &mut Theme, diagnostics: &mut Diagnostics) {
    for name in &link.file.font_files {
        match link.place.with(|folder| folder.load(&name.value)) {
            Ok(bytes) if is_font(&bytes) => theme.font_files.push(FontFile { name: name.value.clone(), bytes }),
            Ok(_) => diagnostics.push(
                Diagnostic::new(&code::UNREADABLE_FONT, name.span, format!("`{}` is not a font", name.value))
                    .hint("use a TrueType, OpenType or WOFF2 file"),
            ),
            Err(error) => diagnostics.push(Diagnostic::new(
                &code::UNREADABLE_FONT,
                name.span,
                format!("the font `{}` can't be read: {error}", name.value),
            )),
        }
    }
}

/// Whether `bytes` begin like TrueType, OpenType or WOFF2.
fn is_font(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [&[0, 1, 0, 0], b"OTTO", b"true", b"wOF2"];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// The custom properties as one rule.
fn root_rule(theme: &Theme) -> String {
    let mut out = String::from(":root{");
    for (name, value) in &theme.tokens {
        let _ = write!(out, "--{name}:{value};");
    }
    for (name, families) in
        [("body", &theme.fonts.body), ("heading", &theme.fonts.heading), ("mono", &theme.fonts.mono)]
    {
        if !families.is_empty() {
            let own = families.iter().map(String::as_str);
            let bundled = BUNDLED_FALLBACKS.into_iter().filter(|name| !families.iter().any(|family| family == name));
            let list: Vec<String> =
                own.chain(bundled).chain([FALLBACK_FAMILY]).map(|family| format!("\"{family}\"")).collect();
            let _ = write!(out, "--font-{name}:{};", list.join(","));
        }
    }
    out.push_str("}\n");
    out
}

/// Why a text of a theme is not there.
enum Unread {
    Missing,
    NotUtf8,
    Refused(LoadError),
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("no such file"),
            Self::NotUtf8 => f.write_str("it is not UTF-8"),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

fn read_text(place: &Place<'_>, path: &str) -> Result<String, Unread> {
    match place.with(|folder| folder.load(path)) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| Unread::NotUtf8)?;
            Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        }
        Err(LoadError::NotFound) => Err(Unread::Missing),
        Err(error) => Err(Unread::Refused(error)),
    }
}

fn broken(link: &Link<'_>, path: &str, why: &Unread) -> Diagnostic {
    let label = link.place.with(|folder| folder.label(path));
    Diagnostic::new(&code::INVALID_THEME, Span::new(link.source, 0, 0), format!("`{label}` can't be read: {why}"))
}

fn unreadable_parent(asked: Option<&Spanned<String>>, label: &str, why: &Unread) -> Diagnostic {
    let Some(asked) = asked else {
        return Diagnostic::new(&code::UNKNOWN_THEME, None, format!("`{label}` can't be read: {why}"));
    };
    let message = format!("there is no theme `{}` to extend", asked.value);
    let found = Diagnostic::new(&code::UNKNOWN_THEME, asked.span, message);
    match did_you_mean(&asked.value, built_in_names()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found.hint(format!("`{label}` can't be read: {why}")),
    }
}
