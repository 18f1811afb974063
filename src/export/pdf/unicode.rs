//! Which text a code of a font stands for: the `ToUnicode` map, and PDF's text strings.

use std::fmt::Write as _;

/// A code map may hold at most this many entries a block.
const BLOCK: usize = 100;

/// Returns text as PDF's text strings hold it outside of ASCII: UTF-16, high byte first, after a mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// Returns text as a PDF text string.
pub(super) fn text_string(text: &str) -> lopdf::Object {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        lopdf::Object::string_literal(text)
    } else {
        lopdf::Object::String(utf16(text), lopdf::StringFormat::Hexadecimal)
    }
}

/// Returns the `ToUnicode` map of a font whose code `n` stands for `texts[n]`.
pub(super) fn to_unicode(texts: &[&str]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let known: Vec<(usize, &&str)> = texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).collect();
    for block in known.chunks(BLOCK) {
        // Writing to a string does not fail.
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, text) in block {
            let _ = write!(map, "<{code:04X}> <");
            for unit in text.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    map
}
