//! Tagged PDFs of whole talks, read with lopdf and poppler: what the Matterhorn Protocol lets a machine check.
//!
//! `tests/README.md` lists its conditions with what holds each.

mod content;
mod fonts;
mod told;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use lopdf::Document;

use crate::built;
use crate::project::Project;
use tree::Tree;

/// The talk that shows everything once.
const KITCHEN_SINK: &str = "kitchen-sink";

/// The kitchen sink's files, and its folder.
fn kitchen_sink() -> (Project, PathBuf) {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tagged");
    let text = std::fs::read_to_string(cases.join(format!("{KITCHEN_SINK}.md"))).expect("the case is read");
    let square = std::fs::read_to_string(cases.join(KITCHEN_SINK).join("square.svg")).expect("its picture is read");
    let project = Project::new().file("t/talk.md", &text).file("t/kitchen-sink/square.svg", &square);
    project.run_all(&["build", "t", "--only", "slides,handout,speaker"]).exit(0);
    let pack = project.path("dist/t");
    (project, pack)
}

/// The sample talk's PDFs, its run sheet and ways to hand it out too.
fn sample() -> &'static [PathBuf] {
    static BUILT: OnceLock<Vec<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(build_sample)
}

fn build_sample() -> Vec<PathBuf> {
    let into = built::home().join("tagged");
    let mut files = vec![built::pack(built::SAMPLE, None).join("slides.pdf")];
    files.push(files[0].with_file_name("follow-up.pdf"));
    for (folder, arrangement) in [("notes", "notes"), ("three", "3up"), ("nine", "9up")] {
        let into = into.join(folder);
        built::build(built::SAMPLE, None, &into, &["--only", "handout,speaker", "--handout", arrangement]);
        files.extend(["handout.pdf", "speaker.pdf"].map(|name| into.join(built::SAMPLE).join(name)));
    }
    files
}

/// Calls `look` with each PDF and its name.
fn each(look: impl Fn(&str, &Path, &Document)) {
    let (_project, pack) = kitchen_sink();
    let own = ["slides.pdf", "handout.pdf", "speaker.pdf"].map(|name| pack.join(name));
    for path in own.iter().chain(sample()) {
        let document = Document::load(path).expect("lopdf reads the file");
        let name = path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy().into_owned());
        look(&name.collect::<Vec<_>>().join(" of "), path, &document);
    }
}

#[test]
fn every_piece_is_marked_and_stands_in_the_tree_once() {
    each(|name, _, document| {
        let tree = Tree::read(document);
        let mut streams = 0;
        for stream in content::streams(document) {
            let marks = content::marks(document, &stream, name);
            let Some(number) = stream.parents else {
                assert_eq!(marks, 0, "{name}: marked pieces without StructParents");
                continue;
            };
            streams += 1;
            let parents = tree.parents(number);
            assert_eq!(parents.len(), marks, "{name}: the way back from stream {number}");
            for (mark, parent) in (0..).zip(parents) {
                let owners = tree.pieces.get(&(stream.id, mark)).map_or(&[][..], Vec::as_slice);
                assert_eq!(owners, [parent], "{name}: piece {mark} of stream {number}");
            }
        }
        let marked: usize = content::streams(document)
            .iter()
            .filter(|stream| stream.parents.is_some())
            .map(|stream| content::marks(document, stream, name))
            .sum();
        assert!(streams > 1 && tree.pieces.len() == marked, "{name}: pieces of the tree that nobody draws");
    });
}

#[test]
fn the_tree_is_as_its_types_ask() {
    each(|name, _, document| {
        let tree = Tree::read(document);
        tree.assert_nesting(name);
        tree.assert_headings(name);
        tree.assert_tables(name);
        tree.assert_words(name);
        tree.assert_notes(name);
        assert!(tree.count("Sect") > 1 && tree.count("P") > 1 && tree.count("H1") > 0, "{name}");
    });
    let (_project, pack) = kitchen_sink();
    let document = Document::load(pack.join("slides.pdf")).unwrap();
    let tree = Tree::read(&document);
    for kind in ["H2", "H3", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "Code", "Link"]
    {
        assert!(tree.count(kind) > 0, "the kitchen sink has no {kind}");
    }
    assert_eq!((tree.count("Note"), tree.count("BlockQuote"), tree.count("Figure")), (1, 1, 3));
    let langs: Vec<&str> = tree.elements.iter().filter_map(|element| element.lang.as_deref()).collect();
    assert_eq!(langs, ["zh", "zh"], "the Chinese passages");
    let figures = tree.elements.iter().filter(|element| element.kind == "Figure");
    let alts: Vec<&str> = figures.filter_map(|figure| figure.alt.as_deref()).collect();
    assert_eq!(alts[..2], ["A red square", r"L = \lambda W"]);
}

#[test]
fn every_link_is_an_annotation_in_its_place_and_says_what_it_is() {
    each(|name, _, document| {
        let tree = Tree::read(document);
        let mut links = 0;
        for page in document.page_iter() {
            for annotation in content::annotations(document, page) {
                let id = annotation.as_reference().expect("an annotation by reference");
                let dict = document.get_dictionary(id).unwrap();
                let contents = dict.get(b"Contents").and_then(lopdf::decode_text_string).unwrap_or_default();
                assert!(!contents.trim().is_empty(), "{name}: a link without words");
                let parent = tree.parent(dict.get(b"StructParent").and_then(lopdf::Object::as_i64).unwrap());
                assert_eq!(tree.elements[parent].kind, "Link", "{name}");
                assert_eq!(tree.annotations.get(&id), Some(&vec![parent]), "{name}: its place in the tree");
                links += 1;
            }
        }
        assert_eq!(tree.annotations.len(), links, "{name}: annotations of the tree on no page");
        let empty = tree.elements.iter().filter(|element| element.kind == "Link" && !element.has_annotation);
        assert_eq!(empty.count(), 0, "{name}: a link that leads nowhere");
    });
}

#[test]
fn the_document_says_what_it_is() {
    each(|name, path, document| {
        let catalog = document.catalog().unwrap();
        let dict = |key: &str| catalog.get(key.as_bytes()).and_then(lopdf::Object::as_dict);
        assert!(dict("MarkInfo").unwrap().get(b"Marked").unwrap().as_bool().unwrap(), "{name}");
        assert!(dict("MarkInfo").unwrap().get(b"Suspects").is_err(), "{name}");
        assert!(dict("ViewerPreferences").unwrap().get(b"DisplayDocTitle").unwrap().as_bool().unwrap(), "{name}");
        assert!(!catalog.get(b"Lang").unwrap().as_str().unwrap().is_empty(), "{name}");
        assert!(catalog.get(b"OCProperties").is_err() && catalog.get(b"AcroForm").is_err(), "{name}");
        let packet = catalog.get(b"Metadata").and_then(lopdf::Object::as_reference).unwrap();
        let packet = document.get_object(packet).unwrap().as_stream().unwrap();
        let packet = String::from_utf8(packet.content.clone()).unwrap();
        assert!(packet.contains("<pdfuaid:part>1</pdfuaid:part>") && packet.contains("<dc:title>"), "{name}: {packet}");
        for page in document.page_iter() {
            let page = document.get_dictionary(page).unwrap();
            assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S", "{name}");
            assert!(page.get(b"Trans").is_err() && page.get(b"AA").is_err(), "{name}");
        }
        let told = built::ask("pdfinfo", &[path.file_name().unwrap().to_str().unwrap()], path);
        assert!(told.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{name}: {told}");
    });
}

#[test]
fn every_code_of_every_font_means_something() {
    each(|name, _, document| {
        for font in fonts::all(document) {
            font.assert_embedded(name);
            font.assert_maps(name);
        }
        for stream in content::streams(document) {
            content::assert_no_missing_glyph(&stream, name);
        }
    });
}

#[test]
fn a_form_with_pieces_is_drawn_once() {
    each(|name, _, document| {
        let drawn = content::drawn_forms(document);
        for stream in content::streams(document).iter().filter(|stream| stream.is_form && stream.parents.is_some()) {
            let times = drawn.iter().filter(|form| **form == stream.id).count();
            assert_eq!(times, 1, "{name}: how often a form with pieces is drawn");
        }
    });
}

#[test]
fn poppler_tells_the_kitchen_sink_in_reading_order() {
    let (_project, pack) = kitchen_sink();
    let told = told::structure(&pack.join("slides.pdf"));
    insta::with_settings!({ snapshot_path => "../snapshots/tagged", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(KITCHEN_SINK, told);
    });
    // Notes and slides are told in the order in which they stand on paper.
    let handout = told::text(&pack.join("handout.pdf"));
    let places: Vec<Option<usize>> =
        ["A note with", "Lists", "Within one", "A table"].iter().map(|words| handout.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {handout}");
    assert!(!handout.contains("never read aloud"), "{handout}");
}

#[test]
fn the_tree_of_the_sample_talk_says_what_its_slides_say() {
    let pack = built::pack(built::SAMPLE, None);
    let told = told::without_labels(&pack.join("slides.pdf"));
    let written = told::slides(&std::fs::read_to_string(pack.join("index.html")).unwrap());
    assert_eq!(told.len(), written.len(), "slides");
    for (told, written) in told.iter().zip(&written) {
        assert_eq!(told, written);
    }
}
