//! What windows of a talk tell each other, read strictly: everything has bounds, what is too much or unknown is refused,
//! and what goes on to others is written anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most characters of a name: of a window, or of a slide.
const MAX_NAME: usize = 300;
/// The most strokes on a slide, and numbers in all of them.
const MAX_STROKES: usize = 2_000;
const MAX_NUMBERS: usize = 20_000;
/// The greatest number that JSON keeps exact.
const MAX_COUNT: f64 = 9_007_199_254_740_991.0;

/// The slides of the talk, and how many clicks each takes.
pub(super) type Slides = BTreeMap<String, u32>;

/// A message that a window may send.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Message {
    /// Asks for the state.
    Hello,
    State(Version, Place),
    /// Where the laser points, from 0 to 1 of the slide's width and height; nowhere.
    Pointer(Option<[f64; 2]>),
    Ink(Ink),
    /// Whether the talk is to be recorded.
    Recording(bool),
}

/// Which of two states is newer: the greater number, then the greater name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Version(pub(super) u64, pub(super) String);

/// Where a talk stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Place {
    pub(super) slide: String,
    pub(super) step: u32,
    pub(super) cover: Cover,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clock: Option<Clock>,
}

impl Place {
    /// Whether it is the same step of the same slide.
    pub(super) fn is_where(&self, other: &Self) -> bool {
        (&self.slide, self.step) == (&other.slide, other.step)
    }
}

/// The blank screen over the slides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Cover {
    #[default]
    #[serde(rename = "")]
    None,
    Black,
    White,
}

/// The speaker's clock; all times in milliseconds, `since` by this server's own clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Clock {
    pub(super) mode: Mode,
    /// What it counts again after a question.
    pub(super) back: Mode,
    /// Nothing while it is idle.
    pub(super) since: i64,
    pub(super) talk: u64,
    pub(super) questions: u64,
    pub(super) slides: BTreeMap<String, u64>,
}

/// What the clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mode {
    Idle,
    Talk,
    Paused,
    Question,
}

/// All that is drawn on a slide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Ink {
    pub(super) slide: String,
    pub(super) strokes: Vec<Stroke>,
}

/// One line of the pen: its points one after the other, x and y.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Stroke {
    color: String,
    width: f64,
    points: Vec<f64>,
}

/// A message as it comes; anything may be missing.
#[derive(Deserialize)]
struct Raw {
    retell: u8,
    kind: String,
    /// The sender's time, by which its clock is read.
    now: Option<f64>,
    version: Option<(f64, String)>,
    state: Option<RawPlace>,
    at: Option<[f64; 2]>,
    on: Option<bool>,
    slide: Option<String>,
    strokes: Option<Vec<Stroke>>,
}

#[derive(Deserialize)]
struct RawPlace {
    slide: String,
    step: f64,
    #[serde(default)]
    cover: Cover,
    clock: Option<RawClock>,
}

#[derive(Deserialize)]
struct RawClock {
    mode: Mode,
    back: Mode,
    since: f64,
    talk: f64,
    questions: f64,
    #[serde(default)]
    slides: BTreeMap<String, f64>,
}

/// Reads a message; `None` for what is none or breaks a bound.
///
/// `known` are the talk's slides, `now` is this server's time in milliseconds.
pub(super) fn read(text: &str, known: &Slides, now: i64) -> Option<Message> {
    let raw: Raw = serde_json::from_str(text).ok()?;
    if raw.retell != 1 {
        return None;
    }
    match raw.kind.as_str() {
        "hello" => Some(Message::Hello),
        "recording" => raw.on.map(Message::Recording),
        "state" => {
            let (number, from) = raw.version?;
            let version = Version(count(number)?, name(from)?);
            // What the sender's clock is ahead of ours.
            let ahead = raw.now.and_then(time).map(|theirs| theirs - now);
            Some(Message::State(version, place(raw.state?, known, ahead)?))
        }
        "pointer" => match raw.at {
            None => Some(Message::Pointer(None)),
            Some(at) => at.iter().all(|part| (0.0..=1.0).contains(part)).then_some(Message::Pointer(Some(at))),
        },
        "ink" => {
            let slide = raw.slide.filter(|slide| known.contains_key(slide))?;
            let strokes = raw.strokes?;
            is_drawable(&strokes).then_some(Message::Ink(Ink { slide, strokes }))
        }
        _ => None,
    }
}

fn place(raw: RawPlace, known: &Slides, ahead: Option<i64>) -> Option<Place> {
    let steps = known.get(&raw.slide)?;
    let step = u32::try_from(count(raw.step)?).unwrap_or(u32::MAX).min(*steps);
    let clock = match raw.clock {
        // A clock without the sender's time cannot be read.
        Some(clock) => Some(read_clock(clock, known, ahead?)?),
        None => None,
    };
    Some(Place { slide: raw.slide, step, cover: raw.cover, clock })
}

fn read_clock(raw: RawClock, known: &Slides, ahead: i64) -> Option<Clock> {
    let slides = raw.slides.into_iter().filter(|(slide, _)| known.contains_key(slide));
    Some(Clock {
        mode: raw.mode,
        back: raw.back,
        since: if raw.mode == Mode::Idle { 0 } else { time(raw.since)? - ahead },
        talk: count(raw.talk)?,
        questions: count(raw.questions)?,
        slides: slides.map(|(slide, spent)| Some((slide, count(spent)?))).collect::<Option<_>>()?,
    })
}

fn name(text: String) -> Option<String> {
    (text.len() <= MAX_NAME && !text.chars().any(char::is_control)).then_some(text)
}

/// A number that is not negative, rounded.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the bounds were looked at")]
fn count(number: f64) -> Option<u64> {
    (0.0..=MAX_COUNT).contains(&number).then(|| number.round() as u64)
}

/// A moment, rounded to milliseconds.
#[allow(clippy::cast_possible_truncation, reason = "the bounds were looked at")]
fn time(number: f64) -> Option<i64> {
    (-MAX_COUNT..=MAX_COUNT).contains(&number).then(|| number.round() as i64)
}

fn is_drawable(strokes: &[Stroke]) -> bool {
    strokes.len() <= MAX_STROKES
        && strokes.iter().map(|stroke| stroke.points.len()).sum::<usize>() <= MAX_NUMBERS
        && strokes.iter().all(|stroke| {
            is_colour(&stroke.color)
                && (0.0..=1_000.0).contains(&stroke.width)
                && stroke.points.len() % 2 == 0
                && stroke.points.iter().all(|part| (-100_000.0..=100_000.0).contains(part))
        })
}

/// `#` and 3 to 8 hexadecimal digits: nothing that could be more than a colour.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| (3..=8).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// Where the laser points; told even when that is nowhere.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Pointer {
    pub(super) at: Option<[f64; 2]>,
}

/// A message as it goes out; what is `None` is not in it.
#[derive(Default, Serialize)]
pub(super) struct Told<'a> {
    pub(super) retell: u8,
    pub(super) kind: &'a str,
    pub(super) from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) now: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'a Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<&'a Place>,
    #[serde(flatten)]
    pub(super) ink: Option<&'a Ink>,
    #[serde(flatten)]
    pub(super) pointer: Option<Pointer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) viewers: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recording: Option<bool>,
}

/// The name under which this server speaks.
pub(super) const ROOM: &str = "room";

impl Told<'_> {
    /// A message of a kind, to be filled.
    pub(super) fn of(kind: &str) -> Told<'_> {
        Told { retell: 1, kind, from: ROOM, ..Told::default() }
    }

    /// The message as JSON.
    pub(super) fn text(&self) -> String {
        // Texts and finite numbers under text keys always serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Slides {
        ["one", "二"].map(|id| (id.to_owned(), 2)).into()
    }

    fn state(fields: &str) -> Option<Message> {
        read(&format!("{{\"retell\":1,\"kind\":\"state\",\"from\":\"a\",{fields}}}"), &known(), 1_000)
    }

    #[test]
    fn a_state_is_read_and_its_clock_put_into_the_servers_time() {
        let clock =
            r#"{"mode":"talk","back":"idle","since":91000.4,"talk":5,"questions":0,"slides":{"one":7,"gone":1}}"#;
        let read = state(&format!(
            r#""now":90000,"version":[4,"a"],"state":{{"slide":"二","step":9,"cover":"black","evil":"<b>","clock":{clock}}}"#
        ));
        let Some(Message::State(version, place)) = read else { panic!("not read") };
        assert_eq!(version, Version(4, "a".to_owned()));
        let written = serde_json::to_string(&place).unwrap();
        assert_eq!(
            written,
            r#"{"slide":"二","step":2,"cover":"black","clock":{"mode":"talk","back":"idle","since":2000,"talk":5,"questions":0,"slides":{"one":7}}}"#
        );
    }

    #[test]
    fn what_breaks_a_bound_is_refused() {
        let good = r#""version":[1,"a"],"state":{"slide":"one","step":0}"#;
        assert!(state(good).is_some());
        for (part, bad) in [
            (r#""slide":"one""#, r#""slide":"<img>""#),
            (r#""step":0"#, r#""step":-1"#),
            (r#""step":0"#, r#""step":"0""#),
            (r#""step":0"#, r#""step":0,"cover":"red""#),
            (r#""step":0"#, r#""step":0,"clock":{"mode":"talk","back":"idle","since":0,"talk":0,"questions":0}"#),
            (r#"[1,"a"]"#, r#"[1e300,"a"]"#),
            (r#"[1,"a"]"#, r#"[1,"a\n"]"#),
        ] {
            assert!(state(&good.replace(part, bad)).is_none(), "{bad}");
        }
        for text in ["", "null", "[]", r#"{"retell":2,"kind":"hello"}"#, r#"{"retell":1,"kind":"evil"}"#] {
            assert_eq!(read(text, &known(), 0), None, "{text}");
        }
    }

    #[test]
    fn pointers_stay_on_the_slide_and_ink_is_nothing_but_lines() {
        let say = |text: &str| read(&format!("{{\"retell\":1,{text}}}"), &known(), 0);
        assert_eq!(say(r#""kind":"pointer","at":[0.5,1]"#), Some(Message::Pointer(Some([0.5, 1.0]))));
        assert_eq!(say(r#""kind":"pointer","at":null"#), Some(Message::Pointer(None)));
        assert_eq!(say(r#""kind":"pointer","at":[0.5,1.1]"#), None);
        let ink = |color: &str, points: &str| {
            say(&format!(
                r#""kind":"ink","slide":"one","strokes":[{{"color":"{color}","width":4,"points":[{points}]}}]"#
            ))
        };
        assert!(ink("#e11d48", "1,2,3,4").is_some());
        assert!(ink("url(evil)", "1,2").is_none());
        assert!(ink("#fff", "1,2,3").is_none(), "half a point");
        assert!(ink("#fff", &vec!["1"; MAX_NUMBERS + 2].join(",")).is_none());
    }

    #[test]
    fn what_goes_out_holds_only_what_was_filled_in() {
        let pointer = Told { pointer: Some(Pointer { at: None }), ..Told::of("pointer") };
        assert_eq!(pointer.text(), r#"{"retell":1,"kind":"pointer","from":"room","at":null}"#);
        let ink = Ink { slide: "one".to_owned(), strokes: Vec::new() };
        let told = Told { ink: Some(&ink), ..Told::of("ink") };
        assert_eq!(told.text(), r#"{"retell":1,"kind":"ink","from":"room","slide":"one","strokes":[]}"#);
    }
}
