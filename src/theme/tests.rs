use crate::diagnostic::Diagnostics;
use crate::source::{MemoryLoader, Sources, Span, Spanned};
use crate::theme::{Registry, Theme};

fn load(name: &str, files: &MemoryLoader) -> (Theme, Vec<String>) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let at = sources.add("talk.md", name);
    let wanted = Spanned::new(name.to_owned(), Span::new(at, 0, name.len()));
    let theme = Registry.load(Some(&wanted), files, &mut sources, &mut diagnostics);
    let found = diagnostics
        .iter()
        .map(|found| {
            let place = found.span.map_or("-", |span| sources.snippet(span));
            format!("{} {place:?}: {} ({})", found.code.name, found.message, found.hints.join("; "))
        })
        .collect();
    (theme, found)
}

#[test]
fn a_child_replaces_tokens_and_fonts_key_by_key_and_adds_css_after_its_parent() {
    let files = MemoryLoader::default()
        .with("a/theme.yaml", "name: a\nextends: ../b\ntokens: {ink: \"#111\", scale: 1.0}\nfonts: {mono: [Mono A]}\n")
        .with("a/theme.css", ".slide{color:red}")
        .with("a/layouts/title.html", "child")
        .with("b/theme.yaml", "tokens: {ink: \"#222\", paper: white}\nfonts: {body: [Body B], mono: [Mono B]}\n")
        .with("b/theme.css", ".slide{color:blue}")
        .with("b/layouts/title.html", "parent")
        .with("b/layouts/end.html", "end");
    let (theme, found) = load("./a", &files);
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(
        theme.css,
        ":root{--ink:#111;--paper:white;--scale:1.0;--font-body:\"Body B\",\"Inter\",\"Noto Sans SC\",\"Noto Emoji\",\"Retell Fallback\";\
         --font-mono:\"Mono A\",\"Inter\",\"Noto Sans SC\",\"Noto Emoji\",\"Retell Fallback\";}\n\
         .slide{color:blue}\n.slide{color:red}\n"
    );
    assert_eq!(theme.layouts["title"], "child");
    assert_eq!(theme.layouts["end"], "end");
}

#[test]
fn the_other_ground_turns_inverted_slides_papers_and_screens() {
    let of = |background: &str, twin: &str| {
        let yaml = format!("tokens: {{background: \"{background}\", ink: \"#777\", twin-background: \"{twin}\"}}\n");
        load("t", &MemoryLoader::default().with("t/theme.yaml", yaml)).0
    };
    let (light, dark) = (of("#fff", "#111"), of("#111", "#fff"));
    for theme in [&light, &dark] {
        assert!(theme.css.contains(".slide.invert{--background:#"), "{}", theme.css);
    }
    assert!(light.sheet.contains("@media screen and (prefers-color-scheme: dark){:root{--background:#111;}\n}"));
    assert!(dark.sheet.contains("@media print, screen and (prefers-color-scheme: light){:root{--background:#fff;}\n}"));
    assert!(dark.sheet.contains("@media print{.sheet-head{--band:1;--strong:var(--accent);--background:#111;}\n}"));
    assert!(
        dark.document.contains(":root{--background:#fff;}") && !light.document.contains(":root{--background:#111;}")
    );
    assert_eq!(dark.inverted().tokens["background"], "#fff");
    assert!(!dark.spare_of_ink().tokens.contains_key("twin-background"));
}

#[test]
fn mistakes_in_a_theme_file_are_all_reported_at_their_place() {
    let files = MemoryLoader::default().with(
        "t/theme.yaml",
        "nmae: t\ntokens:\n  Ink: red\n  ink: \"a;b\"\nfonts: {bdy: [X], files: [x.ttf, y.ttf]}\nlayouts: [wide]\n",
    );
    let files = files.with("t/y.ttf", "no font");
    let (_, found) = load("t", &files);
    assert_eq!(
        found,
        [
            "unknown-key \"nmae\": a theme has no key `nmae` (did you mean `name`?)",
            "invalid-theme \"Ink\": `Ink` can't be the name of a token (use lower-case letters, digits and hyphens, \
             as in `code-background`)",
            "invalid-theme \"\\\"a;b\\\"\": `a;b` can't be the value of a token (a token is one CSS value without \
             `;`, braces, `<` or `url()`; put rules into `theme.css`)",
            "unknown-key \"bdy\": a theme has no key `bdy` (did you mean `body`?)",
            "invalid-theme \"wide\": `layouts/wide.html` can't be read: no such file (add the file, or take the name \
             out of `layouts`)",
            "unreadable-font \"x.ttf\": the font `x.ttf` can't be read: no such file ()",
            "unreadable-font \"y.ttf\": `y.ttf` is not a font (use a TrueType, OpenType or WOFF2 file)",
        ]
    );
}

#[test]
fn a_circle_of_themes_ends() {
    let files = MemoryLoader::default().with("a/theme.yaml", "extends: ../b").with("b/theme.yaml", "extends: ../a");
    let (_, found) = load("a", &files);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("invalid-theme \"../a\": this theme extends itself"), "{}", found[0]);
}

#[test]
fn an_unknown_theme_names_the_known_ones() {
    let (theme, found) = load("papr", &MemoryLoader::default());
    assert_eq!(theme.name, "paper");
    assert!(found[0].contains("did you mean `paper`?"), "{}", found[0]);
    let (_, found) = load("../x", &MemoryLoader::default());
    assert!(found[0].starts_with("path-outside-talk"), "{}", found[0]);
}

#[test]
fn only_themes_to_show_are_listed() {
    let names: Vec<String> = Registry.list().into_iter().map(|theme| theme.name).collect();
    assert_eq!(names, ["paper", "night", "blueprint", "terminal", "bold", "ink"]);
}

#[test]
fn yaml_that_is_not_yaml_is_an_error_with_its_place() {
    let (_, found) = load("t", &MemoryLoader::default().with("t/theme.yaml", "name: [a\n"));
    assert!(found[0].starts_with("yaml-syntax"), "{found:?}");
}

#[test]
fn a_key_given_twice_is_an_error_and_its_last_value_counts() {
    let text = "tokens: {ink: black, ink: \"#222\"}\n";
    let (theme, found) = load("t", &MemoryLoader::default().with("t/theme.yaml", text));
    assert!(found[0].starts_with("duplicate-key"), "{found:?}");
    assert!(theme.css.contains("--ink:#222"), "{}", theme.css);
}
