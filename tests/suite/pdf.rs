//! Pages made by hand, painted as PNG, and written as PDF and read back with poppler, qpdf and mupdf.

mod files;
mod made;
mod paints;
mod repeats;
mod texts;

use std::io::Cursor;
use std::path::PathBuf;
use std::process::Command;

use retell::export::pdf::{Document, DocumentPage, pdf};
use retell::export::png::{Picture, pngs};
use retell::layout::Page;
use tempfile::TempDir;

/// A PDF on disk, to be asked by programs that we did not write.
struct Written {
    folder: TempDir,
    bytes: Vec<u8>,
}

impl Written {
    fn of(document: &Document<'_>) -> Self {
        let bytes = pdf(document).expect("the document is written");
        assert_eq!(bytes, pdf(document).expect("and written again"), "two runs give the same bytes");
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::write(folder.path().join("a.pdf"), &bytes).expect("the file is written");
        let written = Self { folder, bytes };
        written.ask("qpdf", &["--check", "a.pdf"]);
        written
    }

    fn of_pages(pages: &[Page]) -> Self {
        Self::of(&document(pages))
    }

    /// Runs a program in the PDF's folder and returns what it prints; it must neither fail nor warn.
    fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program).args(arguments).current_dir(self.folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{program} is installed ({error})"));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.trim().is_empty(), "{program} complains: {errors}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Returns the text of a page, lines trimmed.
    fn text(&self) -> String {
        let text = self.ask("pdftotext", &["-layout", "a.pdf", "-"]);
        text.replace('\u{c}', "").lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Renders the first page with a pixel a CSS pixel.
    fn pixels(&self) -> Pixels {
        self.pixels_of(1)
    }

    /// Renders a page, counted from 1, with a pixel a CSS pixel.
    fn pixels_of(&self, page: usize) -> Pixels {
        let (page, name) = (page.to_string(), format!("p{page}"));
        self.ask("pdftoppm", &["-r", "96", "-f", &page, "-l", &page, "-singlefile", "a.pdf", &name]);
        Pixels::read(&self.file_like(&format!("{name}.")))
    }

    /// Renders the first page with mupdf.
    fn pixels_by_mupdf(&self) -> Pixels {
        let output = Command::new("mutool")
            .args(["draw", "-q", "-r", "96", "-F", "ppm", "-o", "m.ppm", "a.pdf", "1"])
            .current_dir(self.folder.path())
            .output();
        assert!(output.expect("mutool is installed").status.success());
        Pixels::read(&self.file_like("m"))
    }

    fn file_like(&self, start: &str) -> PathBuf {
        let files = std::fs::read_dir(self.folder.path()).expect("the folder is read");
        let mut paths = files.map(|file| file.expect("a file").path()).filter(|path| {
            path.extension().is_some_and(|end| end == "ppm")
                && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
        });
        paths.next().expect("a picture was drawn")
    }
}

/// A picture read from a PPM file.
struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Pixels {
    fn read(path: &std::path::Path) -> Self {
        let bytes = std::fs::read(path).expect("the picture is read");
        let mut head = bytes.splitn(4, u8::is_ascii_whitespace);
        let mut number = || std::str::from_utf8(head.next()?).ok()?.parse().ok();
        let (_, width, height) = (number(), number().expect("a width"), number().expect("a height"));
        let rgb = bytes[bytes.len() - width * height * 3..].to_vec();
        Self { width, height, rgb }
    }

    /// Returns what the painter of PNG files makes of a page, a pixel a CSS pixel.
    fn painted(page: &Page) -> Self {
        let pictures = [Picture { page, size: (1280, 720) }];
        let files = pngs(&pictures).expect("the page is painted");
        assert_eq!(files, pngs(&pictures).expect("and painted again"), "two runs give the same bytes");
        let mut reader = png::Decoder::new(Cursor::new(&files[0])).read_info().expect("a PNG");
        let mut rgb = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut rgb).expect("its pixels");
        assert_eq!((frame.width, frame.height, frame.color_type), (1280, 720, png::ColorType::Rgb));
        Self { width: 1280, height: 720, rgb }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (y * self.width + x) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    #[track_caller]
    fn assert(&self, place: (usize, usize), expected: [u8; 3]) {
        self.assert_within(4, place, expected);
    }

    #[track_caller]
    fn assert_within(&self, difference: u8, (x, y): (usize, usize), expected: [u8; 3]) {
        let found = self.at(x, y);
        let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= difference);
        assert!(near, "the pixel at {x}, {y} is {found:?}, not {expected:?}");
    }
}

fn document(pages: &[Page]) -> Document<'_> {
    Document {
        title: "RDS 疑难杂症",
        author: Some("Li & Söhne"),
        lang: "zh-CN",
        subject: None,
        keywords: &[],
        producer: "Retell 0.1.0",
        pages: pages
            .iter()
            .map(|page| DocumentPage { page, ids: Vec::new(), label: None, bookmarks: Vec::new() })
            .collect(),
    }
}
