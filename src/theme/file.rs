use crate::diagnostic::{Code, Diagnostic, Diagnostics, code, did_you_mean};
use crate::source::{SourceId, Sources, Span, Spanned};
use crate::yaml::{self, Node, Stretch, Value};

/// `theme.yaml` as written: what is left out is inherited.
#[derive(Debug, Default)]
pub(super) struct ThemeFile {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) extends: Option<Spanned<String>>,
    pub(super) is_abstract: bool,
    pub(super) tokens: Vec<(String, String)>,
    /// Where each token is given.
    pub(super) token_spans: Vec<(String, Span)>,
    pub(super) body: Option<Vec<String>>,
    pub(super) heading: Option<Vec<String>>,
    pub(super) mono: Option<Vec<String>>,
    pub(super) font_files: Vec<Spanned<String>>,
    pub(super) css: Vec<Spanned<String>>,
    pub(super) layouts: Vec<Spanned<String>>,
}

const KEYS: [&str; 8] = ["name", "description", "extends", "abstract", "tokens", "fonts", "css", "layouts"];
const FONT_KEYS: [&str; 4] = ["body", "heading", "mono", "files"];

/// Reads a `theme.yaml`, reporting everything that is wrong with it.
pub(super) fn read(sources: &Sources, source: SourceId, diagnostics: &mut Diagnostics) -> ThemeFile {
    let mut reader = Reader { diagnostics, file: ThemeFile::default() };
    let stretch = Stretch { what: "the theme", source, text: sources.get(source).text(), start: 0 };
    if let Some(node) = yaml::read(stretch, reader.diagnostics) {
        reader.top(&node);
    }
    reader.file
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
    file: ThemeFile,
}

impl Reader<'_> {
    fn top(&mut self, node: &Node) {
        for (key, value) in self.pairs(node, "a theme") {
            match key.value.as_str() {
                "name" => self.file.name = self.text(value),
                "description" => self.file.description = self.text(value),
                "extends" => self.file.extends = self.text(value).map(|name| Spanned::new(name, value.span)),
                "abstract" => self.file.is_abstract = self.truth(value),
                "tokens" => self.tokens(value),
                "fonts" => self.fonts(value),
                "css" => self.file.css = self.texts(value),
                "layouts" => self.file.layouts = self.texts(value),
                _ => self.unknown(&key, &KEYS),
            }
        }
    }

    fn tokens(&mut self, node: &Node) {
        for (key, value) in self.pairs(node, "`tokens`") {
            if !is_token_name(&key.value) {
                self.report(
                    &code::INVALID_THEME,
                    key.span,
                    format!("`{}` can't be the name of a token", key.value),
                    "use lower-case letters, digits and hyphens, as in `code-background`",
                );
                continue;
            }
            let Some(text) = self.text(value) else { continue };
            if is_token_value(&text) {
                self.file.token_spans.push((key.value.clone(), key.span.to(value.span)));
                self.file.tokens.push((key.value.clone(), text));
            } else {
                self.report(
                    &code::INVALID_THEME,
                    value.span,
                    format!("`{text}` can't be the value of a token"),
                    "a token is one CSS value without `;`, braces, `<` or `url()`; put rules into `theme.css`",
                );
            }
        }
    }

    fn fonts(&mut self, node: &Node) {
        for (key, value) in self.pairs(node, "`fonts`") {
            match key.value.as_str() {
                "files" => self.file.font_files = self.texts(value),
                "body" => self.file.body = self.families(value),
                "heading" => self.file.heading = self.families(value),
                "mono" => self.file.mono = self.families(value),
                _ => self.unknown(&key, &FONT_KEYS),
            }
        }
    }

    fn families(&mut self, node: &Node) -> Option<Vec<String>> {
        let mut names = Vec::new();
        for family in self.texts(node) {
            if family.value.contains(['"', '\\', '<', '\n', ';', '{', '}']) {
                let message = format!("`{}` can't be the name of a font family", family.value);
                self.report(&code::INVALID_THEME, family.span, message, "write the family's name without quotes");
            } else {
                names.push(family.value);
            }
        }
        (!names.is_empty()).then_some(names)
    }

    /// The keys and values of a map, of a key given twice the last; anything else but nothing is an error.
    fn pairs<'n>(&mut self, node: &'n Node, what: &str) -> Vec<(Spanned<String>, &'n Node)> {
        let mut pairs: Vec<(Spanned<String>, &Node)> = Vec::new();
        let written = match &node.value {
            Value::Map(written) => written.as_slice(),
            Value::Null => &[],
            _ => {
                self.invalid(node.span, format!("{what} is written as `key: value` lines"));
                &[]
            }
        };
        for (key, value) in written {
            let Value::Scalar(name) = &key.value else {
                self.invalid(key.span, "a key must be a word".to_owned());
                continue;
            };
            if pairs.iter().any(|(known, _)| known.value == *name) {
                let message = format!("`{name}` stands here twice");
                self.report(&code::DUPLICATE_KEY, key.span, message, "keep one of the two");
                pairs.retain(|(known, _)| known.value != *name);
            }
            pairs.push((Spanned::new(name.clone(), key.span), value));
        }
        pairs
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        if let Value::Scalar(text) = &node.value {
            return Some(text.clone());
        }
        self.invalid(node.span, "one value is expected here".to_owned());
        None
    }

    /// A list of texts; a single text is a list of one.
    fn texts(&mut self, node: &Node) -> Vec<Spanned<String>> {
        match &node.value {
            Value::List(items) => {
                items.iter().filter_map(|item| Some(Spanned::new(self.text(item)?, item.span))).collect()
            }
            Value::Null => Vec::new(),
            _ => self.text(node).map(|text| Spanned::new(text, node.span)).into_iter().collect(),
        }
    }

    fn truth(&mut self, node: &Node) -> bool {
        match self.text(node).as_deref() {
            Some("true") => true,
            Some("false") | None => false,
            Some(other) => {
                self.invalid(node.span, format!("`{other}` is neither `true` nor `false`"));
                false
            }
        }
    }

    fn unknown(&mut self, key: &Spanned<String>, known: &[&str]) {
        let message = format!("a theme has no key `{}`", key.value);
        let hint = match did_you_mean(&key.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys are `{}`", known.join("`, `")),
        };
        self.report(&code::UNKNOWN_KEY, key.span, message, hint);
    }

    fn invalid(&mut self, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::new(&code::INVALID_VALUE, span, message));
    }

    fn report(&mut self, code: &'static Code, span: Span, message: String, hint: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message).hint(hint));
    }
}

/// Whether `name` can stand after `--` without quoting.
fn is_token_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `value` stays within one declaration and loads nothing.
fn is_token_value(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    !value.trim().is_empty()
        && !value.contains([';', '{', '}', '<', '\\', '\n'])
        && !lower.contains("url(")
        && !lower.contains("/*")
}
