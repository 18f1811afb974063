//! Slides as pictures and click by click: sizes, names, what is on them, and that they look like the slides.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::Chromium;
use crate::built::{self, ask};
use crate::parity::picture::{Picture, difference};
use crate::project::Project;

/// The most of a picture, in percent of its pixels, that may differ from poppler's of the same page, which puts letters at
/// quarters of a pixel.
const MOST: f64 = 0.6;

const TALK: &str = "---\ntitle: Pools\nspeaker: Lin\nlang: en\n---\n\n# Pools\n\n---\n\n## Points {#points}\n\n\
    ::: steps\n- One, see [the code](#code)\n- Two\n:::\n\n<p>Then <b data-step=\"1\">inline</b> end</p>\n\n---\n\n\
    ## Code {#code}\n\n```sql {1|2|all}\nSELECT 1;\nSELECT 2;\n```\n\n---\n\n## Back {#back}\n\n\
    To [the points](#points).\n";

fn project() -> Project {
    Project::new().file("t/talk.md", TALK)
}

/// Width and height of a PNG file without opacity.
fn size(path: &Path) -> (u32, u32) {
    let reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).expect("a picture"))).read_info();
    let reader = reader.expect("a PNG");
    assert_eq!(reader.info().color_type, png::ColorType::Rgb);
    reader.info().size()
}

fn pictures(project: &Project) -> Vec<String> {
    let files = project.files().into_iter().filter_map(|path| path.strip_prefix("dist/t/").map(str::to_owned));
    files.filter(|path| Path::new(path).extension().is_some_and(|end| end == "png")).collect()
}

#[test]
fn pictures_look_like_the_pages_of_the_pdf() {
    for theme in ["paper", "night"] {
        let pack = built::pack(built::SAMPLE, Some(theme));
        let folder = tempfile::tempdir().expect("a folder");
        built::build(built::SAMPLE, Some(theme), folder.path(), &["--only", "png"]);
        let rendered = folder.path().join("page");
        let poppler = Command::new("pdftoppm").args(["-r", "96"]).arg(pack.join("slides.pdf")).arg(&rendered).status();
        assert!(poppler.expect("pdftoppm is installed").success());
        let painted = folder.path().join(built::SAMPLE).join("slides");
        let count = fs::read_dir(&painted).expect("pictures").count();
        assert!(count > 20);
        for number in 1..=count {
            let page = fs::read(format!("{}-{number:02}.ppm", rendered.display())).expect("a page");
            let picture = fs::read(painted.join(format!("{number:03}.png"))).expect("a picture");
            let (share, _) = difference(&Picture::from_ppm(&page), &Picture::from_png(&picture));
            assert!(share <= MOST, "{theme}: {share:.2} % of slide {number} differs");
        }
    }
}

#[test]
fn pictures_have_the_size_and_the_names_that_are_told() {
    let project = project();
    project.run(["build", "t", "--only", "png"]).exit(0);
    let names = ["cover.png", "slides/001.png", "slides/002.png", "slides/003.png", "slides/004.png"];
    assert_eq!(pictures(&project), names);
    assert_eq!(size(&project.path("dist/t/cover.png")), (1200, 630));
    assert_eq!(size(&project.path("dist/t/slides/002.png")), (1280, 720));
    let list: serde_json::Value = serde_json::from_str(&project.read("dist/t/pack.json")).expect("JSON");
    let shown: Vec<_> = list["files"].as_array().expect("files").iter().map(|file| file["slide"].as_str()).collect();
    assert_eq!(shown, [None, Some("pools"), Some("points"), Some("code"), Some("back")]);

    // Each size and each part by itself, and pictures of slides that are gone go too.
    let classic = TALK.replace("lang: en\n", "lang: en\naspect: \"4:3\"\n").replace("\n---\n\n## Back", "\n## Back");
    fs::write(project.path("t/talk.md"), classic).expect("the talk");
    fs::write(project.path("dist/t/slides/photo.png"), "mine").expect("a file");
    project.run(["build", "t", "--only", "png", "--scale", "1.5"]).exit(0);
    let names = ["cover.png", "slides/001.png", "slides/002.png", "slides/003.png", "slides/photo.png"];
    assert_eq!(pictures(&project), names);
    assert_eq!(size(&project.path("dist/t/slides/002.png")), (1440, 1080));
    assert_eq!(size(&project.path("dist/t/cover.png")), (1200, 630));
    fs::remove_dir_all(project.path("dist")).expect("the pack");
    project.run(["build", "t", "--only", "cover"]).exit(0);
    assert_eq!(pictures(&project), ["cover.png"]);
}

#[test]
fn the_bytes_are_the_same_however_many_threads_paint() {
    let project = project();
    let mut built = Vec::new();
    for jobs in ["1", "2", "4"] {
        project.run(["build", "t", "--only", "png,slides", "--steps", "--jobs", jobs]).exit(0);
        let files = project.files().into_iter().filter(|path| path.starts_with("dist/"));
        built.push(files.map(|path| (fs::read(project.path(&path)).expect("a file"), path)).collect::<Vec<_>>());
    }
    assert!(built[0].len() > 8 && built.iter().all(|files| *files == built[0]));
}

#[test]
fn what_cannot_be_had_is_said_with_a_way_out() {
    let project = project();
    for scale in ["0", "0.2", "4.5", "-1", "big", "NaN"] {
        let run = project.run(["build", "t", "--only", "png", &format!("--scale={scale}")]).exit(2);
        run.stderr_contains("write a number from 0.25 to 4; 1 makes pictures of 1280 × 720 pixels");
    }
    project.run(["build", "t", "--scale", "2"]).exit(2).stderr_contains("help: add `--only png`");
    project.run(["build", "t", "--only", "html", "--steps"]).exit(2).stderr_contains("help: add `slides` or `png`");
    assert_eq!(project.files(), ["t/talk.md"]);
}

#[test]
fn each_click_has_a_page_and_a_picture() {
    let project = project();
    project.run(["build", "t", "--only", "slides,png", "--steps"]).exit(0);
    let pdf = project.path("dist/t/slides.pdf");
    assert!(ask("pdfinfo", &["slides.pdf"], &pdf).contains("Pages:           8\n"));
    let text = |page: usize| {
        let page = page.to_string();
        let text = ask("pdftotext", &["-f", &page, "-l", &page, "slides.pdf", "-"], &pdf);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let pages: Vec<String> = (2..=7).map(text).collect();
    assert_eq!(pages[0], "Points Then end");
    assert!(pages[1].contains("One, see the code") && pages[1].contains("Then inline end"), "{}", pages[1]);
    assert!(!pages[1].contains("Two") && pages[2].contains("Two"), "{pages:?}");
    assert!(pages[3..].iter().all(|page| page.contains("SELECT 1; SELECT 2;")), "{pages:?}");
    let names = ["001.png", "002-1.png", "002-2.png", "002-3.png", "003-1.png", "003-2.png", "003-3.png", "004.png"];
    let names: Vec<String> = names.iter().map(|name| format!("slides/{name}")).collect();
    assert_eq!(pictures(&project)[1..], names);
    // Another line is lit with each click.
    let shown = |name: &str| fs::read(project.path(&format!("dist/t/slides/{name}"))).expect("a picture");
    assert!(shown("003-1.png") != shown("003-2.png") && shown("003-2.png") != shown("003-3.png"));
    let list: serde_json::Value = serde_json::from_str(&project.read("dist/t/pack.json")).expect("JSON");
    let mut files = list["files"].as_array().expect("files").iter();
    let third = files.find(|file| file["name"] == "slides/002-3.png");
    assert_eq!(third.map(|file| (file["slide"].as_str(), file["step"].as_u64())), Some((Some("points"), Some(2))));
}

#[test]
fn code_is_whole_before_its_first_stage_and_where_all_of_it_is_lit() {
    let code = |marks: &str, letter: char| format!("```sql{marks}\nSELECT {letter};\n\nSELECT 2;\n```\n\n");
    let slides = [
        [code(" {1|3}", 'a'), code("", 'b')].concat(),
        [code("", 'a'), code("", 'b')].concat(),
        [code(" {1|3}", 'a'), code(" {1|3}", 'b')].concat(),
        [code(" {1|all}", 'a'), code("", 'b')].concat(),
    ];
    let slides: Vec<String> = slides.iter().map(|code| format!("## Code\n\n{code}")).collect();
    let text = format!("---\ntitle: Code\nlang: en\npaginate: false\n---\n\n{}", slides.join("---\n\n"));
    let project = Project::new().file("t/talk.md", &text);
    let shown = |name: &str| fs::read(project.path(&format!("dist/t/slides/{name}.png"))).expect("a picture");
    project.run(["build", "t", "--only", "png"]).exit(0);
    let plain = shown("002");
    assert!(["001", "003", "004"].iter().all(|slide| shown(slide) == plain), "all lines are lit, so none is");
    project.run(["build", "t", "--only", "png", "--steps"]).exit(0);
    assert!(shown("001-1") != plain && shown("001-2") != plain);
    assert!(shown("003-1") == shown("001-1"), "the second code waits");
    assert!(shown("003-2") == shown("001-2") && shown("003-3") != shown("003-2") && shown("003-4") != shown("003-3"));
    assert!(shown("004-1") == shown("001-1") && shown("004-2") == plain);
    assert!(!project.path("dist/t/slides/003-5.png").exists(), "four states");
}

#[test]
fn links_and_outline_lead_to_the_first_page_of_a_slide() {
    let project = project();
    project.run(["build", "t", "--only", "slides", "--steps"]).exit(0);
    let pdf = project.path("dist/t/slides.pdf");
    let outline = ask("mutool", &["show", "slides.pdf", "outline"], &pdf);
    let targets: Vec<&str> =
        outline.lines().filter_map(|line| line.split("#page=").nth(1)?.split('&').next()).collect();
    assert_eq!(targets, ["1", "2", "5", "8"], "{outline}");
    let file = lopdf::Document::load(&pdf).expect("a PDF");
    let pages = file.get_pages();
    let linked = |page: u32| -> Vec<u32> {
        let page = file.get_dictionary(pages[&page]).expect("a page");
        let links = page.get(b"Annots").and_then(|links| file.dereference(links)).map(|(_, links)| links.as_array());
        let targets = links.ok().and_then(Result::ok).into_iter().flatten().filter_map(|link| {
            let (_, link) = file.dereference(link).ok()?;
            let (_, action) = file.dereference(link.as_dict().ok()?.get(b"A").ok()?).ok()?;
            let (_, target) = file.dereference(action.as_dict().ok()?.get(b"D").ok()?).ok()?;
            let page = target.as_array().ok()?.first()?.as_reference().ok()?;
            pages.iter().find(|(_, id)| **id == page).map(|(number, _)| *number)
        });
        targets.collect()
    };
    assert_eq!((linked(2), linked(3), linked(4)), (vec![], vec![5], vec![5]));
    assert_eq!(linked(8), [2]);
}

#[test]
fn drawings_with_effects_look_as_in_a_browser() {
    let drawing = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/frames/effects.svg"));
    let talk = "---\ntitle: E\nlang: en\n---\n\n## Effects\n\n![What paths can't show](effects.svg)\n";
    let project = Project::new().file("t/talk.md", talk).file("t/effects.svg", drawing.expect("the drawing"));
    let run = project.run(["build", "t", "--only", "html,slides,png", "--strict"]).exit(0);
    run.stderr_contains("info[picture-changed]: `effects.svg` has a filter, a mask or a pattern");
    assert!(project.read("dist/t/index.html").contains("data:image/svg+xml"), "the deck keeps the drawing");
    let deck = Chromium::open(&project.path("dist/t/index.html"), "");
    deck.act("document.head.insertAdjacentHTML('beforeend', '<style>.progress{display:none!important}</style>')");
    deck.wait_until("[...document.images].every(image => image.complete)");
    let browser = Picture::from_png(&deck.screenshot());
    let painted = Picture::from_png(&fs::read(project.path("dist/t/slides/001.png")).expect("a picture"));
    let (share, _) = difference(&painted, &browser);
    assert!(share <= 0.6, "{share:.2} % of the picture differs");
    ask("pdftoppm", &["-r", "96", "-singlefile", "slides.pdf", "page"], &project.path("dist/t/slides.pdf"));
    let page = Picture::from_ppm(&fs::read(project.path("dist/t/page.ppm")).expect("a page"));
    let (share, _) = difference(&page, &browser);
    assert!(share <= 0.6, "{share:.2} % of the page differs");
    // Twice the size of the slide's 600 × 300, and half as much again: 300 dots an inch.
    let images = ask("pdfimages", &["-list", "slides.pdf"], &project.path("dist/t/slides.pdf"));
    assert!(images.contains("1875") && images.contains(" 300 "), "{images}");
}

#[test]
fn effects_without_end_are_left_out_and_said() {
    let noise = |octaves: u32| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='500'><filter id='n'><feTurbulence \
             baseFrequency='.1' numOctaves='{octaves}'/></filter><rect width='900' height='500' filter='url(#n)'/></svg>"
        )
    };
    let talk = "---\ntitle: E\n---\n\n## Noise\n\n![noise](a.svg)\n\n---\n\n## More\n\n![noise](b.svg)\n";
    let project = Project::new().file("t/talk.md", talk).file("t/a.svg", noise(2)).file("t/b.svg", noise(u32::MAX));
    let run = project.run(["build", "t", "--only", "slides,png"]).exit(0);
    run.stderr_contains("a drawing whose effects take too long");
    let plain = project.path("dist/t/slides/002.png");
    assert!(fs::metadata(plain).expect("a picture").len() < 50_000, "nothing of the noise is painted");
}
