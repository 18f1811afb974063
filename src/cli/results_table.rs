use std::fmt::Write as _;

use super::columns::fit;
use crate::diagnostic::counted;
use crate::diagnostic::print::visible;
use crate::pipeline::{Fault, Figures, Results, Score, TalkResults};

/// Columns of a question.
const QUESTION: usize = 34;

/// How many places of a flaw are named.
const PLACES: usize = 5;

/// Results as text in columns, as a terminal shows them.
pub(super) fn table(results: &Results, colour: bool) -> String {
    let mut text = String::new();
    for (at, talk) in results.talks.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        Table { text: &mut text, fewest: results.fewest, colour }.talk(talk);
    }
    if !results.talks.is_empty() {
        let _ = writeln!(
            text,
            "\nscores go from 0 to 1; changes are of those who answered both times, intervals of {} resamples",
            results.resamples
        );
    }
    if results.other_talks > 0 {
        let talks = counted(results.other_talks, "more talk");
        let _ = writeln!(text, "{talks}: fewer than {} people each, not shown", results.fewest);
    }
    if !results.faults.is_empty() {
        text.push_str("\nnot counted as they stand\n");
        results.faults.iter().for_each(|found| fault(found, &mut text));
    }
    for name in &results.not_utf8 {
        let _ = writeln!(text, "{} is not UTF-8; the lines in it that can be read count", visible(name));
    }
    text
}

fn fault(fault: &Fault, text: &mut String) {
    let place = |place: &crate::pipeline::Place| format!("{}:{}", visible(&place.file), place.line);
    let mut places: Vec<String> = fault.places.iter().take(PLACES).map(place).collect();
    if fault.count > places.len() {
        places.push(format!("{} more", fault.count - places.len()));
    }
    let _ =
        writeln!(text, "  {} {} ({}): {}", counted(fault.count, "line"), fault.what, fault.outcome, places.join(", "));
}

/// A table being written.
struct Table<'t> {
    text: &'t mut String,
    fewest: usize,
    colour: bool,
}

impl Table<'_> {
    fn talk(&mut self, talk: &TalkResults) {
        let name = match &talk.title {
            Some(title) => format!("{} ({})", visible(title), visible(&talk.id)),
            None => visible(&talk.id),
        };
        self.head(&name);
        for round in &talk.rounds {
            let people = people(round.people);
            let rate = round.rate.map(|rate| match talk.audience {
                Some(size) => format!(", {} of {size}", percent(rate)),
                None => format!(", {} of those of day 0", percent(rate)),
            });
            let _ = writeln!(self.text, "  day {:<3}  {people}{}", round.day, rate.unwrap_or_default());
        }
        let _ = writeln!(
            self.text,
            "\n{}  day  people  mean  both  before → then  change  95 % interval",
            fit("question", QUESTION)
        );
        self.scores("all questions", &talk.overall);
        for question in &talk.questions {
            let probe = if question.probe { " (held back)" } else { "" };
            self.scores(&format!("{}{probe}", question.id), &question.rounds);
        }
        if talk.other_questions > 0 {
            let more = counted(talk.other_questions, "more id");
            let _ = writeln!(self.text, "{more} of questions: fewer than {} people each, not shown", self.fewest);
        }
        self.weakest(talk);
        self.probe(talk);
        self.behaviour(talk);
        self.proposals(talk);
    }

    fn head(&mut self, name: &str) {
        let _ = if self.colour { writeln!(self.text, "\x1b[1m{name}\x1b[0m") } else { writeln!(self.text, "{name}") };
    }

    fn scores(&mut self, name: &str, rounds: &[Score]) {
        if rounds.is_empty() {
            let _ = writeln!(self.text, "{}    –       0", fit(name, QUESTION));
        }
        for (at, round) in rounds.iter().enumerate() {
            let name = fit(if at == 0 { name } else { "" }, QUESTION);
            let start = format!("{name}  {:>3}  {:>6}", round.day, round.people);
            let Some(mean) = round.mean else {
                let _ = writeln!(self.text, "{start}  fewer than {}, not shown", self.fewest);
                continue;
            };
            let change = round.change.as_ref().map(|change| {
                let figures = change.figures.as_ref().map(figures);
                let figures = figures.unwrap_or_else(|| format!("fewer than {}, not shown", self.fewest));
                format!("  {:>4}  {figures}", change.people)
            });
            let _ = writeln!(self.text, "{start}  {mean:.2}{}", change.unwrap_or_default());
        }
    }

    fn weakest(&mut self, talk: &TalkResults) {
        if talk.weakest.is_empty() {
            return;
        }
        self.text.push_str("\nlowest scores, so improve\n");
        for weak in &talk.weakest {
            let place = match &weak.slide {
                Some(slide) => format!("slide {}: {} (`{}`", slide.number, visible(&slide.title), visible(&weak.id)),
                None => format!("the slide of `{}` (`--talk` names it", visible(&weak.id)),
            };
            let _ = writeln!(self.text, "  {place}, {:.2} on day {})", weak.mean, weak.day);
        }
    }

    fn probe(&mut self, talk: &TalkResults) {
        let Some(probe) = &talk.probe else { return };
        let _ = writeln!(self.text, "\nwhat following up brought, day {}, {}", probe.day, people(probe.people));
        let _ = match &probe.figures {
            Some(found) => writeln!(
                self.text,
                "  held back {:.2}, practised {:.2}: {} ({})",
                found.before,
                found.after,
                found.change_in_words(),
                found.interval_in_words()
            ),
            None => writeln!(self.text, "  fewer than {}, not shown", self.fewest),
        };
    }

    fn behaviour(&mut self, talk: &TalkResults) {
        for round in &talk.behaviour {
            let _ = writeln!(self.text, "\nin practice, day {}, {}", round.day, people(round.people));
            let Some(met) = round.met else {
                let _ = writeln!(self.text, "  fewer than {}, not shown", self.fewest);
                continue;
            };
            let _ = match (round.recognised, round.acted) {
                (Some(recognised), Some(acted)) => writeln!(
                    self.text,
                    "  {met} met the problem; of these {} recognised it, {} did the first action",
                    percent(recognised),
                    percent(acted)
                ),
                _ => writeln!(self.text, "  fewer than {} met the problem, what they did is not shown", self.fewest),
            };
        }
    }

    fn proposals(&mut self, talk: &TalkResults) {
        if talk.proposals.is_empty() {
            return;
        }
        self.text.push_str("\nproposals\n");
        for proposal in &talk.proposals {
            let by = proposal.decide_by.as_ref().map(|day| format!(", to decide by {}", visible(day)));
            let name = visible(proposal.tool.as_deref().unwrap_or(&proposal.id));
            let state = match proposal.told {
                Some(told) => format!("{} tried, {} decided, {} dropped", told.tried, told.decided, told.dropped),
                None if proposal.people == 0 => "nobody has told yet".to_owned(),
                None => format!("told by fewer than {}, not shown", self.fewest),
            };
            let _ = writeln!(self.text, "  {name}: {state}{}", by.unwrap_or_default());
        }
    }
}

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn figures(found: &Figures) -> String {
    let (before, after) = (format!("{:.2}", found.before), format!("{:.2}", found.after));
    format!("{before:>6} → {after}   {:>5}  {}", found.change_in_words(), found.interval_in_words())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
