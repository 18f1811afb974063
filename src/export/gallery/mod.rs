//! A page that shows the packs of several talks, to be published with them.
//!
//! In: what each talk says of itself, and which files its pack has. Out: HTML without a script, which asks no other
//! server. It must not know where talks lie or how their packs are made.

mod labels;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use labels::Labels;

use crate::escape::{html as escape, segment};
use crate::talk::{Level, Meta};

/// A talk on the page.
#[derive(Clone, Debug)]
pub struct ListedTalk<'t> {
    /// What it says of itself.
    pub meta: &'t Meta,
    /// How many slides it shows.
    pub slides: usize,
    /// The folder of its pack, beside the page.
    pub folder: String,
    /// The names of the files of its pack.
    pub files: Vec<String>,
}

/// Width and height of a cover in pixels.
const COVER: (u32, u32) = (1200, 630);

/// The page of `talks`, the latest first and those without a day last; `title` stands in place of a word for talks in
/// the language that most of them have.
#[must_use]
pub fn page(talks: &[ListedTalk<'_>], title: Option<&str>) -> String {
    let lang = common_language(talks);
    let labels = Labels::of(lang);
    let title = escape(title.unwrap_or(labels.talks));
    let mut talks: Vec<&ListedTalk<'_>> = talks.iter().collect();
    // A talk without a day is smaller than all that have one.
    talks.sort_by(|a, b| b.meta.date.cmp(&a.meta.date).then_with(|| a.folder.cmp(&b.folder)));
    let mut out = format!("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", escape(lang));
    let _ = writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src 'self' file: data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{}</p>\n</header>\n<main>",
        include_str!("gallery.css"),
        labels.count(talks.len())
    );
    for talk in talks {
        card(&mut out, talk);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The language of most talks, English when there are none.
fn common_language<'t>(talks: &[ListedTalk<'t>]) -> &'t str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for talk in talks {
        *counts.entry(&talk.meta.lang).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or("en", |(lang, _)| lang)
}

fn card(out: &mut String, talk: &ListedTalk<'_>) {
    let (meta, labels) = (talk.meta, Labels::of(&talk.meta.lang));
    let has = |name: &str| talk.files.iter().any(|file| file == name);
    let folder = segment(&talk.folder);
    let _ = writeln!(out, "<article lang=\"{}\">", escape(&meta.lang));
    let title = escape(&meta.title);
    let heading =
        if has("index.html") { format!("<a href=\"{folder}/index.html\">{title}</a>") } else { title.clone() };
    let _ = writeln!(out, "<h2>{heading}</h2>");
    if let Some(subtitle) = &meta.subtitle {
        let _ = writeln!(out, "<p class=\"subtitle\">{}</p>", escape(subtitle));
    }
    if has("cover.png") {
        let (width, height) = COVER;
        // The title stands right below it.
        let _ = writeln!(
            out,
            "<img src=\"{folder}/cover.png\" alt=\"\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
        );
    }
    let speakers: Vec<&str> = meta.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let day = meta.date.map(|day| format!("<time datetime=\"{day}\">{day}</time>"));
    let by = Some(escape(&speakers.join(labels.comma))).filter(|names| !names.is_empty());
    line(out, "by", &[by, day]);
    let length = meta.duration.as_ref().map(|slot| labels.length(minutes(slot.value)));
    let language = format!("<span lang=\"{0}\">{1}</span>", escape(&meta.lang), escape(language(&meta.lang)));
    line(out, "facts", &[length, Some(labels.slides(talk.slides)), Some(language)]);
    if let Some(audience) = audience(meta, labels) {
        let _ = writeln!(out, "<p class=\"audience\">{}</p>", escape(&audience));
    }
    let links = [
        ("index.html", labels.deck),
        ("slides.pdf", labels.slides_pdf),
        ("handout.pdf", labels.handout),
        ("follow-up.html", labels.self_test),
        ("follow-up.pdf", labels.sheet),
    ];
    let links: Vec<String> = links
        .iter()
        .filter(|(file, _)| has(file))
        .map(|(file, label)| {
            // Read out of its card, a link has to say which talk it leads to.
            format!("<li><a href=\"{folder}/{file}\" aria-label=\"{label}: {title}\">{label}</a></li>")
        })
        .collect();
    let _ = writeln!(out, "<ul>{}</ul>\n</article>", links.concat());
}

/// A paragraph of what there is, with dots between.
fn line(out: &mut String, class: &str, parts: &[Option<String>]) {
    let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    if !parts.is_empty() {
        let _ = writeln!(out, "<p class=\"{class}\">{}</p>", parts.join(" · "));
    }
}

/// Whom it is for and how well they know the field, as far as the talk says.
fn audience(meta: &Meta, labels: &Labels) -> Option<String> {
    let audience = meta.audience.as_ref()?;
    let who = audience.who.as_deref().map(|who| match who {
        "team" => labels.team,
        "engineering" => labels.engineering,
        "company" => labels.company,
        other => other,
    });
    let level = audience.level.map(|level| match level {
        Level::Expert => labels.expert,
        Level::Familiar => labels.familiar,
        Level::Mixed => labels.mixed,
        Level::New => labels.new,
        Level::NonTechnical => labels.non_technical,
    });
    let parts: Vec<&str> = who.into_iter().chain(level).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// `time` in minutes, rounded up: nobody goes before the end.
fn minutes(time: Duration) -> u64 {
    time.as_secs().div_ceil(60)
}

/// What a language calls itself; its tag where that is not known.
fn language(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or(tag) {
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fr" => "Français",
        "ja" => "日本語",
        "ko" => "한국어",
        "zh" => "中文",
        _ => tag,
    }
}
