//! A deck to one self-contained page.
//!
//! In: a [`Deck`] whose pictures are `data:` URLs, and the fonts it uses. Out: the text of `index.html`, which works
//! from a file without a network. It knows nothing of how slides were made, nor where the page will lie.

mod ask;
mod bundle;
mod json;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::deck::Deck;
use crate::escape::html as escape;
use crate::rehearsal::Expectation;
use crate::timing::Budget;

pub use ask::{Takeaways, ask_page};
pub use json::data;

/// A font that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebFont {
    /// The family by which CSS asks for it.
    pub family: String,
    /// CSS weight.
    pub weight: u16,
    /// Whether it slants.
    pub italic: bool,
    /// The font itself.
    pub data: FontData,
}

/// Where the page has a font from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FontData {
    /// The page holds it, as a WOFF2 file.
    Woff2(Vec<u8>),
    /// The page's server has it at this path.
    Path(String),
}

/// For whom the page is, and where it lives.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageOptions<'a> {
    /// What the speaker's page has more than that of the audience: with `None` no note, plan or prepared question is in it.
    pub speaker: Option<Speaker<'a>>,
    /// Who serves the page.
    pub host: Host<'a>,
    /// What previews of links to the page show.
    pub cover: Option<Cover<'a>>,
}

/// A picture for previews of links to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover<'a> {
    /// Where it lies, as seen from the page.
    pub path: &'a str,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// The times that the presenter view shows; notes and questions come with the deck.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'a> {
    /// What the slot is divided into.
    pub budget: Option<Budget>,
    /// The day of the talk, as `2026-12-04`.
    pub date: Option<&'a str>,
    /// What is known of each slide of the deck before it is held.
    pub slides: &'a [Expectation],
}

/// Who serves the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host<'a> {
    /// Nobody: it is a file that holds everything.
    #[default]
    File,
    /// The live preview.
    Live {
        /// The path of its event stream.
        events: &'a str,
        /// Which state of the talk the page shows.
        revision: &'a str,
    },
    /// A room that follows the speaker.
    Room {
        /// The path of its web socket.
        socket: &'a str,
        /// `speaker`, `remote` or `viewer`.
        role: &'a str,
    },
}

/// The mark in the browser's tab; without one, browsers ask the server for it.
const ICON: &str = "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'\
    %3E%3Crect width='32' height='32' rx='8' fill='%230f766e'/%3E%3Cpath d='M9 22V10h14v9H14z' fill='none' stroke='%23fff' \
    stroke-width='3' stroke-linejoin='round'/%3E%3C/svg%3E\">";

/// The whole page: slides, styles, fonts, data and player.
///
/// Its policy lets nothing run but the player and nothing load but what the page itself holds, or its server has.
#[must_use]
pub fn html(deck: &Deck, fonts: &[WebFont], options: &PageOptions<'_>) -> String {
    let player = bundle::player(&options.host, &deck.lang);
    let mut out = String::with_capacity(deck.slides.iter().map(|slide| slide.html.len()).sum::<usize>() + 200_000);
    let _ = writeln!(out, "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">", escape(&deck.lang));
    let is_served = options.host != Host::File;
    let policy = policy(&player.script, is_served);
    let _ = writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    if is_served {
        let _ = writeln!(out, "{ICON}");
    }
    let _ = writeln!(out, "<title>{}</title>", escape(&deck.title));
    if !deck.description.is_empty() {
        let _ = writeln!(out, "<meta name=\"description\" content=\"{}\">", escape(&deck.description));
    }
    if let Some(cover) = &options.cover {
        preview(&mut out, deck, cover);
    }
    if !fonts.is_empty() {
        out.push_str("<style>\n");
        for font in fonts {
            out.push_str(&font_face(font));
        }
        out.push_str("</style>\n");
    }
    let _ = writeln!(out, "<style class=\"deck-style\">\n{}</style>\n<style>\n{}</style>", deck.css, player.style);
    out.push_str("</head>\n<body>\n<main class=\"deck\">\n");
    for slide in &deck.slides {
        out.push_str(&slide.html);
        out.push('\n');
    }
    out.push_str("</main>\n<script type=\"application/json\">");
    out.push_str(&data(deck, options));
    out.push_str("</script>\n<script>");
    out.push_str(&player.script);
    out.push_str("</script>\n</body>\n</html>\n");
    out
}

/// What sites show of a link to the page, in the words of the Open Graph protocol; nothing of it is loaded by the page.
fn preview(out: &mut String, deck: &Deck, cover: &Cover<'_>) {
    let (width, height) = (cover.size.0.to_string(), cover.size.1.to_string());
    for (property, content) in [
        ("og:type", "website"),
        ("og:title", &deck.title),
        ("og:description", &deck.description),
        ("og:image", cover.path),
        ("og:image:width", &width),
        ("og:image:height", &height),
    ] {
        if !content.is_empty() {
            let _ = writeln!(out, "<meta property=\"{property}\" content=\"{}\">", escape(content));
        }
    }
    out.push_str("<meta name=\"twitter:card\" content=\"summary_large_image\">\n");
}

/// The page's content security policy. Styles stand in elements all over a slide, so inline ones are let in.
fn policy(script: &str, served: bool) -> String {
    let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
    let (also, connect) = if served { (" 'self'", " connect-src 'self';") } else { ("", "") };
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src data:{also}; \
         font-src data:{also};{connect} base-uri 'none'; form-action 'none'"
    )
}

fn font_face(font: &WebFont) -> String {
    let family: String = font.family.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '\n')).collect();
    let source = match &font.data {
        FontData::Woff2(bytes) => format!("url(data:font/woff2;base64,{}) format(\"woff2\")", STANDARD.encode(bytes)),
        FontData::Path(path) => format!("url(\"{}\")", path.replace(['"', '\\', '<', '\n'], "")),
    };
    format!(
        "@font-face{{font-family:\"{family}\";font-weight:{};font-style:{};font-display:block;src:{source}}}\n",
        font.weight,
        if font.italic { "italic" } else { "normal" },
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Cover, FontData, PageOptions, Speaker, WebFont, html};
    use crate::deck::{Deck, DeckSlide, Prompt};
    use crate::rehearsal::Expectation;
    use crate::source::{SourceId, Span};

    pub(super) fn deck() -> Deck {
        Deck {
            title: "A & B".to_owned(),
            description: "\"so\"".to_owned(),
            lang: "en".to_owned(),
            size: (1280, 720),
            css: "a{}\n".to_owned(),
            fonts: Vec::new(),
            slides: vec![DeckSlide {
                id: "one".to_owned(),
                html: "<section class=\"slide\" id=\"one\"></section>".to_owned(),
                steps: 2,
                title: Some("</script><!--".to_owned()),
                section: None,
                backup: false,
                optional: true,
                notes: "<p>secret</p>".to_owned(),
                questions: vec![Prompt { ask: "hidden?".to_owned(), answer: None, ..Prompt::default() }],
                span: Span::new(SourceId::default(), 0, 0),
            }],
            images: BTreeMap::new(),
            labels: BTreeMap::from([("page".to_owned(), "Page".to_owned())]),
            questions: vec![Prompt { ask: "covert?".to_owned(), answer: Some("no".to_owned()), ..Prompt::default() }],
        }
    }

    #[test]
    fn the_page_holds_everything_and_its_data_cannot_end_a_script() {
        let font =
            WebFont { family: "Inter".to_owned(), weight: 700, italic: false, data: FontData::Woff2(vec![1, 2, 3]) };
        let page = html(&deck(), &[font], &PageOptions::default());
        assert!(page.contains("<title>A &amp; B</title>"));
        assert!(page.contains("content=\"&quot;so&quot;\""));
        assert!(page.contains("src:url(data:font/woff2;base64,AQID)"));
        assert_eq!(page.matches("</script").count(), 2);
        let data = page.split_once("type=\"application/json\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["slides"][0]["title"], "</script><!--");
        assert_eq!(data["slides"][0]["steps"], 2);
    }

    #[test]
    fn only_the_speaker_gets_notes_plan_and_questions() {
        let slides = [Expectation { key: "0f".to_owned(), plan: Some(75.5), expected: None }];
        let speaker = Speaker { budget: None, date: None, slides: &slides };
        let page = html(&deck(), &[], &PageOptions { speaker: Some(speaker), ..PageOptions::default() });
        for shown in ["secret", "hidden?", "covert?", "\"optional\":true", "\"plan\":75.5"] {
            assert!(page.contains(shown), "{shown}");
            assert!(!html(&deck(), &[], &PageOptions::default()).contains(shown), "{shown}");
        }
    }

    #[test]
    fn previews_of_links_show_the_cover_where_there_is_one() {
        let cover = Cover { path: "cover.png", size: (1200, 630) };
        let page = html(&deck(), &[], &PageOptions { cover: Some(cover), ..PageOptions::default() });
        for meta in [
            "<meta property=\"og:title\" content=\"A &amp; B\">",
            "<meta property=\"og:description\" content=\"&quot;so&quot;\">",
            "<meta property=\"og:image\" content=\"cover.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
        ] {
            assert!(page.contains(meta), "{meta}");
        }
        assert!(!html(&deck(), &[], &PageOptions::default()).contains("property=\"og:"));
    }

    #[test]
    fn the_policy_names_the_script_as_it_stands_in_the_page() {
        use base64::Engine as _;
        use sha2::Digest as _;
        let page = html(&deck(), &[], &PageOptions::default());
        let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script));
        assert!(page.contains(&format!("'sha256-{hash}'")));
    }
}
