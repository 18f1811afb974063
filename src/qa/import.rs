use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::qa::NewQuestion;
use crate::qa::room::{Asked, Fault, MAX_FAULTS, Room, UnknownEvent};
use crate::talk::{KeptQuestion, QuestionState, Talk, words};

/// What became of what rooms say.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Import {
    /// What is new in `qa.yaml`.
    pub added: Vec<NewQuestion>,
    /// How many questions were there already.
    pub known: usize,
    /// How many the speaker had hidden; they are left out.
    pub hidden: usize,
    /// How many find no room, as `qa.yaml` is full.
    pub over: usize,
    /// Where the room says something else than `qa.yaml`, which stays as it is.
    pub differences: Vec<Difference>,
    /// What people found muddiest, in the order of the slides.
    pub muddy: Vec<MuddySlide>,
    /// The first lines that can't be read.
    pub faults: Vec<Fault>,
    /// How many lines can't be read.
    pub fault_count: usize,
    /// Events of no known kind, by file and name.
    pub unknown: BTreeMap<String, BTreeMap<String, UnknownEvent>>,
    /// Slides that questions are about and that the talk does not have; the questions are kept without them.
    pub missing_slides: BTreeSet<String>,
}

/// A question of which the room says more than `qa.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Where it comes from.
    pub from: String,
    /// What is told apart: `support` or `state`.
    pub key: &'static str,
    /// What `qa.yaml` says.
    pub kept: String,
    /// What the room says.
    pub room: String,
}

/// What people found muddiest about one slide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MuddySlide {
    /// The slide's id; `None` for points about the talk as a whole.
    pub slide: Option<String>,
    /// The slide's number as shown, where the talk has it.
    pub number: Option<usize>,
    /// Its title.
    pub title: Option<String>,
    /// What people wrote.
    pub points: Vec<String>,
}

impl Import {
    /// What is to be kept of `rooms` in the `qa.yaml` of `talk` that holds `kept`.
    #[must_use]
    pub fn new(talk: &Talk, kept: &[KeptQuestion], rooms: &[Room]) -> Self {
        let mut import = Self { muddy: muddy(talk, rooms), ..Self::default() };
        let slides: BTreeSet<&str> = talk.shown_slides().map(|slide| slide.id.as_str()).collect();
        let known: BTreeMap<&str, &KeptQuestion> =
            kept.iter().filter_map(|kept| Some((kept.from.as_deref()?, kept))).collect();
        let by_name: BTreeMap<&str, &KeptQuestion> =
            known.iter().map(|(from, kept)| (file_name(from), *kept)).collect();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for room in rooms {
            import.take_faults(room);
            for asked in &room.asked {
                let from = format!("{}#{}", room.origin, asked.id);
                if let Some(kept) = known.get(from.as_str()).copied().or_else(|| moved(&by_name, &from, asked)) {
                    import.known += 1;
                    import.compare(&from, kept, asked);
                } else if asked.mark == Some(QuestionState::Hidden) {
                    import.hidden += 1;
                } else if kept.len() + import.added.len() >= KeptQuestion::MAX_COUNT {
                    import.over += 1;
                } else if taken.insert(from.clone()) {
                    import.take(asked, from, &slides);
                }
            }
        }
        import
    }

    /// Whether something in the rooms could not be read.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.fault_count > 0 || !self.unknown.is_empty()
    }

    fn take_faults(&mut self, room: &Room) {
        self.fault_count += room.fault_count;
        let place_left = MAX_FAULTS.saturating_sub(self.faults.len());
        self.faults.extend(room.faults.iter().take(place_left).cloned());
        if !room.unknown.is_empty() {
            self.unknown.insert(room.name.clone(), room.unknown.clone());
        }
    }

    fn take(&mut self, asked: &Asked, from: String, slides: &BTreeSet<&str>) {
        let slide = asked.slide.clone().filter(|id| {
            let is_there = slides.contains(id.as_str());
            if !is_there {
                self.missing_slides.insert(id.clone());
            }
            is_there
        });
        let entry = NewQuestion {
            ask: asked.text.clone(),
            answer: None,
            slide,
            by: asked.name.clone(),
            support: asked.support,
            asked: asked.day,
            state: asked.mark.filter(|mark| *mark != QuestionState::Open),
            from: Some(from),
        };
        let entry = entry.cleaned();
        // Nothing but control characters.
        if !entry.ask.is_empty() {
            self.added.push(entry);
        }
    }

    /// Notes what the room says and `qa.yaml` does not. An answer there is newer than any mark in the room.
    fn compare(&mut self, from: &str, kept: &KeptQuestion, asked: &Asked) {
        let mut differs = |key, kept: String, room: String| {
            self.differences.push(Difference { from: from.to_owned(), key, kept, room });
        };
        if asked.support > kept.support {
            differs("support", kept.support.to_string(), asked.support.to_string());
        }
        let mark = asked.mark.unwrap_or_default();
        if kept.state == QuestionState::Open && mark != QuestionState::Open {
            differs("state", kept.state.name().to_owned(), mark.name().to_owned());
        }
    }
}

/// The kept question that is this one by a file that lay elsewhere: same name of the file, same id, same words.
fn moved<'k>(by_name: &BTreeMap<&str, &'k KeptQuestion>, from: &str, asked: &Asked) -> Option<&'k KeptQuestion> {
    let kept = by_name.get(file_name(from)).copied()?;
    (words(&kept.ask) == words(&asked.text)).then_some(kept)
}

/// `2026-12-04.jsonl#q7` of `room/2026-12-04.jsonl#q7`.
fn file_name(from: &str) -> &str {
    from.rsplit('/').next().unwrap_or_default()
}

/// The muddiest points by slide, in the order of the slides; last those of slides that are gone, and of none.
fn muddy(talk: &Talk, rooms: &[Room]) -> Vec<MuddySlide> {
    let mut points: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for muddy in rooms.iter().flat_map(|room| &room.muddy) {
        points.entry(muddy.slide.as_deref().unwrap_or_default()).or_default().push(muddy.text.clone());
    }
    let mut out = Vec::new();
    for (index, slide) in talk.shown_slides().enumerate() {
        if let Some(points) = points.remove(slide.id.as_str()) {
            let (id, title) = (slide.id.clone(), slide.title.clone());
            out.push(MuddySlide { slide: Some(id), number: Some(index + 1), title, points });
        }
    }
    let whole = points.remove("");
    out.extend(points.into_iter().map(|(id, points)| MuddySlide {
        slide: Some(id.to_owned()),
        number: None,
        title: None,
        points,
    }));
    out.extend(whole.map(|points| MuddySlide { slide: None, number: None, title: None, points }));
    out
}
