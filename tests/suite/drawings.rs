//! Drawings on pages: that they look as they did when their texts were outlines, and that what is written in them is found
//! where it stands.

use std::path::Path;

use kurbo::Size;
use retell::asset::{drawn, svg};
use retell::export::{pdf, png as export};
use retell::layout::{Command, Drawing, Fonts, Layouter, Page, Picture, Pictures, layout};

use crate::built::ask;
use crate::parity::picture::{Picture as Pixels, difference};
use crate::parity::sheet::bundled_fonts;

/// Every case is so large, in CSS pixels; pictures of it have twice as many.
const SIZE: (u32, u32) = (600, 300);

/// The most of a picture, in percent of its pixels, that may differ from resvg's.
const MOST: f64 = 0.02;

/// The same for poppler, which puts letters at quarters of a pixel.
const MOST_IN_PRINT: f64 = 1.0;

/// The page that shows nothing but a drawing.
fn page(drawing: svg::Drawing) -> Page {
    let fonts = Fonts::new(bundled_fonts());
    let mut pictures = Pictures::default();
    let drawing = Drawing { svg: drawing.svg.into(), shapes: Some(drawing.shapes) };
    pictures.add("asset:///drawing", Picture::Drawing(drawing));
    let size = Size::new(SIZE.0.into(), SIZE.1.into());
    let layouter = Layouter::new("body{margin:0}img{display:block}", size, fonts, pictures);
    layout(&layouter, "<img src=\"asset:///drawing\" alt=\"What it shows\">", "en")
}

fn print(page: &Page, folder: &Path) -> std::path::PathBuf {
    let ids = Vec::new();
    let pages = vec![pdf::DocumentPage { page, ids, label: None, bookmarks: Vec::new() }];
    let document = pdf::Document {
        title: "A drawing",
        author: None,
        lang: "en",
        subject: None,
        keywords: &[],
        producer: "Retell",
        pages,
    };
    let path = folder.join("drawing.pdf");
    std::fs::write(&path, pdf::pdf(&document).expect("a PDF")).expect("the file is written");
    path
}

/// The words that poppler finds, in its order, with their lower left corners in points.
fn words(pdf: &Path) -> String {
    if ask("pdftotext", &["drawing.pdf", "-"], pdf).trim().is_empty() {
        return "no words".to_owned();
    }
    let told = ask("pdftotext", &["-bbox", "drawing.pdf", "-"], pdf);
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).expect("a number")
    };
    let lines = told.lines().map(str::trim).filter(|line| line.starts_with("<word"));
    let words = lines.map(|line| {
        let word = line.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</word>")).expect("a word");
        format!("{:>4.0} {:>4.0}  {word}\n", number(line, "xMin"), number(line, "yMax"))
    });
    words.collect()
}

/// What a drawing looks like to resvg, on white.
fn painted_by_resvg(drawing: &svg::Drawing) -> Pixels {
    let size = (SIZE.0 * 2, SIZE.1 * 2);
    let rgba = drawn(drawing.shapes.tree(), size).expect("pixels");
    let on_white = |pixel: &[u8]| -> [u8; 3] {
        let alpha = u32::from(pixel[3]);
        let part = |level: u8| u8::try_from((u32::from(level) * alpha + 255 * (255 - alpha)) / 255).expect("a byte");
        [part(pixel[0]), part(pixel[1]), part(pixel[2])]
    };
    Pixels::from_rgb(size, rgba.chunks_exact(4).flat_map(on_white).collect())
}

#[test]
fn texts_are_found_where_they_stand_and_look_like_their_outlines() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/drawings");
    let mut names: Vec<_> = std::fs::read_dir(&cases).unwrap().map(|file| file.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 8);
    let mut failed = Vec::new();
    for path in names {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let drawing = svg::flatten(&std::fs::read_to_string(&path).unwrap(), None).unwrap();
        assert!(drawing.missing.is_empty(), "{name}: {:?}", drawing.missing);
        let reference = painted_by_resvg(&drawing);
        let page = page(drawing);
        let folder = tempfile::tempdir().unwrap();
        let pdf = print(&page, folder.path());
        ask("qpdf", &["--check", "drawing.pdf"], &pdf);
        ask("pdftoppm", &["-r", "192", "-singlefile", "drawing.pdf", "page"], &pdf);
        let printed = Pixels::from_ppm(&std::fs::read(folder.path().join("page.ppm")).unwrap());
        let pictures = [export::Picture { page: &page, size: (SIZE.0 * 2, SIZE.1 * 2) }];
        let drawn = Pixels::from_png(&export::pngs(&pictures).unwrap()[0]);
        for (kind, picture, most) in [("png", drawn, MOST), ("pdf", printed, MOST_IN_PRINT)] {
            let (share, map) = difference(&reference, &picture);
            if share > most {
                let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drawings");
                std::fs::create_dir_all(&to).unwrap();
                for (what, picture) in [("expected", &reference), ("found", &picture), ("where", &map)] {
                    std::fs::write(to.join(format!("{name}-{kind}-{what}.png")), picture.to_png()).unwrap();
                }
                failed.push(format!("{name}: {share:.2} % differ in {kind}, see {}", to.display()));
            }
        }
        let words = words(&pdf);
        insta::with_settings!({ snapshot_path => "../snapshots/drawings", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, words);
        });
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn plain_text_has_no_outlines() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='300'><text y='50'>Pool 连接池</text></svg>";
    let page = page(svg::flatten(svg, None).unwrap());
    // The ground of the page is a rectangle.
    let is_outline = |command: &Command| matches!(command, Command::Fill { path, .. } if path.elements().len() > 5);
    assert!(!page.commands.iter().any(is_outline));
    let texts = page.commands.iter().filter_map(|command| match command {
        Command::Glyphs(run) if run.in_drawing => Some(run),
        _ => None,
    });
    let fonts: Vec<_> = texts.map(|run| run.font.family.as_deref().unwrap_or_default()).collect();
    assert_eq!(fonts, ["Inter", "Noto Sans SC"]);
}
