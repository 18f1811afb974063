//! What the file says about itself: document information, XMP, language, page labels.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::Document;
use super::unicode::text_string;

/// Returns the document information; it has no dates, so that equal talks give equal files.
pub(super) fn information(document: &Document<'_>) -> Dictionary {
    let mut dict = dictionary! {
        "Title" => text_string(document.title),
        "Creator" => text_string(document.producer),
        "Producer" => text_string(document.producer),
    };
    if let Some(author) = document.author {
        dict.set("Author", text_string(author));
    }
    if let Some(subject) = document.subject {
        dict.set("Subject", text_string(subject));
    }
    if !document.keywords.is_empty() {
        dict.set("Keywords", text_string(&document.keywords.join(", ")));
    }
    dict
}

/// Returns the same as an XMP packet; a `tagged` document that has a title and a language says that it keeps to PDF/UA-1.
pub(super) fn packet(document: &Document<'_>, tagged: bool) -> Stream {
    let mut about = vec!["<dc:format>application/pdf</dc:format>".to_owned()];
    about.push(property("dc:title", "Alt", &[document.title]));
    about.extend(document.author.map(|author| property("dc:creator", "Seq", &[author])));
    about.extend(document.subject.map(|subject| property("dc:description", "Alt", &[subject])));
    if !document.keywords.is_empty() {
        about.push(property("dc:subject", "Bag", document.keywords));
        about.push(format!("<pdf:Keywords>{}</pdf:Keywords>", xml(&document.keywords.join(", "))));
    }
    if !document.lang.is_empty() {
        about.push(property("dc:language", "Bag", &[document.lang]));
    }
    if tagged && !document.lang.is_empty() && !document.title.is_empty() {
        about.push("<pdfuaid:part>1</pdfuaid:part>".to_owned());
    }
    let about = about.concat();
    let producer = xml(document.producer);
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">{about}\
         <pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{producer}</xmp:CreatorTool>\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    );
    Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes()).with_compression(false)
}

/// Returns a property whose value is a list of a kind; an `Alt` list has one entry, for every language.
fn property(name: &str, kind: &str, entries: &[impl AsRef<str>]) -> String {
    let lang = if kind == "Alt" { " xml:lang=\"x-default\"" } else { "" };
    let entries: Vec<String> =
        entries.iter().map(|entry| format!("<rdf:li{lang}>{}</rdf:li>", xml(entry.as_ref()))).collect();
    format!("<{name}><rdf:{kind}>{}</rdf:{kind}></{name}>", entries.concat())
}

/// Returns text as XML holds it, without the characters that XML does not know.
fn xml(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other.is_control() && !matches!(other, '\t' | '\n') => {}
            other => result.push(other),
        }
    }
    result
}

/// Returns the page labels; `None` when every page is labelled by its place.
pub(super) fn page_labels(document: &Document<'_>) -> Option<Dictionary> {
    let mut ranges: Vec<Object> = Vec::new();
    let mut labelled = false;
    let mut counting = false;
    for (number, page) in document.pages.iter().enumerate() {
        let place = i64::try_from(number).unwrap_or_default();
        let own = (place + 1).to_string();
        match page.label.filter(|label| *label != own) {
            Some(label) => {
                ranges.extend([place.into(), dictionary! { "P" => text_string(label) }.into()]);
                (labelled, counting) = (true, false);
            }
            None if !counting => {
                ranges.extend([place.into(), dictionary! { "S" => "D", "St" => place + 1 }.into()]);
                counting = true;
            }
            None => {}
        }
    }
    labelled.then(|| dictionary! { "Nums" => ranges })
}
