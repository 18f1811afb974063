//! The follow-up sheet that attendees take home: two pages of A4, and a page that asks them again later.
//!
//! In: a [`FollowUp`] and a writer of its running text. Out: the HTML of each paper page, for the layout, and
//! `follow-up.html`, which holds the self-test and, for its printer, the same two pages. It works from a file, asks no
//! network and works without scripting. It must not know how pages are laid out, nor what the theme looks like.

mod back;
mod front;
mod page;
mod pieces;
mod self_test;

pub use page::{SheetFont, style, style_of_letters};

use crate::escape;
use crate::recall::{BackLink, FollowUp, Item};
use crate::talk::{Inline, InlineKind};

/// How many symptoms have room on the first page.
pub const SYMPTOMS: usize = 3;

/// How many questions have room on the first page.
pub const QUESTIONS: usize = 7;

/// More lines for notes than a page has.
pub const MANY_LINES: usize = 40;

/// Width and height of A4 in CSS pixels, 96 an inch.
pub const A4: (f64, f64) = (210.0 / 25.4 * 96.0, 297.0 / 25.4 * 96.0);

/// The rules of what only the screen shows; those of the paper are the theme's.
const SELF_TEST_CSS: &str = concat!(include_str!("self-test.css"), include_str!("controls.css"));

/// What the sheet is written from.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    /// The follow-up.
    pub follow_up: &'a FollowUp,
    /// Writes running text as HTML that is safe.
    pub passage: &'a dyn Fn(&[Inline]) -> String,
    /// The address of the deck, to which links to slides add `#id`; without one, slides are named and not linked.
    pub deck: Option<&'a str>,
    /// How many of the questions kept have room on the second page.
    pub kept: usize,
    /// How many lines for notes of one's own have room below them.
    pub lines: usize,
}

impl Sheet<'_> {
    /// The first page, which has no answer on it.
    #[must_use]
    pub fn front(&self) -> String {
        front::front(self)
    }

    /// The second page, with the answers.
    #[must_use]
    pub fn back(&self) -> String {
        back::back(self)
    }

    /// The questions on paper, which the probe is not among.
    fn items(&self) -> impl Iterator<Item = &Item> {
        self.follow_up.practised().take(QUESTIONS)
    }

    /// Running text as HTML; links to slides lead into the deck.
    fn text(&self, content: &[Inline]) -> String {
        (self.passage)(&self.linked(content))
    }

    fn linked(&self, content: &[Inline]) -> Vec<Inline> {
        let mut out = Vec::with_capacity(content.len());
        for inline in content {
            let mut inline = inline.clone();
            match &mut inline.kind {
                InlineKind::Link { target, content, .. } if target.starts_with('#') => {
                    let Some(deck) = self.deck else {
                        out.extend(self.linked(content));
                        continue;
                    };
                    target.insert_str(0, deck);
                }
                InlineKind::Emphasis(content)
                | InlineKind::Strong(content)
                | InlineKind::Strikethrough(content)
                | InlineKind::Highlight(content)
                | InlineKind::Superscript(content)
                | InlineKind::Subscript(content) => *content = self.linked(content),
                _ => {}
            }
            out.push(inline);
        }
        out
    }

    /// The number of a slide, with its title where there is room for that; linked where the deck is known.
    fn place(&self, slide: &BackLink, with_title: bool) -> String {
        let mut name = pieces::label(&self.follow_up.labels().slide, &[("n", &slide.number.to_string())]);
        if with_title {
            name.push_str(" · ");
            name.push_str(&escape::html(&slide.title));
        }
        match self.deck {
            Some(deck) => {
                let address = escape::html(&format!("{deck}#{}", slide.id));
                format!("<a class=\"place\" href=\"{address}\">{name}</a>")
            }
            None => format!("<span class=\"place\">{name}</span>"),
        }
    }
}
