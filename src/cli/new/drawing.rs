//! The drawings of an outline, in the colours of its theme and with words of its example.

use std::collections::BTreeMap;

use super::Language;
use super::outline::Outline;
use super::words::{OWN, Word, words};

/// A drawing by its path in the talk, with places for colours and words.
struct Drawing {
    path: &'static str,
    svg: &'static str,
    /// What is to be drawn in its stead, in Chinese and English.
    own: [&'static str; 2],
}

impl Drawing {
    /// The SVG with `words`, and in the colours of the theme whose `tokens` these are.
    fn drawn(&self, words: &[Word], language: Language, tokens: &BTreeMap<String, String>) -> String {
        let own = match language {
            Language::Zh => self.own[0],
            Language::En => self.own[1],
        };
        // Where the accent is the red of warnings, what is well is drawn in the colour of notes.
        let calm = if tokens.get("accent") == tokens.get("caution") { "note" } else { "accent" };
        let calm = tokens.get(calm).map_or("", String::as_str);
        let tokens = tokens.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let places = [("own", own), ("calm", calm)].into_iter().chain(words.iter().copied()).chain(tokens);
        places.fold(self.svg.to_owned(), |svg, (name, text)| svg.replace(&format!("{{{{{name}}}}}"), text))
    }
}

const DRAWINGS: [Drawing; 4] = [
    Drawing { path: "img/chart.svg", svg: include_str!("chart.svg"), own: OWN[0] },
    Drawing { path: "img/lines.svg", svg: include_str!("lines.svg"), own: OWN[1] },
    Drawing { path: "img/bars.svg", svg: include_str!("bars.svg"), own: OWN[2] },
    Drawing { path: "img/road.svg", svg: include_str!("road.svg"), own: OWN[3] },
];

/// The drawings that `talk` shows, by their path; `tokens` are those of its theme.
pub(super) fn drawings(
    talk: &str,
    outline: Outline,
    language: Language,
    tokens: &BTreeMap<String, String>,
) -> Vec<(&'static str, String)> {
    let shown = DRAWINGS.iter().filter(|drawing| talk.contains(drawing.path));
    let words = words(outline, language);
    shown.map(|drawing| (drawing.path, drawing.drawn(&words, language, tokens))).collect()
}
