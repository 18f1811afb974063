//! The deck in a real Chromium: keys, steps, links, dialogs, screen readers, paper, and no scripting.
//!
//! `chromium` drives any number of pages; `player_page` writes the page that these tests open.

mod accessible;
mod asking;
mod asking_looks;
mod axe;
mod chromium;
mod deck;
mod dialogs;
mod follow_up;
mod follow_up_pages;
mod gallery;
mod harness;
mod links;
mod live;
mod live_client;
mod pace;
mod pack;
pub(crate) mod pictures;
mod player_page;
mod presenter;
mod presenter_access;
mod presenter_looks;
mod presenter_times;
mod preview_server;
mod reading;
mod rehearsed;
mod room;
mod served_access;
mod serving;
mod sharing;
mod talk_clock;
mod teleprompter;
mod times;
mod tools;
mod windows;

pub(crate) use chromium::{Chromium, address};
