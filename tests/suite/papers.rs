//! Handouts and run sheets as the program makes them, read back with poppler, qpdf and mupdf.

mod looks;
mod text;

use std::path::Path;

use crate::built::{self, ask};
use crate::project::Project;

/// A talk of `slides` numbered slides, the last two for questions, each with a note.
fn talk(slides: usize) -> String {
    let mut out = String::from("---\ntitle: Papers\nspeaker: Ada Li\ndate: 2026-12-04\nlang: en\nduration: 10h\n---\n");
    for number in 1..=slides {
        let separator = if number == 1 { "" } else { "\n---\n" };
        let backup = if number + 2 > slides { "<!-- backup -->\n\n" } else { "" };
        out.push_str(&format!("{separator}\n{backup}# Slide number {number}\n\nShown text\n\n<!-- said{number} -->\n"));
    }
    out
}

/// The talk built with these options, and the folder of its pack.
fn built<const N: usize>(text: &str, options: [&str; N]) -> (Project, std::path::PathBuf) {
    let project = Project::new().file("t/talk.md", text);
    let mut arguments = vec!["build", "t"];
    arguments.extend(options);
    project.run_all(&arguments).exit(0);
    let pack = project.path("dist/t");
    (project, pack)
}

/// Whatever is true of every PDF that we make.
fn assert_sound(pdf: &Path) {
    let name = pdf.file_name().unwrap().to_str().unwrap();
    assert!(ask("qpdf", &["--check", name], pdf).contains("No syntax or stream encoding errors"));
    ask("mutool", &["info", name], pdf);
    for font in ask("pdffonts", &[name], pdf).lines().skip(2) {
        assert!(!font.contains("Type 3") && font.contains(" yes yes yes "), "{font}");
    }
}

fn pages(pdf: &Path) -> usize {
    let told = ask("pdfinfo", &[pdf.file_name().unwrap().to_str().unwrap()], pdf);
    let line = told.lines().find(|line| line.starts_with("Pages:")).expect("a line with the pages");
    line["Pages:".len()..].trim().parse().unwrap()
}

/// The objects of a PDF as text, streams and all.
fn plain(pdf: &Path) -> String {
    let output =
        std::process::Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(pdf).arg("-").output();
    String::from_utf8_lossy(&output.expect("qpdf is installed").stdout).into_owned()
}

#[test]
fn every_layout_has_its_pages_of_the_right_size() {
    let slides = talk(11);
    let cases = [
        ("2up", 6, "595.276 x 841.89"),
        ("3up", 4, "595.276 x 841.89"),
        ("4up", 4, "841.89 x 595.276"),
        ("6up", 3, "595.276 x 841.89"),
        ("9up", 2, "841.89 x 595.276"),
    ];
    for (layout, expected, size) in cases {
        let (_project, pack) = built(&slides, ["--only", "handout", "--handout", layout]);
        let pdf = pack.join("handout.pdf");
        assert_sound(&pdf);
        assert_eq!(pages(&pdf), expected, "{layout}");
        let told = ask("pdfinfo", &["-f", "1", "-l", "-1", "handout.pdf"], &pdf);
        assert_eq!(told.matches(&format!("{size} pts")).count(), expected, "{layout}: {told}");
    }
    for (layout, size) in [("notes", "612 x 792"), ("9up", "792 x 612")] {
        let (_project, pack) = built(&slides, ["--only", "handout", "--handout", layout, "--paper", "letter"]);
        assert!(ask("pdfinfo", &["handout.pdf"], &pack.join("handout.pdf")).contains(&format!("{size} pts")));
    }
}

#[test]
fn the_handouts_of_real_talks_are_sound() {
    for (talk, theme) in built::all() {
        let pdf = built::pack(&talk, theme).join("handout.pdf");
        assert_sound(&pdf);
        assert!(ask("mutool", &["show", "handout.pdf", "outline"], &pdf).lines().count() > 5, "{talk} {theme:?}");
    }
}

#[test]
fn backup_slides_begin_a_page_of_their_own_under_their_heading() {
    for layout in ["notes", "2up", "6up"] {
        let (_project, pack) = built(&talk(5), ["--only", "handout", "--handout", layout]);
        let text = ask("pdftotext", &["-layout", "handout.pdf", "-"], &pack.join("handout.pdf"));
        let pages: Vec<&str> = text.split('\u{c}').collect();
        let page = pages.iter().find(|page| page.contains("Backup slides")).expect("a page of backup slides");
        assert!(page.contains("Slide number 4") && !page.contains("Slide number 3"), "{layout}: {page}");
        assert!(!pages[0].contains("Slide number 4"), "{layout}");
        assert!(page.contains("Papers") && page.contains("Ada Li · 2026-12-04"), "the head: {page}");
    }
}

#[test]
fn a_long_talk_and_one_without_notes_are_printed() {
    let (_project, pack) = built(&talk(300), ["--only", "handout,speaker"]);
    for name in ["handout.pdf", "speaker.pdf"] {
        assert_sound(&pack.join(name));
        let text = ask("pdftotext", &[name, "-"], &pack.join(name));
        let words: Vec<&str> = text.split_whitespace().collect();
        for number in 1..=300 {
            let said = format!("said{number}");
            assert_eq!(words.iter().filter(|word| **word == said).count(), 1, "{name}: {said}");
        }
    }
    let (_project, pack) = built("# Nothing\n\nis said\n", ["--only", "handout,speaker"]);
    assert_eq!(pages(&pack.join("handout.pdf")), 1);
    assert!(ask("pdftotext", &["speaker.pdf", "-"], &pack.join("speaker.pdf")).contains("No notes"));
}

#[test]
fn the_same_talk_gives_the_same_bytes_on_one_thread_and_on_two() {
    let (one, first) = built(&talk(20), ["--only", "handout,speaker", "--jobs", "1"]);
    let (two, second) = built(&talk(20), ["--only", "handout,speaker", "--jobs", "2"]);
    for name in ["handout.pdf", "speaker.pdf"] {
        assert!(std::fs::read(first.join(name)).unwrap() == std::fs::read(second.join(name)).unwrap(), "{name}");
    }
    drop((one, two));
}

#[test]
fn links_in_small_slides_lead_on() {
    let text = "# One\n\n[out](https://example.org/x) and [in](#there)\n\n---\n\n# Two\n\n---\n\n# Three {#there}\n";
    for layout in ["notes", "2up", "9up"] {
        let (_project, pack) = built(text, ["--only", "handout", "--handout", layout]);
        let pdf = pack.join("handout.pdf");
        let urls = ask("pdfinfo", &["-url", "handout.pdf"], &pdf);
        assert_eq!(urls.matches("https://example.org/x").count(), 1, "{layout}: {urls}");
        let plain = plain(&pdf);
        assert_eq!(plain.matches("/S /GoTo").count(), 1, "{layout}");
    }
}

#[test]
fn what_is_not_to_be_had_is_said() {
    let project = Project::new().file("t/talk.md", "# A\n");
    let run = |arguments: &[&str]| project.run_all(&[&["build", "t"], arguments].concat());
    run(&["--handout", "5up"]).exit(2).stderr_contains("notes, 2up, 3up, 4up, 6up, 9up");
    run(&["--paper", "a3"]).exit(2).stderr_contains("a4, letter");
    run(&["--handout", "notes", "--without-notes"]).exit(2).stderr_contains("`3up` has lines to write on");
    run(&["--only", "speaker", "--without-notes"]).exit(2).stderr_contains("without `--without-notes`");
    assert_eq!(project.files(), ["t/talk.md"]);
}

#[test]
fn papers_without_notes_tell_nothing_of_them() {
    let text = "---\ntitle: T\nlang: en\n---\n\n# One\n\n<!-- secret -->\n\n---\n\n# Two\n";
    let (_project, pack) = built(text, ["--without-notes"]);
    let pdf = pack.join("handout.pdf");
    assert!(!ask("pdftotext", &["handout.pdf", "-"], &pdf).contains("secret"));
    assert!(!pack.join("speaker.pdf").exists());
    let (_project, pack) = built(text, []);
    assert!(ask("pdftotext", &["handout.pdf", "-"], &pack.join("handout.pdf")).contains("secret"));
    assert!(!pack.join("speaker.pdf").exists(), "the run sheet is made for those who ask for it");
}
