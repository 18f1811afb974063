//! Text that flows over pages: nothing is lost, nothing stands alone.

use super::{assert_sound, built, pages, plain};
use crate::built::ask;

/// The pages of a PDF as lines of words.
fn page_lines(pdf: &std::path::Path, order: &str) -> Vec<Vec<String>> {
    let text = ask("pdftotext", &[order, pdf.file_name().unwrap().to_str().unwrap(), "-"], pdf);
    let pages = text.split('\u{c}').map(|page| page.lines().map(str::trim).filter(|line| !line.is_empty()));
    pages.map(|lines| lines.map(str::to_owned).collect()).collect()
}

#[test]
fn a_long_note_flows_on_without_losing_a_word() {
    let paragraphs: Vec<String> = (0..60)
        .map(|paragraph| (0..50).map(|word| format!("w{paragraph}x{word} ")).collect::<String>().trim().to_owned())
        .collect();
    let text =
        format!("---\ntitle: Long\nlang: en\nduration: 3h\n---\n\n# One\n\n<!--\n{}\n-->\n", paragraphs.join("\n\n"));
    let expected: Vec<String> = paragraphs.iter().flat_map(|text| text.split(' ').map(str::to_owned)).collect();
    let (_project, pack) = built(&text, ["--only", "handout,speaker"]);
    for name in ["handout.pdf", "speaker.pdf"] {
        let pdf = pack.join(name);
        assert_sound(&pdf);
        assert!(pages(&pdf) > 3, "{name}");
        let told = ask("pdftotext", &["-raw", name, "-"], &pdf);
        let is_ours = |word: &&str| word.starts_with('w') && word[1..].starts_with(|c: char| c.is_ascii_digit());
        let words: Vec<&str> = told.split_whitespace().filter(is_ours).collect();
        assert_eq!(words, expected, "{name}");
    }
}

#[test]
fn no_paragraph_leaves_one_line_alone() {
    let paragraphs: Vec<String> = (0..70).map(|p| (0..37).map(|w| format!("p{p}w{w} ")).collect()).collect();
    let text =
        format!("---\ntitle: Long\nlang: en\nduration: 3h\n---\n\n# One\n\n<!--\n{}\n-->\n", paragraphs.join("\n\n"));
    let (_project, pack) = built(&text, ["--only", "handout,speaker"]);
    for name in ["handout.pdf", "speaker.pdf"] {
        let pages = page_lines(&pack.join(name), "-layout");
        let mut cut = 0;
        for paragraph in 0..paragraphs.len() {
            let mark = format!("p{paragraph}w");
            let has = |line: &&String| line.split_whitespace().any(|word| word.starts_with(&mark));
            let counts: Vec<usize> =
                pages.iter().map(|page| page.iter().filter(has).count()).filter(|n| *n > 0).collect();
            if counts.len() > 1 {
                cut += 1;
                assert!(counts.iter().all(|lines| *lines >= 2), "{name}: paragraph {paragraph} is cut into {counts:?}");
            }
        }
        assert!(cut > 0, "{name}: the test cuts paragraphs");
    }
}

#[test]
fn headings_stay_with_what_they_head() {
    for filler in 20..32 {
        let lines = "filler\n\n".repeat(filler);
        let text = format!(
            "---\ntitle: H\nlang: en\nduration: 3h\n---\n\n# One\n\n<!--\n{lines}\n### Thehead\n\nfollows\n\n{lines}\n-->\n"
        );
        let (_project, pack) = built(&text, ["--only", "handout"]);
        let pages = page_lines(&pack.join("handout.pdf"), "-layout");
        let page = pages.iter().find(|page| page.iter().any(|line| line == "Thehead")).expect("the heading");
        assert!(page.iter().any(|line| line == "follows"), "{filler}: {page:?}");
    }
}

#[test]
fn notes_on_paper_say_what_the_source_says() {
    let said = "先看等待事件，再看 SQL：p99 从 40 ms 升到 2.6 s，CPU 一直在 20%。".repeat(60);
    let text = format!("---\ntitle: 慢\nlang: zh-CN\nduration: 3h\n---\n\n# 一\n\n<!--\n[click] {said}\n-->\n");
    let (_project, pack) = built(&text, ["--only", "handout,speaker"]);
    for name in ["handout.pdf", "speaker.pdf"] {
        assert!(pages(&pack.join(name)) > 1);
        let lines = page_lines(&pack.join(name), "-raw").concat();
        let frame = |line: &&String| !line.contains(" 页") && !line.contains("第 1");
        let told: String =
            lines.iter().filter(frame).flat_map(|line| line.chars()).filter(|c| !c.is_whitespace()).collect();
        let wanted: String = said.chars().filter(|c| !c.is_whitespace()).collect();
        // The running title stands between pages.
        let told = told.replace("慢先看", "先看").replace("慢", "");
        let wanted = wanted.replace("慢", "");
        assert!(told.contains(&wanted), "{name}: {told}");
        assert_eq!(lines.iter().any(|line| line.contains("[click]")), name == "speaker.pdf", "{name}");
    }
}

#[test]
fn stage_directions_leave_no_blank_in_a_handout() {
    let note = "[来源：手册]\n\n最慢的是哪一步？ [pause 5s] 请记住。\n\n- [click]\n- 看左边\n\n[看表]\n";
    let text =
        format!("---\ntitle: 慢\nlang: zh-CN\n---\n\n# 一\n\n<!--\n{note}-->\n\n---\n\n# 二\n\n<!-- [click] -->\n");
    let (_project, pack) = built(&text, ["--only", "handout"]);
    let lines = page_lines(&pack.join("handout.pdf"), "-layout").concat();
    let at = lines.iter().position(|line| line == "最慢的是哪一步？请记住。").expect("the question");
    assert!(lines[at + 1].ends_with("看左边"), "{lines:?}");
    // The first line stands just below the slide, as in a talk whose note begins with it.
    let top = |note: &str| {
        let text = format!("---\ntitle: 慢\nlang: zh-CN\n---\n\n# 一\n\n<!--\n{note}\n-->\n");
        let (_project, pack) = built(&text, ["--only", "handout"]);
        let boxes = ask("pdftotext", &["-bbox", "handout.pdf", "-"], &pack.join("handout.pdf"));
        let line = boxes.lines().find(|line| line.contains("请记住")).expect("the note").to_owned();
        line.split("yMin=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a place").to_owned()
    };
    assert_eq!(top("[来源：手册]\n\n请记住。"), top("请记住。"));
}

#[test]
fn the_run_sheet_says_when_what_and_how_long() {
    let text = "---\ntitle: Run\nlang: en\nduration: 30m\ntiming: {qa: 5m, setup: 0m}\nqa:\n  - ask: Why so?\n    \
        answer: Because.\n    slide: b\n---\n\n<!-- section: Start 10m -->\n\n# A\n\n<!-- time: 4m -->\n\n<!-- one [pause] two -->\n\n\
        ---\n\n# B {#b}\n\n<!-- optional -->\n\n<!-- three -->\n\n---\n\n<!-- section: Rest -->\n\n# C\n\n<!-- four -->\n";
    let (_project, pack) = built(text, ["--only", "speaker"]);
    let told = ask("pdftotext", &["-layout", "speaker.pdf", "-"], &pack.join("speaker.pdf"));
    for part in [
        "Slot 30:00",
        "Speaking 25:00",
        "Questions 5:00",
        "0:00–10:00 · 10:00",
        "10:00–25:00 · 15:00",
        "4:00",
        "6:00",
        "[pause]",
        "optional",
        "Why so?",
        "Because.",
        "See slide 2",
    ] {
        assert!(told.contains(part), "no {part:?} in\n{told}");
    }
    let plain = plain(&pack.join("speaker.pdf"));
    assert!(plain.contains("/S /GoTo"), "the answer leads to its slide");
}

#[test]
fn a_handout_has_the_questions_that_have_an_answer() {
    let text = "---\ntitle: Q\nlang: en\nqa:\n  - ask: Why so?\n    answer: Because.\n    slide: b\n  - ask: What if not?\n---\n\n\
        # A\n\n<!-- said -->\n\n```qa\nask: And here?\nanswer: Here too.\n```\n\n---\n\n# B {#b}\n\n<!-- backup -->\n";
    let kept = "- ask: From the room?\n  answer: Yes, all of it.\n  state: answered\n\
                - ask: Not for paper?\n  answer: Nobody reads this.\n  state: hidden\n";
    let project = crate::project::Project::new().file("t/talk.md", text).file("t/qa.yaml", kept);
    project.run_all(&["build", "t", "--only", "handout"]).exit(0);
    let pdf = project.path("dist/t/handout.pdf");
    let told = ask("pdftotext", &["-layout", "handout.pdf", "-"], &pdf);
    let places = [
        "Questions and answers",
        "Why so?",
        "Because.",
        "See slide 2",
        "From the room?",
        "And here?",
        "Here too.",
        "Backup",
    ];
    let mut at = 0;
    for part in places {
        at += told[at..].find(part).unwrap_or_else(|| panic!("no {part:?} in its order: {told}"));
    }
    assert!(!told.contains("What if not?") && !told.contains("Not for paper?") && !told.contains("Nobody"), "{told}");
    assert_sound(&pdf);
    project.run_all(&["build", "t", "--only", "handout", "--handout", "3up"]).exit(0);
    assert!(!ask("pdftotext", &["handout.pdf", "-"], &pdf).contains("Why so?"), "slides and lines only");
}

#[test]
fn the_glossary_ends_every_handout() {
    let terms: String = (0..80).map(|n| format!("  T{n:02}X: meaning <{n}> & more\n")).collect();
    let text = format!("---\ntitle: Terms\nlang: en\nglossary:\n{terms}---\n\n# One\n\n<!-- said -->\n");
    for handout in ["notes", "4up"] {
        let (_project, pack) = built(&text, ["--only", "handout", "--handout", handout]);
        let pdf = pack.join("handout.pdf");
        assert_sound(&pdf);
        let pages = page_lines(&pdf, "-layout");
        let told = pages.concat().join("\n");
        let heading = told.find("Glossary").expect("a heading");
        let mut at = heading;
        for n in 0..80 {
            let place = told[at..].find(&format!("T{n:02}X")).unwrap_or_else(|| panic!("{handout}: T{n:02}X in order"));
            at += place;
            assert!(told[at..].lines().next().unwrap().ends_with(&format!("meaning <{n}> & more")), "{handout}: {n}");
        }
        let last = pages.iter().rfind(|page| !page.is_empty()).unwrap().last().unwrap();
        let count = super::pages(&pdf);
        assert!(last.ends_with(&format!("{count} / {count}")), "{handout}: {last}");
    }
}

#[test]
fn a_character_of_a_note_that_no_font_has_is_found_once() {
    let talk = "---\ntitle: T\nlang: en\nduration: 20m\n---\n\n# One\n\n<!-- Fine. -->\n\n---\n\n# Two\n\n\
                <!-- First fine. -->\n\n<!-- Then \u{10abcd} and \u{10abcd}. -->\n";
    let project = crate::project::Project::new().file("t/talk.md", talk);
    let run = project.run(["build", "t", "--only", "handout,speaker", "--format", "short"]).exit(0);
    let told = run.stderr();
    assert_eq!(told.matches("[missing-glyph]").count(), 1, "{told}");
    assert!(told.contains("t/talk.md:17:6: warning[missing-glyph]: no font has `\u{10abcd}` (U+10ABCD)"), "{told}");
}

/// Words that fill this many lines of a note.
fn said(lines: usize) -> String {
    // About 105 characters stand on a line.
    "Words that are said about this slide, and fill the line from its left end to its right end: 100 of them. "
        .repeat(lines)
}

#[test]
fn a_handout_fills_its_pages() {
    let slides: Vec<String> = (1..=12).map(|n| format!("# Slide {n}\n\n<!-- {} -->\n", said(11))).collect();
    let text = format!("---\ntitle: Full\nlang: en\nduration: 3h\n---\n\n{}", slides.join("\n---\n\n"));
    let (_project, pack) = built(&text, ["--only", "handout"]);
    let pages = page_lines(&pack.join("handout.pdf"), "-layout");
    // A slide with its notes is more than half a page: each would stand alone.
    let count = super::pages(&pack.join("handout.pdf"));
    assert!(count <= 9, "{count}");
    let lines = |page: &[String]| page.iter().filter(|line| line.contains("line") || line.contains("said")).count();
    assert!(pages[..count].iter().all(|page| lines(page) >= 3), "{pages:?}");
}

#[test]
fn a_few_terms_stand_where_backup_slides_leave_room() {
    let text = format!(
        "---\ntitle: T\nlang: en\nglossary: {{AAS: sessions}}\n---\n\n# One\n\n<!-- {} -->\n\n---\n\n# Two\n\n\
         <!-- backup -->\n\n<!-- {} -->\n",
        said(9),
        said(25),
    );
    let (_project, pack) = built(&text, ["--only", "handout"]);
    let pages = page_lines(&pack.join("handout.pdf"), "-layout");
    let of = |word: &str| pages.iter().position(|page| page.iter().any(|line| line.contains(word)));
    assert_eq!((of("Glossary"), of("sessions"), of("Backup slides")), (Some(0), Some(0), Some(1)), "{pages:?}");
    assert_eq!(super::pages(&pack.join("handout.pdf")), 2, "{pages:?}");
}
