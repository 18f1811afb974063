//! The talk as plain data, before any dialect.

use super::Language;
use super::chance::Chance;
use super::phrases::{self, Pair};
use super::snippets::SNIPPETS;

/// One thing on a slide.
pub(crate) enum Block {
    Heading(usize, String),
    Paragraph(String),
    /// Level (0 or 1) and text of each item.
    Bullets(Vec<(usize, String)>),
    Numbered(Vec<String>),
    Table(Vec<String>, Vec<Vec<String>>),
    Code(&'static str, String),
    Quote(String),
    Picture(Picture),
    Columns(Vec<Vec<Block>>),
    /// Figure with its unit, and what it measures.
    Figures(Vec<(String, String)>),
}

/// A picture file and its alternative text.
pub(crate) struct Picture {
    pub(crate) kind: PictureKind,
    pub(crate) number: u32,
    pub(crate) alt: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureKind {
    Svg,
    Png,
}

impl Picture {
    /// Where it lies below the talk's folder.
    pub(crate) fn path(&self) -> String {
        match self.kind {
            PictureKind::Svg => format!("img/steps-{:03}.svg", self.number),
            PictureKind::Png => format!("img/depth-{:03}.png", self.number),
        }
    }
}

/// A slide with its speaker note.
pub(crate) struct Slide {
    pub(crate) layout: Option<&'static str>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) note: String,
}

impl Slide {
    pub(crate) fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.blocks.iter().filter_map(|block| if let Block::Picture(picture) = block { Some(picture) } else { None })
    }
}

/// The first `count` slides.
pub(crate) fn talk(count: u32, language: Language) -> Vec<Slide> {
    (1..=count).map(|index| Speech::new(language, index).slide()).collect()
}

/// `pair` in the language of the whole talk.
pub(crate) fn in_main_language(pair: Pair, language: Language) -> &'static str {
    if language == Language::En { pair.0 } else { pair.1 }
}

/// Makes one slide.
struct Speech {
    chance: Chance,
    language: Language,
    index: u32,
}

impl Speech {
    fn new(language: Language, index: u32) -> Self {
        let topic = match language {
            Language::En => "slide en",
            Language::Zh => "slide zh",
            Language::Mixed => "slide mixed",
        };
        Self { chance: Chance::new(topic, index), language, index }
    }

    fn slide(mut self) -> Slide {
        let (round, kind) = (self.index / 10, self.index % 10);
        let (layout, blocks) = match (self.index, kind) {
            (1, _) => (Some("title"), self.title()),
            (_, 1) => (Some("section"), self.section(round)),
            (_, 2) => (None, vec![self.heading(), self.bullets(4, 2)]),
            (_, 3) => (None, vec![self.heading(), self.code(round)]),
            (_, 4) => (None, vec![self.heading(), self.table(), self.sentence()]),
            (_, 5) => (None, vec![self.heading(), self.picture(PictureKind::Svg, round + 1)]),
            (_, 6) => (None, vec![self.heading(), self.columns()]),
            (_, 7) => (None, vec![self.heading(), self.numbered()]),
            (_, 8) => (None, vec![self.heading(), self.code(round + 2), self.sentence()]),
            (_, 9) if round % 2 == 0 => (None, vec![self.heading(), self.picture(PictureKind::Png, round / 2 + 1)]),
            (_, 9) => (None, vec![self.heading(), self.quote(), self.bullets(2, 0)]),
            _ => (None, vec![self.heading(), self.figures()]),
        };
        let count = if self.chance.percent(35) { 2 } else { 1 };
        let notes = self.chance.sample(phrases::NOTES, count);
        let note = notes.into_iter().map(|pair| self.say(*pair)).collect::<Vec<_>>().join("\n\n");
        Slide { layout, blocks, note }
    }

    fn title(&mut self) -> Vec<Block> {
        let pick = |pair| in_main_language(pair, self.language).to_owned();
        vec![
            Block::Heading(1, pick(phrases::TITLE)),
            Block::Paragraph(pick(phrases::SUBTITLE)),
            Block::Paragraph(pick(phrases::SPEAKER)),
        ]
    }

    fn section(&mut self, round: u32) -> Vec<Block> {
        let pair = phrases::SECTIONS[(round as usize + phrases::SECTIONS.len() - 1) % phrases::SECTIONS.len()];
        vec![Block::Heading(1, format!("{round}. {}", self.say(pair))), self.sentence()]
    }

    fn heading(&mut self) -> Block {
        let pair = *self.chance.pick(phrases::HEADINGS);
        Block::Heading(2, self.say(pair))
    }

    fn sentence(&mut self) -> Block {
        let pair = *self.chance.pick(phrases::SENTENCES);
        Block::Paragraph(self.say(pair))
    }

    fn quote(&mut self) -> Block {
        let pair = *self.chance.pick(phrases::QUOTES);
        Block::Quote(self.say(pair))
    }

    fn bullets(&mut self, count: usize, details: usize) -> Block {
        let mut items = Vec::new();
        for (at, pair) in self.chance.sample(phrases::BULLETS, count).into_iter().enumerate() {
            let chinese = self.is_chinese();
            items.push((0, self.say_in(*pair, chinese)));
            if at < details {
                let detail = *self.chance.pick(phrases::DETAILS);
                items.push((1, self.say_in(detail, chinese)));
            }
        }
        Block::Bullets(items)
    }

    fn numbered(&mut self) -> Block {
        let pairs = self.chance.sample(phrases::BULLETS, 5);
        Block::Numbered(pairs.into_iter().map(|pair| self.say(*pair)).collect())
    }

    fn columns(&mut self) -> Block {
        let column = |speech: &mut Self| {
            let detail = *speech.chance.pick(phrases::DETAILS);
            vec![Block::Heading(3, speech.say(detail)), speech.bullets(2, 0)]
        };
        Block::Columns(vec![column(self), column(self)])
    }

    fn table(&mut self) -> Block {
        let (head, rows) = self.chance.pick(phrases::TABLES);
        let chinese = self.is_chinese();
        let pick = |pair: &Pair| if chinese { pair.1 } else { pair.0 }.to_owned();
        let rows = rows
            .iter()
            .map(|name| {
                let (a, b, c) = (self.chance.between(20, 980), self.chance.between(1, 99), self.chance.between(0, 9));
                vec![pick(name), a.to_string(), format!("**{b}.{c}**"), self.chance.between(1, 60).to_string()]
            })
            .collect();
        Block::Table(head.iter().map(pick).collect(), rows)
    }

    fn code(&mut self, round: u32) -> Block {
        let (language, pieces) = SNIPPETS[round as usize % SNIPPETS.len()];
        let note = *self.chance.pick(phrases::COMMENTS);
        let note = self.say(note);
        let n = self.chance.between(2, 60);
        let piece = self.chance.pick(&pieces);
        let filled = piece
            .replace("{note}", &note)
            .replace("{n}", &n.to_string())
            .replace("{m}", &(n + self.chance.between(3, 90)).to_string())
            .replace("{i}", &self.index.to_string());
        Block::Code(language, filled)
    }

    fn picture(&mut self, kind: PictureKind, number: u32) -> Block {
        let pair = phrases::PICTURES[usize::from(kind == PictureKind::Png)];
        Block::Picture(Picture { kind, number, alt: self.say(pair) })
    }

    fn figures(&mut self) -> Block {
        let chosen = self.chance.sample(phrases::FIGURES, 3);
        let figure = |(pair, unit): &(Pair, &str)| (format!("{} {unit}", self.chance.between(2, 99)), self.say(*pair));
        Block::Figures(chosen.into_iter().map(figure).collect())
    }

    /// The language of the next piece of text.
    fn is_chinese(&mut self) -> bool {
        match self.language {
            Language::En => false,
            Language::Zh => true,
            Language::Mixed => self.chance.percent(60),
        }
    }

    fn say(&mut self, pair: Pair) -> String {
        let chinese = self.is_chinese();
        self.say_in(pair, chinese)
    }

    /// `pair` with its blanks filled in.
    fn say_in(&mut self, pair: Pair, chinese: bool) -> String {
        let part = *self.chance.pick(phrases::PARTS);
        let n = self.chance.between(2, 95);
        let text = if chinese { pair.1 } else { pair.0 }
            .replace("{part}", if chinese { part.1 } else { part.0 })
            .replace("{tool}", self.chance.pick::<&str>(phrases::TOOLS))
            .replace("{n}", &n.to_string())
            .replace("{m}", &(n + self.chance.between(3, 300)).to_string());
        let mut characters = text.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    }
}
