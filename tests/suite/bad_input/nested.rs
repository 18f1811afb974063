//! Nesting without end, in every language that a talk holds.

use super::{build, project, refused, talk};

#[test]
fn yaml_is_bounded() {
    let deep = format!("---\ntitle: T\nrecall: {}{}\n---\n\n# A\n\nx\n", "[".repeat(100), "]".repeat(100));
    refused(&project(deep), "t/talk.md:3:");
    let letters: Vec<char> = ('a'..='i').collect();
    let mut bomb = "---\ntitle: T\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for pair in letters.windows(2) {
        let alias = format!("*{},", pair[0]).repeat(9);
        bomb.push_str(&format!("{0}: &{0} [{alias}]\n", pair[1]));
    }
    refused(&project(bomb + "---\n\n# A\n\nx\n"), "error[nesting-too-deep]: ");
}

#[test]
fn markdown_is_bounded() {
    for deep in [
        format!("{} x", ">".repeat(150)),
        (0..150).map(|level| format!("{}- x\n", "  ".repeat(level))).collect(),
        format!("{}x\n{}", "::: card\n".repeat(150), ":::\n".repeat(150)),
    ] {
        refused(&project(talk(&deep)), "error[nesting-too-deep]: ");
    }
}

#[test]
fn what_pairs_up_is_read_in_bounded_time() {
    for text in ["*a **b ".repeat(3000), "[".repeat(10_000), "[a](b ".repeat(3000), "`a ``b ".repeat(3000)] {
        build(&project(talk(&text))).exit(1).stderr_contains("error[overflow]: ");
    }
}

#[test]
fn html_is_bounded() {
    for tag in ["div", "b", "span", "table><tr><td"] {
        let html = format!("<{tag}>").repeat(20_000);
        refused(&project(talk(&html)), "error[nesting-too-deep]: ");
    }
}

#[test]
fn css_is_bounded() {
    for css in ["a{".repeat(50_000), format!("p{{width:calc({}1px", "(".repeat(50_000)), ":not(".repeat(50_000)] {
        refused(&project(talk("x")).file("t/style.css", css), "t/style.css:1:");
    }
}

#[test]
fn drawings_are_bounded() {
    for depth in [100_000, 300] {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}{}</svg>",
            "<g>".repeat(depth),
            "</g>".repeat(depth)
        );
        refused(&project(talk("![a](a.svg)")).file("t/a.svg", svg), "t/talk.md:8:1: error[unreadable-image]: ");
    }
}

#[test]
fn formulas_are_bounded() {
    for formula in [
        r"\def\a{\a\a}\a".to_owned(),
        format!(r"\def\a{{\b\b}}\def\b{{\c\c}}\def\c{{{}}}{}", "x".repeat(1000), r"\a".repeat(300)),
        format!("{}x{}", "{".repeat(3000), "}".repeat(3000)),
        format!("{}x{}", r"\sqrt{".repeat(1000), "}".repeat(1000)),
    ] {
        refused(&project(talk(&format!("${formula}$"))), "t/talk.md:8:1: error[math-syntax]: ");
    }
}
