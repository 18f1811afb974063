use std::collections::BTreeMap;

use serde::Serialize;

use crate::deck::Deck;

/// What the player is told.
#[derive(Serialize)]
struct PlayerDeck<'a> {
    title: &'a str,
    lang: &'a str,
    labels: &'a BTreeMap<String, String>,
    slides: Vec<PlayerSlide<'a>>,
}

#[derive(Serialize)]
struct PlayerSlide<'a> {
    id: &'a str,
    title: &'a str,
    steps: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    backup: bool,
}

/// The player's data as JSON that can stand in a script element.
pub(super) fn data(deck: &Deck) -> String {
    let slides = deck
        .slides
        .iter()
        .map(|slide| PlayerSlide {
            id: &slide.id,
            title: slide.title.as_deref().unwrap_or_default(),
            steps: slide.steps,
            section: slide.section.as_deref(),
            backup: slide.backup,
        })
        .collect();
    let deck = PlayerDeck { title: &deck.title, lang: &deck.lang, labels: &deck.labels, slides };
    // Texts and numbers under text keys always serialise.
    serde_json::to_string(&deck).unwrap_or_default().replace('<', "\\u003c")
}
