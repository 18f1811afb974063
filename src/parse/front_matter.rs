use crate::diagnostic::{Diagnostic, Severity, code};
use crate::parse::decode::mark_length;
use crate::parse::duration;
use crate::parse::fragment;
use crate::parse::keys::Keys;
use crate::parse::people;
use crate::parse::reader::Shared;
use crate::parse::words::suggestion;
use crate::source::{SourceId, Span, Spanned};
use crate::talk::{Aspect, Dialect, Meta, Split};
use crate::yaml::{self, Node, Stretch, Value};

/// Where the front matter of a file lies.
pub(super) struct Place {
    /// The YAML, as a byte range.
    pub(super) yaml: (usize, usize),
    /// Where the slides begin.
    pub(super) body: usize,
    /// The opening `---`, when nothing closes it.
    unclosed: Option<(usize, usize)>,
}

const KEYS: [&str; 26] = [
    "title",
    "subtitle",
    "speaker",
    "date",
    "lang",
    "audience",
    "duration",
    "timing",
    "takeaway",
    "qa",
    "recall",
    "glossary",
    "theme",
    "aspect",
    "paginate",
    "header",
    "footer",
    "split",
    "dialect",
    "redact",
    "author",
    "size",
    "class",
    "style",
    "marp",
    "headingDivider",
];

/// Marp's keys without a counterpart.
const MARP_ONLY: [&str; 17] = [
    "math",
    "color",
    "backgroundColor",
    "backgroundImage",
    "backgroundPosition",
    "backgroundRepeat",
    "backgroundSize",
    "description",
    "keywords",
    "url",
    "image",
    "transition",
    "html",
    "allowLocalFiles",
    "auto-scaling",
    "inlineSVG",
    "id",
];

/// Keys that only Slidev has.
const SLIDEV_ONLY: [&str; 11] = [
    "transition",
    "drawings",
    "mdc",
    "highlighter",
    "routerMode",
    "monaco",
    "monacoTypesSource",
    "colorSchema",
    "canvasWidth",
    "themeConfig",
    "exportFilename",
];

/// Keys that only `reveal-md` and `HackMD` have.
const REVEAL_ONLY: [&str; 4] = ["revealOptions", "slideOptions", "highlightTheme", "verticalSeparator"];

/// Keys that they have, too.
const REVEAL_TOO: [&str; 5] = ["separator", "scripts", "css", "type", "tags"];

/// Keys that Slidev has, too.
const SLIDEV_TOO: [&str; 8] = ["info", "background", "layout", "lineNumbers", "fonts", "favicon", "download", "addons"];

/// Finds the front matter of `text`.
pub(super) fn split(text: &str) -> Option<Place> {
    let mut lines = fragment::lines(text, mark_length(text));
    let word = |(start, end): (usize, usize)| text.get(start..end).unwrap_or_default().trim_end();
    let first = lines.next().filter(|&line| word(line) == "---")?;
    let rest: Vec<(usize, usize)> = lines.collect();
    let start = rest.first().map_or(text.len(), |line| line.0);
    let next = |index: usize| rest.get(index + 1).map_or(text.len(), |line| line.0);
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with([' ', '\t']);
    let is_slide = |line: &(usize, usize)| is_content(word(*line)) && !looks_like_yaml(word(*line));
    if let Some(index) = rest.iter().position(|&line| matches!(word(line), "---" | "...")) {
        // A first line `---` with Markdown after it is a separator, not front matter.
        let content = rest[..index].iter().find(|&&line| is_content(word(line)));
        if content.is_some_and(is_slide) {
            return None;
        }
        // A heading before the next `---`, and no key after it: the slides have begun.
        let slide = rest[..index].iter().skip(1).position(is_slide).map(|at| at + 1);
        let is_open = slide.is_some_and(|at| {
            word(rest[at - 1]).is_empty() && rest[at..index].iter().all(|line| !looks_like_key(word(*line)))
        });
        if !is_open {
            return Some(Place { yaml: (start, rest[index].0), body: next(index), unclosed: None });
        }
    }
    let is_yaml = |line: &(usize, usize)| !is_slide(line);
    let count = rest.iter().take_while(|&line| is_yaml(line)).count();
    let end = rest.get(count).map_or(text.len(), |line| line.0);
    (count > 0).then_some(Place { yaml: (start, end), body: end, unclosed: Some(first) })
}

fn looks_like_key(line: &str) -> bool {
    let key = line.split([':', ' ']).next().unwrap_or_default();
    line[key.len()..].starts_with(':') && !key.is_empty() && !key.starts_with(['#', '<', '!', '[', '`'])
}

fn looks_like_yaml(line: &str) -> bool {
    let line = line.trim_start();
    looks_like_key(line)
        || line.starts_with(['{', '"', '-', '\'', '}', ']'])
        || (line.starts_with('#') && !line.starts_with("# "))
        || line.starts_with('%')
}

/// Reads the front matter of the talk's main file; every problem in it is reported. The title is empty
/// when none is given.
pub(super) fn read(source: SourceId, text: &str, place: Option<&Place>, shared: &mut Shared<'_>) -> Meta {
    let mut node = None;
    if let Some(place) = place {
        if let Some((start, end)) = place.unclosed {
            let found = Diagnostic::new(
                &code::UNCLOSED_FRONT_MATTER,
                Span::new(source, start, end),
                "the front matter is never closed",
            );
            shared.diagnostics.push(found.hint("put a line `---` after its last key"));
        }
        let (start, end) = place.yaml;
        let stretch =
            Stretch { what: "the front matter", source, text: text.get(start..end).unwrap_or_default(), start };
        node = yaml::read(stretch, shared.diagnostics);
    }
    let at = place.map_or(0, |place| place.yaml.0);
    let empty = Node { value: Value::Null, span: Span::new(source, at, at) };
    let was_read = node.is_some();
    let node = node.unwrap_or(empty);
    shared.marp = matches!(&node.value, Value::Map(entries) if entries.iter().any(is_marp));
    let is_title = |(key, _): &(Node, Node)| matches!(&key.value, Value::Scalar(name) if name == "title");
    let lacks_title = match &node.value {
        Value::Map(entries) => !entries.iter().any(is_title),
        Value::Null => was_read,
        _ => false,
    };
    if lacks_title && !shared.marp {
        let at = place.map_or(0, |place| place.yaml.0.saturating_sub(1));
        let line = fragment::lines(text, mark_length(text)).next().unwrap_or((0, at));
        let found =
            Diagnostic::new(&code::MISSING_TITLE, Span::new(source, line.0, line.1), "the front matter has no `title`");
        shared.diagnostics.push(found.hint("add `title: …`; the first heading is the title until then"));
    }
    let questions = people::questions(&node, text, shared);
    let mut keys = Keys::new(node, "the front matter", shared.diagnostics);
    keys.take("qa");
    let mut meta = empty_meta();
    meta.questions = questions;
    texts(&mut meta, &mut keys);
    looks(&mut meta, &mut keys);
    structure(&mut meta, &mut keys, shared.marp);
    meta.audience = people::audience(&mut keys);
    meta.speakers = people::speakers(&mut keys);
    meta.timing = people::timing(&mut keys);
    meta.recall = people::recall(&mut keys);
    if shared.marp {
        // With an underscore they hold for the first slide.
        shared.first_classes = keys.texts("_class").iter().flat_map(|classes| class_names(&classes.value)).collect();
        keys.leave_out(&MARP_ONLY);
    }
    keys.foreign("Slidev", &SLIDEV_ONLY, &SLIDEV_TOO);
    keys.foreign("reveal.js", &REVEAL_ONLY, &REVEAL_TOO);
    keys.foreign("Quarto", &["format"], &["execute", "editor", "bibliography"]);
    keys.finish("the front matter", &KEYS);
    meta
}

/// The CSS classes of a list of them.
fn class_names(text: &str) -> Vec<String> {
    let is_class = |class: &&str| class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    text.split_whitespace().filter(is_class).map(str::to_owned).collect()
}

fn is_marp((key, value): &(Node, Node)) -> bool {
    let scalar = |node: &Node, text: &str| matches!(&node.value, Value::Scalar(found) if found == text);
    (scalar(key, "marp") && scalar(value, "true")) || (scalar(key, "dialect") && scalar(value, "marp"))
}

fn texts(meta: &mut Meta, keys: &mut Keys<'_>) {
    let plain = |text: Spanned<String>| text.value;
    meta.title = keys.text("title").map(plain).unwrap_or_default();
    meta.subtitle = keys.text("subtitle").map(plain);
    meta.takeaway = keys.text("takeaway").map(plain);
    meta.header = keys.text("header").map(plain);
    meta.footer = keys.text("footer").map(plain);
    meta.style = keys.text("style");
    meta.date = keys.read("date", "write the day as `2026-12-04`", |text| text.parse().ok()).map(|date| date.value);
    let is_tag = |text: &str| {
        let valid = text
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        (valid && text.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| text.to_owned())
    };
    meta.lang = keys.read("lang", "write a language tag as `zh-CN` or `en`", is_tag).map(plain).unwrap_or_default();
    meta.duration = keys.time("duration", duration::length);
    meta.glossary = keys.table("glossary");
    meta.redact = keys.table("redact");
}

fn looks(meta: &mut Meta, keys: &mut Keys<'_>) {
    meta.theme = keys.text("theme").map(|theme| match theme.value.as_str() {
        "default" | "gaia" | "uncover" => Spanned::new("paper".to_owned(), theme.span),
        _ => theme,
    });
    let aspect = |text: &str| match text.replace([' ', '/'], "").as_str() {
        "16:9" | "169" => Some(Aspect::Wide),
        "4:3" | "43" => Some(Aspect::Classic),
        "16:10" | "1610" => Some(Aspect::Screen),
        _ => None,
    };
    let hint = "write `16:9`, `4:3` or `16:10`";
    let size = keys.read("size", hint, aspect);
    meta.aspect = keys.read("aspect", hint, aspect).or(size).map(|aspect| aspect.value).unwrap_or_default();
    meta.paginate = keys.read("paginate", "write `true` or `false`", switch).is_some_and(|on| on.value);
    meta.classes = keys.texts("class").iter().flat_map(|classes| class_names(&classes.value)).collect();
}

/// A switch.
pub(super) fn switch(text: &str) -> Option<bool> {
    match text {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn structure(meta: &mut Meta, keys: &mut Keys<'_>, marp: bool) {
    keys.read("marp", "write `true` or `false`", switch);
    let split = keys.read("split", "write `rule`, `h1` or `h2`", |text| match text {
        "rule" => Some(Split::Rule),
        "h1" => Some(Split::H1),
        "h2" => Some(Split::H2),
        _ => None,
    });
    let divider = keys.texts("headingDivider");
    let deepest = divider.iter().filter_map(|level| level.value.parse::<u8>().ok()).max();
    if let (Some(3..), Some(level)) = (deepest, divider.last()) {
        let mut found =
            Diagnostic::new(&code::INVALID_VALUE, level.span, "slides start at headings of level 1 or 2 only");
        found.severity = Severity::Warning;
        keys.diagnostics.push(found.hint("deeper headings stay on their slide; part them with `---`"));
    }
    meta.split = match (split, deepest) {
        (Some(split), _) => split.value,
        (None, Some(1)) => Split::H1,
        (None, Some(2..)) => Split::H2,
        _ => Split::Rule,
    };
    meta.dialect = if marp { Dialect::Marp } else { Dialect::Retell };
    if let Some(dialect) = keys.text("dialect") {
        let known = ["retell", "marp"];
        match dialect.value.as_str() {
            "retell" | "marp" => {}
            "slidev" | "reveal" | "remark" | "deckset" | "presenterm" => {
                let message = format!("`{}` talks can't be read", dialect.value);
                let found = Diagnostic::new(&code::UNSUPPORTED_DIALECT, dialect.span, message);
                keys.diagnostics.push(found.hint("`retell` and `marp` can; the talk is read as `retell`"));
            }
            other => {
                let found =
                    Diagnostic::new(&code::UNSUPPORTED_DIALECT, dialect.span, format!("`{other}` is no dialect"));
                keys.diagnostics.push(found.hint(suggestion(other, &known)));
            }
        }
    }
}

fn empty_meta() -> Meta {
    Meta {
        title: String::new(),
        subtitle: None,
        speakers: Vec::new(),
        date: None,
        lang: String::new(),
        audience: None,
        duration: None,
        timing: crate::talk::Timing::default(),
        takeaway: None,
        questions: Vec::new(),
        recall: None,
        glossary: std::collections::BTreeMap::default(),
        theme: None,
        aspect: Aspect::default(),
        paginate: false,
        header: None,
        footer: None,
        classes: Vec::new(),
        style: None,
        split: Split::default(),
        dialect: Dialect::default(),
        redact: std::collections::BTreeMap::default(),
    }
}
