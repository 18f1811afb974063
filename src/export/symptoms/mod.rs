//! What talks say about symptoms, as one page that works without a network.
//!
//! In: talks and their entries. Out: HTML, a plain list that a small script makes searchable. It must not know where the
//! talks lie or how they were read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::escape::html as escape;
use crate::recall::symptoms::{Entry, Origin};
use crate::recall::{Labels, fill};

const SCRIPT: &str = include_str!("search.js");

/// A talk on the page.
#[derive(Clone, Debug)]
pub struct ListedTalk<'t> {
    /// Its title.
    pub title: &'t str,
    /// Where it lies, as people know it.
    pub path: String,
    /// Its day.
    pub date: Option<&'t str>,
    /// Its language as a BCP 47 tag.
    pub lang: &'t str,
    /// What it says.
    pub entries: &'t [Entry],
}

/// The page; `query` stands in its search box. Its words are in the language that most talks have.
#[must_use]
pub fn page(talks: &[ListedTalk<'_>], query: &str) -> String {
    let lang = common_language(talks);
    let labels = Labels::of(lang);
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    let title = escape(&labels.symptoms);
    let mut out = format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", escape(lang));
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{hash}'; \
         style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        concat!(include_str!("../report.css"), include_str!("page.css"))
    );
    let (search, none, query) = (escape(&labels.search), escape(&labels.nothing_found), escape(query));
    let _ = writeln!(
        out,
        "<search hidden><input type=\"search\" aria-label=\"{search}\" placeholder=\"{search}\" value=\"{query}\" \
         autocomplete=\"off\" spellcheck=\"false\">\n<output data-none=\"{none}\"></output></search>\n<ul>"
    );
    for talk in talks {
        talk.entries.iter().for_each(|entry| item(&mut out, talk, entry, labels));
    }
    out.push_str("</ul>\n");
    if talks.iter().all(|talk| talk.entries.is_empty()) {
        let _ = writeln!(out, "<p>{none}</p>");
    }
    let _ = write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The language of most entries, English when there are none.
fn common_language<'t>(talks: &[ListedTalk<'t>]) -> &'t str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for talk in talks {
        *counts.entry(talk.lang).or_default() += talk.entries.len();
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or("en", |(lang, _)| lang)
}

fn item(out: &mut String, talk: &ListedTalk<'_>, entry: &Entry, labels: &Labels) {
    let also = entry.variants.join(" ");
    let also = if also.is_empty() { also } else { format!(" data-also=\"{}\"", escape(&also)) };
    let _ = writeln!(out, "<li lang=\"{}\"{also}>\n<h2>{}</h2>\n<dl>", escape(talk.lang), escape(&entry.when));
    let (means, action) = match entry.origin {
        Origin::Trigger => (&labels.means, &labels.first_action),
        Origin::Recall | Origin::Question => (&labels.why, &labels.answer),
    };
    // What to do comes first where it is an answer, and after its reason where it is an action.
    let mut rows = vec![(means, &entry.means), (action, &entry.action), (&labels.read_on, &entry.see)];
    if entry.origin != Origin::Trigger {
        rows.swap(0, 1);
    }
    for (label, text) in rows {
        if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
            let _ = writeln!(out, "<dt>{}<dd>{}", escape(label), escape(text));
        }
    }
    let slide = entry.slide.as_ref().map(|slide| {
        let number = fill(&labels.slide, &[("n", &slide.number.to_string())]);
        format!(" · {} {}", escape(&number), escape(&slide.title))
    });
    let date = talk.date.map(|date| format!(" · {}", escape(date))).unwrap_or_default();
    let (title, path, slide) = (escape(talk.title), escape(&talk.path), slide.unwrap_or_default());
    let _ = writeln!(out, "</dl>\n<p class=\"place\"><span title=\"{path}\">{title}</span>{date}{slide}</p>\n</li>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lets_its_own_script_run_and_escapes_what_talks_say() {
        let entry = Entry {
            origin: Origin::Trigger,
            when: "</script><b>".to_owned(),
            means: None,
            action: Some("a & b".to_owned()),
            see: None,
            variants: vec!["\" onclick=\"".to_owned()],
            slide: None,
        };
        let talk = ListedTalk {
            title: "T",
            path: "t".to_owned(),
            date: None,
            lang: "ja",
            entries: std::slice::from_ref(&entry),
        };
        let page = page(&[talk], "\"><script>");
        assert!(page.contains("<html lang=\"ja\">") && page.contains("<h1>症状</h1>"));
        assert!(page.contains("<h2>&lt;/script&gt;&lt;b&gt;</h2>") && page.contains("<dd>a &amp; b"));
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(!page.contains(" onclick=\""), "{page}");
        let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(script));
        assert!(page.contains(&format!("script-src 'sha256-{hash}'")));
    }
}
