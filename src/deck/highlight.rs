//! Source code to lines of classed spans.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::escape::push_html as escape;

/// The longest code that is coloured, in bytes.
const MAX_BYTES: usize = 100_000;
/// The longest line that is coloured, in bytes.
const MAX_LINE: usize = 2_000;
/// How many blocks are remembered for the next build of the same process.
const MAX_REMEMBERED: usize = 512;

/// Names that mean no language.
const PLAIN: [&str; 6] = ["text", "txt", "plain", "plaintext", "none", "output"];

/// Words of fences that the syntax set knows under another name.
const ALIASES: [(&str, &str); 16] = [
    ("mysql", "sql"),
    ("postgresql", "sql"),
    ("postgres", "sql"),
    ("psql", "sql"),
    ("console", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("terminal", "bash"),
    ("golang", "go"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsx", "js"),
    ("vue", "html"),
    ("conf", "ini"),
    ("docker", "dockerfile"),
    ("cfg", "ini"),
];

/// Scopes and the class of their text; the first that fits the innermost scope wins.
const CLASSES: [(&str, &str); 40] = [
    ("comment", "comment"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation.definition.string", "string"),
    ("constant.character.escape", "constant"),
    ("string", "string"),
    ("constant.numeric", "number"),
    ("constant", "constant"),
    ("keyword.operator.word", "keyword"),
    ("keyword.operator.logical.sql", "keyword"),
    ("keyword.operator", "operator"),
    ("keyword", "keyword"),
    ("storage.type.function", "keyword"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("variable.function", "function"),
    ("meta.function-call.identifier", "function"),
    ("entity.name.tag", "tag"),
    ("entity.other.attribute-name", "attribute"),
    ("entity.name.section", "heading"),
    ("markup.heading", "heading"),
    ("entity.name.type", "type"),
    ("entity.name.class", "type"),
    ("entity.name.struct", "type"),
    ("entity.name.enum", "type"),
    ("entity.name.trait", "type"),
    ("entity.other.inherited-class", "type"),
    ("support.type.property-name", "property"),
    ("support.type", "type"),
    ("support.class", "type"),
    ("support.constant", "constant"),
    ("variable.language", "keyword"),
    ("variable.other.member", "property"),
    ("meta.mapping.key", "property"),
    ("entity.name", "function"),
    ("variable", "variable"),
    ("markup.inserted", "inserted"),
    ("markup.deleted", "deleted"),
    ("punctuation", "punctuation"),
    ("support", "function"),
];

/// Lines of HTML, one for each line of the code.
pub(super) type Lines = Arc<Vec<String>>;

/// What was coloured before, by language and code.
static REMEMBERED: OnceLock<Mutex<BTreeMap<(String, String), Lines>>> = OnceLock::new();

/// Colours `code`, whose tabs are already spaces. `None` when the language is unknown; `None` as language and
/// the names for plain text give plain lines.
pub(super) fn highlight(language: Option<&str>, code: &str) -> Option<Lines> {
    let Some(language) = language.filter(|name| !PLAIN.contains(&name.to_ascii_lowercase().as_str())) else {
        return Some(plain(code));
    };
    let syntax = syntax(language)?;
    if code.len() > MAX_BYTES || code.lines().any(|line| line.len() > MAX_LINE) {
        return Some(plain(code));
    }
    let remembered = REMEMBERED.get_or_init(Mutex::default);
    let key = (syntax.name.clone(), code.to_owned());
    if let Some(lines) = remembered.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Some(Arc::clone(lines));
    }
    let lines = colour(syntax, code).unwrap_or_else(|| plain(code));
    let mut remembered = remembered.lock().unwrap_or_else(PoisonError::into_inner);
    if remembered.len() >= MAX_REMEMBERED {
        remembered.clear();
    }
    remembered.insert(key, Arc::clone(&lines));
    Some(lines)
}

/// Names of languages, for a did-you-mean.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    let known = set().syntaxes().iter().flat_map(|syntax| syntax.file_extensions.iter().map(String::as_str));
    known.chain(ALIASES.iter().map(|(name, _)| *name)).chain(set().syntaxes().iter().map(|s| s.name.as_str()))
}

/// Lines without colours.
pub(super) fn plain(code: &str) -> Lines {
    let line = |line: &str| {
        let mut out = String::with_capacity(line.len());
        escape(line.trim_end_matches('\r'), &mut out);
        out
    };
    Arc::new(code.split('\n').map(line).collect())
}

fn set() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let lower = language.to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(name, _)| *name == lower).map(|(_, known)| *known);
    let find = |name: &str| set().find_syntax_by_token(name);
    find(&lower).or_else(|| find(language)).or_else(|| alias.and_then(find))
}

fn colour(syntax: &SyntaxReference, code: &str) -> Option<Lines> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in code.split('\n') {
        let whole = format!("{}\n", line.trim_end_matches('\r'));
        let operations = state.parse_line(&whole, set()).ok()?;
        let text = whole.trim_end_matches('\n');
        let mut out = Spans::default();
        let mut from = 0;
        for (at, operation) in operations {
            let to = at.min(text.len());
            out.push(class(&stack), text.get(from..to)?);
            from = to;
            stack.apply(&operation).ok()?;
        }
        out.push(class(&stack), text.get(from..)?);
        lines.push(out.finish());
    }
    Some(Arc::new(lines))
}

/// Spans of one line; neighbours of one class are joined, space between others stands by itself.
#[derive(Default)]
struct Spans {
    out: String,
    open: Option<&'static str>,
    space: String,
}

impl Spans {
    fn push(&mut self, class: Option<&'static str>, text: &str) {
        if text.trim().is_empty() {
            self.space.push_str(text);
            return;
        }
        if class == self.open {
            self.out.push_str(&std::mem::take(&mut self.space));
        } else {
            self.close();
            if let Some(class) = class {
                self.out.push_str("<span class=\"tok-");
                self.out.push_str(class);
                self.out.push_str("\">");
            }
            self.open = class;
        }
        escape(text, &mut self.out);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
        self.out.push_str(&std::mem::take(&mut self.space));
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

/// The class of text in these scopes, by the innermost scope that has one.
fn class(stack: &ScopeStack) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    let table = TABLE
        .get_or_init(|| CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect());
    let of = |scope: &Scope| table.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.scopes.iter().rev().find_map(of)
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn sql_keywords_strings_and_comments_have_classes() {
        let lines = highlight(Some("sql"), "SELECT 'a<b' -- why\n\nFROM t").unwrap();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("<span class=\"tok-keyword\">SELECT</span>"), "{}", lines[0]);
        assert!(lines[0].contains("<span class=\"tok-string\">&#39;a&lt;b&#39;</span>"), "{}", lines[0]);
        assert!(lines[0].contains("tok-comment"), "{}", lines[0]);
        assert_eq!(lines[1], "");
    }

    #[test]
    fn unknown_languages_are_told_from_plain_text() {
        assert!(highlight(Some("sqll"), "x").is_none());
        assert_eq!(*highlight(Some("text"), "a&b").unwrap(), ["a&amp;b"]);
        assert_eq!(*highlight(None, "a").unwrap(), ["a"]);
    }
}
