//! Formulas as drawings whose letters are text, and the fonts that they are set in.

use std::sync::{Arc, OnceLock};

use usvg::{FontResolver, Group, Node, Options, Tree, fontdb};

use crate::asset::{Shapes, fonts};

/// The colour in a drawing that stands for that of the text around it.
pub const TEXT_COLOR: [u8; 3] = [1, 2, 3];

/// A file of a font, shared.
type File = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The files of `KaTeX`'s fonts: letters, and brackets and signs in four sizes.
const FILES: [&str; 20] = [
    "Main-Regular",
    "Main-Bold",
    "Main-Italic",
    "Main-BoldItalic",
    "Math-Italic",
    "Math-BoldItalic",
    "AMS-Regular",
    "Caligraphic-Regular",
    "Caligraphic-Bold",
    "Fraktur-Regular",
    "Fraktur-Bold",
    "SansSerif-Regular",
    "SansSerif-Bold",
    "SansSerif-Italic",
    "Script-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
    "Typewriter-Regular",
];

/// The fonts that only formulas are set in, always in the same order; read when they are first asked for.
pub fn formula_fonts() -> &'static [File] {
    static FONTS: OnceLock<Vec<File>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let read = |name: &&str| -> File {
            Arc::new(ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{name}.ttf")).unwrap_or_default())
        };
        FILES.iter().map(read).collect()
    })
}

/// A formula by its SVG text, each of its `letters` in a `text` of its own; `None` where a font lacks one.
///
/// What has [`TEXT_COLOR`] takes the colour of the text around it.
#[must_use]
pub fn formula(svg: &str, letters: usize) -> Option<Shapes> {
    static DATABASE: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fontdb = DATABASE.get_or_init(|| {
        let mut database = fontdb::Database::new();
        for file in formula_fonts() {
            database.load_font_source(fontdb::Source::Binary(Arc::clone(file)));
        }
        for font in fonts::BUNDLED {
            database.load_font_source(fontdb::Source::Binary(Arc::new(font.bytes)));
        }
        Arc::new(database)
    });
    let select_fallback = Box::new(|_: char, _: &[fontdb::ID], _: &mut Arc<fontdb::Database>| None);
    let font_resolver = FontResolver { select_fallback, ..FontResolver::default() };
    let options = Options { fontdb: Arc::clone(fontdb), font_resolver, ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    (found(tree.root()) == Some(letters)).then(|| Shapes::new(tree))
}

/// How many letters are in a group; `None` where a font lacks one.
fn found(group: &Group) -> Option<usize> {
    group
        .children()
        .iter()
        .map(|node| match node {
            Node::Group(inner) => found(inner),
            Node::Text(text) => {
                let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                glyphs.try_fold(0, |count, glyph| (glyph.id.0 != 0).then_some(count + 1))
            }
            Node::Path(_) | Node::Image(_) => Some(0),
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{formula, formula_fonts};

    #[test]
    fn letters_are_in_the_fonts_of_formulas() {
        assert!(formula_fonts().iter().all(|file| (**file).as_ref().len() > 1000));
        let svg = |letter: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 99'><text y='80' font-family='KaTeX_Math' \
                 font-style='italic' font-size='100'>{letter}</text></svg>"
            )
        };
        let texts = formula(&svg("λ"), 1).unwrap().texts();
        assert!(texts.starts_with("KaTeX_Math-Italic ") && texts.ends_with(" λ\n"), "{texts}");
        assert_eq!(formula(&svg("连"), 1), None);
        assert_eq!(formula(&svg("λ"), 2), None);
    }
}
