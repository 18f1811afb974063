//! Whole packs of real talks: what is in them, read by programs that are not ours, and that they come out the same.

mod texts;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use retell::diagnostic::Diagnostics;
use retell::parse::parse;
use retell::recall::FollowUp;
use retell::source::{DiskLoader, Sources};
use retell::talk::Talk;

use crate::built::{self, ask};
use crate::project::Project;

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the pack").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file of the pack"))
        })
        .collect()
}

/// A talk as the program reads it.
fn read(talk: &str) -> Talk {
    let folder = built::talks().join(talk);
    let bytes = fs::read(folder.join("talk.md")).expect("the talk");
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    parse(&mut sources, "talk.md", &bytes, &DiskLoader::new(&folder), &mut found)
}

/// What the pack of a talk holds, by name.
fn files_of(talk: &Talk) -> Vec<&'static str> {
    let mut names = vec!["cover.png", "handout.pdf", "index.html", "notes.md", "pack.json", "slides.pdf"];
    if FollowUp::of(talk).is_some_and(|follow_up| follow_up.date.is_some()) {
        names.extend([
            "cards.txt",
            "follow-up.html",
            "follow-up.ics",
            "follow-up.pdf",
            "questions.csv",
            "questions.gift",
            "questions.md",
        ]);
    }
    names.sort_unstable();
    names
}

#[test]
fn two_builds_give_the_same_bytes_however_many_threads_work() {
    for (talk, theme) in built::all() {
        let first = files(&built::pack(&talk, theme));
        let names: Vec<&str> = first.keys().map(String::as_str).collect();
        assert_eq!(names, files_of(&read(&talk)));
        // Once all pages are laid out anew, once those are used that the first build has kept.
        for (jobs, cache) in [("1", &["--no-cache"][..]), ("2", &[])] {
            let again = tempfile::tempdir().expect("a folder");
            built::build(&talk, theme, again.path(), &[&["--jobs", jobs], cache].concat());
            let again = files(&again.path().join(&talk));
            let differing: Vec<_> = first.keys().filter(|name| first.get(*name) != again.get(*name)).collect();
            assert!(differing.is_empty(), "{talk} {theme:?} with --jobs {jobs}: {differing:?} differ");
        }
    }
}

#[test]
fn the_pack_list_tells_sizes_and_hashes() {
    use sha2::Digest as _;
    for (talk, theme) in built::all() {
        let files = files(&built::pack(&talk, theme));
        let list: serde_json::Value = serde_json::from_slice(&files["pack.json"]).expect("JSON");
        let told = list["files"].as_array().expect("a list");
        assert_eq!(told.len(), files.len() - 1);
        for file in told {
            let bytes = &files[file["name"].as_str().expect("a name")];
            let mut hash = String::new();
            for byte in sha2::Sha256::digest(bytes) {
                let _ = write!(hash, "{byte:02x}");
            }
            assert_eq!((file["bytes"].as_u64(), file["sha256"].as_str()), (Some(bytes.len() as u64), Some(&*hash)));
        }
    }
}

#[test]
fn fonts_are_embedded_subsets_without_type_3() {
    for (talk, theme) in built::all() {
        let told = ask("pdffonts", &["slides.pdf"], &built::pack(&talk, theme).join("slides.pdf"));
        let fonts: Vec<&str> = told.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{talk} has no fonts");
        for font in fonts {
            let (name, rest) = font.split_once(' ').expect("columns");
            // Columns from the right: object and generation, unicode, subset, embedded.
            let columns: Vec<&str> = rest.split_whitespace().rev().collect();
            assert_eq!(columns[2..5], ["yes", "yes", "yes"], "{talk}: {font}");
            assert!(name.as_bytes().get(6) == Some(&b'+'), "{talk}: {name} is no subset");
            assert!(!rest.contains("Type 3"), "{talk}: {font}");
        }
    }
}

#[test]
fn the_file_is_sound_and_says_what_it_is() {
    for (name, theme) in built::all() {
        let pdf = built::pack(&name, theme).join("slides.pdf");
        let talk = read(&name);
        assert!(ask("qpdf", &["--check", "slides.pdf"], &pdf).contains("No syntax or stream encoding errors"));
        let about = ask("pdfinfo", &["-f", "1", "-l", "-1", "slides.pdf"], &pdf);
        let field = |field: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
            line.unwrap_or_else(|| panic!("{name} has no {field}:\n{about}")).trim().to_owned()
        };
        assert_eq!(field("Title"), talk.meta.title);
        assert_eq!(field("Author"), talk.meta.speakers[0].name);
        let pages = talk.shown_slides().count();
        assert_eq!(field("Pages"), pages.to_string());
        assert_eq!(about.matches("size:").count(), pages + 1, "a size a page and that of the file");
        assert_eq!(about.lines().filter(|line| line.ends_with("size:  960 x 540 pts")).count(), pages, "{about}");
        let lang = ask("mutool", &["show", "slides.pdf", "trailer/Root/Lang"], &pdf);
        assert_eq!(lang.trim(), format!("({})", talk.meta.lang));
    }
}

#[test]
fn the_outline_leads_to_every_slide_by_its_title() {
    for (name, theme) in built::all() {
        let pdf = built::pack(&name, theme).join("slides.pdf");
        let talk = read(&name);
        let expected: Vec<String> = talk
            .shown_slides()
            .enumerate()
            .map(|(at, slide)| {
                let section = slide.section.as_ref().map(|section| section.name.as_str());
                let title = section.or(slide.title.as_deref()).unwrap_or(&slide.id);
                format!("\"{title}\" #page={}", at + 1)
            })
            .collect();
        let told = ask("mutool", &["show", "slides.pdf", "outline"], &pdf);
        let found: Vec<String> = told
            .lines()
            .map(|line| {
                let columns: Vec<&str> = line.split('\t').map(str::trim).filter(|column| !column.is_empty()).collect();
                let [.., title, target] = columns.as_slice() else { panic!("{name}: {line:?}") };
                format!("{title} {}", target.split('&').next().unwrap_or_default())
            })
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    for (talk, theme) in built::all() {
        let html = fs::read_to_string(built::pack(&talk, theme).join("index.html")).expect("the page");
        let policy = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"").expect("a policy").1;
        let policy = policy.split_once('"').expect("its end").0;
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        let sources: Vec<&str> =
            policy.split([' ', ';']).filter(|word| word.contains("http") || *word == "*").collect();
        assert!(sources.is_empty(), "{talk}: the policy lets in {sources:?}");
        for loading in ["<link", "<iframe", "<object", "<embed", "srcset=", "@import", "<base", "<script src"] {
            assert!(!html.contains(loading), "{talk}: {loading}");
        }
        for opening in [" src=\"", "url(", "xlink:href=\"", "poster=\""] {
            for (at, _) in html.match_indices(opening) {
                let target = html[at + opening.len()..].trim_start_matches(['"', '\'']);
                let shown: String = target.chars().take(60).collect();
                assert!(target.starts_with("data:") || target.starts_with('#'), "{talk}: {opening}{shown}");
            }
        }
    }
}

#[test]
fn a_failed_build_leaves_the_old_pack_whole() {
    let good = "---\ntitle: A\nlang: en\n---\n\n# One\n\nText.\n";
    let project = Project::new().file("talk/talk.md", good);
    project.run(["build", "talk"]).exit(0);
    let before = files(&project.path("dist/talk"));
    assert_eq!(before.len(), 6);
    let broken = format!("{good}\n![A picture](nowhere.png)\n");
    let project = project.file("talk/talk.md", broken);
    project.run(["build", "talk"]).exit(1).stderr_contains("error[missing-image]");
    assert!(files(&project.path("dist/talk")) == before, "the old pack has changed");
    // What lies beside the pack's files is the user's.
    let project = project.file("talk/talk.md", good.replace("Text", "Other text")).file("dist/talk/mine.txt", "mine");
    project.run(["build", "talk"]).exit(0);
    let after = files(&project.path("dist/talk"));
    assert_eq!(after["mine.txt"], b"mine");
    assert!(after["slides.pdf"] != before["slides.pdf"]);
}
