use blitz_dom::{BaseDocument, LocalName, NodeId, QualName, local_name, qual_name};

use crate::layout::page::{Command, Paint};
use crate::layout::tree::descendants;

/// The class of what waits for its click; `defaults.css` hides it.
const WAITING: &str = "is-waiting";

/// The class of a line of code that is lit.
const LIT: &str = "lit";

/// The class of code in which some lines are lit and the others are not.
const HAS_HIGHLIGHTS: &str = "has-highlights";

/// Brings a document to the state after `step` clicks, as the player of the deck does: what has a later `data-step` waits,
/// and of code with `data-stages` the lines of one stage are lit. Where that is all of them, or none yet, it has no highlights.
pub(super) fn show_step(doc: &mut BaseDocument, step: u32) {
    let mut states: Vec<(NodeId, &str, bool)> = Vec::new();
    // The stage of the figure around a line; parents come before children.
    let mut figures: Vec<(NodeId, Option<u32>)> = Vec::new();
    for id in descendants(doc) {
        if let Some(own) = number(doc, id, "data-step") {
            states.push((id, WAITING, own > step));
        }
        if let Some(stages) = number(doc, id, "data-stages") {
            let first = number(doc, id, "data-first-step").unwrap_or(1);
            let has_begun = step >= number(doc, id, "data-first-lit").unwrap_or(0);
            let stage = has_begun.then(|| (step + 1).saturating_sub(first).min(stages.saturating_sub(1)));
            states.push((id, HAS_HIGHLIGHTS, stage.is_some_and(|stage| !names(doc, id, "data-whole", stage))));
            figures.push((id, stage));
        }
        let stage = figures.iter().rev().find(|(figure, _)| has_class(doc, id, "line") && lies_in(doc, id, *figure));
        if let Some((_, stage)) = stage {
            states.push((id, LIT, stage.is_some_and(|stage| names(doc, id, "data-lit", stage))));
        }
    }
    for (id, class, is_on) in states {
        set_class(doc, id, class, is_on);
    }
}

/// Takes out text that is transparent: it waits in the middle of a line, where it can't be hidden otherwise, and nobody is
/// to find it on a page yet.
pub(super) fn without_waiting_text(commands: &mut Vec<Command>) {
    let is_waiting = |paint: &Paint| matches!(paint, Paint::Solid(color) if color.alpha <= 0.0);
    commands.retain(|command| !matches!(command, Command::Glyphs(run) if !run.in_drawing && is_waiting(&run.paint)));
}

fn number(doc: &BaseDocument, id: NodeId, attribute: &str) -> Option<u32> {
    doc.get_node(id)?.attr(LocalName::from(attribute))?.trim().parse().ok()
}

/// Whether the attribute holds this stage.
fn names(doc: &BaseDocument, id: NodeId, attribute: &str, stage: u32) -> bool {
    let words = doc.get_node(id).and_then(|node| node.attr(LocalName::from(attribute))).unwrap_or_default();
    words.split_ascii_whitespace().any(|word| word.parse() == Ok(stage))
}

fn classes(doc: &BaseDocument, id: NodeId) -> &str {
    doc.get_node(id).and_then(|node| node.attr(local_name!("class"))).unwrap_or_default()
}

fn has_class(doc: &BaseDocument, id: NodeId, class: &str) -> bool {
    classes(doc, id).split_ascii_whitespace().any(|own| own == class)
}

fn lies_in(doc: &BaseDocument, id: NodeId, outer: NodeId) -> bool {
    let mut next = Some(id);
    while let Some(id) = next {
        if id == outer {
            return true;
        }
        next = doc.get_node(id).and_then(|node| node.parent);
    }
    false
}

fn set_class(doc: &mut BaseDocument, id: NodeId, class: &str, is_on: bool) {
    let others = classes(doc, id).split_ascii_whitespace().filter(|own| *own != class);
    let all: Vec<&str> = others.chain(is_on.then_some(class)).collect();
    let all = all.join(" ");
    let name: QualName = qual_name!("class");
    doc.mutate().set_attribute(id, name, &all);
}
