use std::fmt;
use std::time::Duration;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, clock, code, contain, counted};
use crate::pipeline::Job;
use crate::pipeline::build::examine;
use crate::pipeline::draft::Draft;
use crate::pipeline::live::internal;
use crate::rehearsal::Known;
use crate::talk::Slide;
use crate::timing::{Basis, Budget, Unusable, estimate};

/// How long a rehearsal is fresh, and how near a talk is that asks for a fresh one, in days.
const FORTNIGHT: i64 = 14;

/// How far a talk has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// The talk's title.
    pub title: String,
    /// The day of the talk.
    pub date: Option<Date>,
    /// The slides that are shown.
    pub slides: usize,
    /// How long it takes, as likely longer as shorter.
    pub estimate: Duration,
    /// What there is for speaking, where the talk says how long its slot is.
    pub budget: Option<Duration>,
    /// Slides that have neither notes nor a `time` of their own; titles, sections and backup slides need none.
    pub without_notes: usize,
    /// How often at least half of it was rehearsed aloud.
    pub rehearsals: usize,
    /// The day of the last such rehearsal.
    pub last_rehearsal: Option<Date>,
    /// Whether the notes have changed much since.
    pub is_stale: bool,
    /// Recall items on its slides.
    pub recall: usize,
    /// Errors found.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// The errors that more than a cut has to mend.
    hindrances: usize,
}

/// What to do next for a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was given; nothing is left to do.
    Done,
    /// Mend so many errors.
    FixErrors(usize),
    /// Write what is said on so many slides.
    WriteNotes(usize),
    /// Say how long the slot is.
    SayDuration,
    /// Make it shorter by so much.
    Cut(Duration),
    /// Rehearse.
    Rehearse {
        /// Whether there was a rehearsal that no longer counts.
        again: bool,
        /// The days that are left.
        left: Option<i64>,
    },
    /// See what so many warnings are about.
    SeeWarnings(usize),
    /// It can be given.
    Ready,
}

/// How far the talk of `job` has come, by every rule of a check.
///
/// # Errors
/// The finding that says why the talk can't be read.
pub fn readiness(job: &Job) -> Result<Readiness, Box<Diagnostic>> {
    match contain(|| examine(job, &|| Duration::ZERO)) {
        Ok((report, Some(made))) => Ok(Readiness::of(&made.draft, &report.diagnostics)),
        Ok((report, None)) => {
            let first = report.diagnostics.iter().next().cloned();
            Err(Box::new(first.unwrap_or_else(|| internal("read", "no reason given"))))
        }
        Err(why) => Err(Box::new(internal("checked", &why))),
    }
}

impl Readiness {
    /// `found` is all that was found in the talk.
    pub(super) fn of(draft: &Draft, found: &Diagnostics) -> Self {
        let (talk, past) = (&draft.talk, &draft.past);
        let estimate = estimate(talk, &past.practice);
        let spoken = talk.shown_slides().filter(|slide| !slide.backup);
        let unnoted = spoken.zip(&estimate.slides).filter(|(slide, estimate)| {
            matches!(estimate.basis, Basis::VisibleText | Basis::Rehearsal) && !needs_no_notes(slide)
        });
        let mut rehearsals = past.runs.iter().filter(|known| is_rehearsal(known)).peekable();
        let over = |found: &&Diagnostic| *found.code == code::TIMING_OVER_BUDGET;
        let errors = found.count(Severity::Error);
        Self {
            title: talk.meta.title.clone(),
            date: talk.meta.date,
            slides: talk.shown_slides().count(),
            estimate: estimate.total.time(),
            budget: Budget::of(&talk.meta).map(|budget| budget.speaking()),
            without_notes: unnoted.count(),
            last_rehearsal: rehearsals.peek().and_then(|last| last.recording.started.get(..10)?.parse().ok()),
            rehearsals: rehearsals.count(),
            is_stale: found.iter().any(|found| *found.code == code::TIMING_STALE_REHEARSAL),
            recall: talk.shown_slides().map(|slide| slide.recall.len()).sum(),
            errors,
            warnings: found.count(Severity::Warning),
            hindrances: errors - found.iter().filter(|found| found.severity == Severity::Error).filter(over).count(),
        }
    }

    /// The days from `today` to the talk; less than 0 when it is over.
    #[must_use]
    pub fn days(&self, today: Date) -> Option<i64> {
        self.date.map(|date| days(today, date))
    }

    /// The days that the last rehearsal is old.
    #[must_use]
    pub fn rehearsed(&self, today: Date) -> Option<i64> {
        // A recording from a clock that is ahead is no older than nothing.
        self.last_rehearsal.map(|last| days(last, today).max(0))
    }

    /// How much longer it takes than there is for speaking; `None` when it fits.
    #[must_use]
    pub fn excess(&self) -> Option<Duration> {
        self.estimate.checked_sub(self.budget?).filter(|excess| !excess.is_zero())
    }

    /// Where a talk stands among others: the nearest day first, then those without a day, and such as can't be read,
    /// then those that are over, the last one first.
    #[must_use]
    pub fn rank(readiness: Option<&Self>, today: Date) -> (u8, i64) {
        match readiness.and_then(|readiness| readiness.days(today)) {
            Some(days @ 0..) => (0, days),
            None => (1, 0),
            Some(days) => (2, -days),
        }
    }

    /// What to do next: the first of these that holds.
    ///
    /// 1. The day is past: nothing.
    /// 2. There are errors, other than that it is too long: mend them.
    /// 3. Slides have no notes, and nobody has rehearsed without: write them, or the length is a guess.
    /// 4. It does not say how long its slot is: say so.
    /// 5. It takes longer than there is for speaking: cut.
    /// 6. Nobody has rehearsed it, the notes have changed much since, or it is given within 14 days and the last
    ///    rehearsal is older than that: rehearse.
    /// 7. There are warnings: look at them.
    #[must_use]
    pub fn next(&self, today: Date) -> Step {
        let left = self.days(today);
        let is_near = left.is_some_and(|left| left <= FORTNIGHT);
        let is_old = self.rehearsed(today).is_some_and(|age| age > FORTNIGHT);
        if left.is_some_and(|left| left < 0) {
            Step::Done
        } else if self.hindrances > 0 {
            Step::FixErrors(self.hindrances)
        } else if self.without_notes > 0 && self.rehearsals == 0 {
            Step::WriteNotes(self.without_notes)
        } else if self.budget.is_none() {
            Step::SayDuration
        } else if let Some(excess) = self.excess() {
            Step::Cut(excess)
        } else if self.rehearsals == 0 || self.is_stale || (is_near && is_old) {
            Step::Rehearse { again: self.rehearsals > 0, left }
        } else if self.warnings > 0 {
            Step::SeeWarnings(self.warnings)
        } else {
            Step::Ready
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("done"),
            Self::FixErrors(count) => write!(f, "fix {}", counted(*count, "error")),
            Self::WriteNotes(count) => write!(f, "write notes for {}", counted(*count, "slide")),
            Self::SayDuration => f.write_str("say how long the slot is, as `duration: 30m`"),
            Self::Cut(time) => write!(f, "cut {}", clock(*time)),
            Self::Rehearse { again, left } => {
                f.write_str(if *again { "rehearse again" } else { "rehearse once" })?;
                match left {
                    None => Ok(()),
                    Some(0) => f.write_str(": it is today"),
                    Some(left) => write!(f, ": {} left", counted(usize::try_from(*left).unwrap_or(0), "day")),
                }
            }
            Self::SeeWarnings(count) => write!(f, "look at {}", counted(*count, "warning")),
            Self::Ready => f.write_str("ready"),
        }
    }
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map(|span| i64::from(span.get_days())).unwrap_or_default()
}

/// Whether a slide stands while little is said, or others talk.
fn needs_no_notes(slide: &Slide) -> bool {
    slide.layout.as_ref().is_some_and(|layout| matches!(layout.value.as_str(), "title" | "section" | "qa" | "end"))
}

/// Whether somebody went through half of the slides at least, and spoke as one speaks; the talk itself is none.
fn is_rehearsal(known: &Known) -> bool {
    let expected = known.recording.slides.iter().filter(|slide| slide.expectation.expected.is_some()).count();
    let is_whole = !known.run.slides.is_empty() && 2 * known.run.slides.len() >= expected;
    let lesson = known.run.lesson(&known.recording);
    let is_spoken = !matches!(lesson, Err(Unusable::Silent(_) | Unusable::LeftRunning(_)));
    is_whole && is_spoken && !known.recording.is_live()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 20);

    /// A talk in ten days that was rehearsed the day before yesterday, and has nothing wrong with it.
    fn ready() -> Readiness {
        Readiness {
            title: "T".to_owned(),
            date: Some(Date::constant(2026, 11, 30)),
            slides: 9,
            estimate: Duration::from_mins(20),
            budget: Some(Duration::from_mins(20)),
            without_notes: 0,
            rehearsals: 1,
            last_rehearsal: Some(Date::constant(2026, 11, 18)),
            is_stale: false,
            recall: 0,
            errors: 0,
            warnings: 0,
            hindrances: 0,
        }
    }

    fn next(change: impl FnOnce(&mut Readiness)) -> String {
        let mut readiness = ready();
        change(&mut readiness);
        readiness.next(TODAY).to_string()
    }

    /// Each line breaks one rule more than the one before, and that rule goes first.
    #[test]
    fn the_gravest_comes_first() {
        let mut talk = ready();
        let mut said = |change: fn(&mut Readiness)| {
            change(&mut talk);
            talk.next(TODAY).to_string()
        };
        assert_eq!(said(|_| ()), "ready");
        assert_eq!(said(|talk| talk.warnings = 1), "look at 1 warning");
        assert_eq!(said(|talk| talk.is_stale = true), "rehearse again: 10 days left");
        assert_eq!(said(|talk| talk.rehearsals = 0), "rehearse once: 10 days left");
        assert_eq!(said(|talk| talk.estimate = Duration::from_secs(1330)), "cut 2:10");
        assert_eq!(said(|talk| talk.budget = None), "say how long the slot is, as `duration: 30m`");
        assert_eq!(said(|talk| talk.without_notes = 5), "write notes for 5 slides");
        assert_eq!(said(|talk| (talk.errors, talk.hindrances) = (3, 2)), "fix 2 errors");
        assert_eq!(said(|talk| talk.date = Some(Date::constant(2026, 11, 19))), "done");
    }

    #[test]
    fn a_rehearsal_ages_when_the_talk_is_near() {
        let old = Date::constant(2026, 11, 5);
        assert_eq!(next(|talk| talk.last_rehearsal = Some(old)), "rehearse again: 10 days left");
        assert_eq!(next(|talk| talk.last_rehearsal = old.tomorrow().ok()), "ready", "14 days");
        let far = |talk: &mut Readiness| {
            talk.last_rehearsal = Some(old);
            talk.date = Some(Date::constant(2026, 12, 5));
        };
        assert_eq!(next(far), "ready", "15 days left");
        assert_eq!(next(|talk| (talk.date, talk.last_rehearsal) = (None, Some(old))), "ready");
        let ahead = Some(Date::constant(2026, 11, 21));
        let mut talk = ready();
        talk.last_rehearsal = ahead;
        assert_eq!(talk.rehearsed(TODAY), Some(0));
    }

    #[test]
    fn the_days_left_are_said_as_people_do() {
        let left = |date: Option<Date>| next(|talk| (talk.rehearsals, talk.date) = (0, date));
        assert_eq!(left(Some(TODAY)), "rehearse once: it is today");
        assert_eq!(left(TODAY.tomorrow().ok()), "rehearse once: 1 day left");
        assert_eq!(left(None), "rehearse once");
        assert_eq!(next(|talk| talk.without_notes = 5), "ready", "who rehearsed without notes needs none");
    }

    #[test]
    fn the_nearest_talk_stands_first_and_the_oldest_last() {
        let on = |day: &str| Readiness { date: day.parse().ok(), ..ready() };
        let days = ["2026-11-20", "2026-11-21", "2027-01-01", "", "2026-11-19", "2025-11-19"];
        let ranks: Vec<_> = days.iter().map(|day| Readiness::rank(Some(&on(day)), TODAY)).collect();
        assert!(ranks.is_sorted_by(|one, other| one < other), "{ranks:?}");
        assert_eq!(Readiness::rank(None, TODAY), Readiness::rank(Some(&on("")), TODAY));
    }
}
