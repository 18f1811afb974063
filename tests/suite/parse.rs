//! Every file of `tests/cases/parse` is read; what came out is kept in `tests/snapshots/parse`.
//! A name that starts with `err-` promises findings, any other promises none.

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use retell::diagnostic::{Diagnostics, Severity};
use retell::parse::parse;
use retell::source::{DiskLoader, MemoryLoader, Sources, Span};
use retell::talk::{Block, BlockKind, Inline, InlineKind, Talk};

fn read(name: &str, bytes: &[u8], loader: &MemoryLoader) -> (Sources, Talk, Diagnostics) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let talk = parse(&mut sources, name, bytes, loader, &mut diagnostics);
    diagnostics.sort();
    (sources, talk, diagnostics)
}

/// Findings as `file:line:col severity[code] message`, hints beneath.
fn findings(sources: &Sources, diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    let place = |span: Span| {
        let source = sources.get(span.source);
        let at = source.location(span.start);
        format!("{}:{}:{}", source.name(), at.line, at.column)
    };
    for found in diagnostics.iter() {
        let at = found.span.map(place).unwrap_or_default();
        let _ = writeln!(out, "{at} {}[{}] {}", found.severity.name(), found.code.name, found.message);
        for (span, label) in &found.labels {
            let _ = writeln!(out, "    {}: {label}", place(*span));
        }
        for hint in &found.hints {
            let _ = writeln!(out, "    hint: {hint}");
        }
    }
    out
}

/// The talk as readable text: spans shown as the text they cover.
fn dump(sources: &Sources, talk: &Talk) -> String {
    let text = format!("{talk:#?}\n");
    // `Span { source: SourceId(0), start: 1, end: 2 }` over five lines becomes one word.
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim_end();
        if let Some(head) = trimmed.strip_suffix("Span {") {
            let mut numbers = Vec::new();
            for inner in lines.by_ref() {
                if inner.trim().starts_with('}') {
                    break;
                }
                numbers.extend(inner.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse::<usize>().ok()));
            }
            let _ = writeln!(
                out,
                "{head}{}..{}",
                numbers.get(numbers.len().saturating_sub(2)).unwrap_or(&0),
                numbers.last().unwrap_or(&0)
            );
        } else if ![": None,", ": [],", ": {},", ": false,"].iter().any(|end| trimmed.ends_with(end)) {
            // What is empty goes unsaid.
            let _ = writeln!(out, "{}", trimmed.replacen("    ", " ", 40));
        }
    }
    let mut covered = String::new();
    each_span(talk, &mut |span, what| {
        let _ = writeln!(covered, "{what}: {:?}", sources.snippet(span));
    });
    format!("{out}--- places\n{covered}")
}

/// Visits the places of all blocks and inlines on slides.
fn each_span(talk: &Talk, visit: &mut dyn FnMut(Span, &str)) {
    for slide in &talk.slides {
        visit(slide.span, "slide");
        blocks(&slide.blocks, visit);
        slide.footnotes.iter().for_each(|footnote| blocks(&footnote.blocks, visit));
        for note in &slide.notes {
            visit(note.span, "note");
            blocks(&note.blocks, visit);
        }
        slide.recall.iter().for_each(|item| inlines(&item.ask, visit));
    }
}

fn blocks(all: &[Block], visit: &mut dyn FnMut(Span, &str)) {
    for block in all {
        let name = format!("{:?}", block.kind);
        visit(block.span, name.split([' ', '(']).next().unwrap_or_default());
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => inlines(content, visit),
            BlockKind::List(list) => {
                for item in &list.items {
                    visit(item.span, "Item");
                    blocks(&item.blocks, visit);
                }
            }
            BlockKind::Descriptions(items) => {
                for item in items {
                    inlines(&item.term, visit);
                    item.details.iter().for_each(|detail| blocks(detail, visit));
                }
            }
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Container { blocks: inner, .. } => {
                blocks(inner, visit);
            }
            BlockKind::Table(table) => {
                table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| inlines(cell, visit));
            }
            BlockKind::Code(_) | BlockKind::Diagram(_) | BlockKind::Math(_) | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn inlines(all: &[Inline], visit: &mut dyn FnMut(Span, &str)) {
    for inline in all {
        let name = format!("{:?}", inline.kind);
        visit(inline.span, name.split([' ', '(']).next().unwrap_or_default());
        match &inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner)
            | InlineKind::Highlight(inner)
            | InlineKind::Superscript(inner)
            | InlineKind::Subscript(inner)
            | InlineKind::Link { content: inner, .. } => inlines(inner, visit),
            _ => {}
        }
    }
}

#[test]
fn cases_read_as_kept() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut names: Vec<_> =
        std::fs::read_dir(root.join("cases/parse")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|end| end == "md"));
    names.sort();
    assert!(names.len() > 20, "the cases are gone");
    let other = MemoryLoader::default()
        .with("part.md", "---\ntitle: not used\n---\n\n# From another file\n\n- `code`\n\n---\n\n## Its second slide\n")
        .with("loop.md", "# Loop\n\n<!-- include: loop.md -->\n");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/parse");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in names {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let (sources, talk, diagnostics) = read("talk.md", &bytes, &other);
            let found = findings(&sources, &diagnostics);
            assert_eq!(name.starts_with("err-"), !found.is_empty(), "{name}:\n{found}");
            let text = if name.starts_with("err-") {
                let titles: Vec<_> = talk.slides.iter().map(|slide| slide.id.as_str()).collect();
                format!("{found}--- slides: {}\n", titles.join(", "))
            } else {
                dump(&sources, &talk)
            };
            insta::assert_snapshot!(name, text);
        }
    });
}

#[test]
fn the_sample_talk_reads_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("talks/rds-deep-dive");
    let bytes = std::fs::read(folder.join("talk.md")).unwrap();
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let talk = parse(&mut sources, "talk.md", &bytes, &DiskLoader::new(folder), &mut diagnostics);
    assert_eq!(findings(&sources, &diagnostics), "");
    assert!(talk.slides.len() > 25 && talk.slides.iter().all(|slide| !slide.notes.is_empty()));
    assert_eq!((talk.meta.lang.as_str(), talk.meta.questions.len()), ("zh-CN", 6));
    assert_eq!(talk.slides.iter().map(|slide| slide.recall.len()).sum::<usize>(), 7);
    assert!(talk.slides.iter().any(|slide| slide.steps > 1), "no slide goes step by step");
}

/// A text of `count` slides, and what it must be read as.
fn slides_of(text: &str) -> (usize, Vec<&'static str>) {
    let (_, talk, diagnostics) = read("talk.md", text.as_bytes(), &MemoryLoader::default());
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error).map(|found| found.code.name);
    (talk.slides.len(), errors.collect())
}

#[test]
fn huge_and_deep_texts_answer_in_time() {
    for unit in
        [">", "> ", "[", "*", "**a ", "*a **a ", "`", "$", "~", "^[", "^", "==", "![", "<", "<!--", "&", "_a ", "- "]
    {
        let (slides, _) = slides_of(&unit.repeat(20_000));
        assert!(slides <= 1, "{unit}");
    }
    let nested = format!("{}{}\n", "**a *b ".repeat(150), "c* d**".repeat(150));
    assert_eq!(slides_of(&nested), (1, vec!["nesting-too-deep"]));
    for unit in [
        "::: a\n",
        ":::\n",
        "```x\n\n---\n\n",
        "~~~\n",
        "- a\n\n",
        "<!-- x\n\n---\n\n",
        "> > a\n",
        "a\n---\n",
        "[^a]: b\n",
        "| a |\n|---|\n",
    ] {
        slides_of(&unit.repeat(5_000));
    }
    assert_eq!(slides_of(&"# a\n\n---\n\n".repeat(5_000)).1, Vec::<&str>::new());
    let (slides, errors) = slides_of(&"# a\n\n---\n\n".repeat(10_050));
    assert_eq!((slides, errors), (10_000, vec!["too-many-slides"]));
    let (slides, errors) = slides_of(&"x".repeat(50 * 1024 * 1024));
    assert_eq!((slides, errors), (0, vec!["file-too-large"]));
    assert!(slides_of(&">".repeat(100_000)).1.contains(&"nesting-too-deep"));
    assert!(slides_of(&format!("---\na: {}\n---\n# b\n", "[".repeat(100))).1.contains(&"nesting-too-deep"));
    // The test fails by the time limit of the runner: quadratic time would take hours.
}

#[test]
fn places_are_those_of_the_file_with_bom_and_crlf() {
    let text = "\u{feff}---\r\ntitle: x\r\n---\r\n\r\n# 标题 *a*\r\n\r\n> - **b**\r\n>   `c`\r\n\r\n<!--\r\n  note [click]\r\n-->\r\n";
    let (sources, talk, diagnostics) = read("talk.md", text.as_bytes(), &MemoryLoader::default());
    assert_eq!(findings(&sources, &diagnostics), "");
    let mut found = Vec::new();
    each_span(&talk, &mut |span, what| found.push(format!("{what} {}", sources.snippet(span))));
    for place in ["Text 标题 ", "Emphasis *a*", "Strong **b**", "Code `c`", "Text note [click]"] {
        assert!(found.iter().any(|found| found == place), "{place}: {found:#?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let (sources, _, diagnostics) = read("talk.md", b"---\ntitle: a\n---\n# b\xff\n", &MemoryLoader::default());
    assert_eq!(
        findings(&sources, &diagnostics),
        "talk.md:4:4 error[not-utf8] this is not UTF-8: byte 0xff\n    hint: save the file as UTF-8 in your editor\n"
    );
}

fn check_any(text: &str) {
    let (sources, talk, diagnostics) = read("talk.md", text.as_bytes(), &MemoryLoader::default());
    let valid = |span: Span| {
        let text = sources.get(span.source).text();
        span.start <= span.end && text.get(span.start..span.end).is_some()
    };
    each_span(&talk, &mut |span, what| assert!(valid(span), "{what} {span:?} in {text:?}"));
    for found in diagnostics.iter() {
        assert!(found.span.is_none_or(valid), "{found:?} in {text:?}");
        assert!(found.labels.iter().all(|(span, _)| valid(*span)));
    }
    let mut ids: Vec<_> = talk.slides.iter().map(|slide| &slide.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), talk.slides.len(), "ids repeat in {text:?}");
    assert!(!talk.meta.title.is_empty() && !talk.meta.lang.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check_any(&text);
    }

    #[test]
    fn any_mix_of_marks_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("\n"), Just("\r\n"), Just("\n\n"), Just("---\n"), Just("\n\n---\n\n"), Just("# "), Just("```sql {1|2}\n"),
        Just("```\n"), Just("::: steps\n"), Just(":::\n"), Just("<!-- "), Just(" -->"), Just("pause"), Just("class: a"),
        Just("- "), Just("> "), Just("1. "), Just("中文"), Just("word "), Just("**"), Just("`"), Just("$"), Just("[^1]"),
        Just("[^1]: "), Just("^[x]"), Just("| a | b |\n"), Just("|---|---|\n"), Just("![bg left:40%](x.png)"), Just("{#id .c k=v}"),
        Just("title: x\n"), Just("qa: [{ask: 中}]\n"), Just("```recall #a\nask: b\n  c\n```\n"), Just("    "), Just("\t"), Just(": "),
        Just("\u{feff}"), Just("\0"), Just("é"), Just("~~"), Just("<div>"), Just("*a*"), Just("[l](u)"), Just("\\"),
    ], 0..40)) {
        check_any(&parts.concat());
    }
}
