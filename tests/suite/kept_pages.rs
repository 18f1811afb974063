//! Pages that are kept from build to build: they are used again, and no pack is another for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::project::{CACHE, Project};

/// One slide of each kind that a page writes down in its own way.
const TALK: &str = "---\ntitle: Kept 页\nspeaker: Lin\nlang: en\nduration: 10m\n---\n\n# Kept pages\n\n\
    <!-- What is said, with `code` and *stress*. -->\n\n---\n\n\
    ## Steps {#steps}\n\n::: steps\n- One, see [the table](#table)\n- Two 二\n:::\n\n---\n\n\
    ## Code\n\n```sql {1|2|all}\nSELECT 'a\\b';\nSELECT 2;\n```\n\n---\n\n\
    ## Table {#table}\n\n| a | b |\n|---|--:|\n| <https://example.com> | $x^2$ |\n\n---\n\n\
    ## Pixels\n\n![A colour](pixels.png)\n\n---\n\n\
    ## Effects\n\n![Shadows, masks and patterns](effects.svg)\n\n---\n\n\
    ## Diagram\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\n---\n\n\
    ## Looks\n\n<div class=\"looks\">Shadow and gradient</div>\n";

const STYLE: &str = ".looks{padding:20px;border:3px dashed #0a5;opacity:.9;text-shadow:2px 2px 4px #888;\
    box-shadow:0 4px 12px #0008;background:linear-gradient(90deg,#fff,#ace)}";

/// All that has pages, in its own way each.
const ALL: &[&str] = &["--only", "html,slides,cover,handout,speaker", "--steps"];

/// The parts that tell most.
const SOME: &[&str] = &["--only", "slides,handout"];

/// A picture of one colour.
fn picture(color: [u8; 3]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 40, 30);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&color.repeat(40 * 30)).unwrap();
    drop(writer);
    file
}

fn project() -> Project {
    Project::new()
        .file("t/talk.md", TALK)
        .file("t/style.css", STYLE)
        .file("t/pixels.png", picture([200, 30, 30]))
        .file("t/effects.svg", include_str!("../cases/frames/effects.svg"))
}

/// The files of a pack, and how many of how many slides came from the cache, as the timings say it.
struct Pack {
    files: BTreeMap<String, Vec<u8>>,
    reused: Option<(usize, usize)>,
}

fn build(project: &Project, parts: &[&str], more: &[&str]) -> Pack {
    let _ = fs::remove_dir_all(project.path("dist"));
    let told = project.run_all(&[&["build", "t", "--timings"], parts, more].concat()).exit(0);
    let told = told.stderr();
    let line = told.lines().find(|line| line.trim_start().starts_with("layout ")).expect("the time of the layout");
    let reused = line.strip_suffix(" slides from the cache").map(|line| {
        let (before, of) = line.rsplit_once(" of ").expect("two numbers");
        let number = |text: &str| text.rsplit(' ').next().expect("a word").parse().expect("a number");
        (number(before), number(of))
    });
    let names = project.files().into_iter().filter(|name| name.starts_with("dist/"));
    Pack { files: names.map(|name| (name.clone(), fs::read(project.path(&name)).unwrap())).collect(), reused }
}

#[track_caller]
fn assert_same(one: &Pack, other: &Pack, what: &str) {
    assert!(one.files.len() > 2 && one.files.keys().eq(other.files.keys()), "{what}");
    let differing: Vec<_> = one.files.iter().filter(|(name, bytes)| other.files.get(*name) != Some(*bytes)).collect();
    assert!(differing.is_empty(), "{what}: {:?} differ", differing.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

/// What becomes of the bytes of a file.
type Break<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

fn kept_files(project: &Project) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(project.path(CACHE)) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn packs_are_the_same_with_kept_pages_and_without() {
    let project = project();
    let plain = build(&project, ALL, &["--no-cache", "--jobs", "1"]);
    assert_eq!((plain.reused, kept_files(&project)), (None, Vec::new()), "nothing is kept");
    for jobs in ["1", "2"] {
        let cold = build(&project, ALL, &["--jobs", jobs]);
        assert_eq!(cold.reused, Some((0, 8)));
        assert_eq!(kept_files(&project).len(), 4, "slides, steps, handout and run sheet");
        let warm = build(&project, ALL, &["--jobs", jobs]);
        // The pixels of the drawing with effects are too many to be kept.
        assert_eq!(warm.reused, Some((7, 8)));
        for (pack, what) in [(cold, "the first"), (warm, "again")] {
            assert_same(&plain, &pack, &format!("{what} with --jobs {jobs}"));
        }
        fs::remove_dir_all(project.path(".retell")).unwrap();
    }
    fs::create_dir_all(project.path(".retell/cache")).unwrap();
    fs::write(project.path(CACHE), "a file where the folder should be").unwrap();
    assert_same(&plain, &build(&project, ALL, &[]), "nothing can be kept");
}

#[test]
fn what_was_changed_is_laid_out_anew() {
    let mut project = project();
    build(&project, SOME, &[]);
    let changes: [(&str, &str, Vec<u8>, usize); 6] = [
        ("a slide", "t/talk.md", TALK.replace("Two 二", "Three 三").into(), 6),
        ("the style", "t/style.css", format!("{STYLE} h2{{color:#060}}").into(), 0),
        ("the bytes of a picture", "t/pixels.png", picture([30, 30, 200]), 6),
        ("the theme", "t/talk.md", TALK.replace("lang: en", "lang: en\ntheme: night").into(), 0),
        ("the language", "t/talk.md", TALK.replace("lang: en", "lang: ja").into(), 0),
        ("the shape", "t/talk.md", TALK.replace("lang: en", "lang: en\naspect: 4:3").into(), 0),
    ];
    for (what, file, bytes, reused) in changes {
        let before = fs::read(project.path(file)).unwrap();
        project = project.file(file, bytes);
        let kept = build(&project, SOME, &[]);
        assert_eq!(kept.reused, Some((reused, 8)), "{what}");
        assert_same(&build(&project, SOME, &["--no-cache"]), &kept, what);
        project = project.file(file, before);
        build(&project, SOME, &[]);
    }
}

#[test]
fn broken_and_foreign_files_are_passed_over_and_replaced() {
    let project = project();
    let plain = build(&project, SOME, &["--no-cache"]);
    build(&project, SOME, &[]);
    let good: Vec<_> = kept_files(&project).into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect();
    let flipped =
        |bytes: &[u8]| bytes.iter().zip(0_usize..).map(|(byte, at)| byte ^ u8::from(at % 997 == 500)).collect();
    let breaks: [(&str, Break); 5] = [
        ("empty", &|_| Vec::new()),
        ("cut off", &|bytes| bytes[..bytes.len() * 2 / 3].to_vec()),
        ("flipped bits", &flipped),
        ("text", &|_| b"retell pages of somebody else\n".repeat(100)),
        ("a wrong length", &|bytes| [&bytes[..47], &[0xff; 4], &bytes[51..]].concat()),
    ];
    for (what, broken) in breaks {
        for (bytes, path) in &good {
            fs::write(path, broken(bytes)).unwrap();
        }
        let pack = build(&project, SOME, &[]);
        assert!(pack.reused < Some((7, 8)), "{what}: {:?}", pack.reused);
        assert_same(&plain, &pack, what);
        assert!(good.iter().all(|(bytes, path)| fs::read(path).unwrap() == *bytes), "{what}: not replaced");
    }
}
