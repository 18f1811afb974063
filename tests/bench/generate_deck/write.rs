//! The talk as Markdown of one dialect.

use std::fmt::Write as _;

use super::phrases;
use super::slides::{Block, PictureKind, Slide, in_main_language};
use super::{Dialect, Language};

/// The whole file: front matter and slides.
pub(crate) fn markdown(slides: &[Slide], language: Language, dialect: Dialect) -> String {
    let bodies: Vec<_> = slides.iter().map(|slide| slide_text(slide, dialect)).collect();
    format!("{}\n{}", front_matter(slides.len(), language, dialect), bodies.join("\n---\n\n"))
}

fn front_matter(count: usize, language: Language, dialect: Dialect) -> String {
    let pick = |pair| in_main_language(pair, language);
    let lang = if language == Language::En { "en" } else { "zh-CN" };
    let (title, speaker) = (pick(phrases::TITLE), pick(phrases::SPEAKER));
    match dialect {
        Dialect::Marp => format!(
            "---\nmarp: true\ntheme: default\npaginate: true\nsize: 16:9\nlang: {lang}\ntitle: \"{title}\"\nauthor: \"{speaker}\"\n---\n"
        ),
        Dialect::Retell => format!(
            "---\ntitle: \"{title}\"\nspeaker: \"{speaker}\"\nlang: {lang}\naudience: engineering\nduration: {}m\ntakeaway: \"{}\"\ntheme: paper\naspect: 16:9\npaginate: true\n---\n",
            count.max(5),
            pick(phrases::TAKEAWAY)
        ),
    }
}

fn slide_text(slide: &Slide, dialect: Dialect) -> String {
    let mut parts = Vec::new();
    if let Some(layout) = slide.layout {
        parts.push(match dialect {
            Dialect::Retell => format!("<!-- layout: {layout} -->"),
            Dialect::Marp => "<!-- _class: lead -->".to_owned(),
        });
    }
    parts.extend(slide.blocks.iter().map(|block| block_text(block, dialect)));
    parts.push(match dialect {
        Dialect::Retell => format!("::: notes\n{}\n:::", slide.note),
        Dialect::Marp => format!("<!--\n{}\n-->", slide.note),
    });
    parts.join("\n\n") + "\n"
}

fn block_text(block: &Block, dialect: Dialect) -> String {
    match block {
        Block::Heading(level, text) => format!("{} {text}", "#".repeat(*level)),
        Block::Paragraph(text) => text.clone(),
        Block::Bullets(items) => lines(items.iter().map(|(level, text)| format!("{}- {text}", "  ".repeat(*level)))),
        Block::Numbered(items) => lines(items.iter().enumerate().map(|(at, text)| format!("{}. {text}", at + 1))),
        Block::Table(head, rows) => table_text(head, rows),
        Block::Code(language, text) => format!("```{language}\n{text}\n```"),
        Block::Quote(text) => format!("> {text}"),
        Block::Picture(picture) => {
            // The same size in both: of 1280 px for Marp, of the content's width for Retell.
            let (pixels, percent) = if picture.kind == PictureKind::Svg { (760, 64) } else { (720, 60) };
            match dialect {
                Dialect::Marp => format!("![w:{pixels} {}]({})", picture.alt, picture.path()),
                Dialect::Retell => format!("![{}]({}){{width={percent}%}}", picture.alt, picture.path()),
            }
        }
        Block::Columns(columns) => columns_text(columns, dialect),
        Block::Figures(figures) => figures_text(figures, dialect),
    }
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn table_text(head: &[String], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n| --- |{}", head.join(" | "), " ---: |".repeat(head.len() - 1));
    for row in rows {
        let _ = write!(out, "\n| {} |", row.join(" | "));
    }
    out
}

/// Marp has no columns of its own: there they follow each other.
fn columns_text(columns: &[Vec<Block>], dialect: Dialect) -> String {
    let bodies = columns.iter().map(|blocks| {
        let blocks: Vec<_> = blocks.iter().map(|block| block_text(block, dialect)).collect();
        blocks.join("\n\n")
    });
    match dialect {
        Dialect::Marp => bodies.collect::<Vec<_>>().join("\n\n"),
        Dialect::Retell => {
            let columns: Vec<_> = bodies.map(|body| format!("::: column\n{body}\n:::")).collect();
            format!(":::: columns\n{}\n::::", columns.join("\n\n"))
        }
    }
}

fn figures_text(figures: &[(String, String)], dialect: Dialect) -> String {
    match dialect {
        Dialect::Marp => lines(figures.iter().map(|(figure, what)| format!("- **{figure}** {what}"))),
        Dialect::Retell => {
            let items = lines(figures.iter().map(|(figure, what)| format!("- **{figure}** {what}")));
            format!("::: cards\n{items}\n:::")
        }
    }
}
