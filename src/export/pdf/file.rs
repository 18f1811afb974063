//! Finished content streams and fonts to the bytes of one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object as Value, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use printpdf::{PdfDocument, PdfPage, Pt};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::content::{Content, GraphicsState, Group, Object, Resources, coordinate, options};
use super::font::Program;
use super::page::POINTS;
use super::picture::{self, Encoded};
use super::shadow::Shadow;
use super::tags::Tags;
use super::unicode::text_string;
use super::{Document, PdfError, link, metadata, outline, tree};
use crate::layout::{Blend, LinkArea, PixelSource, Raster};

/// The flag of an annotation that is printed with its page.
const PRINT: i64 = 4;

/// All that is drawn.
pub(super) struct Contents {
    /// What is on each page.
    pub(super) pages: Vec<Content>,
    /// What several pages draw alike, by the numbers that they use.
    pub(super) drawings: Vec<Group>,
}

/// Returns the file.
pub(super) fn write(document: &Document<'_>, contents: Contents, fonts: &[Program]) -> Result<Vec<u8>, PdfError> {
    let mut file = skeleton(document);
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let fonts = fonts.iter().map(|font| font.add(&mut file)).collect();
    let pictures = Pictures::add(&mut file, &contents);
    let targets = link::Targets::of(document);
    let mut writer =
        Writer { file, fonts, pictures, drawings: Vec::new(), tags: Tags::of(document), page: (0, (0, 0)) };
    for drawing in contents.drawings {
        let drawing = writer.drawing(drawing);
        writer.drawings.push(drawing);
    }
    for (number, (page, content)) in pages.iter().zip(contents.pages).enumerate() {
        writer.page = (number, *page);
        let links = document.pages.get(number).map(|page| link::areas(page, &targets));
        writer.page(content, &links.unwrap_or_default())?;
    }
    let Writer { mut file, tags, .. } = writer;
    describe(&mut file, document, &pages, &tags)?;
    let mut bytes = Vec::new();
    let save = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(200)
        .compression_level(6)
        .build();
    file.save_with_options(&mut bytes, save).map_err(|error| PdfError::Write(error.to_string()))?;
    Ok(bytes)
}

/// Returns a document of empty pages of the right sizes, with their links.
fn skeleton(document: &Document<'_>) -> lopdf::Document {
    let targets = link::Targets::of(document);
    let pages = document.pages.iter().map(|page| {
        let point = |pixels: f64| Pt(coordinate(pixels.max(0.0) * POINTS));
        let area = printpdf::Rect::from_wh(point(page.page.size.width), point(page.page.size.height));
        let ops = link::annotations(page, &targets);
        PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops }
    });
    let mut skeleton = PdfDocument::new(document.title);
    skeleton.pages = pages.collect();
    let mut file = skeleton.to_lopdf_document(&options(), &mut Vec::new());
    "1.7".clone_into(&mut file.version);
    file
}

/// Adds all that is said about the document as a whole.
fn describe(
    file: &mut lopdf::Document,
    document: &Document<'_>,
    pages: &[ObjectId],
    tags: &Tags,
) -> Result<(), PdfError> {
    let failed = |error: lopdf::Error| PdfError::Write(error.to_string());
    let outline = outline::add(file, document, pages);
    let tree = (!tags.is_empty()).then(|| tree::add(file, tags));
    let packet = file.add_object(metadata::packet(document, tree.is_some()));
    if let Ok(information) = file.trailer.get(b"Info").and_then(Value::as_reference) {
        file.set_object(information, metadata::information(document));
    }
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.set("PageLayout", "SinglePage");
    catalog.set("Metadata", packet);
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(tree) = tree {
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("StructTreeRoot", tree);
    }
    if !document.lang.is_empty() {
        catalog.set("Lang", Value::string_literal(document.lang));
    }
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    if let Some(labels) = metadata::page_labels(document) {
        catalog.set("PageLabels", labels);
    }
    file.prune_objects();
    file.renumber_objects();
    let id = Value::String(fingerprint(file, document), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

/// Returns 16 bytes that tell this file from others.
fn fingerprint(file: &lopdf::Document, document: &Document<'_>) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(document.title);
    hash.update(document.producer);
    for object in file.objects.values() {
        if let Value::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    hash.finalize().iter().take(16).copied().collect()
}

/// A file in the making.
struct Writer {
    file: lopdf::Document,
    fonts: Vec<ObjectId>,
    pictures: Pictures,
    drawings: Vec<ObjectId>,
    tags: Tags,
    /// The page that is written, by its number and in the file.
    page: (usize, ObjectId),
}

impl Writer {
    fn page(&mut self, content: Content, links: &[&LinkArea]) -> Result<(), PdfError> {
        let failed = |error: lopdf::Error| PdfError::Write(error.to_string());
        let transparent = !content.resources.states.is_empty() || !content.resources.objects.is_empty();
        let parents = self.tags.stream(self.page, None, &content.parts);
        let resources = self.resources(content.resources);
        let stream = Stream::new(dictionary! { "Filter" => "FlateDecode" }, content.bytes);
        let contents = self.file.add_object(stream);
        self.links(links).map_err(failed)?;
        let dict = self.file.get_dictionary_mut(self.page.1).map_err(failed)?;
        if let Some(parents) = parents {
            dict.set("StructParents", parents);
        }
        if !self.tags.is_empty() {
            dict.set("Tabs", "S");
        }
        dict.set("Contents", contents);
        dict.set("Resources", resources);
        dict.remove(b"TrimBox");
        dict.remove(b"CropBox");
        if dict.get(b"Annots").and_then(Value::as_array).is_ok_and(Vec::is_empty) {
            dict.remove(b"Annots");
        }
        if transparent {
            dict.set("Group", group_attributes());
        }
        Ok(())
    }

    /// Tells each link of the page which part it is and what it says.
    fn links(&mut self, links: &[&LinkArea]) -> lopdf::Result<()> {
        let page = self.page.1;
        if self.tags.is_empty() || links.is_empty() {
            return Ok(());
        }
        let Ok(Value::Array(annotations)) = self.file.get_dictionary(page)?.get(b"Annots").cloned() else {
            return Ok(());
        };
        let mut ids: Vec<Value> = Vec::new();
        for (annotation, link) in annotations.into_iter().zip(links) {
            let (Value::Dictionary(mut dict), Some(part)) = (annotation, link.part) else { continue };
            let id = self.file.new_object_id();
            if let Some((parent, words)) = self.tags.annotation(self.page, id, part) {
                let words = words.filter(|words| !words.is_empty());
                dict.set("Contents", text_string(words.as_deref().unwrap_or(&link.target)));
                dict.set("StructParent", parent);
                dict.set("F", PRINT);
                self.file.set_object(id, dict);
                ids.push(id.into());
            }
        }
        self.file.get_dictionary_mut(page)?.set("Annots", ids);
        Ok(())
    }

    fn resources(&mut self, resources: Resources) -> Dictionary {
        let mut dict = Dictionary::new();
        let numbers = resources.fonts.into_iter();
        let fonts = numbers.filter_map(|n| self.fonts.get(n).map(|id| (format!("T{n}"), Value::from(*id))));
        set_names(&mut dict, "Font", fonts.collect());
        let states = resources.states.into_iter().map(|state| self.state(state)).enumerate();
        let states = states.map(|(n, state)| (format!("G{n}"), state.into())).collect();
        set_names(&mut dict, "ExtGState", states);
        let shadings = resources.shadings.into_iter().enumerate();
        set_names(&mut dict, "Shading", shadings.map(|(n, shading)| (format!("S{n}"), shading.into())).collect());
        let objects = resources.objects.into_iter().map(|object| self.object(object)).enumerate();
        let objects = objects.filter_map(|(n, id)| id.map(|id| (format!("X{n}"), Value::from(id)))).collect();
        set_names(&mut dict, "XObject", objects);
        dict
    }

    fn state(&mut self, state: GraphicsState) -> Dictionary {
        match state {
            GraphicsState::Alpha(thousandths) => {
                let alpha = f32::from(thousandths) / 1000.0;
                dictionary! { "ca" => alpha, "CA" => alpha }
            }
            GraphicsState::Blend(blend) => dictionary! { "BM" => blend_mode(blend) },
            GraphicsState::Mask(group) => {
                let group = self.group(group);
                dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => group } }
            }
            GraphicsState::Stencil(group) => {
                let group = self.group(group);
                dictionary! { "SMask" => dictionary! { "S" => "Alpha", "G" => group } }
            }
        }
    }

    fn object(&mut self, object: Object) -> Option<ObjectId> {
        match object {
            Object::Raster(raster) => self.pictures.raster(&raster),
            Object::Shadow(shadow) => self.pictures.shadows.get(&shadow).copied(),
            Object::Group(group) => Some(self.group(group)),
            Object::Drawing(number) => self.drawings.get(number).copied(),
        }
    }

    fn group(&mut self, group: Group) -> ObjectId {
        let id = self.file.new_object_id();
        let parents = self.tags.stream(self.page, Some(id), &group.content.parts);
        let mut form = self.form(group);
        form.dict.set("Group", group_attributes());
        if let Some(parents) = parents {
            form.dict.set("StructParents", parents);
        }
        self.file.set_object(id, form);
        id
    }

    /// A group that only saves bytes: it is painted as if its operators stood in its place.
    fn drawing(&mut self, drawing: Group) -> ObjectId {
        let form = self.form(drawing);
        self.file.add_object(form)
    }

    fn form(&mut self, Group { content, bounds }: Group) -> Stream {
        let area = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|edge| Value::Real(coordinate(edge)));
        let dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => area.to_vec(),
            "Resources" => self.resources(content.resources),
            "Filter" => "FlateDecode",
        };
        Stream::new(dict, content.bytes)
    }
}

fn set_names(dict: &mut Dictionary, kind: &str, names: Vec<(String, Value)>) {
    if !names.is_empty() {
        dict.set(kind, Dictionary::from_iter(names));
    }
}

fn group_attributes() -> Dictionary {
    dictionary! { "S" => "Transparency", "CS" => "DeviceRGB", "I" => true }
}

/// Returns the name that PDF has for a blend mode: the same as ours.
fn blend_mode(blend: Blend) -> String {
    format!("{blend:?}")
}

/// Pictures of a document, each once.
struct Pictures {
    /// By the address of a raster, the hash of its pixels: hashing the same picture once a page is slow.
    hashes: BTreeMap<usize, [u8; 32]>,
    rasters: BTreeMap<[u8; 32], ObjectId>,
    shadows: BTreeMap<Shadow, ObjectId>,
}

impl Pictures {
    /// Adds all pictures that are drawn in `contents`.
    fn add(file: &mut lopdf::Document, contents: &Contents) -> Self {
        let mut drawn = Vec::new();
        let drawings = contents.drawings.iter().map(|drawing| &drawing.content);
        for content in contents.pages.iter().chain(drawings) {
            list(content, &mut drawn);
        }
        let mut all = Self { hashes: BTreeMap::new(), rasters: BTreeMap::new(), shadows: BTreeMap::new() };
        let (mut rasters, mut shadows) = (Vec::new(), Vec::new());
        for object in drawn {
            match object {
                Object::Raster(raster) => {
                    let hash = *all.hashes.entry(address(raster)).or_insert_with(|| hash(raster));
                    if !rasters.iter().any(|(known, _)| *known == hash) {
                        rasters.push((hash, raster));
                    }
                }
                Object::Shadow(shadow) if !shadows.contains(shadow) => shadows.push(*shadow),
                _ => {}
            }
        }
        let encoded: Vec<_> = rasters.par_iter().map(|(hash, raster)| (*hash, picture::encode(raster))).collect();
        for (hash, picture) in encoded {
            all.rasters.insert(hash, add_picture(file, picture));
        }
        let encoded: Vec<_> = shadows.par_iter().map(|shadow| (*shadow, shadow.encode())).collect();
        for (shadow, picture) in encoded {
            all.shadows.insert(shadow, add_picture(file, picture));
        }
        all
    }

    fn raster(&self, raster: &Arc<Raster>) -> Option<ObjectId> {
        self.rasters.get(self.hashes.get(&address(raster))?).copied()
    }
}

/// Lists the objects drawn in a content stream, and in the groups within.
fn list<'a>(content: &'a Content, drawn: &mut Vec<&'a Object>) {
    for object in &content.resources.objects {
        match object {
            Object::Group(group) => list(&group.content, drawn),
            Object::Drawing(_) => {}
            picture => drawn.push(picture),
        }
    }
}

fn address(raster: &Arc<Raster>) -> usize {
    Arc::as_ptr(raster).addr()
}

fn hash(raster: &Raster) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(raster.width.to_be_bytes());
    hash.update(raster.height.to_be_bytes());
    match &raster.pixels {
        PixelSource::Rgba(rgba) => hash.update(rgba),
        PixelSource::File(bytes) => hash.update(bytes),
    }
    hash.finalize().into()
}

fn add_picture(file: &mut lopdf::Document, Encoded { mut colors, opacity }: Encoded) -> ObjectId {
    if let Some(opacity) = opacity {
        colors.dict.set("SMask", file.add_object(opacity));
    }
    file.add_object(colors)
}
