//! The times of a talk to one self-contained page: a chart on the slot's axis, and tables.
//!
//! In: a [`Sheet`]. Out: the text of the page, in the talk's language, which works from a file without a network; without
//! scripting too, but for the parts of an estimate beside the chart. It knows nothing of how times were estimated, nor
//! where the page will lie.

mod chart;
mod details;
mod figures;
mod items;
mod labels;
mod labels_en;
mod labels_ja;
mod labels_zh;
mod summary;
mod tables;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::timing::Sheet;

use figures::escape;
use items::items;
use labels::Words;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = concat!(
    include_str!("../report.css"),
    include_str!("page.css"),
    include_str!("chart.css"),
    include_str!("surroundings.css")
);

/// The whole page. Its policy lets its own script and style in, and nothing else.
#[must_use]
pub fn time(sheet: &Sheet) -> String {
    let words = Words::of(&sheet.lang);
    let items = items(sheet);
    let title = escape(&sheet.title);
    let mut out = String::with_capacity(50_000 + 2_000 * items.len());
    let _ = writeln!(out, "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">", words.lang);
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; \
         base-uri 'none'; form-action 'none'\">",
        hash(SCRIPT),
        hash(STYLE)
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let _ = writeln!(out, "<title>{title} · {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>", words.times);
    let _ = writeln!(out, "<h1 lang=\"{}\">{title}</h1>", escape(&sheet.lang));
    summary::summary(sheet, words, &mut out);
    chart::chart(sheet, &items, words, &mut out);
    tables::tables(sheet, words, &mut out);
    let _ = writeln!(out, "</main>\n<script type=\"application/json\">{}</script>", details::data(&items, words));
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests;
