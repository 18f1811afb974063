use crate::project::Project;

/// The names of the themes that can be shown.
fn built_in(project: &Project) -> Vec<String> {
    let listed = project.run(["theme", "list"]).exit(0).stderr_is("").stdout().clone();
    listed.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

#[test]
fn every_built_in_theme_paints_every_kind_of_slide_with_enough_contrast() {
    let project = Project::new();
    let themes = built_in(&project);
    assert!(themes.starts_with(&["paper".to_owned(), "night".to_owned()]), "{themes:?}");
    for theme in themes {
        project.run(["theme", "check", &theme, "--strict"]).exit(0).stderr_is(&format!("{theme}: no problems\n"));
    }
}

#[test]
fn a_new_theme_is_sound_and_builds_its_preview() {
    let project = Project::new();
    for from in built_in(&project) {
        let name = format!("themes/my-{from}");
        project.run(["theme", "new", &name, "--from", &from]).exit(0).stderr_is("");
        project.run(["theme", "check", &name, "--strict"]).exit(0).stdout_is("");
        project.run(["build", &format!("{name}/preview.md"), "--theme", &name, "--only", "slides"]).exit(0);
    }
    project.run(["theme", "new", "themes/my-paper"]).exit(1).stderr_contains("`themes/my-paper` is already there");
    project.run(["theme", "new", "a b"]).exit(2).stderr_contains("can't be the name of a theme");
    project.run(["theme", "new", "x", "--from", "papr"]).exit(2).stderr_contains("did you mean `paper`?");
    project.run(["theme", "preview", "papr"]).exit(2).stderr_contains("there is no theme `papr`");
}

#[test]
fn a_theme_is_faulted_for_its_rules_its_colours_its_fonts_and_its_layouts() {
    let yaml =
        "name: t\nextends: paper\ntokens:\n  muted: \"#aaaaaa\"\nfonts:\n  heading: [Song]\n  files: [song.ttf]\n";
    let project = Project::new()
        .file("t/theme.yaml", yaml)
        .file("t/theme.css", ".slide h2 {\n  text-shadow: 0 1px red;\n  font-size: 12px;\n}\n")
        .file("t/layouts/quote.html", "{{ oops")
        .file("bare/theme.yaml", "name: bare\n");
    let found = project.run(["theme", "check", "t", "--format", "short"]).exit(1).stderr().clone();
    for line in [
        "theme.yaml:4:3: warning[low-contrast]: `muted` on `background` has a contrast of 2.2 : 1",
        "theme.yaml:7:11: error[unreadable-font]: the font `song.ttf` can't be read",
        "theme.yaml:1:1: warning[missing-face]: no font file has the family `Song`",
        "theme.css:2:3: warning[unsupported-css]: `text-shadow`",
        "error[template-error]: `layouts/quote.html`",
        "warning[small-text]",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
    project
        .run(["theme", "check", "bare", "--format", "short"])
        .stderr_contains("warning[missing-layout]: the theme has no layout `end`");
    project
        .run(["theme", "check", "base", "--strict", "--format", "short"])
        .exit(0)
        .stderr_contains("info[abstract-theme]: the theme is only for extending")
        .stderr_contains("base: no problems");
    project
        .run(["theme", "check", "no-such"])
        .exit(1)
        .stderr_contains("error[unknown-theme]: there is no theme `no-such`");
}

#[test]
fn every_kind_of_slide_fits_in_every_format() {
    let project = Project::new();
    project.run(["theme", "new", "sink"]).exit(0);
    let preview = project.read("sink/preview.md");
    for aspect in ["16:9", "16:10", "4:3"] {
        let talk = preview.replacen("\nlang:", &format!("\naspect: {aspect}\nlang:"), 1);
        assert!(talk != preview);
        std::fs::write(project.path("sink/talk.md"), talk).expect("a talk");
        for theme in built_in(&project) {
            project
                .run(["check", "sink", "--theme", &theme, "--strict"])
                .exit(0)
                .stdout_is("sink: 43 slides, no problems\n");
        }
    }
}
