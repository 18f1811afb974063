use std::fmt::Write as _;

use crate::escape::html as escaped;
use crate::export::print::labels::{filled, label};
use crate::paper::Sheet;

/// What all pages of a paper have in common.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// The talk's title.
    pub title: &'a str,
    /// A line below it.
    pub subtitle: Option<&'a str>,
    /// Who speaks.
    pub speakers: Vec<&'a str>,
    /// The day of the talk.
    pub date: Option<String>,
    /// The talk's language.
    pub lang: &'a str,
    /// `handout` or `run-sheet`: the class of its pages, and what it is called.
    pub kind: &'static str,
    /// What it is printed on.
    pub sheet: Sheet,
    /// Width and height of a slide.
    pub slide: (u32, u32),
}

/// What a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The first and the last slide, counted from 1.
    pub slides: Option<(usize, usize)>,
    /// The page's number and how many there are.
    pub page: (usize, usize),
}

impl Paper<'_> {
    /// A page around `content`; without any, the box with `data-area` is where columns go.
    #[must_use]
    pub fn page(&self, shown: Shown, content: &str) -> String {
        let mut out = format!("<section class=\"page {}\">\n<header class=\"running\" data-running>", self.kind);
        let _ = write!(out, "<span class=\"running-title\" dir=\"auto\">{}</span>", escaped(self.title));
        let _ = writeln!(out, "<span class=\"running-by\" dir=\"auto\">{}</span></header>", escaped(&self.by()));
        let _ = writeln!(out, "<div class=\"area\" data-area>{content}</div>");
        let slides = match shown.slides {
            Some((first, last)) if first == last => filled(self.lang, "slide", &first.to_string()),
            Some((first, last)) => filled(self.lang, "slides", &format!("{first}–{last}")),
            None => String::new(),
        };
        let (page, pages) = shown.page;
        let place = filled(self.lang, "page", &format!("{page} / {pages}"));
        let _ = writeln!(
            out,
            "<footer class=\"foot\" data-running><span>{slides}</span><span>{place}</span></footer>\n</section>"
        );
        out
    }

    /// What opens the paper, above its first slide: title, who speaks and when.
    pub(super) fn opening(&self, below: &str) -> String {
        let mut out = String::from("<header class=\"opening\" data-keep-next>\n");
        let _ = writeln!(out, "<p class=\"kicker\">{}</p>", label(self.lang, self.kind));
        let _ = writeln!(out, "<h1 dir=\"auto\">{}</h1>", escaped(self.title));
        for line in [self.subtitle.map(str::to_owned), Some(self.by())].into_iter().flatten() {
            if !line.is_empty() {
                let _ = writeln!(out, "<p class=\"by\" dir=\"auto\">{}</p>", escaped(&line));
            }
        }
        out.push_str(below);
        out.push_str("</header>\n");
        out
    }

    /// Speakers and date.
    fn by(&self) -> String {
        let mut parts = vec![self.speakers.join(", ")];
        parts.extend(self.date.clone());
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    /// The box that a slide is drawn into, counted from 0; the column's width gives its height.
    pub(super) fn shot(&self, index: usize) -> String {
        let (width, height) = self.slide;
        format!("<div class=\"shot\" style=\"aspect-ratio:{width}/{height}\" data-slide=\"{index}\"></div>\n")
    }
}

/// All rules of papers on `sheet`; `css` is the theme's.
#[must_use]
pub fn style(css: &str, sheet: Sheet) -> String {
    let size = sheet.pixels();
    format!(":root{{--sheet-width:{}px;--sheet-height:{}px;}}\n{css}", size.width, size.height)
}
