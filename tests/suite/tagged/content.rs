use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A content stream that may have marked pieces: a page's or a form's.
pub(super) struct Stream {
    /// The page or the form.
    pub(super) id: ObjectId,
    /// Its number in the parent tree.
    pub(super) parents: Option<i64>,
    bytes: Vec<u8>,
    resources: Dictionary,
    pub(super) is_form: bool,
}

/// All pages, and all forms.
pub(super) fn streams(document: &Document) -> Vec<Stream> {
    let number = |dict: &Dictionary| dict.get(b"StructParents").and_then(Object::as_i64).ok();
    let resources = |dict: &Dictionary| {
        let resources = dict.get(b"Resources").ok();
        let resources = resources.and_then(|it| document.dereference(it).ok()).and_then(|(_, it)| it.as_dict().ok());
        resources.cloned().unwrap_or_default()
    };
    let mut all = Vec::new();
    for id in document.page_iter() {
        let dict = document.get_dictionary(id).unwrap();
        let bytes = document.get_page_content(id);
        all.push(Stream { id, parents: number(dict), bytes, resources: resources(dict), is_form: false });
    }
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form") {
            let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            let parents = number(&stream.dict);
            all.push(Stream { id: *id, parents, bytes, resources: resources(&stream.dict), is_form: true });
        }
    }
    all
}

/// What a marked sequence is.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Artifact,
    Piece,
    Other,
}

/// How many marked pieces a stream has, numbered from 0; everything that paints lies in one of them or in an artifact.
pub(super) fn marks(document: &Document, stream: &Stream, name: &str) -> usize {
    let content = Content::decode(&stream.bytes).expect("a content stream");
    let mut open: Vec<(Mark, bool)> = Vec::new();
    let (mut pieces, mut in_text) = (0, false);
    // A form without pieces belongs as a whole to where it is drawn.
    let is_whole = stream.is_form && !content.operations.iter().any(|it| matches!(&*it.operator, "BDC" | "BMC"));
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BT" => in_text = true,
            "ET" => {
                assert!(
                    open.last().is_none_or(|(_, inside)| !inside),
                    "{name}: a piece goes on beyond its text object"
                );
                in_text = false;
            }
            "BMC" | "BDC" => {
                let tag = operands[0].as_name().unwrap();
                let number = operands.get(1).and_then(|it| it.as_dict().ok()).and_then(|it| it.get(b"MCID").ok());
                let mark = match number {
                    Some(number) => {
                        assert_eq!(usize::try_from(number.as_i64().unwrap()), Ok(pieces), "{name}: pieces are counted");
                        pieces += 1;
                        Mark::Piece
                    }
                    None if tag == b"Artifact" => Mark::Artifact,
                    None => Mark::Other,
                };
                let outer = open.iter().any(|(outer, _)| *outer != Mark::Other);
                assert!(mark == Mark::Other || !outer, "{name}: an artifact or a piece lies in another");
                open.push((mark, in_text));
            }
            "EMC" => {
                let (_, began_inside) = open.pop().unwrap_or_else(|| panic!("{name}: an end without a beginning"));
                assert_eq!(began_inside, in_text, "{name}: a piece that began in a text object ends elsewhere");
            }
            "Tj" | "TJ" | "'" | "\"" | "f" | "f*" | "F" | "S" | "s" | "B" | "B*" | "b" | "b*" | "sh" | "Do" | "EI" => {
                let marks_itself = operation.operator == "Do" && has_pieces(document, stream, operands);
                let inside = open.iter().any(|(mark, _)| *mark != Mark::Other);
                assert!(is_whole || inside || marks_itself, "{name}: `{}` belongs to nothing", operation.operator);
                assert!(!(marks_itself && inside), "{name}: a form with pieces lies in a piece");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{name}: a piece that does not end");
    pieces
}

/// The form that a stream draws by an operand.
fn form(document: &Document, stream: &Stream, operands: &[Object]) -> Option<ObjectId> {
    let objects = stream.resources.get(b"XObject").and_then(|it| document.dereference(it)).ok()?.1;
    let id = objects.as_dict().ok()?.get(operands[0].as_name().unwrap()).ok()?.as_reference().ok()?;
    let object = document.get_object(id).ok()?.as_stream().ok()?;
    object.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form").then_some(id)
}

/// Whether an object is a form that marks its pieces itself.
fn has_pieces(document: &Document, stream: &Stream, operands: &[Object]) -> bool {
    let Some(id) = form(document, stream, operands) else { return false };
    let form = document.get_object(id).and_then(Object::as_stream).unwrap();
    let bytes = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
    Content::decode(&bytes).is_ok_and(|it| it.operations.iter().any(|it| matches!(&*it.operator, "BDC" | "BMC")))
}

/// The forms that are drawn, as often as that is.
pub(super) fn drawn_forms(document: &Document) -> Vec<ObjectId> {
    let mut drawn = Vec::new();
    for stream in streams(document) {
        let content = Content::decode(&stream.bytes).expect("a content stream");
        let operations = content.operations.iter().filter(|operation| operation.operator == "Do");
        drawn.extend(operations.filter_map(|operation| form(document, &stream, &operation.operands)));
    }
    drawn
}

/// No text shows the glyph that stands for those that a font lacks.
pub(super) fn assert_no_missing_glyph(stream: &Stream, name: &str) {
    let content = Content::decode(&stream.bytes).expect("a content stream");
    for operation in content.operations.iter().filter(|operation| operation.operator == "TJ") {
        for codes in operation.operands[0].as_array().unwrap().iter().filter_map(|it| it.as_str().ok()) {
            assert!(codes.chunks(2).all(|code| code != [0, 0]), "{name}: a missing glyph");
        }
    }
}

/// The annotations of a page.
pub(super) fn annotations(document: &Document, page: ObjectId) -> Vec<Object> {
    let annotations = document.get_dictionary(page).unwrap().get(b"Annots");
    let annotations = annotations.and_then(|it| document.dereference(it)).and_then(|(_, it)| it.as_array());
    annotations.cloned().unwrap_or_default()
}
