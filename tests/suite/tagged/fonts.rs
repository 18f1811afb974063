use lopdf::{Dictionary, Document, Object};

/// A font as pages name it.
pub(super) struct Font<'a> {
    document: &'a Document,
    dict: &'a Dictionary,
}

/// All fonts of a file; each is of two bytes a code.
pub(super) fn all(document: &Document) -> Vec<Font<'_>> {
    let dicts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let is_font = |dict: &&Dictionary| {
        let kind = dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"Font");
        kind && !dict.has(b"CIDSystemInfo")
    };
    let fonts: Vec<Font<'_>> = dicts.filter(is_font).map(|dict| Font { document, dict }).collect();
    assert!(!fonts.is_empty(), "a file without fonts");
    fonts
}

impl Font<'_> {
    /// Conditions 31-001 to 31-009: the identity encoding, and a font program in the file.
    pub(super) fn assert_embedded(&self, name: &str) {
        assert_eq!(named(self.dict, b"Subtype").as_name().unwrap(), b"Type0", "{name}");
        assert_eq!(named(self.dict, b"Encoding").as_name().unwrap(), b"Identity-H", "{name}");
        let descendant = named(self.dict, b"DescendantFonts").as_array().unwrap()[0].as_reference().unwrap();
        let descendant = self.document.get_dictionary(descendant).unwrap();
        let system = named(descendant, b"CIDSystemInfo").as_dict().unwrap();
        assert_eq!(system.get(b"Registry").unwrap().as_str().unwrap(), b"Adobe", "{name}");
        assert_eq!(system.get(b"Ordering").unwrap().as_str().unwrap(), b"Identity", "{name}");
        if named(descendant, b"Subtype").as_name().unwrap() == b"CIDFontType2" {
            assert_eq!(named(descendant, b"CIDToGIDMap").as_name().unwrap(), b"Identity", "{name}");
        }
        let descriptor = named(descendant, b"FontDescriptor").as_reference().unwrap();
        let descriptor = self.document.get_dictionary(descriptor).unwrap();
        assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"), "{name}: a font that is not embedded");
        assert!(!descriptor.has(b"CIDSet") && !descriptor.has(b"CharSet"), "{name}");
    }

    /// Conditions 31-027 to 31-029: a map to Unicode, to nothing that is no text.
    pub(super) fn assert_maps(&self, name: &str) {
        let map = named(self.dict, b"ToUnicode").as_reference().unwrap();
        let map = self.document.get_object(map).and_then(Object::as_stream).unwrap();
        let map = String::from_utf8(map.decompressed_content().unwrap()).unwrap();
        let pairs = map.lines().filter(|line| line.starts_with('<') && line.matches('<').count() == 2);
        let texts: Vec<&str> = pairs.skip(1).filter_map(|line| line.split(['<', '>']).nth(3)).collect();
        assert!(!texts.is_empty(), "{name}: a map without entries");
        for text in texts {
            let is_text = !matches!(text, "" | "0000" | "FEFF" | "FFFE");
            assert!(is_text, "{name}: a code that stands for `{text}`");
        }
    }
}

fn named<'d>(dict: &'d Dictionary, key: &[u8]) -> &'d Object {
    dict.get(key).unwrap_or_else(|_| panic!("a font without {}", String::from_utf8_lossy(key)))
}
