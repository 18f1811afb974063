//! One picture a theme with every kind of slide, for its guide and for whoever chooses.
//!
//! `cargo test --test suite contact_sheets -- --ignored` writes `themes/contact-sheets/NAME.png`; not into the themes, which are part of the program.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::pictures::packed;

/// Pages in a row, and the room around each in pixels.
const ACROSS: usize = 6;
const GAP: usize = 8;
/// The grey between pages.
const GROUND: u8 = 0x8c;
/// The most bytes of a picture.
const MOST: usize = 250 * 1024;

#[test]
#[ignore = "writes pictures into the repository; run when a theme has changed"]
fn contact_sheets_show_every_kind_of_slide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new(env!("CARGO_BIN_EXE_retell")).args(["theme", "list"]).output().expect("the program runs");
    let listed = String::from_utf8(listed.stdout).expect("UTF-8");
    for theme in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        let work = tempfile::tempdir().expect("a folder");
        let built = Command::new(env!("CARGO_BIN_EXE_retell"))
            .current_dir(root)
            .args(["build", "themes/base/preview/preview.md", "--only", "slides", "--theme", theme, "-o"])
            .arg(work.path())
            .status()
            .expect("the program runs");
        assert!(built.success(), "{theme} does not build");
        let drawn = Command::new("pdftoppm")
            .args(["-r", "18"])
            .args([work.path().join("preview/slides.pdf"), work.path().join("page")])
            .status()
            .expect("pdftoppm is installed");
        assert!(drawn.success());
        let picture = packed(&sheet(&pages(work.path())));
        assert!(picture.len() <= MOST, "{theme}: {} bytes", picture.len());
        fs::create_dir_all(root.join("themes/contact-sheets")).expect("a folder");
        fs::write(root.join("themes/contact-sheets").join(format!("{theme}.png")), picture).expect("a picture");
    }
}

/// A page as rows of red, green and blue.
struct Page {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn pages(folder: &Path) -> Vec<Page> {
    let entries = fs::read_dir(folder).expect("the folder of pages").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "ppm")).collect();
    paths.sort();
    paths.iter().map(|path| page(&fs::read(path).expect("a page"))).collect()
}

/// Reads what pdftoppm writes: `P6`, width, height and 255, each followed by one white space.
fn page(bytes: &[u8]) -> Page {
    let mut fields = Vec::new();
    let mut at = 0;
    while fields.len() < 4 {
        let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).expect("a header");
        fields.push(std::str::from_utf8(&bytes[at..end]).expect("a header").to_owned());
        at = end + 1;
    }
    assert_eq!((fields[0].as_str(), fields[3].as_str()), ("P6", "255"));
    let number = |text: &String| text.parse().expect("a number");
    Page { width: number(&fields[1]), height: number(&fields[2]), pixels: bytes[at..].to_vec() }
}

/// All pages on one picture, as PNG.
fn sheet(pages: &[Page]) -> Vec<u8> {
    let first = pages.first().expect("a page");
    let (across, down) = (first.width + GAP, first.height + GAP);
    let width = ACROSS * across + GAP;
    let height = pages.len().div_ceil(ACROSS) * down + GAP;
    let mut pixels = vec![GROUND; width * height * 3];
    for (number, page) in pages.iter().enumerate() {
        let (left, top) = (GAP + number % ACROSS * across, GAP + number / ACROSS * down);
        for (row, line) in page.pixels.chunks_exact(page.width * 3).take(page.height).enumerate() {
            let start = ((top + row) * width + left) * 3;
            pixels[start..start + line.len()].copy_from_slice(line);
        }
    }
    let mut out = Vec::new();
    let side = |length: usize| u32::try_from(length).expect("a small picture");
    let mut encoder = png::Encoder::new(&mut out, side(width), side(height));
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
    writer.finish().expect("an end");
    out
}
