//! The rules tried on small made-up sources: each must catch its violation and leave good code alone.

use super::rust_text::{code_only, without_tests};
use super::{MAX_FILE_LINES, MAX_FUNCTION_LINES, SourceFile, rules, size};

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn imports_of(path: &str, text: &str) -> Vec<String> {
    rules::imports(&[file(path, text), file("src/export/html.rs", ""), file("src/export/pdf/mod.rs", "")])
}

#[test]
fn a_forbidden_import_is_named_with_file_and_line() {
    let found = imports_of("src/talk/block.rs", "use crate::source::Span;\nuse crate::deck::Html;\n");
    assert_eq!(found, ["src/talk/block.rs:2: `talk` must not use `deck` (it may use: source)"]);
}

#[test]
fn imports_are_found_however_they_are_written() {
    for text in [
        "use crate::{source::Span, deck::{self, Html}};",
        "use crate::{\n    deck as d,\n};",
        "pub(crate) use crate::deck::*;",
        "fn f() -> crate::deck::Html { g() }",
        "use super::super::deck;",
        "fn f() { super::super::deck::g::<u8>() }",
        "use retell::deck;",
    ] {
        let found = imports_of("src/talk/block.rs", text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn comments_strings_and_tests_import_nothing() {
    let text = r##"
        //! [`crate::deck`] comes later.
        use crate::source::Span; // crate::deck
        /* use /* crate::deck; */ crate::deck */
        const A: (&str, &str, char) = ("crate::deck::x", r#"use "crate::deck"::x"#, '"');
        fn f<'a>(x: &'a str) -> char { '\'' }
        #[cfg(test)]
        mod tests { use crate::deck::Html; fn f() { if true { g() } } }
        #[cfg(test)]
        use crate::deck::Html;
    "##;
    assert_eq!(imports_of("src/talk/block.rs", text), [""; 0]);
}

#[test]
fn code_behind_a_test_module_counts() {
    let text = "#[cfg(test)]\nmod tests { fn f() { \"}\"; } }\nuse crate::deck::Html;\n";
    assert_eq!(without_tests(&code_only(text)).trim(), "use crate::deck::Html;");
    assert_eq!(imports_of("src/talk/block.rs", text).len(), 1);
}

#[test]
fn an_unknown_module_is_named() {
    let found = imports_of("src/helpers.rs", "");
    assert_eq!(found, ["src/helpers.rs:1: module `helpers` is not in the import table"]);
}

#[test]
fn exporters_do_not_know_each_other() {
    for text in ["use crate::export::html::page;", "use super::super::html;", "use super::super::{html::page};"] {
        let found = imports_of("src/export/pdf/text.rs", text);
        assert_eq!(found, ["src/export/pdf/text.rs:1: exporters are independent: `pdf` must not use `html`"], "{text}");
    }
    assert_eq!(imports_of("src/export/pdf/text.rs", "use crate::export::pdf::Font;\nuse super::Font;"), [""; 0]);
    assert_eq!(imports_of("src/export/pdf/text.rs", "use crate::export::Edition;"), [""; 0]);
}

#[test]
fn a_circle_is_found() {
    let straight = [file("src/a.rs", "use crate::b;"), file("src/b.rs", "use crate::c;"), file("src/c.rs", "")];
    assert_eq!(rules::cycles(&straight), [""; 0]);
    let circle =
        [file("src/a.rs", "use crate::b;"), file("src/b.rs", "use crate::c;"), file("src/c.rs", "use crate::b;")];
    let found = rules::cycles(&circle);
    assert!(found.iter().any(|line| line.contains("`b` uses c")), "{found:?}");
}

#[test]
fn a_library_outside_its_home_is_found() {
    let homes = |path: &str, text: &str| rules::homes(&[file(path, text)]);
    assert_eq!(homes("src/parse/blocks.rs", "use comrak::{Arena, nodes::AstNode};"), [""; 0]);
    assert_eq!(
        homes("src/deck/blocks.rs", "\nfn f() { comrak::parse_document() }"),
        ["src/deck/blocks.rs:2: `comrak` is only for parse, not for `deck::blocks`"]
    );
    assert_eq!(homes("src/deck/mod.rs", "use comrak as markdown;").len(), 1);
    assert_eq!(homes("src/export/pdf/fonts.rs", "use printpdf::PdfDocument;"), [""; 0]);
    assert_eq!(homes("src/export/html.rs", "use printpdf::PdfDocument;").len(), 1);
    assert_eq!(homes("src/main.rs", "use clap::Parser;").len(), 1);
}

#[test]
fn a_module_of_our_own_may_share_a_librarys_name() {
    let text = "mod style;\nfn f() { style::g() }";
    assert_eq!(rules::homes(&[file("src/theme/mod.rs", text)]), [""; 0]);
    let text = "use crate::theme::style;\nfn f() { style::g() }";
    assert_eq!(rules::homes(&[file("src/deck/mod.rs", text)]), [""; 0]);
}

#[test]
fn files_and_printing_have_homes() {
    let effects = |path: &str, text: &str| rules::effects(&[file(path, text)]);
    for text in ["use std::fs;", "use std::{fs::File, io};", "fn f() { std::fs::read(p) }"] {
        assert_eq!(effects("src/deck/mod.rs", text).len(), 1, "{text}");
        assert_eq!(effects("src/source/loader.rs", text), [""; 0], "{text}");
    }
    assert_eq!(
        effects("src/deck/mod.rs", "\n fn f() { eprintln!(\"x\") }"),
        ["src/deck/mod.rs:2: `eprintln!` is only for cli/, cli.rs"]
    );
    assert_eq!(effects("src/cli/build.rs", "fn f() { println!(\"x\") }"), [""; 0]);
}

#[test]
fn long_files_long_functions_and_deep_folders_are_found() {
    let long = file("src/deck/mod.rs", &"//\n".repeat(MAX_FILE_LINES + 1));
    assert_eq!(size::files(&[long]).len(), 1);
    let body = |lines: usize| format!("impl A {{\n fn f(a: [u8; 2]) {{\n{} }}\n}}", "g(\"}\");\n".repeat(lines));
    assert_eq!(size::functions(&[file("src/deck/mod.rs", &body(MAX_FUNCTION_LINES - 2))]), [""; 0]);
    let found = size::functions(&[file("src/deck/mod.rs", &body(MAX_FUNCTION_LINES - 1))]);
    assert_eq!(found, ["src/deck/mod.rs:2: `f` has 61 lines, at most 60"]);
    assert_eq!(size::folders(&[file("src/export/pdf/text.rs", "")]), [""; 0]);
    assert_eq!(size::folders(&[file("src/export/pdf/text/run.rs", "")]).len(), 1);
}
