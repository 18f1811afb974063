//! The deck in a real Chromium: keys, steps, links, dialogs, screen readers, paper, and no scripting.
//!
//! `chromium` drives any number of pages; `player_page` writes the page that these tests open.

mod chromium;
mod deck;
mod dialogs;
mod links;
mod pack;
mod player_page;
mod reading;

pub(crate) use chromium::Chromium;
