//! Everything that is shown, as axe-core and a screen reader meet it, in light and dark.

use super::axe::assert_accessible;
use super::chromium::Chromium;
use super::player_page;
use crate::built::{SAMPLE, pack};

/// The themes of the sample talk in which slides are looked at: its own, which is light, and a dark one.
const THEMES: [Option<&str>; 2] = [None, Some("night")];

fn sample(theme: Option<&str>) -> Chromium {
    Chromium::open(&pack(SAMPLE, theme).join("index.html"), "")
}

#[test]
fn slides_are_sound() {
    for theme in THEMES {
        let deck = sample(theme);
        let ids: Vec<String> = deck.eval("[...document.querySelectorAll('main > .slide')].map(slide => slide.id)");
        for id in ids {
            // With every step: what waits is hidden from all.
            deck.act(&format!("location.hash = '#{id}/99'"));
            deck.wait_until(&format!("document.querySelector('.is-current').id === '{id}'"));
            assert_accessible(&deck, &format!("{theme:?} #{id}"));
        }
        assert_eq!(deck.errors(), Vec::<String>::new());
    }
}

#[test]
fn panels_are_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let decks = [sample(None), sample(Some("night")), Chromium::open(&player_page::write(folder.path()), "#code")];
    for (index, deck) in decks.iter().enumerate() {
        for key in ["o", "?"] {
            deck.press(key);
            deck.wait_until("document.querySelector('dialog[open]') !== null");
            assert_accessible(deck, &format!("deck {index}, `{key}`"));
            deck.press("Escape");
            deck.wait_until("document.querySelector('dialog[open]') === null");
        }
        deck.press("g");
        deck.type_text("1");
        deck.wait_until("document.querySelector('.goto-list button') !== null");
        assert_accessible(deck, &format!("deck {index}, go to"));
        deck.press("Escape");
        deck.wait_until("document.querySelector('dialog[open]') === null");
        deck.press("d");
        deck.point_at(640.0, 690.0);
        deck.wait_until("document.querySelector('.toolbar').matches('.is-near')");
        assert_accessible(deck, &format!("deck {index}, pen and bar"));
        deck.press("Escape");
        deck.press("b");
        assert_accessible(deck, &format!("deck {index}, black"));
        assert_eq!(deck.errors(), Vec::<String>::new());
    }
}
