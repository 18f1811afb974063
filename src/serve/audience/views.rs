use serde::Serialize;

use super::event::{Mark, id};
use super::floor::{Floor, Muddy, Question};

/// How many questions a slide for questions shows.
const TOP: usize = 5;

/// The way to the page of the audience.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Way {
    /// Its address.
    pub(crate) address: String,
    /// The same as rows of a QR code, `1` for dark; none where it does not fit into one.
    pub(crate) modules: Vec<String>,
}

/// What everybody's decks show: the question on the screen, the most wanted ones, and the way to the audience's page.
#[derive(Serialize)]
struct Screen<'a> {
    retell: u8,
    kind: &'a str,
    from: &'a str,
    shown: Option<Asked<'a>>,
    top: Vec<Asked<'a>>,
    /// Whether the code is to be shown.
    code: bool,
    way: &'a Way,
}

/// A question as others see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Asked<'a> {
    id: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slide: Option<&'a str>,
    support: u32,
    #[serde(rename = "as")]
    mark: Mark,
    at: &'a str,
}

/// What is new on the floor for a page of the audience, or for the speaker.
#[derive(Serialize)]
struct News<'a> {
    retell: u8,
    kind: &'a str,
    from: &'a str,
    /// Whether this is all there is, and what was known before is to be forgotten.
    all: bool,
    questions: Vec<Asked<'a>>,
    /// The questions that are to be forgotten.
    gone: Vec<String>,
    shown: Option<String>,
    round: bool,
    #[serde(flatten)]
    speaker: Option<ForSpeaker<'a>>,
    /// Names this day's floor, by which a browser keeps what it supports.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<&'a str>,
}

#[derive(Serialize)]
struct ForSpeaker<'a> {
    muddy: Vec<Unclear<'a>>,
    /// How many answered the questions at the end, and whether there are any.
    results: usize,
    closing: bool,
}

#[derive(Serialize)]
struct Unclear<'a> {
    /// Its place among all.
    n: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slide: Option<&'a str>,
}

impl Floor {
    /// This floor with what decks show of it; `before` is the floor that they were told of.
    pub(super) fn on_screen(mut self, way: &Way, before: &Self) -> Self {
        let shown = self.shown.and_then(|number| Some(asked(number, self.questions.get(&number)?)));
        let top = self.waiting().into_iter().take(TOP).map(|(number, question)| asked(number, question)).collect();
        let screen = text(&Screen { retell: 1, kind: "screen", from: "room", shown, top, code: self.code, way });
        self.screen_change = before.screen_change + u64::from(*screen != *before.screen);
        self.screen = screen.into();
        self
    }

    /// What decks have not been told since the change `seen` of what they show.
    pub(crate) fn for_screen(&self, seen: &mut u64) -> Option<String> {
        let is_new = self.screen_change > std::mem::replace(seen, self.screen_change);
        is_new.then(|| self.screen.as_ref().to_owned())
    }

    /// What the audience has not been told since the change `seen`; all with 0. A hidden question is not in it.
    pub(crate) fn for_audience(&self, seen: &mut u64, day: &str) -> Option<String> {
        let before = std::mem::replace(seen, self.change);
        if before > 0 && self.public <= before {
            return None;
        }
        let changed = || self.questions.iter().filter(move |(_, question)| question.change > before);
        let is_hidden = |question: &Question| question.mark == Mark::Hidden;
        let questions = changed().filter(|(_, question)| !is_hidden(question)).map(|(n, question)| asked(*n, question));
        let gone = changed().filter(|(_, question)| before > 0 && is_hidden(question)).map(|(number, _)| id(*number));
        let news = News { questions: questions.collect(), gone: gone.collect(), day: Some(day), ..none("floor") };
        Some(self.text_of(before, news))
    }

    /// What the speaker has not been told since the change `seen`; all with 0.
    pub(crate) fn for_speaker(&self, seen: &mut u64) -> Option<String> {
        let before = std::mem::replace(seen, self.change);
        if before > 0 && self.change <= before {
            return None;
        }
        let changed = self.questions.iter().filter(|(_, question)| question.change > before);
        let questions = changed.map(|(number, question)| asked(*number, question)).collect();
        let muddy = self.muddy.iter().enumerate().filter(|(_, muddy)| muddy.change > before);
        let muddy = muddy.map(|(n, muddy)| unclear(n, muddy)).collect();
        let speaker = Some(ForSpeaker { muddy, results: self.results, closing: self.closing });
        Some(self.text_of(before, News { questions, speaker, ..none("queue") }))
    }

    fn text_of(&self, before: u64, news: News<'_>) -> String {
        let shown = self.shown.filter(|number| self.shows(*number)).map(id);
        text(&News { all: before == 0, shown, round: self.open, ..news })
    }
}

/// News of a kind in which nothing is new.
fn none(kind: &str) -> News<'_> {
    let (questions, gone, from) = (Vec::new(), Vec::new(), "room");
    News { retell: 1, kind, from, all: false, questions, gone, shown: None, round: false, speaker: None, day: None }
}

fn asked(number: u32, question: &Question) -> Asked<'_> {
    Asked {
        id: id(number),
        text: &question.text,
        name: question.name.as_deref(),
        slide: question.slide.as_deref(),
        support: question.support,
        mark: question.mark,
        at: &question.at,
    }
}

fn unclear(n: usize, muddy: &Muddy) -> Unclear<'_> {
    Unclear { n, text: &muddy.text, slide: muddy.slide.as_deref() }
}

fn text(told: &impl Serialize) -> String {
    // Texts and whole numbers under text keys always serialise.
    serde_json::to_string(told).unwrap_or_default()
}
