//! Talks that are too much of something.

use super::{build, project, refused, talk};

#[test]
fn five_thousand_slides_are_built() {
    let slide = |n: usize| format!("# Slide {n}\n\n- one\n- two **bold** and `code`\n");
    let slides: Vec<String> = (1..=5000).map(slide).collect();
    let project = project(format!("---\ntitle: T\nlang: en\n---\n\n{}", slides.join("\n---\n\n")));
    build(&project).exit(0).stderr_is("").stdout_contains("5000 slides");
    assert_eq!(project.read("dist/t/index.html").matches("<section").count(), 5000);
}

#[test]
fn a_slide_with_far_too_much_on_it_is_one_finding() {
    for body in [
        "x".repeat(1_000_000),
        "word ".repeat(220_000),
        format!("```rust\n{}```", "let a = 1; // x\n".repeat(100_000)),
        format!("|{}\n|{}\n|{}", "a|".repeat(10_000), "-|".repeat(10_000), "b|".repeat(10_000)),
        "- a\n".repeat(60_000),
        "$x^2$ ".repeat(5_000),
    ] {
        refused(&project(talk(&body)), "error[overflow]: ");
    }
}

#[test]
fn a_long_title_is_cut_in_messages() {
    let project = project(format!("---\ntitle: T\nlang: en\n---\n\n# {}\n\ntext\n", "long ".repeat(20_000)));
    let run = build(&project).exit(1).stderr_contains("error[overflow]: ");
    assert!(run.stderr().lines().all(|line| line.len() < 600), "{}", run.stderr().len());
}

#[test]
fn huge_diagrams_are_refused() {
    let flow: String = (0..5000).map(|n| format!("  A{n} --> A{}\n", n * 7 % 900)).collect();
    let diagram = format!("```mermaid\nflowchart LR\n{flow}```");
    refused(&project(talk(&diagram)), "t/talk.md:8:1: error[diagram-syntax]: ");
}
