use std::time::Duration;

use crate::diagnostic::{Diagnostic, code, did_you_mean};
use crate::parse::duration::{self, NoLength};
use crate::parse::reader::Reader;
use crate::source::{Span, Spanned};
use crate::talk::{Background, BackgroundFit, Edition, Section};

/// Directives without a value.
pub(super) const BARE: [&str; 4] = ["optional", "hidden", "backup", "pause"];

/// Directives with a value; those with an underscore and in camel case are Marp's.
const NATIVE: [&str; 27] = [
    "class",
    "layout",
    "background",
    "time",
    "demo",
    "section",
    "edition",
    "timing",
    "check",
    "include",
    "optional",
    "hidden",
    "backup",
    "pause",
    "paginate",
    "header",
    "footer",
    "_class",
    "_paginate",
    "_header",
    "_footer",
    "_backgroundColor",
    "_backgroundImage",
    "backgroundColor",
    "backgroundImage",
    "_background",
    "_layout",
];

/// Directives of Marp that hold for the whole talk or have no counterpart.
const MARP: [&str; 12] = [
    "theme",
    "size",
    "style",
    "headingDivider",
    "math",
    "color",
    "_color",
    "backgroundPosition",
    "backgroundRepeat",
    "backgroundSize",
    "_backgroundSize",
    "transition",
];

/// The names of all directives.
pub(super) fn names(marp: bool) -> Vec<&'static str> {
    NATIVE.iter().copied().chain(MARP.iter().copied().filter(|_| marp)).collect()
}

/// Whether every line of a comment is one of Marp's directives.
pub(super) fn all_are_marp(text: &str) -> bool {
    let known = names(true);
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .all(|line| line.split_once(':').is_some_and(|(name, _)| known.contains(&name.trim())))
}

impl Reader<'_, '_, '_> {
    /// Takes in the directive `name`, one of [`names`]; always true.
    pub(super) fn directive(&mut self, name: &str, value: &str, span: Span) -> bool {
        let at = self.place_of(value, span);
        // Quotes keep the name of a section apart from its length.
        let bare = value.trim_matches(['"', '\'']).trim();
        let value = if name == "section" && !bare.is_empty() { value.trim() } else { bare };
        match name.trim_start_matches('_') {
            "optional" => self.slide.optional = self.is_true(name, value, at),
            "hidden" => self.slide.hidden = self.is_true(name, value, at),
            "backup" => self.slide.backup = self.is_true(name, value, at),
            "pause" if value.is_empty() => self.steps.pause(),
            "pause" => self.invalid(name, value, "write `<!-- pause -->`; in a note, `[pause 5s]`", at),
            "paginate" => self.paginate(name, value, at),
            "header" => self.carry(
                name,
                Some(value.to_owned()),
                |slide, value| slide.header = value,
                |all, value| all.header = value,
            ),
            "footer" => self.carry(
                name,
                Some(value.to_owned()),
                |slide, value| slide.footer = value,
                |all, value| all.footer = value,
            ),
            _ if value.is_empty() => {
                let found = Diagnostic::new(&code::INVALID_VALUE, span, format!("`{name}` needs a value"));
                self.report(found.hint(format!("write `<!-- {name}: … -->`")));
            }
            "class" => self.classes(name, value, at),
            "layout" => self.slide.layout = Some(Spanned::new(value.to_owned(), at)),
            "background" | "backgroundColor" | "backgroundImage" => self.background(name, value, at),
            "time" => self.slide.time = self.length(name, value, at),
            "demo" => {
                let demo = self.length(name, value, at);
                self.slide.demos.extend(demo);
            }
            "section" => self.section(value, at, span),
            "edition" => self.edition(name, value, at),
            "timing" | "check" => self.silence(name, value, at),
            "include" => self.includes.push(Spanned::new(value.to_owned(), at)),
            _ => {
                let found =
                    Diagnostic::new(&code::UNKNOWN_DIRECTIVE, span, format!("`{name}` has no counterpart on a slide"));
                self.report(found.hint("it is left out; what holds for the whole talk stands in the front matter"));
            }
        }
        true
    }

    fn invalid(&mut self, name: &str, value: &str, hint: &str, span: Span) {
        let found = Diagnostic::new(&code::INVALID_VALUE, span, format!("`{value}` is no value for `{name}`"));
        self.report(found.hint(hint));
    }

    /// A section's name and its budget.
    fn section(&mut self, value: &str, at: Span, span: Span) {
        let named = duration::split_trailing(value);
        match named.length {
            Some(Err(NoLength::Impossible(length))) => {
                self.invalid("section", length, &duration::advice(length), self.place_of(length, span));
            }
            Some(Err(NoLength::Unlikely(length))) => {
                let message = format!("`{length}` is too long for a section and taken as a part of its name");
                let found = Diagnostic::new(&code::UNCLEAR_TIME, self.place_of(length, span), message);
                self.report(found.hint(format!(
                    "put the name in quotes: `<!-- section: \"{value}\" -->`; minutes are written as `8m`"
                )));
            }
            _ => {}
        }
        let budget = named.length.and_then(Result::ok);
        self.slide.section = Some(Section { name: named.name.to_owned(), budget, span: at });
    }

    /// A switch: alone or with `true`, else off.
    fn is_true(&mut self, name: &str, value: &str, span: Span) -> bool {
        match value {
            "" | "true" => true,
            "false" => false,
            _ => {
                self.invalid(name, value, &format!("write `<!-- {name} -->`"), span);
                false
            }
        }
    }

    fn length(&mut self, name: &str, value: &str, span: Span) -> Option<Spanned<Duration>> {
        match duration::length(value) {
            Ok(length) => Some(Spanned::new(length, span)),
            Err(advice) => {
                self.invalid(name, value, &advice, span);
                None
            }
        }
    }

    /// Sets something on this slide and, by Marp's rules for names without an underscore, on all that follow.
    fn carry<T: Clone>(
        &mut self,
        name: &str,
        value: T,
        slide: impl FnOnce(&mut crate::talk::Slide, T),
        all: impl FnOnce(&mut crate::parse::reader::Carried, T),
    ) {
        if self.shared.marp && !name.starts_with('_') {
            all(&mut self.carried, value.clone());
        }
        slide(&mut self.slide, value);
    }

    fn paginate(&mut self, name: &str, value: &str, span: Span) {
        let paginate = match value {
            "" | "true" | "hold" => true,
            "false" | "skip" => false,
            _ => return self.invalid(name, value, "write `true` or `false`", span),
        };
        self.carry(name, Some(paginate), |slide, value| slide.paginate = value, |all, value| all.paginate = value);
    }

    fn classes(&mut self, name: &str, value: &str, span: Span) {
        let classes: Vec<String> =
            value.split([' ', ',', '[', ']', '"']).filter(|class| !class.is_empty()).map(str::to_owned).collect();
        let is_class = |class: &String| class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if let Some(bad) = classes.iter().find(|class| !is_class(class)).cloned() {
            return self.invalid(name, &bad, "use letters, digits and dashes for a class", span);
        }
        self.carry(name, classes, |slide, value| slide.classes.extend(value), |all, value| all.classes = value);
    }

    fn background(&mut self, name: &str, value: &str, span: Span) {
        let inside = value.strip_prefix("url(").and_then(|rest| rest.strip_suffix(')'));
        let background = match inside.map(|path| path.trim_matches(['"', '\''])) {
            Some(path) => picture(path),
            None if is_picture(value) => picture(value),
            None if is_color(value) => Background::Color(value.to_owned()),
            None => return self.invalid(name, value, "write a picture's path, a CSS colour or a gradient", span),
        };
        let background = Spanned::new(background, span);
        if self.shared.marp && !name.starts_with('_') && name != "background" {
            self.carried.background = Some(background.clone());
        }
        self.slide.backgrounds.push(background);
    }

    fn edition(&mut self, name: &str, value: &str, span: Span) {
        match value {
            "internal" => self.slide.edition = Some(Edition::Internal),
            "public" => self.slide.edition = Some(Edition::Public),
            _ => self.invalid(name, value, "write `internal` or `public`", span),
        }
    }

    /// `timing: ignore` and `check: ignore CODE…`.
    fn silence(&mut self, name: &str, value: &str, span: Span) {
        let mut words = value.split([' ', ',']).filter(|word| !word.is_empty());
        if words.next() != Some("ignore") {
            let hint = if name == "timing" { "write `timing: ignore`" } else { "write `check: ignore` and a code" };
            return self.invalid(name, value, hint, span);
        }
        let codes: Vec<&str> = words.collect();
        if name == "timing" && codes.is_empty() {
            self.slide.ignored.push(Spanned::new("timing".to_owned(), span));
        } else if codes.is_empty() {
            self.invalid(name, value, "name the code to ignore: `check: ignore overflow`", span);
        }
        for word in codes {
            let at = self.place_of(word, span);
            if code::find(word).is_none() && !word.starts_with("timing") {
                let names = code::ALL.iter().map(|code| code.name);
                let hint = match did_you_mean(word, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the code stands in brackets in the message: `error[overflow]`".to_owned(),
                };
                self.invalid(name, word, &hint, at);
            } else {
                self.slide.ignored.push(Spanned::new(word.to_owned(), at));
            }
        }
    }
}

fn picture(path: &str) -> Background {
    Background::Image { source: path.to_owned(), alt: String::new(), fit: BackgroundFit::Cover, side: None }
}

/// Whether `value` names a picture rather than a colour.
fn is_picture(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let has_scheme = ["data:", "http:", "https:"].iter().any(|scheme| lower.starts_with(scheme));
    let has_extension =
        [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"].iter().any(|end| lower.ends_with(end));
    has_scheme || has_extension
}

/// Whether `value` may stand as a CSS colour or gradient without closing the declaration around it.
fn is_color(value: &str) -> bool {
    let safe =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '(' | ')' | ',' | '.' | '%' | ' ' | '-' | '/' | '+');
    let named = value.bytes().all(|byte| byte.is_ascii_alphabetic());
    let hex = value
        .strip_prefix('#')
        .is_some_and(|hex| matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let function = value.contains('(') && value.ends_with(')') && !value.to_ascii_lowercase().contains("url(");
    value.chars().all(safe) && (named || hex || function)
}
