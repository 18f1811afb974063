use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::recall::{FollowUp, Item};
use crate::talk::Inline;

/// Days after the talk at which questions come back when the talk does not say.
pub(super) const DAYS: [u32; 3] = [2, 7, 30];

/// How many questions are asked at the end of the talk itself.
const AT_THE_TALK: usize = 3;

/// How many questions stand in an invitation to a round.
const IN_AN_INVITATION: usize = 2;

/// The first round that also asks what people did. Before, few have met the problem.
const BEHAVIOUR_FROM: u32 = 30;

/// One time at which questions come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Days after the talk, as planned; names the round in results and links.
    pub day: u32,
    /// The date, a weekend moved to Monday; `None` when the talk has no date.
    pub date: Option<Date>,
    /// Whether it is the last one, which has other wordings and the probe.
    pub is_last: bool,
}

impl Round {
    /// Whether people are also asked if they met the problem, recognised it and did the first action.
    #[must_use]
    pub fn asks_behaviour(&self) -> bool {
        self.day >= BEHAVIOUR_FROM
    }
}

/// A question as it is asked in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked<'f> {
    /// The item.
    pub item: &'f Item,
    /// The wording of this round.
    pub ask: &'f [Inline],
}

/// The rounds of `days`: ascending, each once, without day 0.
pub(super) fn rounds(days: impl IntoIterator<Item = u32>, date: Option<Date>) -> Vec<Round> {
    let mut days: Vec<u32> = days.into_iter().filter(|day| *day > 0).collect();
    days.sort_unstable();
    days.dedup();
    let last = days.last().copied();
    let day_of = |day: u32| date.and_then(|date| after(date, day)).map(working_day);
    days.iter().map(|&day| Round { day, date: day_of(day), is_last: Some(day) == last }).collect()
}

/// The date so many days later; `None` beyond the calendar.
pub(super) fn after(date: Date, days: u32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The Monday after a weekend, any other day as it is.
fn working_day(date: Date) -> Date {
    let ahead = match date.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    after(date, ahead).unwrap_or(date)
}

impl FollowUp {
    /// The questions asked at the end of the talk, day 0: three at most, spread over the talk, never the probe.
    #[must_use]
    pub fn asked_at_the_talk(&self) -> Vec<&Item> {
        let practised: Vec<&Item> = self.practised().collect();
        let count = practised.len().min(AT_THE_TALK);
        (0..count).filter_map(|at| practised.get(at * practised.len() / count).copied()).collect()
    }

    /// The questions of a round: all that are practised; in the last round in another wording where there is one, and
    /// with the probe.
    #[must_use]
    pub fn asked_in(&self, round: &Round) -> Vec<Asked<'_>> {
        let items = self.items.iter().filter(|item| round.is_last || !item.probe);
        items
            .map(|item| {
                let variant = item.variants.first().filter(|_| round.is_last);
                Asked { item, ask: variant.unwrap_or(&item.ask) }
            })
            .collect()
    }

    /// The questions that an invitation to a round shows, two at most: others from round to round, never the probe.
    #[must_use]
    pub fn invitation(&self, round: &Round) -> Vec<Asked<'_>> {
        let mut asked = self.asked_in(round);
        asked.retain(|asked| !asked.item.probe);
        let turn = self.rounds.iter().position(|other| other.day == round.day).unwrap_or_default();
        if !asked.is_empty() {
            let start = turn * IN_AN_INVITATION % asked.len();
            asked.rotate_left(start);
        }
        asked.truncate(IN_AN_INVITATION);
        asked
    }

    /// The questions that come in every round.
    pub fn practised(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.probe)
    }

    /// The questions held back until the last round.
    pub fn probes(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.probe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(written: &[u32], date: &str) -> Vec<(u32, String)> {
        let rounds = rounds(written.iter().copied(), date.parse().ok());
        rounds
            .into_iter()
            .map(|round| (round.day, round.date.map_or_else(String::new, |date| date.to_string())))
            .collect()
    }

    #[test]
    fn a_weekend_moves_to_monday_and_the_day_keeps_its_name() {
        // 2026-12-04 is a Friday.
        assert_eq!(
            days(&[1, 2, 3, 30], "2026-12-04"),
            [(1, "2026-12-07"), (2, "2026-12-07"), (3, "2026-12-07"), (30, "2027-01-04")]
                .map(|(n, d)| (n, d.to_owned()))
        );
    }

    #[test]
    fn days_are_put_in_order_and_the_calendar_ends() {
        assert_eq!(days(&[30, 2, 2, 0], "no date"), [(2, String::new()), (30, String::new())]);
        assert_eq!(days(&[400_000], "9999-12-30"), [(400_000, String::new())]);
        assert_eq!(days(&[u32::MAX], "2026-12-04"), [(u32::MAX, String::new())]);
    }
}
