use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::escape::html as escaped;
use crate::export::sheet::Sheet;
use crate::export::sheet::front::{reach, titles};
use crate::export::sheet::pieces::labelled;
use crate::export::sheet::self_test::self_test;

/// What runs the self-test.
const SCRIPT: &str = concat!("\"use strict\";\n", include_str!("result.js"), include_str!("self-test.js"));

/// A font that the page holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetFont {
    /// The family by which CSS asks for it.
    pub family: String,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The WOFF2 file.
    pub woff2: Vec<u8>,
}

impl Sheet<'_> {
    /// `follow-up.html`; `css` is the theme's.
    #[must_use]
    pub fn page(&self, css: &str, fonts: &[SheetFont]) -> String {
        let follow_up = self.follow_up;
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
            escaped(&follow_up.lang)
        );
        let hash = STANDARD.encode(Sha256::digest(SCRIPT));
        let _ = writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{hash}'; \
             style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">"
        );
        let labels = follow_up.labels();
        let _ = writeln!(out, "<title>{} – {}</title>\n<style>", escaped(&follow_up.title), escaped(&labels.follow_up));
        for font in fonts {
            out.push_str(&font_face(font));
        }
        out.push_str(&style(css));
        out.push_str("</style>\n</head>\n<body>\n");
        out.push_str(&self.body());
        let _ = writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>");
        out
    }

    /// Everything that `follow-up.html` may come to show, for finding out which letters its fonts need.
    #[must_use]
    pub fn letters(&self) -> String {
        let labels = self.follow_up.labels();
        let ascii: String = (' '..='~').collect();
        let words = escaped(&[labels.progress.as_str(), &labels.copied, "0123456789"].concat());
        let score = escaped(&[labels.score.as_str(), "0123456789."].concat());
        let line = escaped(&ascii);
        let body = self.body();
        format!("{body}<p>{words}</p><p class=\"score\">{score}</p><p class=\"line-letters\">{line}</p>")
    }

    /// What `follow-up.html` shows, hidden parts and all.
    #[must_use]
    pub fn body(&self) -> String {
        let mut out = String::from("<header class=\"top on-screen\">\n");
        titles(self, "h1", &mut out);
        reach(self, false, &mut out);
        if let Some(takeaway) = &self.follow_up.takeaway {
            let takeaway = format!("<strong>{}</strong>", escaped(takeaway));
            labelled(&mut out, "takeaway", &self.follow_up.labels().takeaway, &takeaway);
        }
        out.push_str("</header>\n<main>\n");
        if !self.follow_up.items.is_empty() {
            out.push_str(&self_test(self));
        }
        let _ = writeln!(out, "<div class=\"sheet\">\n{}{}</div>\n</main>", self.front(), self.back());
        out
    }
}

/// The same with nothing hidden.
#[must_use]
pub fn style_of_letters(css: &str) -> String {
    let shown = "body :not(#hidden#part):not(script) { display: block !important; }\n\
                 .line-letters { font-family: var(--font-mono); }\n";
    style(css) + shown
}

/// All rules of the sheet: those of the screen, then the theme's, which win.
#[must_use]
pub fn style(css: &str) -> String {
    format!("{}{css}", super::SELF_TEST_CSS).replace("</", "<\\/")
}

fn font_face(font: &SheetFont) -> String {
    let family: String = font.family.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '\n')).collect();
    format!(
        "@font-face{{font-family:\"{family}\";font-weight:{};font-style:{};font-display:block;\
         src:url(data:font/woff2;base64,{}) format(\"woff2\")}}\n",
        font.weight,
        if font.italic { "italic" } else { "normal" },
        STANDARD.encode(&font.woff2),
    )
}
