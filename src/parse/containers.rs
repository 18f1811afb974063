use comrak::nodes::{Node, NodeValue};

use crate::diagnostic::{Diagnostic, code, did_you_mean};
use crate::parse::attributes;
use crate::parse::reader::{Place, Reader};
use crate::source::Span;
use crate::talk::{Attributes, Block, BlockKind, Edition};

/// Names of containers that mean more than a class.
const NAMES: &[&str] = &["columns", "column", "steps", "notes", "internal", "cards", "center"];

/// Names that are near to those, and that people give to classes of their own.
const OWN: &[&str] = &["card"];

impl<'n> Reader<'_, 'n, '_> {
    /// Reads a `:::` container whose line comrak has read as `info`.
    pub(super) fn container(&mut self, found: &str, node: Node<'n>, span: Span, out: &mut Vec<Block>) {
        let start_line = node.data().sourcepos.start.line;
        let kept = self.has_places().then(|| self.fragment.openers.get(&start_line)).flatten();
        let info = kept.map_or(found, String::as_str).trim().to_owned();
        let line = self.first_line(span);
        if kept.is_none() && !self.is_closed(node) {
            let message = format!("`::: {info}` is never closed");
            let found = Diagnostic::new(&code::UNCLOSED_CONTAINER, line, message);
            self.report(found.hint("close it with a line of as many colons, at the same indent"));
        }
        let (name, mut attributes) = self.name_of(&info, line);
        if name == "notes" && self.place == Place::Slide {
            let said = self.notes_container(node, span);
            self.slide.notes.push(said);
            return;
        }
        if self.place == Place::Slide {
            let used: &[&str] = if name == "column" { &["width"] } else { &[] };
            attributes::warn_unused(&attributes, used, &format!("`::: {name}`"), line, self.shared.diagnostics);
            self.check_width(&mut attributes, line);
            self.write_id(&attributes, line);
        }
        if name == "internal" && self.shared.edition == Edition::Public {
            return;
        }
        let step = self.step();
        let blocks = self.inside(step, |reader| {
            if name == "steps" && reader.place == Place::Slide {
                reader.one_by_one(node, span)
            } else {
                reader.blocks(node, span)
            }
        });
        out.push(Block { kind: BlockKind::Container { name, blocks }, attributes, step, span });
    }

    /// The children of `::: steps`: each takes a click, and so does each item of a list.
    fn one_by_one(&mut self, parent: Node<'n>, within: Span) -> Vec<Block> {
        let mut out = Vec::new();
        for node in parent.children() {
            let span = self.span(node, within);
            let value = node.data().value.clone();
            if let NodeValue::List(list) = value {
                let step = self.step();
                let list = self.deeper(span, |reader| Some(reader.list_of(&list, node, span, true)));
                let attributes = Attributes::default();
                out.extend(list.map(|list| Block { kind: BlockKind::List(list), attributes, step, span }));
            } else {
                let before = out.len();
                let steps = self.steps;
                let click = self.steps.next();
                let outer = self.steps.enter(Some(click));
                self.block(node, span, &mut out);
                self.steps.leave(outer);
                match out.get_mut(before) {
                    Some(block) => block.step = Some(click),
                    // A note or a directive takes no click.
                    None => self.steps = steps,
                }
            }
        }
        out
    }

    /// The name and attributes after the colons.
    fn name_of(&mut self, info: &str, line: Span) -> (String, Attributes) {
        let end = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
        let (name, rest) = info.split_at(end);
        let rest = rest.trim();
        let mut attributes = match attributes::read(rest) {
            Some((found, end)) if rest[end..].trim().is_empty() => found,
            _ if rest.is_empty() => Attributes::default(),
            _ => {
                let found = attributes::unused(rest, "a container", &["{#id .class key=value}"], line);
                self.report(found);
                Attributes::default()
            }
        };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if name.is_empty() && !attributes.classes.is_empty() {
            // Pandoc names containers by their first class: `::: {.columns}`.
            return (attributes.classes.remove(0), attributes);
        }
        if !is_name {
            let found = Diagnostic::new(&code::INVALID_VALUE, line, format!("`{name}` can't name a container"));
            self.report(found.hint("use letters, digits and dashes: `::: columns`"));
            return ("div".to_owned(), attributes);
        }
        self.warn_misspelt(name, line);
        (name.to_owned(), attributes)
    }

    /// Reports a name that is nearly one with a meaning: `::: note` would be shown to everybody.
    fn warn_misspelt(&mut self, name: &str, line: Span) {
        let near = did_you_mean(name, NAMES.iter().copied()).filter(|_| !NAMES.contains(&name) && !OWN.contains(&name));
        if let Some(near) = near {
            let found = Diagnostic::new(&code::UNKNOWN_DIRECTIVE, line, format!("`::: {name}` is only a class"));
            self.report(
                found
                    .hint(format!("did you mean `{near}`?"))
                    .hint(format!("for a class of your own, write `::: div {{.{name}}}`")),
            );
        }
    }

    /// Reports a width that is none, and drops it.
    pub(super) fn check_width(&mut self, attributes: &mut Attributes, span: Span) {
        let wrong = |(key, value): &(String, String)| {
            matches!(key.as_str(), "width" | "height") && !attributes::is_length(value)
        };
        while let Some(at) = attributes.pairs.iter().position(wrong) {
            let (key, value) = attributes.pairs.remove(at);
            let found = Diagnostic::new(&code::INVALID_VALUE, span, format!("`{value}` is no {key}"));
            self.report(found.hint(format!("write it with a unit: `{key}=60%` or `{key}=200px`")));
        }
    }

    /// Whether the last line of a container that comrak paired by itself closes it.
    fn is_closed(&self, node: Node<'n>) -> bool {
        let place = node.data().sourcepos;
        let last = self.fragment.line(place.end.line).trim_start_matches(['>', ' ', '\t']).trim_end();
        place.end.line > place.start.line && last.len() >= 3 && last.bytes().all(|byte| byte == b':')
    }
}
