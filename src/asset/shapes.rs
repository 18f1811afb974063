use std::fmt::Write as _;
use std::sync::Arc;

use usvg::{Group, Node, Tree};

/// A drawing as it was read: its texts are texts, and say how each of their glyphs is drawn.
#[derive(Clone, Debug)]
pub struct Shapes(Arc<Tree>);

impl Shapes {
    pub(super) fn new(tree: Tree) -> Self {
        Self(Arc::new(tree))
    }

    /// What is in the drawing, and the fonts that its texts are set in.
    #[must_use]
    pub fn tree(&self) -> &Arc<Tree> {
        &self.0
    }

    /// What its texts say and in which fonts, which their outlines do not tell; empty where there are none.
    pub(super) fn texts(&self) -> String {
        let mut texts = String::new();
        add_texts(&self.0, self.0.root(), &mut texts);
        texts
    }
}

/// The same drawing, not one that looks alike.
impl PartialEq for Shapes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn add_texts(tree: &Tree, group: &Group, texts: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(inner) => add_texts(tree, inner, texts),
            Node::Text(text) => {
                for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
                    let font = tree.fontdb().face(glyph.font).map_or("", |face| face.post_script_name.as_str());
                    // Writing to a string does not fail.
                    let _ = writeln!(texts, "{font} {} {}", glyph.id.0, glyph.text);
                }
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}
