//! The talk's own file: encoding, size, front matter, what it leaves open, and where it may be read.

use std::fs;

use super::{build, project, refused, talk};
use crate::project::Project;

#[test]
fn bytes_that_are_not_utf_8_have_a_place() {
    refused(&project(b"---\ntitle: T\n---\n\n# A\xff\n\nx\n"), "t/talk.md:5:4: error[not-utf8]: ");
}

#[test]
fn marks_and_line_ends_of_other_systems_are_read() {
    for text in ["\u{feff}", ""] {
        for end in ["\r\n", "\r", "\n"] {
            let text = format!("{text}{}", talk("Words.")).replace('\n', end);
            build(&project(text)).exit(0).stderr_is("");
        }
    }
}

#[test]
fn front_matter_is_asked_for_and_has_to_end() {
    refused(&project(""), "t/talk.md:1:1: error[empty-talk]: ");
    build(&project("# A\n\nx\n")).exit(0).stderr_contains("t/talk.md:1:1: warning[missing-front-matter]: ");
    refused(&project("---\ntitle: T\n\n# A\n\nx\n"), "t/talk.md:1:1: error[unclosed-front-matter]: ");
}

#[test]
fn fences_and_containers_have_to_end() {
    refused(&project(talk("```sql\nSELECT 1;")), "t/talk.md:8:1: error[unclosed-fence]: ");
    refused(&project(talk("::: card\nx")), "t/talk.md:8:1: error[unclosed-container]: ");
}

#[test]
fn a_talk_of_50_mb_is_refused_before_it_is_read() {
    refused(&project("x".repeat(50_000_000)), "error[file-too-large]: can't read `t/talk.md`: the file has 48 MiB");
}

#[test]
fn a_failed_build_keeps_the_old_pack() {
    let project = project(talk("Words."));
    build(&project).exit(0);
    let page = project.read("dist/t/index.html");
    let before = project.files();
    fs::write(project.path("t/talk.md"), talk("![a](no.png)")).unwrap();
    build(&project).exit(1).stderr_contains("t/talk.md:8:1: error[missing-image]: ");
    assert_eq!((project.files(), project.read("dist/t/index.html")), (before, page));
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::new().file("t/talk.md", talk("Words.")).folder("closed");
    fs::set_permissions(project.path("closed"), fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(project.path("closed/probe"), "").is_ok() {
        eprintln!("skipped: permissions mean nothing to this user");
        return;
    }
    project.run(["build", "t", "-o", "closed/out"]).exit(1).stderr_contains("error[not-written]: ");
}

#[test]
fn control_characters_never_reach_the_terminal_or_the_pack() {
    let title = "A\u{1b}[31mB\u{7}\u{202e}C\u{200b}\u{9b}31m";
    let text =
        format!("---\ntitle: \"T\\e[31m\\u202E\\a\"\nlang: en\nk\u{1b}[2J: 1\n---\n\n# {title}\n\n[x](#\u{1b}[2J)\n");
    let run = project(&text).run(["check", "t"]).exit(1);
    let harmful =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(run.stderr().find(harmful), None, "{:?}", run.stderr());
    let project = project(text.replace("k\u{1b}[2J: 1\n", "").replace("[x](#\u{1b}[2J)", "x"));
    build(&project).exit(0);
    let page = project.read("dist/t/index.html");
    assert_eq!(page.find(|c: char| c.is_control() && c != '\n' && c != '\t'), None);
}
