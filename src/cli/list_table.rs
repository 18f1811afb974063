use std::fmt::Write as _;

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr as _;

use super::columns::fit;
use super::list::{Listed, MEND};
use crate::diagnostic::print::visible;
use crate::diagnostic::{clock, day_from_now};
use crate::pipeline::{Readiness, Step};

/// The fewest and the most columns of a title.
const TITLE: (usize, usize) = (14, 24);

/// Columns of when a talk is.
const WHEN: usize = 12;

/// Columns of how often it was rehearsed.
const REHEARSED: usize = 16;

/// The talks as text in columns, two lines a talk: how far it has come, and what to do next. At most 110 columns.
pub(super) fn table(talks: &[Listed], today: Date, colour: bool) -> String {
    let paint = Paint { colour };
    let widths = talks.iter().flat_map(|talk| [visible(title(talk)).width(), visible(&talk.name).width() + 2]);
    let width = widths.max().unwrap_or(0).clamp(TITLE.0, TITLE.1);
    let head = format!(
        "{}  {}  slides    time   budget  no notes  {}  recall  err  warn",
        fit("talk", width),
        fit("when", WHEN),
        fit("rehearsed", REHEARSED)
    );
    let mut text = format!("{}\n", paint.faint(&head));
    for talk in talks {
        match &talk.readiness {
            Ok(readiness) => row(talk, readiness, (today, width), paint, &mut text),
            Err(why) => {
                let _ = writeln!(text, "{}  {}", fit(&talk.name, width), paint.red(&visible(&why.message)));
                let _ = writeln!(text, "{}  → {MEND}", fit("", width + 2 + WHEN));
            }
        }
    }
    let is_over = |talk: &Listed| talk.readiness.as_ref().is_ok_and(|readiness| readiness.excess().is_some());
    if talks.iter().any(is_over) {
        let _ = writeln!(text, "{}", paint.faint("! more than there is for speaking"));
    }
    text
}

fn title(talk: &Listed) -> &str {
    talk.readiness.as_ref().map_or(&talk.name, |readiness| &readiness.title)
}

fn row(talk: &Listed, readiness: &Readiness, (today, width): (Date, usize), paint: Paint, text: &mut String) {
    let days = readiness.days(today);
    let is_past = days.is_some_and(|days| days < 0);
    // Of what is over nothing shall stand out.
    let inner = Paint { colour: paint.colour && !is_past };
    let when = fit(&days.map_or_else(|| "no date".to_owned(), day_from_now), WHEN);
    let when = if days.is_some_and(|days| (0..=7).contains(&days)) { inner.bold(&when) } else { when };
    let (time, mark) = (clock(readiness.estimate), if readiness.excess().is_some() { '!' } else { ' ' });
    let time = format!("{time:>7}{mark}");
    let time = if mark == '!' { inner.yellow(&time) } else { time };
    let budget = readiness.budget.map_or_else(|| "–".to_owned(), clock);
    let rehearsed = match (readiness.rehearsals, readiness.rehearsed(today)) {
        (0, _) => "never".to_owned(),
        (count, Some(age)) => format!("{count}×, {}", day_from_now(-age)),
        (count, None) => format!("{count}×"),
    };
    let count =
        |count: usize, width: usize| if count == 0 { format!("{:>width$}", "–") } else { format!("{count:>width$}") };
    let painted = |figure: usize, width: usize, paint: &dyn Fn(&str) -> String| {
        let text = count(figure, width);
        if figure == 0 { text } else { paint(&text) }
    };
    let first = format!(
        "{}  {when}  {:>6} {time} {budget:>7}  {}  {}  {}  {}  {}",
        fit(title(talk), width),
        readiness.slides,
        count(readiness.without_notes, 8),
        fit(&rehearsed, REHEARSED),
        count(readiness.recall, 6),
        painted(readiness.errors, 3, &|text| inner.red(text)),
        painted(readiness.warnings, 4, &|text| inner.yellow(text)),
    );
    let date = readiness.date.map(|date| date.to_string()).unwrap_or_default();
    let name = fit(&format!("  {}", visible(&talk.name)), width);
    let second =
        format!("{}  {}", inner.faint(&format!("{name}  {}", fit(&date, WHEN))), next(readiness.next(today), inner));
    for line in [first, second] {
        let line = line.trim_end();
        let _ = writeln!(text, "{}", if is_past { paint.faint(line) } else { line.to_owned() });
    }
}

fn next(step: Step, paint: Paint) -> String {
    let said = format!("→ {step}");
    match step {
        Step::Ready => paint.green(&said),
        Step::FixErrors(_) => paint.red(&said),
        _ => said,
    }
}

/// Colours, where they are wanted.
#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}
