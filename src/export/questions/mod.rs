//! The questions with their answers, for other tools.
//!
//! In: a [`crate::recall::FollowUp`]. Out: a table (`questions.csv`), a page to read (`questions.md`) and a quiz for
//! learning platforms such as Moodle (`questions.gift`). All of them have the probe, marked, since they are the
//! speaker's own; what is handed out before the last round must not hold it.

mod csv;
mod gift;
mod markdown;

pub use csv::csv;
pub use gift::gift;
pub use markdown::markdown;

use crate::recall::{FollowUp, Item, fill};

/// `text` on one line, without control characters.
fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Where the answer stands, as `Slide 12 · Title`.
fn place(item: &Item, follow_up: &FollowUp) -> String {
    let number = item.slide.number.to_string();
    let slide = fill(&follow_up.labels().slide, &[("n", &number)]);
    format!("{slide} · {}", line(&item.slide.title))
}
